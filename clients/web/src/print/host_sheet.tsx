// The host's sheet: how to get in, who sits where, what each phase is for, and what to do when something goes
// wrong.

import { PHASES } from "../parts/page/manual";
import { Wordmark } from "../parts/page/wordmark";
import { Qr } from "../parts/pictures/qr";
import { useRoom } from "../store/context";
import type { Seat } from "../store/entities";
import { seasonsOfNew } from "../store/introduced";
import { addressOf, codeOf } from "../store/join_address";
import { clock, useLesson } from "../store/lesson";
import { seatName } from "../store/names";
import { has, t } from "../texts";
import { introducedName } from "../texts/introduced_name";
import { listed } from "../texts/numbers";

const TROUBLES = ["late", "phone", "network", "quarrel", "time"] as const;
const KEYS = { pause: "Shift + P", extend: "Shift + E", close: "Shift + A", reveal: "→  ←", curtain: "B" };

export function HostSheet() {
  return (
    <>
      <section class="print-sheet">
        <Head />
        <Course />
      </section>
      <section class="print-sheet">
        <h2 class="print-title">{t("ui.print.sheet.seats")}</h2>
        <Seats />
        <h2 class="print-title">{t("ui.print.sheet.keys")}</h2>
        <ul class="print-keys">
          {Object.entries(KEYS).map(([key, press]) => (
            <li key={key}>
              <kbd>{press}</kbd> {t(`ui.print.key.${key}`)}
            </li>
          ))}
        </ul>
        <h2 class="print-title">{t("ui.print.sheet.troubles")}</h2>
        <dl class="print-parts tight">
          {TROUBLES.map((trouble) => (
            <div key={trouble}>
              <dt>{t(`ui.print.trouble.${trouble}`)}</dt>
              <dd>{t(`ui.print.trouble.${trouble}.do`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function Course() {
  const times = useTimes();
  return (
    <>
      <h2 class="print-title">{t("ui.print.sheet.course")}</h2>
      <ol class="print-course">
        {PHASES.map((phase) => (
          <li key={phase}>
            <b>
              {t(`phase.${phase}`)}
              {times[phase] ? <small>{times[phase]}</small> : null}
            </b>
            <span>{t(`ui.manual.phase.${phase}`)}</span>
            {has(`ui.print.watch.${phase}`) ? <span class="watch-for">{t(`ui.print.watch.${phase}`)}</span> : null}
          </li>
        ))}
      </ol>
      <Introduced />
    </>
  );
}

/** How long each phase is by the room's clocks, a time for each season; nothing where it has none, or other rules. */
function useTimes(): { readonly [phase: string]: string } {
  const { game, view } = useRoom();
  const lesson = useLesson(game.value.scenario ?? "");
  const { pace } = view.pieces("room") as { readonly pace?: string };
  const { scale = 100 } = (view.hand["host"] ?? {}) as { readonly scale?: number };
  if (!lesson || pace === "host" || scale === 0) return {};
  const timed = lesson.phases.map(({ name, seconds }) => {
    const times = seconds.map((each) => clock(Math.round((each * scale) / 100)));
    return [name, times.join(" · ")] as const;
  });
  return Object.fromEntries(timed);
}

/** What later seasons bring, where the game opens season by season. */
function Introduced() {
  const { view, game } = useRoom();
  const seasons = seasonsOfNew(view).filter(([season]) => season <= (game.value.seasons ?? season));
  if (seasons.length === 0) return null;
  return (
    <>
      <h2 class="print-title">{t("ui.print.sheet.introduced")}</h2>
      <ul class="print-introduced">
        {seasons.map(([season, names]) => (
          <li key={season}>
            <b>{t("ui.print.sheet.season", { n: season })}</b> {listed(names.map(introducedName))}
          </li>
        ))}
      </ul>
    </>
  );
}

function Head() {
  const room = useRoom();
  const { join } = addressOf(room);
  const { scenario = "", seasons = 1 } = room.game.value;
  const name = `scenario.${scenario}`;
  return (
    <header class="print-head">
      <div>
        <Wordmark />
        <p class="print-code mono">{codeOf(room)}</p>
        <p>{join}</p>
        <p>
          {t("ui.print.sheet.what", {
            scenario: has(name) ? t(name) : scenario,
            seasons,
            seats: room.view.all("seat").length,
          })}
        </p>
      </div>
      <Qr text={join} size={160} />
    </header>
  );
}

function Seats() {
  const { view } = useRoom();
  const nameOf = (seat: Seat): string => (seat.name ? seatName(view, seat.id) : "________");
  return (
    <ul class="print-seats">
      {view.all("seat").map((seat) => (
        <li key={seat.id}>
          <i class="tick" /> <b class="mono">{seat.id}</b> <bdi>{nameOf(seat)}</bdi>{" "}
          <span>{t(`role.${seat.role}`)}</span>
        </li>
      ))}
    </ul>
  );
}

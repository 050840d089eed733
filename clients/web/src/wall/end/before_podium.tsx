// The end before all is revealed: a drawn curtain for each role that was played, what counts behind it, and the whole
// class in front of it. It tells how long was played, and who stands where in the roles that the host has opened.
import { faceOf } from "../../parts/pictures/faces/face";
import { FacePicture } from "../../parts/pictures/faces/face_image";
import { Sym } from "../../parts/pictures/sprite";
import { isCut } from "../../parts/results/revealed";
import { isRankingKept, isSealed, rolesRevealed } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { ROLES } from "../../store/names";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { useDarkMat } from "../mat";
import { countedText, RoleBoard, RoleRanks } from "./podium";

export function BeforePodium() {
  useDarkMat();
  const { view } = useRoom();
  const seats = view.all("seat");
  const opened = isRankingKept(view) && !isSealed(view) ? rolesRevealed(view) : 0;
  return (
    <div class="before-podium">
      <header>
        <h2 class="board must">{overText(view)}</h2>
        <p class="before-hint">{hintText(view)}</p>
      </header>
      <ol class="drapes">
        {ROLES.filter((role) => seats.some((seat) => seat.role === role)).map((role) => (
          <li key={role}>{ROLES.indexOf(role) < opened ? <RoleRanks role={role} /> : <Hidden role={role} />}</li>
        ))}
      </ol>
      {opened > 0 ? null : <Class seats={seats} />}
    </div>
  );
}

/** A role that the host has not opened yet. */
function Hidden({ role }: { role: string }) {
  const { view } = useRoom();
  return (
    <section class="board hidden-role" style={{ "--role": `var(--${role})` }}>
      <RoleBoard role={role} />
      <Drape role={role} />
      <p>{countedText(view, role)}</p>
    </section>
  );
}

/** Return how long was played: so many seasons, or in which one the game was ended before it was counted. */
export function overText(view: View): string {
  const season = lastSeason(view);
  return isCut(view) ? t("ui.wall.scene.ranking.title.ended", { season }) : tn("ui.wall.scene.ranking.title", season);
}

/** Return what opens the curtains, and what ventures count with where the last season was not played to its end. */
function hintText(view: View): string {
  if (isSealed(view)) return t("ui.wall.sealed");
  return isCut(view) ? t("ui.wall.scene.ranking.cut_short", { season: lastSeason(view) }) : t("ui.final.waits");
}

function lastSeason(view: View): number {
  return seasonInRun(view, view.single("game").season ?? 1);
}

const SCALLOPS = 9;
const WIDE = 60; // of a scallop
const FOLDS = [1, 2, 3, 4]; // on each half

/** A curtain that is shut, with the sign of whom it hides. */
function Drape({ role }: { role: string }) {
  const width = SCALLOPS * WIDE;
  const middle = width / 2;
  const fold = (at: number): string => `M${at} 44Q${at + (middle - at) / 9} 130 ${at} 216`;
  const hem = Array.from({ length: SCALLOPS }, () => `q${WIDE / 2} 44 ${WIDE} 0`).join("");
  return (
    <div class="drape">
      <svg class="things" aria-hidden="true" viewBox={`0 0 ${width} 220`} preserveAspectRatio="none">
        <path class="cloth" d={`M3 20H${width - 3}V217H3Z`} />
        {FOLDS.map((nth) => (
          <g key={nth}>
            <path class="fold" d={fold((nth * middle) / 5)} />
            <path class="fold" d={fold(width - (nth * middle) / 5)} />
          </g>
        ))}
        <path class="fold" d={`M${middle} 44V216`} />
        <path class="pelmet" d={`M${width} 36V3H0V36${hem}`} />
      </svg>
      <span>
        <Sym name={role} size={76} color="var(--role)" />
      </span>
    </div>
  );
}

const DRAWN_TO = 64;
/** In how many rows they stand, and how large at most. */
const ROWS = [
  { upTo: 16, rows: 1, largest: 120 },
  { upTo: 36, rows: 2, largest: 96 },
  { upTo: DRAWN_TO, rows: 3, largest: 72 },
] as const;

/** Everybody who was in it, in the order of the seats. */
function Class({ seats }: { seats: readonly Seat[] }) {
  const drawn = seats.slice(0, DRAWN_TO);
  const { rows, largest } = ROWS.find(({ upTo }) => drawn.length <= upTo) ?? ROWS[0];
  const more = seats.length - drawn.length;
  const columns = Math.ceil((drawn.length + Number(more > 0)) / rows);
  return (
    <div class="whole-class" style={{ "--columns": columns, "--most": largest }}>
      {drawn.map((seat) => (
        <FacePicture key={seat.id} face={faceOf(seat, seat.id)} size={100} />
      ))}
      {more > 0 ? <b>+{number(more)}</b> : null}
    </div>
  );
}

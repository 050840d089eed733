// The dice: seen to roll once, then what they and the help come to, what was needed, and where that can be checked.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { say } from "../../parts/page/live_regions";
import { Card } from "../../parts/pictures/card";
import { Die } from "../../parts/pictures/dice";
import { isStill } from "../../prefs";
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { stageName, ventureName } from "../../store/names";
import type { Room } from "../../store/room";
import { t } from "../../texts";
import { about, comma } from "../../texts/numbers";

/** How the dice fell for the ventures that this seat has a part in. */
export function Rolls() {
  const room = useRoom();
  const rolled = room.view
    .all("venture")
    .filter((venture) => (venture.dice?.length ?? 0) > 0 && touches(room.seat.value, venture));
  if (rolled.length === 0) return null;
  return (
    <div class="cards">
      {rolled.map((venture) => (
        <RollCard key={venture.id} venture={venture} />
      ))}
    </div>
  );
}

function touches(seat: number, venture: Venture): boolean {
  return venture.lead === seat || (venture.shares?.[seat] ?? 0) > 0 || venture.space === seat;
}

const HELP = ["spirit", "help", "misses"] as const;

/** What the dice and the help come to, what was needed, and what comes of it, in words. */
function rollInWords({ roll, moved_up, stage }: Venture) {
  const helped = HELP.filter((part) => (roll[part] ?? 0) > 0);
  const parts = helped.map((part) => `${roll[part]} ${t(`ui.roll.${part}`)}`);
  return {
    sum: [`${roll["dice"] ?? 0} ${t("ui.roll.dice")}`, ...parts].join(" + "),
    total: (roll["dice"] ?? 0) + helped.reduce((sum, part) => sum + (roll[part] ?? 0), 0),
    needed: t("ui.roll.needed", { n: roll["needed"] ?? 0 }),
    result: moved_up ? t("ui.roll.yes", { stage: stageName(stage) }) : t("ui.roll.not_yet"),
  };
}

export function RollCard({ venture }: { venture: Venture }) {
  const { view, game } = useRoom();
  const { faces, rolling } = useRolling(venture);
  const words = rollInWords(venture);
  const { sum, total, needed, result } = words;
  const [first = 0, second = 0] = venture.dice;
  useEffect(() => {
    const said = [`${sum} = ${total}`, needed, result].join(comma());
    if (!rolling) say(about(ventureName(view, venture.id), said), `roll ${venture.id}`);
  }, [rolling]);
  return (
    <Card teeth={2}>
      <div class="head">
        <span class="name">{ventureName(view, venture.id)}</span>
        {rolling ? null : <b class={venture.moved_up ? "good" : ""}>{result}</b>}
      </div>
      <p
        class={rolling ? "dice rolling" : "dice"}
        role="img"
        aria-label={t("ui.roll.spoken", { first, second, ...words })}
      >
        {faces.map((face, index) => (
          <Die key={index} face={face} />
        ))}
      </p>
      <p class={rolling ? "roll-sum unrolled" : "roll-sum"}>
        {sum} = <b class="mono">{total}</b>
        {comma()}
        {needed}
      </p>
      <div class="acts">
        <Draw venture={venture.id} dice={venture.dice} season={game.value.season ?? 0} />
      </div>
    </Card>
  );
}

const FACES = 6;
const CHANGES_MS = [60, 150, 270, 430, 640, 900]; // slower and slower, then still
const SEEN = "ms.rolled";

function nameOf(room: Room, venture: number): string {
  return `${room.code.peek()}.${room.game.peek().season}.${venture}`;
}

/** The dice of a venture have been seen to roll: they lie still from now on. */
export function markRolled(room: Room, venture: number): void {
  session.write(SEEN, [...(session.read<string[]>(SEEN) ?? []), nameOf(room, venture)]);
}

/** Let the dice change their faces for a moment, once, and not at all where nothing shall move. */
function useRolling(venture: Venture): { faces: readonly number[]; rolling: boolean } {
  const room = useRoom();
  const name = nameOf(room, venture.id);
  const [left, setLeft] = useState(() =>
    isStill() || (session.read<string[]>(SEEN) ?? []).includes(name) ? 0 : CHANGES_MS.length,
  );
  useEffect(() => {
    if (left === 0) return undefined;
    markRolled(room, venture.id);
    const timers = CHANGES_MS.map((ms, index) => setTimeout(() => setLeft(CHANGES_MS.length - 1 - index), ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  return { faces: venture.dice.map((face, die) => ((face + left * (die + 2) - 1) % FACES) + 1), rolling: left > 0 };
}

interface DrawProps {
  venture: number;
  dice: readonly number[];
  season: number;
}

/** The way to what the dice were drawn from. */
export function Draw(props: DrawProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t("ui.roll.check")}
      </Button>
      {open ? <Check {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** What anybody needs to draw these dice again, once the seed is open. */
function Check({ venture, dice, season, onClose }: DrawProps & { onClose: () => void }) {
  const room = useRoom();
  const { commitment } = room.game.value;
  const { seed } = room.view.single("dice");
  return (
    <Sheet title={t("ui.roll.check")} onClose={onClose}>
      <div class="stack">
        <p>{t("ui.roll.fair")}</p>
        <ul class="stack tight">
          {dice.map((face, die) => (
            <li key={die}>
              {t("ui.roll.draw", { n: die + 1 })} <code>{`${season}|incubation|roll|${venture}|${die}`}</code> →{" "}
              <b class="mono">{face}</b>
            </li>
          ))}
        </ul>
        <p class="meta">
          {t("ui.roll.commitment")} <code>{commitment}</code>
        </p>
        {seed ? (
          <p class="meta">
            {t("ui.roll.seed")} <code>{seed}</code>
          </p>
        ) : null}
        <p class="meta">
          {t("ui.roll.verify")} <code>makersphere verify {room.code.value}</code>
        </p>
      </div>
    </Sheet>
  );
}

// Incubation for operators: hours lie ready as pegs. The main button sends all of them where they help most; else one
// tap sends a venture what it lacks, another takes that back, and track by track is behind a fold.
import { Button } from "../../../parts/controls/button";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { TRACKS } from "../../../store/names";
import type { Room } from "../../../store/room";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { chosenArgs, useForesight } from "../../question/choices";
import { type Main, Screen } from "../../question/screen";
import { useOutlook } from "../outlook";
import "./operator.css";
import { type Aid, Workshop } from "./workshop";

type Hours = readonly number[];

const sumOf = (hours: Hours): number => hours.reduce((sum, each) => sum + each, 0);

export function IncubationOperator() {
  const room = useRoom();
  const ventures = optionsOf(room.command("workshop"), "venture", room.view.hand).map(Number);
  const { all, left, givenTo, give, most } = useHours(ventures);
  const outlook = useOutlook();
  const aid = useAid(ventures);
  const isUntouched = aid !== undefined && left > 0 && left === all;
  const sendAll = (): void => aid && give(ventures.map((venture) => [venture, aid(venture).planned]));
  const order = [...ventures].sort((one, other) => (aid?.(other).rolls ?? 0) - (aid?.(one).rolls ?? 0));
  return (
    <Screen
      question={t("question.incubation.operator")}
      main={isUntouched ? bestOf(room, sendAll) : { label: t(ventures.length > 0 ? "command.workshop" : "ui.done") }}
      handled={["workshop"]}
    >
      {ventures.length === 0 ? <p class="note">{t("ui.workshop.none")}</p> : <Pegs left={left} all={all} />}
      {aid && left > 0 && !isUntouched ? (
        <Button look="ink" onClick={sendAll}>
          {t("ui.workshop.best")}
        </Button>
      ) : null}
      <div class="cards">
        {order.map((venture) => (
          <Workshop
            key={venture}
            venture={venture}
            given={givenTo(venture)}
            left={Math.max(0, Math.min(left, most - sumOf(givenTo(venture))))}
            aid={aid?.(venture)}
            bounds={outlook(venture)}
            onGive={(hours) => give([[venture, hours]])}
          />
        ))}
      </div>
    </Screen>
  );
}

/** The main button where no hours are given yet: it gives all of them. */
function bestOf(room: Room, give: () => void): Main {
  const act = (): Promise<boolean> => {
    give();
    return room.drafts.sendAll();
  };
  return { label: t("ui.workshop.best"), act };
}

/** Hours of the workshop: how many there are and are left, who has been given some, and a way to give. */
function useHours(ventures: readonly number[]) {
  const room = useRoom();
  const level = room.view.find("space", room.seat.value)?.resources ?? 0;
  const of = (name: string): number => parameter(room.view, "incubation", name);
  const all = of("workshop_hours") + of("workshop_per_level") * level;
  const givenTo = (venture: number): Hours =>
    TRACKS.map((track) => Number(chosenArgs(room, "workshop", { venture, track })?.["hours"] ?? 0));
  const left = Math.max(0, all - sumOf(ventures.map((venture) => sumOf(givenTo(venture)))));
  const give = (wanted: readonly (readonly [number, Hours])[]): void => {
    const moves = wanted.flatMap(([venture, hours]) =>
      TRACKS.map((track, index) => ({ venture, track, hours: hours[index] ?? 0, had: givenTo(venture)[index] ?? 0 })),
    );
    // what is taken back goes first, so that there is something to give
    for (const { had, ...args } of moves.filter((move) => move.hours !== move.had).sort(takesFirst)) {
      const { venture, track } = args;
      room.drafts.change("workshop", JSON.stringify({ venture, track }), args);
    }
  };
  return { all, left, givenTo, give, most: of("workshop_venture") };
}

interface Move {
  hours: number;
  had: number;
}

function takesFirst(one: Move, other: Move): number {
  return one.hours - one.had - (other.hours - other.had);
}

/** What the server proposes for each venture, once it has said it. */
function useAid(ventures: readonly number[]): ((venture: number) => Aid) | undefined {
  const [venture] = ventures;
  const foreseen = useForesight(
    "workshop",
    venture === undefined ? undefined : { venture, track: TRACKS[0], hours: 0 },
  );
  const numbers = foreseen?.numbers;
  if (!numbers || ventures.some((each) => numbers[`${each}:short`] === undefined)) return undefined;
  const of = (name: string): number => numbers[name] ?? 0;
  return (each) => ({
    short: of(`${each}:short`),
    ready: of(`${each}:ready`),
    rolls: of(`${each}:rolls`),
    wanted: TRACKS.map((track) => of(`${each}:${track}`)),
    planned: TRACKS.map((track) => of(`all:${each}:${track}`)),
  });
}

/** The hours that lie ready, and those that have been given. */
function Pegs({ left, all }: { left: number; all: number }) {
  return (
    <p class="row of-pegs">
      <span class="pegs" aria-hidden="true">
        {Array.from({ length: all }, (_, index) => (
          <i key={index} class={index < left ? "" : "gone"} />
        ))}
      </span>
      <b>{t("ui.workshop.left", { n: left, all })}</b>
    </p>
  );
}

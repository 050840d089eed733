// The moments that turned a game, as the server found them, in words.
import { useRoom } from "../../store/context";
import { valueName, wholeName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { has, t } from "../../texts";
import { debriefOf, storyOf, type Turn } from "./debrief_data";
import { isResultOpen } from "./revealed";
import "./debrief.css";

export interface Moment {
  number: number;
  /** What sort of moment it is. */
  about: string;
  when: string;
  text: string;
}

/**
 * Return turns as sentences, in order of time; those that there are no words for are left out. To the seat `reader` a
 * sentence says "you" where it is about it, and in the story of the one who has it: somebody else may have had it then.
 */
export function momentsOf(view: View, turns: { readonly [number: string]: Turn }, reader = 0): readonly Moment[] {
  const own = new Set(Object.values(storyOf(view)?.turning ?? {}).map((turn) => turn.text));
  return Object.entries(turns)
    .filter(([, turn]) => has(`moment.${turn.text}`))
    .map(([number, turn]) => ({
      number: Number(number),
      about: turn.text,
      when: t("ui.when", { season: seasonInRun(view, turn.season), phase: t(`phase.${turn.phase}`) }),
      text: t(
        keyFor(turn, own.has(turn.text) ? reader : 0),
        Object.fromEntries(
          Object.entries(turn.values).map(([name, value]) => [name, valueName(view, name, value, wholeName)]),
        ),
      ),
    }))
    .sort((one, other) => one.number - other.number);
}

/** Return the words for whoever a turn names, where the reader is that one. */
function keyFor({ text, values }: Turn, reader: number): string {
  const own = Object.keys(values)
    .filter((field) => reader > 0 && values[field] === reader)
    .map((field) => `moment.${text}.you.${field}`);
  return own.find(has) ?? `moment.${text}`;
}

const ABOUT_PLACES = "lead_taken"; // who took it kept it to the end

/** Return turns as sentences that this page may tell: who leads waits until the ranking is open. */
export function useTurns(turns: { readonly [number: string]: Turn }): readonly Moment[] {
  const room = useRoom();
  const isOpen = isResultOpen(room);
  const reader = room.you.value?.kind === "seat" ? room.seat.value : 0;
  return momentsOf(room.view, turns, reader).filter((moment) => isOpen || moment.about !== ABOUT_PLACES);
}

export function useMoments(): readonly Moment[] {
  const { view } = useRoom();
  return useTurns(debriefOf(view)?.moments ?? {});
}

/** Some moments as a list, each with when it was. */
export function Turns({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol class="turning">
      {moments.map((moment) => (
        <li key={moment.number}>
          {moment.text} <span class="meta when">{moment.when}</span>
        </li>
      ))}
    </ol>
  );
}

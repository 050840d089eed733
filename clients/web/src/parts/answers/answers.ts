// What is asked beside the game and what was answered: as a seat's hand, the hosts' hand and the table have it.
import type { Answers } from "../../store/entities";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { t } from "../../texts";

/** A question: `season` 0 was asked at the end; without `choices` it is answered in own words. */
export interface Asked {
  season: number;
  question: string;
  choices?: readonly string[];
  /** Hosts read whose question it is, where it is one role's, how many are asked now, and which seats had left. */
  role?: string;
  asked?: number;
  gone?: readonly number[];
}

/** What one person has answered: a host reads whose it is; of a teammate it says that, and not what. */
export interface Said {
  season: number;
  question: string;
  member: number;
  seat?: number;
  text?: string;
  choice?: string;
  /** The wall shows it. */
  picked?: boolean;
  /** Why it stays off the wall and off the pages that the class takes home. */
  off_wall?: "host" | "rude";
}

/** Return what is asked, the newest first; what was asked at the end is newest. */
export function askedOf(view: View): readonly Asked[] {
  const found = Object.values(view.pieces("question")) as unknown as Asked[];
  const age = ({ season }: Asked): number => season || Infinity;
  return found.sort((one, other) => (age(one) === age(other) ? 0 : age(other) - age(one)));
}

export function saidOf(view: View): readonly Said[] {
  return Object.values(view.pieces("reflection")) as unknown as Said[];
}

export function saidTo(view: View, { season, question }: Asked): readonly Said[] {
  return saidOf(view).filter((said) => said.season === season && said.question === question);
}

/** Return what the wall shows of the answers, if anything. */
export function onWall(view: View): Answers | undefined {
  const found = view.pieces("answers") as unknown as Partial<Answers>;
  return found.question === undefined ? undefined : (found as Answers);
}

export function isOnWall(view: View, { season, question }: Asked): boolean {
  const shown = onWall(view);
  return shown !== undefined && shown.season === season && shown.question === question;
}

export function questionText({ question }: { question: string }): string {
  return t(`reflect.${question}`);
}

export function choiceText({ question }: { question: string }, choice: string): string {
  return t(`reflect.${question}.${choice}`);
}

/** Return when a question was asked, in words. */
export function whenAsked(view: View, { season }: { season: number }): string {
  return season === 0 ? t("reflect.at_end") : t("reflect.after_season", { n: seasonInRun(view, season) });
}

/** Return how often each choice was made. */
export function countsOf(said: readonly Said[]): { readonly [choice: string]: number } {
  const counts: { [choice: string]: number } = {};
  for (const { choice } of said) if (choice !== undefined) counts[choice] = (counts[choice] ?? 0) + 1;
  return counts;
}

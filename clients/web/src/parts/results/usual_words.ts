// What usually happens, in words: each outcome of games of bots, and the options that no bot had a use for.
import type { Usual } from "../../store/lesson";
import { t } from "../../texts";
import { listed, number } from "../../texts/numbers";

/** Return the least, the middle and the most of an outcome; a season after the last one is one that did not come. */
export function usualWords(usual: Usual, outcome: string, seasons: number): readonly string[] {
  return (usual.figures[outcome] ?? [0, 0, 0]).map((value) =>
    outcome === "first_exit" && value > seasons ? t("lesson.usual.never") : number(Math.round(value)),
  );
}

/** Return which options lay open and were never taken by bots that play well. */
export function unusedWords({ unused }: Usual): string {
  if (unused.length === 0) return t("lesson.usual.all_used");
  return t("lesson.usual.unused", { names: listed(unused.map((name) => t(`command.${name}`))) });
}

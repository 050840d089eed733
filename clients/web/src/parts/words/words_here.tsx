// One key for all the words of the game that stand on a page: each with its line, those in cards that are keys too.
import { t } from "../../texts";
import { Button } from "../controls/button";
import { explain } from "./term";

/** The words that have a line, by their names in the texts. */
export const WORDS = [
  "ambition",
  "appeal",
  "appraisal_bar",
  "badge",
  "born",
  "cap_table",
  "capital",
  "co_founder",
  "commons",
  "credential",
  "credits",
  "deal",
  "demand",
  "desk",
  "difficulty",
  "floor",
  "hours",
  "introduction",
  "investor_bar",
  "know_how",
  "lead",
  "level",
  "look",
  "lost_bid",
  "lots",
  "maker_bar",
  "misses",
  "offer",
  "package",
  "progress",
  "quality",
  "receivership",
  "rent",
  "reserve",
  "score",
  "search_cost",
  "season",
  "shares",
  "space",
  "speciality",
  "spirit",
  "spirit_bonus",
  "standing",
  "team",
  "tenant",
  "thesis",
  "tie",
  "treasury",
  "trust",
  "unborn",
  "venture",
  "vitality",
  "wild_card",
  "workshop",
] as const;

const HAN = /[\u3400-\u9fff]/;

/** Return which words of the game a text has, in the order of the list. */
export function wordsIn(text: string): string[] {
  const found = text.toLowerCase();
  return WORDS.filter((word) => {
    const name = t(`term.${word}`).toLowerCase();
    if (HAN.test(name)) return found.includes(name);
    return new RegExp(`(?<![\\p{L}])${name.replace(/[^\p{L}\p{N} -]/gu, "")}(?![\\p{L}])`, "u").test(found);
  });
}

/** Return what stands on the page, with a space between one piece of text and the next. */
function shownText(): string {
  const main = document.querySelector("main") ?? document.body;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode.nodeValue ?? "");
  return texts.join(" ");
}

export function WordsHere() {
  return (
    <div class="words-key">
      <Button look="quiet" onClick={() => explain(wordsIn(shownText()))}>
        {t("ui.words.here")}
      </Button>
    </div>
  );
}

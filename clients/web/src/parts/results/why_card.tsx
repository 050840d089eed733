// One moment of a game: what happened, what would have been otherwise, as a small picture, a question to ask about it,
// and the line of the log that proves it. It is the same card on a phone, on the console and on the wall.
import { useEffect } from "preact/hooks";
import { useRoom } from "../../store/context";
import { lineText } from "../../store/names";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { need, t } from "../../texts";
import { displayWidth } from "../pictures/text_width";
import {
  type Difference,
  isClear,
  isSame,
  lengthsOf,
  ordered,
  said,
  type Told,
  told,
  type Why,
  whatOf,
  whenOf,
} from "./why_data";
import "./why.css";

const AT_FIRST = { page: 3, wall: 2 } as const; // differences; the others lie behind a key

interface CardProps {
  why: Why;
  /** The wall has no keys, and says how sure it is in fewer words. */
  wall?: boolean;
}

export function WhyCard({ why, wall = false }: CardProps) {
  const room = useRoom();
  const { view } = room;
  const Heading = wall ? "h3" : "h2"; // a scene has its own above it
  useEffect(() => void need("debrief"), []);
  const [first, others] = inTwo(ordered(why), AT_FIRST[wall ? "wall" : "page"]);
  return (
    <article class="why" aria-label={whenOf(view, why)} style={fitsOf(view, why)}>
      <header>
        <p class="meta wall-meta when">
          <b class="mono">
            {why.number}/{why.of}
          </b>{" "}
          {whenOf(view, why)}
        </p>
        <Heading class="what-happened">{said(view, why.cause)}</Heading>
      </header>
      <div class="otherwise">
        <p class="instead">{said(view, why.instead)}</p>
        <Key />
        <ul class="differences">
          {first.map((each) => (
            <Differs key={`${each.what} ${each.seat}`} why={why} difference={each} />
          ))}
        </ul>
        {others.length > 0 && !wall ? <More why={why} differences={others} /> : null}
      </div>
      <div class="ask-about">
        <p class="meta wall-meta">{t(`moment.why.kind.${why.question.kind}`)}</p>
        <p class="question">{said(view, why.question)}</p>
      </div>
      <p class="meta wall-meta proof">
        {t("ui.debrief.why.proof", { seq: why.seq, futures: why.futures, alike: why.alike })}
        {wall ? null : <Proof line={lineOf(room, why)} />}
      </p>
    </article>
  );
}

const ROOM = 100; // sizes of the letters: how long what happened and the question may be together
const LEAST_FIT = 0.74; // of the size, so that no letter of the wall is smaller than its smallest

const FEW = 90; // sizes of the letters: of so few words, with those of what if, a high wall has larger ones
const MOST_FIT = 1.2;

/** Return the parts of their size that a moment's letters have on the wall: long names have room, few words fill. */
function fitsOf(view: View, { cause, question, instead }: Why): Record<string, number> {
  const long = displayWidth(`${said(view, cause)}${said(view, question)}`, 1);
  const all = long + displayWidth(said(view, instead), 1);
  return {
    "--long-fit": Math.min(1, Math.max(LEAST_FIT, Math.sqrt(ROOM / long))),
    "--short-fit": Math.max(1, Math.min(MOST_FIT, Math.sqrt(FEW / all))),
  };
}

/** Return what is shown at once, of what differs at all if anything does, and what is not. */
function inTwo(differences: readonly Difference[], most: number): [Difference[], Difference[]] {
  const differ = differences.filter((each) => !isSame(each)).length;
  const shown = Math.min(most, differ || 1);
  return [differences.slice(0, shown), differences.slice(shown)];
}

/** Which bar is which. */
function Key() {
  return (
    <p class="meta wall-meta bar-key">
      <span class="was">{t("ui.debrief.why.was")}</span> <span class="might">{t("ui.debrief.why.might")}</span>
    </p>
  );
}

function Differs({ why, difference }: { why: Why; difference: Difference }) {
  const { view } = useRoom();
  const numbers = told(difference);
  return (
    <li>
      <p class="what">{whatOf(view, why, difference)}</p>
      {isSame(difference) ? (
        <p class="meta wall-meta">{t("ui.debrief.why.same", { was: numbers.was })}</p>
      ) : (
        <>
          <Bars difference={difference} numbers={numbers} />
          <p class="unseen">{t("ui.debrief.why.both", { was: numbers.was, might: numbers.might })}</p>
          <p class={isClear(difference) ? "meta wall-meta sure" : "meta wall-meta"}>
            {t(`ui.debrief.why.${howSure(difference, numbers)}`, { ...numbers })}
          </p>
        </>
      )}
    </li>
  );
}

function howSure(difference: Difference, { lo, hi }: Told): string {
  if (difference.lo === difference.hi) return "always";
  if (lo === hi) return "alike";
  return isClear(difference) ? "sure" : "unsure";
}

/** Two bars on one scale, and a line from where to where what might have been very likely lies. */
function Bars({ difference, numbers }: { difference: Difference; numbers: Told }) {
  const at = lengthsOf(difference);
  const bar = (value: number) => ({
    insetInlineStart: `${Math.min(at.zero, value)}%`,
    inlineSize: `${Math.abs(value - at.zero)}%`,
  });
  return (
    <div class="bars" aria-hidden="true">
      <span class="track">
        <i class="was" style={bar(at.was)} />
      </span>
      <b class="mono">{numbers.was}</b>
      <span class="track">
        <i class="might" style={bar(at.might)} />
        <i class="surely" style={{ insetInlineStart: `${at.lo}%`, inlineSize: `${at.hi - at.lo}%` }} />
      </span>
      <b class="mono">{numbers.might}</b>
    </div>
  );
}

function More({ why, differences }: { why: Why; differences: readonly Difference[] }) {
  return (
    <details>
      <summary>{t("ui.debrief.why.more")}</summary>
      <ul class="differences">
        {differences.map((each) => (
          <Differs key={`${each.what} ${each.seat}`} why={why} difference={each} />
        ))}
      </ul>
    </details>
  );
}

function Proof({ line }: { line: string }) {
  return line ? <q>{line}</q> : null;
}

/** The lines that tell the fact itself: a record that closes a phase has many others, of the same venture too. */
const PROVING: { readonly [sort: string]: readonly string[] } = {
  roll_lost: ["roll_failed"],
  roll_won: ["roll_succeeded", "became_product"],
  signed: ["deal"],
  bar_reached: ["venture_admitted"],
  price: ["sold"],
  level: ["level_bought"],
};

/** Return the line of the log that proves a moment, where this page has been told it: its number, and its people. */
function lineOf(room: Room, { seq, sort, venture, seats }: Why): string {
  const about = (values: { readonly [name: string]: unknown } = {}): boolean =>
    venture ? values["venture"] === venture : Object.values(values).some((value) => String(value) in seats);
  const proves = (text: string): boolean => PROVING[sort]?.includes(text) ?? false;
  const found = room.log.lines.value.find((line) => line.seq === seq && proves(line.text) && about(line.values));
  return found ? lineText(room.view, found.text, found.values) : "";
}

// What cards of moments are put together from: a head, old and new, a ruler with its bar, desks with who sits there.
import { type ComponentChildren, Fragment } from "preact";
import { Person, Token } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName } from "../../../store/names";
import { seasonInRun } from "../../../store/run";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { number } from "../../../texts/numbers";
import type { Change, Moment } from "../kinds";

export type Tone = "good" | "bad" | "plain";

/** When it was, and what happened, beside its picture. */
export function Head({ moment, about, title, picture }: HeadProps) {
  return (
    <header class="moment-head">
      {picture ? <span class="moment-picture">{picture}</span> : null}
      <div class="grow">
        <When moment={moment} about={about} />
        <h1 tabIndex={-1} class={title.includes("\u201c") ? "quotes" : ""}>
          <WholeNames text={title} />
        </h1>
      </div>
    </header>
  );
}

interface HeadProps {
  moment: Moment;
  about?: string;
  title: string;
  picture?: ComponentChildren;
}

/** Return whether no season comes after one. */
export function isLastSeason(view: View, season: number): boolean {
  return season >= (view.single("game").seasons ?? Infinity);
}

const AROUND_NAMES = /(?=\u201c)|(?<=\u201d)(?![\p{P}\s])/u;

/** A title in which a line ends before or after a name that stands in quotes, and not amid it. */
function WholeNames({ text }: { text: string }) {
  return (
    <>
      {text.split(AROUND_NAMES).map((part, at) => (
        <Fragment key={at}>
          {at > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** What is great stands in large letters on the mat itself. */
export function Banner({ title, below = "" }: { title: string; below?: string }) {
  return (
    <header class="banner-head">
      <h1 tabIndex={-1} class={title.includes("\u201c") ? "quotes" : ""}>
        <WholeNames text={title} />
      </h1>
      {below ? <p>{below}</p> : null}
    </header>
  );
}

export function When({ moment, about = "" }: { moment: Moment; about?: string | undefined }) {
  const { view } = useRoom();
  const when = t("ui.when", { season: seasonInRun(view, moment.season), phase: t(`phase.${moment.phase}`) });
  return <p class="micro moment-when">{about ? `${when} · ${about}` : when}</p>;
}

/** What it was and what it is now. An arrow is read as a word. */
export function Moved({ change, write = number }: { change: Change; write?: (value: number) => string }) {
  const { before, after } = change;
  if (before === after) return <b class="amount">{write(after)}</b>;
  return (
    <b class={`amount ${after > before ? "good" : "bad"}`}>
      <span class="was">{write(before)}</span> <Arrow /> {write(after)}
    </b>
  );
}

export function Arrow() {
  return (
    <>
      <span aria-hidden="true">→</span>
      <span class="unseen">{t("ui.moment.to")}</span>
    </>
  );
}

/** A name and what it came to. */
export function Row({ name, children }: { name: ComponentChildren; children: ComponentChildren }) {
  return (
    <li class="moment-row">
      <span class="grow">{name}</span> {children}
    </li>
  );
}

interface RulerProps {
  value: number;
  bar: number | undefined;
  most: number;
  /** What the bar, the value and the gap between them are called. */
  barName: string;
  valueName: string;
  gap: string;
  tone: Tone;
}

/** A bar that passes a line, or does not. */
export function Ruler({ value, bar, most, barName, valueName, gap, tone }: RulerProps) {
  const at = (points: number): string => `${Math.max(0, Math.min(100, (100 * points) / Math.max(most, 1)))}%`;
  const end = (points: number): string => ((100 * points) / Math.max(most, 1) > 50 ? " left" : "");
  return (
    <div class={`ruler is-${tone}`}>
      {bar === undefined ? null : (
        <span class={`ruler-bar${end(bar)}`} style={{ insetInlineStart: at(bar) }}>
          <span>
            {barName} <b class="amount">{number(bar)}</b>
          </span>
        </span>
      )}
      <span class="ruler-track" aria-hidden="true">
        <i style={{ width: at(value) }} />
        {bar === undefined ? null : <u style={{ insetInlineStart: at(bar) }} />}
      </span>
      <span class="ruler-value">
        <span>
          {valueName} <b class="amount">{number(value)}</b>
        </span>{" "}
        <b class="ruler-gap">{gap}</b>
      </span>
    </div>
  );
}

/** The desks of a space: who sits there, which are free, and which one is mine. */
export function Desks({ seated, desks }: { seated: readonly number[]; desks: number }) {
  const { seat } = useRoom();
  const free = Math.max(0, desks - seated.length);
  return (
    <ul class="seat-desks">
      {seated.map((lead) => (
        <li key={lead} class={lead === seat.value ? "seat-desk own" : "seat-desk"}>
          <Sitter seat={lead} own={lead === seat.value} />
        </li>
      ))}
      {Array.from({ length: free }, (_, index) => (
        <li key={`free ${index}`} class="seat-desk free">
          <i class="nobody" />
          <span class="unseen">{t("ui.moment.desk.free")}</span>
        </li>
      ))}
    </ul>
  );
}

function Sitter({ seat, own }: { seat: number; own: boolean }) {
  const { view } = useRoom();
  return (
    <>
      <Token seat={seat} />
      <span class="micro seat-desk-name">{own ? t("ui.moment.you") : <bdi>{seatName(view, seat)}</bdi>}</span>
    </>
  );
}

/** Somebody, with what is said of them below the name. */
export function Who({ seat, children }: { seat: number; children?: ComponentChildren }) {
  return (
    <div class="moment-who">
      <Person seat={seat} />
      {children}
    </div>
  );
}

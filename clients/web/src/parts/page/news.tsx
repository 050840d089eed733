// What just happened: the newest sentence about this seat, or about the world; what touches somebody else stands in the
// list behind the button alone. Before the start and after the end it is what the host wrote.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import type { DatedLine } from "../../store/log";
import { isTold, lineText } from "../../store/names";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { Sheet } from "../controls/sheet";
import { Sym } from "../pictures/sprite";
import { isResultOpen } from "../results/revealed";

export const SEEN_ROLLING = ["roll_succeeded", "roll_failed"]; // the dice tell it themselves
/** What this seat's own card or screen has told when the line comes. */
const TOLD_BY_CARDS = new Set([
  ...["badge_given", "badge_below", "badge_enough", "badge_unpaid", "badge_lost", "badge_spared", "appraised"],
  ...["door_open", "door_below", "door_full", "door_wild_card", "door_judged", "venture_admitted", "venture_founded"],
  ...["cofounder_joined", "join_asked", "join_refused", "exchange_proposed", "lending_proposed", "swap_proposed"],
  ...["exchange", "exchange_made", "skill_learnt", "clinic", "clinic_held", "mentor_taught", "proposal_declined"],
  ...["terms_sent", "terms_declined", "deal", "deal_signed", "venture_born", "granted"],
  ...["list_elsewhere", "list_free", "list_full", "list_no_place", "work_stopped", "sold", "profit", "dividends"],
  ...["above_bar", "closed_below_bar", "venture_closed", "venture_spared", "appraisal_bar", "indices_counted"],
  ...["appraisal_measures", "appraisal_measures_one_rater", "name_counted", "upkeep_paid", "score"],
  ...["makers_worked", "hours_delivered", "workshop_given", "commons_drawn", "pitch_heard", "idea_worked_over"],
]);
const OPENED = "phase_opened";
const NO_NEWS = [OPENED, "season_recapped"];
/** What the close of this phase may still change: afterwards it is no news, as the close has decided it. */
const UNTIL_THE_CLOSE = new Set(["danger_bottom", "danger_insolvent", "danger_unfunded", "danger_unsold"]);
const WORLD_CARDS = ["policy_turned", "market_turned"]; // both lie under the question of policy
const PEOPLE = ["seat", "maker", "investor", "operator", "space"];

/** A line of the log in words, which are put together when they are read: of two hundred lines a screen shows one. */
export class Sentence {
  constructor(
    private readonly room: Room,
    readonly line: DatedLine,
    /** A rewind has taken it back. */
    readonly undone: boolean,
  ) {}

  get number(): number {
    return this.line.number;
  }

  get text(): string {
    return lineText(this.room.view, this.line.text, inRun(this.line), this.room.seat.value);
  }
}

/** Return the lines that may be told now, in order: who stands where waits for the host to reveal it. */
export function openLines(room: Room): readonly DatedLine[] {
  const lines = room.log.lines.value;
  return isResultOpen(room) ? lines : lines.filter((line) => line.text !== "score");
}

/** Return the lines that there are words for, newest first. */
export function sentences(room: Room): Sentence[] {
  const lines = openLines(room);
  const undone = undoneIn(lines);
  return lines
    .filter((line) => isTold(line.text, line.values))
    .map((line) => new Sentence(room, line, undone.has(line.number)))
    .reverse();
}

const REWOUND = "rewound";
const STAYS_SAID = ["announced", "messaged", REWOUND];

/**
 * Return the numbers of the lines that rewinds have taken back: all since the start to which one went, but words of
 * people.
 */
export function undoneIn(lines: readonly DatedLine[]): ReadonlySet<number> {
  const undone = new Set<number>();
  lines.forEach(({ text, values = {} }, at) => {
    if (text !== REWOUND) return;
    const isStart = (line: DatedLine): boolean =>
      line.text === OPENED &&
      line.values?.["season"] === values["season"] &&
      line.values?.["phase"] === values["phase"];
    // what this page has heard may begin later than that start
    const start = Math.max(0, lines.slice(0, at).map(isStart).lastIndexOf(true));
    for (const line of lines.slice(start, at)) {
      if (!STAYS_SAID.includes(line.text)) undone.add(line.number);
    }
  });
  return undone;
}

/** A sentence as it stands in a list; one that was taken back is struck out, and says so. */
export function Said({ sentence }: { sentence: Sentence }) {
  if (!sentence.undone) return <>{sentence.text}</>;
  return (
    <>
      <s>{sentence.text}</s> <span class="meta">{t("ui.happened.undone")}</span>
    </>
  );
}

/** Return a line's values with its season as people count them. */
function inRun({ values = {}, first_season }: DatedLine): { readonly [name: string]: unknown } {
  const season = values["season"];
  return typeof season === "number" ? { ...values, season: season - first_season + 1 } : values;
}

/** Return whether a line is about this seat or its venture, or takes back what everybody has done. */
export function isMine(room: Room, { text, values = {} }: DatedLine): boolean {
  const seat = room.seat.value;
  const venture = room.view.find("venture", Number(values["venture"]));
  const ours = venture !== undefined && [venture.lead, ...venture.cofounders].includes(seat);
  return ours || PEOPLE.some((name) => values[name] === seat) || "text" in values || text === REWOUND;
}

/** Return whether a line is about the world: it names nobody and nothing that somebody made. */
function isOfTheWorld({ values = {} }: DatedLine): boolean {
  return ![...PEOPLE, "venture"].some((name) => name in values);
}

/** Return whether the host has written it; that stands first, and in full. */
function isFromHost({ line: { values = {} } }: Sentence): boolean {
  return "text" in values;
}

/** Return the number of the line with which the phase before this one began; 0 where no line tells it. */
export function lately(all: readonly Sentence[]): number {
  return all.filter((each) => each.line.text === OPENED).at(1)?.number ?? 0;
}

/** Return whether this seat's card, or what stands under the question, tells it better. */
function isToldBetter(room: Room, { line }: Sentence): boolean {
  if (SEEN_ROLLING.includes(line.text)) return true;
  if (UNTIL_THE_CLOSE.has(line.text)) return line.phase !== room.game.value.phase;
  if (WORLD_CARDS.includes(line.text)) return room.game.value.phase === "policy";
  return TOLD_BY_CARDS.has(line.text) && isMine(room, line);
}

/**
 * Return what is about this seat since the phase before this one: what the host wrote first, then the rest, newest
 * first.
 */
function ownOf(room: Room, all: readonly Sentence[]): Sentence[] {
  const since = lately(all);
  const own = all.filter(
    (each) => each.number > since && !each.undone && isMine(room, each.line) && !isToldBetter(room, each),
  );
  return [...own.filter(isFromHost), ...own.filter((each) => !isFromHost(each))];
}

/** Return what stands where nothing is played: the host's word of late, else the newest that was not read. */
function wordOf(own: readonly Sentence[], unread: readonly Sentence[]): Sentence | undefined {
  return own.find(isFromHost) ?? unread[0];
}

interface News {
  room: Room;
  own: readonly Sentence[];
  all: readonly Sentence[];
  unread: readonly Sentence[];
}

/**
 * Return what stands below a question: what is about this seat, else the newest about the world, but no old word of
 * the host's that was read.
 */
function newsOf({ room, own, all, unread }: News): Sentence | undefined {
  const isNews = (each: Sentence): boolean =>
    isFromHost(each)
      ? unread.includes(each)
      : each.number > lately(all) &&
        isOfTheWorld(each.line) &&
        !NO_NEWS.includes(each.line.text) &&
        !isToldBetter(room, each);
  return own[0] ?? all.find((each) => !each.undone && isNews(each));
}

/**
 * The news, or, before the start and after the end, the host's word alone; and how many words of the host's it hides,
 * unless the list has been looked through.
 */
export function Happened({ hostAlone = false }: { hostAlone?: boolean }) {
  const room = useRoom();
  const [open, setOpen] = useState(false);
  const all = sentences(room);
  const own = ownOf(room, all);
  const unread = all.filter((each) => isFromHost(each) && !each.undone && each.number > room.log.read.value);
  const shown = hostAlone ? wordOf(own, unread) : newsOf({ room, own, all, unread });
  if (!shown && (hostAlone || all.length === 0)) return null;
  const hidden = unread.filter((each) => each !== shown).length;
  const close = (): void => {
    room.lookThrough();
    setOpen(false);
  };
  return (
    <>
      <button type="button" class="happened meta" onClick={() => setOpen(true)}>
        {shown ? (
          <Line text={shown.text} fromHost={isFromHost(shown)} hidden={hidden} />
        ) : (
          <span class="grow">{t("ui.happened")}</span>
        )}
        <span class="unseen">{t("ui.happened.all", { n: all.length })}</span>
        <Sym name="down" size={18} />
      </button>
      {open ? <Story all={all} onClose={close} /> : null}
    </>
  );
}

/** One sentence, cut after some lines; of what the host wrote it is said when there is more, of it or behind it. */
function Line({ text, fromHost, hidden }: { text: string; fromHost: boolean; hidden: number }) {
  const line = useRef<HTMLSpanElement>(null);
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = line.current ?? {};
    setCut(fromHost && scrollHeight > clientHeight);
  });
  return (
    <span class="grow">
      <span ref={line} class={fromHost ? "line from-host" : "line"}>
        {text}
      </span>
      {cut ? <span class="read-on">{t("ui.happened.read_on")}</span> : null}{" "}
      {hidden > 0 ? <span class="read-on">{tn("ui.happened.hidden", hidden)}</span> : null}
    </span>
  );
}

/** Return when a line was told in words; before the start there is no season yet. */
export function whenOf({ season, phase }: DatedLine): string {
  return season > 0 ? t("ui.when", { season, phase: t(`phase.${phase}`) }) : t("phase.lobby");
}

/**
 * Return the lines of one phase after another, newest first. What the close of a phase has brought stands with that
 * phase, and the heading says itself that one began.
 */
function byPhase(all: readonly Sentence[]): { when: string; lines: Sentence[] }[] {
  const found: { when: string; lines: Sentence[] }[] = [];
  let opened: DatedLine | undefined;
  for (const each of [...all].reverse()) {
    if (each.line.text === OPENED) {
      opened = each.line;
      continue;
    }
    const when = whenOf(opened ?? each.line);
    if (found[0]?.when !== when) found.unshift({ when, lines: [] });
    found[0]?.lines.unshift(each);
  }
  return found;
}

function Story({ all, onClose }: { all: readonly Sentence[]; onClose: () => void }) {
  return (
    <Sheet title={t("ui.happened")} onClose={onClose}>
      <div class="stack">
        {byPhase(all).map(({ when, lines }) => (
          <section key={lines[0]?.number} class="stack tight">
            <h3 class="micro">{when}</h3>
            <ul class="stack tight">
              {lines.map((each) => (
                <li key={each.number}>
                  <Said sentence={each} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Sheet>
  );
}

// A season's story up to its deals, and how it ends: the world, who came in, ties, deals, exits and new starts. The
// wall names ventures and those who did something; it counts the others.
import type { ComponentChildren, VNode } from "preact";
import { Sym } from "../../parts/pictures/sprite";
import { displayWidth, linesOf } from "../../parts/pictures/text_width";
import { Part, SectorTile, Token } from "../../parts/pictures/tokens";
import { tieCount } from "../../parts/results/debrief_data";
import { type Entries, type EntriesStep, entriesOf, entrySteps } from "../../parts/results/entries";
import { A_STEP, closedOf, dealsOf, shownAt } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { Deal, Venture } from "../../store/entities";
import { exitText, seatName, spaceName, stageName, ventureName, wholeName } from "../../store/names";
import { has, t, tn } from "../../texts";
import { listed, number, percent, signed } from "../../texts/numbers";
import { nameInLines, sizeOfWords, withDotsBehind } from "../long_names";
import { marketEffect, policyEffect } from "../phases/policy";
import { STREET } from "../street/places";
import { Street } from "../street/street";
import { Doors } from "./doors";
import { inRows, More, Revealed, Scene, type SceneProps } from "./scene";

function named(key: string, otherwise = ""): string {
  return has(key) ? t(key) : otherwise;
}

export function WorldScene() {
  const { view } = useRoom();
  return (
    <Scene title={t("ui.wall.scene.world.title")}>
      <div class="world-cards">
        <WorldCard kind="policy" />
        <WorldCard kind="market" />
      </div>
      <div>
        <h3>{t("ui.wall.demand")}</h3>
        <ul class="demand">
          {view.all("sector").map((sector) => (
            <li key={sector.name}>
              <SectorTile sector={sector.name} size={72} />
              <span>{t(`sector.${sector.name}`)}</span>
              <b class="mono">{number(sector.demand)}</b>
              <Change by={sector.demand - sector.walk} />
            </li>
          ))}
        </ul>
      </div>
    </Scene>
  );
}

/** One card of the season: what it does before what it says, and the tax, where the card itself does not tell it. */
function WorldCard({ kind }: { kind: "policy" | "market" }) {
  const { view } = useRoom();
  const world = view.single("world");
  const card = world[kind] ?? "";
  const isTaxTold = kind === "market" || world.effect === "tax";
  return (
    <section>
      <p class="card-kind">
        <Sym name={kind} size={44} /> {t(`ui.card.${kind}`)}
      </p>
      <p class="must">{named(`${kind}.${card}.name`, card)}</p>
      <p class="card-does">{kind === "policy" ? policyEffect(view) : marketEffect(view)}</p>
      <p class="card-story">{named(`${kind}.${card}.text`)}</p>
      {isTaxTold ? null : <p class="wall-meta">{t("ui.tax", { rate: world.tax ?? 0 })}</p>}
    </section>
  );
}

function Change({ by }: { by: number }) {
  if (by === 0) return <span />;
  return <b class={by > 0 ? "mono good" : "mono bad"}>{signed(by)}</b>;
}

const MOST_NAMED = 8;

/** Who came in this season: with what they make, and then with which badges. */
export function EntriesScene({ step }: SceneProps) {
  const entries = entriesOf(useRoom());
  const steps = entrySteps(entries);
  const told = steps[Math.min(step, steps.length - 1)];
  const counted = countsOf(entries, told).map(([what, n]) => tn(`ui.wall.entries.${what}`, n));
  return (
    <Scene
      title={
        counted.length > 0 ? t("ui.wall.scene.entries.title", { counted: listed(counted) }) : t("ui.wall.scene.entries")
      }
    >
      {told === undefined ? <StillGoing /> : null}
      {told === "makers" ? <CameIn entries={entries} /> : null}
      {told === "investors" ? <Doors badges={entries.doors} /> : null}
    </Scene>
  );
}

/** How many there are of each that is told so far. */
function countsOf(entries: Entries, told: EntriesStep | undefined): [what: string, n: number][] {
  const sum = (all: readonly (readonly unknown[])[]): number => all.reduce((n, each) => n + each.length, 0);
  const counts: [string, number][] = [
    ["founded", entries.founded.length],
    ["desks", entries.withDesk.length],
    ["joined", sum(entries.joined.map(({ makers }) => makers))],
    ["badges", told === "investors" ? sum(entries.doors.map(({ seats }) => seats)) : 0],
  ];
  return counts.filter(([, n]) => n > 0);
}

const HIGH_NOTES_TO = 3; // rows that have the whole board

/** Ventures that are new, have a desk now, or have more people. */
function CameIn({ entries: { founded, withDesk, joined } }: { entries: Entries }) {
  const { view } = useRoom();
  const teams = new Map(joined.map(({ venture, makers }) => [venture, makers]));
  const note = (venture: Venture) => {
    const makers = teams.get(venture) ?? [];
    const isIn = founded.includes(venture) || withDesk.includes(venture);
    const names = [...(isIn ? [venture.lead] : []), ...makers].map((seat) => wholeName(view, seat));
    const joins = makers.length > 0 ? [t("ui.wall.entries.in_team")] : [];
    const at = isIn ? [spaceName(view, venture.space)] : [];
    return <Beside pieces={[<Name key="name">{listed(names)}</Name>, ...joins, ...at]} />;
  };
  return (
    <VentureCards
      ventures={[...new Set([...founded, ...withDesk, ...teams.keys()])]}
      note={note}
      most={MOST_NAMED}
      highNotesTo={HIGH_NOTES_TO}
    />
  );
}

/** Pieces with a dot between two in a line; one for which a line has no room begins the next, where there is one. */
function Beside({ pieces }: { pieces: readonly (string | VNode)[] }) {
  return (
    <span class="name-beside">
      {pieces.map((piece) => (typeof piece === "string" ? <span key={piece}>{piece}</span> : piece))}
    </span>
  );
}

/** A name among pieces; it alone gives way. */
function Name({ children }: { children: string }) {
  return (
    <span class="shrinks">
      <bdi>{withDotsBehind(children)}</bdi>
    </span>
  );
}

/** All ventures that go on, where a scene has nothing else to show. */
export function StillGoing() {
  const { view } = useRoom();
  const alive = view.all("venture").filter((venture) => !venture.closed);
  if (alive.length === 0) return null;
  return (
    <>
      <h3>{tn("ui.wall.still", alive.length)}</h3>
      <VentureCards
        ventures={alive}
        note={({ stage, lead }) => (
          <Beside pieces={[stageName(stage), <Name key="name">{wholeName(view, lead)}</Name>]} />
        )}
        most={MOST_NAMED}
      />
    </>
  );
}

const HIGH_CARDS = 2; // rows of which each has room for a name of two lines
const HIGH_SMALL_CARDS = 4; // and where its letters are small

/** Return how large a venture's name may be to have room beside its pictures, in units of the wall. */
function roomiest(name: string, rows: number, roomy: boolean): number {
  const room = 750 - 2 * Math.min(120, Math.max(60, 300 / rows)); // as lists.css has it for so many rows
  return Math.floor(room / Math.max(...(roomy ? linesOf(name) : [name]).map((line) => displayWidth(line, 1))));
}

/** Return whether a name is written smaller, in two lines where there is room for them. */
function isLong(most: number, rows: number): boolean {
  return most < Math.min(56, Math.max(40, 210 / rows));
}

interface VentureCardsProps {
  ventures: readonly Venture[];
  note: (venture: Venture) => ComponentChildren;
  /** How many are shown above the last row, an even number; it has two more, or one and how many are not shown. */
  most: number;
  closed?: boolean;
  /** Whether they stand below something else, and fill nothing. */
  small?: boolean;
  /** How many rows of small ones stand below them. */
  below?: number;
  /** Up to how many rows what stands below a venture may take more than one line. */
  highNotesTo?: number;
}

export function VentureCards({
  ventures,
  note,
  most,
  closed = false,
  small = false,
  below = 0,
  highNotesTo = HIGH_CARDS,
}: VentureCardsProps) {
  if (ventures.length === 0) return null;
  const shown = ventures.length > most + 2 ? ventures.slice(0, most + 1) : ventures;
  const more = ventures.length - shown.length;
  const all = shown.length + Number(more > 0);
  const rows = Math.ceil(all / 2);
  const roomy = rows + below <= HIGH_CARDS;
  const size = all === 1 ? " alone" : roomy ? " roomy" : rows + below <= HIGH_SMALL_CARDS ? " high" : "";
  const notes = rows + below <= highNotesTo ? " high-notes" : "";
  return (
    <ul
      class={small ? "venture-cards" : `venture-cards fills${size}${notes}${below > 0 ? " above" : ""}`}
      style={small ? {} : inRows(rows)}
    >
      {shown.map((venture) => (
        <VentureCard key={venture.id} venture={venture} note={note(venture)} {...{ closed, rows, roomy }} />
      ))}
      {more > 0 ? (
        <li>
          <More n={more} />
        </li>
      ) : null}
    </ul>
  );
}

interface VentureCardProps {
  venture: Venture;
  note: ComponentChildren;
  closed: boolean;
  rows: number;
  roomy: boolean;
}

function VentureCard({ venture, note, closed, rows, roomy }: VentureCardProps) {
  const { view } = useRoom();
  const name = ventureName(view, venture.id);
  const most = roomiest(name, rows, roomy);
  return (
    <li class={isLong(most, rows) ? "long" : ""}>
      <Pictured venture={venture} closed={closed} />
      <span>
        <b style={{ "--most": Math.max(40, most) }}>{name}</b>
        <span class="wall-meta">{note}</span>
      </span>
    </li>
  );
}

/** What a venture is in, and how far it is. */
function Pictured({ venture: { id, sector, stage, born }, closed }: { venture: Venture; closed: boolean }) {
  const { view } = useRoom();
  return (
    <>
      <SectorTile sector={sector} size={56} />
      <Part stage={stage} born={born} closed={closed} size={64} name={ventureName(view, id)} />
    </>
  );
}

export function TiesScene() {
  const { view } = useRoom();
  const makers = view.all("maker");
  const ties = tieCount(view);
  const possible = (makers.length * (makers.length - 1)) / 2;
  return (
    <Scene title={tn("ui.wall.scene.ties.title", ties)}>
      <Street bonds="tie" height={STREET.low} />
      <p>{t("ui.wall.ties.possible", { n: possible ? Math.floor((100 * ties) / possible) : 0 })}</p>
    </Scene>
  );
}

const FEW_DEALS = 3; // they stand one below the other
const HIGH_ROWS = 4;

export function DealsScene({ step }: SceneProps) {
  const { view } = useRoom();
  const deals = [...dealsOf(view)].sort(
    (one, other) => other.credits - one.credits || other.hours - one.hours || one.id - other.id,
  );
  const credits = deals.reduce((sum, deal) => sum + deal.credits, 0);
  const hours = deals.reduce((sum, deal) => sum + deal.hours, 0);
  const shown = deals.slice(0, shownAt(step, deals.length, A_STEP.deals));
  const few = deals.length <= FEW_DEALS;
  const rows = few ? shown.length : Math.ceil(shown.length / 2);
  const look = few ? "alone" : rows <= HIGH_ROWS ? "high" : "low";
  const title =
    deals.length === 0
      ? t("ui.wall.scene.deals.none")
      : tn("ui.wall.scene.deals.title", deals.length, { credits: number(credits), hours: number(hours) });
  return (
    <Scene title={title}>
      <ul class={`deal-cards fills ${look}`} style={inRows(rows)}>
        {shown.map((deal) => (
          <Revealed key={deal.id} on as="li">
            <DealCard deal={deal} look={look} />
          </Revealed>
        ))}
      </ul>
      {shown.length < deals.length ? <More n={deals.length - shown.length} /> : null}
    </Scene>
  );
}

const LONG_NAME = 24; // letters of a venture that fit in two lines of the larger size
const FEE = 4; // of which a fee beside it takes the room

/** What there is for a line of a name beside or below what is given, in units. */
const NAME_ROOM = { alone: 480, high: 239, low: 216 };
const BELOW_A_FEE = { room: 296, lines: 2 };
const NAME_LINES = { alone: 2, high: 3, low: 3 };

/** What a venture gives for money or hours: shares, a fee, or both, in two lines where there is no room for one. */
function givenFor({ shares, fee }: Deal): string {
  const asked = fee ? [t("ui.wall.fee", { n: number(fee) }).replaceAll(" ", "\u00a0")] : [];
  return [...(shares || !fee ? [percent(shares)] : []), ...asked].join(" +\n");
}

/** Two pieces whose joints fit. */
function DealCard({ deal, look }: { deal: Deal; look: keyof typeof NAME_ROOM }) {
  const { view } = useRoom();
  const name = ventureName(view, deal.venture);
  const place = { room: NAME_ROOM[look], lines: NAME_LINES[look] };
  const investor = nameInLines(view, deal.investor, place);
  const most = sizeOfWords(investor, look === "high" ? place : { ...place, lines: 2 });
  return (
    <>
      <span class="deal-side left">
        <Token seat={deal.investor} small />
        <bdi class="name-lines" style={{ "--most": most }}>
          {investor}
        </bdi>
        <b class="mono">
          {deal.credits ? t("ui.wall.credits", { n: number(deal.credits) }) : t("ui.hours_short", { n: deal.hours })}
        </b>
      </span>
      <span class="deal-side right">
        <SectorTile sector={view.find("venture", deal.venture)?.sector ?? ""} size={56} />
        <b class={deal.fee ? "mono fee" : "mono"}>{givenFor(deal)}</b>
        <bdi
          class={name.length + (deal.fee ? FEE : 0) > LONG_NAME ? "long" : ""}
          style={deal.fee ? { "--most": sizeOfWords(name, BELOW_A_FEE) } : {}}
        >
          {name}
        </bdi>
      </span>
    </>
  );
}

const CLOSED_NAMED = 6; // where somebody has begun again as well
const AGAIN_NAMED = 2;

export function ExitsScene() {
  const { view, game } = useRoom();
  const season = game.value.season ?? 1;
  const closed = closedOf(view);
  const left = closed.map((venture) => venture.lead);
  const again = view
    .all("venture")
    .filter(
      (venture) =>
        !venture.closed &&
        (venture.founded === season ? hadOneBefore(view.all("venture"), venture) : left.includes(venture.lead)),
    );
  const commons = view.all("space").reduce((sum, space) => sum + (space.commons ?? 0), 0);
  return (
    <Scene title={closed.length === 0 ? t("ui.wall.scene.exits.none") : tn("ui.wall.scene.exits.title", closed.length)}>
      <VentureCards
        closed
        ventures={closed}
        note={(venture) => exitText(venture.closed)}
        most={again.length > 0 ? CLOSED_NAMED : MOST_NAMED}
        below={Math.ceil(Math.min(again.length, AGAIN_NAMED + 2) / 2)}
      />
      {closed.length === 0 && again.length === 0 ? <StillGoing /> : null}
      <div class="begun-again">
        {commons > 0 ? <p>{t("ui.wall.exits.commons", { n: number(commons) })}</p> : null}
        <VentureCards
          small
          ventures={again}
          note={(venture) =>
            t("ui.wall.exits.again", { name: seatName(view, venture.lead), stage: stageName(venture.stage) })
          }
          most={AGAIN_NAMED}
        />
      </div>
    </Scene>
  );
}

function hadOneBefore(ventures: readonly Venture[], venture: Venture): boolean {
  return ventures.some((other) => other.lead === venture.lead && other.id < venture.id);
}

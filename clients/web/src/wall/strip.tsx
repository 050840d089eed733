// The board at the bottom while the game is played: the code, and what there is to count in the phase, each number with
// a picture of its thing.
import type { ComponentChildren } from "preact";
import { CordPicture, Customer, DealPieces, Envelope, FoldedCard, HourClock } from "../parts/pictures/things/things";
import { PartShape, SectorTile } from "../parts/pictures/tokens";
import { tieCount } from "../parts/results/debrief_data";
import { nobodyChooses, waitedFor } from "../parts/results/nobody_chooses";
import { useRoom } from "../store/context";
import { codeOf } from "../store/join_address";
import { waitsForTables } from "../store/presence";
import type { Room } from "../store/room";
import type { View } from "../store/view";
import { t, tn } from "../texts";
import { number } from "../texts/numbers";
import { AS_COUNTED, usePaced } from "./street/paced";

export function Strip() {
  const room = useRoom();
  const { phase = "", season = 0 } = room.game.value;
  return (
    <footer class="wall-strip board">
      <span class="strip-code">{codeOf(room)}</span>
      <i class="rule" aria-hidden="true" />
      {phase === "policy" ? <Demand /> : null}
      <Counts key={`${season} ${phase}`} />
    </footer>
  );
}

/** The counts of a phase, and who is still choosing; with a phase they begin anew, within it they change seldom. */
function Counts() {
  const { counts, waiting } = usePaced(countsIn, AS_COUNTED);
  return (
    <>
      {counts.map(([name, counted]) => (
        <Count key={name} name={name} counted={counted} />
      ))}
      <StillChoosing waiting={waiting} />
    </>
  );
}

type Told = number | typeof SOME;

/** Return what is counted in the phase that a room is in. */
function countsIn(room: Room): { counts: [Counted, Told][]; waiting: number } {
  const { view } = room;
  const { phase = "", season = 0 } = room.game.value;
  const names = isNegotiated(view) ? OF_NEGOTIATION : (COUNTS[phase] ?? ("venture" in view.table ? ["ventures"] : []));
  return {
    counts: names.map((name) => [name, COUNTED[name](view, season)]),
    waiting: waitedFor(room),
  };
}

type Counted = "pitches" | "ties" | "offers" | "signed" | "deals" | "hours" | "born" | "ventures";

/** What counts in each phase; beside it stands everywhere who is still choosing. */
const COUNTS: { readonly [phase: string]: readonly Counted[] } = {
  policy: [],
  admission: ["pitches", "ventures"],
  exchange: ["ties", "ventures"],
  matching: ["ties", "ventures"],
  incubation: ["deals", "hours"],
  market: ["born", "ventures"],
  appraisal: ["born", "ventures"],
  recap: ["ventures"],
};

/** While offers are made the server counts them for the whole room. */
const OF_NEGOTIATION: readonly Counted[] = ["offers", "signed"];

export function isNegotiated(view: View): boolean {
  return "open" in view.pieces("on_the_way");
}

/** A count of the room: a number, or a word where a number would tell what a few people do. */
function roomCount(view: View, name: "open" | "signed"): Told {
  const count = view.pieces("on_the_way")[name];
  return count === SOME ? SOME : Number(count ?? 0);
}

const SOME = "some";
const SEVERAL = 2; // of which there may be none too

/** How many envelopes hang on the cord; none where it is not told. */
export function envelopesOf(view: View): number {
  const open = roomCount(view, "open");
  return open === SOME ? 0 : open;
}

function Count({ name, counted }: { name: Counted; counted: Told }) {
  return (
    <div class="strip-count">
      {PICTURES[name]}
      <b class="strip-figure">{counted === SOME ? "?" : number(counted)}</b>
      <span>{tn(`ui.wall.count.${name}`, counted === SOME ? SEVERAL : counted)}</span>
    </div>
  );
}

const COUNTED: { readonly [name in Counted]: (view: View, season: number) => Told } = {
  pitches: (view) => view.all("seat").filter((seat) => seat.role === "maker" && seat.ready).length,
  ties: tieCount,
  offers: (view) => roomCount(view, "open"),
  signed: (view) => roomCount(view, "signed"),
  deals: (view, season) => dealsIn(view, season).length,
  hours: (view, season) => sum(dealsIn(view, season).map(({ hours }) => hours)),
  born: birthsIn,
  ventures: (view) => view.all("venture").filter((venture) => !venture.closed).length,
};

function dealsIn(view: View, season: number) {
  return view.all("deal").filter((deal) => deal.season === season);
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

/** Return how many ventures were born in the present season: all that are, but for the births of the seasons before. */
export function birthsIn(view: View, season = 0): number {
  const before = view.all("figures").filter((figures) => figures.season < season);
  return (
    view.all("venture").filter((venture) => venture.born).length -
    before.reduce((sum, { values }) => sum + (values["births"] ?? 0), 0)
  );
}

function Picture({ box, children }: { box: string; children: ComponentChildren }) {
  return (
    <svg class="strip-picture things" viewBox={box} aria-hidden="true">
      {children}
    </svg>
  );
}

const partPicture = (
  <Picture box="0 -4 24 28">
    <PartShape stage={2} born />
  </Picture>
);

const dealPicture = (
  <Picture box="-4 -4 120 60">
    <DealPieces />
  </Picture>
);

const PICTURES: { readonly [name in Counted]: ComponentChildren } = {
  pitches: (
    <Picture box="-40 -52 80 60">
      <FoldedCard />
    </Picture>
  ),
  ties: (
    <Picture box="-52 -18 104 40">
      <CordPicture />
    </Picture>
  ),
  offers: (
    <Picture box="-36 0 72 56">
      <Envelope />
    </Picture>
  ),
  signed: dealPicture,
  deals: dealPicture,
  hours: (
    <Picture box="-32 -24 64 48">
      <HourClock />
    </Picture>
  ),
  born: partPicture,
  ventures: partPicture,
};

const whoChoose = (
  <Picture box="-76 -92 152 96">
    <g transform="translate(-34 0)">
      <Customer index={0} />
    </g>
    <g transform="translate(34 0)">
      <Customer index={1} />
    </g>
  </Picture>
);

/** For whom the phase waits: also where nobody chooses anything, unless a host closes it. */
function StillChoosing({ waiting }: { waiting: number }) {
  const room = useRoom();
  if (waitsForTables(room.view)) return <div class="strip-count">{t("ui.wall.waits_for_tables")}</div>;
  if (nobodyChooses(room)) return waiting > 0 ? <div class="strip-count">{tn("ui.wall.waiting", waiting)}</div> : null;
  return (
    <div class="strip-count">
      {whoChoose}
      <b class="strip-figure">{number(waiting)}</b>
      <span>{tn("ui.wall.still_choosing", waiting)}</span>
    </div>
  );
}

/** What the world wants this season, sector by sector; who is still choosing stands beside it, in small. */
function Demand() {
  const { view } = useRoom();
  const world = view.single("world");
  return (
    <ul class="strip-demand" aria-label={t("ui.wall.demand")}>
      <li class="strip-label">{t("ui.wall.demand")}</li>
      {view.all("sector").map((sector) => (
        <li key={sector.name}>
          <SectorTile sector={sector.name} size={56} />
          <b>{number(sector.demand)}</b>
          {sector.name === world.up ? <span class="good">▲</span> : null}
          {sector.name === world.down ? <span class="bad">▼</span> : null}
        </li>
      ))}
    </ul>
  );
}

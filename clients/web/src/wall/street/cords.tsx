// Who is tied to whom: a cord from one to another for a tie, and for a deal a thread from the desk to the table, with a
// joint at the desk. All threads of a table share one lane, so that they can be followed; cords run behind people and
// furniture, each with a white edge, so that one is told from another. Of many ties the heaviest stand out.
import { heaviest } from "./heaviest";
import { LANES, type Street } from "./places";
import type { Spot } from "./seats";
import { steady } from "./steady";
import type { Bond } from "./town";

interface CordsProps {
  street: Street;
  bonds: readonly Bond[];
}

const MOST_MEET = 16; // joints that are seen to come together; more are there at once, or an old laptop stutters

export function Cords({ street, bonds }: CordsProps) {
  const deals = bonds.filter(({ sort }) => sort === "deal");
  const strong = new Set(heaviest(bonds.filter(({ sort }) => sort === "tie")));
  const inOrder = [...bonds].sort((one, other) => Number(strong.has(one)) - Number(strong.has(other)));
  return (
    <g class={deals.length > MOST_MEET ? "cords many" : "cords"}>
      {inOrder.map((bond) => {
        const { sort, one, other, fresh } = bond;
        const [from, to] = [street.people.get(one), street.people.get(other)];
        if (!from || !to) return null;
        const key = `${sort} ${one}:${other}`;
        return sort === "tie" ? (
          <Cord key={key} look={lookOf(fresh, !strong.has(bond))} path={tieOf(from, to)} />
        ) : (
          <Deal key={key} maker={from} investor={to} nth={nthOf(deals, one, other)} lane={laneOf(street, other)} />
        );
      })}
    </g>
  );
}

function lookOf(isFresh: boolean, isPale: boolean): string {
  return `tie${isFresh ? " fresh" : ""}${isPale ? " pale" : ""}`;
}

const Cord = steady(function Strung({ look, path }: { look: string; path: string }) {
  return (
    <g class={look}>
      <path class="around" d={path} />
      <path class="thread" d={path} />
    </g>
  );
});

const middle = ({ x, face }: Spot): number => x + face / 2;
const top = ({ y, face }: Spot): number => y + face * 0.2;
const foot = ({ front }: Spot): number => front.y + front.height;

const NEAR = 2.4; // in places: from head to head, over those between them
const SAG = 26;

/** From head to head over those between them, under the desks where it is far, or from a head to the desk above. */
function tieOf(one: Spot, other: Spot): string {
  const [upper, lower] = one.y <= other.y ? [one, other] : [other, one];
  const [a, b] = [middle(upper), middle(lower)];
  if (lower.y - upper.y > upper.face) return hanging(a, foot(upper), b, top(lower));
  const far = Math.abs(b - a);
  if (far > NEAR * upper.front.width) {
    return `M${a} ${foot(upper)}C${a} ${foot(upper) + SAG} ${b} ${foot(lower) + SAG} ${b} ${foot(lower)}`;
  }
  const rise = Math.min(0.62 * upper.face, 0.4 * upper.face + 0.08 * far);
  return `M${a} ${top(upper)}C${a} ${top(upper) - rise} ${b} ${top(lower) - rise} ${b} ${top(lower)}`;
}

/** A line that leaves and arrives upright. */
function hanging(x: number, y: number, toX: number, toY: number): string {
  const bend = Math.max(30, (toY - y) / 2);
  return `M${x} ${y}C${x} ${y + bend} ${toX} ${toY - bend} ${toX} ${toY}`;
}

/** How high the threads of a table run: below the floor of the makers, each table of a house in another lane. */
function laneOf({ houses }: Street, investor: number): number {
  const house = houses.find(({ place }) => place.investors.some(({ seat }) => seat === investor));
  if (!house) return 0;
  const at = house.place.investors.findIndex(({ seat }) => seat === investor);
  return house.y + house.floor + ((at + 0.5) / house.place.investors.length) * (LANES + 4) + 3;
}

interface Nth {
  at: number;
  of: number;
}

/** Which of a maker's deals this is, so that their joints stand side by side. */
function nthOf(deals: readonly Bond[], maker: number, investor: number): Nth {
  const all = deals.filter(({ one }) => one === maker).map(({ other }) => other);
  return { at: all.indexOf(investor), of: all.length };
}

const JOINT = 40; // wide

interface DealProps {
  maker: Spot;
  investor: Spot;
  nth: Nth;
  lane: number;
}

function Deal({ maker, investor, nth: { at, of }, lane }: DealProps) {
  const scale = Math.min(1, maker.front.width / 2.4 / JOINT);
  const x = maker.front.x + maker.front.width / 2 + (at - (of - 1) / 2) * JOINT * scale;
  const y = foot(maker) - 4;
  return (
    <>
      <Cord look="deal" path={alongLane(x, y + 20 * scale, middle(investor), top(investor), lane)} />
      <g transform={`translate(${x} ${y}) scale(${scale})`}>
        <path class="deal-half maker" d="M-17 0H17V9H6V17H-6V9H-17Z" />
        <path class="deal-half investor" d="M-17 11H-8V19H8V11H17V24H-17Z" />
      </g>
    </>
  );
}

const ROUND = 14; // the corners of a thread

/** Down to a lane, along it, and down to a table; where there is little way to go, the corners are smaller. */
function alongLane(x: number, y: number, toX: number, toY: number, lane: number): string {
  const side = Math.sign(toX - x);
  const across = Math.min(ROUND, Math.abs(toX - x) / 2);
  const [down, on] = [Math.min(ROUND, Math.max(0, lane - y)), Math.min(ROUND, Math.max(0, toY - lane))];
  return (
    `M${x} ${y}V${lane - down}Q${x} ${lane} ${x + side * across} ${lane}` +
    `H${toX - side * across}Q${toX} ${lane} ${toX} ${lane + on}V${toY}`
  );
}

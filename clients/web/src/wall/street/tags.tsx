// Who is at the ends of the ties that stand out, where desks are too small for names: a tag over the desk. Tags never
// lie over one another: where two would, the one with more ties has its tag.
import { displayWidth, linesOf, tightestWidth } from "../../parts/pictures/text_width";
import { endsOf, heaviest } from "./heaviest";
import { Line, SMALLEST } from "./line";
import type { Street } from "./places";
import { type Box, NAME_LEADING } from "./seats";
import type { Town } from "./town";

const HIGH = 36;
const UP = 22; // over the desk, of a tag with two lines; the rest of the second is below
const SIDE = 8; // of a tag, on either side of its name
const WIDEST = 170;
const READABLE = 110; // a front on which a name can stand, if need be cut: its tag covers no other desk
const APART = 4;

export interface Tag extends Box {
  seat: number;
  /** The name, in two lines where it has no room in one. */
  lines: readonly string[];
}

/** Return the tags over the desks, each within its house. */
export function tagsOf(street: Street, town: Town): Tag[] {
  const ties = town.bonds.filter(({ sort }) => sort === "tie");
  const placed: Tag[] = [];
  for (const seat of endsOf(heaviest(ties), ties)) {
    const tag = tagOf(street, seat);
    if (tag && placed.every((other) => isApart(tag, other))) placed.push(tag);
  }
  return placed;
}

function tagOf({ houses, people }: Street, seat: number): Tag | undefined {
  const spot = people.get(seat);
  const house = houses.find(({ place }) => place.makers.some((maker) => maker.seat === seat));
  const figure = house?.place.makers.find((maker) => maker.seat === seat);
  if (!spot || !house || !figure || spot.text) return undefined;
  const most = spot.front.width >= READABLE ? spot.front.width : WIDEST;
  const widest = Math.min(most, house.width - 2 * SIDE);
  const lines = tightestWidth(figure.name, SMALLEST) <= widest - SIDE ? [figure.name] : linesOf(figure.name);
  const width = Math.min(widest, Math.max(...lines.map((line) => displayWidth(line, SMALLEST))) + 2 * SIDE);
  const middle = spot.front.x + spot.front.width / 2 - width / 2;
  const x = Math.min(Math.max(middle, house.x + SIDE), house.x + house.width - SIDE - width);
  const more = lines.length - 1;
  return { seat, lines, x, y: spot.front.y - 2 - more * UP, width, height: HIGH + more * NAME_LEADING };
}

function isApart(one: Box, other: Box): boolean {
  return (
    one.x + one.width + APART <= other.x ||
    other.x + other.width + APART <= one.x ||
    one.y + one.height + APART <= other.y ||
    other.y + other.height + APART <= one.y
  );
}

export function Tags({ street, town }: { street: Street; town: Town }) {
  return (
    <>
      {tagsOf(street, town).map(({ seat, lines, x, y, width, height }) => (
        <g key={seat} class="name-tag" transform={`translate(${x} ${y})`}>
          <rect width={width} height={height} rx="6" />
          {lines.map((line, at) => (
            <Line
              key={line}
              look="person-name"
              x={width / 2}
              y={HIGH - 9 + at * NAME_LEADING}
              size={SMALLEST}
              room={width - SIDE}
              middle
            >
              {line}
            </Line>
          ))}
        </g>
      ))}
    </>
  );
}

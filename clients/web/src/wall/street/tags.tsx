// Who is at the ends of the ties that stand out, where desks are too small for names: a tag over the desk. Tags never
// lie over one another: where two would, the one with more ties has its tag.
import { displayWidth } from "../../parts/pictures/text_width";
import { endsOf, heaviest } from "./heaviest";
import { Line, SMALLEST } from "./line";
import type { Street } from "./places";
import type { Box } from "./seats";
import type { Town } from "./town";

const HIGH = 36;
const SIDE = 8; // of a tag, on either side of its name
const WIDEST = 170;
const READABLE = 110; // a front on which a name can stand, if need be cut: its tag covers no other desk
const APART = 4;

export interface Tag extends Box {
  seat: number;
  name: string;
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
  const width = Math.min(most, house.width - 2 * SIDE, displayWidth(figure.name, SMALLEST) + 2 * SIDE);
  const middle = spot.front.x + spot.front.width / 2 - width / 2;
  const x = Math.min(Math.max(middle, house.x + SIDE), house.x + house.width - SIDE - width);
  return { seat, name: figure.name, x, y: spot.front.y - 2, width, height: HIGH };
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
      {tagsOf(street, town).map(({ seat, name, x, y, width, height }) => (
        <g key={seat} class="name-tag" transform={`translate(${x} ${y})`}>
          <rect width={width} height={height} rx="6" />
          <Line look="person-name" x={width / 2} y={height - 9} size={SMALLEST} room={width - SIDE} middle>
            {name}
          </Line>
        </g>
      ))}
    </>
  );
}

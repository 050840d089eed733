// Who is at the ends of the ties that stand out, where desks are too small for names: a tag over the desk. Tags never
// lie over one another: where two would, the one with more ties has its tag.
import { displayWidth, linesOf, tightestWidth } from "../../parts/pictures/text_width";
import { endsOf, heaviest } from "./heaviest";
import { Line, SMALLEST } from "./line";
import type { Street } from "./places";
import { type Box, NAME_LEADING } from "./seats";
import type { Town } from "./town";

const HIGH = 36;
const UP = 12; // over the desk, of a tag with two lines; the rest of the second is below
const SIDE = 8; // of a tag, on either side of its name
const WIDEST = 170;
const WIDEST_WHOLE = 210; // where a name is whole with it, and nobody else's tag in the way
const SIDEWAYS = [0.5, 1, 0]; // which part of what a tag is wider than its desk is at its left
const READABLE = 110; // a front on which a name can stand, if need be cut: its tag covers no other desk
const APART = 4;

export interface Tag extends Box {
  seat: number;
  /** The name, in one line or in two. */
  lines: readonly string[];
}

/** Return the tags over the desks, each within its house: first as wide as their desks, then wider for a whole name. */
export function tagsOf(street: Street, town: Town): Tag[] {
  const ties = town.bonds.filter(({ sort }) => sort === "tie");
  const seated = endsOf(heaviest(ties), ties).flatMap((seat) => seatedOf(street, seat) ?? []);
  const placed: { seated: Seated; tag: Tag }[] = [];
  for (const each of seated) {
    const tag = tagOf(each, [each.name], each.width >= READABLE ? each.width : WIDEST);
    if (placed.every((other) => isApart(tag, other.tag))) placed.push({ seated: each, tag });
  }
  for (const one of placed) {
    const others = placed.filter((other) => other !== one);
    const isFree = (tag: Tag): boolean => isWhole(tag) && others.every((other) => isApart(tag, other.tag));
    const wider = [[one.seated.name], linesOf(one.seated.name)].flatMap((lines) =>
      SIDEWAYS.map((part) => tagOf(one.seated, lines, WIDEST_WHOLE, part)),
    );
    if (!isWhole(one.tag)) one.tag = wider.find(isFree) ?? one.tag;
  }
  return placed.map(({ tag }) => tag);
}

function isWhole({ lines, width }: Tag): boolean {
  return lines.every((line) => tightestWidth(line, SMALLEST) <= width - SIDE);
}

/** Somebody who has no name on the desk: where its front stands, in which house. */
interface Seated extends Box {
  seat: number;
  name: string;
  house: Box;
}

function seatedOf({ houses, people }: Street, seat: number): Seated | undefined {
  const spot = people.get(seat);
  const house = houses.find(({ place }) => place.makers.some((maker) => maker.seat === seat));
  const figure = house?.place.makers.find((maker) => maker.seat === seat);
  return spot && house && figure && !spot.text ? { ...spot.front, seat, name: figure.name, house } : undefined;
}

function tagOf({ seat, house, ...front }: Seated, lines: readonly string[], most: number, part = 0.5): Tag {
  const named = Math.max(...lines.map((line) => displayWidth(line, SMALLEST))) + 2 * SIDE;
  const width = Math.min(most, house.width - 2 * SIDE, named);
  const left = front.x + (front.width - width) * part;
  const x = Math.min(Math.max(left, house.x + SIDE), house.x + house.width - SIDE - width);
  const more = lines.length - 1;
  return { seat, lines, x, y: front.y - 2 - more * UP, width, height: HIGH + more * NAME_LEADING };
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

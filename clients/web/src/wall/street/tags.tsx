// Who is at the ends of the ties that stand out, where desks are too small for names: a tag before the desk, if need be
// with its upper edge over its owner's face. It is wider than the desk where nothing else is, and covers no other face.
import { displayWidth, linesOf, tightestWidth } from "../../parts/pictures/text_width";
import { endsOf, heaviest } from "./heaviest";
import { isReadable, Line, SMALLEST } from "./line";
import type { House, Street } from "./places";
import { NAME_LEADING } from "./scales";
import type { Box, Spot } from "./seats";
import type { Town } from "./town";

const HIGH = 36;
const SIDE = 8; // of a tag, on either side of its name
const WIDEST = 210;
const BESIDE = 16; // of a narrow desk on either side: the next one keeps the part on its front
const READABLE = 110; // a front on which a name can stand, if need be cut
const SIDEWAYS = [0.5, 1, 0]; // which part of what a tag is wider than its desk is at its left
const UPWARDS = [2, 6, 18, 22]; // over the owner's face, where a row below is near
const APART = 4;

export interface Tag extends Box {
  seat: number;
  /** The name, in one line or in two. */
  lines: readonly string[];
}

/** Return the tags at the desks, each on its floor: first as wide as their desks, then wider for more of a name. */
export function tagsOf(street: Street, town: Town): Tag[] {
  const ties = town.bonds.filter(({ sort }) => sort === "tie");
  const seated = endsOf(heaviest(ties), ties).flatMap((seat) => seatedOf(street, seat) ?? []);
  const placed = new Map<Seated, Tag>();
  for (const each of seated) {
    const tag = tagsWith(each, [each.name], each.width).find((one) => isFree(one, each.faces, placed));
    if (tag) placed.set(each, tag);
  }
  for (const [each, tag] of placed) {
    if (!isWhole(tag)) placed.set(each, wider(each, placed) ?? tag);
  }
  return [...placed.values()].filter(({ lines, width }) => lines.every((line) => isReadable(line, width - SIDE)));
}

/** A tag with the whole name where nothing else is, or over the edge of a desk beside it; else with more of it. */
function wider(seated: Seated, placed: Placed): Tag | undefined {
  const { name, width, faces, desks } = seated;
  const alone = (lines: readonly string[]): Tag | undefined =>
    tagsWith(seated, lines, WIDEST).find((tag) => isWhole(tag) && isFree(tag, [...faces, ...desks], placed));
  const beside = width < READABLE ? tagsWith(seated, [name], width + 2 * BESIDE) : [];
  const free = beside.filter((tag) => isFree(tag, faces, placed));
  return alone([name]) ?? free.find(isWhole) ?? alone(linesOf(name)) ?? free[0];
}

type Placed = ReadonlyMap<Seated, Tag>;

function isFree(tag: Tag, others: readonly Box[], placed: Placed): boolean {
  const tags = [...placed.values()].filter(({ seat }) => seat !== tag.seat);
  return [...others, ...tags].every((other) => isApart(tag, other));
}

function isWhole({ lines, width }: Tag): boolean {
  return lines.every((line) => tightestWidth(line, SMALLEST) <= width - SIDE);
}

/** Somebody who has no name on the desk: where its front stands, in which house, and what is around. */
interface Seated extends Box {
  seat: number;
  name: string;
  house: House;
  faces: readonly Box[];
  desks: readonly Box[];
}

function seatedOf({ houses, people }: Street, seat: number): Seated | undefined {
  const spot = people.get(seat);
  const house = houses.find(({ place }) => place.makers.some((maker) => maker.seat === seat));
  const figure = house?.place.makers.find((maker) => maker.seat === seat);
  if (!spot || !house || !figure || spot.text) return undefined;
  const others = house.place.makers.flatMap((maker) => (maker === figure ? [] : (people.get(maker.seat) ?? [])));
  const desks = [...others, ...house.free].map(({ front }) => front);
  return { ...spot.front, seat, name: figure.name, house, faces: others.map(faceOf), desks };
}

/** A face as far as it is seen over its desk. */
function faceOf({ x, y, face, front }: Spot): Box {
  return { x, y, width: face, height: front.y - (UPWARDS[0] ?? 0) - APART - y };
}

/** Return where a tag can be in its house, the best first. */
function tagsWith({ seat, house, ...front }: Seated, lines: readonly string[], most: number): Tag[] {
  const named = Math.max(...lines.map((line) => displayWidth(line, SMALLEST))) + 2 * SIDE;
  const width = Math.min(most, house.width - 2 * SIDE, named);
  const height = HIGH + (lines.length - 1) * NAME_LEADING;
  const [first, last] = [house.x + SIDE, house.x + house.width - SIDE - width];
  return SIDEWAYS.flatMap((part) => {
    const x = Math.min(Math.max(front.x + (front.width - width) * part, first), last);
    return UPWARDS.map((up) => ({ seat, lines, x, y: front.y - up, width, height }));
  }).filter(({ y }) => y + height + APART <= house.y + house.floor);
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

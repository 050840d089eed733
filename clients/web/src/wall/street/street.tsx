// The street: a house for each space and the garage, with everybody in it, and between them the ties or deals of the
// season. It is a picture beside a list: screen readers read the list.
import type { ComponentChildren } from "preact";
import { FaceShape } from "../../parts/pictures/faces/face";
import { cut, widthOf } from "../../parts/pictures/text_width";
import { Crate, Desk, Table } from "../../parts/pictures/things/furniture";
import { House as Building, ROOF } from "../../parts/pictures/things/house";
import { PartShape } from "../../parts/pictures/tokens";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { Cords } from "./cords";
import { usePaced } from "./paced";
import { type Box, type House, SIGN, type Spot, STREET, type Street as Laid, streetOf } from "./places";
import { SpokenList } from "./spoken_list";
import { type Bond, type Figure, freeDesks, type Thing, townOf } from "./town";

interface StreetProps {
  /** Which bonds are drawn. */
  bonds?: Bond["sort"] | undefined;
  /** What hangs over the street or stands before it. */
  children?: ComponentChildren;
}

export function Street({ bonds: sort, children }: StreetProps) {
  const town = usePaced(townOf);
  const street = streetOf(town);
  const bonds = town.bonds.filter((bond) => bond.sort === sort);
  return (
    <div class="street">
      <svg viewBox={`0 0 ${STREET.width} ${STREET.height}`} preserveAspectRatio="xMidYMax meet" aria-hidden="true">
        {children}
        {street.houses.map((house) => (
          <Walls key={house.place.space} house={house} counted={street.counted} />
        ))}
        {street.houses.map(({ free, place }) => free.map((spot) => <FreeDesk key={`${place.space} ${spot.x} ${spot.y}`} spot={spot} />))}
        <Cords street={street} bonds={bonds} />
        {town.places.flatMap((place) =>
          [...place.makers, ...place.investors].map((figure) => <Seated key={figure.seat} figure={figure} street={street} inGarage={place.space === 0} />),
        )}
      </svg>
      <SpokenList town={town} bonds={town.bonds} />
    </div>
  );
}

/** A house with its sign, and two floors: makers above, investors below. */
function Walls({ house, counted }: { house: House; counted: boolean }) {
  const { x, y, width, height, roof, floor, place } = house;
  return (
    <g transform={`translate(${x} ${y})`}>
      <Building width={width} height={height} roof={roof}>
        {floor < height ? <rect class="floor" x="3" y={floor} width={width - 6} height={height - floor - 3} /> : null}
        <Sign house={house} />
        {counted ? <Counts house={house} /> : null}
      </Building>
      {place.operator ? null : <path class="slats" d={slats(width)} />}
      {place.operator || place.makers.length > FEW || counted ? null : <Tools width={width} />}
    </g>
  );
}

const FEW = 3; // makers in the garage, above whom there is room for its tools
const TOOLS = [
  "M-16 10H16V26H-16ZM0 26V74",
  "M-12 8Q-14 30 0 34Q14 30 12 8M0 34V76",
  "M-11 6H11V44H-11ZM0 44V72",
  "M-22 8H22V62H-22ZM-22 24H22",
] as const;

/** A rail with tools on the garage's wall. */
function Tools({ width }: { width: number }) {
  const apart = (width - 60) / TOOLS.length;
  return (
    <g class="tools" transform={`translate(30 ${ROOF + SIGN + 24})`}>
      <path d={`M0 0H${width - 60}`} />
      {TOOLS.map((tool, index) => (
        <path key={tool} transform={`translate(${apart * (index + 0.5)} 0)`} d={tool} />
      ))}
    </g>
  );
}

function slats(width: number): string {
  return [ROOF + SIGN - 20, ROOF + SIGN - 4].map((y) => `M3 ${y}H${width - 3}`).join("");
}

const SIGN_NAME = 46;
const NARROW_NAME = 38;
const SIGN_NOTE = 30;
const SMALLEST = 28;
const SIGN_FACE = 92;
const NARROW_FACE = 76;
const SIGN_PAD = 16;
const NARROW = 340; // a house in which a name takes two lines

/** Who keeps it, what it is called, how many desks are free. */
function Sign({ house: { width, place } }: { house: House }) {
  const { operator, name } = place;
  const face = width < NARROW ? NARROW_FACE : SIGN_FACE;
  const left = operator ? face + 1.6 * SIGN_PAD : 1.5 * SIGN_PAD;
  const room = width - left - SIGN_PAD;
  const lines = widthOf(name, SIGN_NAME) <= room ? [name] : linesOf(name, room);
  return (
    <g transform={`translate(0 ${ROOF})`}>
      <rect class={operator ? "sign-board" : "sign-board plain"} x="3" y="3" width={width - 6} height={SIGN - 3} />
      <path class="outline" d={`M0 ${SIGN}H${width}`} />
      {operator ? (
        <g transform={`translate(${SIGN_PAD * 0.7} ${(SIGN - face) / 2})`}>
          <FaceShape face={operator.face} size={face} />
        </g>
      ) : null}
      {lines.map((line, index) => (
        <text
          key={line}
          class="house-name"
          x={left}
          y={54 + index * NARROW_NAME * 1.08}
          font-size={lines.length > 1 ? NARROW_NAME : SIGN_NAME}
        >
          {cut(line, room, lines.length > 1 ? NARROW_NAME : SIGN_NAME)}
        </text>
      ))}
      {lines.length === 1 ? <SignNote place={place} x={left} room={room} /> : null}
    </g>
  );
}

/** A long name in two lines, where it has two words. */
function linesOf(name: string, room: number): string[] {
  const blank = name.indexOf(" ");
  const words = blank < 0 ? [name] : [name.slice(0, blank), name.slice(blank + 1)];
  return widthOf(name, NARROW_NAME) <= room ? [name, ""] : words;
}

function SignNote({ place, x, room }: { place: House["place"]; x: number; room: number }) {
  const desks = place.operator
    ? place.desks === 0
      ? t("ui.wall.desks.none")
      : t("ui.wall.desks", { free: freeDesks(place), all: place.desks })
    : tn("ui.wall.makers_here", place.makers.length);
  const name = place.operator?.name ?? "";
  const both = widthOf(`${name} · ${desks}`, SIGN_NOTE);
  const size = widthOf(desks, SIGN_NOTE) <= room ? SIGN_NOTE : SMALLEST;
  return (
    <text class="house-note" x={x} y="96" font-size={size}>
      {name && both <= room ? <tspan class="strong">{name} · </tspan> : null}
      {cut(desks, room, size)}
    </text>
  );
}

/** In a room too large for faces: how many there are of each. */
function Counts({ house: { width, height, place } }: { house: House }) {
  const made = place.makers.filter((maker) => maker.made).length;
  const counts = [
    ["maker", place.makers.length],
    ["investor", place.investors.length],
    ["part", made],
  ] as const;
  const high = (height - ROOF - SIGN) / counts.length;
  return (
    <>
      {counts.map(([symbol, count], index) => (
        <g key={symbol} transform={`translate(${width / 2 - 90} ${ROOF + SIGN + high * (index + 0.5) - 40})`}>
          {symbol === "part" ? (
            <svg class="made" width="80" height="80" viewBox="0 -4 24 28">
              <PartShape stage={2} born />
            </svg>
          ) : (
            <use class={`sign ${symbol}`} href={`#s-${symbol}`} width="76" height="76" />
          )}
          <text class="count" x="100" y="64">
            {number(count)}
          </text>
        </g>
      ))}
    </>
  );
}

function FreeDesk({ spot: { front } }: { spot: Spot }) {
  return (
    <rect class="free-desk" x={front.x + 6} y={front.y + 4} width={front.width - 12} height={front.height - 4} rx="4" />
  );
}

interface SeatedProps {
  figure: Figure;
  street: Laid;
  inGarage: boolean;
}

/** Somebody behind a desk, a crate or a table, with the name on its front and what is made there beside it. */
function Seated({ figure, street, inGarage }: SeatedProps) {
  const spot = street.people.get(figure.seat);
  if (!spot) return null;
  const { front } = spot;
  const Front = figure.role === "investor" ? Table : inGarage ? Crate : Desk;
  return (
    <g class="moved" style={{ transform: `translate(${front.x}px, ${front.y}px)` }}>
      <g transform={`translate(${spot.x - front.x} ${spot.y - front.y})`}>
        <FaceShape face={figure.face} size={spot.face} />
        {figure.role === "investor" ? <Kind symbol={figure.symbol} face={spot.face} /> : null}
      </g>
      <Front width={front.width} height={front.height} />
      {spot.part && figure.made ? <Made part={spot.part} front={front} made={figure.made} /> : null}
      {spot.text ? <Name figure={figure} spot={spot} size={spot.text} /> : null}
    </g>
  );
}

const KIND = 0.44; // of a face

function Kind({ symbol, face }: { symbol: string; face: number }) {
  const size = face * KIND;
  return (
    <g transform={`translate(${face * 0.62} ${face * 0.42})`}>
      <circle class="sign-ground" cx={size / 2} cy={size / 2} r={size / 2 + 3} />
      <use class="sign investor" href={`#s-${symbol}`} width={size} height={size} />
    </g>
  );
}

function Made({ part, front, made }: { part: Box; front: Box; made: Thing }) {
  return (
    <svg
      class="made"
      x={part.x - front.x}
      y={part.y - front.y}
      width={part.width}
      height={part.height}
      viewBox="1 -1 22 24"
      style={{ color: `var(--${made.sector})` }}
    >
      <PartShape stage={made.stage} born={made.born} />
    </svg>
  );
}

const TIGHT = 0.94; // how much narrower letters may stand
const EDGE = 11;

interface NameProps {
  figure: Figure;
  spot: Spot;
  size: number;
}

const VENTURE_TEXT = 32;

/** The name in the middle of the front, below it what is made there, where there is room for both. */
function Name({ figure: { name, made }, spot: { front, withVenture }, size }: NameProps) {
  const both = withVenture && made;
  const middle = EDGE + (front.height - EDGE) / 2;
  return (
    <>
      <Fitted text={name} front={front} size={size} y={both ? EDGE + size * 1.05 : middle + size * 0.35} look="person-name" />
      {both ? <Fitted text={made.name} front={front} size={VENTURE_TEXT} y={front.height - 14} look="made-name" /> : null}
    </>
  );
}

/** A text in the middle of a front: smaller, then tighter, and cut only where that is not enough. */
function Fitted({ text, front, size, y, look }: { text: string; front: Box; size: number; y: number; look: string }) {
  const room = front.width - 20;
  const fits = [size, SMALLEST].find((each) => widthOf(text, each) <= room);
  return (
    <text
      class={fits ? look : `${look} tight`}
      x={front.width / 2}
      y={y}
      font-size={fits ?? SMALLEST}
      text-anchor="middle"
    >
      {fits ? text : cut(text, room / TIGHT, SMALLEST)}
    </text>
  );
}

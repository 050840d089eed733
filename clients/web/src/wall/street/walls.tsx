// A house of the street without its people: the roof, the sign over the door, the two floors, and the free desks.
import { FaceImage } from "../../parts/pictures/faces/face_image";
import { displayWidth, linesOf, tightestWidth } from "../../parts/pictures/text_width";
import { House as Building, ROOF } from "../../parts/pictures/things/house";
import { PartShape } from "../../parts/pictures/tokens";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { Line, SMALLEST } from "./line";
import { type House, isNamedBelow, isSlim, NAMED_BELOW, NARROW, SIGN } from "./places";
import { steady } from "./steady";
import { freeDesks, type Place } from "./town";

interface WallsProps {
  house: House;
  counted: boolean;
}

/** A house with its sign, and two floors: makers above, investors below. */
export const Walls = steady(function Standing({ house, counted }: WallsProps) {
  const { x, y, width, height, roof, floor, place, free } = house;
  return (
    <g transform={`translate(${x} ${y})`}>
      <Building width={width} height={height} roof={roof}>
        {floor < height ? <rect class="floor" x="3" y={floor} width={width - 6} height={height - floor - 3} /> : null}
        {floor < height ? <path class="outline" d={`M3 ${floor}H${width - 3}`} /> : null}
        {place.operator ? <Sign house={house} /> : <Plate house={house} />}
        {counted ? <Counts house={house} /> : null}
        {house.tools ? <Tools width={width} /> : null}
      </Building>
      {free.map(({ front }) => (
        <FreeDesk key={`${front.x} ${front.y}`} x={front.x - x} y={front.y - y} front={front} />
      ))}
    </g>
  );
});

const HIGHEST = 1.25; // of its width: a narrow desk is low

/** A desk that nobody has yet, on the floor where its front would be. */
function FreeDesk({ x, y, front }: { x: number; y: number; front: House["free"][number]["front"] }) {
  const width = front.width - 12;
  const height = Math.min(front.height - 4, HIGHEST * width);
  return <rect class="free-desk" x={x + 6} y={y + front.height - height} width={width} height={height} rx="4" />;
}

const SIGN_NAME = 46;
const NARROW_NAME = 38;
const SIGN_NOTE = 30;
const SIGN_FACE = 92;
const NARROW_FACE = 72;
const PAD = 14;

/** Who keeps it, what it is called, how many desks are free. */
function Sign({ house }: { house: House }) {
  const { width, place } = house;
  const isNarrow = width < NARROW;
  const face = isNarrow ? NARROW_FACE : SIGN_FACE;
  const left = isSlim(house) ? PAD : PAD + face + 10;
  const room = width - left - PAD;
  const lines = isNarrow && displayWidth(place.name, NARROW_NAME) > room ? linesOf(place.name) : [place.name];
  const size = sizeOf(lines, isNarrow ? NARROW_NAME : SIGN_NAME, room);
  const isWorded = lines.length === 1 && areWords(place, room);
  const counted = isWorded || isSlim(house) ? 0 : countedWidth(freeDesks(place));
  const countRow = counted ? rowOfCount(lines, size, operatorName(place), room - counted) : undefined;
  const roomIn = (row: number): number => room - (row === countRow ? counted : 0);
  const isCut = lines.length > 1 || tightestWidth(operatorName(place), SMALLEST) > roomIn(1);
  const isBelow = isCut && isNamedBelow(house);
  return (
    <g transform={`translate(0 ${ROOF})`}>
      <rect class="sign-board" x="3" y="3" width={width - 6} height={SIGN - 3} />
      <path class="outline" d={`M0 ${SIGN}H${width}`} />
      {place.operator ? <Operator house={house} face={place.operator.face} size={face} /> : null}
      {lines.map((line, row) => (
        <Line key={line} look="house-name" x={left} y={52 + row * NARROW_NAME * 1.08} size={size} room={roomIn(row)}>
          {line}
        </Line>
      ))}
      {isBelow ? <NameBelow house={house} /> : null}
      {lines.length > 1 || isBelow ? null : <Note place={place} x={left} room={roomIn(1)} isWorded={isWorded} />}
      {countRow === undefined ? null : (
        <CountedDesks free={freeDesks(place)} right={left + room} y={countRow ? 95 : 52} />
      )}
    </g>
  );
}

/** How large a name is, in all of its lines. */
function sizeOf(lines: readonly string[], largest: number, room: number): number {
  return lines.every((line) => displayWidth(line, largest) <= room) ? largest : SMALLEST;
}

/** In which line the number of free desks stands, where it cuts off nothing; undefined: in none. */
function rowOfCount(lines: readonly string[], size: number, operator: string, room: number): number | undefined {
  const [name = "", second] = lines;
  const isWhole = (text: string, least: number): boolean => tightestWidth(text, least) <= room;
  if (second !== undefined) return isWhole(second, size) ? 1 : undefined;
  if (displayWidth(name, size) <= room) return 0;
  if (isWhole(operator, SMALLEST)) return 1;
  return isWhole(name, SMALLEST) ? 0 : undefined;
}

function operatorName({ operator }: Place): string {
  return operator?.name ?? "";
}

interface OperatorProps {
  house: House;
  face: number;
  size: number;
}

function Operator({ house, face, size }: OperatorProps) {
  if (!isSlim(house)) {
    return (
      <g transform={`translate(${PAD} ${(SIGN - size) / 2})`}>
        <FaceImage face={face} size={size} />
      </g>
    );
  }
  const free = freeDesks(house.place);
  return (
    <>
      <g transform={`translate(${(house.width - SIGN_FACE) / 2} ${SIGN + 40})`}>
        <FaceImage face={face} size={SIGN_FACE} />
      </g>
      {free ? <CountedDesks free={free} right={(house.width + deskWidth(free)) / 2} y={SIGN + 188} /> : null}
    </>
  );
}

const GLYPH = 28;

/** How wide a desk is with a number in it. */
function deskWidth(free: number): number {
  return displayWidth(number(free), SMALLEST) + 18;
}

/** How wide it is on a sign, with what is before it. */
function countedWidth(free: number): number {
  return free ? deskWidth(free) + 10 : 0;
}

interface CountedDesksProps {
  free: number;
  right: number;
  y: number;
}

/** How many desks are free, as a number in a desk, where there is no room for words. */
function CountedDesks({ free, right, y }: CountedDesksProps) {
  const width = deskWidth(free);
  return (
    <g class="free-count" transform={`translate(${right - width} ${y})`}>
      <rect class="free-desk" y="-29" width={width} height="38" rx="4" />
      <text class="house-note strong" x={width / 2} font-size={SMALLEST} text-anchor="middle">
        {number(free)}
      </text>
    </g>
  );
}

function desksText(place: Place): string {
  const free = freeDesks(place);
  if (place.desks === 0) return t("ui.wall.desks.none");
  return free ? tn("ui.wall.desks", free) : t("ui.wall.desks.full");
}

/** Whether there is room beside the operator's name for words on the desks. */
function areWords(place: Place, room: number): boolean {
  const beside = room - displayWidth(operatorName(place), SIGN_NOTE) - GLYPH - 24;
  return displayWidth(desksText(place), SMALLEST) <= beside;
}

interface NoteProps {
  place: Place;
  x: number;
  room: number;
  isWorded: boolean;
}

/** The operator's name, and where there is room beside it, its sign and how many desks are free. */
function Note({ place, x, room, isWorded }: NoteProps) {
  const name = operatorName(place);
  const sign = displayWidth(name, SMALLEST) + GLYPH + 8 <= room ? GLYPH + 8 : 0;
  return (
    <>
      {sign ? <use class="sign operator" href="#s-operator" x={x} y="70" width={GLYPH} height={GLYPH} /> : null}
      <Line look="house-note strong" x={x + sign} y={95} size={SIGN_NOTE} room={room - sign}>
        {name}
      </Line>
      {isWorded ? (
        <text class="house-note" x={x + room} y="95" font-size={SMALLEST} text-anchor="end">
          {desksText(place)}
        </text>
      ) : null}
    </>
  );
}

/** The operator's name below a sign that has no room for it. */
function NameBelow({ house: { place, width } }: { house: House }) {
  return (
    <Line
      look="house-note strong"
      x={width / 2}
      y={SIGN + NAMED_BELOW - 8}
      size={SMALLEST}
      room={width - 2 * PAD}
      middle
    >
      {operatorName(place)}
    </Line>
  );
}

/** The garage has a plate on slats, and says how many work there. */
function Plate({ house: { width, place } }: { house: House }) {
  const size = width < NARROW ? NARROW_NAME : SIGN_NAME;
  const most = width - 2 * PAD - 24;
  const wide = Math.min(most, displayWidth(place.name, size)) + 28;
  const note = tn("ui.wall.makers_here", place.makers.length);
  const isBoth = wide + displayWidth(note, SMALLEST) + 3 * PAD <= width;
  return (
    <g transform={`translate(0 ${ROOF})`}>
      <rect class="sign-board plain" x="3" y="3" width={width - 6} height={SIGN - 3} />
      <path class="slats" d={[22, 42, 62, 82].map((y) => `M3 ${y}H${width - 3}`).join("")} />
      <path class="outline" d={`M0 ${SIGN}H${width}`} />
      <rect class="plate" x={PAD} y="20" width={wide} height="72" rx="8" />
      <Line look="house-name" x={PAD + wide / 2} y={56 + size * 0.35} size={size} room={most} middle>
        {place.name}
      </Line>
      {isBoth ? <OnSlats note={note} right={width - PAD} /> : null}
    </g>
  );
}

const NOTE_HIGH = 40;

/** A note on a ground of its own, so that no slat runs through its letters. */
function OnSlats({ note, right }: { note: string; right: number }) {
  const wide = displayWidth(note, SMALLEST) + 16;
  return (
    <>
      <rect class="note-ground" x={right + 8 - wide} y="36" width={wide} height={NOTE_HIGH} rx="4" />
      <text class="house-note" x={right} y="66" font-size={SMALLEST} text-anchor="end">
        {note}
      </text>
    </>
  );
}

const TOOL_SHAPES = [
  "M-16 10H16V26H-16ZM0 26V74",
  "M-12 8Q-14 30 0 34Q14 30 12 8M0 34V76",
  "M-11 6H11V44H-11ZM0 44V72",
  "M-22 8H22V62H-22ZM-22 24H22",
] as const;

/** A rail with tools on the garage's wall. */
function Tools({ width }: { width: number }) {
  const apart = (width - 60) / TOOL_SHAPES.length;
  return (
    <g class="tools" transform={`translate(30 ${ROOF + SIGN + 16})`}>
      <path d={`M0 0H${width - 60}`} />
      {TOOL_SHAPES.map((tool, index) => (
        <path key={tool} transform={`translate(${apart * (index + 0.5)} 0)`} d={tool} />
      ))}
    </g>
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
            <g class="made" transform="scale(3.3)">
              <PartShape stage={2} born />
            </g>
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

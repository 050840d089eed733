// Somebody in the street: behind a desk, a crate or a table, with the name on its front and what is made there.
import { FaceImage } from "../../parts/pictures/faces/face_image";
import { displayWidth, linesOf } from "../../parts/pictures/text_width";
import { Crate, Desk, Table } from "../../parts/pictures/things/furniture";
import { PartShape } from "../../parts/pictures/tokens";
import { isReadable, Line, SMALLEST } from "./line";
import { NAME_LEADING } from "./scales";
import { type Box, namesOn, type Spot } from "./seats";
import { steady } from "./steady";
import type { Figure, Thing } from "./town";

interface SeatedProps {
  figure: Figure;
  spot: Spot;
  inGarage: boolean;
}

/** Who has neither moved nor made anything else is not drawn anew. */
export const Seated = steady(function Seat({ figure, spot, inGarage }: SeatedProps) {
  const { front, part } = spot;
  const Front = figure.role === "investor" ? Table : inGarage ? Crate : Desk;
  const { made } = figure;
  const shown = part && made ? { ...part, x: part.x - front.x, y: part.y - front.y } : undefined;
  return (
    <g class="moved" style={{ transform: `translate(${front.x}px, ${front.y}px)` }}>
      <g transform={`translate(${spot.x - front.x} ${spot.y - front.y}) scale(${spot.face / FACE})`}>
        <FaceImage face={figure.face} size={FACE} />
        {figure.role === "investor" ? <Kind symbol={figure.symbol} /> : null}
      </g>
      <Front width={front.width} height={front.height} />
      {shown && made ? <Made box={shown} made={made} /> : null}
      {spot.text ? <Name figure={figure} spot={spot} size={spot.text} /> : null}
    </g>
  );
});

const FACE = 100; // as it is drawn before it is scaled: of another size a browser would make all of its lines anew
const KIND = { x: 64, y: 42, size: 44 };

function Kind({ symbol }: { symbol: string }) {
  const { x, y, size } = KIND;
  return (
    <>
      <circle class="sign-ground" cx={x + size / 2} cy={y + size / 2} r={size / 2 + 3} />
      <use class="sign investor" href={`#s-${symbol}`} x={x} y={y} width={size} height={size} />
    </>
  );
}

const GRID = 20.8; // as much of the grid of 24 as a part with its tenon takes
const MARGIN = { x: 1.6, y: 0.8 };

function Made({ box, made }: { box: Box; made: Thing }) {
  const place = `translate(${box.x} ${box.y}) scale(${box.width / GRID}) translate(${-MARGIN.x} ${-MARGIN.y})`;
  return (
    <g class="made" transform={place} style={{ color: `var(--${made.sector})` }}>
      <PartShape stage={made.stage} born={made.born} />
    </g>
  );
}

interface NameProps {
  figure: Figure;
  spot: Spot;
  size: number;
}

const EDGE = 11;
const VENTURE_TEXT = 30;
const VENTURE_LEADING = 31;

/**
 * The name in the middle of the front, unless one letter alone would be left of it, and below it what is made there,
 * where there is room for both.
 */
function Name({ figure: { name, made }, spot, size }: NameProps) {
  const { front, room, withVenture } = spot;
  const whole = namesOn(spot, name);
  const names = whole.every((line) => isReadable(line, room)) ? whole : [];
  const isOne = !made || displayWidth(made.name, VENTURE_TEXT) <= room;
  const lines = !withVenture || !made ? [] : isOne ? [made.name] : linesOf(made.name);
  const text = names.length > 1 ? SMALLEST : Math.max(size, SMALLEST);
  const below = (names.length - 1) * NAME_LEADING;
  const high = text * 0.7 + below + lines.length * VENTURE_LEADING + (lines.length ? 6 : 0);
  const y = EDGE + (front.height - EDGE - high) / 2 + text * 0.7;
  const shared = { x: front.width / 2, room, middle: true };
  return (
    <>
      {names.map((line, at) => (
        <Line key={`name ${line}`} look="person-name" y={y + at * NAME_LEADING} size={text} {...shared}>
          {line}
        </Line>
      ))}
      {lines.map((line, at) => (
        <Line
          key={line}
          look="made-name"
          y={y + below + 4 + (at + 1) * VENTURE_LEADING}
          size={isOne ? VENTURE_TEXT : SMALLEST}
          {...shared}
        >
          {line}
        </Line>
      ))}
    </>
  );
}

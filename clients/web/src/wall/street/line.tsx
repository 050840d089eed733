// A line of text in the street: as large as there is room for, then with its letters closer together, and cut only
// where that is not enough.
import { displayWidth, fitted } from "../../parts/pictures/text_width";

export const SMALLEST = 28;

interface LineProps {
  look: string;
  x: number;
  y: number;
  size: number;
  room: number;
  middle?: boolean;
  children: string;
}

export function Line({ look, x, y, size, room, middle = false, children }: LineProps) {
  const fits = [size, SMALLEST].find((each) => displayWidth(children, each) <= room) ?? SMALLEST;
  const { text, spacing } = fitted(children, fits, room);
  return (
    <text
      class={look}
      x={x}
      y={y}
      font-size={fits}
      text-anchor={middle ? "middle" : undefined}
      letter-spacing={spacing || undefined}
    >
      {text}
    </text>
  );
}

/** A name in two lines, parted at a blank or behind a hyphen nearest to its middle; in one where it has one word. */
export function linesOf(name: string): string[] {
  const ends = [...name.matchAll(/ |(?<=\p{L})-(?=\p{L})/gu)].map(({ index }) => index);
  const middle = name.length / 2;
  const [at] = ends.sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle));
  return at === undefined ? [name] : [name.slice(0, at + 1).trimEnd(), name.slice(at + 1)];
}

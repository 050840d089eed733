// A line of text in the street: as large as there is room for, then with its letters closer together, and cut only
// where that is not enough.
import { displayWidth, fitted } from "../../parts/pictures/text_width";
import { letters } from "../../texts/signs";

export const SMALLEST = 28;

const LEAST = 2; // letters before an ellipsis: fewer name nobody

/** Whether a room has a line whole, or enough of it. */
export function isReadable(line: string, room: number): boolean {
  const { text } = fitted(line, SMALLEST, room);
  return text === line || letters(text).indexOf("…") >= LEAST;
}

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

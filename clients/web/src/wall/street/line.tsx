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

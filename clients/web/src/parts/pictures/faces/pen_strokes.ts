// The notation of a drawing, read into shapes. Strokes stand one behind the other, painted in order, with `;` between:
//
//   m?  fill? line?  shape
//
// `m`: mirrored at x = 50 as well. Fill: `B` the drawing's colour, `T` its tint, `A` half a tint, `W` white, `K` ink,
// `D` black, `O` orange, `P` pink, `G` green; none if left out. Line in ink: `h` heavy, `l` light, a number its width,
// `w` light and white; none if left out. Shape: `c` circle x y r, `e` ellipse x y rx ry turned, `q` box x y width
// height radius, `r` a ring of circles (how many, their r, the ring's r, x y), `s` a star (points, outer r, inner r,
// x y), `M…` a path. Lines may break between strokes and between the steps of a path.

const INK = "#10231F";
const LIGHT = 3;
const HEAVY = 5;

export interface Stroke {
  isMirrored: boolean;
  fill: string;
  line: string;
  width: number;
  /** The shape as SVG, without its colours. */
  shape: string;
}

const STROKE = /^(m )?([A-Z])?([hlw]|\d+)? ?([ceqrsM])(.*)$/;

/** Read a row of strokes; throws where one is none. */
export function readStrokes(row: string, color: string): Stroke[] {
  return row
    .split(";")
    .map((stroke) => stroke.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .map((stroke) => {
      const [, mirrored, fill, line, sort = "", rest = ""] = STROKE.exec(stroke) ?? [];
      if (!sort) throw new Error(`no stroke: ${stroke}`);
      const width = line === "h" ? HEAVY : line === "l" || line === "w" ? LIGHT : Number(line ?? 0);
      return {
        isMirrored: Boolean(mirrored),
        fill: fill ? fillOf(fill, color) : "none",
        line: line === "w" ? "#FFFFFF" : INK,
        width,
        shape: shapeOf(sort, rest),
      };
    });
}

const FILLS: { readonly [sign: string]: string } = {
  W: "#FFFFFF",
  K: INK,
  D: "#2C3C39",
  O: "#EC7F35",
  P: "#F0A3B8",
  G: "#4F9E58",
};

function fillOf(sign: string, color: string): string {
  if (sign === "B") return color;
  if (sign === "T") return towardsWhite(color, 0.58);
  if (sign === "A") return towardsWhite(color, 0.45);
  const fill = FILLS[sign];
  if (!fill) throw new Error(`no fill: ${sign}`);
  return fill;
}

function towardsWhite(color: string, part: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const mixed = channels.map((channel) => Math.round(channel + (255 - channel) * part));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function shapeOf(sort: string, rest: string): string {
  if (sort === "M") return path(`M${rest}`);
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = rest.trim().split(" ").map(Number);
  if (sort === "c") return `<circle cx="${a}" cy="${b}" r="${c}"/>`;
  if (sort === "e") return `<ellipse cx="${a}" cy="${b}" rx="${c}" ry="${d}" transform="rotate(${e} ${a} ${b})"/>`;
  if (sort === "q") return `<rect x="${a}" y="${b}" width="${c}" height="${d}" rx="${e}"/>`;
  if (sort === "r")
    return round(a, c, d, e)
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${b}"/>`)
      .join("");
  const [outer, inner] = [round(a, b, d, e), round(a, c, d, e, 0.5)];
  return path(
    `M${outer
      .flatMap((point, index) => [point, inner[index] ?? point])
      .map(String)
      .join("L")}Z`,
  );
}

function path(d: string): string {
  return `<path d="${d}"/>`;
}

/** Return points evenly round a circle, from its top; `offset` in steps. */
function round(count: number, radius: number, x: number, y: number, offset = 0): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * (index + offset)) / count;
    return [tenth(x + radius * Math.sin(angle)), tenth(y - radius * Math.cos(angle))];
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

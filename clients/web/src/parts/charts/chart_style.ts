// What a chart is drawn with: the tokens of the page as they are now, and the size of the text around it. Patterns tell
// apart what colours alone would not.

export interface ChartStyle {
  /** The size of text in px, as of the box that the chart stands in. */
  em: number;
  width: number;
  height: number;
  font: string;
  /** Return a colour role: "ink", "maker", "food". */
  color: (role: string) => string;
}

export function chartStyleOf(box: HTMLElement): ChartStyle {
  const style = getComputedStyle(box);
  return {
    em: parseFloat(style.fontSize),
    width: box.clientWidth,
    height: box.clientHeight,
    font: style.fontFamily,
    color: (role) => style.getPropertyValue(`--${role}`).trim() || style.getPropertyValue("--outside").trim(),
  };
}

// on a square of 10: a line, or dots as lines of no length with round ends
const DRAWN: { readonly [role: string]: { d: string; round?: boolean } } = {
  investor: { d: "M2.5 2.5h0M7.5 7.5h0", round: true },
  operator: { d: "M-1 11 11 -1" },
  health: { d: "M2.5 2.5h0M7.5 7.5h0", round: true },
  food: { d: "M-1 11 11 -1" },
  energy: { d: "M5 0V10" },
  learning: { d: "M0 5H10" },
  city: { d: "M0 5H10M5 0V10" },
  culture: { d: "M-1 -1 11 11" },
};

const SQUARE = 10;

/** Return the fill of a ribbon: the colour at 45%, and the pattern of what it stands for. */
export function ribbon(style: ChartStyle, role: string): object {
  const color = style.color(role);
  const drawn = DRAWN[role];
  const side = Math.max(8, style.em / 2);
  const lines = drawn
    ? [
        {
          tag: "path",
          key: "lines",
          attrs: {
            d: drawn.d,
            stroke: color,
            fill: "none",
            "stroke-opacity": 0.55,
            "stroke-width": drawn.round ? 3 : 1.5,
            "stroke-linecap": drawn.round ? "round" : "butt",
            transform: `scale(${side / SQUARE})`,
          },
        },
      ]
    : [];
  const ground = {
    tag: "rect",
    key: "ground",
    attrs: { width: side, height: side, fill: color, "fill-opacity": 0.45 },
  };
  return {
    svgElement: { tag: "g", key: role, attrs: {}, children: [ground, ...lines] },
    svgWidth: side,
    svgHeight: side,
  };
}

/** The lines of several curves, told apart without colour: dash and mark by their place. */
export const DASHES = ["solid", [8, 4], [2, 4], [12, 4, 2, 4], [6, 2, 2, 2, 2, 2], [16, 6]] as const;
export const MARKS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"] as const;
/** The same marks as letters, before the name of a curve. */
export const SIGNS = ["●", "■", "▲", "◆", "○", "□"] as const;

// How large people can be drawn in the street: faces, fronts and names, from the largest to the smallest.

/** How large people are drawn: a row of makers, and one of investors. */
export interface Scale {
  maker: Cell;
  investor: Cell;
}

export interface Cell {
  role: "maker" | "investor";
  face: number;
  /** The width of a place, by which people are shared out to rows. */
  width: number;
  /** The least width: a face, with its part. */
  least: number;
  height: number;
  /** The height of the front, under its edge. */
  front: number;
  /** By how much a row is lower in which every name has room in one line. */
  spare: number;
  /** Below the front, in its height. */
  gap: number;
  text: number | undefined;
  nameLines: number;
  /** Whether all long names sit in one row, so that that one alone has two lines. */
  together?: boolean;
  withVenture: boolean;
}

const LARGEST = 170;
const SMALLEST = 30;
const STEP = 2;
const NAMED_FROM = 60; // a maker's face; smaller ones say less than a name does
const WHOLE_FROM = 54; // where two lines are what makers' names want, and investors have none
const SMALL_FROM = 48; // where larger ones have no room for all names
const TOGETHER_TO = 76;
const BARE_TO = 90; // larger ones have a name
export const TEXTS = { smallest: 28, largest: 44, ofFace: 0.32, line: 1.2 };
const WITH_VENTURE_FROM = 104;
const VENTURE_LINES = 70;
/** How far apart two lines of a name are. */
export const NAME_LEADING = 29;
export const EDGE = 11;
export const HIDDEN = 0.12; // of a face, behind the edge
const SHARES = [1, 0.9, 0.82, 0.74]; // an investor's face, of a maker's
const ROW_GAP = { named: 10, bare: 7 };
export const SIDE = 4; // between two fronts
export const BESIDE = 8; // between a face and its part
export const PART = { smallest: 34, least: 0.38, most: 0.6 }; // of the face beside it
/** What a name of seven letters takes at its smallest, and one of twelve: where names are long, fewer share a row. */
const PLACES = [124, 200] as const;
const BARE_FRONT = { maker: 0.34, investor: 0.2 };

const cells = new Map<string, Cell>();
const together = new Map<Cell, Cell>();

/** The cell of a size: one and the same for all scales that have it, so that its rows are laid out once. */
function cellOf(face: number, role: Cell["role"], nameLines: number, place = 0): Cell {
  const key = `${face} ${role} ${nameLines} ${place}`;
  const cell = cells.get(key) ?? newCell(face, role, nameLines, place);
  cells.set(key, cell);
  return cell;
}

function newCell(face: number, role: Cell["role"], nameLines: number, place: number): Cell {
  const isNamed = nameLines > 0;
  const withVenture = role === "maker" && isNamed && face >= WITH_VENTURE_FROM;
  const text = isNamed ? Math.min(TEXTS.largest, Math.max(TEXTS.smallest, face * TEXTS.ofFace)) : undefined;
  const line = (text ?? 0) * TEXTS.line;
  const name = Math.max(line, nameLines > 1 ? nameLines * NAME_LEADING : 0);
  const front = text ? name + 2 + (withVenture ? VENTURE_LINES : 0) : BARE_FRONT[role] * face;
  const gap = isNamed ? ROW_GAP.named : ROW_GAP.bare;
  const part = role === "maker" && isNamed ? BESIDE + Math.max(PART.smallest, face * PART.least) : 0;
  const least = face + part + 2 * SIDE;
  const height = heightOver(front, face) + gap;
  return {
    role,
    face,
    text,
    nameLines,
    front,
    spare: name - line,
    withVenture,
    width: Math.max(least, place),
    least,
    height,
    gap,
  };
}

function heightOver(front: number, face: number): number {
  return face * (1 - HIDDEN) + EDGE + front;
}

const FACES = Array.from({ length: (LARGEST - SMALLEST) / STEP + 1 }, (_, index) => LARGEST - index * STEP);
const NAMED = FACES.filter((face) => face >= NAMED_FROM);
const WHOLE = FACES.filter((face) => face < NAMED_FROM && face >= WHOLE_FROM);

/** All sizes, the best first: faces with names in one line or two, then makers alone with names, then faces alone. */
export const SCALES: readonly Scale[] = [
  ...NAMED.flatMap((face) => [...scalesOf(face, 1, 1), ...scalesOf(face, 1, 2), ...bothOf(face)]),
  ...NAMED.flatMap((face) => [...scalesOf(face, 1, 0), ...scalesOf(face, 2, 0)]),
  ...WHOLE.flatMap((face) => scalesOf(face, 2, 0)),
  ...FACES.filter((face) => face <= BARE_TO).flatMap((face) => scalesOf(face, 0, 0)),
];

const SMALL = FACES.filter((face) => face < NAMED_FROM && face >= SMALL_FROM);

/** Smaller ones, where some names are cut with all of those, or investors have none in a crowd. */
export const SMALLER_SCALES: readonly Scale[] = SMALL.flatMap((face) => [
  ...scalesOf(face, 1, 1),
  ...scalesOf(face, 1, 2),
  ...bothOf(face),
  ...scalesOf(face, 1, 0),
  ...scalesOf(face, 2, 0),
]);

/** And those in which the long names of a crowd sit together, so that other rows are low. */
export const TOGETHER: readonly Scale[] = FACES.filter((face) => face < TOGETHER_TO && face >= SMALL_FROM)
  .flatMap((face) => [...scalesOf(face, 2, 1), ...scalesOf(face, 2, 0)])
  .map(({ maker, investor }) => ({ maker: togetherOf(maker), investor }));

function togetherOf(maker: Cell): Cell {
  const found = together.get(maker) ?? { ...maker, together: true };
  together.set(maker, found);
  return found;
}

/** And those in which investors sit as close as their faces allow, so that short names share a row. */
export const CLOSE: readonly Scale[] = [...NAMED, ...SMALL].flatMap((face) =>
  [1, 2].flatMap((lines) => PLACES.flatMap((place) => closeOf(cellOf(face, "maker", lines, place)))),
);

function closeOf(maker: Cell): Scale[] {
  return SHARES.flatMap((share) =>
    [1, 2].map((lines) => ({ maker, investor: cellOf(maker.face * share, "investor", lines) })),
  );
}

/** And those for a house that has room for names for which others have none. */
export const OWN_SCALES: readonly Scale[] = [...SCALES, ...SMALLER_SCALES];

function bothOf(face: number): Scale[] {
  return [...scalesOf(face, 2, 1), ...scalesOf(face, 2, 2)];
}

/** The sizes with a face that differ in their places: names of makers and investors take so many lines. */
function scalesOf(face: number, maker: number, investor: number): Scale[] {
  return (maker ? PLACES : [0]).flatMap((place) =>
    SHARES.map((share) => ({
      maker: cellOf(face, "maker", maker, place),
      investor: cellOf(face * share, "investor", investor, investor ? PLACES[0] : 0),
    })),
  );
}

export const PLANK = 4; // under the edge, all that a crowd sits at
export const OF_CROWD = 0.3; // a part, of the face that it stands before

/** The sizes of a crowd, as in the garage before the doors open: everybody alike, so that all are told apart. */
export const CROWDS: readonly Scale[] = Array.from({ length: (BARE_TO - SMALLEST) / STEP + 1 }, (_, index) => {
  const face = BARE_TO - index * STEP;
  const atPlank = (cell: Cell): Cell => ({ ...cell, front: PLANK, height: heightOver(PLANK, face) + cell.gap });
  return { maker: atPlank(cellOf(face, "maker", 0)), investor: atPlank(cellOf(face, "investor", 0)) };
});

import { expect, test } from "vitest";
import type { BoardOf, Figure, Picture } from "../../../src/wall/picture/boards";
import { BESIDE, placed, type Spot, shownName } from "../../../src/wall/picture/places";

function figures(role: Figure["role"], seats: readonly number[]): Figure[] {
  return seats.map((seat) => ({
    seat,
    role,
    name: `Seat ${seat}`,
    initials: `${seat}`,
    symbol: role,
    face: 1,
    pen: 1,
  }));
}

function picture(makers: number, spaces: number): Picture {
  const per = Math.ceil(makers / spaces);
  const board = (index: number): BoardOf => {
    const seats = Array.from({ length: per }, (_, at) => 1 + index * per + at);
    return {
      space: index + 1,
      name: `Space ${index + 1}`,
      makers: figures("maker", seats),
      investors: figures(
        "investor",
        seats.map((seat) => 1000 + seat),
      ),
      ventures: [],
      desks: per + 2,
    };
  };
  const boards = Array.from({ length: spaces }, (_, index) => board(index));
  return {
    boards: [...boards, { space: 0, name: "Garage", makers: [], investors: [], ventures: [], desks: 0 }],
    lines: [],
    people: 2 * makers,
  };
}

test.each([
  [7, 1],
  [12, 1],
  [24, 3],
  [30, 4],
])(
  "with %i makers and as many resources in %i spaces everybody stands on a board and nobody on another",
  (makers, spaces) => {
    const boards = placed(picture(makers, spaces), BESIDE);
    for (const { people, desks, width, height, board } of boards) {
      expect([...people.values()]).toHaveLength(board.makers.length + board.investors.length);
      const spots = [...people.values(), ...desks];
      for (const spot of spots) {
        expect(spot.x - spot.size / 2).toBeGreaterThanOrEqual(0);
        expect(spot.x + spot.size / 2).toBeLessThanOrEqual(width);
        expect(spot.y + spot.size / 2).toBeLessThanOrEqual(height);
        const near = spots.filter(
          (other) => other !== spot && Math.hypot(other.x - spot.x, other.y - spot.y) < spot.size - 1,
        );
        expect(near).toEqual([]);
      }
    }
  },
);

test("few people are drawn larger than many, and free desks are shown as long as everybody keeps a name", () => {
  const [few] = placed(picture(3, 1), BESIDE);
  const [many] = placed(picture(12, 1), BESIDE);
  const first = (board: typeof few) => [...(board?.people.values() ?? [])][0];
  expect(first(few)?.size).toBeGreaterThan(first(many)?.size ?? Infinity);
  expect(few?.desks).toHaveLength(2);
  expect(many?.desks).toHaveLength(0);
  expect(first(many)?.detail).toBe("names");
});

test("who is on a board stays where he is when the others do not change, and a large room is counted", () => {
  const spots = (all: Picture): string => JSON.stringify(placed(all, BESIDE).map((board) => [...board.people]));
  expect(spots(picture(8, 2))).toBe(spots(picture(8, 2)));
  expect(placed(picture(80, 4), BESIDE).every((board) => board.counted && board.people.size === 0)).toBe(true);
});

function named(seat: number, name: string): Figure {
  return { seat, role: "maker", name, initials: name.slice(0, 2), symbol: "maker", face: 1, pen: 1 };
}

function board(space: number, makers: Figure[]): BoardOf {
  return { space, name: "A board", makers, investors: [], ventures: [], desks: 4 };
}

test("in a class of thirty a board with few people has their names, shortened before they become initials", () => {
  const few = [named(1, "Mina"), named(2, "Bot 1"), named(3, "Bot 2"), named(4, "Wilhelmina-Charlotte")];
  const many = Array.from({ length: 26 }, (_, index) => named(5 + index, `Person ${index}`));
  const boards = placed(
    { boards: [board(1, few), board(2, []), board(3, []), board(0, many)], lines: [], people: 30 },
    BESIDE,
  );
  const shown = (at: number, people: Figure[]): string[] =>
    people.map((figure) => shownName(figure, boards[at]?.people.get(figure.seat) as Spot));
  expect(shown(0, few)).toEqual(["Mina", "Bot 1", "Bot 2", expect.stringMatching(/^Wilh.*…$/)]);
  expect(shown(3, many)).toEqual(many.map(() => "Pe"));
  const close = [...few, named(5, "Maker 12"), named(6, "Ada")].map((figure) =>
    figure.seat === 5 ? { ...figure, initials: "12" } : figure,
  );
  const [crowded] = placed(
    { boards: [board(1, close), board(2, []), board(3, []), board(0, many)], lines: [], people: 32 },
    BESIDE,
  );
  expect(close.map((figure) => shownName(figure, crowded?.people.get(figure.seat) as Spot))).toEqual([
    "Mina",
    "Bot 1",
    "Bot 2",
    expect.stringMatching(/^Wil.*…$/),
    "12",
    "Ada",
  ]);
});

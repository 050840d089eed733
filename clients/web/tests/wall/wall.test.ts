import { expect, test } from "vitest";
import { cut } from "../../src/parts/pictures/text_width";
import { groupsOf } from "../../src/parts/results/curve_groups";
import { next, previous, scenesOf, stepsOf, waitsForHost } from "../../src/parts/results/scenes";
import type { Tree } from "../../src/protocol/frames";
import { View } from "../../src/store/view";
import type { BoardOf, Figure, Picture } from "../../src/wall/picture/boards";
import { shownName } from "../../src/wall/picture/figure_names";
import { jointsOf } from "../../src/wall/picture/lines";
import { BESIDE, placed, type Spot } from "../../src/wall/picture/places";
import { checked, commitmentOf, draw } from "../../src/wall/scenes/draws";
import { hexOf, sha256 } from "../../src/wall/scenes/sha256";

const SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const COMMITMENT = "b8d5565b00cffc65cc6103a89d4db5d23c1f06730d8495213efdbfe55820e027";
const A_119 = "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb";
const DICE = [1, 4];

function viewOf(table: object): View {
  const view = new View();
  view.replace(table as Tree, {});
  return view;
}

const RUNNING = { game: { status: "running", season: 1, phase: "recap" }, run: { first_season: 1 } };

test("the host's thumb goes through every step of every scene and back again to the game", () => {
  let table: object = RUNNING;
  const seen: string[] = [];
  for (let show = next(viewOf(table)); show; show = next(viewOf(table))) {
    seen.push(`${show.scene} ${show.step}`);
    table = { ...RUNNING, show };
  }
  const scenes = scenesOf(viewOf(RUNNING));
  expect(seen).toEqual(
    scenes.flatMap((scene) => Array.from({ length: stepsOf(viewOf(RUNNING), scene) }, (_, step) => `${scene} ${step}`)),
  );
  const back: string[] = [];
  for (let show = previous(viewOf(table)); show; show = previous(viewOf(table))) {
    back.push(`${show.scene} ${show.step}`);
    table = { ...RUNNING, show };
  }
  expect(back).toEqual([...seen.slice(0, -1).reverse(), "phase 0"]);
});

test("a room that has not started has nothing to reveal, and one without a debrief no charts of it", () => {
  expect(next(viewOf({ game: { status: "lobby" } }))).toBeUndefined();
  const over = { game: { status: "over", season: 1 }, run: { first_season: 1 } };
  expect(scenesOf(viewOf(over))).not.toContain("network");
  expect(scenesOf(viewOf({ ...over, debrief: { 1: { run: 1 } } }))).toContain("network");
});

test("at the end scenes and steps without anything to show are left out", () => {
  const over = { game: { status: "over", season: 2 }, run: { first_season: 1 } };
  const ended = {
    ...over,
    debrief: { 1: { run: 1, curves: {}, energy: { 1: { links: {} } }, network: {}, survival: {}, moments: {} } },
  };
  expect(scenesOf(viewOf(ended))).toEqual(["ranking", "network", "proof"]);
  const moments = { 1: { text: "badge_lost" }, 2: { text: "lead_changed" } }; // the wall does not tell who lost a badge
  const curves = { density: { 1: 10, 2: 20 }, efficiency_maker: {}, vitality_9: { 1: 50, 2: 60 } };
  const energy = { 1: { links: { "from:room>to:maker": { credits: 5 } } }, 2: { links: {} } };
  const told = viewOf({
    ...over,
    space: { 9: { id: 9 } },
    maker: { 1: { seat: 1, ambition: "craft" } },
    debrief: { 1: { run: 1, curves, energy, network: {}, survival: { 1: { at_risk: 3 } }, moments } },
  });
  expect(scenesOf(told)).toEqual(["ranking", "money", "curves", "survival", "network", "moments", "aims", "proof"]);
  expect(["money", "curves", "moments"].map((scene) => stepsOf(told, scene))).toEqual([1, 2, 1]);
  expect(groupsOf(told)).toEqual(["community", "vitality"]);
});

function figures(role: Figure["role"], seats: readonly number[]): Figure[] {
  return seats.map((seat) => ({ seat, role, name: `Seat ${seat}`, initials: `${seat}`, symbol: role, pen: 1 }));
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

test("a name that is too long ends with an ellipsis, Han letters count double", () => {
  expect(cut("Mina", 200, 34)).toBe("Mina");
  expect(cut("Wilhelmina-Charlotte", 200, 34)).toMatch(/^Wilh.*…$/);
  expect([...cut("创客创客创客创客", 200, 34)].length).toBeLessThan([...cut("Wilhelmina-Charlotte", 200, 34)].length);
  const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"; // one letter of five code points
  expect(cut(family.repeat(5), 200, 34)).toBe(family.repeat(5));
  expect(cut(family.repeat(9), 200, 34)).toBe(`${family.repeat(4)}…`);
});

// from FIPS 180-4's examples, and of a room whose server drew these dice
test("hashes and draws are those of the server", () => {
  const of = (text: string): string => hexOf(sha256(new TextEncoder().encode(text)));
  expect(of("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(of("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(of("a".repeat(119))).toBe(A_119);
  expect(commitmentOf({ seed: SEED, nonce: "00ff" })).toBe(COMMITMENT);
  expect([0, 1].map((die) => draw(SEED, `1|incubation|roll|3|${die}`))).toEqual(DICE);
});

test("the dice on the table are worked out again, and a wrong one is found", () => {
  const closed = { id: 4, dice: [7, 7], closed: "unsold", closed_season: 0 }; // its dice are of an earlier season
  const table = (dice: number[]): object => ({ game: { season: 1 }, venture: { 3: { id: 3, dice }, 4: closed } });
  expect(checked(viewOf(table(DICE)), { seed: SEED, nonce: "" })).toEqual({ dice: 2, right: true });
  expect(checked(viewOf(table([DICE[0] ?? 0, 7])), { seed: SEED, nonce: "" }).right).toBe(false);
});

test("no joint lies on another, nor on the line of another deal", () => {
  const [mina, maker] = [
    { x: 0, y: 0 },
    { x: 0, y: 140 },
  ];
  const [mentor, angel] = [
    { x: 400, y: 0 },
    { x: 400, y: 140 },
  ];
  const lines = [mina, maker].flatMap((from) => [mentor, angel].map((to) => ({ from, to })));
  const joints = jointsOf(lines);
  for (const [index, { x, y, from, to }] of joints.entries()) {
    expect({ from, to }).toEqual(lines[index]);
    expect((x - from.x) * (to.y - from.y)).toBeCloseTo((y - from.y) * (to.x - from.x)); // on its own line
    for (const other of joints.slice(index + 1)) expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(40);
  }
  const crossing = joints.filter(({ from, to }) => from.y !== to.y);
  for (const { x } of crossing) expect(Math.abs(x - 200)).toBeGreaterThan(40); // where the two lines cross
});

test("the ranking waits for a host who is known to lead; where it was there at once, nothing hides it again", () => {
  const over = { game: { status: "over", season: 1 }, run: { first_season: 1 }, module: { recap: {} } };
  const counted = { ...over, figures: { 1: { season: 1, values: {} } } };
  const led = [
    over,
    { ...counted, room: { pace: "host" } },
    { ...counted, show: { scene: "phase", step: 0, theme: "dark" } },
  ];
  for (const table of led) {
    expect(waitsForHost(viewOf(table))).toBe(true);
    expect(next(viewOf(table))).toEqual({ scene: "ranking", step: 0 });
  }
  expect(waitsForHost(viewOf(counted))).toBe(false);
  // rules that count no figures: nothing tells of a host
  expect(waitsForHost(viewOf({ ...over, module: {} }))).toBe(false);
  expect(next(viewOf(counted))).toEqual({ scene: "money", step: 0 });
  expect(waitsForHost(viewOf(RUNNING))).toBe(false);
});

function named(seat: number, name: string): Figure {
  return { seat, role: "maker", name, initials: name.slice(0, 2), symbol: "maker", pen: 1 };
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

test("a name of wide letters keeps to its room", () => {
  const widest = { A: 0.7, W: 1, m: 0.98, "…": 1 } as const; // in sizes, of a wide font
  for (const letter of ["A", "W", "m"] as const) {
    const shown = [...cut(letter.repeat(40), 400, 34)];
    expect(shown.at(-1)).toBe("…");
    expect(shown.reduce((sum, each) => sum + 34 * widest[each as keyof typeof widest], 0)).toBeLessThanOrEqual(400);
  }
});

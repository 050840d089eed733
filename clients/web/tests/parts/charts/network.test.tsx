// What the pictures of who worked with whom, and of the money, say of themselves.
import { render, screen } from "@testing-library/preact";
import { beforeAll, expect, test, vi } from "vitest";
import { NetworkChart, wallOption } from "../../../src/parts/charts/network";
import { written } from "../../../src/parts/charts/network_on_wall";
import { MoneyChart } from "../../../src/parts/charts/sankey";
import { regularWidth } from "../../../src/parts/pictures/text_width";
import { need } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

// pictures need a browser
vi.mock("../../../src/parts/charts/canvas", () => ({ Canvas: () => null }));

test.each([
  [1, "Season 1: one new tie in ink"],
  [2, "Season 1: 2 new ties in ink"],
])("%i ties are counted in their number", (many, said) => {
  const maker = { 1: { seat: 1, ties: [2, 3].slice(0, many) } };
  const seat = Object.fromEntries([1, 2, 3].map((id) => [id, { id, role: "maker", by: "person", name: `Name ${id}` }]));
  const room = roomOf({ game: { status: "running", season: 1, phase: "recap" }, seat, maker });
  render(<NetworkChart />, { wrapper: inRoom(room) });
  expect(screen.getByText(new RegExp(`^${said}`))).toBeTruthy();
});

interface Node {
  name: string;
  x: number;
  y: number;
  symbolSize: number;
  label: { show: boolean; formatter: string; fontSize: number; position: string };
}

const NAMES = [
  "Ben",
  "Maximiliane Hohenlohe-Lang",
  "李娜",
  "Sophie Lindqvist",
  "Bartholomew Featherstones",
  "欧阳建国",
];

function drawn(makers: number, investors: number, height: number): Node[] {
  const ids = Array.from({ length: makers + investors }, (_, index) => index + 1);
  const seat = Object.fromEntries(
    ids.map((id) => [
      id,
      { id, role: id > makers ? "investor" : "maker", by: "person", name: NAMES[id % NAMES.length] ?? "" },
    ]),
  );
  const room = roomOf({ game: { status: "running", season: 1, phase: "recap" }, seat });
  const style = { em: 34, width: 1736, height, font: "", color: () => "" };
  const { data } = (wallOption(style, room.view, [], []) as unknown as { series: [{ data: Node[] }] }).series[0];
  return data.filter(({ name }) => !name.startsWith("corner"));
}

/** Left, right, upper and lower edge of a name beside its mark. */
function boxOf({ x, y, symbolSize, label }: Node): [number, number, number, number] {
  const wide = Math.max(...label.formatter.split("\n").map((line) => regularWidth(line, label.fontSize)));
  const high = label.formatter.split("\n").length * 0.8 * label.fontSize;
  const near = symbolSize / 2 + 5;
  const from = label.position === "left" ? x - near - wide : x + near;
  return [from, from + wide, y - high / 2, y + high / 2];
}

test.each([
  [18, 9, 560],
  [25, 13, 560],
  [39, 19, 547],
  [39, 19, 440],
])(
  "on a wall of %i makers and %i investors names are whole, or cut with an ellipsis, and cover nobody",
  (many, more, height) => {
    vi.stubGlobal("innerWidth", 1920);
    vi.stubGlobal("innerHeight", 1080);
    const nodes = drawn(many, more, height);
    expect(nodes).toHaveLength(many + more);
    for (const node of nodes) {
      const { formatter, fontSize } = node.label;
      const name = NAMES[Number(node.name) % NAMES.length] ?? "";
      const said = formatter.replace("\n", " ");
      expect(fontSize).toBeGreaterThanOrEqual(28);
      if (name.length <= 10) expect(said).toBe(name);
      else if (said !== name && !said.startsWith(name.slice(0, 8))) expect(said).toBe("");
      const [left, right, top, bottom] = boxOf(node);
      expect([left >= 0, right <= 1736], said).toEqual([true, true]);
      const covered = nodes.filter(
        ({ x, y, symbolSize }) =>
          x > left - symbolSize / 2 &&
          x < right + symbolSize / 2 &&
          y > top - symbolSize / 2 &&
          y < bottom + symbolSize / 2,
      );
      expect(
        covered.map(({ name }) => name).filter((each) => each !== node.name),
        said,
      ).toEqual([]);
    }
    vi.unstubAllGlobals();
  },
);

test("a name has smaller letters before it is cut, and is left out before a letter or two of it stand there", () => {
  const place = { letters: 30, least: 28, lines: 1, pitch: 30 };
  const wide = regularWidth("Sophie Lindqvist", 1);
  expect(written("Sophie Lindqvist", 29 * wide, place)).toMatchObject({ label: "Sophie Lindqvist", letters: 29 });
  expect(written("Sophie Lindqvist", 22 * wide, place).label).toMatch(/^Sophie L.*…$/);
  expect(written("Sophie Lindqvist", 5 * wide, place).label).toBe("");
  expect(written("Ben", 100, place)).toMatchObject({ label: "Ben", letters: 30 });
});

beforeAll(() => need("debrief"));

test("after the end nothing is still to come: no maker had money, rather than none has it yet", () => {
  const link = { from: "from:consumers", to: "step:rent", credits: 9 };
  const debrief = { 1: { energy: { 1: { links: { rent: link } } } } };
  const room = roomOf({ game: { status: "over", season: 1, phase: "over" }, debrief });
  render(<MoneyChart season={1} wall />, { wrapper: inRoom(room) });
  expect(screen.getByRole("heading").textContent).toBe("No credit has reached a maker");
});

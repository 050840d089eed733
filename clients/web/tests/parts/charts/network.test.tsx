// What the picture of who worked with whom says of itself.
import { render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import type { ChartStyle } from "../../../src/parts/charts/chart_style";
import { NetworkChart } from "../../../src/parts/charts/network";
import { widthOf } from "../../../src/parts/pictures/text_width";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

type Paint = (style: ChartStyle) => object;
const painted = vi.hoisted((): { by: Paint } => ({ by: () => ({}) }));

// pictures need a browser
vi.mock("../../../src/parts/charts/canvas", () => ({
  Canvas: ({ paint }: { paint: Paint }) => {
    painted.by = paint;
    return null;
  },
}));

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

interface Drawn {
  left: number;
  data: { x: number; label: { show: boolean; formatter: string } }[];
}

const NAMES = ["Maximilian Huber", "Alexander Petrow", "Maximiliane von Hohenstein", "Bo"];

test.each([18, 26, 38])("of %i makers each name has room beside its mark, in two columns as well as in one", (many) => {
  const ids = Array.from({ length: many }, (_, index) => index + 1);
  const seat = Object.fromEntries(
    ids.map((id) => [id, { id, role: "maker", by: "person", name: NAMES[id % 4] ?? "" }]),
  );
  const room = roomOf({ game: { status: "running", season: 1, phase: "recap" }, seat });
  render(<NetworkChart wall />, { wrapper: inRoom(room) });
  const em = 22;
  const style = { em, width: 1170, height: 560, font: "", color: () => "" };
  const { left, data } = (painted.by(style) as { series: [Drawn] }).series[0];
  const makers = data.filter(({ label }) => label.show);
  const outer = Math.min(...makers.map(({ x }) => x));
  for (const { x, label } of makers) {
    const isInner = x - outer > left / 2;
    const free = isInner ? left : left + x;
    const widest = Math.max(...label.formatter.split("\n").map((line) => widthOf(line, 0.9) * em));
    expect(widest, label.formatter).toBeLessThanOrEqual(free);
  }
});

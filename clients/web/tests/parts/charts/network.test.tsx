// What the picture of who worked with whom says of itself.
import { render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { NetworkChart } from "../../../src/parts/charts/network";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

vi.mock("../../../src/parts/charts/canvas", () => ({ Canvas: () => null })); // pictures need a browser

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

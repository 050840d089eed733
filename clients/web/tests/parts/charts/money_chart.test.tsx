// What the picture of the money says of itself.
import { render, screen } from "@testing-library/preact";
import { beforeAll, expect, test, vi } from "vitest";
import { MoneyChart } from "../../../src/parts/charts/sankey";
import { need } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

// pictures need a browser
vi.mock("../../../src/parts/charts/canvas", () => ({ Canvas: () => null }));

beforeAll(() => need("debrief"));

test("after the end nothing is still to come: no maker had money, rather than none has it yet", () => {
  const link = { from: "from:consumers", to: "step:rent", credits: 9 };
  const debrief = { 1: { energy: { 1: { links: { rent: link } } } } };
  const room = roomOf({ game: { status: "over", season: 1, phase: "over" }, debrief });
  render(<MoneyChart season={1} wall />, { wrapper: inRoom(room) });
  expect(screen.getByRole("heading").textContent).toBe("No credit has reached a maker");
});

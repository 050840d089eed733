import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Head } from "../../src/wall/head";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

interface Shown {
  phase: string;
  scene?: string;
}

function asked({ phase, scene = "phase" }: Shown): string | undefined {
  const room = roomOf({ game: { status: "running", season: 1, seasons: 2, phase }, show: { scene } });
  const { container } = render(<Head />, { wrapper: inRoom(room) });
  return container.querySelector(".wall-stake")?.textContent ?? undefined;
}

const PHASES = ["policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"];

test("the board on top says of each phase what is at stake, and of a rule module's own phase nothing", () => {
  const all = PHASES.map((phase) => asked({ phase }));
  expect(all.every((each) => each?.endsWith("?"))).toBe(true);
  expect(new Set(all).size).toBe(PHASES.length);
  expect(asked({ phase: "count" })).toBeUndefined();
});

test("over what is revealed of another phase it asks nothing", () => {
  expect(asked({ phase: "exchange", scene: "entries" })).toBeUndefined();
});

test("what else is said of the game stands below one another, so that it leaves the phase its name", () => {
  const room = roomOf({
    game: { status: "running", season: 2, seasons: 3, phase: "appraisal" },
    room: { last_season: 2 },
    clock: { paused: true, remaining_ms: 60_000 },
  });
  const { container } = render(<Head />, { wrapper: inRoom(room) });
  const tags = [...container.querySelectorAll(".wall-head > .wall-tags > *")];
  expect(tags.map((tag) => tag.textContent)).toEqual(["last season", "Paused"]);
});

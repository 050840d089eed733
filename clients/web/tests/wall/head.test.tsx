import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Head } from "../../src/wall/head";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

const PHASES = ["policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"];

test("the board on top says of each phase what is at stake, and of a rule module's own phase nothing", () => {
  const asked = (phase: string): string | undefined => {
    const room = roomOf({ game: { status: "running", season: 1, seasons: 2, phase } });
    const { container } = render(<Head />, { wrapper: inRoom(room) });
    return container.querySelector(".wall-stake")?.textContent ?? undefined;
  };
  const all = PHASES.map(asked);
  expect(all.every((each) => each?.endsWith("?"))).toBe(true);
  expect(new Set(all).size).toBe(PHASES.length);
  expect(asked("count")).toBeUndefined();
});

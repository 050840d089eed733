// Thirty seconds in which everybody pitches to a neighbour at once.
import { act, render } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { PitchRound } from "../../../src/seat/question/pitch_round";
import { tick } from "../../../src/store/time";
import { load } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeAll(() => load("en"));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function shown(season: number, by: string, phase = "admission", Round = PitchRound): () => string | null {
  const seat = {
    1: { id: 1, role: "maker", ready: false, by: "person" },
    2: { id: 2, role: "maker", ready: false, by },
  };
  const you = { kind: "seat", seat: 1, role: "maker" } as const;
  const room = roomOf({ game: { status: "running", season, phase }, seat } as never, {}, you);
  const { container } = render(<Round />, { wrapper: inRoom(room) });
  return () => container.textContent;
}

function pass(seconds: number): void {
  act(() => {
    vi.advanceTimersByTime(seconds * 1000);
    tick.value += 1;
  });
}

test("it begins with admission and is over after thirty seconds", () => {
  const text = shown(101, "person");
  expect(text()).toBe("Thirty seconds, all at once: pitch your idea to whoever sits beside you.");
  pass(29);
  expect(text()).not.toBe("");
  pass(1);
  expect(text()).toBe("");
});

test("a tab that is opened again does not begin it anew", () => {
  shown(102, "person");
  pass(31);
  expect(shown(102, "person")()).toBe("");
});

test("a page that is loaded anew does not begin it anew", async () => {
  shown(105, "person");
  pass(31);
  const anew = "../../../src/seat/question/pitch_round?anew";
  const { PitchRound: Anew } = (await import(anew)) as { PitchRound: typeof PitchRound };
  expect(shown(105, "person", "admission", Anew)()).toBe("");
});

test("nobody pitches to bots, nor in another phase", () => {
  expect(shown(103, "bot")()).toBe("");
  expect(shown(104, "person", "market")()).toBe("");
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MOST, STAYS_MS, Takeovers, WAIT_MS } from "../../../src/wall/takeovers/queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

test("one after the other takes the wall for a few seconds, then the game is back", () => {
  const queue = new Takeovers();
  queue.push([
    { kind: "badges", count: 1 },
    { kind: "birth", venture: 2 },
  ]);
  expect(queue.shown.value).toBeUndefined();
  vi.advanceTimersByTime(WAIT_MS);
  expect(queue.shown.value?.kind).toBe("badges");
  vi.advanceTimersByTime(STAYS_MS);
  expect(queue.shown.value?.kind).toBe("birth");
  vi.advanceTimersByTime(STAYS_MS);
  expect(queue.shown.value).toBeUndefined();
});

test("the newest of a kind alone is told, and three at most", () => {
  const queue = new Takeovers();
  queue.push([{ kind: "closed", venture: 1 }]);
  queue.push([{ kind: "shock" }, { kind: "closed", venture: 2 }, { kind: "lead" }, { kind: "birth", venture: 3 }]);
  const told = [];
  for (let turn = 0; turn < MOST + 1; turn += 1) {
    vi.advanceTimersByTime(turn ? STAYS_MS : WAIT_MS);
    told.push(queue.shown.value);
  }
  expect(told).toEqual([{ kind: "closed", venture: 2 }, { kind: "lead" }, { kind: "birth", venture: 3 }, undefined]);
});

test("whoever skips sees the next, and a reveal ends all of it", () => {
  const queue = new Takeovers();
  queue.push([{ kind: "shock" }, { kind: "lead" }]);
  vi.advanceTimersByTime(WAIT_MS);
  queue.skip();
  expect(queue.shown.value?.kind).toBe("lead");
  queue.clear();
  vi.advanceTimersByTime(10 * STAYS_MS);
  expect(queue.shown.value).toBeUndefined();
});

test("what is found while something else is on the wall waits until the game is back", () => {
  const queue = new Takeovers();
  queue.hold(true);
  queue.push([{ kind: "birth", venture: 2 }]);
  vi.advanceTimersByTime(10 * STAYS_MS);
  expect(queue.shown.value).toBeUndefined();
  queue.hold(false);
  vi.advanceTimersByTime(WAIT_MS);
  expect(queue.shown.value?.kind).toBe("birth");
});

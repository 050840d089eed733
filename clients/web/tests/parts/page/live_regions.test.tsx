import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveRegions, repeat, say } from "../../../src/parts/page/live_regions";
import { spokenTime } from "../../../src/parts/page/tape";
import { language } from "../../../src/prefs";

beforeEach(() => {
  vi.useFakeTimers();
  language.value = "en";
});
afterEach(() => {
  vi.runAllTimers(); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

test.each([
  [69_000, "1 minute 9 seconds left"],
  [45_000, "45 seconds left"],
  [120_000, "2 minutes left"],
  [61_000, "1 minute 1 second left"],
  [0, "0 seconds left"],
])("%i ms are said as %s", (ms, words) => {
  expect(spokenTime({ ms, paused: false, doubtful: false })).toBe(words);
});

test("a lost link is said no longer once the link is back", () => {
  const page = document.createElement("div");
  void act(() => render(<LiveRegions />, page));
  const textOf = (role: string): string => page.querySelector(`[role=${role}]`)?.textContent ?? "";
  const pass = (ms: number): void => {
    void act(() => void vi.advanceTimersByTime(ms));
  };
  say("No answer", "link", "assertive");
  pass(2000);
  expect(textOf("alert")).toBe("No answer");
  say("Your seat is ready", "seat");
  pass(2000);
  expect(textOf("alert")).toBe("No answer");
  say("Back", "link");
  pass(2000);
  expect([textOf("alert"), textOf("status")]).toEqual(["", "Back"]);
});

test("a region forgets a while after the last line, and says it again when asked", () => {
  const page = document.createElement("div");
  void act(() => render(<LiveRegions />, page));
  const all = (): string => [...page.querySelectorAll("[aria-live]")].map((region) => region.textContent).join("");
  const pass = (ms: number) => void act(() => void vi.advanceTimersByTime(ms));
  say("No answer, we keep trying", "link", "assertive");
  pass(9000);
  expect(all()).toBe("No answer, we keep trying");
  pass(3000);
  expect(all()).toBe("");
  repeat();
  pass(1000);
  expect(all()).toBe("No answer, we keep trying");
});

test("a line that stands there late moves the next one: only one of them is on its way", () => {
  say("One");
  say("Two");
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersToNextTimer(); // "One" stands there, however late, and from now on it has its time
  expect(vi.getTimerCount()).toBe(1);
  const since = performance.now();
  vi.advanceTimersToNextTimer();
  vi.advanceTimersToNextTimer();
  expect(performance.now() - since).toBe(1500);
});

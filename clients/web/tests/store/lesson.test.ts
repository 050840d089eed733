import { render } from "@testing-library/preact";
import { h } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lessonOf, useLesson } from "../../src/store/lesson";

function Asks({ scenario }: { scenario: string }): null {
  useLesson(scenario);
  return null;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a lesson that could not be fetched is asked for again", async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response("{}", { status: 503 })));
  vi.stubGlobal("fetch", fetched);
  render(h(Asks, { scenario: "busy" }));
  await vi.advanceTimersByTimeAsync(0);
  expect(lessonOf("busy")).toBeUndefined();
  fetched.mockResolvedValue(new Response('{"scenario":"busy"}'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(lessonOf("busy")).toEqual({ scenario: "busy" });
});

test("a lesson that there is none of is asked for once", async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response("", { status: 404 })));
  vi.stubGlobal("fetch", fetched);
  render(h(Asks, { scenario: "unknown" }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lessonOf("unknown")).toBeNull();
  expect(fetched).toHaveBeenCalledTimes(1);
});

// An answer is waited for until the table shows it, and not for ever.
import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untilSeen } from "../../src/store/until_seen";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Return whether it has ended by now. */
async function hasEnded(waiting: Promise<void>): Promise<boolean> {
  return Promise.race([waiting.then(() => true), vi.advanceTimersByTimeAsync(0).then(() => false)]);
}

test("it ends with the change that was waited for, and at once where that has come already", async () => {
  const ready = signal(false);
  const waiting = untilSeen(() => ready.value);
  expect(await hasEnded(waiting)).toBe(false);
  ready.value = true;
  expect(await hasEnded(waiting)).toBe(true);
  expect(await hasEnded(untilSeen(() => true))).toBe(true);
});

test("after a second it is waited for no longer", async () => {
  const waiting = untilSeen(() => false);
  await vi.advanceTimersByTimeAsync(999);
  expect(await hasEnded(waiting)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await hasEnded(waiting)).toBe(true);
});

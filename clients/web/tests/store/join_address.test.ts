// The way in: a page that was opened on this machine alone asks the server where phones find it.
import { waitFor } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { roomOf } from "../rig/rooms";

test("a code leads to the address that phones can reach, once the server has said it", async () => {
  vi.resetModules();
  const { addressOf } = await import("../../src/store/join_address");
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ address: "192.0.2.7" })));
  const room = roomOf({});
  expect(addressOf(room).onlyHere).toBe(true);
  await waitFor(() => expect(addressOf(room).onlyHere).toBe(false));
  expect(addressOf(room).join).toMatch(/^http:\/\/192\.0\.2\.7.*#\/j\/K7QF234$/);
  vi.unstubAllGlobals();
});

test("where no other machine reaches the server it is said that nobody else can come", async () => {
  vi.resetModules();
  const { addressOf } = await import("../../src/store/join_address");
  const asked = vi.fn(() => Promise.resolve(Response.json({ address: "" })));
  vi.stubGlobal("fetch", asked);
  const room = roomOf({});
  expect(addressOf(room).onlyHere).toBe(true);
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  expect(addressOf(room)).toMatchObject({ onlyHere: true });
  vi.unstubAllGlobals();
});

// The way in: a page that was opened on the server's own machine asks the server where phones find it.
import { waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { local } from "../../src/storage";
import { roomOf } from "../rig/rooms";

const WIFI = { address: "192.0.2.7", interface: "wlan0", kind: "wifi" };
const CABLE = { address: "198.51.100.4", interface: "eth0", kind: "network" };

async function addresses(told: unknown): Promise<typeof import("../../src/store/join_address")> {
  vi.resetModules();
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(told)));
  return import("../../src/store/join_address");
}

beforeEach(() => local.remove("ms.address"));
afterEach(() => {
  vi.unstubAllGlobals();
  local.remove("ms.address");
});

test("a code leads to the address that phones can reach, once the server has said it", async () => {
  const { addressOf } = await addresses({ address: "192.0.2.7" });
  const room = roomOf({});
  expect(addressOf(room).onlyHere).toBe(true);
  await waitFor(() => expect(addressOf(room).onlyHere).toBe(false));
  expect(addressOf(room).join).toMatch(/^http:\/\/192\.0\.2\.7.*#\/j\/K7QF234$/);
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
});

test("a host takes another of the machine's networks, and every code is drawn with it", async () => {
  const { addressOf, choose, networks } = await addresses({ address: "192.0.2.7", taken: WIFI, others: [CABLE] });
  const room = roomOf({});
  await waitFor(() => {
    expect(networks()).toEqual([WIFI, CABLE]);
  });
  choose("198.51.100.4");
  expect(addressOf(room).join).toContain("http://198.51.100.4");
  expect(local.read("ms.address")).toBe("198.51.100.4");
});

test("a choice of yesterday that the machine has no longer is not taken", async () => {
  local.write("ms.address", "198.51.100.4");
  const { addressOf, networks } = await addresses({ address: "192.0.2.7", taken: WIFI, others: [] });
  const room = roomOf({});
  await waitFor(() => {
    expect(networks()).toHaveLength(1);
  });
  expect(addressOf(room).join).toContain("http://192.0.2.7");
});

test("an address of six parts stands in brackets", async () => {
  const { addressOf, addressInUse } = await addresses({ address: "2001:db8::7" });
  const room = roomOf({});
  await waitFor(() => expect(addressOf(room).join).toContain("http://[2001:db8::7]"));
  expect(addressInUse()).toBe("2001:db8::7");
});

// What was sent and not answered, over a reload of the page and a closed tab, for whoever sent it.
import { afterEach, expect, test, vi } from "vitest";
import type { CommandFrame } from "../../src/protocol/frames";
import { newId, Outbox, type Sender } from "../../src/protocol/outbox";

const MINA: Sender = { room: "K7QF234", kind: "seat", who: "1.1" };

afterEach(() => void vi.useRealTimers());

function command(id: string, name = "ready"): CommandFrame {
  return { type: "command", id, name, args: {} };
}

function ids(outbox: Outbox): string[] {
  return outbox.list().map(({ id }) => id);
}

test("a command stays until it is answered, also over a reload", () => {
  const outbox = new Outbox(MINA);
  outbox.add(command("one"));
  outbox.add(command("two"));
  expect(outbox.settle("one")).toEqual(command("one"));
  expect(ids(outbox)).toEqual(["two"]);
  expect(ids(new Outbox(MINA))).toEqual(["two"]);
});

test("an answer to a command that is not there changes nothing", () => {
  const outbox = new Outbox(MINA);
  outbox.add(command("one"));
  expect(outbox.settle("other")).toBeUndefined();
  outbox.settle("one");
  expect(outbox.settle("one")).toBeUndefined(); // a repeat is answered twice
  expect(ids(outbox)).toEqual([]);
});

test.each<[string, Sender]>([
  ["another room", { ...MINA, room: "OTHER22" }],
  ["another seat", { ...MINA, who: "2.1" }],
  ["who came after her in her seat", { ...MINA, who: "1.2" }],
  ["a host", { ...MINA, kind: "host" }],
])("what a person has sent is not in the list of %s", (_, other) => {
  new Outbox(MINA).add(command("one"));
  expect(ids(new Outbox(other))).toEqual([]);
});

test("another tab of the same person takes nothing off the list that it has not settled", () => {
  const [here, there] = [new Outbox(MINA), new Outbox(MINA)];
  here.add(command("here"));
  there.add(command("there"));
  there.settle("there");
  expect(ids(here)).toEqual(["here"]);
});

test("a closed tab loses a host's commands and no seat's: the class has gone on", () => {
  const host: Sender = { ...MINA, kind: "host" };
  for (const sender of [MINA, host]) new Outbox(sender).add(command("one"));
  sessionStorage.clear();
  expect([MINA, host].map((sender) => ids(new Outbox(sender)))).toEqual([["one"], []]);
});

test("what was to be shown by the page that asked is not asked again by a later one", () => {
  const outbox = new Outbox(MINA);
  outbox.add(command("code", "rejoin_code"));
  outbox.add(command("one"));
  expect(ids(outbox)).toEqual(["code", "one"]);
  expect(ids(new Outbox(MINA))).toEqual(["one"]);
});

test("what nobody comes back for is forgotten after thirty days", () => {
  vi.useFakeTimers({ now: 1_000_000_000_000 });
  new Outbox(MINA).add(command("one"));
  vi.setSystemTime(1_000_000_000_000 + 31 * 24 * 3600 * 1000);
  new Outbox({ ...MINA, room: "OTHER22" });
  expect(localStorage.length).toBe(0);
});

test("the forty newest are kept", () => {
  const outbox = new Outbox(MINA);
  for (let count = 1; count <= 45; count += 1) outbox.add(command(String(count)));
  expect([ids(outbox).length, ids(outbox)[0], ids(new Outbox(MINA)).at(-1)]).toEqual([40, "6", "45"]);
});

test("what somebody else has left under the name is no list", () => {
  localStorage.setItem("ms.sent.K7QF234.seat.1.1", '{"frames": 1}');
  expect(ids(new Outbox(MINA))).toEqual([]);
});

test("an id is of 44 hex digits, and rises with time", () => {
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{44}$/);
  expect(Math.abs(parseInt(id.slice(0, 12), 16) - Date.now())).toBeLessThan(60_000);
  expect(newId()).not.toBe(id);
});

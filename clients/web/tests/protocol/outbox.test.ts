// What was sent and not answered, over a reload of the page.
import { expect, test } from "vitest";
import type { CommandFrame } from "../../src/protocol/frames";
import { newId, Outbox } from "../../src/protocol/outbox";

const NAME = "ms.sent.K7QF234.seat";

function command(id: string): CommandFrame {
  return { type: "command", id, name: "ready", args: { ready: true } };
}

function ids(outbox: Outbox): string[] {
  return outbox.list().map(({ id }) => id);
}

test("a command stays until it is answered, also over a reload", () => {
  const outbox = new Outbox(NAME);
  outbox.add(command("one"));
  outbox.add(command("two"));
  expect(outbox.settle("one")).toEqual(command("one"));
  expect(ids(outbox)).toEqual(["two"]);
  expect(ids(new Outbox(NAME))).toEqual(["two"]);
});

test("an answer to a command that is not there changes nothing", () => {
  const outbox = new Outbox(NAME);
  outbox.add(command("one"));
  expect(outbox.settle("other")).toBeUndefined();
  outbox.settle("one");
  expect(outbox.settle("one")).toBeUndefined(); // a repeat is answered twice
  expect(ids(outbox)).toEqual([]);
});

test("seats of other rooms have lists of their own", () => {
  new Outbox(NAME).add(command("one"));
  expect(ids(new Outbox("ms.sent.OTHER22.seat"))).toEqual([]);
});

test("the forty newest are kept", () => {
  const outbox = new Outbox(NAME);
  for (let count = 1; count <= 45; count += 1) outbox.add(command(String(count)));
  expect([ids(outbox).length, ids(outbox)[0], ids(new Outbox(NAME)).at(-1)]).toEqual([40, "6", "45"]);
});

test("what somebody else has left under the name is no list", () => {
  sessionStorage.setItem(NAME, '{"id": 1}');
  expect(ids(new Outbox(NAME))).toEqual([]);
});

test("an id is of 44 hex digits, and rises with time", () => {
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{44}$/);
  expect(Math.abs(parseInt(id.slice(0, 12), 16) - Date.now())).toBeLessThan(60_000);
  expect(newId()).not.toBe(id);
});

import { expect, test } from "vitest";
import { shared } from "../../../src/wall/street/shared";

test("what reads as before is the object of before, at every depth", () => {
  const before = { people: [{ seat: 1 }, { seat: 2 }], of: new Map([[1, { x: 1 }]]), free: undefined, count: 2 };
  expect(shared(before, structuredClone(before))).toBe(before);
});

test("what has changed is new, and all beside it the object of before", () => {
  const before = {
    people: [{ seat: 1, made: { stage: 0 } }, { seat: 2 }],
    of: new Map([
      [1, { x: 1 }],
      [2, { x: 2 }],
    ]),
  };
  const now = structuredClone(before);
  (now.people[0] as { made: { stage: number } }).made.stage = 1;
  now.of.set(2, { x: 3 });
  const found = shared(before, now);
  expect(found).toEqual(now);
  expect(found.people[0]).not.toBe(before.people[0]);
  expect(found.people[1]).toBe(before.people[1]);
  expect(found.of.get(1)).toBe(before.of.get(1));
});

test.each([
  ["a longer list", [1], [1, 2]],
  ["a shorter list", [1, 2], [1]],
  ["a field more", { a: 1 }, { a: 1, b: undefined }],
  ["a field less", { a: 1, b: 2 }, { a: 1 }],
  ["another field", { a: undefined }, { b: undefined }],
  ["a list for a record", { 0: 1 }, [1]],
  ["a record for a list", [1], { 0: 1 }],
  ["nothing for something", { a: 1 }, undefined],
  ["another key", new Map([[1, 1]]), new Map([[2, 1]])],
  ["an empty map for a fuller one", new Map([[1, 1]]), new Map()],
])("%s is not as before", (_, before, now) => {
  expect(shared<unknown>(before, now)).toStrictEqual(now);
});

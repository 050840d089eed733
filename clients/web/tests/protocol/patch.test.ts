import { expect, test } from "vitest";
import { mergePatch } from "../../src/protocol/patch";

// the examples of RFC 7396, appendix A, as far as objects at the root go
const EXAMPLES: [unknown, unknown, unknown][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(EXAMPLES)("merges %j with %j", (target, patch, result) => {
  expect(mergePatch(target as never, patch as never)).toEqual(result);
});

test("what a patch does not touch stays the same object", () => {
  const before = { maker: { 1: { hours: 3 }, 2: { hours: 4 } } };
  const after = mergePatch(before, { maker: { 2: { hours: 5 } } }) as typeof before;
  expect(after.maker[1]).toBe(before.maker[1]);
  expect(after.maker[2]).not.toBe(before.maker[2]);
  expect(before.maker[2].hours).toBe(4);
});

test("a patch that changes nothing gives the very same tree back", () => {
  const before = { game: { phase: "policy" } };
  expect(mergePatch(before, { game: { phase: "policy" } })).toBe(before);
});

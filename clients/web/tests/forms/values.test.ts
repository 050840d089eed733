// Values of form fields: where they begin, and what is still wrong with their sum.
import { expect, test } from "vitest";
import { emptyValue, isRow, rowTotal, sumOf, sumTrouble } from "../../src/forms/values";
import type { Schema } from "../../src/store/legal";

test.each<[string, Schema, boolean, unknown]>([
  ["a constant, wanted or not", { const: "yes" }, false, "yes"],
  ["an optional field", { type: "integer", minimum: 3 }, false, undefined],
  ["the first of a list", { enum: ["food", "city"] }, true, "food"],
  ["a number from its least", { type: "integer", minimum: 3 }, true, 3],
  ["a number that may be negative from 0", { type: "integer", minimum: -5 }, true, 0],
  ["a yes or no", { type: "boolean" }, true, true],
  ["a list of choices", { type: "array", items: { enum: [1, 2] } }, true, []],
  ["a word", { type: "string" }, true, undefined],
])("%s", (_, schema, required, value) => {
  expect(emptyValue(schema, required)).toEqual(value);
});

test("a holding begins with one per cent, not with a hundredth of one, unless less is all there is", () => {
  expect(emptyValue({ type: "integer", minimum: 1, maximum: 10_000 }, true, true)).toBe(100);
  expect(emptyValue({ type: "integer", minimum: 1, maximum: 40 }, true, true)).toBe(40);
  expect(emptyValue({ type: "integer", minimum: 0, maximum: 4000 }, true, true)).toBe(0);
});

test("a row begins as even as whole numbers allow, the first places with one more", () => {
  const row: Schema = { type: "array", items: { type: "integer" }, minItems: 3, "x-sum": { min: 100, max: 100 } };
  expect([isRow(row), rowTotal(row)]).toEqual([true, 100]);
  expect(emptyValue(row, true)).toEqual([34, 33, 33]);
  expect(isRow({ type: "array", items: { type: "integer", enum: [1] } })).toBe(false);
});

test("a sum that does not fit says what it comes to and what it may be", () => {
  const bound = { fields: ["credits", "hours"], min: 1, max: 10 };
  expect([sumOf(bound, { credits: 4, hours: 5 }), sumOf(bound, {})]).toEqual([9, 0]);
  expect(sumTrouble(bound, { credits: 4, hours: 6 })).toBeUndefined();
  expect(sumTrouble(bound, { credits: 4, hours: 7 })).toMatch(/11.*1.*10/);
  expect(sumTrouble(bound, {})).toMatch(/0.*1.*10/);
});

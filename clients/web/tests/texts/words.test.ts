// Small things about words: letters as people see them, words from right to left, the minus, names of fields.
import { expect, test } from "vitest";
import { fieldName } from "../../src/texts/field_name";
import { minutes, percentOf } from "../../src/texts/numbers";
import { isolated, letters, withMinus } from "../../src/texts/signs";

test("a letter of several signs is one letter", () => {
  expect(letters("Zoë")).toHaveLength(3);
  expect(letters("e\u0301a")).toEqual(["e\u0301", "a"]);
  expect(letters("\u{1f468}\u200d\u{1f469}\u200d\u{1f467}创")).toHaveLength(2);
});

test("words that run from right to left are kept apart, others stay as they are", () => {
  expect(isolated("Mina 创客")).toBe("Mina 创客");
  expect(isolated("שלום")).toBe("\u2068שלום\u2069");
});

test("a number has a minus, a word its hyphen", () => {
  expect([withMinus("-14"), withMinus("14")]).toEqual(["−14", "14"]);
});

test("a field is called by the rulebook's word, else by its own name made readable", () => {
  expect(fieldName("some_field_of_a_module")).toBe("some field of a module");
  expect(fieldName("shares")).not.toBe("shares");
});

test("time left is rounded up to a whole second, and never below none", () => {
  expect([61_000, 59_001, 1, 0, -5000].map(minutes)).toEqual(["1:01", "1:00", "0:01", "0:00", "0:00"]);
  expect([percentOf(1, 3), percentOf(2, 3), percentOf(1, 0)]).toEqual([33, 67, 0]);
});

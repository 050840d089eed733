// Legal forms are read as the server says them: bounds, choices by reference, sums; nothing is known besides.
import { expect, test } from "vitest";
import { boundsOf, fieldsOf, legalOf, optionsOf, resolve, type Schema, startsOf, sumsOf } from "../../src/store/legal";

const hand = { choices: { neighbours: { enum: [2, 3] }, cards: ["a", "b"] }, legal: { knock: {} } };

test("choices that several fields share are found by reference", () => {
  expect(resolve({ $ref: "#/choices/neighbours" }, hand)).toEqual({ enum: [2, 3] });
  expect(resolve({ $ref: "#/choices/cards" }, hand)).toEqual({ enum: ["a", "b"] });
  expect(resolve({ $ref: "#/choices/nothing" }, hand)).toEqual({});
});

test("a field may be one of its own list, of its items' list, or the one thing that it is", () => {
  const form: Schema = {
    properties: {
      one: { enum: [1] },
      many: { type: "array", items: { $ref: "#/choices/neighbours" } },
      only: { const: 7 },
      flag: { const: true },
    },
  };
  expect(["one", "many", "only", "flag", "unknown"].map((field) => optionsOf(form, field, hand))).toEqual([
    [1],
    [2, 3],
    [7],
    [],
    [],
  ]);
});

test("bounds and sums are the server's, and none where it says none", () => {
  const form: Schema = {
    properties: { by: { minimum: 1, maximum: 3 } },
    "x-sum": [{ fields: ["by"], min: 0, max: 2 }],
  };
  expect(boundsOf(form, "by")).toEqual({ min: 1, max: 3 });
  expect(boundsOf(undefined, "by")).toEqual({ min: 0, max: 0 });
  expect(sumsOf(form)).toEqual([{ fields: ["by"], min: 0, max: 2 }]);
  expect(sumsOf({ "x-sum": { min: 1, max: 2 } })).toEqual([]);
  expect(fieldsOf(form, hand).map(([field]) => field)).toEqual(["by"]);
  expect(Object.keys(legalOf(hand, 0))).toEqual(["knock"]);
});

test("a form says what it begins with, and by choice the most that can be paid", () => {
  const form: Schema = {
    properties: { venture: { enum: [2, 5] }, credits: { minimum: 20, maximum: 140, start: 30 }, fee: { maximum: 20 } },
    "x-start": [
      { venture: [2], start: { credits: 60, shares: 3000 }, maximum: { credits: 140 } },
      { venture: [5], start: {}, maximum: { credits: 124 } },
    ],
  };
  expect(startsOf(form)).toEqual({ credits: 30 });
  expect(startsOf(form, { venture: 2 })).toEqual({ credits: 60, shares: 3000 });
  expect(startsOf(form, { venture: 5 })).toEqual({ credits: 30 });
  expect(startsOf(undefined)).toEqual({});
  expect(boundsOf(form, "credits", { venture: 5 })).toEqual({ min: 20, max: 124 });
  expect(boundsOf(form, "fee", { venture: 5 })).toEqual({ min: 0, max: 20 });
});

test("a host is offered what the rank may send at all, and whoever leads everything", () => {
  const chair = { 1: { rank: "lead" }, 2: { rank: "assistant", may: ["host.pause"] } };
  const led = { chair, legal: { "host.pause": {}, "host.end": {} } };
  expect(Object.keys(legalOf(led, 1))).toEqual(["host.pause", "host.end"]);
  expect(Object.keys(legalOf(led, 2))).toEqual(["host.pause"]);
  expect(Object.keys(legalOf({ legal: led.legal }, 3))).toEqual(["host.pause", "host.end"]);
});

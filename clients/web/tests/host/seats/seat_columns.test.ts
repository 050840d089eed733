// Three columns for the seats of all roles, as low as can be.
import { expect, test } from "vitest";
import { columnsOf } from "../../../src/host/seats/seat_columns";

test("a class of thirty has its makers in two columns, its investors beside them, its operators below", () => {
  expect(columnsOf([18, 9, 3])).toEqual([2, 1, 3]);
});

test.each([
  [
    [7, 4, 1],
    [2, 1, 3],
  ],
  [
    [10, 10, 10],
    [1, 1, 1],
  ],
  [
    [6, 12],
    [1, 2],
  ],
  [[30], [3]],
  [[], []],
])("roles of %j seats have %j columns", (sizes, columns) => {
  expect(columnsOf(sizes)).toEqual(columns);
});

test("many roles of other rule modules stand below each other", () => {
  expect(columnsOf([5, 5, 5, 5, 5])).toEqual([3, 3, 3, 3, 3]);
});

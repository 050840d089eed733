import { expect, test } from "vitest";
import { type Asked, rowsOf } from "../../../src/wall/street/rows";

/** Rows in which a row has so much room. */
function asked(widths: readonly number[], rows: number, room: number): Asked {
  const widthOf = (row: readonly number[]): number => row.reduce((all, at) => all + (widths[at] ?? 0), 0);
  return { rows, most: 4, widths, cutIn: (row) => (widthOf(row) > room ? 1 : 0) };
}

test("of seven in three rows three are in the first, in the order of their seats", () => {
  expect(rowsOf(asked([1, 1, 1, 1, 1, 1, 1], 3, 9))).toEqual([
    [0, 1, 2],
    [3, 4],
    [5, 6],
  ]);
});

test("a row has fewer people where names would be cut in it, and all keep their order", () => {
  expect(rowsOf(asked([2, 2, 5, 1, 1, 1, 1], 3, 6))).toEqual([
    [0, 1],
    [2, 3],
    [4, 5, 6],
  ]);
});

test("where no order of seats has room for all names the widest are in rows of their own", () => {
  const rows = rowsOf(asked([2, 2, 5, 2, 2, 5, 2], 3, 7));
  expect(rows.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(rows.filter((row) => row.includes(2) || row.includes(5)).map((row) => row.length)).toEqual([2, 2]);
});

test("where nothing helps rows are as they were", () => {
  expect(rowsOf(asked([9, 9, 9, 9], 2, 5))).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("the longest names have one row for themselves where the others have room in one line", () => {
  const all = asked([1, 1, 4, 1, 4, 1], 2, 9);
  expect(rowsOf({ ...all, together: { widths: [1, 1, 8, 1, 8, 1], room: 5 } })).toEqual([
    [0, 1, 3, 5],
    [2, 4],
  ]);
});

import { expect, test } from "vitest";
import { nameInLines, sizeOfWords } from "../../src/wall/long_names";
import { viewOf } from "../rig/rooms";

const NAME = "Jean-Baptiste-Emmanuel Z";
const ROOM = 248;

test("a name is as large as all of it has room in its lines, where each word alone would be larger", () => {
  expect(sizeOfWords(NAME, ROOM)).toBeGreaterThan(sizeOfWords(NAME, ROOM, 3));
  expect(sizeOfWords(NAME, ROOM, 3)).toBeGreaterThan(28);
  expect(sizeOfWords("\u6b27\u9633\u5a1c\u5a1c", ROOM, 1)).toBe(62);
  expect(sizeOfWords("Bo Li", ROOM, 2)).toBe(sizeOfWords("Bo Li", ROOM));
});

test("a name is cut where it has no room in its lines, and whole where it has", () => {
  const long = "Maximiliane-Charlotte Hohenlohe-Langburg";
  const view = viewOf({ seat: { 1: { id: 1, role: "maker", name: NAME }, 2: { id: 2, role: "maker", name: long } } });
  expect(nameInLines(view, 1, ROOM, 3)).toBe(NAME);
  expect(nameInLines(view, 2, ROOM)).toBe(long);
  expect(nameInLines(view, 2, ROOM, 3)).toMatch(/^Maximiliane-Ch.*\u2026$/u);
});

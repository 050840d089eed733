import { expect, test } from "vitest";
import { displayWidth } from "../../src/parts/pictures/text_width";
import { isWholeIn, nameInLines, type Place, sizeOfWords, withDotsBehind } from "../../src/wall/long_names";
import { viewOf } from "../rig/rooms";

const NAME = "Jean-Baptiste-Emmanuel Z";
const ROOM = 248;

test("a name is as large as all of it has room in its lines, where each word alone would be larger", () => {
  expect(sizeOfWords(NAME, { room: ROOM })).toBeGreaterThan(sizeOfWords(NAME, { room: ROOM, lines: 3 }));
  expect(sizeOfWords(NAME, { room: ROOM, lines: 3 })).toBeGreaterThan(28);
  expect(sizeOfWords("\u6b27\u9633\u5a1c\u5a1c", { room: ROOM, lines: 1 })).toBe(62);
  expect(sizeOfWords("Bo Li", { room: ROOM, lines: 2 })).toBe(sizeOfWords("Bo Li", { room: ROOM }));
});

test("a name is cut where it has no room in its lines, and whole where it has", () => {
  const long = "Maximiliane-Charlotte Hohenlohe-Langburg";
  const view = viewOf({ seat: { 1: { id: 1, role: "maker", name: NAME }, 2: { id: 2, role: "maker", name: long } } });
  expect(nameInLines(view, 1, { room: ROOM, lines: 3 })).toBe(NAME);
  expect(nameInLines(view, 2, { room: ROOM })).toBe(long);
  expect(nameInLines(view, 2, { room: ROOM, lines: 3 })).toBe("Maximiliane-\nCharlotte\nHohenlohe-Lan\u2026");
});

// parts of four, three and two letters
const DOTTED = "\u963f\u535c\u675c\u62c9\u00b7\u4e70\u4e70\u63d0\u00b7\u827e\u529b";
const JOINED = DOTTED.replaceAll("\u00b7", "\u2060\u00b7");

/** The name of a seat as a place has it. */
function written(name: string, place: Place): string {
  return nameInLines(viewOf({ seat: { 1: { id: 1, role: "maker", name } } }), 1, place);
}

test("a dot between Chinese letters is bound to what stands before it, and to nothing else", () => {
  expect(written(DOTTED, { room: ROOM })).toBe(JOINED);
  expect(withDotsBehind(`How ${DOTTED} got there \u00b7 Marcel\u00b7lina`)).toBe(
    `How ${JOINED} got there \u00b7 Marcel\u00b7lina`,
  );
});

test("a part between dots is whole where it has room in a line, and a line ends behind the dot", () => {
  const four = 4 * 28 + 7; // units for the first part, with its dot
  expect(sizeOfWords(DOTTED, { room: four, lines: 3 })).toBe(28);
  expect(sizeOfWords(DOTTED, { room: 2 * four, lines: 3 })).toBe(56);
  expect(written(DOTTED, { room: four, lines: 3 })).toBe(JOINED);
  expect(isWholeIn(DOTTED, { room: four, lines: 2 })).toBe(false);
  expect(written(DOTTED, { room: four - 28, lines: 4 })).toBe(JOINED); // where it has none, letters are parted
});

test("a name with no room in its lines keeps those it has, and is cut in the last of them", () => {
  const name = "Yusuf Abdirahman Farah";
  expect(written(name, { room: 193, lines: 3 })).toBe(name);
  expect(written(name, { room: 193, lines: 2 })).toMatch(/^Yusuf\nAbdirahm\p{L}*\u2026$/u);
  expect(written("Bo Abdirahman Farah", { room: 205, lines: 2 })).toBe("Bo\nAbdirahman\u2026"); // with no blank
});

test("a word with no room in a line is cut so that its ellipsis has room behind it", () => {
  const place = { room: 304, bold: true };
  const word = written("Donaudampfschifffahrtskapit\u00e4n", place);
  expect(word).toMatch(/^Donau\p{L}+\u2026$/u);
  expect(displayWidth(word, 28)).toBeLessThanOrEqual(place.room);
  expect(written("Anna Donaudampfschifffahrtskapit\u00e4n", place)).toBe(`Anna\n${word}`);
});

test("letters that are not bold are slimmer, Chinese ones are not", () => {
  const word = "Featherington";
  expect([true, false].map((bold) => written(word, { room: 193, bold }) === word)).toEqual([false, true]);
  const han = "\u6b27\u9633\u5a1c\u5a1c";
  expect(sizeOfWords(han, { room: ROOM })).toBe(sizeOfWords(han, { room: ROOM, bold: true }));
});

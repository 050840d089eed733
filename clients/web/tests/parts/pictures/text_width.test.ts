import { expect, test } from "vitest";
import { cut, fitted, linesOf } from "../../../src/parts/pictures/text_width";

test("a name that is too long ends with an ellipsis, Han letters count double", () => {
  expect(cut("Mina", 200, 34)).toBe("Mina");
  expect(cut("Wilhelmina-Charlotte", 200, 34)).toMatch(/^Wilh.*…$/);
  expect([...cut("创客创客创客创客", 200, 34)].length).toBeLessThan([...cut("Wilhelmina-Charlotte", 200, 34)].length);
  const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"; // one letter of five code points
  expect(cut(family.repeat(5), 200, 34)).toBe(family.repeat(5));
  expect(cut(family.repeat(9), 200, 34)).toBe(`${family.repeat(4)}…`);
});

test("a name of wide letters keeps to its room", () => {
  const widest = { A: 0.7, W: 1, m: 0.98, "…": 1 } as const; // in sizes, of a wide font
  for (const letter of ["A", "W", "m"] as const) {
    const shown = [...cut(letter.repeat(40), 400, 34)];
    expect(shown.at(-1)).toBe("…");
    expect(shown.reduce((sum, each) => sum + 34 * widest[each as keyof typeof widest], 0)).toBeLessThanOrEqual(400);
  }
});

test("a name has two lines at a blank, a hyphen or a dot between Chinese letters, and no dot within a word", () => {
  expect(linesOf("Wilhelmina van der Burgh")).toEqual(["Wilhelmina", "van der Burgh"]);
  expect(linesOf("阿卜杜拉·买买提明·艾力江")).toEqual(["阿卜杜拉·", "买买提明·艾力江"]);
  expect(linesOf("Marcel·lina")).toEqual(["Marcel·lina"]);
});

test("a dot between Chinese letters is as narrow as any other", () => {
  expect(fitted("阿卜杜拉·买买提·艾力", 28, 251).text).toBe("阿卜杜拉·买买提·艾力");
});

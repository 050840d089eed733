// A name field takes what the server keeps, in whole letters.
import { expect, test } from "vitest";
import { fitting, LONGEST_NAME } from "../../src/join/name";

const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"; // one letter of five code points

test("what fits stays, and what is longer is cut", () => {
  expect(fitting("Mina & Jun")).toBe("Mina & Jun");
  expect(fitting("n".repeat(LONGEST_NAME + 9))).toBe("n".repeat(LONGEST_NAME));
  expect(fitting("名".repeat(LONGEST_NAME + 1))).toBe("名".repeat(LONGEST_NAME));
});

test("a letter of several signs is kept whole or not at all", () => {
  expect(fitting("n".repeat(LONGEST_NAME - 5) + FAMILY)).toBe("n".repeat(LONGEST_NAME - 5) + FAMILY);
  expect(fitting("n".repeat(LONGEST_NAME - 4) + FAMILY)).toBe("n".repeat(LONGEST_NAME - 4));
});

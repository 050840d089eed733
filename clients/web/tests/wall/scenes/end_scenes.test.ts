import { expect, test } from "vitest";
import { inView } from "../../../src/wall/scenes/end_scenes";

test("turning points in long words stand on the wall as far as there is room, the newest always", () => {
  const told = (length: number) =>
    Array.from({ length: 6 }, (_, at) => ({ when: "Season 1", text: `${at} `.padEnd(length, "words ") }));
  const numbers = (length: number) => inView(told(length)).map(({ text }) => Number(text[0]));
  expect(numbers(40)).toEqual([1, 2, 3, 4, 5]);
  expect(numbers(80)).toEqual([2, 3, 4, 5]);
  expect(numbers(900)).toEqual([5]);
});

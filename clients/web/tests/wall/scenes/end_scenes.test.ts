import { expect, test } from "vitest";
import { inView, namesOf } from "../../../src/wall/scenes/end_scenes";
import { viewOf } from "../../rig/rooms";

test("of those with an aim as many are named as there is room for, each on one line", () => {
  const ids = Array.from({ length: 14 }, (_, at) => at + 1);
  const named = (name: string) =>
    namesOf(viewOf({ seat: Object.fromEntries(ids.map((id) => [id, { id, role: "maker", name }])) }), ids).names;
  expect(named("A B").split(", ")).toHaveLength(12);
  expect(named("A B")).toContain("A\u00a0B");
  const long = named("Maximilian Hohenberg");
  expect(long.split(", ").length).toBeLessThan(12);
  expect(long).toMatch(/\+\d+$/);
});

test.each([
  ["Maximiliane von Hohenberg", "Maximiliane von Hohenberg"],
  ["Jean-Baptiste-Emmanuel Z", "Jean-Baptiste-Emmanuel Z"],
  ["Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffah\u2026"],
])("a name is whole where its words have room in a line of their own: %s", (name, said) => {
  const { names } = namesOf(viewOf({ seat: { 1: { id: 1, role: "maker", name } } }), [1]);
  expect(names.replaceAll("\u00a0", " ")).toBe(said);
});

test("turning points in long words stand on the wall as far as there is room, the newest always", () => {
  const told = (length: number) =>
    Array.from({ length: 6 }, (_, at) => ({ when: "Season 1", text: `${at} `.padEnd(length, "words ") }));
  const numbers = (length: number) => inView(told(length)).map(({ text }) => Number(text[0]));
  expect(numbers(40)).toEqual([1, 2, 3, 4, 5]);
  expect(numbers(80)).toEqual([2, 3, 4, 5]);
  expect(numbers(900)).toEqual([5]);
});

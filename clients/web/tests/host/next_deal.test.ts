// The next game's deal: everybody keeps name and face; dealt anew, as many as can be have another role.
import { expect, test } from "vitest";
import { type Dealing, dealt, keptFor } from "../../src/host/next_deal";

const CLASS = ["maker", "investor", "operator", "maker", "maker", "investor", "maker", "maker"];
const seats = (roles: readonly string[], people: readonly number[]) =>
  roles.map((role, place) => ({ id: place + 1, role, name: people.includes(place + 1) ? `P${place + 1}` : "" }));

/** Return how many people have another role than they had. */
function changed(roles: readonly string[], people: readonly number[], random: () => number): number {
  const deal = dealt(seats(roles, people), "anew", random);
  expect(deal.map(({ id }) => id).sort()).toEqual(roles.map((_, place) => place + 1));
  return deal.filter(({ name, role }, place) => name && role !== roles[place]).length;
}

test.each([
  ["a whole class: three of five makers have to stay makers at least twice", CLASS, [1, 2, 3, 4, 5, 6, 7, 8], 6],
  ["three people among bots", CLASS, [1, 2, 3], 3],
  ["a single person", CLASS, [4], 1],
  ["nobody but makers: they take the bots' seats", CLASS, [1, 4], 2],
  ["all have one role", ["maker", "maker"], [1, 2], 0],
] as const)("dealt anew, as many as can be have another role: %s", (_, roles, people, most) => {
  for (const chance of [0, 0.3, 0.6, 0.99]) expect(changed(roles, people, () => chance)).toBe(most);
});

test("the same roles are the same seats", () => {
  const all = seats(CLASS, [1, 2]);
  expect(dealt(all, "same" satisfies Dealing)).toEqual(all);
});

test("names and faces go along with their people, and no two have the same face", () => {
  const all = seats(CLASS, [1, 2, 3]).map((seat) => (seat.id === 2 ? { ...seat, face: 40 } : seat));
  const deal = dealt(all, "anew", () => 0.4);
  const { names, faces } = keptFor(deal);
  expect(new Set(faces).size).toBe(CLASS.length);
  expect(faces[names.indexOf("P2")]).toBe(40);
  expect(faces[names.indexOf("P1")]).toBe(1);
});

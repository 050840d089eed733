// Addresses: what each fragment leads to, and that a mangled one says so above the way in.
import { expect, test } from "vitest";
import { normalCode, parse } from "../src/route";

test.each([
  ["", { page: "home" }],
  ["#/", { page: "home" }],
  ["#/j/k7qf-234", { page: "join", code: "K7QF234" }],
  ["#/j/K7QF234/PQRS7890", { page: "join", code: "K7QF234", pass: "PQRS7890" }],
  ["#/p/K7QF234/mine", { page: "play", code: "K7QF234", tab: "mine" }],
  ["#/p/K7QF234/elsewhere", { page: "play", code: "K7QF234", tab: "now" }],
  ["#/p/K7QF234/now/~offer/12", { page: "play", code: "K7QF234", tab: "now", sheet: { name: "offer", about: 12 } }],
  ["#/p/K7QF234/now/~offer/x", { page: "play", code: "K7QF234", tab: "now" }],
  ["#/c/new", { page: "new" }],
  ["#/c/K7QF234", { page: "console", code: "K7QF234" }],
  ["#/s/K7QF234", { page: "wall", code: "K7QF234" }],
  ["#/r/K7QF234/token", { page: "rejoin", code: "K7QF234", token: "token" }],
  ["#/r/K7QF234", { page: "nowhere" }],
  ["#/check", { page: "check" }],
  ["#/rules", { page: "rules" }],
  ["#/rules/k7qf-234", { page: "rules", code: "K7QF234" }],
  ["#/print/K7QF234/cards", { page: "print", code: "K7QF234", what: "cards" }],
  ["#/print/K7QF234", { page: "print", code: "K7QF234", what: "sheet" }],
  ["#/%E0%A4%A", { page: "nowhere" }],
  ["#/nonsense", { page: "nowhere" }],
  ["#/p", { page: "nowhere" }],
  ["#/s/-", { page: "nowhere" }],
  ["#/d", { page: "nowhere" }],
  ["#/print", { page: "nowhere" }],
])("%s", (fragment, route) => {
  expect(parse(fragment)).toEqual(route);
});

test("full-width letters, lower case, blanks and hyphens are typed as people do", () => {
  expect(normalCode("ｋ７ｑｆ－２３ ４")).toBe("K7QF234");
});

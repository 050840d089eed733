// Which rule modules are played, and what the table says of them.
import { expect, test } from "vitest";
import { modulesOf, packageOf, parameter, plays, waysOf } from "../../src/store/rules";
import { roomOf, viewOf } from "../rig/rooms";

const MODULES = {
  module: {
    world: { birth_credits: 30, package_hours: 12 },
    planner: { phase: "matching" },
    auction: { phase: "matching", reserve: 2000 },
    market: { phase: "market" },
  },
};

test("the modules of a phase stand with those for money first", () => {
  const view = viewOf(MODULES);
  expect(modulesOf(view, "matching")).toEqual(["auction", "planner"]);
  expect(modulesOf(view, "market")).toEqual(["market"]);
  expect(modulesOf(view, "recap")).toEqual([]);
});

test("a module that is not played has no parameter, and a parameter that it lacks is 0", () => {
  const view = viewOf(MODULES);
  expect([plays(view, "auction"), plays(view, "negotiation")]).toEqual([true, false]);
  expect([parameter(view, "auction", "reserve"), parameter(view, "auction", "other")]).toEqual([2000, 0]);
  expect(parameter(view, "negotiation", "reserve")).toBe(0);
});

test("a package is as large as the table says, in credits or in hours", () => {
  const view = viewOf(MODULES);
  expect([packageOf(view, "money"), packageOf(view, "hours")]).toEqual([30, 12]);
});

test("the ways of matching are those of the modules that are played, money first", () => {
  const ways = waysOf(roomOf(MODULES)).map(({ module, good, maker, investor }) => [module, good, maker, investor]);
  expect(ways).toEqual([
    ["auction", "money", "call_auction", "bid"],
    ["planner", "hours", "take_part", "take_part"],
  ]);
});

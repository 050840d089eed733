// Each role has a screen for each phase, fetched when it is played.
import { expect, test } from "vitest";
import { PHASES } from "../../../src/parts/page/manual";
import { loadScreens, screensOf } from "../../../src/seat/phases/screens";

test.each(["maker", "investor", "operator"])(
  "a %s has a screen for every phase, once its chunk is there",
  async (role) => {
    await loadScreens(role);
    expect(Object.keys(screensOf(role) ?? {})).toEqual([...PHASES]);
    const before = screensOf(role);
    await loadScreens(role);
    expect(screensOf(role)).toBe(before);
  },
);

test("a role of another rule module has no screens of its own, and none to wait for", () => {
  expect(screensOf("counter")).toEqual({});
});

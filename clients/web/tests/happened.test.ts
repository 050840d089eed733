import { expect, test } from "vitest";
import { undoneIn } from "../src/seat/happened";
import type { Told } from "../src/store/room";

function told(...all: [text: string, season?: number, phase?: string][]): Told[] {
  return all.map(([text, season = 1, phase = "policy"], index) => ({ number: index + 1, text, season, phase, first_season: 1, values: { season, phase } }));
}

test("a rewind takes back all that was told since the start to which it went, but not what people wrote", () => {
  const lines = told(["phase_opened"], ["level_bought"], ["phase_opened", 1, "admission"], ["announced"], ["venture_founded"], ["rewound", 1, "admission"], ["venture_founded"]);
  expect([...undoneIn(lines)]).toEqual([3, 5]);
});

test("a second rewind to the same start takes back what came after the first", () => {
  const lines = told(["phase_opened"], ["level_bought"], ["rewound"], ["level_bought"], ["rewound"], ["level_bought"]);
  expect([...undoneIn(lines)]).toEqual([1, 2, 4]);
});

test("who came later than that start has heard nothing from before it", () => {
  expect([...undoneIn(told(["level_bought", 2], ["rewound", 1, "matching"], ["level_bought"]))]).toEqual([1]);
  expect([...undoneIn(told(["level_bought", 2]))]).toEqual([]);
});

import { renderHook, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { previous, scenesOf } from "../../../src/parts/results/scenes";
import { lessonOf, useLesson } from "../../../src/store/lesson";
import { roomOf } from "../../rig/rooms";

const SCENARIO = "with_a_lesson";
const LESSON = { scenario: SCENARIO, objectives: [], questions: [], plans: [] };

beforeEach(async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(LESSON))));
  renderHook(() => useLesson(SCENARIO));
  await waitFor(() => expect(lessonOf(SCENARIO)).toEqual(LESSON));
});
afterEach(() => vi.unstubAllGlobals());

test.each([
  [0, "aims 1"],
  [1, "ranking 0"],
  [2, "ranking 1"],
  [3, "proof 1"],
])("with %i roles open the way back from the lesson's slides opens no other", (opened, before) => {
  const room = roomOf({
    game: { scenario: SCENARIO, status: "over", season: 1 },
    room: { pace: "host" },
    figures: { 1: { season: 1, values: {} } },
    maker: { 1: { seat: 1, ambition: "craft" } },
    show: { scene: "slides", step: 0, opened },
  });
  expect(scenesOf(room)).toContain("slides");
  const back = previous(room);
  expect(`${back?.scene} ${back?.step}`).toBe(before);
});

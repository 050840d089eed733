import { expect, test } from "vitest";
import { BEAT_MS, openingNow } from "../../../src/parts/slides/opening_time";
import { roomOf } from "../../rig/rooms";

const BEGAN = 1_700_000_000_000;

function shown(show: object, after: number, status = "lobby") {
  const room = roomOf({ game: { status }, show: { scene: "opening", step: 0, ...show } });
  room.clock.hear(BEGAN + after);
  return openingNow(room);
}

test("the opening goes on by itself from the step that the table names, and is over after its last picture", () => {
  expect(shown({ since: BEGAN }, 1000)).toEqual({ step: 0, plays: true });
  expect(shown({ since: BEGAN }, BEAT_MS + 1000)).toEqual({ step: 1, plays: true });
  expect(shown({ since: BEGAN, step: 4 }, BEAT_MS + 1000)).toEqual({ step: 5, plays: true });
  expect(shown({ since: BEGAN }, 6 * BEAT_MS + 1000)).toBeUndefined();
});

test("a clock that runs behind the server's shows the first picture", () => {
  expect(shown({ since: BEGAN }, -5000)).toEqual({ step: 0, plays: true });
});

test("where it is held the picture stays", () => {
  expect(shown({ step: 3 }, 9 * BEAT_MS)).toEqual({ step: 3, plays: false });
});

test("neither another scene nor a game that has begun shows it", () => {
  expect(shown({ scene: "lobby" }, 0)).toBeUndefined();
  expect(shown({ since: BEGAN }, 1000, "running")).toBeUndefined();
});

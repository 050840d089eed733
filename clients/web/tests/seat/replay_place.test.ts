// Where a phone is in the replay: where the host leads, unless its owner wanders.
import { expect, test } from "vitest";
import { replayAt, wander } from "../../src/seat/around/replay_place";
import { session } from "../../src/storage";
import { roomOf } from "../rig/rooms";

function over(show: object = {}, status = "over") {
  return roomOf({ game: { status }, show });
}

test("a phone goes where the host leads, and nowhere while nobody leads or the game runs", () => {
  wander("K7QF234", undefined);
  expect(replayAt(over())).toBeUndefined();
  expect(replayAt(over({ scene: "curves", step: 3, opened: 3 }))).toBeUndefined();
  expect(replayAt(over({ scene: "replay", step: 3, opened: 3 }, "running"))).toBeUndefined();
  expect(replayAt(over({ scene: "replay", step: 3, opened: 3 }))).toEqual({ step: 3, led: 3, wanders: false });
});

test("whoever wanders stays where they are while the host goes on, in this room alone, and over a reload", () => {
  wander("K7QF234", 5);
  expect(replayAt(over({ scene: "replay", step: 3, opened: 3 }))).toEqual({ step: 5, led: 3, wanders: true });
  expect(replayAt(over())).toEqual({ step: 5, led: undefined, wanders: true });
  expect(session.read("ms.replay")).toEqual({ code: "K7QF234", step: 5 });
  wander("ANOTHER", 1);
  expect(replayAt(over())).toBeUndefined();
  wander("K7QF234", undefined);
  expect(session.read("ms.replay")).toBeUndefined();
});

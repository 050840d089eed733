// What the debrief talks about stands beside its figures: without any there is nothing to ask about.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Figures } from "../../src/host/figures";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

test.each([
  ["no season", {}, false],
  ["a season", { 1: { season: 1, values: { births: 2 } } }, true],
])("after %s it is asked what held the room back: %o", (_, figures, isAsked) => {
  const { container } = render(<Figures />, { wrapper: inRoom(roomOf({ figures })) });
  expect((container.textContent ?? "").includes("What held the room back?")).toBe(isAsked);
});

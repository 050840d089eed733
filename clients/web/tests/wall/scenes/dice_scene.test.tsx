// The dice fall as soon as the scene is there: no press finds an empty wall and goes past it.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { DiceScene } from "../../../src/wall/scenes/dice_scene";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

test("the first roll is there at once", () => {
  const roll = { dice: 5, needed: 9 };
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "market" },
    venture: { 4: { id: 4, lead: 1, sector: "city", stage: 0, moved_up: false, dice: [2, 3], roll } },
  });
  const { container } = render(<DiceScene step={0} />, { wrapper: inRoom(room) });
  expect(container.querySelector(".roll")?.getAttribute("data-venture")).toBe("4");
});

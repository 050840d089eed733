import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { RoomContext } from "../../../src/store/context";
import { AimsScene } from "../../../src/wall/scenes/end_scenes";
import { roomOf } from "../../rig/rooms";

test("an aim says how many had it and how many of them got there, and then who had it", () => {
  const room = roomOf({
    game: { status: "over", season: 3, seasons: 3 },
    seat: { 1: { id: 1, role: "maker", name: "Ana" }, 2: { id: 2, role: "maker", name: "Bo" } },
    maker: { 1: { seat: 1, ambition: "craft" }, 2: { seat: 2, ambition: "craft" } },
    debrief: { 1: { aims: { craft: { reached: 1 } } } },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <AimsScene step={1} />
    </RoomContext.Provider>,
  );
  expect(container.querySelector(".aims section")?.textContent).toBe("2Craft1 of them got thereAna, Bo");
});

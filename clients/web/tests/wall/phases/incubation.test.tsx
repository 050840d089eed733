import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { RoomContext } from "../../../src/store/context";
import { Play } from "../../../src/wall/play";
import { roomOf } from "../../rig/rooms";

test("for each deal of the season that promises hours a clock stands at the desk where they are to be worked", () => {
  const deal = { season: 2, maker: 1, investor: 2, venture: 7, credits: 0, hours: 4 };
  const room = roomOf({
    game: { status: "running", season: 2, phase: "incubation" },
    seat: { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "investor" }, 3: { id: 3, role: "operator" } },
    maker: { 1: { seat: 1 } },
    investor: { 2: { seat: 2, badges: [3] } },
    space: { 3: { id: 3, name: "a", stations: 2 } },
    deal: {
      1: { ...deal, id: 1 },
      2: { ...deal, id: 2, hours: 0, credits: 60 },
      3: { ...deal, id: 3, season: 1 },
    },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Play />
    </RoomContext.Provider>,
  );
  expect(container.querySelectorAll(".hour-clock")).toHaveLength(1);
});

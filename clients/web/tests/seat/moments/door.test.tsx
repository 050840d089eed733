// The card of a door that turned somebody away: what can be done now, and what it costs.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { MomentCard } from "../../../src/seat/moments/cards/all";
import { RoomContext } from "../../../src/store/context";
import { MINA, OLGA, sit } from "./played";

test("whoever was turned away reads what asking costs in the garage: the printed price", () => {
  const { room, story, open, change } = sit(MINA, "maker");
  change({ module: { world: { search_cost: 10, search_garage: 2 } } });
  const pitch = { maker: MINA, space: OLGA, season: 1, venture: 5, score: 30, bar: 36, desks: 1, outcome: "below" };
  open("exchange", {}, { pitch: { 1: { ...pitch, ahead: [] } } });
  const [moment] = story.waiting.value;
  if (!moment) throw new Error("no card");
  const { container } = render(
    <RoomContext.Provider value={room}>
      <MomentCard moment={moment} />
    </RoomContext.Provider>,
  );
  expect(container.textContent).toContain("Anybody may fund you here; asking costs 10.");
  room.close();
});

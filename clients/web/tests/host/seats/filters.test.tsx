// The filters count how the seats stand, in a recap without those who choose: nobody has to.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { choosingText } from "../../../src/host/bar/pace";
import { NO_FILTER } from "../../../src/host/seats/filter";
import { Filters, kept } from "../../../src/host/seats/filters";
import { rowsOf } from "../../../src/host/seats/seat_states";
import { stillChoosing } from "../../../src/store/presence";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

test.each([
  ["market", "All 2Waiting 1Ready 1"],
  ["recap", "All 2"],
])("in %s there stands: %s", (phase, said) => {
  const seat = (id: number) => ({ id, role: "maker", by: "person", ready: id > 1 });
  const room = roomOf({ game: { status: "running", season: 1, phase }, seat: { 1: seat(1), 2: seat(2) } });
  const none = (): void => undefined;
  const { container } = render(<Filters all={rowsOf(room.view)} filter={NO_FILTER} onChange={none} onDone={none} />, {
    wrapper: inRoom(room),
  });
  expect(container.textContent).toBe(said);
});

test("waiting counts whom the bar counts: who is away or asks for help and has not chosen, too", () => {
  const by = ["person", "away", "person", "away"];
  const seat = by.map((by, at) => [at + 1, { id: at + 1, role: "maker", by, ready: at > 2 }]);
  const table = { game: { status: "running", season: 1, phase: "market" }, seat: Object.fromEntries(seat) };
  const room = roomOf(table, { ask: { 1: { what: "help" } } });
  const all = rowsOf(room.view);
  const none = (): void => undefined;
  const { container } = render(<Filters all={all} filter={NO_FILTER} onChange={none} onDone={none} />, {
    wrapper: inRoom(room),
  });
  expect(container.textContent).toContain("Waiting 3");
  expect(choosingText(stillChoosing(room.view))).toMatch(/^3 are still choosing/);
  expect(all.filter((row) => kept(room.view, row, { ...NO_FILTER, state: "waiting" }))).toHaveLength(3);
});

// The filters count how the seats stand, in a recap without those who choose: nobody has to.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { NO_FILTER } from "../../../src/host/seats/filter";
import { Filters } from "../../../src/host/seats/filters";
import { rowsOf } from "../../../src/host/seats/seat_states";
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

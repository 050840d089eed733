// After *again* a seat is kept for people who have not come: the console says so, and it is not called free.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Column } from "../../../src/host/seats/seat_rows";
import { rowsOf } from "../../../src/host/seats/seat_states";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

test("a seat that is kept for somebody is not called free", () => {
  const seat = { 1: { id: 1, role: "maker", name: "Cleo" }, 2: { id: 2, role: "maker" } };
  const room = roomOf({ game: { status: "lobby" }, seat } as never, {}, { kind: "host" } as never);
  render(<Column rows={rowsOf(room.view)} />, { wrapper: inRoom(room) });
  expect([...document.querySelectorAll(".state")].map((each) => each.textContent?.trim())).toEqual(["kept", "free"]);
});

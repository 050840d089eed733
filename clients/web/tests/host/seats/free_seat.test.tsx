// Freeing a seat: what the question says of it, in a room and at a table of a class.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { Powers } from "../../../src/host/seats/seat_powers";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const SEAT = { id: 1, role: "maker", name: "Cleo", by: "person" };

function asked(about: object) {
  const legal = { "host.seat": { type: "object", properties: {} }, "host.remove": { type: "object" } };
  const table = { game: { status: "running" }, seat: { 1: SEAT }, room: about };
  const room = roomOf(table as never, { legal } as never, { kind: "host" } as never);
  const send = vi.spyOn(room, "send").mockResolvedValue({ ok: true } as never);
  render(<Powers seat={SEAT as never} />, { wrapper: inRoom(room) });
  fireEvent.click(screen.getByRole("button", { name: "Free" }));
  return send;
}

test("in a room the person asks to be let in again, and reads the reason", () => {
  const send = asked({});
  expect(screen.queryByText(/ask to be let in again/)).not.toBeNull();
  fireEvent.input(screen.getByLabelText("Reason, shown to the person"), { target: { value: "Lunch" } });
  fireEvent.click(screen.getByRole("button", { name: "Free the seat" }));
  expect(send).toHaveBeenCalledWith("host.remove", { seat: 1, reason: "Lunch" });
});

test("at a table of a class the phone comes back by itself, and no reason is asked for", () => {
  const send = asked({ class: "K7QF234" });
  expect(screen.queryByText(/comes back to the class by itself/)).not.toBeNull();
  expect(screen.queryByLabelText("Reason, shown to the person")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Free the seat" }));
  expect(send).toHaveBeenCalledWith("host.remove", { seat: 1 });
});

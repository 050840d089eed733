// Which face stands for me, and the tap that takes another.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { Lobby, OwnFace } from "../../../src/seat/lobby/lobby";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const YOU = { kind: "seat", seat: 2, role: "maker" } as const;
const SEATS = { 2: { id: 2, role: "maker", ready: false, name: "Mina", face: 3 } };

test("before the start one tap takes another face", () => {
  const room = roomOf({ seat: SEATS }, { legal: { change_face: { type: "object" } } }, YOU);
  const send = vi.spyOn(room, "send").mockResolvedValue({ ok: true } as never);
  render(<OwnFace />, { wrapper: inRoom(room) });
  expect(document.body.textContent).toContain("In this room you arethe brown bear");
  fireEvent.click(screen.getByRole("button", { name: "Another face" }));
  expect(send).toHaveBeenCalledWith("change_face");
});

test("once the game has begun the face stays", () => {
  render(<OwnFace />, { wrapper: inRoom(roomOf({ seat: SEATS }, { legal: {} }, YOU)) });
  expect(screen.queryByRole("button")).toBeNull();
});

test("in a class it says which table to go to", () => {
  render(<OwnFace />, { wrapper: inRoom(roomOf({ room: { table: 3 }, seat: SEATS } as never, { legal: {} }, YOU)) });
  expect(document.body.textContent).toContain("At table 3 you arethe brown bear");
});

test("the lobby says whose seats are kept, and that the host can free them", () => {
  const seat = {
    1: { id: 1, role: "maker", name: "Mina", by: "person" },
    2: { id: 2, role: "maker", name: "Ben" },
    3: { id: 3, role: "maker" },
  };
  const found = roomOf({ game: { status: "lobby" }, seat } as never, {}, { kind: "seat", seat: 1, role: "maker" });
  render(<Lobby />, { wrapper: inRoom(found) });
  expect(screen.getByText("Kept for Ben. The host can let go who stays away.")).toBeTruthy();
});

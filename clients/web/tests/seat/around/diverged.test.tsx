// A person whose server went back is told so once, and nothing that nobody knows.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Diverged } from "../../../src/seat/around/diverged";
import { RoomContext } from "../../../src/store/context";
import { roomOf } from "../../rig/rooms";

test("that last choices may be gone is said once", () => {
  const room = roomOf({}, {}, { kind: "seat", seat: 1, role: "maker" });
  const { rerender } = render(<RoomContext.Provider value={room}>{<Diverged />}</RoomContext.Provider>);
  expect(screen.queryByRole("dialog")).toBeNull();
  room.diverged.value = true;
  rerender(<RoomContext.Provider value={room}>{<Diverged />}</RoomContext.Provider>);
  expect(screen.getByRole("dialog").textContent).toContain("What you chose last may be gone.");
  fireEvent.click(screen.getByRole("button", { name: "Go on" }));
  expect(room.diverged.value).toBe(false);
  expect(screen.queryByRole("dialog")).toBeNull();
});

// The last row of the wall beside a scene: whom the room waits for, and nothing once it waits for nobody.
import { render, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";
import { borrowed } from "../../src/prefs";
import { WallPage } from "../../src/wall/wall";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

test.each([
  [1, "waiting for 1"],
  [2, ""],
])("of two people %d are ready: %s", async (ready, said) => {
  const seat = (id: number) => ({ id, role: "maker", by: "person", ready: id <= ready });
  const room = roomOf({
    game: { status: "running", season: 1, phase: "policy" },
    show: { scene: "world" },
    seat: { 1: seat(1), 2: seat(2) },
  });
  const { container, unmount } = render(<WallPage />, { wrapper: inRoom(room) });
  expect(container.querySelector(".wall-foot .waiting")?.textContent ?? "").toBe(said);
  unmount();
  await waitFor(() => expect(borrowed.value).toBe(false)); // the wall has given back how the page looked
});

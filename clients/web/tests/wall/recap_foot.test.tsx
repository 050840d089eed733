// Beside a scene the wall says whom the room waits for, but not in a recap that a host closes: nobody has to choose.
import { render, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";
import { borrowed } from "../../src/prefs";
import { WallPage } from "../../src/wall/wall";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

test.each([
  ["policy", "host", "waiting for 1"],
  ["recap", "self", "waiting for 1"],
  ["recap", "host", ""],
])("in %s at the pace %s the wall says: %s", async (phase, pace, said) => {
  const room = roomOf({
    game: { status: "running", season: 1, phase },
    room: { pace },
    show: { scene: "world" },
    seat: { 1: { id: 1, role: "maker", by: "person" } },
  });
  const { container, unmount } = render(<WallPage />, { wrapper: inRoom(room) });
  expect(container.querySelector(".wall-foot .waiting")?.textContent ?? "").toBe(said);
  unmount();
  await waitFor(() => expect(borrowed.value).toBe(false)); // the wall has given back how the page looked
});

// Whether anybody is there is asked while the game is played; after its end nobody plays for anybody.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { StillThere } from "../../../src/seat/around/still_there";
import { RoomContext } from "../../../src/store/context";
import { need } from "../../../src/texts";
import { roomOf } from "../../rig/rooms";

test.each([
  ["running", "You did nothing for a while.I'm here"],
  ["over", ""],
])("in a game that is %s, a phone that a bot has played for says: %s", async (status, said) => {
  await need("asking");
  const room = roomOf(
    { game: { status } },
    { still_there: { helped: true } },
    { kind: "seat", seat: 1, role: "maker" },
  );
  const { container } = render(<RoomContext.Provider value={room}>{<StillThere />}</RoomContext.Provider>);
  await new Promise<void>((settle) => setTimeout(settle)); // so the words are there
  expect(container.textContent).toBe(said);
});

// A phone says truly where the names of people are who are called by made-up words.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { DealtName } from "../../../src/seat/around/dealt_name";
import { RoomContext } from "../../../src/store/context";
import { need } from "../../../src/texts";
import { roomOf } from "../../rig/rooms";

test.each([
  ["", "What you typed is kept nowhere here."],
  ["CCCCCCC", "Nobody but your teacher can see who is who."],
])("at a table of the class %j its phone says: %s", async (of, said) => {
  await need("asking");
  const here = { pseudonyms: true, ...(of ? { class: of } : {}) };
  const room = roomOf({ game: { status: "lobby" }, room: here }, {}, { kind: "seat", seat: 1, role: "maker" });
  const { container } = render(<RoomContext.Provider value={room}>{<DealtName />}</RoomContext.Provider>);
  await new Promise<void>((settle) => setTimeout(settle)); // so the words are there
  expect(container.textContent).toContain(said);
});

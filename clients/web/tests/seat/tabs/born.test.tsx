// Whether a venture is born, as somebody reads it who has just signed with it.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { Born } from "../../../src/seat/tabs/born";
import type { Venture } from "../../../src/store/entities";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const VENTURE = { id: 7, born: false } as unknown as Venture;

test.each([
  [{ 1: { season: 2, maker: 3, investor: 1, venture: 7 } }, "You signed with it"],
  [{ 1: { season: 2, maker: 3, investor: 9, venture: 7 } }, "Not yet born"],
  [{ 1: { season: 1, maker: 3, investor: 1, venture: 7 } }, "Not yet born"],
])("who has signed this season is not told that it is not born: %j", (deal, words) => {
  const room = roomOf(
    { game: { status: "running", season: 2, phase: "matching" }, deal },
    {},
    {
      kind: "seat",
      seat: 1,
      role: "investor",
    },
  );
  render(<Born venture={VENTURE} />, { wrapper: inRoom(room) });
  expect(document.body.textContent).toBe(words);
});

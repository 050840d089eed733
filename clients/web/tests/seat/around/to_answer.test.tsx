// How many others wait for this seat's answer: the number on the tab.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { useWaitingForMe } from "../../../src/seat/around/to_answer";
import { RoomContext } from "../../../src/store/context";
import { roomOf } from "../../rig/rooms";

const TABLE = {
  proposal: {
    1: { id: 1, sender: 2, receiver: 1, status: "open" },
    2: { id: 2, sender: 1, receiver: 2, status: "open" },
    3: { id: 3, sender: 2, receiver: 1, status: "accepted" },
  },
  sheet: {
    1: { id: 1, maker: 1, investor: 5, by: "investor", status: "open" },
    2: { id: 2, maker: 1, investor: 5, by: "maker", status: "open" },
    3: { id: 3, maker: 1, investor: 5, by: "investor", status: "declined" },
  },
};

function Count() {
  return <b>{useWaitingForMe()}</b>;
}

test.each([
  [1, "maker", 2], // a proposal, and the investor's sheet
  [2, "maker", 1],
  [5, "investor", 1], // the maker's own sheet
  [9, "investor", 0],
])("for seat %i, a %s, %i wait", (seat, role, waiting) => {
  const room = roomOf(TABLE, {}, { kind: "seat", seat, role });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Count />
    </RoomContext.Provider>,
  );
  expect(container.textContent).toBe(String(waiting));
});

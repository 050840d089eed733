// A no: at once to a bot, with a reason for a person if one likes.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { SayNo } from "../../../src/seat/offers/say_no";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const SEATS = { 2: { id: 2, name: "Bo", by: "person" }, 3: { id: 3, name: "Robot", by: "bot" } };

function no(to: number) {
  const said = vi.fn();
  render(<SayNo to={to} onNo={said} />, { wrapper: inRoom(roomOf({ seat: SEATS })) });
  fireEvent.click(screen.getByRole("button", { name: /^No: / }));
  return said;
}

test("a bot hears a no at once", () => {
  expect(no(3).mock.calls).toEqual([[{}]]);
});

test.each([
  ["not at these terms: Bo", { reason: "price" }],
  ["nothing left to give: Bo", { reason: "spent" }],
  ["signed with somebody else: Bo", { reason: "taken" }],
  ["Just no: Bo", {}],
])("a person may hear why: %s", (name, why) => {
  const said = no(2);
  expect(said).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name }));
  expect(said.mock.calls).toEqual([[why]]);
});

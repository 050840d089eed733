// The host marks a moment in passing: one press, with a word or without; how many there are is said.
import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeAll, expect, test, vi } from "vitest";
import { Bookmark } from "../../src/host/bookmark";
import { need } from "../../src/texts";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

beforeAll(() => need("host"));

const GAME = { game: { status: "running", season: 1, phase: "policy" }, run: { number: 1, first_season: 1 } };
const LEGAL = {
  legal: { "host.bookmark": { type: "object", properties: { word: { type: "string", maxLength: 80 } } } },
};

function shown(hand: object) {
  const room = roomOf(GAME, hand, { kind: "host" });
  const send = vi.spyOn(room, "send").mockResolvedValue({ type: "result", id: "1", now: 0, ok: true } as never);
  const { container } = render(<Bookmark />, { wrapper: inRoom(room) });
  return { send, container };
}

test("one press marks the moment, and a word goes with it where one was written", () => {
  const { send, container } = shown(LEGAL);
  const press = () => fireEvent.submit(container.querySelector("form") as HTMLFormElement);
  press();
  expect(send).toHaveBeenLastCalledWith("host.bookmark", {});
  fireEvent.input(screen.getByRole("textbox"), { target: { value: " the auction " } });
  press();
  expect(send).toHaveBeenLastCalledWith("host.bookmark", { word: "the auction" });
});

test("it is said how many there are, and where none can be set there is no key", () => {
  const bookmark = { 7: { season: 1, phase: "policy", at: 1, word: "" } };
  expect(shown({ ...LEGAL, bookmark }).container.textContent).toContain("1 bookmark, for the talk afterwards");
  expect(shown({}).container.textContent).toBe("");
});

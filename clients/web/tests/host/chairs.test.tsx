// Who hosts: who is let go is asked once, by name; whoever only looks is offered no points and no names.
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { Chairs } from "../../src/host/chairs";
import { TakeHome } from "../../src/host/sheets/take_home";
import { hold } from "../../src/store/kept/held_seats";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

const CHAIRS = {
  1: { rank: "lead", founder: true, here: true },
  2: { rank: "assistant", name: "Ms Li", here: true },
  3: { rank: "visitor" },
};

test("who is let go is asked once, by name", async () => {
  const room = roomOf({}, { chair: CHAIRS }, { kind: "host", member: 1 });
  const send = vi.spyOn(room, "send").mockResolvedValue({ ok: true });
  render(<Chairs of="host" addressOf={() => ""} />, { wrapper: inRoom(room) });
  fireEvent.click(screen.getByRole("button", { name: "Let Ms Li go" }));
  expect(send).not.toHaveBeenCalled();
  const question = within(screen.getByRole("dialog", { name: "Let Ms Li go?" }));
  fireEvent.click(question.getByRole("button", { name: "Not yet" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Let Host 3 go" }));
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Let go", hidden: false })));
  await waitFor(() => expect(send).toHaveBeenCalledExactlyOnceWith("host.let_go", { host: 3 }));
});

test("the link to a chair is copied, and nobody opens it in their own browser by a press", async () => {
  const room = roomOf({}, { chair: CHAIRS }, { kind: "host", member: 1 });
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { host_token: "t0" } });
  render(<Chairs of="host" addressOf={(token) => `https://here/#/c/K7QF234/${token}`} />, { wrapper: inRoom(room) });
  fireEvent.click(screen.getByRole("button", { name: "Make a link" }));
  const field = await screen.findByLabelText("Link to the chair");
  expect((field as HTMLInputElement).value).toBe("https://here/#/c/K7QF234/t0");
  expect(screen.queryByRole("link")).toBeNull();
});

test.each([
  [1, ["All pages (ZIP)", "The class's page", "Who took part (CSV)"], true],
  [2, ["All pages (ZIP)", "The class's page", "Who took part (CSV)"], true],
  [3, ["The class's page"], false],
])("host %i is offered to take home what the rank may", (member, pages, named) => {
  hold("host", "K7QF234", "secret");
  const room = roomOf({ game: { status: "over" } }, { chair: CHAIRS }, { kind: "host", member });
  room.code.value = "K7QF234";
  render(<TakeHome />, { wrapper: inRoom(room) });
  const shown = screen.getAllByRole("button").map(({ textContent }) => textContent);
  expect(shown.filter((each) => each?.match(/pages|page$|Who took/))).toEqual(pages);
  expect(screen.queryByText("names") !== null).toBe(named);
  expect(screen.queryByText("Points and names of students are for whoever leads or assists.") === null).toBe(named);
});

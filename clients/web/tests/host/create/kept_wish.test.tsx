// What a host has filled in for a new room or class is there again after going back or a reload, until it is open.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NewClassPage } from "../../../src/host/class/new_class";
import { CreatePage } from "../../../src/host/create/create";
import { go } from "../../../src/route";
import { type FakeSocket, recordSockets, welcome } from "../../rig/fake_socket";

const PAGES = [
  ["room", "c/new", CreatePage, "Open the room"],
  ["class", "class/new", NewClassPage, "Open the class"],
] as const;
const sockets: FakeSocket[] = [];
beforeEach(() => recordSockets(sockets));
afterEach(() => vi.unstubAllGlobals());

const chosen = (name: string): boolean => screen.getByRole("button", { name }).getAttribute("aria-pressed") === "true";

test.each(PAGES)("what was chosen for a %s stays until it is open", async (_, address, Page, opens) => {
  go(address, true);
  const first = render(<Page />);
  expect(chosen("180 min")).toBe(false);
  fireEvent.click(screen.getByRole("button", { name: "180 min" }));
  act(() => void first.unmount());
  const second = render(<Page />);
  expect(chosen("180 min")).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: opens }));
  act(() => sockets.at(-1)?.open());
  const you = { kind: "host" } as const;
  await act(async () => sockets.at(-1)?.say(welcome({}, {}, { you, host_token: "token" })));
  act(() => void second.unmount());
  go(address, true);
  render(<Page />);
  expect(chosen("180 min")).toBe(false);
});

test("the name and the size of a class stay; a scenario that the address names comes before them", () => {
  go("class/new", true);
  const first = render(<NewClassPage />);
  fireEvent.input(screen.getByLabelText("What is the class called?"), { target: { value: "10b" } });
  act(() => void first.unmount());
  go("class/new/seminar", true);
  render(<NewClassPage />);
  expect(screen.getByLabelText<HTMLInputElement>("What is the class called?").value).toBe("10b");
  fireEvent.click(screen.getByRole("button", { name: "Open the class" }));
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ scenario: "seminar", class: { name: "10b" } });
});

// Who asks to be let into a seat: told to those who may answer, without lying over what they do.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { AsksIn } from "../../../src/parts/page/asks_in";
import { SeatPass } from "../../../src/parts/page/seat_pass";
import type { Tree, You } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  open?.close();
  if (vi.isFakeTimers()) vi.runAllTimers(); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

const SEAT: You = { kind: "seat", seat: 3, role: "maker" };
const HOST: You = { kind: "host", seat: 0, role: "" };
const WISH = { asks_in: { 1830021: { name: "Noor", seat: 3 } } } as unknown as Tree;

/** Draw what somebody is told whose hand this is. */
function shown(you: You, hand: Tree): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({ seat: { 3: { id: 3, role: "maker", name: "Mina" } } }, hand, { you }));
  render(
    <RoomContext.Provider value={open}>
      <AsksIn isHost={you === HOST} />
      <SeatPass {...(you === HOST ? { seat: 3 } : {})} />
    </RoomContext.Provider>,
  );
  return world;
}

test.each([
  ["the people of a seat", SEAT, "Noor asks to share your seat. Whom you let in sees your whole hand.", "let_in"],
  ["a host", HOST, "Noor asks for seat 3: Mina", "host.let_in"],
] as const)("%s may let somebody in or not, and it is gone when the wish is", (_, you, text, name) => {
  vi.useFakeTimers();
  const world = shown(you, WISH);
  expect(screen.getByRole("list").textContent).toContain(text);
  expect(document.querySelector("dialog")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Not now" }));
  fireEvent.click(screen.getByRole("button", { name: "Let in" }));
  expect(world.last.commands()).toMatchObject([
    { name, args: { join: 1830021, accept: false } },
    { name, args: { join: 1830021, accept: true } },
  ]);
  act(() =>
    world.last.say({ type: "update", seq: 11, now: 1, hand: { asks_in: { 1830021: null } } as unknown as Tree }),
  );
  expect(screen.queryByRole("list")).toBeNull();
});

test.each([
  ["the people of a seat", SEAT],
  ["a host", HOST],
] as const)("while the room stands still because it may miss some, %s cannot answer and reads why", (_, you) => {
  vi.useFakeTimers();
  const world = shown(you, WISH);
  const still = { room: { behind: true } } as unknown as Tree;
  act(() => world.last.say({ type: "update", seq: 10, now: 1, table: still }));
  for (const name of ["Not now", "Let in"]) {
    const button = screen.getByRole("button", { name, description: "You can answer once the room goes on." });
    fireEvent.click(button);
    expect(button.getAttribute("aria-disabled")).toBe("true");
  }
  expect(world.last.commands()).toEqual([]);
  const goesOn = { room: { behind: null } } as unknown as Tree;
  act(() => world.last.say({ type: "update", seq: 11, now: 1, table: goesOn }));
  fireEvent.click(screen.getByRole("button", { name: "Let in" }));
  expect(world.last.commands()).toHaveLength(1);
});

test("who asks later stands below, whatever the number: no button goes away under a thumb", () => {
  vi.useFakeTimers();
  const world = shown(HOST, WISH);
  const later = { asks_in: { 7: { name: "Eve", seat: 3 } } } as unknown as Tree;
  act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: later }));
  expect(screen.getAllByRole("listitem").map((row) => row.textContent?.split(" ")[0])).toEqual(["Noor", "Eve"]);
});

test.each([
  ["the people of a seat", SEAT, { name: "seat_pass", args: {} }],
  ["a host", HOST, { name: "host.seat_pass", args: { seat: 3 } }],
] as const)(
  "a pass that %s ask for is shown large, and its address has it in the fragment alone",
  async (_, you, asked) => {
    const world = shown(you, {});
    fireEvent.click(screen.getByRole("button", { name: "Somebody else to this seat" }));
    expect(world.last.commands()).toMatchObject([asked]);
    answered(world, { code: "PQRS7890", seat: 3, seconds: 600 });
    expect(await screen.findByText("PQRS7890")).not.toBeNull();
    expect(screen.getByText(/within 10 minutes/)).not.toBeNull();
    const address = await screen.findByLabelText(/PQRS7890/);
    expect(address.getAttribute("aria-label")).toMatch(/\/#\/j\/K7QF234\/PQRS7890/);
  },
);

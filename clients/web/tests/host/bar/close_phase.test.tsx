// The yellow button: it says what closing does, closes, and shows what the phase has brought.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { CloseButton, CloseSheet } from "../../../src/host/bar/close_phase";
import { choosingText, Pace } from "../../../src/host/bar/pace";
import { closeText } from "../../../src/host/phases";
import { Selection, SelectionContext } from "../../../src/host/selection";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import type { Seat } from "../../../src/store/entities";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

let open: Room | undefined;
afterEach(() => open?.close());

const game = (phase: string, season = 1): object => ({ status: "running", season, seasons: 2, phase });

test.each([
  ["policy", 1, "Close policy, show the cards"],
  ["admission", 1, "Close admission, show who came in"],
  ["matching", 1, "Close matching, show the deals"],
  ["incubation", 1, "Close incubation, show the dice"],
  ["market", 1, "Close market, show the money"],
  ["recap", 1, "Close recap, open season 2"],
  ["recap", 2, "Close recap and end the game"],
])("in %s of season %i it says: %s", (phase, season, said) => {
  const sells = { 1: { id: 1, lead: 1, born: true, stage: 2 } };
  const maker = { 1: { seat: 1, venture: 1 }, 2: { seat: 2, venture: 0 } };
  expect(closeText(roomOf({ game: game(phase, season), venture: sells, maker }))).toBe(said);
});

test("an admission to which every maker comes with a venture promises nobody who comes in", () => {
  const maker = { 1: { seat: 1, venture: 1 }, 2: { seat: 2, venture: 2 } };
  expect(closeText(roomOf({ game: game("admission", 2), maker }))).toBe("Close admission");
});

test.each([
  ["none has a pilot", { born: true, stage: 1 }],
  ["the one that had is closed", { born: true, stage: 2, closed: true }],
])("a market on which nothing is sold promises no money: %s", (_, venture) => {
  expect(closeText(roomOf({ game: game("market"), venture: { 1: { id: 1, lead: 1, ...venture } } }))).toBe(
    "Close market",
  );
});

test("a phase that no scene tells of is closed and nothing more; a run before the last does not end the game", () => {
  const phases = {
    legal: { "host.rewind": { type: "object", properties: { phase: { enum: ["count", "recount"] } } } },
  };
  expect(closeText(roomOf({ game: game("count") }, phases))).toBe("Close counting");
  expect(closeText(roomOf({ game: game("recap", 2), run: { number: 1, of: 2, first_season: 1 } }))).toBe("Close recap");
});

test("one press closes the phase and shows its scene; where there is nothing to show, the game stays", async () => {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const hand = { legal: { "host.advance": { type: "object", properties: {} } } } as unknown as Tree;
  world.last.say(welcome({ game: game("matching") } as Tree, hand, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={room}>
      <CloseButton />
    </RoomContext.Provider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Close matching, show the deals" }));
  expect(world.last.commands()).toMatchObject([{ name: "host.advance" }]);
  answered(world);
  const deal = { id: 1, season: 1, maker: 1, investor: 2, credits: 9, venture: 1 };
  act(() =>
    world.last.say({ type: "update", seq: 12, now: 1, table: { game: game("incubation"), deal: { 1: deal } } as Tree }),
  );
  await waitFor(() =>
    expect(world.last.commands().at(-1)).toMatchObject({ name: "host.show", args: { scene: "deals", curtain: false } }),
  );
});

/** Show the yellow button to a host of a table. */
function yellow(table: object): { world: FakeWorld; text: () => string; selection: Selection } {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const hand = { legal: { "host.advance": { type: "object", properties: {} } } } as unknown as Tree;
  world.last.say(welcome(table as Tree, hand, { you: { kind: "host", seat: 0, role: "" } }));
  const selection = new Selection();
  const { container } = render(
    <SelectionContext.Provider value={selection}>
      <CloseButton />
    </SelectionContext.Provider>,
    { wrapper: inRoom(room) },
  );
  fireEvent.click(screen.getByRole("button"));
  return { world, text: () => container.textContent ?? "", selection };
}

function refuse(world: FakeWorld, code: string, message: string): void {
  const { id } = world.last.commands()[0] as { id: string };
  world.last.say({ type: "result", id, ok: false, seq: 11, now: 1, error: { code, message } });
}

function goOn(world: FakeWorld, table: object, seq: number): void {
  act(() => world.last.say({ type: "update", seq, now: 1, table: table as Tree }));
}

test("a press just as the phase closes by itself is no mistake: what it has brought is shown", async () => {
  const { world, text } = yellow({ game: game("matching") });
  refuse(world, "not_your_phase", "That was meant for a phase that is over.");
  const deal = { id: 1, season: 1, maker: 1, investor: 2, credits: 9, venture: 1 };
  goOn(world, { game: game("incubation"), deal: { 1: deal } }, 12);
  await waitFor(() => expect(world.last.commands().at(-1)).toMatchObject({ name: "host.show" }));
  expect(text()).toBe("Close incubation, show the dice");
});

test("what was refused goes with its phase", async () => {
  const { world, text } = yellow({ game: game("matching") });
  refuse(world, "rate_limited", "Wait a little.");
  await waitFor(() => expect(text()).toContain("Wait a little."));
  goOn(world, { game: game("incubation") }, 12);
  expect(text()).not.toContain("Wait a little.");
});

test("a recap is closed at once, since nobody chooses in it", () => {
  const seat = { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "maker" } };
  const { world, selection } = yellow({ game: game("recap"), seat });
  expect(world.last.commands()).toMatchObject([{ name: "host.advance" }]);
  expect(selection.sheet.value).toBeUndefined();
});

test("a pause ends with the phase that it was of", async () => {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const hand = { legal: { "host.advance": { type: "object", properties: {} } } } as unknown as Tree;
  const table = { game: game("recap"), clock: { paused: true, remaining_ms: 9000 } } as Tree;
  world.last.say(welcome(table, hand, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={room}>
      <CloseButton />
    </RoomContext.Provider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Close recap, open season 2" }));
  answered(world);
  await waitFor(() => expect(world.last.commands()).toMatchObject([{ name: "host.advance" }, { name: "host.resume" }]));
});

function waiting(...roles: string[]): Seat[] {
  return roles.map((role, index) => ({ id: index + 1, role, ready: false }) as Seat);
}

test("who is still choosing is counted, with the role that most of them have", () => {
  expect(choosingText([])).toBe("Everybody has chosen.");
  expect(choosingText(waiting("maker"))).toBe("1 is still choosing.");
  expect(choosingText(waiting("maker", "maker", "investor"))).toBe("3 are still choosing, most of them makers.");
  expect(choosingText(waiting("maker", "investor", "operator"))).toBe("3 are still choosing.");
});

test("a table that is done and waits for the class's others says so where it says who is still choosing", () => {
  const seats = { 1: { id: 1, role: "maker" } };
  const said = "This table is done; it waits for the other tables.";
  const at = (waits: boolean) => roomOf({ game: game("matching"), seat: seats, room: { waits } }, {}, { kind: "host" });
  for (const waits of [false, true]) {
    const { unmount } = render(
      <RoomContext.Provider value={at(waits)}>
        <Pace />
      </RoomContext.Provider>,
    );
    expect(screen.queryByText(said) !== null).toBe(waits);
    expect(screen.queryByText("1 is still choosing.") !== null).toBe(!waits);
    unmount();
  }
});

test("where nobody chooses nothing is said of defaults, under the pace and where closing asks", () => {
  const said = (phase: string, ready = false): string => {
    const room = roomOf({ game: game(phase), seat: { 1: { id: 1, role: "maker", ready } } }, {}, { kind: "host" });
    const pages = (
      <SelectionContext.Provider value={new Selection()}>
        <Pace />
        <CloseSheet />
      </SelectionContext.Provider>
    );
    const { container, unmount } = render(pages, { wrapper: inRoom(room) });
    const text = container.textContent ?? "";
    unmount();
    return text;
  };
  expect(said("market")).toMatch(/1 is still choosing\..*1 would use its default.*1 will use its default\./);
  expect(said("market", true)).toMatch(/Everybody has chosen\..*Everybody has chosen\./);
  expect(said("recap")).toMatch(/1 is not ready yet\. Once all are.*then policy.*Nobody has to choose/i);
  expect(said("recap", true)).toMatch(/Nobody has to choose.*then policy.*Nobody has to choose/i);
  expect(said("recap")).not.toMatch(/default|choosing/);
});

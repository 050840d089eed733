// What the host writes: nothing of it is lost behind something newer on a phone, and none of it stands on the wall.
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { afterEach, expect, test } from "vitest";
import { Message } from "../../src/host/message";
import { Happened, whenOf } from "../../src/parts/page/news";
import { Final } from "../../src/parts/results/standings";
import { borrowed, language } from "../../src/prefs";
import type { Line, Tree, WelcomeFrame, You } from "../../src/protocol/frames";
import { Lobby } from "../../src/seat/lobby/lobby";
import { RoomContext } from "../../src/store/context";
import { hold, letGo } from "../../src/store/kept/held_seats";
import type { DatedLine } from "../../src/store/log";
import { Room } from "../../src/store/room";
import { WallPage } from "../../src/wall/wall";
import { answered, FakeWorld, welcome } from "../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const toAll = (seq: number, text: string): Line => ({ text: "announced", seq, values: { text } });
const toOne = (seq: number, text: string): Line => ({ text: "messaged", seq, values: { text } });
const begun = (seq: number, phase: string): Line => ({ text: "phase_opened", seq, values: { season: 1, phase } });

const RUNNING: Tree = { game: { status: "running", season: 1, phase: "policy" } };

/**
 * Draw something of a room, one that runs unless told otherwise; return its server, and how it hears lines of the log.
 */
function shown(
  children: ComponentChildren,
  you: You,
  state: Tree = RUNNING,
  more: Partial<WelcomeFrame> = {},
): { world: FakeWorld; hear: (...lines: Line[]) => void } {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const table = { ...state, seat: { 1: { id: 1, role: "maker", by: "person" } } };
  world.last.say(welcome(table, {}, { you, ...more }));
  render(<RoomContext.Provider value={room}>{children}</RoomContext.Provider>);
  return {
    world,
    hear: (...lines) =>
      void act(() => world.last.say({ type: "update", seq: lines.at(-1)?.seq ?? 10, now: 1, log: lines })),
  };
}

const MINA: You = { kind: "seat", seat: 1, role: "maker" };
const band = (): string => document.querySelector(".happened .grow")?.textContent?.trim() ?? "";

/** Look the list through and close it; return what stood in it. */
function readAll(): (string | undefined)[] {
  fireEvent.click(document.querySelector(".happened") as HTMLElement);
  const listed = [...document.querySelectorAll("dialog li")].map((each) => each.textContent?.split(" · ")[0]?.trim());
  fireEvent.click(document.querySelector("dialog button") as HTMLElement);
  expect(document.querySelector("dialog")).toBeNull();
  return listed;
}

test("the newest word of the host's says how many it hides, until they have been read", () => {
  const { hear } = shown(<Happened />, MINA);
  hear(begun(11, "policy"), toAll(12, "Five minutes"));
  expect(band()).toBe("From the host: Five minutes");
  hear(toOne(13, "Try the garage"));
  expect(band()).toBe("The host to you: Try the garage 1 more from the host");
  hear(toAll(14, "Two minutes"));
  expect(band()).toBe("From the host: Two minutes 2 more from the host");
  expect(readAll()).toContain("From the host: Five minutes");
  expect(band()).toBe("From the host: Two minutes");
  hear(toAll(15, "Now"));
  expect(band()).toBe("From the host: Now");
  hear(toOne(16, "Well done"));
  expect(band()).toBe("The host to you: Well done 1 more from the host");
});

test("what was not read is counted until it has been, whatever phase it came in", () => {
  const { hear } = shown(<Happened />, MINA);
  hear(
    begun(11, "policy"),
    toAll(12, "Five minutes"),
    begun(13, "admission"),
    begun(14, "exchange"),
    toAll(15, "Two minutes"),
  );
  expect(band()).toBe("From the host: Two minutes 1 more from the host");
  hear(begun(16, "matching"), begun(17, "incubation"), {
    text: "level_bought",
    seq: 18,
    values: { space: 1, level: 2 },
  });
  expect(band()).toMatch(/ 2 more from the host$/);
  readAll();
  expect(band()).not.toContain("more from the host");
});

/** Load the page anew, in the same browser or after the server has come back with another history. */
function anew(epoch = 1, seq = 10): (...lines: Line[]) => void {
  cleanup();
  open?.close();
  return shown(<Happened />, MINA, RUNNING, { epoch, seq }).hear;
}

test("what was not read outlives a reload with its place in time, and once read it is no news again", () => {
  hold("seat", "K7QF234", "x", "Mina");
  const again = [toAll(2, "Good morning"), toAll(3, "We start at ten"), begun(20, "admission"), begun(30, "exchange")];
  anew(1, 30)(...again);
  expect(band()).toBe("From the host: We start at ten 1 more from the host");
  expect(open?.log.lines.value.slice(0, 2).map(whenOf)).toEqual(["Lobby", "Lobby"]);
  expect(readAll()).toContain("From the host: Good morning");
  anew(1, 30)(...again);
  expect(document.querySelector(".happened .line")).toBeNull();
});

test("a page that has kept no more of what was long ago does not take it for new", () => {
  const { world, hear } = shown(<Happened />, MINA);
  const said = Array.from({ length: 201 }, (_, index) => toAll(12 + index, `number ${index}`));
  hear(begun(11, "policy"), ...said);
  readAll();
  act(() => {
    world.last.close(1006);
    world.elapse();
    world.last.open();
    world.last.say(welcome(RUNNING, {}, { you: MINA, seq: 212 })); // the server has started anew
  });
  hear(begun(11, "policy"), ...said.slice(0, 1), ...said.slice(-19));
  expect(band()).toBe("From the host: number 200");
  expect(open?.log.lines.value.length).toBe(200);
});

test("what is told again of a run before is left there", () => {
  const { hear } = shown(
    <Happened />,
    MINA,
    { game: { status: "running", season: 2, phase: "policy" }, run: { number: 2, first_season: 2 } },
    { seq: 30 },
  );
  const anew = { ...begun(20, "policy"), values: { season: 2, phase: "policy" } };
  hear(toAll(2, "Good morning"), begun(3, "policy"), toAll(4, "A try"), anew, toAll(21, "Now it counts"));
  expect(band()).toBe("From the host: Now it counts");
  expect(readAll()).toEqual(["From the host: Now it counts"]);
});

test("what was read is not counted again after a reload, as long as the seat is the same", () => {
  const lines = [begun(11, "policy"), toAll(12, "Five minutes"), toOne(13, "Try the garage")];
  hold("seat", "K7QF234", "x", "Mina");
  shown(<Happened />, MINA).hear(...lines);
  readAll();
  const hear = anew();
  hear(...lines);
  expect(band()).toBe("The host to you: Try the garage");
  hear(toAll(14, "Two minutes"), toAll(15, "Now"));
  expect(band()).toBe("From the host: Now 1 more from the host");
  hold("seat", "K7QF234", "y"); // the server has given the seat a fresh token
  anew()(...lines);
  expect(band()).toBe("The host to you: Try the garage");
  anew(2)(...lines);
  expect(band()).toMatch(/ 1 more from the host$/);
  for (const forget of [() => letGo("seat", "K7QF234"), () => hold("seat", "K7QF234", "z", "Jun")]) {
    forget();
    anew()(...lines);
    expect(band()).toMatch(/ 1 more from the host$/);
  }
});

test("before the start and after the end the host's word stands there, and nothing else", async () => {
  const lobby = shown(<Lobby />, MINA, { game: { status: "lobby" } });
  expect(document.querySelector(".happened")).toBeNull();
  lobby.hear(toAll(11, "We start at ten"));
  await waitFor(() => expect(band()).toBe("From the host: We start at ten"));
  expect(whenOf(open?.log.lines.value[0] as DatedLine)).toBe("Lobby");
  language.value = "zh";
  await waitFor(() => expect(band()).toBe("主持人说：We start at ten"));
  language.value = "en";
  cleanup();
  open?.close();
  const end = shown(<Final />, MINA, { game: { status: "over", season: 1, phase: "over" } });
  end.hear(begun(11, "recap"), { text: "level_bought", seq: 12, values: { space: 1, level: 2 } });
  expect(document.querySelector(".happened")).toBeNull();
  end.hear(toOne(13, "Well played"));
  expect(band()).toBe("The host to you: Well played");
});

test("a message to everyone is not on the wall", async () => {
  const { hear } = shown(<WallPage />, { kind: "watcher", seat: 0, role: "" });
  hear(begun(11, "policy"), toAll(12, "Five minutes"));
  expect(open?.log.lines.value.map((line) => line.text)).toContain("announced");
  expect(document.querySelector(".wall")?.textContent).toContain("Policy");
  expect(document.body.textContent).not.toContain("Five minutes");
  cleanup();
  await waitFor(() => expect(borrowed.value).toBe(false)); // the wall has given back how the page looked
});

test("the console says what reaches whom: who writes to everyone, that it is not on the wall", async () => {
  const { world } = shown(<Message />, { kind: "host", seat: 0, role: "" });
  fireEvent.input(screen.getByLabelText("Message to all phones"), { target: { value: "Five minutes" } });
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(world.last.commands()).toMatchObject([{ name: "host.announce", args: { text: "Five minutes" } }]);
  answered(world);
  await screen.findByText("Sent to all phones; the wall shows no messages.");
});

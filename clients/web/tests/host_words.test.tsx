// What the host writes: nothing of it is lost behind something newer on a phone, and none of it stands on the wall.
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { afterEach, expect, test } from "vitest";
import { Message } from "../src/host/message";
import { borrowed } from "../src/prefs";
import type { Line, You } from "../src/protocol/frames";
import { Happened } from "../src/seat/happened";
import { RoomContext } from "../src/store/context";
import { Room } from "../src/store/room";
import { WallPage } from "../src/wall/wall";
import { FakeWorld, welcome } from "./fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const toAll = (seq: number, text: string): Line => ({ text: "announced", seq, values: { text } });
const toOne = (seq: number, text: string): Line => ({ text: "messaged", seq, values: { text } });
const begun = (seq: number, phase: string): Line => ({ text: "phase_opened", seq, values: { season: 1, phase } });

/** Draw something of a room that runs; return its server, and how it hears lines of the log. */
function shown(children: ComponentChildren, you: You): { world: FakeWorld; hear: (...lines: Line[]) => void } {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const table = { game: { status: "running", season: 1, phase: "policy" }, seat: { 1: { id: 1, role: "maker", by: "person" } } };
  world.last.say(welcome(table, {}, { you }));
  render(<RoomContext.Provider value={room}>{children}</RoomContext.Provider>);
  return { world, hear: (...lines) => void act(() => world.last.say({ type: "update", seq: lines.at(-1)?.seq ?? 10, now: 1, log: lines })) };
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

test("what was written before the phase before this one is not counted any more", () => {
  const { hear } = shown(<Happened />, MINA);
  hear(begun(11, "policy"), toAll(12, "Five minutes"), begun(13, "admission"), begun(14, "exchange"), toAll(15, "Two minutes"));
  expect(band()).toBe("From the host: Two minutes");
});

test("a message to everyone is not on the wall", async () => {
  const { hear } = shown(<WallPage />, { kind: "watcher", seat: 0, role: "" });
  hear(begun(11, "policy"), toAll(12, "Five minutes"));
  expect(open?.lines.value.map((line) => line.text)).toContain("announced");
  expect(document.querySelector(".wall")?.textContent).toContain("Policy");
  expect(document.body.textContent).not.toContain("Five minutes");
  cleanup();
  await waitFor(() => expect(borrowed.value).toBe(false)); // the wall has given back how the page looked
});

test("the console says what reaches whom: who writes to everyone, that it is not on the wall", async () => {
  const { world } = shown(<Message />, { kind: "host", seat: 0, role: "" });
  fireEvent.input(screen.getByLabelText("Message to all phones"), { target: { value: "Five minutes" } });
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  const [sent] = world.last.commands();
  expect(sent).toMatchObject({ name: "host.announce", args: { text: "Five minutes" } });
  world.last.say({ type: "result", id: (sent as { id: string }).id, ok: true, seq: 11, now: 1 });
  await screen.findByText("Sent to all phones; the wall shows no messages.");
});

// What somebody reads who was away: what happened meanwhile and touches the seat, and nothing else.
import { act, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import type { Line } from "../../../src/protocol/frames";
import { Away } from "../../../src/seat/around/away";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const written = (seq: number, text: string): Line => ({ text: "messaged", seq, values: { text } });
const opened = (seq: number): Line => ({ text: "phase_opened", seq, values: { season: 1, phase: "admission" } });

/** Come back at command 13, having been told nothing, and hear these lines then. */
function back(...log: Line[]): (line: Line) => void {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome({ game: { status: "running", season: 1, phase: "admission" } }, {}, { seq: 13 }));
  room.away.value = { after: 0, until: 13 };
  const hear = (...lines: Line[]): void =>
    world.last.say({ type: "update", seq: lines.at(-1)?.seq ?? 13, now: 1, log: lines });
  hear(...log);
  render(<RoomContext.Provider value={room}>{<Away />}</RoomContext.Provider>);
  return (line) => void act(() => hear(line));
}

const listed = (): (string | null)[] => [...document.querySelectorAll("dialog li")].map((each) => each.textContent);

test("what happens after the return is not what was missed", () => {
  const hear = back(opened(11), written(12, "Well done"));
  hear(written(14, "Afterwards"));
  expect(listed()).toEqual(["Season 1: Admission.", "The host to you: Well done"]);
});

test("nothing lies over the question where nothing touches the seat, then or later", () => {
  const hear = back(opened(11));
  hear(written(14, "Afterwards"));
  expect(document.querySelector("dialog")).toBeNull();
});

// What a maker means to do next is chosen when the venture closes, and asked for in the admission that follows.
import { act, render } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { useAskAsMeant, useMeant } from "../../../src/seat/phases/start_over";
import { RoomContext } from "../../../src/store/context";
import type { Room } from "../../../src/store/room";
import { roomOf } from "../../rig/rooms";

const CLOSED_IN_1 = { game: { season: 1, phase: "appraisal" } };
const ADMISSION_2 = { game: { season: 2, phase: "admission" } };

function mayAsk(...ventures: number[]): object {
  return { legal: { ask_to_join: { properties: { venture: { enum: ventures } } } } };
}

/** Draw something in a room; return the room, and what it has sent. */
function drawn(Page: () => null, table: object, hand: object = {}): { room: Room; sent: unknown[][] } {
  const room = roomOf(table, hand, { kind: "seat", seat: 1, role: "maker" });
  const sent: unknown[][] = [];
  vi.spyOn(room, "send").mockImplementation(async (...command) => {
    sent.push(command);
    return { ok: true };
  });
  render(
    <RoomContext.Provider value={room}>
      <Page />
    </RoomContext.Provider>,
  );
  return { room, sent };
}

let meant: ReturnType<typeof useMeant> | undefined;

function Closing(): null {
  meant = useMeant();
  return null;
}

function Asking(): null {
  useAskAsMeant();
  return null;
}

function mean(venture: number): void {
  drawn(Closing, CLOSED_IN_1);
  act(() => meant?.[1](venture));
}

test("what is meant holds over a reload, in its own season alone", () => {
  mean(7);
  expect(meant?.[0]).toBe(7);
  drawn(Closing, CLOSED_IN_1);
  expect(meant?.[0]).toBe(7);
  drawn(Closing, ADMISSION_2);
  expect(meant?.[0]).toBeUndefined();
});

test("in the next admission the place in the team is asked for, once", () => {
  mean(7);
  expect(drawn(Asking, ADMISSION_2, mayAsk(6, 7)).sent).toEqual([["ask_to_join", { venture: 7 }]]);
  expect(drawn(Asking, ADMISSION_2, mayAsk(6, 7)).sent).toEqual([]);
});

test("as long as nobody may ask, what is meant waits", () => {
  mean(7);
  const { room, sent } = drawn(Asking, ADMISSION_2);
  expect(sent).toEqual([]);
  act(() => room.view.replace(ADMISSION_2, mayAsk(7) as never));
  expect(sent).toEqual([["ask_to_join", { venture: 7 }]]);
});

test.each([
  ["the team is not open", ADMISSION_2, 7, [6]],
  ["it founds again", ADMISSION_2, 0, [6, 7]],
  ["a season has passed", { game: { season: 3, phase: "admission" } }, 7, [7]],
])("nothing is asked for where %s", (_, table, venture, open) => {
  mean(venture);
  expect(drawn(Asking, table, mayAsk(...open)).sent).toEqual([]);
});

// How seats stand for the one who looks after all of them, and which of them a filter leaves.
import { expect, test } from "vitest";
import { NO_FILTER } from "../../../src/host/seats/filter";
import { kept } from "../../../src/host/seats/filters";
import { byRole } from "../../../src/host/seats/seat_list";
import { inPlace, minutesAway, playedBy, rowsOf, stateOf } from "../../../src/host/seats/seat_states";
import type { Seat } from "../../../src/store/entities";
import { roomOf, viewOf } from "../../rig/rooms";

test("nobody waits for a seat whose people are away, a stand-in or not", () => {
  const view = viewOf({
    game: { status: "running" },
    seat: {
      1: { id: 1, by: "person", ready: false },
      2: { id: 2, by: "bot", seen: 5, ready: false },
      3: { id: 3, by: "away", ready: false },
      4: { id: 4, by: "person", ready: true },
    },
  });
  expect(view.all("seat").map((seat) => stateOf(view, seat))).toEqual(["waiting", "away", "away", "ready"]);
});

const CLASS = {
  game: { status: "running" },
  seat: {
    1: { id: 1, role: "maker", by: "person", ready: true, name: "Mina" },
    2: { id: 2, role: "maker", by: "person", ready: false, name: "Bo" },
    3: { id: 3, role: "investor", by: "away", ready: false, name: "Ada", seen: 5 },
    4: { id: 4, role: "operator", ready: false },
    5: { id: 5, role: "maker", by: "person", ready: true, name: "Kai" },
    6: { id: 6, role: "maker", by: "person", ready: true, name: "Jun" },
  },
};
const ASKED = { ask: { 5: { what: "time" }, 6: { what: "help" } } };

test("who asks for something is on top, help first, then who is away, who thinks, who is ready, what is free", () => {
  const rows = rowsOf(viewOf(CLASS, ASKED));
  expect(rows.map(({ seat, state }) => [seat.id, state])).toEqual([
    [6, "help"],
    [5, "time"],
    [3, "away"],
    [2, "waiting"],
    [1, "ready"],
    [4, "free"],
  ]);
});

test("seats of one state stand in the order of their numbers, and before the start nobody waits for anybody", () => {
  const rows = rowsOf(viewOf({ ...CLASS, game: { status: "lobby" } }));
  expect(rows.map(({ seat, state }) => [seat.id, state])).toEqual([
    [3, "away"],
    [1, "here"],
    [2, "here"],
    [5, "here"],
    [6, "here"],
    [4, "free"],
  ]);
});

test.each([
  [{ state: "wants" }, [6, 5]],
  [{ state: "away" }, [3]],
  [{ role: "investor" }, [3]],
  [{ text: " mI" }, [1]],
  [{ text: "02" }, [2]],
  [{ state: "ready", text: "bo" }, []],
  [{}, [6, 5, 3, 2, 1, 4]],
])("of a class the filter %o leaves the seats %o", (filter, seats) => {
  const view = viewOf(CLASS, ASKED);
  const left = rowsOf(view).filter((row) => kept(view, row, { ...NO_FILTER, ...filter }));
  expect(left.map(({ seat }) => seat.id)).toEqual(seats);
});

test("a bot that plays for people who are gone or do nothing is a stand-in", () => {
  const seat = (more: object): Seat => ({ id: 1, role: "maker", ready: false, ...more }) as Seat;
  const all = [{ by: "person" }, { by: "bot" }, { by: "bot", seen: 5 }, { by: "bot", here: true }, {}];
  const played = all.map((more) => playedBy(seat(more)));
  expect(played).toEqual(["person", "bot", "stand_in", "stand_in", "nobody"]);
});

test("an absence is told in steps of one, two, five and ten minutes, by the server's clock", () => {
  const room = roomOf(CLASS);
  const seat = { id: 3, seen: 1_000_000 } as Seat;
  expect(minutesAway(room, seat)).toBeUndefined(); // no frame has told what time it is
  const after = (minutes: number): number | undefined => {
    room.clock.reset();
    room.clock.hear(1_000_000 + minutes * 60_000);
    return minutesAway(room, seat);
  };
  expect([0.5, 1, 4, 5, 12].map(after)).toEqual([0, 1, 2, 5, 10]);
  expect(minutesAway(room, { id: 1 } as Seat)).toBeUndefined();
});

test("side by side each role has its exceptions on top, and whoever is ready keeps the place", () => {
  const parts = byRole(inPlace(rowsOf(viewOf(CLASS, ASKED))));
  expect(parts.map((part) => part.map(({ seat }) => seat.id))).toEqual([[6, 5, 1, 2], [3], [4]]);
});

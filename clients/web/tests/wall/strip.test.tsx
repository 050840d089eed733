import { act, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomContext } from "../../src/store/context";
import { stillChoosing } from "../../src/store/presence";
import { birthsIn, envelopesOf, isNegotiated, Strip } from "../../src/wall/strip";
import { inRoom } from "../rig/in_room";
import { roomOf, viewOf } from "../rig/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function tableOf(ready: number, phase = "market"): object {
  const seats = Array.from({ length: 12 }, (_, at) => ({ id: at + 1, role: "maker", ready: at < ready }));
  return {
    game: { status: "running", season: 1, phase },
    seat: Object.fromEntries(seats.map((seat) => [seat.id, seat])),
  };
}

test("counts change at most once in two seconds, within two seconds of what happens, and at once with a phase", () => {
  const room = roomOf(tableOf(0));
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Strip />
    </RoomContext.Provider>,
  );
  const waiting = () => Number([...container.querySelectorAll(".strip-figure")].at(-1)?.textContent);
  void act(() => void vi.advanceTimersByTime(2500));
  const seen: number[] = [];
  for (let ready = 1; ready <= 8; ready += 1) {
    void act(() => room.view.replace({ ...tableOf(ready) }, {}));
    void act(() => void vi.advanceTimersByTime(500));
    seen.push(waiting());
  }
  expect(new Set(seen).size).toBe(3); // of eight, in four seconds
  void act(() => void vi.advanceTimersByTime(2000));
  expect(waiting()).toBe(4);
  void act(() => room.view.replace({ ...tableOf(0, "appraisal") }, {}));
  expect(waiting()).toBe(12);
});

test("the wall counts as still choosing whom the console counts: nobody who has no role yet", () => {
  const seats = [
    { id: 1, role: "maker", ready: true },
    { id: 2, role: "maker" },
    { id: 3, role: "waiting" },
  ];
  const room = roomOf({
    game: { status: "running", season: 1, phase: "market" },
    seat: Object.fromEntries(seats.map((seat) => [seat.id, seat])),
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Strip />
    </RoomContext.Provider>,
  );
  expect([...container.querySelectorAll(".strip-figure")].at(-1)?.textContent).toBe("1");
  expect(stillChoosing(room.view).map(({ id }) => id)).toEqual([2]);
});

test("while the world's cards lie there it is seen too who is still choosing", () => {
  const { container } = render(
    <RoomContext.Provider value={roomOf({ ...tableOf(9, "policy"), sector: { food: { name: "food", demand: 900 } } })}>
      <Strip />
    </RoomContext.Provider>,
  );
  expect(container.querySelector(".strip-demand")?.textContent).toContain("900");
  expect([...container.querySelectorAll(".strip-figure")].map((each) => each.textContent)).toEqual(["3"]);
});

test("in the recap nobody chooses, and the wall waits for those who have not said that they are done", () => {
  const strip = (ready: number, room = {}): string =>
    render(<Strip />, { wrapper: inRoom(roomOf({ ...tableOf(ready, "recap"), room })) }).container.textContent ?? "";
  expect(strip(9)).toContain("waiting for 3");
  expect(strip(9, { pace: "host" })).not.toContain("waiting");
  expect(strip(9) + strip(12)).not.toMatch(/choosing|waiting for 0/);
});

test("births are those of the season, also of ventures that have closed", () => {
  const view = viewOf({
    venture: {
      1: { id: 1, born: true, closed: "insolvent" },
      2: { id: 2, born: true },
      3: { id: 3, born: true },
      4: { id: 4, born: false },
    },
    figures: { 1: { season: 1, values: { births: 2 } }, 2: { season: 2, values: { births: 1 } } },
  });
  expect([birthsIn(view, 2), birthsIn(view, 3)]).toEqual([1, 0]);
});

test("as many envelopes hang on the cord as offers are told, and none where their number is not", () => {
  const told = (open: number | string) => envelopesOf(viewOf({ on_the_way: { open, signed: 0 } }));
  expect([told(0), told("some"), told(3), told(17)]).toEqual([0, 0, 3, 17]);
  expect([isNegotiated(viewOf({ on_the_way: { open: 0, signed: 0 } })), isNegotiated(viewOf({}))]).toEqual([
    true,
    false,
  ]);
});

test("a table that is done and waits for the class's others says so, instead of a count of nobody", () => {
  const { container } = render(
    <RoomContext.Provider value={roomOf({ ...tableOf(12), room: { waits: true } })}>
      <Strip />
    </RoomContext.Provider>,
  );
  expect(container.textContent).toContain("waits for the other tables");
  expect(container.textContent).not.toContain("still choosing");
});

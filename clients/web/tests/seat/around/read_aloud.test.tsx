// What is read aloud to a seat of what the host writes, before the game is played.
import { act, render } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { LiveRegions, say } from "../../../src/parts/page/live_regions";
import { FromHost } from "../../../src/seat/around/read_aloud";
import { RoomContext } from "../../../src/store/context";
import { welcome } from "../../rig/fake_socket";
import { roomsInFakeTime } from "../../rig/timed_room";

const enter = roomsInFakeTime();

test("what the host writes in the lobby is read aloud, also when its words come later; what stood there is not", () => {
  const { world, room } = enter(welcome({ game: { status: "lobby" } }));
  const regions = render(<LiveRegions />).container;
  const write = (seq: number, text: string): void =>
    void act(() =>
      world.last.say({ type: "update", seq, now: 1, log: [{ text: "announced", seq, values: { text } }] }),
    );
  const sit = (since: number) =>
    render(<RoomContext.Provider value={room}>{<FromHost since={since} />}</RoomContext.Provider>);
  const spoken = (): string | null | undefined => {
    void act(() => void vi.advanceTimersByTime(9000));
    return regions.querySelector("[aria-live=polite]")?.textContent;
  };
  say("Something else");
  write(11, "Good morning");
  const { unmount } = sit(1);
  expect(spoken()).toBe("Something else");
  unmount();
  write(12, "We start at ten");
  sit(1);
  expect(spoken()).toBe("From the host: We start at ten");
  write(13, "In a minute");
  expect(spoken()).toBe("From the host: In a minute");
});

test("of what is told again after a reload, words of long ago are not read aloud", () => {
  const { world, room } = enter(
    welcome({ game: { status: "running", season: 1, phase: "exchange" } }, {}, { seq: 22 }),
  );
  const regions = render(<LiveRegions />).container;
  render(<RoomContext.Provider value={room}>{<FromHost since={0} />}</RoomContext.Provider>);
  const said = (seq: number, text: string) => ({ text: "announced", seq, values: { text } });
  const begun = (seq: number, phase: string) => ({ text: "phase_opened", seq, values: { season: 1, phase } });
  void act(() =>
    world.last.say({
      type: "update",
      seq: 22,
      now: 1,
      log: [said(2, "Good morning"), begun(20, "admission"), begun(21, "exchange"), said(22, "Two minutes")],
    }),
  );
  void act(() => void vi.advanceTimersByTime(100)); // the first of what waits to be said
  expect(regions.querySelector("[aria-live=polite]")?.textContent).toBe("From the host: Two minutes");
});

test("a line about the seat that listens says you, and never its own name", () => {
  const seats = { 1: { id: 1, role: "maker", name: "Ana" }, 2: { id: 2, role: "maker", name: "Jun" } };
  const { world, room } = enter(welcome({ game: { status: "running", season: 1, phase: "exchange" }, seat: seats }));
  const regions = render(<LiveRegions />).container;
  render(<RoomContext.Provider value={room}>{<FromHost since={0} />}</RoomContext.Provider>);
  const spoken = (seq: number, text: string, values: Record<string, string | number>): string | null | undefined => {
    void act(() => world.last.say({ type: "update", seq, now: 1, log: [{ text, seq, values }] }));
    void act(() => void vi.advanceTimersByTime(3000));
    return regions.querySelector("[aria-live=polite]")?.textContent;
  };
  expect(spoken(11, "skill_learnt", { maker: 1, skill: "network" })).toMatch(/^You learnt /);
  expect(spoken(12, "exchange_proposed", { maker: 2, seat: 1 })).toBe("Jun asked you for an exchange.");
});

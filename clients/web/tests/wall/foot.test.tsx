// The last row of the wall beside a scene: whom the room waits for, and how much of that scene is still to come.
import { act, cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { borrowed } from "../../src/prefs";
import { WallPage } from "../../src/wall/wall";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

afterEach(() => {
  cleanup();
  borrowed.value = false;
});

test.each([
  [1, "waiting for 1"],
  [2, ""],
])("of two people %d are ready: %s", (ready, said) => {
  const seat = (id: number) => ({ id, role: "maker", by: "person", ready: id <= ready });
  const room = roomOf({
    game: { status: "running", season: 1, phase: "policy" },
    show: { scene: "world" },
    seat: { 1: seat(1), 2: seat(2) },
  });
  act(() => void render(<WallPage />, { wrapper: inRoom(room) }));
  expect(document.querySelector(".wall-foot .waiting")?.textContent ?? "").toBe(said);
});

const TABLE = {
  game: { status: "running", season: 1, seasons: 2, phase: "exchange" },
  venture: { 1: { id: 1, lead: 1, founded: 1, stage: 0, sector: "city" } },
  space: { 9: { id: 9 } },
  investor: { 2: { seat: 2, badges: [9] } },
};
const ENTRIES = { scene: "entries", step: 0 };

test.each([
  ["the scene itself", { show: ENTRIES }, true],
  ["answers", { show: ENTRIES, answers: { season: 0, question: "end_outside", words: ["nowhere"] } }, false],
  ["what the class talks about", { show: { ...ENTRIES, talk: "exchange" } }, false],
])("more to reveal stands below %s", (_name, more, told) => {
  const room = roomOf({ ...TABLE, ...more });
  act(() => void render(<WallPage />, { wrapper: inRoom(room) }));
  expect(screen.queryByText("1 more to reveal") !== null).toBe(told);
});

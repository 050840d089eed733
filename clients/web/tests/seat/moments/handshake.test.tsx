// A hand that is held out, and one that was met: a button, a card, and a line in one's own story.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { MomentCard, sentenceOf } from "../../../src/seat/moments/cards/all";
import { HoldOut } from "../../../src/seat/moments/cards/handshake";
import { handshakes } from "../../../src/seat/moments/found/handshake";
import { ownStory } from "../../../src/seat/moments/own_story";
import { load } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeAll(() => load("en"));
afterEach(() => void vi.useRealTimers());

const YOU = { kind: "seat", seat: 1, role: "maker" } as const;
const table = (by: string) => ({ seat: { 2: { id: 2, role: "investor", ready: false, name: "Ben", by } } }) as never;
const SHAKE = { legal: { shake: { type: "object" } } };

test("who has signed with a person may hold out a hand, for ten seconds", async () => {
  vi.useFakeTimers();
  const room = roomOf(table("person"), SHAKE, YOU);
  const send = vi.spyOn(room, "send").mockResolvedValue({ ok: true } as never);
  render(<HoldOut to={2} />, { wrapper: inRoom(room) });
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Shake hands with Ben" })));
  expect(send).toHaveBeenCalledWith("shake", { seat: 2 });
  expect(screen.getByRole("status").textContent).toBe("Your hand is out. Ben has ten seconds.");
  act(() => void vi.advanceTimersByTime(10_000));
  expect(screen.getByRole("status").textContent).toBe("Did you agree on it in person? Both press within ten seconds.");
  act(() => void vi.advanceTimersByTime(30_000));
});

test("whose hand was met is not asked again, in this season", () => {
  const room = roomOf({ ...(table("person") as object), game: { season: 1 } }, SHAKE, YOU);
  const met = {
    kind: "handshake",
    id: "1.matching.hand.2",
    season: 1,
    phase: "matching",
    full: false,
    whom: 2,
  } as const;
  ownStory(room).told.value = [met];
  render(<HoldOut to={2} />, { wrapper: inRoom(room) });
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByText("You and Ben shook hands.")).toBeTruthy();
});

test("nobody shakes hands with a bot", () => {
  render(<HoldOut to={2} />, { wrapper: inRoom(roomOf(table("bot"), SHAKE, YOU)) });
  expect(screen.queryByRole("button")).toBeNull();
});

test("a hand that was met is a card and a sentence of one's own story, of the phase in which it was met", () => {
  const room = roomOf(table("person"), {}, YOU);
  const lines = [{ text: "deal_signed" }, { text: "shook_hands", values: { seat: 2 } }] as never;
  const asked = { lines, before: { season: 1, phase: "matching" }, now: { season: 1, phase: "incubation" } };
  const [moment] = handshakes(asked as never);
  expect(moment).toMatchObject({ id: "1.matching.hand.2", whom: 2, full: false });
  if (!moment) throw new Error("no moment");
  expect(sentenceOf(room, moment)).toBe("You and Ben shook hands.");
  render(<MomentCard moment={moment} />, { wrapper: inRoom(room) });
  expect(screen.getByRole("heading").textContent).toBe("You and Ben shook hands.");
});

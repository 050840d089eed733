// What counts of a sealed choice as things stand, and what a command would change.
import { act, renderHook } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chosenArgs, sealedArgs, useAct, useForesight, useSealed } from "../../../src/seat/question/choices";
import type { Room } from "../../../src/store/room";
import { hookIn, inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const GAME = { game: { season: 1, phase: "market" }, account: { "maker:1": { name: "maker:1", balance: 20 } } };

const SEAT = { kind: "seat", seat: 1, role: "maker" };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  act(() => void vi.advanceTimersByTime(30_000)); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

function roomWith(choices: object, hand: object = {}): Room {
  return roomOf({ ...GAME, choice: choices }, hand, SEAT);
}

const CHOICES = {
  1: { seat: 1, command: "set_price", args: { venture: 7, price: "low" } },
  2: { seat: 1, command: "set_price", args: { venture: 8, price: "high" } },
  3: { seat: 2, command: "set_reserve", args: { venture: 7, reserve: 5 } },
  4: { seat: 1, command: "rate", args: { rating: 3 }, by_default: true },
};

test("a choice is known by its arguments, by its seat, and not where nobody made it", () => {
  const room = roomWith(CHOICES);
  expect(sealedArgs(room, "set_price", { venture: 8 })).toEqual({ venture: 8, price: "high" });
  expect(sealedArgs(room, "set_price", { venture: 9 })).toBeUndefined();
  expect([sealedArgs(room, "set_reserve"), sealedArgs(room, "rate")]).toEqual([undefined, undefined]);
});

test("the draft counts, before it what is sealed, before that what the server would do", () => {
  const hand = { default: { set_price: { venture: 9, price: "fair" } } };
  const of = (venture: number) => hookIn(roomWith(CHOICES, hand), () => useSealed("set_price", { venture })).result;
  expect(of(9).current).toMatchObject({ value: { price: "fair" }, own: false });
  expect(of(6).current).toMatchObject({ value: undefined, own: false });
  const sealed = of(7);
  expect(sealed.current).toMatchObject({ value: { price: "low" }, own: true });
  act(() => sealed.current.set({ price: "high" }));
  expect(sealed.current).toMatchObject({ value: { venture: 7, price: "high" }, own: true });
});

test("of several of one command, what the close does for this one counts", () => {
  const venture = { 7: { id: 7, reserve: 30 } };
  const room = roomOf({ ...GAME, venture }, { default: { "set_reserve:7": { venture: 7, reserve: 0 } } }, SEAT);
  const { current } = hookIn(room, () => useSealed("set_reserve", { venture: 7 })).result;
  expect([current.value, current.own]).toEqual([{ venture: 7, reserve: 0 }, false]);
});

test("what is left to give counts what has been chosen and has not gone out yet", () => {
  const room = roomWith({ 1: { seat: 1, command: "workshop", args: { venture: 7, track: "business", hours: 3 } } });
  const hours = (track: string) => chosenArgs(room, "workshop", { venture: 7, track })?.["hours"];
  hookIn(room, () => useSealed("workshop", { venture: 7, track: "customers" })).result.current.set({ hours: 2 });
  expect([hours("business"), hours("customers"), hours("technology")]).toEqual([3, 2, undefined]);
});

test("a command at once says whether it was accepted, and a refusal stays until the next one", async () => {
  const room = roomWith({});
  const failure = { code: "not_now", message: "Not now." };
  const send = vi
    .spyOn(room, "send")
    .mockResolvedValueOnce({ ok: false, error: failure })
    .mockResolvedValue({ ok: true });
  const { result } = hookIn(room, useAct);
  let accepted: boolean | undefined;
  await act(async () => {
    accepted = await result.current.act("grant", { venture: 7 });
  });
  expect([accepted, result.current.failure, send.mock.calls[0]]).toEqual([false, failure, ["grant", { venture: 7 }]]);
  await act(async () => {
    accepted = await result.current.act("grant");
  });
  expect([accepted, result.current.failure]).toEqual([true, undefined]);
});

test("a refusal is of what was entered, and goes when something else is", async () => {
  const room = roomWith({});
  vi.spyOn(room, "send").mockResolvedValue({ ok: false, error: { code: "rule", message: "At least 20." } });
  const { result, rerender } = renderHook(({ credits }) => useAct({ credits }), {
    initialProps: { credits: 0 },
    wrapper: inRoom(room),
  });
  await act(async () => void (await result.current.act("send_terms", { credits: 0 })));
  expect(result.current.failure?.message).toBe("At least 20.");
  rerender({ credits: 80 });
  expect(result.current.failure).toBeUndefined();
});

/** Return what is foreseen once the server has answered so. */
async function foreseen(answer: unknown, hand: object = { legal: { grant: {} } }) {
  const room = roomWith({}, hand);
  const preview = vi.spyOn(room, "preview").mockResolvedValue(answer as never);
  const { result } = hookIn(room, () => useForesight("grant", { venture: 7 }));
  expect(result.current).toBeUndefined();
  await act(async () => void (await vi.advanceTimersByTimeAsync(400)));
  return { result: result.current, asked: preview.mock.calls.length };
}

test("what a command would change is asked of the server, and lies over the table only there", async () => {
  const { result, asked } = await foreseen({ table: { account: { "maker:1": { balance: 5 } } } });
  expect([asked, result?.before.credits, result?.after.credits, result?.failure]).toEqual([1, 20, 5, undefined]);
});

test("a refusal changes nothing, and what a seat may not do is not asked", async () => {
  const failure = { code: "too_dear", message: "Too dear." };
  const { result } = await foreseen(failure);
  expect([result?.after.credits, result?.failure]).toEqual([20, failure]);
  expect(await foreseen({}, {})).toEqual({ result: undefined, asked: 0 });
});

const bought = (after: number) => ({ table: { account: { "maker:1": { balance: after } } } });
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test("what was foreseen is old as soon as the state has moved, keeps its own figures, and is asked again", async () => {
  const room = roomWith({}, { legal: { grant: {} } });
  const preview = vi.spyOn(room, "preview").mockResolvedValueOnce(bought(5)).mockResolvedValueOnce(bought(0));
  const { result } = hookIn(room, () => useForesight("grant", { venture: 7 }));
  await pass(400);
  await act(async () => room.view.patch({ account: { "maker:1": { balance: 9 } } }, undefined));
  const old = result.current;
  expect([old?.isOld, old?.before.credits, old?.after.credits]).toEqual([true, 20, 5]);
  await pass(400);
  const { isOld, before, after } = result.current ?? {};
  expect([preview.mock.calls.length, isOld, before?.credits, after?.credits]).toEqual([2, false, 9, 0]);
});

test("what others move is asked about again too, but not for each of their moves", async () => {
  const room = roomWith({}, { legal: { grant: {} } });
  const preview = vi.spyOn(room, "preview").mockResolvedValue(bought(5));
  const { result } = hookIn(room, () => useForesight("grant", { venture: 7 }));
  await pass(400);
  for (let move = 0; move < 10; move += 1) {
    await act(async () => {
      room.moves.value += 1;
    });
    await pass(100);
  }
  expect([preview.mock.calls.length, result.current?.isOld]).toEqual([1, false]);
  await pass(600);
  expect(preview).toHaveBeenCalledTimes(2);
  await pass(5000);
  expect(preview).toHaveBeenCalledTimes(2);
});

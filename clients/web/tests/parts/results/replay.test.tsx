// A room of the past: the table and the hand of then, the names of today, and nothing that can be sent from it.
import { act, render } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { type Past, type Stop, usePast, useStops } from "../../../src/parts/results/replay/replay_data";
import { next, previous, REPLAY, replayLength, scenesOf } from "../../../src/parts/results/scenes";
import { RoomContext } from "../../../src/store/context";
import { hold } from "../../../src/store/kept/held_seats";
import type { Room } from "../../../src/store/room";
import { hookIn } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  replayLength.value = Infinity; // as on a page that has asked for no list of phases
});

const SEAT = { kind: "seat", seat: 1, role: "maker" } as const;
const TODAY = {
  game: { status: "over" },
  seat: { 1: { id: 1, role: "maker", name: "Mina", by: "person", ready: true } },
};
const STOP = {
  ...{ step: 2, of: 9, season: 1, phase: "exchange" },
  table: { game: { status: "running", season: 1, phase: "exchange" }, seat: { 1: { id: 1, role: "maker" } } },
};

/** Serve answers to what is asked for, in turn, and return what was asked with which token. */
function serve(...answers: readonly (readonly [status: number, body: object])[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string, { headers }: { headers: { Authorization?: string } }) => {
    const [status, body] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, {}];
    asked.push(`${path} ${headers.Authorization ?? ""}`.trim());
    return Promise.resolve({ ok: status === 200, status, json: () => Promise.resolve(body) });
  });
  return asked;
}

async function pastOf(room: Room, step = 2): Promise<{ past?: Past; failure?: { message: string } }> {
  let found: ReturnType<typeof usePast> = {};
  function Shows() {
    found = usePast(step);
    return null;
  }
  render(
    <RoomContext.Provider value={room}>
      <Shows />
    </RoomContext.Provider>,
  );
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  return found;
}

test("a seat shows its own hand of then with today's names, and sends nothing", async () => {
  hold("seat", "K7QF234", "own-token");
  const hand = { id: 1, maker: { 1: { seat: 1, ambition: "craft" } } };
  const asked = serve([200, { ...STOP, hand }]);
  const { past } = await pastOf(roomOf(TODAY, {}, SEAT));
  expect(asked).toEqual(["api/rooms/K7QF234/replay/2 Bearer own-token"]);
  expect(past?.isMine).toBe(true);
  expect(past?.room.view.find("seat", 1)).toEqual({ id: 1, role: "maker", name: "Mina", by: "person" });
  expect(past?.room.view.find("maker", 1)?.ambition).toBe("craft");
  expect(past?.room.game.value.phase).toBe("exchange");
  expect(await past?.room.send("ready", { ready: true })).toMatchObject({ ok: false });
});

test("a wall asks without a token, and a seat without a hand of then looks on", async () => {
  const asked = serve([200, STOP]);
  const { past } = await pastOf(roomOf(TODAY));
  expect(asked).toEqual(["api/rooms/K7QF234/replay/2"]);
  expect(past?.isMine).toBe(false);
  expect(past?.room.you.value?.kind).toBe("watcher");
});

test("what was asked too fast is asked again by itself, and what cannot be had is told", async () => {
  vi.useFakeTimers();
  const asked = serve([429, {}], [200, STOP]);
  const shown = await pastOf(roomOf(TODAY));
  expect(shown.past).toBeUndefined();
  await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
  expect(asked).toHaveLength(2);
  serve([409, { error: { code: "rule", message: "The game is still on." } }]);
  expect((await pastOf(roomOf(TODAY))).failure?.message).toBe("The game is still on.");
});

test("the replay is a scene of the end that nothing leads into by itself", () => {
  const at = (step: number) => roomOf({ game: { status: "over" }, show: { scene: REPLAY, step } });
  expect(scenesOf(at(0))).toContain(REPLAY);
  expect(next(at(0))).toEqual({ scene: REPLAY, step: 1 });
  expect(previous(at(1))).toEqual({ scene: REPLAY, step: 0 });
  expect(next(roomOf({ game: { status: "over" }, show: { scene: "proof", step: 1, opened: 3 } }))).toBeUndefined();
});

async function listIn(code: string): Promise<() => readonly Stop[] | undefined> {
  const room = roomOf(TODAY);
  room.code.value = code;
  const { result } = hookIn(room, useStops);
  for (let turn = 0; turn < 20; turn += 1) await act(() => Promise.resolve());
  return () => result.current;
}

test("the list of the phases is asked for again where it came too early", async () => {
  vi.useFakeTimers();
  const asked = serve([503, {}], [200, { stops: [{ season: 1, phase: "policy" }] }]);
  const stops = await listIn("EARLY22");
  expect(stops()).toBeUndefined();
  await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
  expect(asked).toEqual(["api/rooms/EARLY22/replay", "api/rooms/EARLY22/replay"]);
  expect(stops()).toEqual([{ season: 1, phase: "policy" }]);
});

test("how many phases there are is not what another room's replay had", async () => {
  serve([200, { stops: [{ season: 1, phase: "policy" }] }], [409, {}]);
  await listIn("FIRST22");
  expect(replayLength.value).toBe(1);
  await listIn("NEXT222");
  expect(replayLength.value).toBe(Infinity);
});

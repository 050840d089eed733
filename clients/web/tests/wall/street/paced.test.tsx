import { act, render } from "@testing-library/preact";
import { useEffect } from "preact/hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomContext } from "../../../src/store/context";
import type { Room } from "../../../src/store/room";
import { View } from "../../../src/store/view";
import { AS_COUNTED, CALM, usePaced } from "../../../src/wall/street/paced";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the living picture is drawn at most four times a second, and shows the newest in the end", () => {
  const view = new View();
  const room = { view } as unknown as Room;
  let drawn = 0;
  function Picture() {
    drawn += 1;
    const season = usePaced((of) => of.view.single("game").season ?? 0);
    return <p>{season}</p>;
  }
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Picture />
    </RoomContext.Provider>,
  );
  void act(() => void vi.advanceTimersByTime(300));
  const before = drawn;
  for (let update = 1; update <= 40; update += 1) {
    view.replace({ game: { season: update } }, {});
    void act(() => void vi.advanceTimersByTime(25));
  }
  expect(drawn - before).toBeLessThanOrEqual(4);
  void act(() => void vi.advanceTimersByTime(300));
  expect(container.textContent).toBe("40");
});

test("pictures that are as calm change in the same moment, whenever each has begun", () => {
  const view = new View();
  const room = { view } as unknown as Room;
  const changed: { readonly [picture: string]: number[] } = { one: [], other: [] };
  function Picture({ name }: { name: string }) {
    const season = usePaced((of) => of.view.single("game").season ?? 0, AS_COUNTED);
    useEffect(() => void changed[name]?.push(performance.now()), [season]);
    return <p>{season}</p>;
  }
  const shown = (names: readonly string[]) => (
    <RoomContext.Provider value={room}>
      {names.map((name) => (
        <Picture key={name} name={name} />
      ))}
    </RoomContext.Provider>
  );
  const { rerender } = render(shown(["one"]));
  void act(() => void vi.advanceTimersByTime(700));
  rerender(shown(["one", "other"]));
  view.replace({ game: { season: 1 } }, {});
  void act(() => void vi.advanceTimersByTime(2000));
  expect(changed["one"]).toHaveLength(2);
  expect(changed["one"]?.[1]).toBe(changed["other"]?.at(-1));
});

test("what moves, who has chosen and what is counted change one after the other, each within its time", () => {
  const view = new View();
  const room = { view } as unknown as Room;
  const changed = new Map<string, number>();
  function Picture({ name, pace }: { name: string; pace?: typeof CALM }) {
    const season = usePaced((of) => of.view.single("game").season ?? 0, pace);
    useEffect(() => void changed.set(name, performance.now()), [season]);
    return <p>{season}</p>;
  }
  render(
    <RoomContext.Provider value={room}>
      <Picture name="moving" />
      <Picture name="chosen" pace={CALM} />
      <Picture name="counted" pace={AS_COUNTED} />
    </RoomContext.Provider>,
  );
  void act(() => void vi.advanceTimersByTime(4000));
  const began = performance.now();
  view.replace({ game: { season: 1 } }, {});
  for (let ms = 0; ms < 2000; ms += 10) void act(() => void vi.advanceTimersByTime(10));
  const within = (name: string): number => (changed.get(name) ?? 0) - began;
  expect(within("moving")).toBeLessThanOrEqual(260);
  expect(within("chosen")).toBeLessThanOrEqual(510);
  expect(within("counted")).toBeLessThanOrEqual(2000);
  const beats = [...changed.values()].map((at) => Math.floor((at % 250) / 50)); // not even nearly in the same moment
  expect(new Set(beats).size).toBe(3);
});

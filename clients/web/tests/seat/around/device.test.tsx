// What a phone does beside showing the game: a swipe changes the tab, a second tab takes the seat over.
import { act, renderHook } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { go, route, type Tab } from "../../../src/route";
import { mayKeepLit, useSwipe, useTwin } from "../../../src/seat/around/device";
import { roomOf } from "../../rig/rooms";

afterEach(() => {
  document.documentElement.dir = "ltr";
  vi.unstubAllGlobals();
  go("", true);
});

/** A finger on the page. */
function touch(type: string, at: object): void {
  document.dispatchEvent(Object.assign(new Event(type), at));
}

/** Return the tab that is shown after a swipe by so many pixels from the tab `table`. */
function swiped(across: number, down = 0): Tab | undefined {
  go("p/K7QF234/table", true);
  const { unmount } = renderHook(() => useSwipe("K7QF234", "table"));
  touch("touchstart", { touches: [{ clientX: 200, clientY: 200 }] });
  touch("touchend", { changedTouches: [{ clientX: 200 + across, clientY: 200 + down }] });
  act(unmount);
  return route.value.page === "play" ? route.value.tab : undefined;
}

test("a swipe goes to the tab beside, as the page is read", () => {
  expect([swiped(-80), swiped(80)]).toEqual(["mine", "now"]);
  document.documentElement.dir = "rtl";
  expect([swiped(-80), swiped(80)]).toEqual(["now", "mine"]);
});

test("a short one, and one that goes down the page, is none", () => {
  expect([swiped(-50), swiped(-80, 50)]).toEqual(["table", "table"]);
});

test("under an open sheet nothing is swiped", () => {
  document.body.innerHTML = "<dialog open></dialog>";
  expect(swiped(-80)).toBe("table");
});

class Channel {
  static readonly open = new Set<Channel>();
  onmessage: ((message: { data: unknown }) => void) | null = null;

  constructor(readonly name: string) {
    Channel.open.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of Channel.open) if (other !== this && other.name === this.name) other.onmessage?.({ data });
  }

  close(): void {
    Channel.open.delete(this);
  }
}

beforeEach(() => vi.stubGlobal("BroadcastChannel", Channel));

test("of two tabs with one seat the newer plays; another seat of the room is left alone", () => {
  const taken = (seat: number) => roomOf({}, {}, { kind: "seat", seat, role: "maker" });
  const [older, other, newer] = [taken(1), taken(2), taken(1)];
  for (const room of [older, other, newer]) renderHook(() => useTwin(room));
  expect([older, other, newer].map((room) => room.ending.value?.code)).toEqual(["replaced", undefined, undefined]);
});

test("the lit screen is promised only where a page may keep it lit: not without https", () => {
  vi.stubGlobal("isSecureContext", false);
  Object.defineProperty(navigator, "wakeLock", { value: {}, configurable: true });
  expect(mayKeepLit()).toBe(false);
  vi.stubGlobal("isSecureContext", true);
  expect(mayKeepLit()).toBe(true);
  Reflect.deleteProperty(navigator, "wakeLock");
  expect(mayKeepLit()).toBe(false);
  vi.unstubAllGlobals();
});

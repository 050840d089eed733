import { act, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomContext } from "../../src/store/context";
import { Play } from "../../src/wall/play";
import { roomOf } from "../rig/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const table = (phase: string, ready = false) => ({
  game: { status: "running", season: 1, phase },
  seat: { 1: { id: 1, role: "maker", ready }, 2: { id: 2, role: "investor" }, 3: { id: 3, role: "operator" } },
  maker: { 1: { seat: 1 } },
  investor: { 2: { seat: 2, badges: [3] } },
  space: { 3: { id: 3, name: "a", stations: 2 } },
});

function shown(phase: string) {
  const room = roomOf(table(phase));
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Play />
    </RoomContext.Provider>,
  );
  return { room, container };
}

test("the street stays through its phases, so that who moves is seen to move", () => {
  const { room, container } = shown("admission");
  const before = [...container.querySelectorAll(".street .moved")];
  expect(before).toHaveLength(2);
  for (const phase of ["exchange", "matching", "incubation"]) {
    void act(() => room.view.replace(table(phase), {}));
    expect([...container.querySelectorAll(".street .moved")]).toEqual(before);
  }
});

test("a card on a desk draws neither houses nor people anew", () => {
  const { room, container } = shown("admission");
  const changed: Node[] = [];
  const watch = new MutationObserver((records) => changed.push(...records.map(({ target }) => target)));
  watch.observe(container, { childList: true, subtree: true, attributes: true, characterData: true });
  void act(() => room.view.replace(table("admission", true), {}));
  void act(() => void vi.advanceTimersByTime(2500));
  changed.push(...watch.takeRecords().map(({ target }) => target));
  expect(container.querySelectorAll(".laid")).toHaveLength(1);
  expect(changed.length).toBeGreaterThan(0);
  const others = [...container.querySelectorAll(".street > *")].filter((each) => !each.querySelector(".laid"));
  expect(others.some((other) => changed.some((node) => other.contains(node)))).toBe(false);
});

test.each(["admission", "exchange", "incubation"])("in %s it is seen who has chosen, within two seconds", (phase) => {
  const { room, container } = shown(phase);
  expect(container.querySelectorAll(".laid")).toHaveLength(0);
  void act(() => room.view.replace(table(phase, true), {}));
  void act(() => void vi.advanceTimersByTime(2000));
  expect(container.querySelectorAll(".laid")).toHaveLength(1);
});

test("while offers are made nobody is seen to wait or to have chosen, and envelopes hang before the roofs", () => {
  const { room, container } = shown("matching");
  void act(() => room.view.replace({ ...table("matching", true), on_the_way: { open: 5, signed: 0 } }, {}));
  void act(() => void vi.advanceTimersByTime(2500));
  expect(container.querySelectorAll(".laid")).toHaveLength(0);
  const layers = [...container.querySelectorAll(".street > svg")];
  const at = (selector: string): number => layers.findIndex((layer) => layer.querySelector(selector));
  expect(at(".clothes-line .envelope")).toBeGreaterThan(at(".house"));
});

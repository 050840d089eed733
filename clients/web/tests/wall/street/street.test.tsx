// What is drawn anew in a full street when little has changed: the people are counted by their faces.
import { computed } from "@preact/signals";
import { act, render } from "@testing-library/preact";
import { options, type VNode } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomContext } from "../../../src/store/context";
import { Play } from "../../../src/wall/play";
import { townOf } from "../../../src/wall/street/town";
import { roomOf } from "../../rig/rooms";

const before = options.diffed;
let drawn: VNode[] = [];
const drawnAs = (name: string): VNode[] => drawn.filter(({ type }) => typeof type === "function" && type.name === name);

beforeEach(() => {
  vi.useFakeTimers();
  drawn = [];
  options.diffed = (one) => {
    drawn.push(one);
    before?.(one);
  };
});
afterEach(() => {
  vi.useRealTimers();
  if (before) options.diffed = before;
  else delete options.diffed;
});

const PILOT = 2;
const seatsOf = (many: number): number[] => Array.from({ length: many }, (_, index) => index + 1);
const SEATS = seatsOf(24);
const venture = (seat: number, stage: number) => ({
  id: 100 + seat,
  lead: seat,
  sector: "city",
  stage,
  born: true,
  sales: 0,
});

interface Changed {
  phase?: string;
  stage?: number;
  ready?: number;
  seats?: readonly number[];
}

const table = ({ phase = "exchange", stage = PILOT, ready = 0, seats = SEATS }: Changed = {}) => ({
  game: { status: "running", season: 1, phase },
  seat: Object.fromEntries(
    [...seats, 99].map((id) => [id, { id, role: id === 99 ? "operator" : "maker", name: "Bo", ready: id <= ready }]),
  ),
  maker: Object.fromEntries(seats.map((seat) => [seat, { seat, ties: [seat === 1 ? 2 : 1] }])),
  venture: Object.fromEntries(seats.map((seat) => [100 + seat, venture(seat, seat === 7 ? stage : PILOT)])),
  space: { 99: { id: 99, name: "a", stations: 2 } },
  sector: { city: { name: "city", demand: 100, walk: 100 } },
});

function shown(first: Changed) {
  const room = roomOf(table(first));
  render(
    <RoomContext.Provider value={room}>
      <Play />
    </RoomContext.Provider>,
  );
  return (now: Changed, waitMs: number) => {
    drawn = [];
    void act(() => room.view.replace(table(now), {}));
    void act(() => void vi.advanceTimersByTime(waitMs));
  };
}

test("where one has moved up, one is drawn anew", () => {
  const become = shown({});
  expect(drawnAs("FaceImage")).toHaveLength(SEATS.length + 1); // and the operator
  become({ stage: PILOT + 1 }, 500);
  expect(drawnAs("FaceImage").map(({ props }) => props)).toEqual([expect.objectContaining({ face: 7 })]);
});

test("another phase of the same street draws nobody anew", () => {
  const become = shown({});
  become({ phase: "matching" }, 500);
  expect(drawn.length).toBeGreaterThan(0);
  expect(drawnAs("FaceImage")).toEqual([]);
});

test("what lies on the desks already is not drawn anew with what is laid beside it", () => {
  const become = shown({ ready: 20 });
  expect(drawnAs("CordBall")).toHaveLength(20);
  become({ ready: 21 }, 2500);
  expect(drawnAs("CordBall")).toHaveLength(1);
});

test("a name at the ties stands before what lies on the desks", () => {
  shown({ ready: 60, seats: seatsOf(60) });
  const [tag, ball] = [".name-tag", ".laid"].map((look) => document.querySelector(look) as Element);
  expect((ball as Element).compareDocumentPosition(tag as Element)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test("a card at a stall draws no customers anew", () => {
  const become = shown({ phase: "market" });
  expect(drawnAs("Customer")).toHaveLength(5);
  become({ phase: "market", ready: 9 }, 2500);
  expect(drawnAs("Selling").length).toBeGreaterThan(0);
  expect(drawnAs("Customer")).toEqual([]);
});

test("a card at a stall draws no other seller anew", () => {
  const room = roomOf(table({ phase: "market" }));
  render(
    <RoomContext.Provider value={room}>
      <Play />
    </RoomContext.Provider>,
  );
  drawn = [];
  void act(() => room.view.patch({ seat: { 1: { ready: true } } }, undefined));
  void act(() => void vi.advanceTimersByTime(2500));
  expect(drawnAs("FoldedCard")).toHaveLength(1);
  expect(drawnAs("PartShape")).toHaveLength(1);
});

test("where somebody has chosen, the town is not read anew; where somebody is called otherwise, it is", () => {
  const room = roomOf(table());
  const town = computed(() => townOf(room));
  const first = town.value;
  room.view.patch({ seat: { 3: { ready: true } } }, undefined);
  expect(town.value).toBe(first);
  room.view.patch({ seat: { 3: { name: "Ana" } } }, undefined);
  expect(town.value.places.flatMap(({ makers }) => makers).find(({ seat }) => seat === 3)?.name).toBe("Ana");
});

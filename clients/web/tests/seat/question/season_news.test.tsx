// A game that opens season by season: a screen says what is new, and asks for no field that comes later.
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { loadScreens } from "../../../src/seat/phases/screens";
import { Now } from "../../../src/seat/tabs/now";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

const READY = { type: "object", properties: { ready: { type: "boolean" } }, required: ["ready"] };
const HOURS = { type: "integer", minimum: 0, maximum: 10 };
const TRACKS = { technology: HOURS, customers: HOURS, business: HOURS };
const INTRODUCED = { "plan.day_job": 2, put_in: 2, scout: 2, exchange: 3 };

let open: Room | undefined;
beforeAll(() => loadScreens("maker"));
afterEach(() => {
  open?.close();
  vi.unstubAllGlobals();
});

function enter(season: number, fields: object): FakeWorld {
  const world = new FakeWorld();
  const game = { scenario: "mix", seasons: 4, status: "running", season, phase: "incubation", phase_number: 4 };
  const table = {
    game: { ...game, commitment: "" },
    seat: { 1: { id: 1, role: "maker", name: "Mina" } },
    module: { incubation: { phase: "incubation" } },
    maker: { 1: { seat: 1, venture: 0, skills: [1, 1, 1], ties: [] } },
    introduced: INTRODUCED,
  };
  const plan = { type: "object", properties: fields, "x-sum": [{ fields: Object.keys(fields), min: 0, max: 10 }] };
  const hand = {
    legal: { ready: READY, plan },
    default: { plan: Object.fromEntries(Object.keys(fields).map((f) => [f, 0])) },
  };
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(
    welcome(table as unknown as Tree, hand as unknown as Tree, { you: { kind: "seat", seat: 1, role: "maker" } }),
  );
  render(<RoomContext.Provider value={open}>{<Now />}</RoomContext.Provider>);
  return world;
}

test("a field that comes later is neither shown nor sent", async () => {
  const world = enter(1, TRACKS);
  expect(screen.queryByText(/New this season/)).toBeNull();
  expect(screen.getAllByRole("spinbutton")).toHaveLength(3);
  const [technology] = screen.getAllByRole("spinbutton");
  if (!technology) throw new Error("no field is shown");
  fireEvent.input(technology, { target: { value: "1" } });
  fireEvent.change(technology, { target: { value: "1" } });
  fireEvent.blur(technology);
  await waitFor(() =>
    expect(world.last.commands()[0]).toMatchObject({ args: { technology: 1, customers: 0, business: 0 } }),
  );
  expect(Object.keys((world.last.commands()[0] as { args: object }).args)).not.toContain("day_job");
});

test("the season in which something comes says so once, above the question that it belongs to", () => {
  enter(2, { ...TRACKS, day_job: HOURS });
  expect(screen.getByText(/New this season/).textContent).toContain("New this season: Day job");
  expect(screen.getByText(/New this season/).textContent).not.toContain("exchange");
  expect(screen.getAllByRole("spinbutton")).toHaveLength(4);
});

// A rule module that the page has never heard of: its command is offered, its pieces are shown, its words are fetched.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Things } from "../../../src/parts/pictures/other_pieces";
import { language } from "../../../src/prefs";
import type { Tree } from "../../../src/protocol/frames";
import { Now } from "../../../src/seat/tabs/now";
import { RoomContext } from "../../../src/store/context";
import { lineText } from "../../../src/store/names";
import type { Room } from "../../../src/store/room";
import { has, need, t } from "../../../src/texts";
import type { FakeWorld } from "../../rig/fake_socket";
import { welcomed } from "../../rig/welcomed";

const TABLE: Tree = {
  game: {
    scenario: "night-market",
    seasons: 5,
    status: "running",
    season: 1,
    phase: "night",
    phase_number: 0,
    commitment: "",
  },
  seat: { 1: { id: 1, role: "player", name: "Mina" }, 2: { id: 2, role: "player", name: "Bo" } },
  module: { crates: { words: "own", phase: "night" } },
  crate: { 1: { season: 1, buyer: 0, price: 0 } },
  fog: { thickness: 3 },
};
const BID = {
  type: "object",
  properties: { coins: { type: "integer", minimum: 1, maximum: 20 } },
  required: ["coins"],
};
const HAND: Tree = {
  purse: { 1: { seat: 1, coins: 20 } },
  legal: { bid: BID, ready: { type: "object", properties: { ready: { type: "boolean" } }, required: ["ready"] } },
};

let open: Room | undefined;
const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const words = url.endsWith("/zh") ? { "command.bid": "出价" } : { "command.bid": "Bid", "thing.crate": "Crates" };
    return { ok: true, json: async () => words };
  });
});
afterEach(() => {
  open?.close();
  vi.unstubAllGlobals();
});

function enter(table: Tree, hand: Tree): FakeWorld {
  const { room, world } = welcomed(table, hand);
  open = room;
  return world;
}

test("a command without a screen is offered by its plain name, and its words are fetched", async () => {
  const world = enter(TABLE, HAND);
  render(<RoomContext.Provider value={open as Room}>{<Now />}</RoomContext.Provider>);
  fireEvent.click(await screen.findByRole("button", { name: /^bid$/i }));
  expect(asked).toEqual(["/api/texts/en"]);
  const buttons = await screen.findAllByRole("button", { name: "Bid" });
  fireEvent.click(buttons.at(-1) as HTMLElement);
  expect(world.last.commands()).toMatchObject([{ name: "bid", args: { coins: 1 } }]);
});

test("pieces of the table and of the hand are shown with their fields", async () => {
  await need("modules");
  enter(TABLE, HAND);
  const { container } = render(<RoomContext.Provider value={open as Room}>{<Things />}</RoomContext.Provider>);
  expect([...container.querySelectorAll("h2")].map((each) => each.textContent?.toLowerCase())).toEqual([
    "crates",
    "fog",
    "purse",
  ]);
  expect(container.textContent).toContain("Mina");
  expect(container.textContent).toContain("thickness 3");
});

test("beside the game's own pieces only those with a name are shown", async () => {
  await need("modules");
  enter({ ...TABLE, world: { tax: 10 } }, {});
  const { container } = render(<RoomContext.Provider value={open as Room}>{<Things />}</RoomContext.Provider>);
  expect([...container.querySelectorAll("h2")].map((each) => each.textContent)).toEqual(["Crates"]);
});

test("a piece of the game's own is no thing, though a kind of device is called like it", () => {
  const pieces = Object.fromEntries(
    ["bell", "button", "card", "lamp", "rating", "scoreboard"].map((kind) => [
      kind,
      { 1: { season: 1, giver: 1, taker: 2, score: 4 } },
    ]),
  );
  enter({ ...TABLE, world: { tax: 10 } }, pieces);
  const { container } = render(<RoomContext.Provider value={open as Room}>{<Things />}</RoomContext.Provider>);
  expect(container.textContent).not.toContain("giver");
  for (const kind of Object.keys(pieces)) expect(has(`thing.${kind}`)).toBe(false);
});

test("a device is told of by the name of its kind", () => {
  enter(TABLE, {});
  const line = { device: "button", thing: "rating", seat: 1 };
  expect(lineText((open as Room).view, "device_of_seat", line)).toBe("button now belongs to Mina, as a rating box");
});

test("what has no words is called by its plain name", () => {
  language.value = "en";
  expect(t("phase.long_night")).toBe("long night");
});

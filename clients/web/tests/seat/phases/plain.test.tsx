// The phase of a rule module of somebody else: its main command, the titles of its cards, its wall, its words.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { Now } from "../../../src/seat/tabs/now";
import { RoomContext } from "../../../src/store/context";
import type { Room } from "../../../src/store/room";
import { ModulePicture } from "../../../src/wall/phases/module";
import type { FakeWorld } from "../../rig/fake_socket";
import { welcomed } from "../../rig/welcomed";

const WORDS = {
  "phase.crowd": "Crowdfunding",
  "command.pledge": "Pledge",
  "command.set_goal": "Set a goal",
  "title.campaign": "{raised} of {goal} credits",
  "thing.campaign": "Campaigns",
  "thing.pot": "Pots",
};
const TABLE: Tree = {
  game: {
    scenario: "crowd",
    seasons: 2,
    status: "running",
    season: 1,
    phase: "crowd",
    phase_number: 0,
    commitment: "",
  },
  seat: { 1: { id: 1, role: "player", name: "Mina" } },
  module: { crowd: { most: 5, main: "pledge set_goal", wall: "campaign", words: "own", phase: "crowd" } },
  campaign: { 1: { number: 1, raised: 3, goal: 60 } },
  pot: { 1: { number: 1 } },
};
const PLEDGE = { type: "object", properties: { credits: { type: "integer", minimum: 0, maximum: 9 } } };
const READY = { type: "object", properties: { ready: { type: "boolean" } }, required: ["ready"] };
const HAND: Tree = { legal: { pledge: PLEDGE, set_goal: PLEDGE, ready: READY } };

let open: Room | undefined;
beforeEach(() => {
  vi.stubGlobal("fetch", async () => ({ ok: true, json: async () => WORDS }));
});
afterEach(() => {
  cleanup();
  open?.close();
  vi.unstubAllGlobals();
});

function enter(table: Tree, hand: Tree): FakeWorld {
  const { room, world } = welcomed(table, hand);
  open = room;
  return world;
}

test("the first command that answers the question is on the main button, until the seat has said it", async () => {
  const world = enter(TABLE, HAND);
  const { container } = render(<RoomContext.Provider value={open as Room}>{<Now />}</RoomContext.Provider>);
  const main = await screen.findByRole("button", { name: "Pledge" });
  expect(main.closest(".foot")).not.toBeNull();
  expect([...container.querySelectorAll(".more button")].map((each) => each.textContent)).toEqual(["Set a goal"]);
  fireEvent.click(main);
  await vi.waitFor(() => expect(container.querySelector("form")).not.toBeNull());
  fireEvent.click(container.querySelector("form button.ink") as HTMLElement);
  await vi.waitFor(() => expect(world.last.commands()).toMatchObject([{ name: "pledge", args: { credits: 0 } }]));
});

test("what the seat has sealed already stands below, and the main button is done", async () => {
  const choice = { "1:pledge:": { seat: 1, command: "pledge", target: "", args: { credits: 2 }, by_default: false } };
  enter(TABLE, { ...HAND, choice });
  const { container } = render(<RoomContext.Provider value={open as Room}>{<Now />}</RoomContext.Provider>);
  await screen.findByRole("button", { name: "Pledge" });
  expect(container.querySelector(".foot")?.textContent).not.toContain("Pledge");
  expect(container.querySelector(".foot button")?.textContent).toContain("Done");
});

test("a card has the title that its module gives it", async () => {
  enter(TABLE, HAND);
  render(<RoomContext.Provider value={open as Room}>{<Now />}</RoomContext.Provider>);
  expect(await screen.findByText("3 of 60 credits")).not.toBeNull();
});

test("the wall shows the kinds that the module asks for, and no others", async () => {
  enter(TABLE, {});
  const { container } = render(<RoomContext.Provider value={open as Room}>{<ModulePicture />}</RoomContext.Provider>);
  const kinds = [...container.querySelectorAll("h2")].map((each) => each.textContent);
  expect(kinds).toEqual(["Campaigns"]);
});

test("a module's words are fetched in a phase of the game's own, too", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return { ok: true, json: async () => WORDS };
  });
  enter({ ...TABLE, game: { ...(TABLE["game"] as Tree), phase: "recap" } }, { legal: { ready: READY } });
  render(<RoomContext.Provider value={open as Room}>{<Now />}</RoomContext.Provider>);
  await vi.waitFor(() => expect(asked).toContain("/api/texts/en"));
});

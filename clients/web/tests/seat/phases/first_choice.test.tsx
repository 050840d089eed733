// What one has to know before the first choice: one's own secret aim, and what people want to buy.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeAll, expect, test } from "vitest";
import { WhoIAm } from "../../../src/seat/lobby/who_i_am";
import { AdmissionMaker } from "../../../src/seat/phases/maker/admission";
import { PolicyWatch } from "../../../src/seat/phases/policy";
import { load, need } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeAll(async () => {
  await load("en");
  await need("play");
  await need("cards");
  await need("pitches");
});

const WORLD = { policy: "gulls", market: "sofa", effect: "voucher", tax: 10, up: "food", down: "city" };

function room(season: number, phase: string, world: object = {}, more: object = {}) {
  const table = {
    game: { status: "running", season, seasons: 4, phase },
    seat: { 1: { id: 1, role: "maker", name: "Mina", by: "person", ready: false } },
    world: { ...WORLD, ...world },
    sector: { food: { name: "food", demand: 646 }, city: { name: "city", demand: 450 } },
    space: { 9: { id: 9, maker_bar: 36, stations: 3 } },
  };
  const hand = {
    maker: { 1: { seat: 1, skills: [1, 2, 3], spirit: 5, ties: [], venture: 0, ambition: "control" } },
    idea: {
      "1": { seat: 1, number: 1, card: "rice-robot", sector: "food", difficulty: 7, lo: 3, hi: 5 },
      "2": { seat: 1, number: 2, card: "posture-giraffe", sector: "city", difficulty: 6, lo: 2, hi: 4 },
    },
    legal: { keep_idea: { schema: { properties: { card: { enum: [1, 2] } } } } },
    ...more,
  };
  return roomOf(table as never, hand as never, { kind: "seat", seat: 1, role: "maker" });
}

const text = (): string => document.body.textContent ?? "";

test("the secret ambition lies there before the first choice, closed, and in later seasons under Mine alone", () => {
  const { unmount } = render(<PolicyWatch />, { wrapper: inRoom(room(1, "policy")) });
  expect(text()).toContain("Ambition");
  expect(text()).not.toContain("At the end");
  act(() => void fireEvent.click(screen.getByRole("button", { name: /^Show/ })));
  expect(text()).toMatch(/Control.*points/);
  unmount();
  render(<PolicyWatch />, { wrapper: inRoom(room(2, "policy")) });
  expect(text()).not.toContain("Ambition");
});

test("who comes late is handed its ambition with its role", () => {
  render(<WhoIAm onRead={() => undefined} />, { wrapper: inRoom(room(2, "market")) });
  expect(screen.getByRole("button", { name: /^Show/ })).toBeTruthy();
  expect(text()).toContain("Ambition");
});

test("the card of an idea says what its sector would buy, and how the season moves that", () => {
  render(<AdmissionMaker />, { wrapper: inRoom(room(1, "admission")) });
  expect(text()).toMatch(/people would spend 646.*sells better/);
  expect(text()).toMatch(/people would spend 450.*sells less/);
});

test("a policy that sets the tax says so once", () => {
  render(<PolicyWatch />, { wrapper: inRoom(room(1, "policy", { effect: "tax", tax: 20 })) });
  expect(text().match(/20%/g)).toHaveLength(1);
  expect(text()).toContain("This season the tax is 20%.");
});

test.each([
  [[9, "garage"], "Knock at North Hall, or stay in the garage?"],
  [[8, 9, "garage"], "Whose door do you knock on?"],
])("with the doors %j a maker is asked: %s", async (doors, asked) => {
  const keep_idea = { properties: { card: { enum: [1, 2] } } };
  const more = {
    legal: { ready: {}, keep_idea, pitch: { properties: { space: { enum: doors } } } },
    choice: { 1: { seat: 1, command: "keep_idea", args: { card: 1 } } },
  };
  render(<AdmissionMaker />, { wrapper: inRoom(room(1, "admission", {}, more)) });
  fireEvent.click(screen.getByRole("button", { name: "Choose, then pick a door" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(asked));
});

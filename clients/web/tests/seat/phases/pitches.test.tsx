// Admission for investors: where no door is left to ask, the question is whose pitch to hear.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { AdmissionInvestor } from "../../../src/seat/phases/investor/admission";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const enumOf = (name: string, ...values: number[]) => ({
  type: "object",
  properties: { [name]: { enum: values } },
  required: [name],
});

function shown(more: object = {}) {
  const table = {
    game: { status: "running", season: 2, phase: "admission" },
    run: { first_season: 1 },
    seat: { 1: { id: 1, role: "maker", by: "person" }, 5: { id: 5, role: "investor", by: "person" } },
    maker: { 1: { seat: 1, venture: 7, skills: [3, 3, 3] } },
    venture: { 7: { id: 7, card: "food-1", sector: "food", stage: 0, born: false, lead: 1, cofounders: [], space: 0 } },
    investor: { 5: { seat: 5, credential: 50, badges: [9] } },
    space: { 9: { id: 9, investor_bar: 40, stations: 3 } },
  };
  const look = { "5:7": { seat: 5, venture: 7, lo: 3, hi: 5, count: 1, list_lo: 1, list_hi: 6 } };
  const legal = { hear_pitch: enumOf("maker", 1), ...more };
  const room = roomOf(table, { legal, look }, { kind: "seat", seat: 5, role: "investor" });
  render(<AdmissionInvestor />, { wrapper: inRoom(room) });
  return room;
}

test("an investor with a badge is asked whose pitch to hear, and what it knows so far stands beside", () => {
  const room = shown();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Whose pitch do you want to hear?");
  const card = document.querySelector<HTMLButtonElement>("button.card");
  expect(card?.textContent).toContain("3–5");
  const main = (): string | null | undefined => document.querySelector(".button.main")?.textContent;
  expect(main()).toBe("Done"); // nobody is listened to until somebody is chosen
  fireEvent.click(card as HTMLButtonElement);
  expect(main()).toBe("Listen to a pitch");
  expect(room.drafts.of("hear_pitch", "").value.args).toEqual({ maker: 1 });
});

test("where there is a door to ask, the question is the door", () => {
  shown({ apply: { type: "object", properties: { spaces: { items: { enum: [9] }, maxItems: 2 } } } });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Will you serve North Hall?");
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe("Listen to a pitch");
});

test("several doors ask which of them; where none is left, there is nothing to ask for", () => {
  const spaces = { items: { enum: [8, 9] }, maxItems: 2 };
  shown({ hear_pitch: undefined, apply: { type: "object", properties: { spaces } } });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Which spaces will you serve?");
  cleanup();
  shown({ hear_pitch: undefined });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Nothing to ask for now. Ready?");
});

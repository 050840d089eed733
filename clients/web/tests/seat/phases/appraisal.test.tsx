// Appraisal for makers and investors: what the main button says it does, and whom each rating is for.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppraisalRating } from "../../../src/seat/phases/appraisal";
import { AppraisalOperator } from "../../../src/seat/phases/operator/appraisal";
import { defaultText } from "../../../src/seat/question/default_line";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  act(() => void vi.advanceTimersByTime(30_000)); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

test("who has rated nobody is not said to give a rating, and each mark says whom it is for", () => {
  const table = {
    game: { status: "running", season: 1, phase: "appraisal" },
    run: { first_season: 1 },
    seat: { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "investor", name: "Bo" } },
  };
  const properties = { seat: { enum: [2] }, score: { minimum: 1, maximum: 5 } };
  const legal = { ready: {}, rate: { type: "object", properties } };
  const room = roomOf(table, { legal }, { kind: "seat", seat: 1, role: "maker" });
  render(<AppraisalRating />, { wrapper: inRoom(room) });
  const main = (): string | null | undefined => document.querySelector(".button.main")?.textContent;
  expect(main()).toBe("I rate nobody");
  act(() => void fireEvent.click(screen.getByRole("button", { name: "4: Bo" })));
  expect(main()).toBe("Give your rating");
});

test("who is to be rated comes before how far one's ventures are from closing", async () => {
  const table = {
    game: { status: "running", season: 1, phase: "appraisal" },
    seat: { 1: { id: 1, role: "investor" }, 2: { id: 2, role: "maker", name: "Bo" } },
    venture: { 5: { id: 5, card: "", lead: 2, cofounders: [], shares: { 1: 3000, 2: 7000 }, closed: "" } },
  };
  const legal = { ready: {}, rate: { properties: { seat: { enum: [2] }, score: { minimum: 1, maximum: 5 } } } };
  const room = roomOf(table, { legal }, { kind: "seat", seat: 1, role: "investor" });
  const fate = { kind: "venture", id: 5, what: "born", must: 60, by: 2, least: 0, most: 0, verdict: "time" };
  room.preview = (async () => ({ numbers: {}, fates: { "venture:5": fate } })) as unknown as Room["preview"];
  render(<AppraisalRating />, { wrapper: inRoom(room) });
  await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
  const meter = document.querySelector(".fate") as Element;
  const rating = screen.getByRole("button", { name: "4: Bo" });
  expect(rating.compareDocumentPosition(meter)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test("who has nobody to rate is not told what ratings are given if time runs out", () => {
  const table = {
    game: { status: "running", season: 1, phase: "appraisal" },
    run: { first_season: 1 },
    seat: { 1: { id: 1, role: "maker" } },
  };
  const said = (legal: object) =>
    defaultText(roomOf(table, { legal: { ready: {}, ...legal } }, { kind: "seat", seat: 1, role: "maker" }));
  expect(said({ rate: {} })).toContain("If time runs out");
  expect(said({})).toBe("");
});

test("whom an operator may spare: those in danger stand first", async () => {
  const table = {
    game: { status: "running", season: 1, phase: "appraisal" },
    seat: {
      1: { id: 1, role: "operator" },
      2: { id: 2, role: "investor", name: "Bo" },
      3: { id: 3, role: "investor", name: "Cy" },
    },
    space: { 1: { id: 1 } },
  };
  const legal = { ready: {}, wild_card: { properties: { seat: { enum: [2, 3] }, venture: { enum: [] } } } };
  const room = roomOf(table, { legal }, { kind: "seat", seat: 1, role: "operator" });
  const badge = (seat: number, verdict: string) => ({
    kind: "badge",
    id: 1,
    seat,
    what: "score",
    must: 34,
    by: 1,
    verdict,
  });
  const fates = { "badge:2:1": badge(2, "safe"), "badge:3:1": badge(3, "danger") };
  room.preview = (async () => ({ numbers: {}, fates })) as unknown as Room["preview"];
  render(<AppraisalOperator />, { wrapper: inRoom(room) });
  await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
  expect([...document.querySelectorAll(".cards .name")].map((each) => each.textContent)).toEqual(["Cy", "Bo"]);
});

import { act, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomContext } from "../../../src/store/context";
import { AppraisalPicture, STALLS_MS, weighedIn } from "../../../src/wall/phases/appraisal";
import { roomOf, viewOf } from "../../rig/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SEATS = { 1: { id: 1, name: "Ana", role: "maker", ready: true }, 2: { id: 2, name: "Bo", role: "maker" } };

test("first the stalls say who sold what, then scales tip with how many have rated, and nobody is named", () => {
  const venture = { id: 7, sector: "food", lead: 1, sales: 90, born: true, stage: 2 };
  const sector = { food: { name: "food", demand: 900, walk: 900 } };
  const room = roomOf({ game: { season: 1, phase: "appraisal" }, seat: SEATS, sector, venture: { 7: venture } });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <AppraisalPicture />
    </RoomContext.Provider>,
  );
  expect(container.querySelectorAll(".stall")).toHaveLength(1);
  void act(() => void vi.advanceTimersByTime(STALLS_MS));
  expect(container.querySelectorAll(".stall")).toHaveLength(0);
  const scales = container.querySelector(".weighing > section");
  expect(scales?.querySelectorAll(".customer")).toHaveLength(1);
  expect(scales?.querySelectorAll(".pitch")).toHaveLength(1);
  expect(scales?.textContent).not.toMatch(/Ana|Bo/);
});

test("who is ready has rated, and everybody else still weighs", () => {
  expect(weighedIn(viewOf({ seat: SEATS }))).toEqual({ done: 1, open: 1 });
});

import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { MarketPicture } from "../../../src/wall/phases/market";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const TABLE = {
  seat: { 1: { id: 1, role: "maker" } },
  sector: {
    food: { name: "food", walk: 1000, demand: 1500 },
    energy: { name: "energy", walk: 1000, demand: 1000 },
  },
  venture: {
    1: { id: 1, lead: 1, sector: "food", stage: 2, born: true, sales: 61, closed: "" },
    2: { id: 2, lead: 1, sector: "food", stage: 3, born: true, sales: 398, closed: "" },
    3: { id: 3, lead: 1, sector: "food", stage: 1, born: true, sales: 0, closed: "" },
    4: { id: 4, lead: 1, sector: "food", stage: 2, born: true, sales: 7, closed: "unsold" },
  },
};

function stalls(closed: boolean, seat: object = TABLE.seat): Element[] {
  const { container } = render(<MarketPicture closed={closed} />, { wrapper: inRoom(roomOf({ ...TABLE, seat })) });
  return [...container.querySelectorAll(".stall")];
}

test("until the market closes a stall has those who sell and its customers, and no sum", () => {
  const [energy, food] = stalls(false);
  expect(food?.querySelectorAll("li")).toHaveLength(2);
  expect(food?.querySelectorAll("li b")).toHaveLength(0);
  expect(food?.querySelectorAll(".customer")).toHaveLength(7);
  expect(energy?.querySelectorAll(".customer")).toHaveLength(5);
  expect(energy?.querySelector(".shutter")?.textContent).toBe("nobody sells here yet");
});

test("after the close the stall says who sold what, the most first", () => {
  const [energy, food] = stalls(true);
  expect(energy?.querySelector(".shutter")?.textContent).toBe("nobody sold here");
  expect([...(food?.querySelectorAll("li b") ?? [])].map((each) => each.textContent)).toEqual(["398", "61"]);
});

test("until the close a card lies at each venture whose lead has chosen", () => {
  const chosen = { 1: { ...TABLE.seat[1], ready: true } };
  const cards = (found: readonly Element[]): number[] => found.map((stall) => stall.querySelectorAll(".chosen").length);
  expect(cards(stalls(false))).toEqual([0, 0]);
  expect(cards(stalls(false, chosen))).toEqual([0, 2]);
  expect(cards(stalls(true, chosen))).toEqual([0, 0]);
});

// Exchange for makers: what others ask, in the words of a person.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { language } from "../../../src/prefs";
import { ExchangeInvestor } from "../../../src/seat/phases/investor/exchange";
import { ExchangeMaker } from "../../../src/seat/phases/maker/exchange";
import type { Room } from "../../../src/store/room";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";
import { BO, JUN, MINA, sit } from "../moments/played";

const maker = (seat: number, venture: number) => ({ seat, venture, skills: [3, 3, 3], hours: 8, spirit: 2 });
const asks = (id: number, sender: number, receiver: number, more: object) => ({
  id,
  what: "exchange",
  sender,
  receiver,
  status: "open",
  number: 1,
  terms: { teach: "technology", learn: "none" },
  ...more,
});

function shown(proposal: object, more: object = {}, preview?: object): void {
  const table = {
    game: { status: "running", season: 2, phase: "exchange" },
    run: { first_season: 1 },
    seat: { 1: { id: 1, role: "maker", by: "person" }, 2: { id: 2, role: "maker", by: "bot" } },
    maker: { 1: maker(1, 1), 2: maker(2, 2) },
    venture: { 1: { id: 1, space: 3, lead: 1, cofounders: [] }, 2: { id: 2, space: 3, lead: 2, cofounders: [] } },
    space: { 3: { id: 3 } },
    proposal: { 1: proposal },
  };
  const properties = { proposal: { enum: [1] }, accept: { type: "boolean" } };
  const legal = { answer: { type: "object", properties }, ...more };
  const room = roomOf(table, { legal }, { kind: "seat", seat: 1, role: "maker" });
  if (preview) room.preview = (async () => preview) as unknown as Room["preview"];
  render(<ExchangeMaker />, { wrapper: inRoom(room) });
}

test.each([
  ["en", "Lapsed"],
  ["zh", "已失效\uff08对方没空了\uff09"],
] as const)("a request that lapsed says so in %s, and not by its key", (lang, words) => {
  language.value = lang;
  shown(asks(1, 1, 2, { status: "lapsed" }));
  expect(screen.getByText(words)).toBeTruthy();
  expect(document.body.textContent).not.toContain("lapsed");
});

test.each([
  [{ teach: "technology", learn: "none" }, "只教技术\uff0c不学"],
  [{ teach: "none", learn: "business" }, "只学商业\uff0c不教"],
])("an exchange that goes one way says which way: %j", (terms, words) => {
  language.value = "zh";
  shown(asks(1, 2, 1, { terms }));
  expect(document.body.textContent).toContain(words);
  expect(document.body.textContent).not.toContain("不用");
});

test("yes and no say whom they answer", () => {
  shown(asks(1, 2, 1, {}));
  expect(screen.getByRole("button", { name: /^Yes: / })).toBeTruthy();
  expect(screen.getByRole("button", { name: /^No: / })).toBeTruthy();
});

test("what would be refused invites nobody to say yes, and says why", async () => {
  language.value = "en";
  shown(asks(1, 2, 1, {}), {}, { code: "exchange_used", message: "One exchange a season." });
  await screen.findByText("One exchange a season.");
  expect(screen.getByRole("button", { name: /^Yes: / }).classList).not.toContain("ink");
});

test("the sheet of a small wish is laid out by itself, and not as one more of the wishes in a row", () => {
  HTMLDialogElement.prototype.showModal ??= vi.fn();
  const study = { type: "object", properties: { skill: { enum: ["business", "network"] } } };
  shown(asks(1, 2, 1, {}), { study });
  fireEvent.click(screen.getByRole("button", { name: "Study alone" }));
  expect(document.querySelector("dialog")).not.toBeNull();
  expect(document.querySelector("section.options dialog")).toBeNull();
});

test("what has lapsed asks for nothing: it goes below what waits, and nothing that waits is not counted", () => {
  language.value = "en";
  const game = sit(MINA, "maker");
  const legal = (...waits: number[]) => ({ answer: { properties: { proposal: { enum: waits } } } });
  const two = { 1: asks(1, JUN, MINA, {}), 2: asks(2, JUN, MINA, {}) };
  game.open("exchange", {}, { legal: legal(1, 2), proposal: two });
  render(<ExchangeMaker />, { wrapper: inRoom(game.room) });
  act(() => game.change({}, { legal: legal(2), proposal: { 1: { status: "lapsed" } } }));
  const cards = () => [...document.querySelectorAll(".cards .card")].map((each) => each.textContent);
  expect(document.querySelector("h2")?.textContent).toBe("To answer: 1");
  expect(cards()[0]).toContain("Yes");
  expect(cards()[1]).toContain("Lapsed");
  act(() => game.change({}, { legal: legal(), proposal: { 2: { status: "accepted" } } }));
  expect(document.querySelector("h2")?.textContent).toBe("Answered");
  game.room.close();
});

test("what I asked myself says you, not my name", () => {
  language.value = "zh";
  shown(asks(1, 1, 2, { terms: { teach: "technology", learn: "business" } }));
  expect(document.body.textContent).toContain("你教技术");
});

test.each([
  ["customers", [5, 5, 5], "Learns Network: 5 to 6"],
  ["business", [2, 3, 6], "Business is high enough: nothing new to learn from you."],
  ["any", [7, 4, 4], "Learns Network: 4 to 5"],
  ["any", [9, 9, 9], "Technology is high enough: nothing new to learn from you."],
])("an investor of %s reads what an hour would teach a maker of %j", (speciality, skills, words) => {
  language.value = "en";
  const game = sit(BO, "investor");
  const legal = { clinic: { properties: { maker: { enum: [MINA] } } } };
  const module = { exchange: { phase: "exchange", clinic_below: 6, mentor_below: 9 } };
  const investor = { [BO]: { seat: BO, speciality, badges: [3], clinic_used: false } };
  game.open("exchange", { module, investor, maker: { [MINA]: { skills } } }, { legal });
  render(<ExchangeInvestor />, { wrapper: inRoom(game.room) });
  expect(document.body.textContent).toContain(words);
  game.room.close();
});

// Meters of fate: what the server says of what may go, a picture beside one sentence; the word is never a colour alone.
import { render } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { language } from "../../../src/prefs";
import type { Fate } from "../../../src/protocol/frames";
import { FateLine, FateOf, OwnFates, Plead } from "../../../src/seat/fates/fate_card";
import { Closing } from "../../../src/seat/phases/closing";
import type { Venture } from "../../../src/store/entities";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const MINA = 1;
const IVY = 2;
const OLGA = 3;
const TABLE = {
  game: { status: "running", season: 1, phase: "market" },
  seat: { 1: { id: 1, role: "maker" }, 2: { id: 2, role: "investor", name: "Ivy" }, 3: { id: 3, name: "Olga" } },
  venture: {
    5: { id: 5, card: "", lead: MINA, cofounders: [], shares: { 1: 6000, 2: 4000 }, space: OLGA, closed: "" },
  },
  investor: { 2: { seat: IVY, badges: [OLGA] } },
  space: { 3: { id: OLGA } },
};
const PILOT: Fate = { kind: "venture", id: 5, what: "sells", must: 8, by: 1, least: 5, most: 7, verdict: "danger" };
const IDEA: Fate = { kind: "venture", id: 5, what: "born", must: 60, by: 2, least: 40, most: 40, verdict: "time" };
const BADGE: Fate = { kind: "badge", id: 3, seat: 2, what: "score", must: 34, by: 1, least: 30, most: 48 };

beforeEach(() => {
  language.value = "en";
});

function shown(page: preact.ComponentChild, seat = MINA, table: object = TABLE): Element {
  const room = roomOf(table, {}, { kind: "seat", seat, role: seat === MINA ? "maker" : "investor" });
  return render(page, { wrapper: inRoom(room) }).container;
}

test("a board reads what it sells, what it must sell, and what a better price would do", () => {
  const tries = {
    low: { least: 6, most: 9, verdict: "close" as const },
    high: { least: 4, most: 6, verdict: "danger" as const },
  };
  const { textContent } = shown(<FateOf fate={{ ...PILOT, tries }} unnamed />);
  expect(textContent).toContain("In danger");
  expect(textContent).toContain("Sells 5–7, must sell 8 this season. “Low” would make it 6–9.");
});

test.each([
  [IDEA, "To be born by the end of season 2: it has 40 of 60 credits."],
  [{ ...IDEA, verdict: "danger", reason: "unfunded" }, "Not born by the end of season 2: it has 40 of 60 credits."],
  [{ ...PILOT, least: 9, most: 9, verdict: "safe" }, "It sold 9. It had to sell 8."],
  [{ ...PILOT, by: 0, least: undefined, most: undefined }, "Born: nothing closes it before it sells."],
  [{ ...PILOT, least: undefined, most: undefined, last: 6 }, "Must sell 8 this season. It sold 6 last time."],
  [{ ...PILOT, reason: "insolvent" }, "A fee stayed unpaid: it closes."],
  [BADGE, "Likely 30–48 points. Below 34 the badge ends."],
  [{ kind: "space", id: 3, what: "treasury", must: 0, by: 1, least: 29, most: 41 }, "About 29–41 are left"],
] as [Fate, string][])("%j is said in one sentence", (fate, sentence) => {
  expect(shown(<FateLine fate={fate} />).textContent).toContain(sentence);
});

const RANKED: Fate = { kind: "venture", id: 5, what: "place", must: 8, of: 9, by_what: "sales", by: 2, last: 4 };

test.each([
  [{ ...RANKED, least: 4, most: 4, verdict: "safe" }, "Safe Number 4 of 9 by sales. From number 9 on they close."],
  [{ ...RANKED, by_what: "progress" }, "So far number 4 of 9 by progress. From number 9 on they close in the end."],
  [{ ...RANKED, kind: "badge", seat: 2, last: undefined, by_what: "score" }, "9 badges here, ranked by score."],
  [{ ...RANKED, must: 1, of: 1, last: 1 }, "It is ranked with no other: it stays."],
  [{ ...RANKED, of: undefined, must: 0, verdict: "time" }, "In season 2 the last of those that are not born close."],
] as [Fate, string][])("who goes by rank reads the place, and who goes: %j", (fate, sentence) => {
  expect(shown(<FateLine fate={fate} />).textContent).toContain(sentence);
});

test("a rank is a cell for each place, one's own with its number and those that go dashed", () => {
  const cells = [...shown(<FateOf fate={RANKED} />).querySelectorAll(".places i")];
  expect(cells).toHaveLength(9);
  expect(cells.filter((cell) => cell.matches(".goes"))).toEqual([cells[8]]);
  expect(cells.map((cell) => cell.textContent).join("")).toBe("4");
  expect(cells[3]?.matches(".own")).toBe(true);
});

test("the picture has a line, a band between the least and the most, and a word with a shape", () => {
  const page = shown(<FateOf fate={PILOT} />);
  expect(page.querySelector(".fate-meter")?.getAttribute("aria-hidden")).toBe("true");
  expect(page.querySelector(".fate-track .likely")).not.toBeNull();
  expect(page.querySelector(".fate-line")?.textContent).toBe("must sell 8");
  expect(page.querySelector(".fate-band")?.textContent).toBe("likely 5–7");
  expect(page.querySelector(".verdict svg")).not.toBeNull();
  expect(shown(<FateOf fate={{ ...PILOT, least: 7, most: 7 }} />).querySelector(".fate-track .sure")).not.toBeNull();
});

test("each sees the meters of what is its own: a venture that it leads or holds, its badges", () => {
  const standing = { outlook: undefined, fates: { "venture:5": PILOT, "badge:2:3": BADGE }, isOld: false };
  expect(shown(<OwnFates standing={standing} />).querySelectorAll(".fate")).toHaveLength(1);
  expect(shown(<OwnFates standing={standing} />, IVY).querySelectorAll(".fate")).toHaveLength(2);
});

test("several of which the same is to be said stand on one card with their names", () => {
  const quiet: Fate = { kind: "venture", id: 5, what: "sells", must: 8, by: 0 };
  const also = { ...TABLE.venture[5], id: 6 };
  const standing = {
    outlook: undefined,
    fates: { "venture:5": quiet, "venture:6": { ...quiet, id: 6 } },
    isOld: false,
  };
  const page = shown(<OwnFates standing={standing} />, MINA, { ...TABLE, venture: { ...TABLE.venture, 6: also } });
  expect(page.querySelectorAll(".card")).toHaveLength(1);
  expect(page.textContent?.match(/nothing closes it before it sells/g)).toHaveLength(1);
});

test("a treasury of which nobody can say what it comes to has its sentence, and no empty bar", () => {
  const fate: Fate = { kind: "space", id: 3, what: "treasury", must: 0, by: 1 };
  expect(shown(<FateOf fate={fate} />).querySelector(".fate-meter")).toBeNull();
  expect(shown(<FateOf fate={{ ...fate, least: 20, most: 30 }} />).querySelector(".fate-meter")).not.toBeNull();
});

test("where a venture closes the meter says what it reached", () => {
  const found = { ...TABLE.venture[5], sector: "health", stage: 2, born: true, space: 0, closed: "unsold" };
  const danger = { venture: 5, seats: [MINA], space: 0, season: 1, sold: 22, bar: 25, reason: "unsold" };
  const room = roomOf({ ...TABLE, maker: { 1: { seat: MINA } } }, { danger: { 5: danger } }, { kind: "seat", seat: 1 });
  const { container } = render(<Closing venture={found as unknown as Venture} />, { wrapper: inRoom(room) });
  expect(container.querySelector(".fate-line")?.textContent).toBe("must sell 25");
  expect(container.querySelector(".fate-band")?.textContent).toBe("22, 3 short");
});

test("who is in danger is told who could save it, while that card is still there", () => {
  expect(shown(<Plead fate={PILOT} />).textContent).toContain("Olga has one wild card");
  expect(shown(<Plead fate={{ ...PILOT, verdict: "safe" }} />).textContent).toBe("");
  const used = { ...TABLE, space: { 3: { id: OLGA, wild_card_used: true } } };
  expect(shown(<Plead fate={PILOT} />, MINA, used).textContent).toBe("");
});

test("where the game ends before a venture has to be born nobody has still time", () => {
  const last = { ...TABLE, game: { ...TABLE.game, season: 3, seasons: 3 } };
  const text = shown(<FateOf fate={{ ...IDEA, by: 4 }} />, MINA, last).textContent;
  expect(text).toContain("the game ends with this season");
  expect(text).not.toMatch(/Still time|season 4/);
});

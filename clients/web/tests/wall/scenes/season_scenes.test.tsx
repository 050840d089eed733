import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { displayWidth } from "../../../src/parts/pictures/text_width";
import { proposedIn, scenesOf, stepsOf } from "../../../src/parts/results/scenes";
import type { Line } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import type { Investor } from "../../../src/store/entities";
import type { Room } from "../../../src/store/room";
import { Doors } from "../../../src/wall/scenes/doors";
import { DealsScene, EntriesScene, ExitsScene, WorldScene } from "../../../src/wall/scenes/season_scenes";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const sector = (name: string, walk: number, demand: number) => ({ [name]: { name, walk, demand } });

function told(world: object): string {
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "policy" },
    world,
    sector: { ...sector("food", 100, 140), ...sector("health", 100, 75) },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <WorldScene />
    </RoomContext.Provider>,
  );
  return container.querySelector(".world-cards")?.textContent ?? "";
}

test("the cards of the world say what they do", () => {
  const world = { policy: "twelve-towns", effect: "voucher", tax: 10, market: "x", up: "food", down: "health" };
  expect(told(world)).toContain("Materials cost half this season.");
  expect(told(world)).toContain("Food +40 % · Health \u221225 %");
  expect(told(world)).toContain("Tax this season: 10%");
});

test("a card that sets the tax says it once", () => {
  const text = told({ policy: "form-27b", effect: "tax", tax: 20 });
  expect(text.match(/20%/g)).toHaveLength(1);
});

test.each([
  [8, 8, ""],
  [9, 9, ""],
  [10, 10, ""],
  [11, 10, "and 2 more"],
  [30, 10, "and 21 more"],
])("of %i ventures that closed as many are named as leave no hole in the rows of two", (closed, cards, more) => {
  const ids = Array.from({ length: closed }, (_, at) => at + 1);
  const venture = (id: number) => ({ id, lead: id, sector: "city", stage: 0, closed: "funds", closed_season: 1 });
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "recap" },
    venture: Object.fromEntries(ids.map((id) => [id, venture(id)])),
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <ExitsScene />
    </RoomContext.Provider>,
  );
  const shown = [...container.querySelectorAll(".venture-cards > li")];
  expect(shown).toHaveLength(cards);
  expect(container.querySelector("li:not(:has(b))")?.textContent ?? "").toBe(more);
});

const SHORT = "draught-mouse";
const LONG = "battery-retirement";

test.each([
  { closed: 4, again: 0, look: "roomy", smaller: [] },
  { closed: 6, again: 0, look: "high", smaller: ["Battery Retirement Home"] },
  { closed: 8, again: 0, look: "high", smaller: ["Battery Retirement Home"] },
  { closed: 4, again: 2, look: "high", smaller: ["Battery Retirement Home"] },
  { closed: 10, again: 0, look: undefined, smaller: [] },
])("a name too long for the card of what has closed has two lines, or is smaller: %o", (given) => {
  const { closed, again, look, smaller } = given;
  const ids = Array.from({ length: closed + again }, (_, at) => at + 1);
  const venture = (id: number) => ({
    id,
    lead: id > closed ? id - closed : id,
    card: id === closed ? LONG : SHORT,
    sector: "city",
    stage: 0,
    ...(id > closed ? { founded: 1 } : { closed: "funds", closed_season: 1 }),
  });
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "recap" },
    venture: Object.fromEntries(ids.map((id) => [id, venture(id)])),
  });
  const { container, unmount } = render(<ExitsScene />, { wrapper: inRoom(room) });
  const list = container.querySelector(".venture-cards.fills");
  expect(["roomy", "high"].find((each) => list?.classList.contains(each))).toBe(look);
  const long = [...container.querySelectorAll(".venture-cards.fills .long b")].map((each) => each.textContent);
  expect(long).toEqual(smaller);
  unmount();
});

test.each([
  ["standby-ghost-hunt", 6, "long"],
  ["minibus-planetarium", 6, "long"],
  ["ferry-board-games", 6, ""],
  ["ferry-board-games", 10, ""],
])("the name of %s has room on its card, of %i", (card, closed, look) => {
  const ids = Array.from({ length: closed }, (_, at) => at + 1);
  const venture = (id: number) => ({ id, lead: id, card, sector: "city", stage: 0, closed: "funds", closed_season: 1 });
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "recap" },
    venture: Object.fromEntries(ids.map((id) => [id, venture(id)])),
  });
  const { container, unmount } = render(<ExitsScene />, { wrapper: inRoom(room) });
  const name = container.querySelector<HTMLElement>(".venture-cards li b");
  expect(name?.closest("li")?.className).toBe(look);
  const most = Number(name?.style.getPropertyValue("--most"));
  const rows = Math.ceil(closed / 2);
  const pictures = 2 * Math.max(60, 300 / rows);
  const inLine = Math.min(look ? 40 : 56, most) * displayWidth(name?.textContent ?? "", 1);
  expect(inLine).toBeLessThanOrEqual(850 - 2 * 2 - 2 * 24 - 2 * 24 - pictures);
  unmount();
});

const LONG_PERSON = "Maximiliane-Charlotte von Hohenstein";

function entriesAt(step: number): Element {
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "exchange" },
    seat: { 1: { id: 1, role: "maker", name: LONG_PERSON }, 2: { id: 2, role: "investor" } },
    space: { 9: { id: 9 } },
    investor: { 2: { seat: 2, badges: [9] } },
    venture: { 1: { id: 1, lead: 1, founded: 1, stage: 0, sector: "city" } },
  });
  return render(<EntriesScene step={step} />, { wrapper: inRoom(room) }).container;
}

test("who came in is told in whole words: badges when they are revealed, and names as far as the line goes", () => {
  expect(entriesAt(0).querySelector("h2")?.textContent).toBe("Who came in? 1 new venture");
  expect(entriesAt(1).querySelector("h2")?.textContent).toBe("Who came in? 1 new venture, 1 badge");
  expect(entriesAt(0).querySelector(".name-beside bdi")?.textContent).toBe(LONG_PERSON);
});

const ADMITTED: Line = { text: "venture_admitted", seq: 8, values: { venture: 1, space: 9 } };
const JOINED: Line = { text: "cofounder_joined", seq: 8, values: { maker: 5, venture: 2, shares: 10 } };
const BADGE: Line = { text: "badge_given", seq: 8, values: { investor: 7, space: 9 } };

/** A second season in which everybody has a venture and a badge of before, and what the lines of its admission say. */
function secondSeason(...lines: Line[]): Room {
  const venture = (id: number, more: object) => ({
    [id]: { id, lead: id, founded: 1, stage: 1, sector: "city", ...more },
  });
  const room = roomOf({
    game: { status: "running", season: 2, seasons: 3, phase: "exchange" },
    run: { number: 1, first_season: 1 },
    seat: Object.fromEntries([1, 2, 3, 5, 6, 7].map((id) => [id, { id, role: "maker", name: `Seat ${id}` }])),
    space: { 9: { id: 9 } },
    investor: { 6: { seat: 6, badges: [9] }, 7: { seat: 7, badges: [9] } },
    venture: {
      ...venture(1, { space: 9 }),
      ...venture(2, { cofounders: [5] }),
      ...venture(3, { space: 9, cofounders: [7] }),
    },
  });
  const opened = (season: number, seq: number): Line => ({
    text: "phase_opened",
    seq,
    values: { season, phase: "exchange" },
  });
  const before = [3, 6].map((n): Line => ({ text: "badge_given", seq: 2, values: { investor: n, space: 9 } }));
  const telling = { now: { season: 2, phase: "exchange" }, run: 1, firstSeason: 1, isSeat: false };
  room.log.take([opened(1, 2), ...before, opened(2, 8), ...lines], telling);
  return room;
}

test("who came in tells of this season alone, and nothing of it is there where nobody did", () => {
  const room = secondSeason();
  expect([scenesOf(room), proposedIn(room)].map((scenes) => scenes.includes("entries"))).toEqual([false, false]);
  const { container } = render(<EntriesScene step={0} />, { wrapper: inRoom(room) });
  expect(container.querySelectorAll(".venture-cards li")).toHaveLength(3); // a page that knows of nobody is not empty
});

test.each([
  [
    [ADMITTED, JOINED],
    ["Who came in? 1 desk, 1 joined a team"],
    [
      ["Seat 1", "North Hall"],
      ["Seat 5", "joined"],
    ],
  ],
  [
    [
      { ...ADMITTED, values: { venture: 3, space: 9 } },
      { ...JOINED, values: { maker: 7, venture: 3, shares: 10 } },
    ],
    ["Who came in? 1 desk, 1 joined a team"],
    [["Seat 3, Seat 7", "joined", "North Hall"]],
  ],
  [[ADMITTED, BADGE], ["Who came in? 1 desk", "Who came in? 1 desk, 1 badge"], [["Seat 1", "North Hall"]]],
  [[BADGE], ["Who came in? 1 badge"], []],
])(
  "a season in which nobody starts a venture tells its desks, its teams and its badges: %j",
  (lines, titles, notes) => {
    const room = secondSeason(...lines);
    expect(proposedIn(room)).toEqual(["entries"]);
    expect(stepsOf(room, "entries")).toBe(titles.length);
    const shown = titles.map((_, step) => render(<EntriesScene step={step} />, { wrapper: inRoom(room) }).container);
    expect(shown.map((each) => each.querySelector("h2")?.textContent)).toEqual(titles);
    const told = [...(shown[0]?.querySelectorAll(".name-beside") ?? [])].map(({ children }) => [...children]);
    expect(told.map((pieces) => pieces.map((piece) => piece.textContent))).toEqual(notes);
    const named = [...(shown.at(-1)?.querySelectorAll(".doors .person") ?? [])].map((each) => each.textContent);
    expect(named).toEqual(lines.includes(BADGE) ? ["Seat 7"] : []);
  },
);

test.each([
  ["a space", 1, 9, 9, ""],
  ["a space", 1, 20, 20, ""],
  ["a space", 1, 21, 19, "and 2 more"],
  ["two spaces", 2, 10, 20, ""],
  ["two spaces", 2, 11, 18, "and 2 moreand 2 more"],
])("%s (%i) with %i badges each names all that have room, and never leaves one out", (_, spaces, each, named, more) => {
  const seats = Array.from({ length: each }, (_, at) => ({ seat: at + 1 }) as Investor);
  const badges = Array.from({ length: spaces }, (_, at) => ({ space: at + 101, seats }));
  const { container } = render(<Doors badges={badges} />, { wrapper: inRoom(roomOf({})) });
  expect(container.querySelectorAll(".doors .person")).toHaveLength(named);
  expect([...container.querySelectorAll(".doors .wall-meta")].map((left) => left.textContent).join("")).toBe(more);
});

test("what has closed fills the room above those who began again", () => {
  const venture = (id: number, more: object) => ({ [id]: { id, lead: 1, sector: "city", stage: 0, ...more } });
  const room = roomOf({
    game: { status: "running", season: 2, seasons: 3, phase: "recap" },
    venture: { ...venture(1, { closed: "funds", closed_season: 2 }), ...venture(2, { founded: 2 }) },
  });
  const { container } = render(<ExitsScene />, { wrapper: inRoom(room) });
  expect(container.querySelectorAll(".venture-cards.above + .begun-again .venture-cards")).toHaveLength(1);
});

test.each([
  [{ credits: 60, shares: 3000 }, "60 cr", "30%"],
  [{ hours: 4, fee: 10 }, "4 h", "fee 10"],
  [{ hours: 4, shares: 300, fee: 10 }, "4 h", "3% + fee 10"],
  [{ hours: 4 }, "4 h", "0%"],
])("a deal says what is given for what, a fee too: %o", (terms, by, given) => {
  const deal = {
    id: 1,
    season: 1,
    investor: 2,
    venture: 1,
    maker: 1,
    credits: 0,
    hours: 0,
    shares: 0,
    fee: 0,
    ...terms,
  };
  const room = roomOf({ game: { status: "running", season: 1, phase: "incubation" }, deal: { 1: deal } });
  const { container } = render(<DealsScene step={0} />, { wrapper: inRoom(room) });
  const said = [...container.querySelectorAll(".deal-side b")].map((each) => each.textContent?.replace(/\s+/g, " "));
  expect(said).toEqual([by, given]);
});

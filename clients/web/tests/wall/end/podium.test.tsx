import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { displayWidth } from "../../../src/parts/pictures/text_width";
import { RoomContext } from "../../../src/store/context";
import { ROLES } from "../../../src/store/names";
import { AllRoles, countedText, HowFirst, PodiumScene, ranksOf } from "../../../src/wall/end/podium";
import { meanIndex, TogetherScene } from "../../../src/wall/end/together";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const seat = (id: number, by: string) => ({ [id]: { id, role: "maker", by } });
const score = (id: number, final: number) => ({ [id]: { seat: id, final, standings: [final], parts: {} } });

test("three places of a role stand on the podium, and people before bots with the same points", () => {
  const room = roomOf({
    seat: { ...seat(1, "bot"), ...seat(2, "person"), ...seat(3, "bot"), ...seat(4, "person"), ...seat(5, "person") },
    score: { ...score(1, 90), ...score(2, 90), ...score(3, 80), ...score(4, 70), ...score(5, 10) },
  });
  expect(ranksOf(room, "maker")).toEqual([
    { place: 1, score: 90, seats: [2, 1] },
    { place: 3, score: 80, seats: [3] },
    { place: 4, score: 70, seats: [4] },
  ]);
  expect(ranksOf(room, "investor")).toEqual([]);
});

test("an index of the class is the mean of its spaces", () => {
  const figures = { 1: { season: 1, values: { vitality_4: 40, vitality_5: 51, community_4: 9 } } };
  const { view } = roomOf({ figures });
  expect([meanIndex(view, "vitality", 1), meanIndex(view, "vitality", 2)]).toEqual([46, undefined]);
});

test("on a shared place two stand with their names, and how many more there are; of the best of all, four", () => {
  const seats = [1, 2, 3, 4, 5, 6];
  const room = roomOf({
    game: { status: "over", season: 2, seasons: 2 },
    seat: Object.fromEntries(seats.map((id) => [id, { id, role: "maker", by: "person", name: `Name ${id}` }])),
    score: Object.assign({}, ...seats.map((id) => score(id, 90))),
    comparison: Object.fromEntries(seats.map((id) => [id, { seat: id, among_best: 50 }])),
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <AllRoles />
    </RoomContext.Provider>,
  );
  const shared = [...container.querySelectorAll(".rank-names li")].map((each) => each.textContent);
  expect(shared).toEqual(["Name 1", "Name 2+4"]);
  expect(container.querySelector(".best-of-all")?.textContent).toContain("Name 4 +2");
});

test("a name beside how many more there are is as small as both have room in a line", () => {
  const named = (id: number) => ({ [id]: { id, role: "maker", by: "person", name: id === 2 ? "Bartholomew" : "Bo" } });
  const most = (ids: readonly number[]): number => {
    const room = roomOf({
      seat: Object.assign({}, ...ids.map(named)),
      score: Object.assign({}, ...ids.map((id) => score(id, 90))),
    });
    const { container, unmount } = render(<PodiumScene step={0} />, { wrapper: inRoom(room) });
    const size = container.querySelector<HTMLElement>(".stand-name")?.style.getPropertyValue("--most");
    unmount();
    return Number(size);
  };
  expect(most([1, 2])).toBeGreaterThan(most([1, 2, 3]));
  expect(most([1, 2, 3]) * displayWidth("Bartholomew +1", 1)).toBeLessThanOrEqual(304);
});

const ROLE = "maker";

/** What is written of how the first of a role got there, row by row. */
function howOf(parts: { [part: string]: number }): [string, number][] {
  const final = Object.values(parts).reduce((sum, points) => sum + points, 0);
  const room = roomOf({ seat: seat(1, "person"), score: { 1: { seat: 1, final, standings: [final], parts } } });
  const { container, unmount } = render(
    <RoomContext.Provider value={room}>
      <HowFirst first={{ place: 1, score: final, seats: [1] }} role={ROLE} />
    </RoomContext.Provider>,
  );
  const all = [...container.querySelectorAll("dl > div")];
  const rows = all.map((row): [string, number] => [
    row.querySelector("dt")?.textContent ?? "",
    Number(row.querySelector("dd b")?.textContent?.replace("\u2212", "-")),
  ]);
  expect(container.querySelector(".how-sum b")?.textContent).toBe(String(final));
  expect(rows.reduce((sum, [, points]) => sum + points, 0)).toBe(final);
  unmount();
  return rows;
}

test("how the first got there adds up to the score, however many parts it has", () => {
  const five = { credits: 282, shares: 146, spirit: 50, ambition: 36, forecasts: 6 };
  expect(howOf(five).map(([, points]) => points)).toEqual([282, 146, 50, 36, 6]);
  expect(howOf({ ...five, service: 4, base: -30 }).slice(-2)).toEqual([
    ["Ambition", 36],
    ["Other", -20],
  ]);
  expect(howOf({ ...five, service: -6 })).toHaveLength(4);
});

test("what is taken off stands in everybody's words, and comes from the other end of its row", () => {
  const parts = { shares: 492, credits: 225, base: -210 };
  const room = roomOf({
    seat: seat(1, "person"),
    score: { 1: { seat: 1, final: 507, standings: [507], parts } },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <HowFirst first={{ place: 1, score: 507, seats: [1] }} role={ROLE} />
    </RoomContext.Provider>,
  );
  const losses = [...container.querySelectorAll("dl > div")].filter((row) => row.querySelector(".bar.loss"));
  expect(losses.map((row) => row.querySelector("dt")?.textContent)).toEqual(["Starting capital, taken off"]);
});

test.each(ROLES)("what counts for a %s says that forecasts do", (role) => {
  const text = (status: string): string => countedText(roomOf({ game: { status } }).view, role);
  expect([text("running"), text("over")].every((each) => /forecasts/i.test(each))).toBe(true);
});

test("the best of all are held against winners, so that who is as good in the own role may not be among them", () => {
  const room = roomOf({
    game: { status: "over", season: 2, seasons: 2 },
    seat: { ...seat(1, "person"), 2: { id: 2, role: "investor", by: "person" } },
    score: { ...score(1, 90), ...score(2, 90) },
    comparison: { 1: { seat: 1, better_than: 100, among_best: 97 }, 2: { seat: 2, better_than: 100, among_best: 99 } },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <AllRoles />
    </RoomContext.Provider>,
  );
  expect(container.querySelector(".best-of-all")?.textContent).toBe(
    "Best of all roles, each held against the winners of standard games: Investor 2",
  );
});

test("the marks across the bars are explained where the first season is named", () => {
  const values = (all: number) => ({ vitality_4: all, community_4: all, resources_4: all, integration_4: all });
  const room = roomOf({
    game: { status: "over", season: 2, seasons: 2 },
    figures: { 1: { season: 1, values: values(40) }, 2: { season: 2, values: values(60) } },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <TogetherScene />
    </RoomContext.Provider>,
  );
  expect(container.querySelector(".mark")?.parentElement?.textContent).toBe("40 in the first season");
  expect(container.querySelectorAll(".bar u")).toHaveLength(3);
});

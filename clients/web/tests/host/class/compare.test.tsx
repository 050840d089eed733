// The tables of a class beside each other: who is named, what stands where on a scale, codes of earlier classes, files.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { CompareTables, interval } from "../../../src/host/class/compare";
import { scale, together } from "../../../src/parts/class/strips";
import { type ClassTable, canCompare } from "../../../src/store/classes";
import { type Compared, codesIn, comparisonOf, telling } from "../../../src/store/compared";
import { CompareScene } from "../../../src/wall/class/compare_scene";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const ABOUT = { scenario: "classroom", seats: 30, seasons: 3, decided: { person: 30, bot: 0, default: 2 } };
const COMPARED: Compared = {
  figures: ["deals", "rent", "sales"],
  tables: [
    {
      table: 1,
      room: "A",
      ...ABOUT,
      figures: { deals: 1.4, rent: 21, sales: 30 },
      apart: { deals: 2, rent: 0, sales: 1 },
    },
    {
      table: 2,
      room: "B",
      ...ABOUT,
      figures: { deals: 1.4, rent: 41, sales: 33 },
      apart: { deals: -1, rent: 16, sales: 0 },
      rules: [{ path: "world.rent", is: 24, usual: 12 }],
      did: [{ role: "operator", command: "set_terms", each: 1.25, others: 0.5 }],
    },
  ],
  named: [{ table: 2, figure: "rent", distance: 16 }],
  can_name: true,
  not_measured: "",
  groups: [
    {
      code: "K7QF234",
      name: "10b",
      tables: 2,
      scenario: "classroom",
      seasons: 3,
      figures: { deals: [1.4], rent: [31, 20, 42], sales: [31.5] },
    },
  ],
  usual: { games: 120, seats: 30, figures: { rent: [21, 22, 23] } },
};
const CLASS = { code: "K7QF234", name: "10b", scenario: "classroom", size: 30, people: 60 };

function answered(body: object, ok = true) {
  const fetched = vi.fn(async (_path: string, _asked?: RequestInit) => ({ ok, json: async () => body }) as Response);
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

function shown(hand: object = {}) {
  const room = roomOf({ class: CLASS }, hand, { kind: "host", member: 2 });
  room.code.value = CLASS.code;
  vi.spyOn(room, "send").mockResolvedValue({ ok: true });
  localStorage.setItem("ms.host.K7QF234", JSON.stringify({ token: "secret", at: 1 }));
  render(<CompareTables />, { wrapper: inRoom(room) });
  return room;
}

test("a host sees which table lies apart, and in what its rules and doings differ", async () => {
  const fetched = answered(COMPARED);
  const room = shown();
  expect(await screen.findByText(/Table 2 lies apart.*scenario and length.*more.*Rent for a desk/)).toBeTruthy();
  expect(screen.queryByText(/not among them/)).toBeNull();
  expect(screen.getByText(/world\.rent: 24, elsewhere 12/)).toBeTruthy();
  expect(screen.getByText(/1\.3 for each seat and season, at the others of its scenario and length 0\.5/)).toBeTruthy();
  expect(fetched.mock.calls[0]?.[0]).not.toContain("secret");
  expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({ Authorization: "Bearer secret" });
  fireEvent.click(screen.getByRole("button", { name: "Show it on the wall" }));
  expect(room.send).toHaveBeenLastCalledWith("class.wall", { table: 0, compare: true });
});

test("tables of another length are told of as held against none of the others, on the wall too", async () => {
  const [one, two] = COMPARED.tables;
  const { apart: _, ...longer } = { ...one, seasons: 6 } as (typeof COMPARED.tables)[number];
  const tables = [one, two, { ...longer, table: 3 }, { ...longer, table: 4 }, { ...longer, table: 5, figures: {} }];
  answered({ ...COMPARED, tables });
  shown();
  const said = "Of another scenario or length, and so not among them: Table 3, Table 4.";
  expect(await screen.findByText(said)).toBeTruthy();
  render(<CompareScene />, { wrapper: inRoom(roomOf({ class: { ...CLASS, compare: true } })) });
  await vi.waitFor(() => expect(screen.getAllByText(said)).toHaveLength(2));
});

test("earlier classes are asked for by their codes or links", async () => {
  const fetched = answered(COMPARED);
  shown();
  await screen.findByText(/lies apart/);
  const typed = screen.getByLabelText("Codes or links of earlier classes and rooms");
  fireEvent.input(typed, { target: { value: "abcd234, http://here/#/class/EFGH567/token" } });
  fireEvent.click(screen.getByRole("button", { name: "Hold beside" }));
  await vi.waitFor(() =>
    expect(fetched).toHaveBeenLastCalledWith(expect.stringContaining("with=ABCD234,EFGH567"), expect.anything()),
  );
  expect(fetched.mock.lastCall?.[0]).not.toContain("token");
});

test.each([
  ["lead", true],
  ["assistant", true],
  ["visitor", false],
])("a %s is offered lines of students as the rank may have them", async (rank, may) => {
  answered(COMPARED);
  shown({ chair: { 2: { rank } } });
  await screen.findByRole("button", { name: "Tables as CSV" });
  expect(screen.queryAllByRole("button", { name: /A line for each student/ })).toHaveLength(may ? 2 : 0);
  expect(screen.queryByText("Points and names of students are for whoever leads or assists.") === null).toBe(may);
});

test("why there is no comparison yet is said as the server says it", async () => {
  answered({ error: { code: "rule", message: "The game is still on." } }, false);
  shown();
  expect(await screen.findByText("The game is still on.")).toBeTruthy();
});

test("of several games the latest is compared, and all together where a host wants that", async () => {
  const fetched = answered({ ...COMPARED, game: 2 });
  shown();
  expect((await screen.findByRole("button", { name: "Game 2" })).getAttribute("aria-pressed")).toBe("true");
  expect(fetched.mock.lastCall?.[0]).toBe("api/classes/K7QF234/compare");
  const all = answered(COMPARED);
  fireEvent.click(screen.getByRole("button", { name: "All games together" }));
  await vi.waitFor(() => expect(all.mock.lastCall?.[0]).toBe("api/classes/K7QF234/compare?game=all"));
  await vi.waitFor(() => expect(screen.queryByRole("button", { name: "Show it on the wall" })).toBeNull());
  expect(screen.getByRole("button", { name: "Game 2" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Tables as CSV" }));
  await vi.waitFor(() => expect(all.mock.lastCall?.[0]).toContain("compare/tables?game=all&language="));
});

test("a class that has played one game is offered no choice of games", async () => {
  answered(COMPARED);
  shown();
  await screen.findByText(/lies apart/);
  expect(screen.queryByRole("button", { name: "All games together" })).toBeNull();
});

test("the wall says which game it compares", async () => {
  answered({ ...COMPARED, game: 2 });
  render(<CompareScene />, { wrapper: inRoom(roomOf({ class: { ...CLASS, compare: true } })) });
  expect(await screen.findByRole("heading", { name: "10b · The tables beside each other · Game 2" })).toBeTruthy();
});

test("the wall names the table and nobody", async () => {
  const fetched = answered(COMPARED);
  const room = roomOf({ class: { ...CLASS, compare: true } }, {}, { kind: "watcher" });
  room.code.value = CLASS.code;
  render(<CompareScene />, { wrapper: inRoom(room) });
  expect(await screen.findByText(/Table 2 lies apart/)).toBeTruthy();
  expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({});
});

test("nobody is named where no table lies apart, or where that takes more tables", async () => {
  answered({ ...COMPARED, named: [] });
  shown();
  expect(await screen.findByText(/No table lies apart/)).toBeTruthy();
});

test.each([
  ["", /takes three tables or more of one scenario/],
  ["scenario", /no band.*not measured for this scenario/],
  ["seasons", /no band.*had 3 seasons, these tables 1/],
  ["rules", /no band.*by other rules/],
  ["naming", /not tried out for this scenario/],
])("why no table can be named is said: not measured %s", async (not_measured, said) => {
  answered({ ...COMPARED, named: [], can_name: false, not_measured, lengths: [1, 3] });
  shown();
  expect(await screen.findByText(said)).toBeTruthy();
  expect(screen.queryByText(/named by chance/), "of a table that nobody names").toBeNull();
});

test("the figure of the table that is named comes first among the few on the wall", () => {
  expect(telling(COMPARED, 1)).toEqual(["rent"]);
  expect(telling(COMPARED, 2)).toEqual(["deals", "rent"]);
});

test("tables that would lie on each other share a mark", () => {
  const marks = [3, 2, 1].map((table) => ({ table, value: table === 3 ? 9 : 1 }));
  expect(together(marks, (value) => value * 10)).toEqual([
    { tables: [1, 2], left: 10 },
    { tables: [3], left: 90 },
  ]);
});

test("a mark of several tables is as wide as its numbers: what it would touch shares it, too", () => {
  const marks = [9, 5, 6, 10].map((table, index) => ({ table, value: [50, 51, 57.5, 58.5][index] ?? 0 }));
  expect(together(marks, (value) => value).map(({ tables }) => tables.join(" "))).toEqual(["9 5 6 10"]);
  expect(together(marks, (value) => 2 * value - 50).map(({ tables }) => tables.join(" "))).toEqual(["9 5", "6 10"]);
});

test.each([
  ["k7qf234", ["K7QF234"]],
  ["https://x/#/class/AAAA222/tok https://x/#/s/BBBB333，aaaa222", ["AAAA222", "BBBB333"]],
  ["https://x/#/c/CCCC444 https://x/#/d/DDDD555 https://x/#/r/EEEE666/tok", ["CCCC444", "DDDD555", "EEEE666"]],
  ["  ", []],
])("codes are found in %s", (typed, codes) => {
  expect(codesIn(typed)).toEqual(codes);
});

test("a file lies beside the comparison, with the same classes", () => {
  expect(comparisonOf("K", ["A", "B"], "tables")).toBe("api/classes/K/compare/tables?with=A,B");
  expect([interval([1.44, 0.5, 12.2]), interval([3]), interval(undefined)]).toEqual(["1.4 (0.5–12)", "3", ""]);
});

test("tables are compared once some are over and none goes on", () => {
  const tables = (...statuses: string[]) => statuses.map((status) => ({ status }) as ClassTable);
  expect(canCompare(tables("over", "lobby"))).toBe(true);
  expect(canCompare(tables("over", "running"))).toBe(false);
  expect(canCompare(tables("lobby"))).toBe(false);
});

test("each column of means says of which scenario and length, and in which rules another class differs", async () => {
  const rules = [{ path: "world.rent", is: 30, usual: 12 }];
  const [own] = COMPARED.groups;
  const other = { ...own, code: "ABCD234", name: "10c", tables: 1 } as (typeof COMPARED.groups)[number];
  answered({ ...COMPARED, groups: [own, { ...other, rules }, { ...other, scenario: "my_own", seasons: 1 }] });
  shown();
  for (const said of ["10b · 2 tables · Classroom, seasons: 3", "10c · one table · my_own, seasons: 1"])
    expect(await screen.findByRole("columnheader", { name: said, hidden: true })).toBeTruthy();
  expect(screen.getByText(/world\.rent: 30, elsewhere 12/)).toBeTruthy();
});

test("tables that read the same lie near each other, though there are no others", () => {
  const at = scale([20.67, 20.9]);
  expect(at(20.9) - at(20.67)).toBeLessThan(10);
  expect((at(20.9) + at(20.67)) / 2).toBeCloseTo(50);
  expect(scale([20, 30])(30)).toBe(96);
  expect(scale([3, 3])(3)).toBeCloseTo(50);
});

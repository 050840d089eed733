import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { RoomContext } from "../../../src/store/context";
import { BeforePodium, overText } from "../../../src/wall/end/before_podium";
import { roomOf, viewOf } from "../../rig/rooms";

const module = { recap: { phase: "recap" } };
const figures = { 1: { season: 1, values: {} }, 2: { season: 2, values: {} } };

test("the end says how many seasons were played, or in which the game was ended", () => {
  const table = { module, run: { first_season: 1 }, game: { status: "over", season: 2 } };
  expect(overText(viewOf({ ...table, figures }))).toBe("2 seasons are over");
  expect(overText(viewOf({ ...table, figures: { 1: figures[1] } }))).toBe("The game ended in season 2");
  expect(overText(viewOf({ ...table, module: {} })), "nothing counts figures there").toBe("2 seasons are over");
});

function shown(
  people: number,
  how: Readonly<Record<string, boolean | string>> = {},
  show = {},
  counted: Readonly<Record<string, object>> = figures,
): Element {
  const ids = Array.from({ length: people }, (_, at) => at + 1);
  const roles = ["maker", "investor"];
  const room = roomOf({
    game: { status: "over", season: 2, seasons: 2 },
    room: how,
    show,
    module,
    figures: counted,
    seat: Object.fromEntries(ids.map((id) => [id, { id, role: roles[id % 2], by: "person", name: `Name ${id}` }])),
    score: Object.fromEntries(ids.map((id) => [id, { seat: id, final: 700 + id, standings: [700 + id], parts: {} }])),
  });
  return render(
    <RoomContext.Provider value={room}>
      <BeforePodium />
    </RoomContext.Provider>,
  ).container;
}

test("before the podium a curtain hangs for each role that was played, and the whole class is there", () => {
  const end = shown(12);
  expect([...end.querySelectorAll(".role-board")].map((each) => each.textContent)).toEqual(["Makers", "Investors"]);
  expect(end.querySelectorAll(".drape")).toHaveLength(2);
  expect(end.querySelectorAll(".whole-class .face")).toHaveLength(12);
});

test("before the podium nobody is named, and no point is told", () => {
  const text = shown(12).textContent ?? "";
  expect(text).toContain("the secret ambition count");
  expect(text).not.toMatch(/Name|7\d\d/);
});

test("a role that the host has opened stands beside the curtains of the others, but in a sealed room", () => {
  const kept = { pace: "host" };
  const end = shown(12, kept, { scene: "phase", opened: 1 });
  expect(end.querySelectorAll(".drape")).toHaveLength(1);
  expect(end.textContent).toContain("Name 12");
  expect(end.textContent).not.toMatch(/Name (1|3|11)(?!\d)/);
  expect(shown(12, { ...kept, sealed: true }, { opened: 1 }).textContent).not.toContain("Name");
});

test("more than have a face of their own are counted", () => {
  const end = shown(70);
  expect(end.querySelectorAll(".whole-class .face")).toHaveLength(64);
  expect(end.querySelector(".whole-class b")?.textContent).toBe("+6");
});

test("where the last season was not played to its end, it says what ventures count with", () => {
  expect(shown(3).textContent).not.toContain("profit");
  expect(shown(3, {}, {}, { 1: figures[1] }).textContent).toContain("Only the profit of season 2 counts for ventures.");
});

test("where nothing is to be opened, nobody is told that the host reveals it", () => {
  expect(shown(3).textContent).toContain("The host reveals who stands where.");
  const sealed = shown(3, { sealed: true }).textContent ?? "";
  expect(sealed).toContain("What it would open stays closed");
  expect(sealed).not.toContain("The host reveals");
});

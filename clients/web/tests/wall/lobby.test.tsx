import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { RoomContext } from "../../src/store/context";
import { Lobby } from "../../src/wall/lobby";
import { roomOf } from "../rig/rooms";

function lobbyOf(seats: number, names: readonly string[] = []): Element {
  const all = Array.from({ length: seats }, (_, at) => ({
    id: at + 1,
    role: "maker",
    by: "person",
    name: names[at] ?? `Name ${at}`,
  }));
  const room = roomOf({
    game: { status: "lobby" },
    seat: Object.fromEntries(all.map((seat) => [seat.id, seat])),
  });
  return render(
    <RoomContext.Provider value={room}>
      <Lobby />
    </RoomContext.Provider>,
  ).container;
}

test.each([6, 12, 30, 60])("all of %d who have come are there, with face and name", (seats) => {
  const come = [...lobbyOf(seats).querySelectorAll(".wall-people .come")];
  expect(come.filter((each) => each.querySelector(".face"))).toHaveLength(seats);
  const names = come.map((each) => each.querySelector(".name-tag")?.textContent ?? "");
  expect(names.every((name, at) => /^Na?m?e?…? ?\d+$/u.test(name) && name.endsWith(String(at)))).toBe(true);
});

test("in a room too large for faces people are counted", () => {
  expect(lobbyOf(70).querySelector(".wall-count")?.textContent).toContain("70");
});

const NAMES = ["Mina Hernandez", "Alexander Bennett", "Hyun-woo Fitzgerald", "Bo", "Alexandra"];

test.each([6, 12, 20, 30, 42])(
  "of %d who have come names are whole, those of two parts in two lines if need be",
  (seats) => {
    const lobby = lobbyOf(seats, NAMES);
    const names = [...lobby.querySelectorAll(".name-tag")].map((each) => each.textContent ?? "");
    expect(names.slice(0, NAMES.length).map((name) => name.replace("\n", " "))).toEqual(NAMES);
    expect(lobby.querySelectorAll(".two-lines")).toHaveLength(names.some((name) => name.includes("\n")) ? 1 : 0);
  },
);

test("somebody who is here is there and counted also while a bot plays for them, and a kept name is not", () => {
  const seat = (id: number, more: object) => ({ [id]: { id, role: "maker", name: `Name ${id}`, by: "bot", ...more } });
  const room = roomOf({
    game: { status: "running" },
    seat: { ...seat(1, { by: "person" }), ...seat(2, { here: true }), ...seat(3, { seen: 9 }), ...seat(4, {}) },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Lobby />
    </RoomContext.Provider>,
  );
  expect(container.querySelector(".wall-count")?.textContent).toBe("3 of 4");
  expect([...container.querySelectorAll(".name-tag")].map((tag) => tag.textContent)).toEqual(
    [1, 2, 3].map((id) => `Name ${id}`),
  );
});

test.each([6, 12, 24])(
  "of %d who have come a name of 25 letters is whole, for which there is room in two lines",
  (seats) => {
    const [tag] = lobbyOf(seats, ["Maximiliane von Hohenberg"]).querySelectorAll(".name-tag");
    expect(tag?.textContent).toBe("Maximiliane\nvon Hohenberg");
  },
);

test("a name that is cut either way keeps the sign of its role, and stands in two lines", () => {
  const [tag] = lobbyOf(30, ["Donaudampfschiffer-Kapitänsmützen von Woodenhouse"]).querySelectorAll(".name-tag");
  expect(tag?.className).toBe("name-tag high");
  expect(tag?.textContent?.split("\n")).toHaveLength(2);
});

test.each([
  [6, 3, 2],
  [8, 4, 2],
  [12, 4, 3],
])("of %d a long name keeps the sign of its role, and rows are as many as they need", (seats, columns, rows) => {
  const lobby = lobbyOf(seats, ["Maximiliane von Hohenstein"]);
  const [tag] = lobby.querySelectorAll(".name-tag");
  expect(tag?.className).toBe("name-tag high");
  expect(tag?.textContent).toBe("Maximiliane\nvon Hohenstein");
  const style = lobby.querySelector<HTMLElement>(".wall-people")?.style;
  expect(["--columns", "--rows"].map((name) => Number(style?.getPropertyValue(name)))).toEqual([columns, rows]);
});

const LONG = ["Maximiliane Hohenlohe-Lang", "Bartholomew Featherstones", "Fatima Al-Sayed", "Ximena"];

test.each([30, 40])("of %d long names are whole, with more lines and smaller letters if need be", (seats) => {
  const names = [...lobbyOf(seats, LONG).querySelectorAll(".name-tag")].map((tag) => tag.textContent ?? "");
  const whole = names.slice(0, LONG.length).map((name) => name.replace("-\n", "-").replaceAll("\n", " "));
  expect(whole).toEqual(LONG);
});

test("of 60 ordinary names are whole in two lines, and faces are smaller by what the highest tag takes", () => {
  const named = ["Fatima Al-Sayed", "Ximena", "Sophie Lindqvist", "Jonas Becker", "Liam O'Connor", "欧阳建国", "Ana"];
  const lobby = lobbyOf(60, named);
  const names = [...lobby.querySelectorAll(".name-tag")].map((tag) => (tag.textContent ?? "").replace("\n", " "));
  expect(names.slice(0, named.length)).toEqual(named);
  const high = lobby.querySelector<HTMLElement>(".wall-people")?.style.getPropertyValue("--high");
  expect(Number(high)).toBeLessThanOrEqual(66);
});

test.each([43, 60])("of %d a long single name is whole, with less beside its letters if need be", (seats) => {
  const named = ["Mohammed", "Mohammad", "Maximilian", "Mohammed Al-Rashid", "Ana"];
  const tags = [...lobbyOf(seats, named).querySelectorAll(".name-tag")];
  const names = tags.map((tag) => (tag.textContent ?? "").replaceAll("\n", " "));
  expect(names.slice(0, named.length)).toEqual(named);
  expect(tags.slice(0, named.length).map((tag) => tag.classList.contains("tight"))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
});

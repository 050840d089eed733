// How a class is seated, where the host has changed roles by hand; the frame that asks for it; how long it plays.
import { expect, test } from "vitest";
import { lessonMinutes, playMinutes } from "../../../src/host/create/class_in_words";
import { type Offer, type Seated, thinRoles, withRoles } from "../../../src/host/create/class_size";
import { frameOf } from "../../../src/host/create/open_room";
import { FIRST_WISH, type RoomWish } from "../../../src/host/create/room_wish";

const SEATED: Seated = {
  people: 10,
  seats: 8,
  roles: { maker: 5, investor: 2, operator: 1 },
  known_roles: ["maker", "investor", "operator"],
  bots: 0,
  shared: 2,
};
const WISH: RoomWish = { ...FIRST_WISH, language: "en" };

test("seats that nobody is there for get bots, and too few seats are shared", () => {
  const changed = (roles: { [role: string]: number }): number[] => {
    const { seats, bots, shared } = withRoles(SEATED, roles);
    return [seats, bots, shared];
  };
  expect(changed({ maker: 8, investor: 3, operator: 1 })).toEqual([12, 2, 0]);
  expect(changed({ maker: 4, investor: 2, operator: 1 })).toEqual([7, 0, 3]);
  expect(withRoles(SEATED, undefined)).toBe(SEATED);
});

test("a role is thin where one has it alone although usually several do", () => {
  const usual = { maker: 5, investor: 2, operator: 1 };
  expect(thinRoles(SEATED, usual)).toEqual([]);
  expect(thinRoles({ ...SEATED, roles: { maker: 6, investor: 1, operator: 1 } }, usual)).toEqual(["investor"]);
  expect(thinRoles({ ...SEATED, roles: { maker: 7 } }, usual)).toEqual(["investor"]);
});

test("a room is asked for with as many seats as the server has said, else as there are people", () => {
  const sizeOf = (wish: RoomWish, seated?: Seated): unknown => {
    const { seats, roles } = frameOf(wish, seated, "id").options ?? {};
    return roles ?? seats;
  };
  expect([sizeOf(WISH), sizeOf(WISH, SEATED)]).toEqual([12, 8]);
  expect(sizeOf({ ...WISH, roles: { maker: 2, investor: 0, operator: 1 } }, SEATED)).toEqual([
    "maker",
    "maker",
    "operator",
  ]);
});

test("practice and a key are asked for only where they are wished for", () => {
  const plain = frameOf(WISH, undefined, "id");
  expect(plain).toEqual({
    type: "create",
    scenario: "classroom",
    options: {
      seats: 12,
      language: "en",
      timers: { scale: 100 },
      pace: "self",
      lesson: 60,
      bots: "normal",
      dealt: "proportion",
    },
    id: "id",
  });
  const full = frameOf({ ...WISH, practice: true, key: "open" }, undefined, "id");
  expect([full.options?.practice, full.key]).toEqual([true, "open"]);
});

test("a scenario plays as long as the pace says, and a season longer with one for practice", () => {
  const offer = { play_s: 3600, seasons: 6 } as Offer;
  expect([playMinutes(offer, 100, false), playMinutes(offer, 150, false), playMinutes(offer, 0, false)]).toEqual([
    60, 90, 60,
  ]);
  expect(playMinutes(offer, 100, true)).toBe(70);
});

test("of a lesson it takes what no clock counts too, at any pace alike, and with practice for a season more", () => {
  const offer = { play_s: 3600, lesson_s: 4500, between_s: 120, seasons: 6 } as Offer;
  expect([lessonMinutes(offer, 100, false), lessonMinutes(offer, 150, false)]).toEqual([75, 105]);
  expect(lessonMinutes(offer, 100, true)).toBe(87);
});

test("a room has teams where its plan shares seats, and else none", () => {
  const teams = (seated?: Seated): unknown => frameOf(WISH, seated, "id").options?.teams;
  expect([teams(), teams(SEATED), teams({ ...SEATED, shared: 0 })]).toEqual([undefined, true, undefined]);
});

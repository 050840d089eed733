// What is half-done: kept over a reload, gone with its phase.
import { expect, test } from "vitest";
import { roomOf } from "../../rig/rooms";

const POLICY = { game: { season: 1, phase: "policy" } };

test("a value outlives a reload of the page within its phase, and none takes it away", () => {
  roomOf(POLICY).kept.set("step", "door");
  const again = roomOf(POLICY);
  expect(again.kept.get("step")).toBe("door");
  again.kept.set("step", undefined);
  expect(roomOf(POLICY).kept.get("step")).toBeUndefined();
});

test.each([
  ["the next phase", { game: { season: 1, phase: "admission" } }],
  ["the same phase of the next season", { game: { season: 2, phase: "policy" } }],
])("%s knows nothing of it", (_, table) => {
  const room = roomOf(POLICY);
  room.kept.set("step", "door");
  room.view.replace(table, {});
  expect(room.kept.get("step")).toBeUndefined();
  room.kept.set("half", "money");
  room.view.replace(POLICY, {});
  expect(room.kept.get("step")).toBeUndefined(); // it does not come back with the phase
});

test("another room has values of its own", () => {
  roomOf(POLICY).kept.set("step", "door");
  const other = roomOf(POLICY);
  other.code.value = "OTHER22";
  expect(other.kept.get("step")).toBeUndefined();
});

test("another person in the same tab has values of their own", () => {
  roomOf(POLICY, {}, { kind: "seat", seat: 1, member: 1 }).kept.set("draft", "Mina's");
  expect(roomOf(POLICY, {}, { kind: "seat", seat: 1, member: 2 }).kept.get("draft")).toBeUndefined();
  expect(roomOf(POLICY, {}, { kind: "seat", seat: 1, member: 1 }).kept.get("draft")).toBe("Mina's");
});

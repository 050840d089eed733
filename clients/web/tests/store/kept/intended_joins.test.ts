// Whoever joins again under the same name from the same browser sends the same id.
import { expect, test } from "vitest";
import { joinId } from "../../../src/store/kept/intended_joins";

test("the same name in the same room has the same id, over a reload too", () => {
  const first = joinId("K7QF234", "Mina");
  expect(joinId("K7QF234", "Mina")).toBe(first);
  expect(joinId("OTHER22", "Mina")).not.toBe(first);
});

test("another name is another person, and the first one is not forgotten for it", () => {
  const mina = joinId("K7QF234", "Mina");
  expect(joinId("K7QF234", "Jun")).not.toBe(mina);
  expect(joinId("K7QF234", "Mina")).toBe(mina);
});

test("a few names of twenty rooms are kept", () => {
  const first = joinId("ROOM0", "Mina");
  for (let count = 1; count <= 8; count += 1) joinId("ROOM0", `Name ${count}`);
  expect(joinId("ROOM0", "Mina")).not.toBe(first);
  for (let count = 1; count <= 25; count += 1) joinId(`ROOM${count}`, "Mina");
  expect(Object.keys(localStorage).filter((name) => name.startsWith("ms.join."))).toHaveLength(20);
});

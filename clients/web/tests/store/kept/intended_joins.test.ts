// Whoever joins again under the same name from the same browser sends the same frame.
import { expect, test } from "vitest";
import { intendedJoin } from "../../../src/store/kept/intended_joins";

test("the same name in the same room is the same intention, over a reload too", () => {
  const first = intendedJoin("K7QF234", "Mina");
  expect(intendedJoin("K7QF234", "Mina")).toEqual(first);
  expect(intendedJoin("OTHER22", "Mina").id).not.toBe(first.id);
});

test("another name is another person, and the first one is not forgotten for it", () => {
  const mina = intendedJoin("K7QF234", "Mina");
  expect(intendedJoin("K7QF234", "Jun").id).not.toBe(mina.id);
  expect(intendedJoin("K7QF234", "Mina")).toEqual(mina);
});

test("a seat that is asked for goes with the intention, and another seat is another one", () => {
  const any = intendedJoin("K7QF234", "Mina");
  const third = intendedJoin("K7QF234", "Mina", 3);
  expect(third).toMatchObject({ seat: 3 });
  expect(third.id).not.toBe(any.id);
  expect(intendedJoin("K7QF234", "Mina")).toEqual(third);
});

test("a few names of twenty rooms are kept", () => {
  const first = intendedJoin("ROOM0", "Mina");
  for (let count = 1; count <= 8; count += 1) intendedJoin("ROOM0", `Name ${count}`);
  expect(intendedJoin("ROOM0", "Mina").id).not.toBe(first.id);
  for (let count = 1; count <= 25; count += 1) intendedJoin(`ROOM${count}`, "Mina");
  expect(Object.keys(localStorage).filter((name) => name.startsWith("ms.join."))).toHaveLength(20);
});

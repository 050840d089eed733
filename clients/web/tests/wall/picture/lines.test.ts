import { expect, test } from "vitest";
import { jointsOf } from "../../../src/wall/picture/lines";

test("no joint lies on another, nor on the line of another deal", () => {
  const [mina, maker] = [
    { x: 0, y: 0 },
    { x: 0, y: 140 },
  ];
  const [mentor, angel] = [
    { x: 400, y: 0 },
    { x: 400, y: 140 },
  ];
  const lines = [mina, maker].flatMap((from) => [mentor, angel].map((to) => ({ from, to })));
  const joints = jointsOf(lines);
  for (const [index, { x, y, from, to }] of joints.entries()) {
    expect({ from, to }).toEqual(lines[index]);
    expect((x - from.x) * (to.y - from.y)).toBeCloseTo((y - from.y) * (to.x - from.x)); // on its own line
    for (const other of joints.slice(index + 1)) expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(40);
  }
  const crossing = joints.filter(({ from, to }) => from.y !== to.y);
  for (const { x } of crossing) expect(Math.abs(x - 200)).toBeGreaterThan(40); // where the two lines cross
});

// The story of one's money: what was set aside and came back never left one's hands.
import { expect, test } from "vitest";
import { entriesOf } from "../../../src/seat/tabs/money";
import { roomOf } from "../../rig/rooms";

const entry = (reason: string, amount: number, other: string) => ({ season: 2, reason, other, amount });

function told(...entries: ReturnType<typeof entry>[]): [string, number][] {
  const room = roomOf({}, { entry: Object.fromEntries(entries.map((each, index) => [index, each])) });
  return entriesOf(room, 2).map(({ reason, amount }) => [reason, amount]);
}

test("an offer that was signed is paid once", () => {
  const entries = [
    entry("capital", -70, "venture:3"),
    entry("escrow", -70, "escrow:5"),
    entry("release", 70, "escrow:5"),
  ];
  expect(told(...entries)).toEqual([["capital", -70]]);
});

test("what is still set aside stands there, and what comes back in a later season too", () => {
  expect(told(entry("escrow", -70, "escrow:5"), entry("release", 20, "escrow:5"))).toEqual([["escrow", -50]]);
  expect(told(entry("release", 30, "escrow:5"))).toEqual([["release", 30]]);
});

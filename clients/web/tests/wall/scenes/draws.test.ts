import { expect, test } from "vitest";
import { checked, commitmentOf, draw } from "../../../src/wall/scenes/draws";
import { hexOf, sha256 } from "../../../src/wall/scenes/sha256";
import { viewOf } from "../../rig/rooms";

const SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const COMMITMENT = "b8d5565b00cffc65cc6103a89d4db5d23c1f06730d8495213efdbfe55820e027";
const A_119 = "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb";
const DICE = [1, 4];

// from FIPS 180-4's examples, and of a room whose server drew these dice
test("hashes and draws are those of the server", () => {
  const of = (text: string): string => hexOf(sha256(new TextEncoder().encode(text)));
  expect(of("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(of("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(of("a".repeat(119))).toBe(A_119);
  expect(commitmentOf({ seed: SEED, nonce: "00ff" })).toBe(COMMITMENT);
  expect([0, 1].map((die) => draw(SEED, `1|incubation|roll|3|${die}`))).toEqual(DICE);
});

test("the dice on the table are worked out again, and a wrong one is found", () => {
  const closed = { id: 4, dice: [7, 7], closed: "unsold", closed_season: 0 }; // its dice are of an earlier season
  const table = (dice: number[]): object => ({ game: { season: 1 }, venture: { 3: { id: 3, dice }, 4: closed } });
  expect(checked(viewOf(table(DICE)), { seed: SEED, nonce: "" })).toEqual({ dice: 2, right: true });
  expect(checked(viewOf(table([DICE[0] ?? 0, 7])), { seed: SEED, nonce: "" }).right).toBe(false);
});

// Whether the dice were what the seed says: the commitment and each draw worked out again in this page, from the seed
// that opens with the end. Source: the rules' dice.py.

import { rolledOf } from "../../parts/results/scenes";
import type { View } from "../../store/view";
import { bytesOfHex, hexOf, hmac, sha256 } from "./sha256";

const SIDES = 6;
const WORDS = 4;
const WORD_VALUES = 1n << 64n;
const PHASE = "incubation";

/** Return the name of a venture's roll this season: by it anybody finds the draw. */
export function drawName(view: View, venture: number): string {
  return `${view.single("game").season}|${PHASE}|roll|${venture}`;
}

interface Opened {
  seed: string;
  nonce: string;
}

export function openedSeed(view: View): Opened | undefined {
  const found = view.pieces("dice") as Partial<Opened>;
  return found.seed && found.nonce ? { seed: found.seed, nonce: found.nonce } : undefined;
}

export function commitmentOf({ seed, nonce }: Opened): string {
  return hexOf(sha256(new Uint8Array([...bytesOfHex(seed), ...bytesOfHex(nonce)])));
}

/** Return what a die of this name shows: from 1 to 6, every face equally likely. */
export function draw(seed: string, name: string): number {
  const limit = WORD_VALUES - (WORD_VALUES % BigInt(SIDES));
  for (let block = 0; ; block += 1) {
    const code = new DataView(hmac(bytesOfHex(seed), new TextEncoder().encode(`${name}|${block}`)).buffer);
    for (let word = 0; word < WORDS; word += 1) {
      const value = code.getBigUint64(8 * word);
      if (value < limit) return Number(value % BigInt(SIDES)) + 1;
    }
  }
}

/** Return how many of the dice on the table were worked out again, and whether all of them were right. */
export function checked(view: View, { seed }: Opened): { dice: number; right: boolean } {
  const rolls = rolledOf(view).flatMap((venture) =>
    venture.dice.map((face, die) => ({ face, name: `${drawName(view, venture.id)}|${die}` })),
  );
  return { dice: rolls.length, right: rolls.every(({ face, name }) => draw(seed, name) === face) };
}

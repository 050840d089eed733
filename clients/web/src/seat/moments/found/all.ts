// What became of a seat's choices, most important first: one pure question of the table for each kind of moment.
import { type Moment, ranked } from "../kinds";
import { ends, rated, spaces, spared } from "./appraised";
import type { Asked, Finder } from "./asked";
import { births } from "./births";
import { declined } from "./declined";
import { doors } from "./door";
import { grants, grantsBack } from "./grant";
import { handshakes } from "./handshake";
import { heard } from "./heard";
import { hours } from "./hours";
import { joined } from "./joined";
import { faded, learned } from "./learned";
import { sales } from "./market";
import { paid } from "./paid";
import { rolls, unrolled } from "./roll";
import { season } from "./season";
import { shocks } from "./shock";
import { signed } from "./signed";
import { tenants } from "./tenants";
import { wildCards } from "./wild_card";

const AT_A_CLOSE: readonly Finder[] = [
  ...[doors, heard, joined, learned, faded, hours, rolls, unrolled, tenants, sales, paid, births],
  ...[rated, spaces, ends, spared, season, wildCards, grantsBack],
];
const AT_ONCE: readonly Finder[] = [shocks, signed, handshakes, grants, declined];

/** Return what the close of a phase has brought. */
export function momentsOfClose(asked: Asked): Moment[] {
  return ranked([...AT_A_CLOSE, ...AT_ONCE].flatMap((find) => find(asked)));
}

/** Return what is told while a phase is open. */
export function momentsAtOnce(asked: Asked): Moment[] {
  return ranked(AT_ONCE.flatMap((find) => find(asked)));
}

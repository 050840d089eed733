import { expect, test } from "vitest";
import { effectOf } from "../../../src/store/effects";
import { need } from "../../../src/texts";
import { roomOf } from "../../rig/rooms";

test("a phone says what the policy card does, not only its story", async () => {
  await need("cards");
  const room = roomOf({ world: { policy: "gulls", market: "sofa", effect: "voucher", tax: 10 } });
  expect(effectOf(room.view)).toContain("half");
});

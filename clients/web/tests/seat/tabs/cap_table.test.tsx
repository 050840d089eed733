// Who holds a venture: the same order on every list, the largest part first.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { CapTable } from "../../../src/seat/tabs/table_tab";
import type { Venture } from "../../../src/store/entities";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

test.each([
  [{ 4: 9700, 5: 300 }, ["97%", "3%"]],
  [{ 5: 300, 6: 9700 }, ["97%", "3%"]],
  [{ 2: 2000, 1: 2000, 9: 6000 }, ["60%", "20%", "20%"]],
])("%j", (shares, parts) => {
  const venture = { id: 1, shares } as unknown as Venture;
  render(<CapTable venture={venture} />, { wrapper: inRoom(roomOf({})) });
  expect([...document.querySelectorAll("b")].map((part) => part.textContent)).toEqual(parts);
});

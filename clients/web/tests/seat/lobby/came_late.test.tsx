// Who comes into a game that runs reads first who they are, once.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { beforeAll, expect, test, vi } from "vitest";
import { loadScreens } from "../../../src/seat/phases/screens";
import { Now } from "../../../src/seat/tabs/now";
import { comesLate } from "../../../src/store/kept/came_late";
import { load, need } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeAll(async () => {
  await load("en");
  await need("play");
});

function room() {
  const seat = { 2: { id: 2, role: "investor", ready: false, name: "Mina", by: "person" } };
  const game = { status: "running", season: 1, phase: "market" };
  return roomOf({ game, seat } as never, {}, { kind: "seat", seat: 2, role: "investor" });
}

test("a latecomer's card comes before the question, and goes with a tap", () => {
  const found = room();
  comesLate(found.code.value);
  const { unmount } = render(<Now />, { wrapper: inRoom(found) });
  expect(document.body.textContent).toContain("the green owl");
  expect(document.body.textContent).toContain("go on from where it stands");
  expect(document.body.textContent?.match(/You are: Investor/g)).toHaveLength(1);
  act(() => void fireEvent.click(screen.getByRole("button", { name: "Got it" })));
  expect(document.body.textContent).not.toContain("the green owl");
  unmount();
  render(<Now />, { wrapper: inRoom(found) });
  expect(document.body.textContent).not.toContain("the green owl");
});

test("after the latecomer's card the question begins at its top", async () => {
  await loadScreens("investor");
  const found = room();
  comesLate(found.code.value);
  const scroll = vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  render(<Now />, { wrapper: inRoom(found) });
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Got it" })));
  expect(scroll).toHaveBeenCalledWith({ top: 0 });
});

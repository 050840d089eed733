// A look that is paid for: where it tells nothing new, that is said.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { LookButton } from "../../../src/seat/phases/investor/paid_look";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const look = (lo: number, hi: number, count: number) => ({
  look: { "1:7": { seat: 1, venture: 7, lo, hi, count, list_lo: 1, list_hi: 6 } },
});

async function looked(lo: number, hi: number): Promise<string> {
  const legal = { look: { type: "object", properties: { venture: { enum: [7] } } } };
  const room = roomOf(
    { game: { status: "running", season: 1, phase: "matching" }, venture: { 7: { id: 7 } } },
    { legal, ...look(5, 6, 1) },
    { kind: "seat", seat: 1, role: "investor" },
  );
  HTMLDialogElement.prototype.showModal ??= vi.fn();
  HTMLDialogElement.prototype.close ??= vi.fn();
  vi.spyOn(room, "send").mockResolvedValue({ ok: true });
  vi.spyOn(room, "preview").mockResolvedValue(undefined);
  render(<LookButton venture={7} />, { wrapper: inRoom(room) });
  await act(async () => void fireEvent.click(screen.getByRole("button")));
  const [sure] = [...document.querySelectorAll("dialog .button.ink")];
  await act(async () => void (sure && fireEvent.click(sure)));
  expect(document.querySelector("[role=status]")).toBeNull(); // the table has not said it yet
  await act(async () => room.view.patch(undefined, look(lo, hi, 2)));
  return document.querySelector("[role=status]")?.textContent ?? "";
}

test("a look that shows the same range again says that nothing was learnt", async () => {
  expect(await looked(5, 6)).toBe("Nothing new this time: still 5–6.");
});

test("a look that narrows the range speaks for itself", async () => {
  expect(await looked(6, 6)).toBe("");
});

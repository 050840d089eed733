// One person's data in the host's hands: what goes is said before it goes, and of a team one person is chosen.
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { OwnData } from "../../../src/host/seats/own_data";
import type { Args } from "../../../src/protocol/frames";
import { t } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const LEGAL = { "host.erase_person": { properties: {} }, "host.export_person": { properties: {} } };

function shown(hand: object = {}, member = 1) {
  const seat = { 3: { id: 3, role: "maker", name: "Ann & Ben", by: "person" } };
  const room = roomOf(
    { game: { status: "running" }, seat } as never,
    { legal: LEGAL, chair: { 1: { rank: "lead" }, 2: { rank: "assistant", may: ["host.pause"] } }, ...hand } as never,
    { kind: "host", member } as never,
  );
  const sent: [string, Args][] = [];
  room.send = vi.fn(async (name: string, args: Args = {}) => {
    sent.push([name, args]);
    return { ok: true };
  }) as never;
  render(<OwnData seat={3} />, { wrapper: inRoom(room) });
  return sent;
}

test("a person is erased after what goes and what stays was read", async () => {
  const sent = shown();
  fireEvent.click(screen.getByText(t("ui.host.own_data.erase")));
  expect(sent).toEqual([]);
  expect(screen.getByText(t("ui.host.own_data.erase.text"))).toBeTruthy();
  fireEvent.click(screen.getByText(t("ui.host.own_data.erase.do")));
  await waitFor(() => expect(sent).toEqual([["host.erase_person", { seat: 3 }]]));
});

test("of a team one person is chosen", async () => {
  const sent = shown({ team: { 3: { 1: "Ann", 2: "Ben" } } });
  fireEvent.change(screen.getByLabelText(t("ui.host.own_data.whom")), { target: { value: "2" } });
  fireEvent.click(screen.getByText(t("ui.host.own_data.save")));
  await waitFor(() => expect(sent).toEqual([["host.export_person", { seat: 3, member: 2 }]]));
});

test("who erases is told where else the person stands", () => {
  const ofClass = { chair: { 1: { rank: "lead", of_class: true } }, forks: ["ABC2345"] };
  shown(ofClass);
  fireEvent.click(screen.getByText(t("ui.host.own_data.erase")));
  expect(screen.getByText(t("ui.host.own_data.erase.class"))).toBeTruthy();
  expect(screen.getByText(t("ui.host.own_data.erase.forks"))).toBeTruthy();
});

test("an assistant is offered neither", () => {
  shown({}, 2);
  expect(screen.queryByText(t("ui.host.own_data"))).toBeNull();
});

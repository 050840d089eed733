// What a host is told of a server that misses part of the game, and that nothing is decided without the sheet.
import { act, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Pace } from "../../../src/host/bar/pace";
import { TopBar } from "../../../src/host/bar/top_bar";
import { isBehind } from "../../../src/host/sheets/behind";
import { Sheets } from "../../../src/host/sheets/sheets";
import { language } from "../../../src/prefs";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { t } from "../../../src/texts";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

/** Draw the strip and the sheets of a console whose hand says this. */
function shown(hand: object): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  const table = { game: { status: "running", season: 1, phase: "policy" }, clock: { paused: true } };
  world.last.say(welcome(table, hand as Tree, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={open}>
      <TopBar />
      <Pace />
      <Sheets />
    </RoomContext.Provider>,
  );
  return world;
}

const press = (name: string): boolean => fireEvent.click(screen.getAllByRole("button", { name })[0] as HTMLElement);
const LOST = { from: 176, to: 350 };
const STILL = { host: { behind: true }, behind: { ...LOST, known: LOST }, legal: { "host.resume": {} } };
const SAID = { ...STILL, behind: { ...LOST, by: { 2: 350 } } };
const GONE_ON = { host: { behind: null }, legal: { "host.resume": null } } as unknown as Tree;

test("what is missing is told in numbers, and the room goes on only by the sheet's own button", () => {
  const world = shown(STILL);
  expect(screen.getByRole("alert").textContent).toContain("The room stands still until you decide.");
  press("Go on"); // the button of the pace
  expect(world.last.commands()).toEqual([]);
  const sheet = within(screen.getByRole("dialog"));
  expect(sheet.getByText(/175 commands are missing, numbers 176 to 350/)).not.toBeNull();
  fireEvent.click(sheet.getByRole("button", { name: "Not yet" }));
  expect(world.last.commands()).toEqual([]);
  press("See what is missing");
  press("Go on without them");
  expect(world.last.commands()).toMatchObject([{ name: "host.resume" }]);
});

test("who says so is named, since a number can be made up", () => {
  shown({ ...STILL, behind: { ...STILL.behind, by: { 0: 201, 2: 350 } } });
  press("See what is missing");
  const sheet = within(screen.getByRole("dialog"));
  const named = sheet.getAllByRole("listitem").map((item) => item.textContent);
  expect(named).toEqual(["A host has seen number 201.", "Player 2 says to have seen number 350."]);
  expect(sheet.queryByText(/A number can be made up/)).toBeNull(); // nobody says more than is known
});

test.each(["en", "zh"] as const)("what one seat alone says is not told as a fact, in %s", (spoken) => {
  language.value = spoken;
  const world = shown(SAID);
  expect(screen.getByRole("alert").textContent).toContain(t("ui.host.behind.said"));
  press(t("ui.host.behind.said.open"));
  const sheet = screen.getByRole("dialog").textContent;
  expect(sheet).toContain(t("ui.host.behind.said.title"));
  expect(sheet).toContain(t("ui.host.behind.said.what", { n: 175, ...LOST }));
  expect(sheet).toContain(t("ui.host.behind.doubt"));
  expect(sheet).not.toContain(t("ui.host.behind.what", { n: 175, ...LOST }));
  act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: GONE_ON }));
  const name = t("ui.seat.number", { role: t("role.player"), n: 2 });
  press(t("ui.host.behind.said.lost", { name, n: 175 }));
  expect(screen.getByRole("dialog").textContent).toContain(t("ui.host.behind.said.after"));
});

test("when whoever said so has been taken away, it is still somebody's word and no loss", () => {
  const world = shown({ ...SAID, behind: LOST });
  act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: GONE_ON }));
  press("Somebody says: 175 commands lost");
});

test("where a seat says more than is known, both are told", () => {
  const world = shown({ ...STILL, behind: { from: 176, to: 999, known: LOST, by: { 2: 999 } } });
  press("See what is missing");
  const sheet = within(screen.getByRole("dialog"));
  expect(sheet.getByText(/175 commands are missing, numbers 176 to 350/)).not.toBeNull();
  expect(sheet.getByText("Player 2 says to have seen number 999.")).not.toBeNull();
  expect(sheet.getByText(/A number can be made up/)).not.toBeNull();
  act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: GONE_ON }));
  expect(screen.getByText("175 commands lost")).not.toBeNull();
});

test("when the room has gone on, what was lost stands in the strip", () => {
  const world = shown(STILL);
  act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: GONE_ON }));
  expect(open && isBehind(open)).toBe(false);
  expect(screen.queryByRole("alert")).toBeNull();
  press("175 commands lost");
  expect(screen.getByRole("dialog").textContent).toContain("The room went on without them.");
  expect(screen.queryByRole("button", { name: "Go on without them" })).toBeNull();
});

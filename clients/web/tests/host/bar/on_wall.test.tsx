// What stands on the wall after the end is named as what it is: nobody plays there any more.
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { Steps, WallCard } from "../../../src/host/bar/wall_control";
import { Selection, SelectionContext } from "../../../src/host/selection";
import { WallSheet } from "../../../src/host/sheets/wall_sheet";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const HOST = { kind: "host", seat: 0, role: "" } as const;
const OVER = { game: { status: "over", season: 2, phase: "recap" } };
const RUNS = { 1: { number: 1 }, 2: { number: 2 } };

test.each([
  ["the curtains while its host leads", { room: { pace: "host" } }, "The curtains before the podiums"],
  ["the ranking where nobody leads", {}, "The ranking"],
  ["the runs where several were played", { result: RUNS }, "The runs side by side"],
  ["the ranking once all of it is open", { show: { scene: "phase", step: 0, opened: 3 } }, "The ranking"],
  ["a podium by its step", { show: { scene: "ranking", step: 1, opened: 2 } }, "The ranking 2/4"],
])("after the end the wall shows %s", (_, table, name) => {
  const room = roomOf({ ...OVER, ...table }, {}, HOST);
  const { container } = render(
    <SelectionContext.Provider value={new Selection()}>{<WallCard />}</SelectionContext.Provider>,
    { wrapper: inRoom(room) },
  );
  expect(container.querySelector(".on-wall b")?.textContent?.trim()).toBe(name);
});

test.each([
  ["running", "The game"],
  ["over", "The end"],
])("in the menu of scenes of a game that is %s the first one is %s", (status, name) => {
  const selection = new Selection();
  render(<SelectionContext.Provider value={selection}>{<WallSheet />}</SelectionContext.Provider>, {
    wrapper: inRoom(roomOf({ game: { ...OVER.game, status } }, {}, HOST)),
  });
  expect(screen.getByRole("group").firstElementChild?.textContent).toBe(name);
  screen.getByRole("button", { name: "Sound of the wall" }); // beside the console's own, in its menu
});

test("before the start the menu of scenes has the code once", () => {
  const room = roomOf({ game: { status: "lobby" }, show: { scene: "lobby" } }, {}, HOST);
  render(<SelectionContext.Provider value={new Selection()}>{<WallSheet />}</SelectionContext.Provider>, {
    wrapper: inRoom(room),
  });
  const names = [...screen.getByRole("group").children].map((each) => each.textContent);
  expect(names).toEqual(["Code and QR", "The opening"]);
  expect(screen.getByRole("button", { name: "Code and QR" }).getAttribute("aria-pressed")).toBe("true");
});

test.each([
  ["lobby", "slides", "Back to the code"],
  ["running", "world", "Back to the game"],
  ["lobby", "phase", undefined],
  ["over", "ranking", undefined],
])("in %s the way back from %s is: %s", (status, scene, name) => {
  const room = roomOf({ game: { ...OVER.game, status }, show: { scene } }, {}, HOST);
  render(<SelectionContext.Provider value={new Selection()}>{<WallCard />}</SelectionContext.Provider>, {
    wrapper: inRoom(room),
  });
  expect(screen.queryByRole("button", { name: /^Back/ })?.textContent).toBe(name);
});

test.each([
  ["on", "ArrowRight", { scene: "ranking", step: 1 }],
  ["back", "ArrowLeft", { scene: "phase", step: 0 }],
])("a step %s lifts the curtain: what it opens on phones stands on the wall", async (_, key, wanted) => {
  const show = { scene: "ranking", step: 0, opened: 1, curtain: true };
  const room = roomOf({ ...OVER, room: { pace: "host" }, show }, {}, HOST);
  const sent = vi.spyOn(room, "send").mockResolvedValue({ error: undefined } as never);
  render(<Steps />, { wrapper: inRoom(room) });
  fireEvent.keyDown(document.body, { key });
  await waitFor(() => expect(sent).toHaveBeenCalledWith("host.show", { ...wanted, curtain: false }));
});

test.each([
  ["waits", {}, ["The money, season by season shows the ranking"]],
  ["is open", { show: { scene: "phase", step: 0, opened: 3 } }, ["The money, season by season"]],
  ["is for nobody", { room: { pace: "host", sealed: true } }, ["The money, season by season"]],
])("where the ranking %s the menu of scenes says which of them open it", (_, table, names) => {
  const room = roomOf({ ...OVER, room: { pace: "host" }, ...table }, {}, HOST);
  render(<SelectionContext.Provider value={new Selection()}>{<WallSheet />}</SelectionContext.Provider>, {
    wrapper: inRoom(room),
  });
  const all = [...screen.getByRole("group").children].map((each) => each.textContent ?? "");
  expect(all.filter((name) => name.startsWith("The money"))).toEqual(names);
  expect(all.filter((name) => /^(The end|Code|The ranking)/.test(name) && name.includes("shows"))).toEqual([]);
});

test("after a what-if whose end opens nothing one press goes on, and opens no ranking", async () => {
  const room = roomOf({ ...OVER, room: { pace: "host", sealed: true } }, {}, HOST);
  const sent = vi.spyOn(room, "send").mockResolvedValue({ error: undefined } as never);
  render(<Steps />, { wrapper: inRoom(room) });
  fireEvent.click(screen.getByRole("button", { name: "Reveal next: The money, season by season 1/2" }));
  await waitFor(() => expect(sent).toHaveBeenCalledWith("host.show", { scene: "money", step: 0, curtain: false }));
});

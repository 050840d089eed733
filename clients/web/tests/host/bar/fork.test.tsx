// What if: the answer says which of the other rules begin a season later, the list what each room changes; and each way
// there takes the key along that this browser has for the room now.
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ForkSheet } from "../../../src/host/bar/back_to_phase";
import { Selection, SelectionContext } from "../../../src/host/selection";
import { RoomContext } from "../../../src/store/context";
import { held, hold } from "../../../src/store/kept/held_seats";
import { roomOf } from "../../rig/rooms";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const FORM = { type: "object", properties: { season: { minimum: 1, maximum: 1 }, phase: { enum: ["market"] } } };

function shown(room: ReturnType<typeof roomOf>): void {
  render(
    <RoomContext.Provider value={room}>
      <SelectionContext.Provider value={new Selection()}>
        <ForkSheet />
      </SelectionContext.Provider>
    </RoomContext.Provider>,
  );
}

test("what begins a season later stands below the new room's code", async () => {
  const room = roomOf(
    { game: { status: "running", season: 1, phase: "market" } },
    { legal: { "host.fork": FORM }, rule_choices: [{ name: "bare_garage" }] },
    { kind: "host" },
  );
  const later = { season: 2, rules: ["bare_garage", "world.maker_hours"] };
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { room: "NEW2345", later } } as never);
  shown(room);
  screen.getByRole("button", { name: "Open a room from there" }).click();
  const told = await screen.findByRole("status");
  expect(told.textContent).toMatch(/From season 2 on: .*, .*world\.maker_hours/);
  expect(told.textContent).not.toContain("bare_garage");
});

test("each room that was opened from this one says what it changes", () => {
  const start = { season: 1, phase: "market" };
  const forked = {
    OLD2345: { ...start, chosen: [{ name: "no_tax" }], rules: [{ path: "waterfall.wage", is: 4 }] },
    OLD3456: { ...start, chosen: [], rules: [] },
  };
  const room = roomOf(
    { game: { status: "running", season: 1, phase: "market" } },
    { legal: { "host.fork": FORM }, forks: ["OLD2345", "OLD3456", "OLD4567"], forked },
    { kind: "host" },
  );
  shown(room);
  const said = (code: string) => screen.getByRole("link", { name: code }).parentElement?.textContent;
  expect(said("OLD2345")).toBe("OLD2345Season 1, Market · No tax · waterfall.wage = 4");
  expect(said("OLD3456")).toBe("OLD3456Season 1, Market");
  expect(said("OLD4567")).toBe("OLD4567");
});

/** Show the end of a game with a what-if, in a browser that has a key for each of both rooms; return the room. */
function overWithFork(): ReturnType<typeof roomOf> {
  hold("host", "K7QF234", "key of now");
  hold("host", "OLD2345", "key of then");
  const room = roomOf(
    { game: { status: "over", season: 1, phase: "market" } },
    { legal: { "host.fork": FORM, "host.next": {} }, forks: ["OLD2345"] },
    { kind: "host" },
  );
  shown(room);
  return room;
}

test("who leads everybody to a room takes the key of now along, whatever was kept for there", async () => {
  const send = vi.spyOn(overWithFork(), "send").mockResolvedValue({ ok: true } as never);
  screen.getByRole("button", { name: "Lead everybody to OLD2345" }).click();
  await vi.waitFor(() => expect(decodeURI(location.hash)).toBe("#/c/OLD2345/key of now"));
  expect(send).toHaveBeenCalledWith("host.next", { room: "OLD2345" });
});

test("so does the link to it, and a room that was opened just now is kept under that key", async () => {
  const answer = { ok: true, data: { room: "NEW2345" } };
  vi.spyOn(overWithFork(), "send").mockResolvedValue(answer as never);
  const to = (name: string | RegExp) => decodeURI(screen.getByRole("link", { name }).getAttribute("href") ?? "");
  expect(to("OLD2345")).toMatch(/#\/c\/OLD2345\/key of now$/);
  screen.getByRole("button", { name: "Open a room from there" }).click();
  await screen.findByRole("status");
  expect(to("Open its console")).toMatch(/#\/c\/NEW2345\/key of now$/);
  expect(held("host", "NEW2345")?.token).toBe("key of now");
});

const PHASES = ["market", "appraisal", "recap"];

/** Return what is offered to go back to at the end of a game of two seasons, and what is sent where nobody chooses. */
function offered(game: object): { all: string[]; sent: unknown } {
  const form = { type: "object", properties: { season: { minimum: 1, maximum: 2 }, phase: { enum: PHASES } } };
  const over = { status: "over", season: 2, seasons: 2, phase: "over", ...game };
  const room = roomOf({ game: over }, { legal: { "host.fork": form } }, { kind: "host" });
  const send = vi.spyOn(room, "send").mockResolvedValue({ ok: true } as never);
  shown(room);
  screen.getByRole("button", { name: "Open a room from there" }).click();
  const all = [...screen.getByRole<HTMLSelectElement>("combobox").options].map(({ text }) => text);
  return { all, sent: send.mock.calls[0]?.[1] };
}

test("of a game that a host has ended only phases are offered that it was in, the newest chosen", () => {
  const { all, sent } = offered({ phase_number: 0 });
  expect(all).toEqual(["Season 2, Market", "Season 1, Recap", "Season 1, Appraisal", "Season 1, Market"]);
  expect(sent).toEqual({ season: 2, phase: "market" });
});

test("of a game played to its end the phase before the last recap is chosen, as nothing differs there", () => {
  const { all, sent } = offered({ phase_number: 2 });
  expect(all[0]).toBe("Season 2, Recap");
  expect(sent).toEqual({ season: 2, phase: "appraisal" });
});

test("a recap that was to be followed by a season is one to go on from", () => {
  expect(offered({ phase_number: 2, seasons: 4 }).sent).toEqual({ season: 2, phase: "recap" });
});

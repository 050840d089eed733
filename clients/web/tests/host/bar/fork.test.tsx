// What if: the answer says which of the other rules begin a season later, and the list what each room changes.
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { ForkSheet } from "../../../src/host/bar/back_to_phase";
import { Selection, SelectionContext } from "../../../src/host/selection";
import { RoomContext } from "../../../src/store/context";
import { roomOf } from "../../rig/rooms";

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

// What if: the answer says which of the other rules begin with the next season only, choices by their titles.
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { ForkSheet } from "../../../src/host/bar/back_to_phase";
import { Selection, SelectionContext } from "../../../src/host/selection";
import { RoomContext } from "../../../src/store/context";
import { roomOf } from "../../rig/rooms";

afterEach(cleanup);

const FORM = { type: "object", properties: { season: { minimum: 1, maximum: 1 }, phase: { enum: ["market"] } } };

test("what begins a season later stands below the new room's code", async () => {
  const room = roomOf(
    { game: { status: "running", season: 1, phase: "market" } },
    { legal: { "host.fork": FORM }, rule_choices: [{ name: "bare_garage" }] },
    { kind: "host" },
  );
  const later = { season: 2, rules: ["bare_garage", "world.maker_hours"] };
  vi.spyOn(room, "send").mockResolvedValue({ ok: true, data: { room: "NEW2345", later } } as never);
  render(
    <RoomContext.Provider value={room}>
      <SelectionContext.Provider value={new Selection()}>
        <ForkSheet />
      </SelectionContext.Provider>
    </RoomContext.Provider>,
  );
  screen.getByRole("button", { name: "Open a room from there" }).click();
  const told = await screen.findByRole("status");
  expect(told.textContent).toMatch(/From season 2 on: .*, .*world\.maker_hours/);
  expect(told.textContent).not.toContain("bare_garage");
});

// What the line of the first season points at: the control that it speaks of, whatever else has a button.
import { act, render } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { expect, test } from "vitest";
import { Guide } from "../../../src/seat/around/guide";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

/** Draw a screen of a phase in the first season; return what is pointed at, and what is said. */
function pointedAt(phase: string, role: string, screen: ComponentChildren, step = ""): [string | undefined, string] {
  const table = {
    game: { status: "running", season: 1, phase },
    run: { first_season: 1 },
    seat: { 1: { id: 1, role } },
  };
  const room = roomOf(table, {}, { kind: "seat", seat: 1, role });
  const page = (
    <main>
      <div class="now">
        <Guide step={step} paused={false} />
        {screen}
      </div>
    </main>
  );
  act(() => void render(page, { wrapper: inRoom(room) }));
  return [
    document.querySelector("[data-coached]")?.textContent ?? undefined,
    document.querySelector(".coach p")?.textContent ?? "",
  ];
}

test("in the market it is the forecast, not the check of a die that stands above it", () => {
  const screen = (
    <>
      <div class="card">
        <button type="button" class="button quiet">
          Fair?
        </button>
      </div>
      <button type="button" class="card">
        Loan-a-Lens
      </button>
    </>
  );
  expect(pointedAt("market", "operator", screen, "forecast")[0]).toBe("Loan-a-Lens");
});

test("who can only study in the exchange is pointed at that, and not told that there is nothing to choose", () => {
  const screen = (
    <section class="options">
      <button type="button" class="button">
        Study alone
      </button>
    </section>
  );
  const [control, words] = pointedAt("exchange", "maker", screen);
  expect(control).toBe("Study alone");
  expect(words).not.toContain("Nothing to choose");
});

// The console of a what-if whose end opens nothing offers neither to look ahead nor to lead the replay.
import { render, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { LeadReplay } from "../../src/host/lead_replay";
import { Waits } from "../../src/host/waits";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

afterEach(() => vi.unstubAllGlobals());

const OVER = {
  game: { status: "over", season: 2 },
  run: { first_season: 1 },
  figures: { 2: { season: 2, values: {} } },
};

function shown(sealed: boolean): Element {
  const room = roomOf({ ...OVER, room: { pace: "host", sealed } }, {}, { kind: "host", seat: 0, role: "" });
  const both = (
    <>
      <Waits />
      <LeadReplay />
    </>
  );
  return render(both, { wrapper: inRoom(room) }).container;
}

const offered = (page: Element): (string | null)[] =>
  [...page.querySelectorAll("button")].map((each) => each.textContent);

test("nothing is offered that phones and the wall would not have", async () => {
  const stops = [{ step: 0, season: 1, phase: "policy" }];
  vi.stubGlobal("fetch", async () => ({ ok: true, status: 200, json: async () => ({ stops }) }));
  const open = shown(false);
  await waitFor(() => expect(offered(open)).toEqual(["Look ahead on this page", "Lead the replay"]));
  expect(offered(shown(true))).toEqual([]); // whose stops are known by now, as they are of the same room
});

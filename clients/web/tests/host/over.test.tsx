// The console after the end: who stands where, by names that nothing cuts.
import { render } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Over } from "../../src/host/console";
import { Selection, SelectionContext } from "../../src/host/selection";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

afterEach(() => vi.unstubAllGlobals());

test("its ranking has a long name whole", () => {
  vi.stubGlobal("fetch", async () => ({ ok: false, status: 404, json: async () => ({}) }));
  const name = "Maximiliane von Hohenstein";
  const table = {
    game: { status: "over", season: 2, seasons: 2, phase: "recap" },
    seat: { 1: { id: 1, role: "maker", by: "person", name } },
    score: { 1: { seat: 1, final: 90, standings: [90], parts: {} } },
  };
  const room = roomOf(table, {}, { kind: "host", seat: 0, role: "" });
  render(<SelectionContext.Provider value={new Selection()}>{<Over />}</SelectionContext.Provider>, {
    wrapper: inRoom(room),
  });
  const [list] = document.querySelectorAll(".ranking-list");
  expect(list?.querySelector("bdi")?.textContent).toBe(name);
});

import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { OpeningControl } from "../../../src/host/bar/opening";
import type { Room } from "../../../src/store/room";
import { t } from "../../../src/texts";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

afterEach(cleanup);

const HAND = { legal: { "host.show": { properties: { scene: {}, plays: {} } } } };

function lobby(show?: object): { room: Room; sent: object[] } {
  const room = roomOf({ game: { status: "lobby" }, ...(show ? { show } : {}) }, HAND, { kind: "host" });
  const sent: object[] = [];
  room.send = (_, args = {}) => {
    sent.push(args);
    return Promise.resolve({ ok: true });
  };
  return { room, sent };
}

function press(room: Room, label: string): void {
  const { getByText } = render(<OpeningControl />, { wrapper: inRoom(room) });
  fireEvent.click(getByText(label));
}

test("one press plays the opening from its first picture", async () => {
  const { room, sent } = lobby();
  press(room, t("ui.host.opening"));
  await waitFor(() => expect(sent).toEqual([{ scene: "opening", step: 0, plays: true, curtain: false }]));
});

test("while it plays a press holds the picture that it is at", async () => {
  const now = 1_700_000_000_000;
  const { room, sent } = lobby({ scene: "opening", step: 1, since: now - 16_000 });
  room.clock.hear(now);
  press(room, t("ui.host.pause"));
  await waitFor(() => expect(sent).toEqual([{ scene: "opening", step: 2, plays: false }]));
});

test("a server that cannot play it is not asked to", () => {
  const { room } = lobby();
  room.view.replace({ game: { status: "lobby" } } as never, {} as never);
  expect(render(<OpeningControl />, { wrapper: inRoom(room) }).container.textContent).toBe("");
});

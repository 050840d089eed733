// A thing of one's own: the menu gives a code for it, and says when it has come, under which name, and when it is gone.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { ConnectThing } from "../../../src/parts/page/connect_thing";
import type { Json, Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const PAIR: Json = { type: "object", properties: { thing: { enum: ["button", "lamp"] } }, required: ["thing"] };

function shown(hand: Tree): FakeWorld {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome({ game: { status: "lobby" } }, hand));
  render(<RoomContext.Provider value={room}>{<ConnectThing />}</RoomContext.Provider>);
  return world;
}

const said = (): (string | null)[] => [...document.querySelectorAll("[role=status] p")].map((each) => each.textContent);

/** Tell the phone that things have come or gone. */
function hear(world: FakeWorld, device: Json): void {
  void act(() => world.last.say({ type: "update", seq: 11, now: 1, hand: { device } }));
}

test("a thing that has come with the code is named in its place, until it is let go", async () => {
  const world = shown({ legal: { pair: PAIR } });
  fireEvent.click(screen.getByRole("button", { name: "Connect a thing" }));
  fireEvent.click(screen.getByRole("button", { name: "ready button" }));
  answered(world, { code: "K7QFWXY" });
  await screen.findByText("K7QFWXY");
  hear(world, { "team-lamp": { thing: "lamp", seat: 1 } }); // somebody else's of the team, with another code
  expect(screen.queryByText("K7QFWXY")).not.toBeNull();
  hear(world, { "team-lamp": null, "my-button": { thing: "button", seat: 1 } });
  await waitFor(() => expect(screen.queryByText("K7QFWXY")).toBeNull());
  expect(said()).toEqual(["Connected: ready button my-button"]);
  hear(world, { "my-button": null });
  expect(said()).toEqual([]);
});

test("a code goes when the thing that is there already has used it", async () => {
  const world = shown({ legal: { pair: PAIR }, device: { "my-button": { thing: "button", seat: 1 } } });
  fireEvent.click(screen.getByRole("button", { name: "Connect a thing" }));
  fireEvent.click(screen.getByRole("button", { name: "ready button" }));
  answered(world, { code: "K7QFWXY" });
  await screen.findByText("K7QFWXY");
  hear(world, { "my-button": { times: 2 } });
  await waitFor(() => expect(screen.queryByText("K7QFWXY")).toBeNull());
});

test("a code that comes before the page is drawn stays, though such a thing is there", async () => {
  const world = shown({ legal: { pair: PAIR }, device: { "my-button": { thing: "button", seat: 1 } } });
  fireEvent.click(screen.getByRole("button", { name: "Connect a thing" }));
  // as a browser does it: what is left to do after drawing waits
  screen.getByRole("button", { name: "ready button" }).click();
  await Promise.resolve();
  answered(world, { code: "K7QFWXY" });
  await screen.findByText("K7QFWXY");
  await new Promise((drawn) => requestAnimationFrame(drawn));
  expect(screen.queryByText("K7QFWXY")).not.toBeNull();
});

test("what a seat has connected stands in the menu from the start", () => {
  shown({ legal: { pair: PAIR }, device: { "my-lamp": { thing: "lamp", seat: 1 } } });
  expect(said()).toEqual(["Connected: phase lamp my-lamp"]);
});

test("after the game what is connected stays in the menu, and nothing more is", () => {
  shown({ legal: {}, device: { "my-lamp": { thing: "lamp", seat: 1 } } });
  expect(said()).toEqual(["Connected: phase lamp my-lamp"]);
  expect(screen.queryByRole("button")).toBeNull();
});

test("a server without devices says nothing of them", () => {
  shown({ legal: {} });
  expect(document.body.textContent).toBe("");
});

// What a stand-in did is told in words, once as news and for good among what is mine.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { BotsMoves, BotsNews } from "../../../src/seat/around/bots_moves";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

function helped(hand: object): Room {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome({ game: { status: "running", season: 1, phase: "market" } }, hand as never, { seq: 13 }));
  return room;
}

const MOVES = {
  "7": { season: 1, phase: "incubation", name: "use_hours", args: { technology: 5, business: 0 } },
  "9": { season: 1, phase: "market", name: "price", args: { price: "high" } },
};

test("each move has its season, its phase, its command and what was chosen", async () => {
  const room = helped({ stood_in: MOVES });
  render(<RoomContext.Provider value={room}>{<BotsMoves />}</RoomContext.Provider>);
  await screen.findByText("What a stand-in did for you");
  const [hours, price] = [...document.querySelectorAll("li")].map((each) => each.textContent);
  expect(hours).toContain("Season 1, Incubation");
  expect(hours).toMatch(/echnology.*: 5/);
  expect(price).toContain("Market");
  expect(price).toContain(": High");
});

test("what has been read is no news any more", async () => {
  const room = helped({ stood_in: MOVES });
  render(<RoomContext.Provider value={room}>{<BotsNews />}</RoomContext.Provider>);
  fireEvent.click(await screen.findByText("See"));
  fireEvent.click(await screen.findByText("Go on"));
  expect(screen.queryByText(/has decided/)).toBeNull();
});

test("while a stand-in plays, what it does is no news yet", async () => {
  const room = helped({ stood_in: MOVES, still_there: { helped: true } });
  render(
    <RoomContext.Provider value={room}>
      <BotsNews />
      <BotsMoves />
    </RoomContext.Provider>,
  );
  await screen.findByText("What a stand-in did for you"); // so the words are there
  expect(screen.queryByText(/has decided/)).toBeNull();
});

// The class's answers on the console: by question, with who and who not; one press shows, one hides.
import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { AnswersSheet } from "../../../src/host/sheets/answers_sheet";
import type { Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
});

const TABLE = {
  game: { status: "over", season: 2, phase: "recap" },
  seat: {
    1: { id: 1, role: "maker", name: "Mina", by: "person" },
    2: { id: 2, role: "maker", name: "Ben", by: "person" },
    3: { id: 3, role: "investor", by: "bot" },
  },
} as unknown as Tree;
const OUTSIDE = { season: 0, question: "end_outside" };
const ALIVE = { season: 0, question: "end_alive", choices: ["makers", "energy"] };
const HAND = {
  legal: { "host.questions": { type: "object" }, "host.pick": { type: "object" } },
  question: {
    "1:investor_chose": { season: 1, question: "investor_chose", role: "investor", choices: ["idea"] },
    "0:end_outside": { ...OUTSIDE, asked: 2 },
    "0:end_alive": { ...ALIVE, asked: 2 },
  },
  reflection: {
    "0:end_outside:1:1": { ...OUTSIDE, seat: 1, member: 1, text: "at the bakery" },
    "0:end_alive:1:1": { season: 0, question: "end_alive", seat: 1, member: 1, choice: "makers" },
    "0:end_alive:2:1": { season: 0, question: "end_alive", seat: 2, member: 1, choice: "makers" },
  },
} as unknown as Tree;

async function drawn(table: Tree = TABLE, hand: Tree = HAND): Promise<FakeWorld> {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome(table, hand, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={room}>
      <AnswersSheet />
    </RoomContext.Provider>,
  );
  await screen.findByRole("dialog");
  return world;
}

test("answers stand by question, with how many, whose, and who is missing", async () => {
  await drawn();
  const headings = screen.getAllByRole("heading", { level: 3 }).map((each) => each.textContent);
  expect(headings).toEqual([
    "Where outside this room have you seen what happened here?",
    "What kept this place alive most?",
  ]); // of a role that nobody plays and nobody answered nothing is said
  expect(screen.getByText("1 of 2 have answered")).toBeTruthy();
  expect(screen.getByText("Still without an answer: Ben")).toBeTruthy();
  expect(screen.getByText("at the bakery")).toBeTruthy();
});

test("who had left before a question came is not missing", async () => {
  const asked = { ...OUTSIDE, asked: 1, gone: [2] };
  await drawn(TABLE, { ...HAND, question: { "0:end_outside": asked } } as unknown as Tree);
  expect(screen.getByText("1 of 1 have answered")).toBeTruthy();
  expect(screen.queryByText(/Still without an answer/)).toBeNull();
});

test("one press puts words on the wall, and one takes them away", async () => {
  const world = await drawn();
  fireEvent.click(screen.getByRole("button", { name: "Show on the wall: at the bakery" }));
  answered(world);
  const where = { ...OUTSIDE, seat: 1, member: 1 };
  expect(world.last.commands()).toMatchObject([{ name: "host.pick", args: { ...where, shown: true } }]);
  cleanup();
  const picked = { "0:end_outside:1:1": { ...where, text: "at the bakery", picked: true } };
  const again = await drawn(TABLE, { ...HAND, reflection: picked } as unknown as Tree);
  fireEvent.click(screen.getByRole("button", { name: "Take off the wall: at the bakery" }));
  expect(again.last.commands()).toMatchObject([{ name: "host.pick", args: { ...where, shown: false } }]);
});

test("a chart goes to the wall whole, by its question, and counts each choice", async () => {
  const world = await drawn();
  const chart = screen.getByText("What kept this place alive most?").closest("section") as HTMLElement;
  expect(
    within(chart)
      .getAllByRole("listitem")
      .map((each) => each.textContent),
  ).toContain("Makers who helped each other2");
  fireEvent.click(within(chart).getByRole("button", { name: /^Show on the wall/ }));
  expect(world.last.commands()).toMatchObject([{ args: { season: 0, question: "end_alive", shown: true } }]);
});

test("of few answers it says what the class could guess, and that a chart waits for three", async () => {
  await drawn();
  const [words, chart] = screen
    .getAllByRole("heading", { level: 3 })
    .map((each) => within(each.closest("section") as HTMLElement));
  expect(words?.getByText("Few have answered: the class may guess who.")).toBeTruthy();
  expect(chart?.getByText("The wall shows these bars once three have answered.")).toBeTruthy();
  expect(chart?.queryByText(/the class may guess/)).toBeNull();
});

test("the switch says how it stands, and turns it", async () => {
  const world = await drawn(TABLE, { ...HAND, host: { questions_off: true } } as unknown as Tree);
  fireEvent.click(screen.getByRole("button", { name: "Questions are switched off" }));
  expect(world.last.commands()).toMatchObject([{ name: "host.questions", args: { on: true } }]);
});

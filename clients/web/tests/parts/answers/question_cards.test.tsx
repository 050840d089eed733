// Questions beside the game on a phone: one tap or own words, changed, left, and never in the way.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { QuestionCards } from "../../../src/parts/answers/question_cards";
import type { Tree } from "../../../src/protocol/frames";
import { MyQuestions } from "../../../src/seat/question/my_questions";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  cleanup();
  open?.close();
  sessionStorage.clear();
});

const TABLE: Tree = { game: { status: "over", season: 2, phase: "recap" } };
const ALIVE = { season: 0, question: "end_alive", choices: ["makers", "energy"] };
const OUTSIDE = { season: 0, question: "end_outside" };
const HAND = { question: { "0:end_alive": ALIVE, "0:end_outside": OUTSIDE } } as unknown as Tree;

async function drawn(hand: Tree = HAND, page = <QuestionCards />, member = 1, table = TABLE): Promise<FakeWorld> {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome(table, hand, { you: { kind: "seat", seat: 3, role: "maker", member } }));
  render(<RoomContext.Provider value={room}>{page}</RoomContext.Provider>);
  if (table === TABLE) await screen.findByRole("heading", { name: "What kept this place alive most?" });
  return world;
}

test("one tap answers a choice, and another tap changes it", async () => {
  const world = await drawn();
  fireEvent.click(screen.getByRole("button", { name: "Makers who helped each other" }));
  answered(world);
  expect(world.last.commands()).toMatchObject([
    { name: "reflect", args: { season: 0, question: "end_alive", choice: "makers" } },
  ]);
  const said = { ...ALIVE, member: 1, choice: "makers" };
  act(() => world.last.say({ type: "update", seq: 12, now: 1, hand: { reflection: { "0:end_alive:1": said } } }));
  const chosen = screen.getByRole("button", { name: "Makers who helped each other" });
  expect(chosen.getAttribute("aria-pressed")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: "What was paid came back to all" }));
  expect(world.last.commands()[1]).toMatchObject({ args: { season: 0, question: "end_alive", choice: "energy" } });
});

test("own words are bounded, handed in once written, and can be changed", async () => {
  const world = await drawn();
  const box = screen.getByRole("textbox", { name: "In your own words" }) as HTMLTextAreaElement;
  expect(box.maxLength).toBe(160);
  const handIn = screen.getByRole("button", { name: "Hand in" });
  expect(handIn.getAttribute("aria-disabled")).toBe("true");
  fireEvent.input(box, { target: { value: "at the bakery " } });
  expect(screen.getByText("146 characters left")).toBeTruthy();
  fireEvent.click(handIn);
  expect(world.last.commands()).toMatchObject([
    { name: "reflect", args: { season: 0, question: "end_outside", text: "at the bakery" } },
  ]);
  await act(async () => answered(world));
  const said = { ...OUTSIDE, member: 1, text: "at the bakery" };
  act(() => world.last.say({ type: "update", seq: 12, now: 1, hand: { reflection: { "0:end_outside:1": said } } }));
  expect(await screen.findByText("at the bakery")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Change it" }));
  expect((screen.getByRole("textbox") as HTMLTextAreaElement).value).toBe("at the bakery");
});

test("whoever does not want to lays it away, and may come back", async () => {
  const world = await drawn();
  fireEvent.click(screen.getAllByRole("button", { name: "Not now" })[1] as HTMLElement);
  expect(screen.queryByRole("textbox")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /^Answer: Where outside/ }));
  expect(screen.getByRole("textbox")).toBeTruthy();
  expect(world.last.commands()).toEqual([]);
});

test("a teammate's answer is not this person's", async () => {
  const theirs = { ...OUTSIDE, member: 2 };
  await drawn({ ...HAND, reflection: { "0:end_outside:2": theirs } } as unknown as Tree);
  expect(screen.getByRole("textbox")).toBeTruthy();
  cleanup();
  await drawn({ ...HAND, reflection: { "0:end_outside:2": theirs } } as unknown as Tree, <QuestionCards />, 2);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByText("Handed in from your phone. Your team does not see it.")).toBeTruthy();
});

test("a refusal is read where it was sent", async () => {
  const world = await drawn();
  fireEvent.click(screen.getByRole("button", { name: "Makers who helped each other" }));
  const [command] = world.last.commands();
  await act(async () =>
    world.last.say({
      type: "result",
      id: (command as { id: string }).id,
      ok: false,
      now: 1,
      error: { code: "rule", message: "The host has switched the questions off.", field: "question" },
    }),
  );
  expect((await screen.findByRole("alert")).textContent).toBe("The host has switched the questions off.");
});

test("in play a question is one button, and at the end the questions are open", async () => {
  const recap = { game: { status: "running", season: 1, phase: "recap" } } as unknown as Tree;
  await drawn(HAND, <MyQuestions />, 1, recap);
  expect(screen.queryByRole("heading")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "A question to you" }));
  expect(await screen.findAllByRole("heading")).toHaveLength(2);
  expect(document.activeElement?.contains(screen.getAllByRole("heading")[0] as HTMLElement)).toBe(true);
  cleanup();
  await drawn(HAND, <MyQuestions />);
  expect(await screen.findAllByRole("heading")).toHaveLength(2);
});

// The main button of a question, between the answer and what everybody is shown a moment later.
import { act, render } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { language } from "../../../src/prefs";
import { Screen } from "../../../src/seat/question/screen";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

function shown(): FakeWorld {
  const world = new FakeWorld();
  const room = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  const table = {
    game: { status: "running", season: 1, phase: "recap" },
    seat: { 1: { id: 1, role: "maker", by: "person" } },
  };
  world.last.say(welcome(table, { legal: { ready: { type: "object" } } }));
  render(<RoomContext.Provider value={room}>{<Screen question="Ready?" handled={[]} />}</RoomContext.Provider>);
  return world;
}

/** Let something happen, and all that follows from it at once. */
async function after(what: () => void): Promise<void> {
  await act(async () => {
    what();
    await new Promise((done) => setTimeout(done));
  });
}

const main = (): HTMLElement => document.querySelector<HTMLElement>(".button.main") as HTMLElement;
const look = (): string => `${main().getAttribute("aria-busy")} ${main().classList.contains("ready")}`;

test("who says ready never sees the button ask again before it says so too", async () => {
  const world = shown();
  await after(() => main().click());
  expect(look()).toBe("true false");
  await after(() => answered(world));
  expect(look()).toBe("true false");
  await after(() => world.last.say({ type: "update", seq: 11, now: 1, table: { seat: { 1: { ready: true } } } }));
  expect(look()).toBe("false true");
});

test("what is refused is asked again at once", async () => {
  const world = shown();
  await after(() => main().click());
  const [sent] = world.last.commands();
  await after(() =>
    world.last.say({
      type: "result",
      id: (sent as { id: string }).id,
      ok: false,
      now: 1,
      error: { code: "paused", message: "Paused." },
    }),
  );
  expect(look()).toBe("false false");
});

test("what is sent first and takes until the next phase leaves that phase unanswered", async () => {
  const world = shown();
  const draft = { command: "rate", target: "", args: { score: 3 } };
  open?.drafts.change(draft.command, draft.target, draft.args, false);
  await after(() => main().click());
  expect(world.last.commands().map((sent) => "name" in sent && sent.name)).toEqual(["rate"]);
  await after(() => world.last.say({ type: "update", seq: 11, now: 1, table: { game: { season: 2 } } }));
  await after(() => answered(world));
  expect(world.last.commands().map((sent) => "name" in sent && sent.name)).toEqual(["rate"]);
});

test("what is refused of a choice comes into sight: it would lie under the head of the page", async () => {
  const world = shown();
  const complaint = document.createElement("p");
  complaint.className = "complaint";
  document.querySelector(".now")?.append(complaint);
  const seen = vi.fn();
  complaint.scrollIntoView = seen;
  vi.stubGlobal("requestAnimationFrame", (draw: FrameRequestCallback) => setTimeout(() => draw(0)));
  open?.drafts.change("rate", "", { score: 9 }, false);
  await after(() => main().click());
  const [sent] = world.last.commands();
  const error = { code: "bad_args", message: "1 to 5." };
  const { id } = sent as { id: string };
  await after(() => world.last.say({ type: "result", id, ok: false, now: 1, error }));
  await after(() => undefined);
  expect(seen).toHaveBeenCalledWith({ block: "center" });
  vi.unstubAllGlobals();
});

test("a table that waits for the class's others says so, whether one is ready or not", async () => {
  language.value = "en";
  const world = shown();
  const said = "Your table is done and waits for the others; you can still change your choice.";
  expect(document.body.textContent).not.toContain(said);
  await after(() => world.last.say({ type: "update", seq: 11, now: 1, table: { room: { waits: true } } }));
  expect(document.body.textContent).toContain(said);
  await after(() => world.last.say({ type: "update", seq: 12, now: 1, table: { seat: { 1: { ready: true } } } }));
  expect(document.body.textContent).toContain(said);
});

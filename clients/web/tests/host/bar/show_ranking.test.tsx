// Right after the end, as long as the ranking waits for the host: the console's main button leads up to it, and a quiet
// one opens who stands where for all at once.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { ShowRanking } from "../../../src/host/bar/show_ranking";
import { shownOf } from "../../../src/parts/results/scenes";
import type { Json, Tree } from "../../../src/protocol/frames";
import { RoomContext } from "../../../src/store/context";
import { Room } from "../../../src/store/room";
import { answered, FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => open?.close());

const LED: Tree = { game: { status: "over", season: 2, phase: "recap" }, room: { pace: "host" } };
const SHOW = { legal: { "host.show": { type: "object", properties: {} } } } as unknown as Tree;

/** Draw the console's pace in a room that stands so. */
function shown(table: Tree): { world: FakeWorld; hear: (show: Json) => void } {
  const world = new FakeWorld();
  let seq = 10;
  const room = new Room({ type: "resume", room: "K7QF234", host_token: "x" }, "ws://test/ws", world).open();
  open = room;
  world.last.open();
  world.last.say(welcome(table, SHOW, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={room}>
      <h1 tabIndex={-1}>The end</h1>
      <ShowRanking />
    </RoomContext.Provider>,
  );
  return {
    world,
    hear: (show) => void act(() => world.last.say({ type: "update", seq: ++seq, now: 1, table: { show } })),
  };
}

const button = (): HTMLElement | null => screen.queryByRole("button", { name: "Show who stands where at once" });
const following = (name: string): HTMLElement => screen.getByRole("button", { name: `Next: ${name}` });

test("one press shows the whole ranking, the curtain up, and leaves the keyboard at the heading", async () => {
  const { world, hear } = shown({ ...LED, show: { scene: "leaders", step: 2, curtain: true } });
  expect(screen.getByText(/^Phones and the wall wait for you/)).toBeTruthy();
  button()?.focus();
  fireEvent.click(button() as HTMLElement);
  expect(world.last.commands()).toMatchObject([
    { name: "host.show", args: { scene: "ranking", step: 3, curtain: false } },
  ]);
  answered(world);
  hear({ scene: "ranking", step: 3, opened: 3, curtain: null });
  expect(button()).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading")));
});

test("where the end opens nothing, no press is offered that would open it", () => {
  const figures = { 1: { season: 1, values: {} } };
  shown({ ...LED, figures, room: { pace: "host", sealed: true } });
  expect(screen.queryAllByRole("button")).toEqual([]);
  expect(screen.queryByText(/^Phones and the wall wait for you/)).toBeNull();
});

const AIMED: Tree = { maker: { 1: { seat: 1, ambition: "craft" } } };

test("the main button leads through aims and each role's podium to the result, and skips none", async () => {
  const { world, hear } = shown({ ...LED, ...AIMED });
  const steps: [string, Tree, number][] = [
    ["The aims 1/2", { scene: "aims", step: 0 }, 0],
    ["The aims 2/2", { scene: "aims", step: 1 }, 0],
    ["The ranking 1/4", { scene: "ranking", step: 0 }, 1],
    ["The ranking 2/4", { scene: "ranking", step: 1 }, 2],
    ["The ranking 3/4", { scene: "ranking", step: 2 }, 3],
  ];
  for (const [name, show, opened] of steps) {
    fireEvent.click(following(name));
    const sent = world.last.commands().at(-1);
    expect(sent).toMatchObject({ name: "host.show", args: { ...show, curtain: false } });
    world.last.say({ type: "result", id: (sent as { id: string }).id, ok: true, seq: 11, now: 1 });
    hear({ ...show, opened });
    await waitFor(() => expect(document.querySelector("[aria-busy=true]")).toBeNull());
  }
  expect(screen.queryByRole("button", { name: /^Next:/ })).toBeNull();
});

test("it is offered until the last role is open, and not where the ranking waits for nobody", () => {
  const { hear } = shown(LED);
  hear({ scene: "ranking", step: 1, opened: 2 });
  expect(button()).not.toBeNull();
  hear({ scene: "ranking", step: 2, opened: 3 });
  expect(button()).toBeNull();
  open?.close();
  shown({ game: { status: "over", season: 2, phase: "recap" } });
  expect(button()).toBeNull();
});

test("who led so far is not on the wall any more once the game is over", () => {
  shown({ game: { status: "running", season: 2, phase: "recap" }, show: { scene: "leaders", step: 1, theme: "dark" } });
  expect(open && shownOf(open.view)).toEqual({ scene: "leaders", step: 1, theme: "dark" });
  open?.close();
  shown({ ...LED, show: { scene: "leaders", step: 1, theme: "dark" } });
  expect(open && shownOf(open.view)).toEqual({ scene: "phase", step: 0, theme: "dark" });
});

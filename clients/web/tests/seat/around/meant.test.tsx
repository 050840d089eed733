// No tap meant for yesterday, whether by finger, by key or by a screen reader; and each command says what was seen.
import { act, render } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { useKeys } from "../../../src/parts/controls/keys";
import { useMeant } from "../../../src/seat/around/meant";
import type { Room } from "../../../src/store/room";
import { type FakeWorld, welcome } from "../../rig/fake_socket";
import { roomsInFakeTime } from "../../rig/timed_room";

const open = roomsInFakeTime();
const pressed: string[] = [];
let room: Room;
let world: FakeWorld;

function Page() {
  const { phase } = room.game.value;
  useMeant(room);
  useKeys({ R: () => void pressed.push(`key in ${phase}`) });
  const press = (): void => {
    pressed.push(String(phase));
    void room.send("study");
  };
  return (
    <>
      <main>
        <button type="button" onClick={press}>
          Done
        </button>
        <input />
      </main>
      <nav>
        <button type="button" onClick={() => pressed.push("tab")}>
          Table
        </button>
      </nav>
    </>
  );
}

beforeEach(() => {
  pressed.length = 0;
  ({ room, world } = open(welcome({ game: { status: "running", season: 1, phase: "policy" } })));
  act(() => void render(<Page />));
  vi.advanceTimersByTime(5000);
});

let seq = 10;
const flip = (phase: string) =>
  act(() => world.last.say({ type: "update", seq: ++seq, now: 1, table: { game: { phase } } }));
const on = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement;
/** Let something happen, and return whether the browser then does what it does by itself. */
function fire(target: EventTarget, event: Event): boolean {
  let goesOn = false;
  act(() => {
    goesOn = target.dispatchEvent(event);
  });
  return goesOn;
}
const down = (target = on("main button")) => fire(target, new MouseEvent("pointerdown", { bubbles: true }));
const up = (target = on("main button")): void => {
  fire(target, new MouseEvent("pointerup", { bubbles: true }));
  fire(target, new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
};
const tap = (target = on("main button")): void => {
  down(target);
  up(target);
};
const key = (name: string, more: object = {}, target: Element = document.body) =>
  fire(target, new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
const speak = () => fire(on("main button"), new MouseEvent("click", { bubbles: true, cancelable: true, detail: 0 }));
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

test("a tap in a phase that is on the page counts", () => {
  tap();
  expect(pressed).toEqual(["policy"]);
});

test("two taps right after the flip answer nothing, a later one does", () => {
  flip("admission");
  pass(120);
  tap();
  pass(250);
  tap();
  expect(pressed).toEqual([]);
  pass(431); // 801 ms after the flip
  tap();
  expect(pressed).toEqual(["admission"]);
});

test("a finger that came down before the flip counts for nothing, however late it is lifted", () => {
  down();
  flip("admission");
  pass(2000);
  up();
  expect(pressed).toEqual([]);
});

test("a key that is held over the flip, or pressed right after it, does nothing", () => {
  key("r");
  flip("admission");
  pass(900);
  key("r", { repeat: true });
  fire(document.body, new KeyboardEvent("keyup", { key: "r", bubbles: true }));
  expect(pressed).toEqual(["key in policy"]);
  flip("exchange");
  pass(700);
  key("r");
  expect(key("Enter", {}, on("main button"))).toBe(false);
  pass(200);
  key("r");
  expect(pressed).toEqual(["key in policy", "key in exchange"]);
});

test("what is typed into a field goes on", () => {
  flip("admission");
  const heard = vi.fn();
  on("input").addEventListener("keydown", heard);
  key("7", {}, on("input"));
  key("Enter", {}, on("input"));
  expect(heard).toHaveBeenCalledTimes(1);
});

test("a screen reader's click, which no finger announces, waits as long", () => {
  flip("admission");
  pass(799);
  speak();
  expect(pressed).toEqual([]);
  pass(600);
  speak();
  expect(pressed).toEqual(["admission"]);
});

test("tabs and menu mean the same in every phase, and stay alive", () => {
  flip("admission");
  tap(on("nav button"));
  expect(pressed).toEqual(["tab"]);
});

test("what a page opens with was nobody's tap", () => {
  expect(document.documentElement.dataset["settling"]).toBeUndefined();
  flip("admission");
  expect(document.documentElement.dataset["settling"]).toBe("");
  pass(800);
  expect(document.documentElement.dataset["settling"]).toBeUndefined();
});

test("a command says what was on the page when its press began", () => {
  down();
  act(() => world.last.say({ type: "update", seq: 40, now: 1, table: { venture: { 7: { id: 7 } } } }));
  up();
  pass(1);
  void room.send("study"); // by itself
  expect(world.last.commands()).toMatchObject([{ saw: 10 }, { saw: 40 }]);
});

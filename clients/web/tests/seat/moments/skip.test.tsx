// The way past all moments: a tap that was meant for what stood there before does nothing to them.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SETTLE_MS } from "../../../src/parts/controls/tap_guard";
import { Moments } from "../../../src/seat/moments/moments";
import { ownStory } from "../../../src/seat/moments/own_story";
import { RoomContext } from "../../../src/store/context";
import { MINA, type Played, sit } from "./played";

let played: Played | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  played?.room.close();
  act(() => void vi.advanceTimersByTime(30_000)); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

/** Sit down as Mina and let two moments come; return the story, and where the first one is shown. */
function twoMoments() {
  played = sit(MINA, "maker");
  const story = ownStory(played.room);
  story.watch();
  played.open("matching", { maker: { 1: { skills: [3, 7, 3] } } });
  const [moment] = story.waiting.value;
  if (!moment) throw new Error("nothing came");
  const { container } = render(
    <RoomContext.Provider value={played.room}>
      <Moments moment={moment} />
    </RoomContext.Provider>,
  );
  return { story, container };
}

test("who skips too early skips nothing; a moment later all are in the story", () => {
  const { story } = twoMoments();
  const skip = screen.getByText("Skip the rest");
  fireEvent.click(skip);
  expect(story.waiting.value).toHaveLength(2);
  act(() => void vi.advanceTimersByTime(SETTLE_MS));
  fireEvent.click(skip);
  expect(story.waiting.value).toEqual([]);
  expect(story.told.value).toHaveLength(2);
});

function touch(target: Element, [fromX, fromY]: number[], [toX, toY]: number[]): void {
  fireEvent.touchStart(target, { touches: [{ clientX: fromX, clientY: fromY }] });
  fireEvent.touchEnd(target, { changedTouches: [{ clientX: toX, clientY: toY }] });
}

test("a card is pushed on by a swipe to the side, and not by scrolling or by one that comes too early", () => {
  const { story, container } = twoMoments();
  const card = container.querySelector(".moment-cards");
  if (!card) throw new Error("no card lies there");
  touch(card, [300, 200], [100, 210]);
  expect(story.waiting.value).toHaveLength(2);
  act(() => void vi.advanceTimersByTime(SETTLE_MS));
  document.dispatchEvent(new Event("pointerdown"));
  touch(card, [300, 200], [200, 400]);
  touch(card, [100, 200], [300, 200]);
  expect(story.waiting.value).toHaveLength(2);
  const tabs = vi.fn();
  document.addEventListener("touchend", tabs);
  touch(card, [300, 200], [100, 210]);
  document.removeEventListener("touchend", tabs);
  expect(tabs).not.toHaveBeenCalled(); // there a swipe would change the tab
  expect(story.waiting.value).toHaveLength(1);
});

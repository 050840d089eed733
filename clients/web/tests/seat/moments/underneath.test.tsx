// A card that nobody has touched goes when the first control of the question under it is used.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ownStory } from "../../../src/seat/moments/own_story";
import { loadScreens } from "../../../src/seat/phases/screens";
import { Now } from "../../../src/seat/tabs/now";
import { inRoom } from "../../rig/in_room";
import { MINA, type Played, sit } from "./played";

let played: Played | undefined;
beforeAll(() => loadScreens("maker"));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  played?.room.close();
  act(() => void vi.advanceTimersByTime(30_000)); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

const FORECAST = { legal: { ready: {}, forecast: { properties: { venture: { enum: [5, 6] } } } } };

/** Sit down as Mina and let a moment come; return the story, with the card and the question below it on the page. */
function cardOnQuestion() {
  played = sit(MINA, "maker");
  const story = ownStory(played.room);
  story.watch();
  played.open("market", { maker: { 1: { skills: [3, 6, 3] } } }, FORECAST);
  render(<Now />, { wrapper: inRoom(played.room) });
  act(() => void vi.advanceTimersByTime(1000));
  return story;
}

test("the question stands under the card without a main button of its own", () => {
  const story = cardOnQuestion();
  expect(story.waiting.value).toHaveLength(1);
  expect(document.querySelector(".underneath .now h1")).not.toBeNull();
  expect(document.querySelectorAll(".button.main")).toHaveLength(1);
});

test("the first control that is used lays the card away, counts, and keeps its place", () => {
  const story = cardOnQuestion();
  const choice = document.querySelector<HTMLElement>(".underneath button.card");
  if (!choice) throw new Error("nothing to choose");
  fireEvent.click(screen.getByRole("heading", { level: 1, name: /sell/i })); // reading is no use
  expect(story.waiting.value).toHaveLength(1);
  const scrolled = vi.spyOn(window, "scrollBy");
  fireEvent.click(choice);
  act(() => void vi.advanceTimersByTime(100));
  expect(story.waiting.value).toEqual([]);
  expect(story.told.value).toHaveLength(1); // it lies in *Mine*
  expect(document.querySelector(".moment")).toBeNull();
  expect(choice.isConnected).toBe(true);
  expect(choice.getAttribute("aria-pressed")).toBe("true");
  expect(scrolled).toHaveBeenCalledTimes(1);
  expect(document.querySelectorAll(".button.main")).toHaveLength(1);
});

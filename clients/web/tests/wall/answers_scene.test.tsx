// What the hosts have picked, on the wall: the question, bars or words, as large as they fit, and nobody's name.
import { cleanup, render, screen } from "@testing-library/preact";
import "preact/debug";
import { afterEach, expect, test, vi } from "vitest";
import { RoomContext } from "../../src/store/context";
import { AnswersScene, laidOut } from "../../src/wall/answers_scene";
import { roomOf } from "../rig/rooms";

afterEach(cleanup);

test("words stand below their question", async () => {
  const answers = { season: 0, question: "end_outside", words: ["at the bakery", "in my club"] };
  render(
    <RoomContext.Provider value={roomOf({ answers })}>
      <AnswersScene answers={answers} />
    </RoomContext.Provider>,
  );
  await screen.findByRole("heading", { name: "Where outside this room have you seen what happened here?" });
  expect(screen.getAllByRole("listitem").map((each) => each.textContent)).toEqual(["at the bakery", "in my club"]);
});

test("two people may say the same", () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const answers = { season: 0, question: "end_outside", words: ["nowhere", "nowhere"] };
  render(
    <RoomContext.Provider value={roomOf({ answers })}>
      <AnswersScene answers={answers} />
    </RoomContext.Provider>,
  );
  expect(screen.getAllByRole("listitem").map((each) => each.textContent)).toEqual(["nowhere", "nowhere"]);
  expect(told).not.toHaveBeenCalled();
  told.mockRestore();
});

test("a chart shows every choice, also those that nobody made", async () => {
  const answers = { season: 0, question: "end_alive", choices: ["makers", "energy"], counts: { energy: 4 } };
  render(
    <RoomContext.Provider value={roomOf({ answers })}>
      <AnswersScene answers={answers} />
    </RoomContext.Provider>,
  );
  await screen.findByText("Asked at the end · 4 answers");
  expect(screen.getAllByRole("listitem").map((each) => each.textContent)).toEqual([
    "Makers who helped each other0",
    "What was paid came back to all4",
  ]);
});

test("of a question with choices that few have answered the wall says when the chart comes", async () => {
  const answers = { season: 0, question: "end_alive", choices: ["makers", "energy"] };
  render(
    <RoomContext.Provider value={roomOf({ answers })}>
      <AnswersScene answers={answers} />
    </RoomContext.Provider>,
  );
  await screen.findByText("Shown once three have answered.");
  expect(screen.queryAllByRole("listitem")).toEqual([]);
});

test("few words are large, six long ones still fit, and what does not is counted", () => {
  const long = "people give time before anybody pays for it ".repeat(4).slice(0, 160);
  expect(laidOut(["short"], 590)).toEqual({ size: 72, shown: 1 });
  expect(laidOut(Array(6).fill(long), 590)).toEqual({ size: 28, shown: 6 });
  const { size, shown } = laidOut(Array(6).fill("字".repeat(160)), 590);
  expect(size).toBe(28);
  expect(shown).toBeLessThan(6);
  expect(shown).toBeGreaterThan(2);
});

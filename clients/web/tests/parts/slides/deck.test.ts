import { expect, test } from "vitest";
import { answersOf, slidesAfter, slidesBefore, slidesIn } from "../../../src/parts/slides/deck";
import type { Lesson } from "../../../src/store/lesson";

const LESSON = {
  scenario: "classroom",
  objectives: [],
  questions: [
    { name: "born", figure: "births" },
    { name: "exit", figure: "exits" },
  ],
  plans: [{ minutes: 45, lessons: [[{ name: "join", season: 0, at: 0, minutes: 5 }]] }],
} as unknown as Lesson;

test("no slide before the game tells an answer, and after it each question comes first without one", () => {
  expect(slidesBefore(LESSON).map(({ kind }) => kind)).not.toContain("answer");
  expect(slidesAfter(LESSON).map(({ kind }) => kind)).toEqual(["after", "question", "answer", "question", "answer"]);
});

test("a game that is over has the slides for after it, any other those for before", () => {
  expect(slidesIn(LESSON, "over")).toEqual(slidesAfter(LESSON));
  expect(slidesIn(LESSON, "lobby")).toEqual(slidesBefore(LESSON));
});

test("a lesson without a plan has no slide of it", () => {
  expect(slidesBefore({ ...LESSON, plans: [] }).map(({ kind }) => kind)).not.toContain("plan");
});

test("the right answer stands at another place from question to question", () => {
  expect([0, 1, 2].map((nth) => answersOf(nth).indexOf("right"))).toEqual([0, 1, 2]);
});

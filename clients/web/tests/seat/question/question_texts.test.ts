import { expect, test } from "vitest";
import { language } from "../../../src/prefs";
import { question } from "../../../src/seat/question/question_texts";
import { t } from "../../../src/texts";

test.each(["en", "zh"] as const)("a phase asks its question, and what no text knows the plain one, in %s", (lang) => {
  language.value = lang;
  expect(question("policy", "operator")).toBe(t("question.policy.operator"));
  expect(question("market", "maker", "reserve")).toBe(t("question.market.maker.reserve"));
  expect([question("siesta", "maker"), question("policy", "counter")]).toEqual(Array(2).fill(t("ui.question.plain")));
});

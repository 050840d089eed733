// Words of the game: each is one tap from one line, where it stands or from the key for all words of a page.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Card } from "../../../src/parts/pictures/card";
import { Term, TermSheet } from "../../../src/parts/words/term";
import { WORDS, WordsHere, wordsIn } from "../../../src/parts/words/words_here";
import { language } from "../../../src/prefs";
import { has } from "../../../src/texts";

afterEach(() => {
  const close = screen.queryByRole("button", { name: "Close", hidden: true });
  if (close) fireEvent.click(close);
  cleanup();
  act(() => {
    language.value = "en";
  });
});

test("a word that is tapped says its line in a sheet, and the tap goes no further", () => {
  const onCard = vi.fn();
  render(
    <>
      {/* biome-ignore lint/a11y: a full card is tapped away anywhere */}
      <div onClick={onCard}>
        <Term word="spirit" />
      </div>
      <TermSheet />
    </>,
  );
  const key = screen.getByRole("button", { name: "Spirit" });
  expect(key.getAttribute("aria-haspopup")).toBe("dialog");
  fireEvent.click(key);
  expect(screen.getByRole("dialog", { name: "Spirit", hidden: true }).textContent).toContain("Grows by sharing");
  expect(onCard).not.toHaveBeenCalled();
});

test("in a card that is itself a key a word is plain text", () => {
  render(
    <Card onChoose={() => undefined}>
      <Term word="spirit" />
    </Card>,
  );
  expect(screen.getAllByRole("button")).toHaveLength(1);
  expect(screen.getByText("Spirit")).toBeTruthy();
});

test("one key explains all the words that stand on a page, whole words alone", () => {
  render(
    <>
      <main>
        <b>Appeal</b>
        <b>Difficulty</b> leading
        <WordsHere />
      </main>
      <TermSheet />
    </>,
  );
  fireEvent.click(screen.getByRole("button", { name: "What do the words mean?" }));
  const terms = [...document.querySelectorAll("dialog dt")].map((term) => term.textContent);
  expect(terms).toEqual(["Appeal", "Difficulty"]);
  expect(document.querySelectorAll("dialog dd")).toHaveLength(2);
});

test("words are found in Chinese, where none stands apart", () => {
  language.value = "zh";
  expect(wordsIn("这个项目的吸引力是 4")).toContain("appeal");
});

test("each word that can be asked about has a name and a line", () => {
  expect(WORDS.filter((word) => !has(`term.${word}`) || !has(`word.${word}`))).toEqual([]);
});

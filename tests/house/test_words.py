"""The check of words: what it finds, with file and line, and that the list of exceptions stays honest."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from house.words import LIST, mistakes, words_in
from tests.house.checkout import ROOT

RULES, GONE = "makersphere_rules", "gone.py"
TABLE = tomllib.loads((ROOT / LIST).read_text("utf-8"))
WHARF: dict[str, Any] = {
    "pattern": "(?i)wharfs?",
    "example": "The wharf.",
    "say": "quay",
    "part_of": {'"wharfs"': "a field"},
    "stands_in": {"docs/*.md": "a poem"},
}


def _mistakes(root: Path, table: dict[str, Any], **files: str) -> list[str]:
    """Return the mistakes of files that are written for it; `__` in a name is a folder's end, `_md` its ending."""
    names = [name.replace("__", "/").replace("_md", ".md").replace("_py", ".py") for name in files]
    for name, text in zip(names, files.values(), strict=True):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return mistakes(root, names, table)


def test_no_word_that_was_given_up_stands_in_the_checkout() -> None:
    """The step of `run.py check` ends well, and prints nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "house.words"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("word", words_in(TABLE), ids=lambda word: word.say.split(",")[0])
def test_each_word_is_found_in_its_example(tmp_path: Path, word: Any) -> None:  # noqa: ANN401  (its id is a text)
    """A pattern that finds nothing would hold nothing; file, line, the word and what to say are told."""
    bare = {"pattern": word.pattern.pattern, "example": word.example, "say": word.say}
    (found,) = _mistakes(tmp_path, {"word": [bare]}, guide_md=f"\n{word.example}\n")
    assert found.startswith("guide.md:2: ")
    assert found.endswith(f": say {word.say}")


def test_a_word_stands_where_the_list_says_why(tmp_path: Path) -> None:
    """As part of something that stays, and in a file of its own; a line beside it is a mistake all the same."""
    page = 'read "wharfs"\na "wharfs" wharf\n'
    found = _mistakes(tmp_path, {"word": [WHARF]}, docs__poem_md="wharf 1\n", page_md=page)
    assert found == ["page.md:2: 'wharf': say quay"]


def test_an_exception_that_nothing_needs_is_a_mistake(tmp_path: Path) -> None:
    """So the list gets shorter when the code does."""
    found = _mistakes(tmp_path, {"word": [WHARF]}, page_md='read "wharfs"\n')
    assert found == [f"{LIST}: 'docs/*.md' excuses nothing any more"]


def test_a_word_is_looked_for_where_it_was_a_name(tmp_path: Path) -> None:
    """Elsewhere it is a word like others; a place that is no file any more is a mistake."""
    word = {"pattern": "Wharf", "example": "class Wharf:", "say": "quay", "only_in": ["harbour/*.py", "port/*.py"]}
    found = _mistakes(tmp_path, {"word": [word]}, harbour__boats_py="class Wharf:\n", page_md="Wharf\n")
    assert found == [f"{LIST}: 'port/*.py' is the name of no file", "harbour/boats.py:1: 'Wharf': say quay"]


def test_a_sentence_names_only_files_and_modules_that_are_there(tmp_path: Path) -> None:
    """A file that was moved has its new name in every sentence; examples from outside are on the list."""
    table = {"word": [], "names": {"examples": ["mine.py"]}}
    found = _mistakes(
        tmp_path,
        table,
        rules__makersphere_rules__dice_py="def roll(): ...\n",
        guide_md=f"See `dice.py`, `mine.py`, `kernel/{GONE}`.\n{RULES}.dice.roll, {RULES}.luck.roll\n",
    )
    assert found == [
        f"guide.md:1: '{GONE}': there is no such file",
        f"guide.md:2: '{RULES}.luck.roll': there is no such module",
    ]


def test_a_sentence_names_only_pages_and_decisions_that_are_there(tmp_path: Path) -> None:
    """A reader who is sent to a page or a decision finds one, wherever the sentence stands."""
    page = f"docs/{'tides'}.md"
    found = _mistakes(
        tmp_path,
        {"word": []},
        docs__rules_md=f"See docs/rules.md and {page}.\n",
        boat_py=f"# ADR 7, ADR {8}\n# ADR 7 and {9}\n",
        **{"docs__adr__0007-one-form_md": ""},
    )
    assert found == [
        f"docs/rules.md:1: {page!r}: there is no such page",
        f"boat.py:1: 'ADR {8}': there is no decision 8",
        f"boat.py:2: 'ADR 7 and {9}': there is no decision 9",
    ]

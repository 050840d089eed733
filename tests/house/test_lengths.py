"""The bounds of files and functions: what is too long is named, with its place and the bound."""

from pathlib import Path

import pytest

from house.lengths import CENTRES, main, too_long
from tests.house.checkout import ROOT

LINES = "    pass\n"


def test_nothing_in_the_checkout_is_too_long(capsys: pytest.CaptureFixture[str]) -> None:
    """The check that `run.py check` runs ends with 0 and says nothing."""
    assert main([]) == 0
    assert capsys.readouterr().out == ""


def test_each_bound_is_met_at_its_last_line_and_broken_by_the_next(tmp_path: Path) -> None:
    """A function has 40 lines, its docstring left out; a file 399; a file that everything grows from 299."""
    engine = tmp_path / CENTRES[0]
    engine.parent.mkdir(parents=True)
    longest = 'def longest() -> None:\n    """Say\n    something.\n    """\n'
    (engine.parent / "sound.py").write_text(longest + LINES * 39)
    (engine.parent / "full.css").write_text("\n" * 399)
    engine.write_text("\n" * 299)
    assert too_long(tmp_path) == []

    (engine.parent / "sound.py").write_text(longest + LINES * 40)
    (engine.parent / "full.css").write_text("\n" * 400)
    engine.write_text("\n" * 300)
    assert too_long(tmp_path) == [
        f"{CENTRES[0]}: 300 lines, 299 at most; a centre: move a second subject out",
        "rules/makersphere_rules/full.css: 400 lines, 399 at most; split it by subject",
        "rules/makersphere_rules/sound.py:1: longest has 41 lines, 40 at most; take a step out under a name of its own",
    ]


def test_what_is_fetched_or_generated_is_not_measured(tmp_path: Path) -> None:
    """Other people's files and built ones are as long as they are."""
    for folder in ("clients/web/node_modules", "clients/web/dist", "clients/web/src/generated"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "long.ts").write_text("\n" * 1000)
    assert too_long(tmp_path) == []


def test_each_centre_is_a_file_of_the_checkout() -> None:
    """A centre that has moved is still held to its bound."""
    assert [name for name in CENTRES if not (ROOT / name).is_file()] == []

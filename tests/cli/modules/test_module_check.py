"""`makersphere module check`: a good module passes, and each thing that is wrong is told with its file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from makersphere_cli.main import run
from makersphere_rules import shipped
from tests.cli.modules.mutants import GOOD, MUTANTS, Mutant

MEANT = {  # remarks about the game's own modules, which are meant so
    ("incubation", "default_more"): "the day job that the close pays brings the rest",
    ("clearinghouse", "default_refused"): "whoever has no badge ranks nobody",
    ("clearinghouse_capital", "default_refused"): "as before",
}


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """Return what is found, as a program reads it; the exit code says whether anything has to be mended."""
    code = run(["module", "check", *words, "--json"])
    there: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert code == (2 if any(not one["is_remark"] for one in there) else 0)
    return there


def written(folder: Path, text: str) -> str:
    """Write a module into a folder of its own and return the file's name."""
    file = folder / "pot.py"
    file.write_text(text, "utf-8")
    return str(file)


def test_a_good_module_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check does not cry wolf, and says how much it has played."""
    assert run(["module", "check", written(tmp_path, GOOD)]) == 0
    assert capsys.readouterr().out.endswith("pot.py is in order. Games played, each twice: 4.\n")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_is_wrong_is_pointed_at(mutant: Mutant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line that is to be mended, and no other; a field without a sight is a remark, since it may be meant."""
    there = found(capsys, written(tmp_path, mutant.source))

    assert {(one["what"], one["line"]) for one in there} == {(what, mutant.line) for what in mutant.found}
    assert {one["is_remark"] for one in there} == {mutant.found == {"no_sight"}}


@pytest.mark.parametrize("name", shipped.own_modules())
def test_the_games_own_modules_are_in_order(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the check refuses, no module of the game does."""
    assert {(name, one["what"]) for one in found(capsys, name)} <= MEANT.keys()

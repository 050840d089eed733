"""`makersphere targets`: one table of many scenarios and sizes, and rows that are gone on with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_cli.many_games import targets_run

_QUICK = ("targets", "quickstart", "--seats", "6", "--seats", "60", "--games", "2", "--jobs", "1")


def test_people_read_a_table_and_programs_the_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A heading for each scenario and size, words for each act, and the same mean in both; games are played once."""
    rows = ("--rows", str(tmp_path))
    assert run([*_QUICK, *rows]) == 0
    shown = capsys.readouterr().out
    assert run([*_QUICK, *rows, "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert "Quick start, 6 seats, 2 games of each side" in shown
    assert "Investor, gives no capital: points against the standard bot" in shown
    (entry,) = tree["table"]  # it is made for 24 at most
    assert [path.name for path in tmp_path.iterdir()] == ["quickstart-6"]
    ready = next(one for one in entry["targets"] if (one["name"], one["of"]) == ("ready", "maker"))
    assert f"{ready['measured']['mean']:.2f}" in shown


def test_naive_policies_are_played_if_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each has a target of its own, in words; one of them is played here."""
    monkeypatch.setattr(targets_run, "swaps", lambda _: [("operator", "rent-28")])
    assert run([*_QUICK, "--naive"]) == 0
    assert "Operator, always asks a rent of 28: score" in capsys.readouterr().out


def test_a_size_that_nothing_is_made_for_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """In one sentence, before anything is played."""
    assert run(["targets", "quickstart", "--seats", "60"]) == 2
    assert "is made for such a size" in capsys.readouterr().err

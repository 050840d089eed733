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


def test_all_sizes_of_a_scenario_stand_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the end a column for each size, with what was measured and a mark; with `--every` all targets."""
    both = ("targets", "quickstart", "--seats", "6", "--seats", "8", "--games", "2", "--jobs", "1")
    assert run([*both, "--every", "--rows", str(tmp_path)]) == 0
    *_, glance, legend = capsys.readouterr().out.rstrip().split("Quick start\n")[-1].split("\n\n")
    lines = glance.splitlines()
    assert lines[0].split() == ["6", "8"]
    assert any(line.startswith("born, % of founded") and sum(map(line.count, "✓≈?✗")) == 2 for line in lines)
    assert legend == "✓ met, ≈ likely, ? more games needed, ✗ missed"
    assert run([*both, "--rows", str(tmp_path)]) == 0
    assert "born, % of founded" not in capsys.readouterr().out


def test_a_page_has_a_table_for_each_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column for each size, an interval and a mark in each cell, seats in one row; the terminal says the same."""
    both = ("targets", "quickstart", "--seats", "6", "--seats", "8", "--games", "2", "--jobs", "1", "--every")
    report = tmp_path / "targets.md"
    assert run([*both, "--rows", str(tmp_path / "rows"), "--report", str(report)]) == 0
    shown = capsys.readouterr().out
    page = report.read_text("utf-8")
    head, _, *rows = [line for line in page.splitlines() if line.startswith("|")]
    assert "| 6 seats, 2 games | 8 seats, 2 games |" in head
    assert all(line.count(" | ") == head.count(" | ") for line in rows)
    born = next(line for line in rows if line.startswith("| born, % of founded"))
    assert sum(map(born.count, "✓≈?✗")) == 2
    mean = born.split(" | ")[2].split()[0]
    assert any(line.startswith("born, % of founded") and mean in line for line in shown.splitlines())
    assert sum(line.startswith("| seats furthest") for line in rows) == 1


def test_a_page_without_a_folder_is_refused_before_a_game(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence that names the file."""
    assert run([*_QUICK, "--report", str(tmp_path / "nowhere" / "targets.md")]) == 2
    assert "targets.md" in capsys.readouterr().err


def test_what_was_killed_is_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder that need not be there before; what is missing is played, and the table is that of a whole run."""
    assert run([*_QUICK, "--rows", str(tmp_path / "whole")]) == 0
    whole = capsys.readouterr().out
    assert run([*_QUICK, "--rows", str(tmp_path / "torn")]) == 0
    capsys.readouterr()
    (kept,) = (tmp_path / "torn" / "quickstart-6").glob("games-*.parquet")
    kept.unlink()
    assert run([*_QUICK, "--rows", str(tmp_path / "torn")]) == 0
    assert capsys.readouterr().out == whole


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

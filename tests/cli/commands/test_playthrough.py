"""`makersphere playthrough`: a game as text for packages outside, which changes with a rule and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_rules import shipped


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Return the lines of a playthrough."""
    assert run(["playthrough", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_whole_game_is_told_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Each phase of it, with what may be sent, what was, and the books at its end."""
    lines = printed(capsys, "quickstart")
    assert lines == printed(capsys, "quickstart")
    scenario = shipped.scenario("quickstart")
    phases = [f"## season {season}, {phase.name}" for season in (1, 2) for phase in scenario.phases]
    assert [line for line in lines if line.startswith("## ")] == phases
    assert len([line for line in lines if line.startswith("= ") and line.endswith("; all 0")]) == len(phases)
    assert any(line.startswith("> seat 1: ") for line in lines)


def test_no_more_phases_are_told_than_were_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """The text of the first ones is the beginning of the whole."""
    few = printed(capsys, "quickstart", "--phases", "2")
    assert len([line for line in few if line.startswith("## ")]) == 2
    assert printed(capsys, "quickstart")[: len(few)] == few


def test_a_rule_that_changes_moves_the_lines_that_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    """In a scenario of one's own: a bound that is another stands in what may be sent, and nowhere else."""
    text = shipped.scenario_source("counter").replace('name = "counter"', 'name = "mine"', 1)
    Path("mine.toml").write_text(text, "utf-8")
    before = printed(capsys, "mine.toml", "--phases", "1")
    Path("mine.toml").write_text(text.replace("most = 10", "most = 7"), "utf-8")
    after = printed(capsys, "mine.toml", "--phases", "1")

    moved = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old.endswith("by 1 to 10"), new.endswith("by 1 to 7")) for old, new in moved] == [(True, True)]

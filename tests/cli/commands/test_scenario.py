"""`makersphere scenario`: what ships, what is in it, and files that are played like what ships."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_rules import shipped

GOOD = """name = "mine"
seasons = 1

[[phase]]
name = "count"
modules = ["counter"]

[counter]
most = 3
"""


def test_list_names_every_shipped_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """With its title, seats and seasons."""
    assert run(["scenario", "list"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in shipped.scenario_names() if name not in shown] == []
    assert "Quick start" in shown


@pytest.mark.parametrize("name", shipped.scenario_names())
def test_shipped_scenarios_can_be_shown_and_are_in_order(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever ships can be played."""
    assert run(["scenario", "show", name]) == 0
    assert run(["scenario", "check", name]) == 0
    assert f"{name} is in order." in capsys.readouterr().out


def test_show_gives_value_range_and_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    """Every parameter, as the scenario has it."""
    assert run(["scenario", "show", "counter"]) == 0
    shown = capsys.readouterr().out
    assert "counter.most" in shown
    assert "1-1000" in shown
    assert "The largest step that a seat may count at once." in shown


def test_what_later_seasons_bring_is_shown_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By season, in the words of the screens; a file that is made of it says the same."""
    text = shipped.scenario_source("training").replace('"training"', '"mine"')
    mine, other = tmp_path / "mine.toml", tmp_path / "other.toml"
    mine.write_text(f"{text}\n[introduced]\nstudy = 2\nsend_terms.fee = 2\nappraisal = 3\n", "utf-8")
    assert run(["scenario", "new", "other", str(other), "--from", str(mine)]) == 0
    for file in (mine, other):
        capsys.readouterr()
        assert run(["scenario", "check", str(file)]) == 0
        assert run(["scenario", "show", str(file)]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert "Season 2 brings: Study alone, Send offer (Fee)." in shown
        assert "Season 3 brings: Appraisal." in shown


def test_a_good_file_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file counts as well as a shipped name, for simulate too."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)

    assert run(["scenario", "check", str(path)]) == 0
    assert "is in order" in capsys.readouterr().out
    assert run(["simulate", "mine.toml", "--seats", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenario"] == "mine"


def test_a_file_that_is_no_scenario_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says how a scenario file's name ends."""
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text("# Read me")
    assert run(["scenario", "check", "README.md"]) == 2
    assert "README.md is no scenario file: those are TOML, and their names end in .toml." in capsys.readouterr().err


def test_a_file_named_as_one_that_ships_is_not_played_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server could not tell the two apart."""
    (tmp_path / "counter.toml").write_text(shipped.scenario_source("counter"))
    for command in ("play", "demo"):
        assert run([command, "--scenario", "counter.toml"]) == 2
        assert "counter.toml calls itself counter, as a scenario that ships does" in capsys.readouterr().err


def test_bots_play_a_file_over_real_sockets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As they play what ships, and the log replays."""
    (tmp_path / "mine.toml").write_text(GOOD)
    assert run(["demo", "--scenario", "mine.toml", "--seats", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenario"] == "mine"


def test_the_reference_page_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """`makersphere scenario reference > docs/scenarios.md` makes it anew."""
    assert run(["scenario", "reference"]) == 0
    page = Path(__file__).resolve().parents[3] / "docs" / "scenarios.md"
    assert page.read_text("utf-8") == capsys.readouterr().out


def test_show_tells_the_runs_and_what_they_change(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its seasons and the modules that it plays otherwise; and the sizes of room that it is made for."""
    assert run(["scenario", "show", "mechanisms"]) == 0
    shown = capsys.readouterr().out

    assert "Made for 6 to 60 seats." in shown
    assert re.search(r"Hours by negotiation +3 +Matching: negotiation\n", shown)

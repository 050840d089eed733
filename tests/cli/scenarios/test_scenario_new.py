"""`makersphere scenario new`: a scenario of one's own, which plays as the one that it came from until it is changed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from makersphere_bots.random_moves import Random
from makersphere_cli.main import run
from makersphere_cli.scenarios.commented_file import parameters
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import shipped
from makersphere_rules.scenario_building import build


def hash_of(source: dict[str, object]) -> str:
    """Return the state in which a game of a scenario ends, whatever the scenario is called."""
    scenario = build({**source, "name": "any"}, shipped.modules())
    return play(scenario, 4, "new", {ANY: Random()}, hashed=True).state_hash


@pytest.mark.parametrize("name", shipped.scenario_names())
def test_a_new_file_plays_the_scenario_that_it_came_from(name: str, tmp_path: Path) -> None:
    """It passes the check, and the same game is the same to the last bit."""
    assert run(["scenario", "new", "mine", "--from", name]) == 0
    assert run(["scenario", "check", "mine.toml"]) == 0
    text = (tmp_path / "mine.toml").read_text("utf-8")
    tree = tomllib.loads(text)
    assert tree["name"] == "mine"
    said = {key: value for key, value in tree.items() if value != {}}  # of a table all of comments nothing is said
    assert {**said, "name": name} == tomllib.loads(shipped.scenario_source(name))
    if name in ("counter", "quickstart", "mechanisms"):  # the others differ in their parameters alone
        assert hash_of(tree) == hash_of(tomllib.loads(shipped.scenario_source(name)))


def test_what_to_do_next_holds_for_a_name_that_looks_like_a_flag(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command that is told takes the file for a file."""
    assert run(["scenario", "new", "--", "-x"]) == 0
    assert "`makersphere scenario check ./-x.toml`" in capsys.readouterr().out
    assert (tmp_path / "-x.toml").is_file()
    assert run(["scenario", "check", "./-x.toml"]) == 0


def test_a_new_file_names_every_parameter(tmp_path: Path) -> None:
    """With its default, range and meaning; taking the # away of all of them changes nothing."""
    assert run(["scenario", "new", "mine", "own.toml"]) == 0
    text = (tmp_path / "own.toml").read_text("utf-8")
    scenario = shipped.scenario("classroom")
    for module in scenario.modules:
        for each in parameters(module):
            value = getattr(scenario.values[module.params], each.name) if module.params else each.default
            line = f"{each.name} = {value} # {each.lo} to {each.hi}. {each.meaning}"
            assert (f"[{module.name}.{each.name}] # {each.meaning}" if each.length else line) in text
    assert "others for this phase: pro_rata" in text
    opened = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)
    assert build(tomllib.loads(opened), shipped.modules()).values == scenario.values


def test_a_name_of_several_words_stands_in_quotes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is said to do next can be typed as it stands."""
    assert run(["scenario", "new", "my school"]) == 0
    assert "`makersphere scenario check 'my school.toml'`" in capsys.readouterr().out
    assert tomllib.loads((tmp_path / "my school.toml").read_text("utf-8"))["name"] == "my school"


def test_a_new_file_replaces_nothing_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither silently nor half; `--replace` says so."""
    (tmp_path / "mine.toml").write_text("my notes")
    assert run(["scenario", "new", "mine"]) == 2
    assert "mine.toml is there already" in capsys.readouterr().err
    assert (tmp_path / "mine.toml").read_text() == "my notes"
    assert run(["scenario", "new", "mine", "--replace"]) == 0
    assert run(["scenario", "check", "mine.toml"]) == 0


def test_a_scenario_of_several_runs_is_written_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`scenario new --from mechanisms` says the same as what it was made of, practice season and all."""
    file = tmp_path / "mine.toml"
    assert run(["scenario", "new", "mine", str(file), "--from", "mechanisms"]) == 0
    again = build(tomllib.loads(file.read_text(encoding="utf-8")), shipped.modules())

    assert [(one.name, one.rules.seasons) for one in again.runs] == [("clearinghouse", 3), ("negotiation", 3)]
    assert [module.name for module in again.runs[1].rules.phase("matching").modules] == ["negotiation"]


def test_what_is_measured_has_a_line_for_each_size_in_a_run_too(tmp_path: Path) -> None:
    """In a table of its own, where a person finds it."""
    assert run(["scenario", "new", "mine", "--from", "mechanisms"]) == 0
    lines = (tmp_path / "mine.toml").read_text("utf-8").splitlines()
    first = lines.index("[run.par.maker]") + 1
    by_size = shipped.scenario("mechanisms").source["run"][0]["par"]["maker"]
    assert lines[first : first + len(by_size)] == [f"{seats} = {row}" for seats, row in by_size.items()]

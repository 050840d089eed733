"""`makersphere tune`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_cli.reports import tune_words as words
from makersphere_playtest.measured.measures import names
from makersphere_playtest.plans.sweeps import plan
from makersphere_playtest.plans.watched_game import play_row
from makersphere_rules.shipped import scenario

ASKED = """
[parameters]
"market.outside_weight" = [0, 40]
"world.birth_credits" = [20, 200]
[targets]
births = [3, 4]
"share.exits_unfunded" = [0, 40]
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return a file that asks for more births."""
    file = tmp_path / "targets.toml"
    file.write_text(ASKED, "utf-8")
    return file


def _line(target: Path, *more: str) -> list[str]:
    size = ("--seats", "5", "--games", "2", "--checks", "2", "--trials", "14", "--jobs", "1")
    return ["tune", "quickstart", "--target", str(target), *size, *more]


def test_people_see_the_trade_offs_and_get_a_scenario(
    target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Settings side by side, a page that needs nothing else, and a file that `scenario check` takes."""
    page, tuned = tmp_path / "found.html", tmp_path / "mine.toml"
    assert run(_line(target, "--report", str(page), "--write", str(tuned))) == 0
    told = capsys.readouterr()
    for said in ("Tuning: Quick start", "as it is", "ventures born: wanted 3 to 4", "market.outside_weight"):
        assert said in told.out.replace("\n", " ") or said in page.read_text("utf-8")
    assert "mine.toml" in told.err
    html = page.read_text("utf-8")
    assert html.count("<svg") == 3
    assert "http" not in html
    assert run(["scenario", "check", str(tuned)]) == 0


def test_what_is_written_is_called_what_it_is(target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where all targets are met already, the file holds the scenario as it is, and is not called tuned."""
    target.write_text('[parameters]\n"market.outside_weight" = [0, 40]\n[targets]\nbirths = [0, 99]\n', "utf-8")
    assert run(_line(target, "--write", str(tmp_path / "mine.toml"))) == 0
    told = capsys.readouterr().err
    assert "holds the scenario as it is" in told
    assert "tuned" not in told


def test_programs_get_every_setting(target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its values, what was measured, and how far it misses; a file of settings is gone on with."""
    rows = tmp_path / "rows.jsonl"
    assert run(_line(target, "--rows", str(rows), "--json")) == 0
    tree = json.loads(capsys.readouterr().out)
    assert run(_line(target, "--rows", str(rows), "--json")) == 0
    assert json.loads(capsys.readouterr().out) == tree
    assert len(tree["tried"]) == len(rows.read_text("utf-8").splitlines()) - 1
    assert tree["best"] in [one["values"] for one in tree["checked"]]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("births", "birhts", "Nothing is measured by the name birhts; there is births."),
        ("births", "nosuch", "Nothing is measured by the name nosuch; there is births, products, "),
        ("market.outside_weight", "market.outside", "market has no parameter outside"),
        ("[0, 40]\n", "[0, 400]\n", "market.outside_weight can't be 400: it takes 0 to 100."),
        ("[20, 200]", "[200, 20]", "world.birth_credits has nothing between 200 and 20"),
        ("[targets]", "[goals]", "[targets] is missing"),
        ("[targets]", "targets", "no TOML"),
    ],
)
def test_a_wrong_file_is_one_sentence(
    was: str, becomes: str, said: str, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 2, before anything is searched."""
    target.write_text(ASKED.replace(was, becomes, 1), "utf-8")
    assert run(_line(target)) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_all_that_is_wrong_with_a_file_is_told_at_once(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each mistake, below how many there are."""
    target.write_text('[parameters]\n"markt.a" = [1, 2]\n"market.b" = 8\n[targets]\nbirths = [2, 2]\n', "utf-8")
    assert run(_line(target)) == 2
    first, *told = capsys.readouterr().err.splitlines()
    assert first.endswith(f"{target} has 3 mistakes.")
    assert len(told) == 3
    assert "markt" in told[0]
    assert told[1].startswith("market.b needs the least and the most")
    assert told[2].startswith("births has nothing between 2 and 2")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("--report found.pdf", "found.pdf is not"),
        ("--write found.json", "found.json is not"),
        ("--write nowhere/found.toml", "nowhere/found.toml can't be written"),
        ("--write quickstart.toml", "quickstart.toml calls itself quickstart, as a scenario that ships does"),
        ("--write {target}", "is the targets file itself"),
        ("--cluster spark", "spark is neither"),
        ("--seed -1", "from 0 to"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    flags: str, said: str, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 2, and nothing is overwritten."""
    assert run(_line(target, *flags.format(target=target).split())) == 2
    assert said in capsys.readouterr().err
    assert target.read_text("utf-8") == ASKED


def test_a_file_that_is_not_there_and_an_extra_that_is_not_are_said(
    target: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in one sentence."""
    assert run(_line(target.with_name("none.toml"))) == 2
    told = capsys.readouterr().err
    assert "none.toml can't be read" in told
    assert "with --target" in told
    monkeypatch.setitem(sys.modules, "optuna", None)
    assert run(_line(target)) == 2
    assert "needs the extra `tune`" in capsys.readouterr().err


def test_every_measure_has_its_words() -> None:
    """No key is shown bare."""
    game = play_row(plan(scenario("classroom").source, 12, 1, 1).cells[0], 12, 1, 0)
    for name in names(game):
        said = words.measure(name)
        assert not {"_", "{", "."} & {*said}

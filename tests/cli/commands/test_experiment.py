"""`makersphere experiment`: what it prints, the pages it writes, and what it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import attrs
import pytest

from makersphere_bots.catalogue import policy
from makersphere_cli.main import run
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.plans import experiments
from makersphere_playtest.plans.arms import Arm
from makersphere_playtest.plans.experiments import EXPERIMENTS, Experiment
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.scenario_building import build

SEATS = 5


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the experiment `paths` one of two arms that are played quickly."""
    source = tomllib.loads(shipped.scenario_source("quickstart"))
    arms = [Arm(name, source, {ANY: policy(name)}, SEATS) for name in ("random", "standard")]
    found = attrs.evolve(EXPERIMENTS["paths"], arms=lambda _: arms)
    monkeypatch.setitem(experiments.EXPERIMENTS, "paths", found)


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=lambda one: one.name)
def test_every_arm_can_be_played(experiment: Experiment) -> None:
    """Each arm's scenario is built and played to its end, and its texts are there in both languages."""
    for arm in experiment.arms(SEATS):
        result = play(build(arm.source, shipped.modules()), SEATS, arm.name, arm.policies)
        assert result.ledger_sum == 0
        assert result.refusals == ()
        for language in texts.languages():
            keys = texts.catalogue(language)
            assert f"experiment.{experiment.name}.arm.{arm.name}" in keys
    for language in texts.languages():
        assert {f"outcome.{name}" for name in experiment.outcomes} <= set(texts.catalogue(language))


@pytest.mark.usefixtures("small")
def test_json_has_every_outcome_of_every_arm(capsys: pytest.CaptureFixture[str]) -> None:
    """Means, intervals and differences to the first arm, ready for a program."""
    assert run(["experiment", "paths", "--games", "10", "--jobs", "1", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert {key: tree[key] for key in ("experiment", "seats", "games", "seed")} == {
        "experiment": "paths",
        "seats": 12,
        "games": 10,
        "seed": 1,
    }
    assert list(tree["outcomes"]) == list(EXPERIMENTS["paths"].outcomes)
    for control, other in tree["outcomes"].values():
        assert (control["arm"], other["arm"]) == ("random", "standard")
        assert control["difference"] is None
        assert control["estimate"]["lo"] <= control["estimate"]["mean"] <= control["estimate"]["hi"]
        assert other["difference"]["mean"] == pytest.approx(other["estimate"]["mean"] - control["estimate"]["mean"])


@pytest.mark.usefixtures("small")
def test_pages_show_pictures_and_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page for reading needs nothing else; a page for documents has the same numbers."""
    html, markdown = tmp_path / "found.html", tmp_path / "found.md"
    for file in (html, markdown):
        assert run(["experiment", "paths", "--games", "10", "--jobs", "1", "--report", str(file)]) == 0
    shown = capsys.readouterr().out
    page = html.read_text("utf-8")
    assert page.count("<svg") == len(EXPERIMENTS["paths"].outcomes)
    assert "http" not in page
    assert "<script" not in page
    rows = [line for line in markdown.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) == len(EXPERIMENTS["paths"].outcomes) + 2
    mean = rows[2].split("|")[2].split()[0]
    assert mean in page
    assert mean in shown


def test_a_page_of_another_kind_is_refused_before_anything_is_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 2, nothing written."""
    assert run(["experiment", "paths", "--report", str(tmp_path / "found.pdf")]) == 2
    assert "found.pdf" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("flags", "named"),
    [(["--games", "9"], "10"), (["--seats", "2"], "3"), (["--jobs", "0"], "1"), (["lottery"], "metabolism")],
)
def test_what_cannot_be_is_refused(flags: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Out of bounds: what is in bounds is said."""
    name = [] if flags == ["lottery"] else ["paths"]
    assert run(["experiment", *name, *flags]) == 2
    assert named in capsys.readouterr().err

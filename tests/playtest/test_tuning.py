"""Tuning: what may be asked, a search that goes on as it would have gone, and what nobody beats."""

from __future__ import annotations

import tomllib
from pathlib import Path

import attrs
import pytest

from makersphere_playtest.games.kept_rows import OtherWork
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.measured.measures import measure, names
from makersphere_playtest.plans.tuning import Task, Tried, _front, tune
from makersphere_playtest.plans.tuning_aims import Aim, BadAims, Knob, read, wanted
from makersphere_rules import shipped
from makersphere_rules.shipped import scenario

QUICK = tomllib.loads(shipped.scenario_source("quickstart"))
KNOBS = (Knob("market.outside_weight", 8, 0, 40), Knob("world.birth_credits", 60, 20, 200))
AIMS = (Aim("births", 2.0, 3.0), Aim("share.exits_unfunded", 0, 50))
HERE = cores(1)


def _task(games: int = 2) -> Task:
    return Task(QUICK, 5, games, 2, 3, KNOBS, AIMS)


def test_a_search_that_was_stopped_finds_what_it_would_have_found(tmp_path: Path) -> None:
    """In two goes it tries the settings, and measures the numbers, of one go; the first is the scenario as it is."""
    file = tmp_path / "settings.jsonl"
    tune(_task(), 14, HERE, file=file)
    with file.open("ab") as torn:
        torn.write(b'{"asked": {')
    in_two = tune(_task(), 16, HERE, file=file)
    in_one = tune(_task(), 16, HERE)
    assert in_two == in_one
    assert in_one.tried[0].values == {}
    assert any(len(one.values) == 2 for one in in_one.tried)


def test_an_interrupt_keeps_the_settings_that_were_measured(tmp_path: Path) -> None:
    """Ctrl-C in the third setting: two are kept and told, and the next run goes on from there."""
    file, done = tmp_path / "settings.jsonl", [0]

    def stop() -> None:
        done[0] += 1
        if done[0] == 5:
            raise KeyboardInterrupt

    found = tune(_task(), 9, HERE, file=file, done=stop)
    assert (found.stopped, len(found.tried), len(file.read_text("utf-8").splitlines())) == (True, 2, 3)
    assert tune(_task(), 3, HERE, file=file).tried[:2] == found.tried


def test_an_interrupt_before_anything_was_measured_is_one() -> None:
    """There is nothing to tell of."""

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tune(_task(), 9, HERE, done=stop)


def test_settings_of_another_tuning_are_not_mixed_in(tmp_path: Path) -> None:
    """Other targets, another file."""
    file = tmp_path / "settings.jsonl"
    tune(_task(), 1, HERE, file=file)
    with pytest.raises(OtherWork):
        tune(attrs.evolve(_task(), aims=AIMS[:1]), 2, HERE, file=file)


def test_values_that_do_not_go_together_are_passed_over() -> None:
    """Where a lead could not keep its shares the rules refuse the scenario; the search goes on without it."""
    wrong = (Knob("world.lead_keeps", 1000, 9_990, 10_000),)
    found = tune(attrs.evolve(_task(), knobs=wrong), 16, HERE)
    assert [one.values for one in found.tried if one.values] == []


def test_the_front_is_what_nobody_beats() -> None:
    """By values moved; whoever misses more with as many moved, or as much with more, is left out."""

    def tried(miss: float, *moved: str) -> Tried:
        return Tried(dict.fromkeys(moved, 1), {}, miss)

    all_ = [tried(9), tried(5, "a"), tried(4, "b"), tried(4, "a", "b"), tried(1, "a", "b", "c"), tried(9, "c")]
    assert [(len(one.values), one.miss) for one in _front(all_)] == [(0, 9), (1, 4), (3, 1)]


def test_a_miss_is_counted_in_widths_of_what_is_wanted() -> None:
    """Inside the bounds nothing is missed."""
    assert [Aim("births", 2, 4).miss(value) for value in (1, 2, 3, 4, 8)] == [0.5, 0, 0, 0, 2]
    measured = {"births": Estimate(4, 3, 5), "share.exits_unfunded": Estimate(75, 60, 90)}
    assert _task().miss(measured) == 1 + 0.5


def test_every_measure_that_is_offered_can_be_taken() -> None:
    """Of one game each has a value, or none where nobody of that group sat there."""
    game = _task().first_game()
    for name in names(game):
        assert len(measure([game], name)) <= 1
    assert measure([game], "births") == [game["outcomes"]["births"]]
    assert measure([game], "share.births") == [100.0]


def _asked(typed: str) -> tuple[list[Knob], list[Aim]]:
    return wanted(read(typed), scenario("quickstart"), names(_task().first_game()))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("[parameters", "file"),
        ("[targets]\nbirths = [1, 2]", "table"),
        ("[parameters]\n[targets]\nbirths = [1, 2]", "table"),
        ("[parameters]\na = 1\n[targets]\nb = 1\n[more]\nc = 1", "table"),
        ("[parameters]\nmarket = [1, 2]\n[targets]\nbirths = [1, 2]", "parameter_form"),
        ('[parameters]\n"markt.outside_weight" = [1, 2]\n[targets]\nbirths = [1, 2]', "module"),
        ('[parameters]\n"market.outside_weigt" = [1, 2]\n[targets]\nbirths = [1, 2]', "parameter"),
        ('[parameters]\n"market.outside_weight" = [1, 101]\n[targets]\nbirths = [1, 2]', "range"),
        ('[parameters]\n"market.outside_weight" = [9, 8]\n[targets]\nbirths = [1, 2]', "empty"),
        ('[parameters]\n"market.outside_weight" = [8.5, 9]\n[targets]\nbirths = [1, 2]', "bounds"),
        ('[parameters]\n"market.outside_weight" = 8\n[targets]\nbirths = [1, 2]', "bounds"),
        ('[parameters]\n"market.outside_weight" = [8, 9]\n[targets]\nbirth = [1, 2]', "target"),
        ('[parameters]\n"market.outside_weight" = [8, 9]\n[targets]\nbirths = [2, 2]', "empty"),
        ('[parameters]\n"market.outside_weight" = [8, 9]\n[targets]\nbirths = [2, inf]', "bounds"),
        ('[parameters]\n"market.outside_weight" = [8, 9]\n[targets]\nbirths = [nan, 2]', "bounds"),
        (f'[parameters]\n"market.outside_weight" = [8, 9]\n[targets]\nbirths = [2, {10**400}]', "bounds"),
    ],
)
def test_what_cannot_be_asked_is_refused(typed: str, why: str) -> None:
    """Each with a reason of its own, before anything is searched."""
    with pytest.raises(BadAims) as bad:
        _asked(typed)
    assert [mistake.why for mistake in bad.value.mistakes] == [why]


def test_all_mistakes_of_both_tables_are_told_at_once() -> None:
    """The parameters before the targets; what is right beside them is not told."""
    typed = '[parameters]\n"market.outside_weight" = 8\n"world.first_stage" = [0, 3]\n"markt.x" = [1, 2]\n'
    with pytest.raises(BadAims) as bad:
        _asked(typed + "[targets]\nbirth = [1, 2]\nbirths = [2, 2]")
    assert [mistake.why for mistake in bad.value.mistakes] == ["bounds", "module", "target", "empty"]


def test_a_parameter_begins_where_the_scenario_has_it() -> None:
    """What the file of the scenario sets counts, not the default of the module."""
    moving, _ = _asked('[parameters]\n"world.first_stage" = [0, 3]\n[targets]\nbirths = [1, 2]')
    assert moving == [Knob("world.first_stage", 1, 0, 3)]

"""The comparison of tables of bots: a few trials name the odd table; the trials at length are `run.py bench`."""

from __future__ import annotations

from importlib.resources import files

import pytest

from makersphere_playtest.alike import NAMING, SIZES, digest, lines, one_size
from makersphere_playtest.plans.odd_tables import ALIKE, ODD, trial
from makersphere_rules.compared.bots_spread import bots_spread
from makersphere_rules.compared.figures import COMPARED, Reading
from makersphere_rules.lessons.packs import pack
from makersphere_rules.shipped import scenario_names


@pytest.mark.parametrize("otherwise", ODD)
def test_the_table_that_was_played_otherwise_is_named(otherwise: str) -> None:
    """By figures alone, in two of three trials at least: of twenty without elimination two are wrong."""
    assert sum(trial(otherwise, number).is_right for number in range(3)) >= 2


def test_none_of_alike_tables_is_named() -> None:
    """What differs is luck."""
    assert trial(ALIKE, 1).named is None


@pytest.mark.parametrize("seats", SIZES)
@pytest.mark.parametrize("scenario", [name for name in scenario_names() if pack(name)])
def test_the_spread_that_ships_is_of_todays_rules(scenario: str, seats: int) -> None:
    """The first games are as when it was made; else: `python -m makersphere_playtest.alike --write`."""
    shipped = bots_spread(scenario)
    assert shipped is not None
    (one,) = (size for size in shipped.sizes if size.seats == seats)
    assert one.digest == digest(scenario, seats)
    assert bool(one.least) == shipped.names == (scenario in NAMING)
    assert set(one.spread) == set(COMPARED)


@pytest.mark.parametrize("scenario", [name for name in scenario_names() if pack(name)])
def test_a_file_says_what_it_has(scenario: str) -> None:
    """Written from what is read of it, a file is the same, its head included."""
    shipped = bots_spread(scenario)
    assert shipped is not None
    text = "\n".join([*lines(scenario, shipped.sizes, [one.digest for one in shipped.sizes]), ""])
    assert text == (files("makersphere_rules") / "data" / "spreads" / f"{scenario}.toml").read_text("utf-8")


def test_the_spread_is_written_as_it_is_read() -> None:
    """From a few games: deviations, the three values, and distances that grow with nothing but chance."""
    played = [{name: Reading(value, value / 2) for name in COMPARED} for value in (1.0, 2.0, 3.0, 6.0)]
    found = one_size(6, played, classes=50, tables=(3, 9))
    assert (found.seats, found.games, set(found.least)) == (6, 4, {3})
    assert found.usual["rent"] == (1.0, 2.0, 6.0)
    told = [*lines("quickstart", [found], ["c0ffee"])]
    assert any("least" in line for line in told if line.startswith("#"))
    assert not any("least" in line for line in lines("quickstart", [one_size(6, played, 50, tables=())], ["c0ffee"]))
    assert 'digest = "c0ffee"' in told
    assert f"rent = [{found.spread['rent']:.5f}, 1.00, 2.00, 6.00]" in told

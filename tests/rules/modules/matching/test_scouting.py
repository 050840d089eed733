"""Scouting: two unpromised hours for a look, at once."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Deal, Look
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.market import Market
from makersphere_rules.seen.views import hand_of, table_of
from tests.rules.kit.hostile import refuses, refuses_bad_values
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, OTHER, SCOUT, ANGEL, OLGA = 1, 2, 3, 4, 5


def lay(*more: Entity, hours: int = 8, appeal: int = 3, noise: int = 3, level: int = 0) -> Table:
    """Lay a table of two ideas; each look's noise is the side named (of 5 at width 2, of 3 at width 1)."""
    return given(
        maker(LEAD),
        maker(OTHER),
        investor(SCOUT, hours=hours),
        investor(ANGEL),
        space(OLGA, integration=level),
        venture(1, LEAD, space=OLGA, appeal=appeal),
        venture(2, OTHER),
        *more,
        modules=[Incubation()],
        credits={"venture:1": 4},
        dice=lambda sides: min(noise, sides),
    )


@pytest.mark.parametrize("level", range(6))
@pytest.mark.parametrize("appeal", range(1, 7))
def test_a_scouted_range_surely_holds_the_appeal_and_only_narrows(appeal: int, level: int) -> None:
    """Whatever the dice: four looks in a row, each within the one before, ending at the appeal itself."""
    for noise in range(1, 6):
        table = lay(appeal=appeal, noise=noise, level=level)
        lo, hi = 1, 6
        while table.may(SCOUT, "scout") and (lo, hi) != (appeal, appeal):
            table.when(SCOUT, "scout", venture=1)
            look = table.one(Look, f"{SCOUT}:1")
            assert lo <= look.lo <= appeal <= look.hi <= hi
            lo, hi = look.lo, look.hi
        assert (lo, hi) == (appeal, appeal)


@pytest.mark.parametrize(("hours", "looks"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (8, 4)])
def test_so_many_hours_buy_so_many_looks(hours: int, looks: int) -> None:
    """Two each; an odd hour buys nothing."""
    table = lay(hours=hours)
    for number in range(looks):
        table.when(SCOUT, "scout", venture=1 + number % 2).then("scouted")
    assert table.one(Investor, SCOUT).hours == hours - 2 * looks
    refuses(table, SCOUT, "scout", {"venture": 1}, "cannot_afford", "cannot_afford.hours")


def test_promised_hours_are_not_there_for_scouting() -> None:
    """One unpromised hour and four promised ones: no look, and the promise is delivered as it was."""
    table = lay(Deal(1, 1, SCOUT, 1, LEAD, hours=4), hours=1)
    refuses(table, SCOUT, "scout", {"venture": 1}, "cannot_afford", "cannot_afford.hours")
    table.close()
    assert table.one(Deal, 1).delivered == 4


def test_what_was_scouted_is_in_one_hand_alone() -> None:
    """Nobody else's view and not the table change by a byte."""
    table = lay()
    before = [table_of(table.state), *(hand_of(table.state, seat) for seat in (LEAD, OTHER, ANGEL, OLGA))]
    table.when(SCOUT, "scout", venture=1)
    assert [table_of(table.state), *(hand_of(table.state, seat) for seat in (LEAD, OTHER, ANGEL, OLGA))] == before
    assert [line.text for line in table.told(SCOUT)] == ["scouted"]
    assert table.told(LEAD) == []


def test_bad_scouting_changes_nothing() -> None:
    """Wrong types, a closed venture, one that is known, the wrong role, the wrong phase."""
    closed = attrs.evolve(venture(3, OTHER), closed="unsold", closed_season=1, shares={})
    table = lay(closed, Look(SCOUT, 2, 3, 3, 2))
    refuses_bad_values(table, SCOUT, "scout", {"venture": 1})
    for number in (2, 3, 4):
        assert refuses(table, SCOUT, "scout", {"venture": number}, "bad_args").field == "venture"
    refuses(table, SCOUT, "scout", {}, "bad_args")
    for seat in (LEAD, OLGA):
        refuses(table, seat, "scout", {"venture": 1}, "not_your_role")
    sold = given(maker(LEAD), investor(SCOUT), venture(1, LEAD), modules=[Market()])
    refuses(sold, SCOUT, "scout", {"venture": 1}, "unknown_command")
    assert table.one(Venture, 1).appeal == 3

"""Relief: an operator lets a tenant off what of the season's rent it cannot pay."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.waterfall import Waterfall
from tests.rules.kit.hostile import refuses, refuses_bad_values
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, CHEN, FUND, OLGA, PETE = 1, 2, 3, 4, 5, 6


def lay(*more: Entity, has: int = 20, rent: int = 12) -> Table:
    """Lay a table of a tenant of each of two spaces and one in the garage, each with some credits."""
    return given(
        maker(ANN),
        maker(BO),
        maker(CHEN),
        investor(FUND),
        space(OLGA, rent=rent),
        space(PETE),
        venture(1, ANN, space=OLGA),
        venture(2, BO, space=PETE),
        venture(3, CHEN),
        *more,
        modules=[Market(), Waterfall()],
        credits={f"venture:{number}": has for number in (1, 2, 3)},
    )


@pytest.mark.parametrize("has", [0, 5, 12, 20])
def test_who_is_let_off_pays_what_it_can_and_keeps_its_desk(has: int) -> None:
    """Relief is for want, not for friends; the other space's tenant loses its desk."""
    table = lay(has=has).when(OLGA, "relief", venture=1).close()
    first, second = table.one(Venture, 1), table.one(Venture, 2)
    assert (table.balance("venture:1"), table.balance("operator:5"), first.rent_unpaid) == (
        max(0, has - 12),
        min(has, 12),
        False,
    )
    assert (table.balance("operator:6"), second.rent_unpaid) == (min(has, 12), has < 12)


def test_relief_leaves_taxes_and_wages_as_they_are() -> None:
    """100 sold: 30 goods, 8 wage, 62 instead of 50 to be taxed."""
    sold = attrs.evolve(venture(1, ANN, space=OLGA, stage=3, born=True), sales=100)
    paid = given(maker(ANN), space(OLGA), sold, modules=[Waterfall()], credits={"venture:1": 100}).close()
    assert paid.balance("government") == -100 + 5
    free = given(maker(ANN), space(OLGA, rent=0), sold, modules=[Waterfall()], credits={"venture:1": 100}).close()
    assert free.balance("government") == -100 + 6


def test_relief_holds_for_one_season() -> None:
    """A season later the rent is due again: the choice is gone with its phase."""
    table = lay().when(OLGA, "relief", venture=1).close()
    assert table.state.choice(OLGA, "relief", "1") is None


def test_given_twice_it_is_given_once() -> None:
    """Relief has no degrees."""
    table = lay(has=0).when(OLGA, "relief", venture=1).when(OLGA, "relief", venture=1).close()
    assert table.balance("operator:5") == 0


def test_nobody_hears_of_relief_before_the_close() -> None:
    """It is sealed: the tenant does not know what it will owe."""
    table = lay().when(OLGA, "relief", venture=1)
    assert "relief" not in table.public()
    assert table.told(ANN) == []


def test_everyone_hears_of_relief_when_the_rent_is_due() -> None:
    """A favour is a favour in public, as a grant is; where all is paid or no rent is due there is nothing to tell."""
    for rent, has, told in ((12, 5, [{"space": OLGA, "venture": 1, "credits": 7}]), (12, 12, []), (0, 0, [])):
        table = lay(rent=rent, has=has).when(OLGA, "relief", venture=1).close()
        assert [line.values for line in table.told() if line.text == "rent_relieved"] == told


def test_bad_relief_changes_nothing() -> None:
    """Another's tenant, the garage, a venture that is not there, wrong types, roles and phases."""
    table = lay()
    refuses_bad_values(table, OLGA, "relief", {"venture": 1})
    for number in (2, 3, 4):
        assert refuses(table, OLGA, "relief", {"venture": number}, "bad_args").field == "venture"
    refuses(table, OLGA, "relief", {}, "bad_args")
    for seat in (ANN, FUND):
        refuses(table, seat, "relief", {"venture": 1}, "not_your_role")
    early = given(maker(ANN), space(OLGA), venture(1, ANN, space=OLGA), modules=[Incubation()])
    refuses(early, OLGA, "relief", {"venture": 1}, "unknown_command")

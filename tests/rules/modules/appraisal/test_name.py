"""The name of a space: its lowest bars, a shut door and a dear rent weigh on its vitality."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.shared_steps.standards import Standards
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.entity import Entity
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.none import NoElimination
from tests.rules.table import Table, given, maker, space, venture

ANN, BO, OLGA = 1, 2, 5


def lay(house: Space, *more: Entity) -> Table:
    """Close an appraisal of a space with two lively tenants, at which nobody is eliminated."""
    return given(
        maker(ANN, spirit=8, ties=(BO,)),
        maker(BO, spirit=8, ties=(ANN,)),
        house,
        attrs.evolve(venture(1, ANN, space=OLGA), moved_up=True),
        attrs.evolve(venture(2, BO, space=OLGA), moved_up=True),
        *more,
        modules=[Appraisal(), NoElimination()],
        credits={"operator:5": 100},
    ).close()


def taken_off(table: Table) -> int:
    """Return what the name has taken off vitality, beside the same space with the printed terms."""
    return lay(space(OLGA)).one(Space, OLGA).vitality - table.one(Space, OLGA).vitality


@pytest.mark.parametrize(
    ("bars", "less"),
    [((36, 45, 34), 0), ((27, 45, 34), 0), ((26, 45, 34), 1), ((31, 40, 34), 1), ((16, 25, 14), 6), ((36, 45, 80), 0)],
)
def test_ten_points_under_the_printed_bars_cost_a_point_of_vitality(bars: tuple[int, int, int], less: int) -> None:
    """The three bars count together; what one has more than is printed makes up for nothing."""
    maker_bar, investor_bar, appraisal_bar = bars
    house = attrs.evolve(space(OLGA), maker_bar=maker_bar, investor_bar=investor_bar, appraisal_bar=appraisal_bar)
    assert taken_off(lay(house)) == less


def test_a_space_is_known_by_the_lowest_bars_that_it_ever_had() -> None:
    """High bars once everybody is inside bring nothing back; each bar is kept at its lowest."""
    table = lay(space(OLGA), Standards(OLGA, 16, 45, 80))
    assert taken_off(table) == 2
    assert table.one(Standards, OLGA) == Standards(OLGA, 16, 45, 34)


@pytest.mark.parametrize(("maker_bar", "investor_bar", "less"), [(45, 45, 0), (46, 45, 1), (41, 50, 1), (36, 75, 3)])
def test_a_shut_door_weighs_on_the_name(maker_bar: int, investor_bar: int, less: int) -> None:
    """Ten points by which the two bars of entry lie above the printed ones cost a point of vitality."""
    assert taken_off(lay(attrs.evolve(space(OLGA), maker_bar=maker_bar, investor_bar=investor_bar))) == less


def test_a_door_that_opens_again_has_its_name_back() -> None:
    """Only what is low is remembered."""
    assert taken_off(lay(space(OLGA), Standards(OLGA, 80, 80, 34))) == 0


@pytest.mark.parametrize(("rent", "less"), [(0, 0), (20, 0), (22, 1), (30, 6)])
def test_a_dear_rent_weighs_on_the_name(rent: int, less: int) -> None:
    """Each credit above 20 counts like 6 points of the bars, in the season in which it is taken."""
    assert taken_off(lay(attrs.evolve(space(OLGA), rent=rent))) == less


def test_everyone_hears_what_a_name_costs() -> None:
    """A line says so; a good name is not talked about."""
    said = [line.text for line in lay(attrs.evolve(space(OLGA), rent=30)).told()]
    assert "name_counted" in said
    assert "name_counted" not in [line.text for line in lay(space(OLGA)).told()]

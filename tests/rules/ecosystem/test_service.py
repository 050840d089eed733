"""What counts as a package of hours, where hours are signed for by sheets instead of matched."""

from __future__ import annotations

from makersphere_rules.ecosystem.figures.service import ServiceMeasured, measure
from makersphere_rules.ecosystem.table.agreements import Deal
from tests.rules.table import given, investor, maker, space, venture

ANN, BO, IVY, MAX, OLGA = 1, 2, 3, 4, 5


def measured(*deals: Deal) -> ServiceMeasured:
    """Measure two tenants, of appeal 4 and 3, and two investors with 8 hours before they promised any.

    Both tenants need customers most, Ivy's speciality; Max's technology is needed too, but less.
    """
    promised = {seat: sum(deal.hours for deal in deals if deal.investor == seat) for seat in (IVY, MAX)}
    table = given(
        maker(ANN),
        maker(BO),
        investor(IVY, speciality="customers", badges=(OLGA,), hours=8 - promised[IVY]),
        investor(MAX, speciality="technology", badges=(OLGA,), hours=8 - promised[MAX]),
        space(OLGA),
        venture(1, ANN, space=OLGA, tracks=(5, 0, 4), appeal=4),
        venture(2, BO, space=OLGA, tracks=(5, 0, 4), appeal=3),
        *deals,
        modules=[],
    )
    return measure(table.state, {OLGA: 0})


def sheet(number: int, seat: int, venture_: int, hours: int) -> Deal:
    """Return a signed sheet of hours."""
    return Deal(number, 1, seat, venture_, venture_, hours=hours)


def test_negotiated_hours_of_a_package_count_as_one() -> None:
    """Four hours of Ivy for the first are worth 4 x (2 + 4) of best 4 x 6 + 3 x 6, as a package would be."""
    found = measured(sheet(1, IVY, 1, 4)).efficiency

    assert (found.value, found.best) == (24, 42)


def test_fewer_hours_are_no_package() -> None:
    """Three hours count for nothing here, and take no place in the best assignment that there is room for."""
    found = measured(sheet(1, IVY, 1, 3)).efficiency

    assert found.value == 0


def test_of_several_packages_the_best_counts() -> None:
    """Max's hours, 4 x (2 + 1), add nothing to Ivy's: efficiency is never above what one package each can be worth."""
    found = measured(sheet(1, MAX, 1, 4), sheet(2, IVY, 1, 4), sheet(3, IVY, 2, 4)).efficiency

    assert (found.value, found.best, found.share) == (42, 42, 100)


def test_hours_where_no_badge_allows_them_reach_nothing() -> None:
    """A sheet may join Ivy and a venture in the garage, which no plan can: it counts on neither side."""
    table = given(
        maker(ANN),
        maker(BO),
        investor(IVY, speciality="customers", badges=(OLGA,), hours=4),
        space(OLGA),
        venture(1, ANN, space=OLGA, tracks=(5, 0, 4), appeal=1),
        venture(2, BO, tracks=(5, 0, 4), appeal=6),
        sheet(1, IVY, 2, 4),
        modules=[],
    )
    found = measure(table.state, {OLGA: 0}).efficiency

    assert (found.value, found.best) == (0, 6)

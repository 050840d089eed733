"""Market: prices and reserves by the board, sales by attraction, forecasts."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.formulas.progress import quality
from makersphere_rules.ecosystem.table.entities import Sector, Venture
from makersphere_rules.ecosystem.table.ratings import Forecast
from makersphere_rules.entity import Entity
from makersphere_rules.forms import OneOf
from makersphere_rules.modules.market import Market
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, CHEN, FUND, OLGA = 1, 2, 3, 4, 5
TEN = (42, 38, 34)  # quality 10


def product(number: int, lead: int, **more: object) -> Venture:
    """Return a product of quality 10 in health."""
    made = venture(number, lead, stage=3, born=True, tracks=TEN, appeal=4)
    return attrs.evolve(made, **more)  # type: ignore[arg-type]


def lay(*more: Entity, demand: int = 250, season: int = 1) -> Table:
    """Lay a table with three makers (outside weight 24) and so much demand in health."""
    return given(
        maker(ANN),
        maker(BO),
        maker(CHEN),
        investor(FUND, "fund"),
        space(OLGA),
        Sector("health", demand, demand),
        Sector("food", demand, demand),
        *more,
        modules=[Market()],
        season=season,
    )


def sales(table: Table) -> list[int]:
    """Close and return what each venture sold."""
    return [found.sales for found in table.close().found(Venture)]


# -- quality


@pytest.mark.parametrize(
    ("tracks", "points"), [((0, 0, 0), 1), ((9, 5, 5), 1), ((9, 6, 5), 2), ((42, 59, 37), 10), ((33, 33, 33), 9)]
)
def test_quality_is_a_tenth_of_all_progress_within_1_and_10(tracks: tuple[int, int, int], points: int) -> None:
    """Clamp(sum div 10, 1, 10)."""
    assert quality(venture(1, ANN, tracks=tracks)) == points


# -- sales


def test_sales_of_the_rulebooks_product() -> None:
    """Weight 4 x 10 against 24 outside; 250 - 37 = 213; 213 x 40 div 64 = 133."""
    assert sales(lay(product(1, ANN))) == [133]


def test_sales_are_posted_and_the_part_outside_is_not() -> None:
    """Consumers pay the venture, nobody else."""
    table = lay(product(1, ANN)).close()
    assert table.balance("venture:1") == 133
    assert table.balance("consumers") == -133


@pytest.mark.parametrize(("price", "sold"), [("low", 146), ("fair", 133), ("high", 118)])
def test_a_price_moves_the_weight(price: str, sold: int) -> None:
    """Weights 52, 40 and 30: 213 x 52 div 76 = 145.7 rounds up, 133.1 and 213 x 30 div 54 = 118.3 round down."""
    table = lay(product(1, ANN)).when(ANN, "set_price", price=price)
    assert sales(table) == [sold]
    assert table.one(Venture, 1).price == price


def test_pilots_share_15_per_cent_and_products_the_rest() -> None:
    """A pilot alone: 37 x 40 div 64 = 23.1; the product has its 133 as before."""
    pilot = product(2, BO, stage=2)
    assert sales(lay(product(1, ANN), pilot)) == [133, 23]


def test_rivals_of_one_sector_and_stage_split_by_weight() -> None:
    """Weights 40, 20 and 24 outside: 213 x 40 div 84 = 101.4, 213 x 20 div 84 = 50.7, which rounds up."""
    assert sales(lay(product(1, ANN), product(2, BO, appeal=2))) == [101, 51]


def test_equal_remainders_go_in_table_order() -> None:
    """Two equal rivals with half a credit each: the first gets the odd one."""
    first, second = product(1, ANN, tracks=(8, 8, 8), appeal=6), product(2, BO, tracks=(8, 8, 8), appeal=6)
    # quality 2, weight 12 each, 24 outside; products' demand 119 - 17 = 102: 25.5, 25.5 and 51
    assert sales(lay(first, second, demand=119)) == [26, 25]


def test_sectors_do_not_compete() -> None:
    """The same product in another sector leaves sales as they are."""
    assert sales(lay(product(1, ANN), product(2, BO, sector="food"))) == [133, 133]


def test_prototypes_and_closed_ventures_do_not_sell() -> None:
    """Neither do they take from others."""
    gone = product(3, CHEN, closed="unsold", closed_season=1, shares={}, capital={})
    assert sales(lay(product(1, ANN), product(2, BO, stage=1), gone)) == [133, 0, 0]


# -- the board


def test_the_board_may_leave_its_only_venture_out() -> None:
    """The venture is filled in; a choice for it is found at the close."""
    table = lay(product(1, ANN)).when(ANN, "set_reserve", reserve=80).when(ANN, "set_price", price="high")
    table.when(ANN, "set_price", venture=1, price="low").close()
    assert (table.one(Venture, 1).reserve, table.one(Venture, 1).price) == (80, "low")


def test_who_chairs_two_boards_names_the_venture() -> None:
    """A fund with the majority in both has to say which."""
    majority = {"shares": {ANN: 4000, FUND: 6000}}
    table = lay(product(1, ANN, **majority), product(2, BO, shares={BO: 4000, FUND: 6000}))
    assert table.form(FUND, "set_price").fields["venture"] == OneOf((1, 2))
    table.when(FUND, "set_price", price="high").refused("bad_args", "venture")
    table.when(FUND, "set_price", venture=2, price="high").close()
    assert [found.price for found in table.found(Venture)] == ["fair", "high"]


def test_a_lead_without_the_board_is_told_who_it_is() -> None:
    """The team holds 4,000; the fund is the largest outside."""
    table = lay(product(1, ANN, shares={ANN: 4000, FUND: 6000}))
    table.when(ANN, "set_price", price="high").refused("rule", text="not_board")
    table.when(ANN, "set_reserve", reserve=10).refused("rule", text="not_board")


def test_nothing_to_sell_nothing_to_price() -> None:
    """A prototype has no price yet, and a stranger no board."""
    table = lay(product(1, ANN, stage=1))
    table.when(ANN, "set_price", price="high").refused("rule", text="not_now")
    table.when(BO, "set_price", price="high").refused("rule", text="not_now")


def test_reserve_ends_at_80() -> None:
    """81 is refused at the field."""
    lay(product(1, ANN)).when(ANN, "set_reserve", reserve=81).refused("bad_args", "reserve")


def test_last_seasons_price_does_not_stand() -> None:
    """By default a price is fair and the reserve 30, whatever they were; also where an investor is the board."""
    high = product(1, ANN, price="high", reserve=70)
    for shares in ({ANN: 10_000}, {ANN: 4000, FUND: 6000}):
        found = lay(attrs.evolve(high, shares=shares)).close().one(Venture, 1)
        assert (found.price, found.reserve) == ("fair", 30)


def test_in_the_last_season_the_default_reserve_is_0() -> None:
    """Nothing is kept for a season that will not come."""
    assert lay(product(1, ANN), season=4).close().one(Venture, 1).reserve == 0


# -- forecasts


def test_everyone_may_forecast_and_only_they_know_it() -> None:
    """The last one said stands; it stays in the hand after the close."""
    table = lay(product(1, ANN), product(2, BO))
    for seat in (ANN, FUND, OLGA):
        table.when(seat, "forecast", venture=1)
    table.when(FUND, "forecast", venture=2).close()
    assert table.found(Forecast) == [Forecast(1, ANN, 1), Forecast(1, FUND, 2), Forecast(1, OLGA, 1)]
    assert "forecast" not in table.public()
    assert not [line for line in table.told(ANN) if line.text == "forecast"]


def test_a_forecast_names_a_living_venture() -> None:
    """A closed one is no choice."""
    gone = product(2, BO, closed="unsold", closed_season=1, shares={}, capital={})
    lay(product(1, ANN), gone).when(FUND, "forecast", venture=2).refused("bad_args", "venture")


def test_no_weight_is_told() -> None:
    """What everyone hears of a sale is venture, price and credits; appeal stays hidden."""
    table = lay(product(1, ANN, space=OLGA)).close()
    line = next(line for line in table.told() if line.text == "sold")
    assert dict(line.values) == {"venture": 1, "price": "fair", "credits": 133}
    assert "appeal" not in table.public()

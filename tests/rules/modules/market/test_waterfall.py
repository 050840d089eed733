"""The waterfall: each step to the last credit, and what happens when the income does not reach."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from makersphere_rules.ecosystem.table.agreements import Deal, Idleness
from makersphere_rules.ecosystem.table.entities import Venture, World
from makersphere_rules.entity import Entity
from makersphere_rules.modules.waterfall import Waterfall
from tests.rules.table import Table, given, investor, maker, posted, space, venture

LEAD, MATE, FUND, PRO, OLGA = 1, 2, 3, 4, 5


def sold(sales: int, **more: object) -> Venture:
    """Return a product at a space that has sold for so much (and has the credits in its account)."""
    made = venture(1, LEAD, space=OLGA, stage=3, born=True, shares={LEAD: 7000, FUND: 3000})
    return attrs.evolve(made, sales=sales, **more)  # type: ignore[arg-type]


def fee(number: int, seat: int, due: int, venture_: int = 1) -> Deal:
    """Return a deal whose fee is due."""
    return Deal(number, 1, seat, venture_, LEAD, hours=4, fee=due, delivered=4, fee_due=due)


def pay(
    found: Venture, *more: Entity, capital: int = 0, purse: Mapping[str, int] | None = None, rent: int = 12
) -> Table:
    """Let one venture pay out; `capital` is what it has beside its sales."""
    return given(
        maker(LEAD),
        maker(MATE),
        investor(FUND, "fund"),
        investor(PRO, "professional"),
        space(OLGA, rent=rent),
        found,
        *more,
        modules=[Waterfall()],
        credits={"venture:1": found.sales + capital, **(purse or {})},
    ).close()


def test_the_waterfall_of_the_rulebook() -> None:
    """133: goods 39, wage 8, rent 12, tax 7, profit 67: reserve 20, dividends 32 + 15 of 6,790 and 3,210 shares."""
    table = pay(sold(133, shares={LEAD: 6790, FUND: 3210}), capital=44)
    assert posted(table) == {"goods": 39, "wage": 8, "rent": 12, "tax": 7, "dividend": 47}
    assert (table.balance("maker:1"), table.balance("investor:3")) == (8 + 32, 15)
    assert table.balance("venture:1") == 44 + 20
    assert table.one(Venture, 1).profit == 67
    assert table.balance("operator:5") == 12


def test_cost_of_goods_follows_the_price() -> None:
    """100 at low, fair and high: 45, 30 and 15."""
    goods = [posted(pay(sold(100, price=price)))["goods"] for price in ("low", "fair", "high")]
    assert goods == [45, 30, 15]


def test_a_wage_for_each_maker_of_the_team_as_far_as_sales_reach() -> None:
    """16 after goods: 8 each; of 12 the second gets 4; it never comes from capital."""
    team = {"cofounders": (MATE,)}
    both = pay(sold(22, **team), capital=100, rent=0)
    assert (both.balance("maker:1"), both.balance("maker:2")) == (8, 8)
    short = pay(sold(17, **team), capital=100, rent=0)
    assert (short.balance("maker:1"), short.balance("maker:2")) == (8, 4)


def test_no_wage_for_who_was_idle() -> None:
    """A co-founder who hardly worked this season is paid nothing; one who was idle before is."""
    made = sold(100, cofounders=(MATE,))
    assert posted(pay(made, Idleness(MATE, 1, 1)))["wage"] == 8
    assert posted(pay(made, Idleness(MATE, 0, 1)))["wage"] == 16


def test_wages_go_in_table_order_not_the_lead_first() -> None:
    """Seat 1 is the co-founder here, and is served first."""
    found = sold(7, lead=MATE, cofounders=(LEAD,), shares={MATE: 10_000})
    table = pay(found, rent=0)
    assert (table.balance("maker:1"), table.balance("maker:2")) == (5, 0)


def test_fees_come_from_sales_then_from_the_ventures_credits() -> None:
    """No sales, 9 credits: 7 to one, 2 of 7 to the next in table order, and the venture is insolvent."""
    table = pay(sold(0), fee(1, PRO, 7), fee(2, FUND, 7), capital=9, rent=0)
    assert (table.balance("investor:3"), table.balance("investor:4")) == (7, 2)
    assert [(deal.fee_due, deal.fee_paid) for deal in table.found(Deal)] == [(7, 2), (7, 7)]
    assert table.one(Venture, 1).insolvent
    assert "insolvent" in [line.text for line in table.told()]


def test_a_fee_that_is_paid_in_full_makes_nobody_insolvent() -> None:
    """Seven of seven."""
    table = pay(sold(0), fee(1, PRO, 7), capital=7, rent=0)
    assert not table.one(Venture, 1).insolvent


def test_rent_comes_from_sales_then_credits_then_the_lead() -> None:
    """Nothing sold, 9 of the venture's and 3 of the lead's own: all 12, and the desk stays."""
    table = pay(sold(0), capital=9, purse={"maker:1": 5})
    assert table.balance("operator:5") == 12
    assert (table.balance("venture:1"), table.balance("maker:1")) == (0, 2)
    assert not table.one(Venture, 1).rent_unpaid


def test_the_leads_own_wage_counts_for_the_rent() -> None:
    """7 sold: 5 wage, and 7 of its own credits pay the rest."""
    table = pay(sold(7), purse={"maker:1": 7})
    assert table.balance("operator:5") == 12
    assert table.balance("maker:1") == 0


def test_rent_that_stays_short_is_dropped_and_marked() -> None:
    """4 of 12 reach the treasury; the co-founder's credits are its own."""
    table = pay(sold(0, cofounders=(MATE,)), capital=1, purse={"maker:1": 3, "maker:2": 50})
    assert table.balance("operator:5") == 4
    assert table.balance("maker:2") == 50
    assert table.one(Venture, 1).rent_unpaid
    assert "rent_unpaid" in [line.text for line in table.told()]


def test_the_garage_is_free() -> None:
    """No rent, nothing unpaid, nothing told."""
    table = pay(sold(0, space=0))
    assert not table.one(Venture, 1).rent_unpaid
    assert [line.text for line in table.told()] == ["phase_opened"]


def test_tax_is_on_what_is_left_after_rent_at_this_seasons_rate() -> None:
    """100 - 30 - 8 - 12 = 50: 20 per cent is 10; profit 40, reserve 12."""
    table = given(
        maker(LEAD),
        investor(FUND),
        space(OLGA),
        sold(100),
        modules=[Waterfall()],
        credits={"venture:1": 100},
    )
    table.put(World(tax=20, lots=(1, 3, 5))).close()
    assert posted(table)["tax"] == 10
    assert table.one(Venture, 1).profit == 40
    assert table.balance("venture:1") == 12


def test_a_reserve_stays_in_the_venture() -> None:
    """80 per cent of 45: 36 stay, 9 are dividends; at 0 per cent nothing stays."""
    found = sold(100, reserve=80)
    table = pay(found, rent=12)
    assert table.balance("venture:1") == 36
    assert posted(table)["dividend"] == 9
    assert pay(attrs.evolve(found, reserve=0)).balance("venture:1") == 0


def test_dividends_are_not_there_for_anybodys_rent() -> None:
    """Lead 2 holds half of venture 1, which pays a dividend; its own rent is due before, and it has nothing."""
    rich = sold(200, shares={LEAD: 5000, MATE: 5000})
    poor = venture(2, MATE, space=OLGA)
    table = pay(rich, poor)
    assert table.one(Venture, 2).rent_unpaid
    assert table.balance("maker:2") > 0


def test_every_credit_of_income_goes_somewhere() -> None:
    """For all sales up to 300: what came in is what was paid out and what was kept."""
    for sales in range(0, 301, 7):
        table = pay(sold(sales), fee(1, PRO, 5), capital=30)
        kept = table.balance("venture:1")
        assert sum(posted(table).values()) + kept == sales + 30

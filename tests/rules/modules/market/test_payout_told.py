"""Who sells learns what was spent beside it, and where its money went: its team and its holders, and nobody else."""

from __future__ import annotations

from typing import Any

from makersphere_rules.ecosystem.table.entities import Sector
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.waterfall import Waterfall
from makersphere_rules.seen.views import hand_of, table_of
from tests.rules.table import Table, given, investor, maker, posted, space, venture

LEAD, OTHER, FUND, PRO, OLGA = 1, 2, 3, 4, 5


def at_market(stage: int = 3) -> Table:
    """Let one product sell and pay out; a fund holds three tenths of it."""
    own = venture(1, LEAD, space=OLGA, stage=stage, born=True, shares={LEAD: 7000, FUND: 3000})
    seats = (maker(LEAD), maker(OTHER), investor(FUND, "fund"), investor(PRO, "professional"), space(OLGA, rent=12))
    return given(Sector(own.sector, 0, 900), *seats, own, modules=[Market(), Waterfall()], phase="market").close()


def told(table: Table, seat: int) -> dict[str, Any]:
    """Return what a seat knows of the payout of the venture."""
    found: dict[str, Any] = hand_of(table.state, seat).get("payout", {}).get("1", {})
    return found


def test_each_step_of_the_payout_is_told_and_adds_up_to_the_sales() -> None:
    """Goods, wage, rent, tax, reserve and dividends are all that was sold; the holders share the dividends."""
    table = at_market()
    fact = told(table, LEAD)
    paid = posted(table)
    assert {step: paid[step] for step in fact["steps"] if step != "reserve"} == {
        step: amount for step, amount in fact["steps"].items() if step != "reserve"
    }
    assert sum(fact["steps"].values()) == fact["sales"] == paid["sales"]
    assert fact["holders"] == {
        "1": table.balance("maker:1") - fact["steps"]["wage"],
        "3": table.balance("investor:3"),
    }
    assert fact["sales"] < fact["spent"]  # the rest went to the world outside


def test_the_team_and_the_holders_know_it_and_nobody_else() -> None:
    """Another maker, an investor without shares, the operator and the table are told nothing of it."""
    table = at_market()
    assert [seat for seat in table.state.seats() if told(table, seat)] == [LEAD, FUND]
    assert "payout" not in table_of(table.state)


def test_who_brings_nothing_to_market_is_told_nothing() -> None:
    """A prototype does not sell."""
    assert told(at_market(stage=1), LEAD) == {}

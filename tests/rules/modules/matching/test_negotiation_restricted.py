"""Negotiation for capital alone and for hours alone, as its parameters say, and beside other modules."""

from __future__ import annotations

import pytest

from makersphere_rules import engine
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import World
from makersphere_rules.module import RuleModule
from makersphere_rules.modules.auction import Auction
from makersphere_rules.modules.auction.hours import AuctionHours
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.clearinghouse.capital import ClearinghouseCapital
from makersphere_rules.modules.negotiation import Negotiation
from makersphere_rules.modules.planner import Planner
from makersphere_rules.modules.planner.capital import PlannerCapital
from tests.rules.harbour import BO, IVY, MAX, B, before_matching
from tests.rules.table import Table


def restricted(**params: int) -> Table:
    """Return the same table where a parameter says what is negotiated."""
    return before_matching(modules=[Negotiation()], params={"negotiation": params})


def test_capital_alone() -> None:
    """With no hours to negotiate a sheet has none, and no fee; a sheet of hours is under the least deal."""
    table = restricted(hours_most=0)
    table.when(IVY, "send_terms", venture=B, hours=3).refused("bad_args", "hours")
    table.when(IVY, "send_terms", venture=B, credits=60, fee=1).refused("bad_args", "fee")
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000).close()
    assert [(deal.credits, deal.hours, deal.source) for deal in table.found(Deal)] == [(60, 0, "floor")]


def test_hours_alone() -> None:
    """With no credits to negotiate there is no floor either, by command or by default."""
    table = restricted(credits_most=0)
    table.when(IVY, "send_terms", venture=B, credits=60).refused("bad_args", "credits")
    table.when(BO, "set_floor", credits=0, shares=0).refused("rule", None, "capital_elsewhere")
    assert engine.defaults(table.state, BO) == {}
    table.when(IVY, "send_terms", venture=B, hours=4, fee=2, shares=300)
    table.when(BO, "answer_terms", sheet=1, answer="accept").when(MAX, "send_terms", venture=B, hours=4, fee=7).close()
    assert [(deal.credits, deal.hours, deal.fee) for deal in table.found(Deal)] == [(0, 4, 2)]


@pytest.mark.parametrize("other", [Clearinghouse(), AuctionHours(), Planner()], ids=lambda module: module.name)
def test_beside_a_module_for_hours(other: RuleModule) -> None:
    """Capital is negotiated, and what is set aside is back before hours are matched; the subsidy comes once."""
    table = before_matching(World(effect="subsidy"), modules=[Negotiation(), other]).open()
    assert [event.type for event in table.events].count("subsidy_paid") == 1
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3600).close()
    assert (table.balance("escrow:4"), table.balance("investor:4")) == (0, 140)


@pytest.mark.parametrize("other", [ClearinghouseCapital(), Auction(), PlannerCapital()], ids=lambda module: module.name)
@pytest.mark.parametrize("first", [True, False])
def test_beside_a_module_for_capital(other: RuleModule, first: bool) -> None:  # noqa: FBT001  (a parameter of a test)
    """Hours are negotiated; the commands that every module of matching has are there once, whoever comes first."""
    both = [Negotiation(), other] if first else [other, Negotiation()]
    table = before_matching(modules=both, params={"negotiation": {"credits_most": 0}}).open()
    table.when(IVY, "look", venture=B).when(IVY, "send_terms", venture=B, hours=4, shares=300)
    table.when(BO, "answer_terms", sheet=1, answer="accept").close()
    assert [deal.hours for deal in table.found(Deal) if deal.source == "sheet"] == [4]

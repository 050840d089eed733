"""Negotiation: floors, what lapses, and lost bids when the phase closes."""

from __future__ import annotations

from makersphere_rules.ecosystem.table.agreements import Deal, Pair, Sheet
from makersphere_rules.ecosystem.table.entities import Investor, Venture, World
from makersphere_rules.engine import defaults
from makersphere_rules.entity import Entity
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, venture


def harbour(*more: Entity) -> Table:
    """Return the matching phase of the rulebook's "A season in numbers", with negotiation alone."""
    return before_matching(*more, modules=[Negotiation()])


def test_the_default_floor_of_the_unborn() -> None:
    """60 for 3,500; the born have none."""
    table = harbour()
    assert defaults(table.state, BO) == {"set_floor": {"credits": 60, "shares": 3500}}
    assert defaults(table.state, ANN) == {}
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3500)
    table.when(MAX, "send_terms", venture=A, credits=80, shares=10).close()
    assert [(deal.venture, deal.investor, deal.source) for deal in table.found(Deal)] == [(B, IVY, "floor")]
    assert table.one(Venture, B).born
    assert [line.text for line in table.told()][:2] == ["deal", "venture_born"]


def test_the_floor_takes_the_fewest_shares_per_credit() -> None:
    """80 for 3,100 is dearer than 62 for 2,400 (cross products), and only one sheet is signed."""
    table = harbour()
    table.when(IVY, "send_terms", venture=B, credits=80, shares=3100)
    table.when(MAX, "send_terms", venture=B, credits=62, shares=2400).close()
    assert [deal.investor for deal in table.found(Deal)] == [MAX]
    assert table.one(Sheet, 1).status == "lapsed"
    assert table.balance("investor:4") == 144 - 4


def test_equal_offers_go_to_the_better_lot() -> None:
    """30 shares a credit both; Max has the better lot."""
    table = harbour(World(lots=(MAX, IVY, ANN, BO, CHEN, OLGA)))
    table.when(IVY, "send_terms", venture=B, credits=60, shares=1800)
    table.when(MAX, "send_terms", venture=B, credits=70, shares=2100).close()
    assert [deal.investor for deal in table.found(Deal)] == [MAX]


def test_a_floor_of_ones_own_stands_for_the_default() -> None:
    """A born venture may have one too; a sheet just under it is not signed."""
    table = harbour().when(BO, "set_floor", credits=61, shares=4000).when(ANN, "set_floor", credits=20, shares=0)
    table.when(IVY, "send_terms", venture=B, credits=60, shares=1)
    table.when(MAX, "send_terms", venture=A, credits=20).close()
    assert [(deal.venture, deal.investor) for deal in table.found(Deal)] == [(A, MAX)]


def test_a_makers_own_sheet_is_never_signed_by_its_floor() -> None:
    """It needs the investor's consent."""
    table = harbour().when(BO, "send_terms", investor=IVY, credits=60, shares=100).close()
    assert table.found(Deal) == []
    assert table.one(Pair, f"{BO}:{IVY}").lost == 0


def test_a_floor_never_takes_what_the_lead_must_keep() -> None:
    """The next best sheet is signed instead."""
    table = harbour(venture(B, BO, space=OLGA, shares={BO: 1100, CHEN: 8900}))
    table.state.put(venture(B, BO, space=OLGA, shares={BO: 1050, CHEN: 8950}))  # in the lead's hand alone
    table.when(IVY, "send_terms", venture=B, credits=90, shares=900)
    table.when(MAX, "send_terms", venture=B, credits=60, shares=0).close()
    assert [deal.investor for deal in table.found(Deal)] == [MAX]


def test_what_is_open_lapses_and_is_freed() -> None:
    """Credits and hours go back to the investor with the close."""
    table = harbour()
    table.when(IVY, "send_terms", venture=A, credits=60, hours=8, shares=1000)
    table.when(IVY, "send_terms", venture=C, hours=3, shares=300)
    table.when(CHEN, "send_terms", investor=MAX, hours=4, fee=7).close()
    assert [sheet.status for sheet in table.found(Sheet)] == ["lapsed"] * 3
    assert table.one(Investor, IVY).hours == 11
    assert (table.balance("escrow:4"), table.balance("investor:4")) == (0, 144 - 4 - 4)


def test_unsigned_bids_are_lost_one_per_pair() -> None:
    """Open, withdrawn and countered bids; not those that led to a signature, nor a maker's own."""
    table = harbour()
    table.when(IVY, "send_terms", venture=A, credits=20)
    table.when(IVY, "answer_terms", sheet=1, answer="withdraw")
    table.when(IVY, "send_terms", venture=B, credits=20)
    table.when(BO, "send_terms", investor=IVY, credits=20)
    table.when(IVY, "send_terms", venture=C, credits=20)
    table.when(CHEN, "send_terms", investor=IVY, credits=25)
    table.when(IVY, "answer_terms", sheet=5, answer="accept")
    table.when(ANN, "send_terms", investor=MAX, credits=20).close()
    lost = {(pair.maker, pair.investor) for pair in table.found(Pair) if pair.lost == 3}
    assert lost == {(ANN, IVY), (BO, IVY)}
    assert [(line.values["maker"]) for line in table.told(IVY) if line.text == "bid_lost"] == [ANN, BO]


def test_deals_are_told_to_everyone_at_the_close() -> None:
    """One line each; cap tables and balances on the table are those of the close."""
    table = harbour()
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(BO, "answer_terms", sheet=1, answer="accept").close()
    deal = next(line for line in table.told() if line.text == "deal")
    assert (deal.values["investor"], deal.values["credits"], deal.values["shares"]) == (IVY, 60, 3000)
    assert "'shares': {'2': 7000, '4': 3000}" in table.public()

"""Auctions: sealed bids for one venture at a time, for capital and for hours; first and second price."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Venture, World
from makersphere_rules.engine import defaults
from makersphere_rules.entity import Entity
from makersphere_rules.modules.auction import Auction
from makersphere_rules.modules.auction.bidding import Bid, price
from makersphere_rules.modules.auction.hours import AuctionHours
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, given, investor, maker, space, venture

FIRST_PRICE = {"auction": {"pricing": 1}}


def harbour(
    *more: Entity,
    params: Mapping[str, Mapping[str, int]] | None = None,
    credits: Mapping[str, int] | None = None,  # noqa: A002  (the game's word)
) -> Table:
    """Return the matching phase of the rulebook's "A season in numbers", with both auctions."""
    return before_matching(*more, modules=[Auction(), AuctionHours()], params=params, credits=credits)


def won(table: Table) -> list[tuple[int, int, int, int, int]]:
    """Return venture, investor, credits, hours and shares of each deal, in order of signing."""
    return [(deal.venture, deal.investor, deal.credits, deal.hours, deal.shares) for deal in table.found(Deal)]


# -- prices


def test_the_lowest_wins_and_gets_what_the_second_lowest_asked() -> None:
    """Second price by default: Ivy asks 2,000, Max 2,500; Ivy gets 2,500, pays 60 and the search, B is born for 20."""
    table = harbour().when(IVY, "bid", venture=B, shares=2000).when(MAX, "bid", venture=B, shares=2500).close()
    assert won(table) == [(B, IVY, 60, 0, 2500)]
    assert table.one(Venture, B).born
    assert table.one(Venture, B).shares == {BO: 7500, IVY: 2500}
    assert (table.balance("investor:4"), table.balance("venture:2")) == (144 - 60 - 4 + 20, 60)
    assert table.balance("investor:5") == 89


def test_at_the_first_price_the_winner_gets_what_it_asked() -> None:
    """The same bids under `pricing` 1."""
    table = harbour(params=FIRST_PRICE).when(IVY, "bid", venture=B, shares=2000)
    table.when(MAX, "bid", venture=B, shares=2500).close()
    assert won(table) == [(B, IVY, 60, 0, 2000)]


def test_alone_the_reserve_stands_for_the_second_bid() -> None:
    """The default reserve of an unborn venture is 3,500; at the first price one's own bid counts."""
    assert won(harbour().when(IVY, "bid", venture=B, shares=2000).close()) == [(B, IVY, 60, 0, 3500)]
    table = harbour(params=FIRST_PRICE).when(IVY, "bid", venture=B, shares=2000).close()
    assert won(table) == [(B, IVY, 60, 0, 2000)]


def gain(table: Table, worth: int) -> int:
    """Return what Ivy has of a deal whose package is worth so many shares to her, in shares."""
    return sum(deal.shares - worth for deal in table.found(Deal) if deal.investor == IVY)


@pytest.mark.parametrize("rivals", [(0, 9), (3, 3), (4, 8), (5, 5), (7, 9), (9, 9)])
@pytest.mark.parametrize("worth", [0, 3, 5, 7, 9])
def test_vickrey_asking_what_it_is_worth_is_a_best_reply(worth: int, rivals: tuple[int, int]) -> None:
    """Vickrey 1961: at the second price no other ask does better, whatever the others ask; every ask is tried."""

    def played(ask: int) -> int:
        table = given(
            maker(1),
            *(investor(seat) for seat in (IVY, 5, 6)),
            venture(1, 1),
            modules=[Auction()],
            credits={f"investor:{seat}": 100 for seat in (IVY, 5, 6)},
            params={"auction": {"reserve": 800}},
        )
        for seat, shares in zip((IVY, 5, 6), (ask, *rivals), strict=True):
            table.when(seat, "bid", venture=1, shares=100 * shares)
        return gain(table.close(), 100 * worth)

    truthful = played(worth)
    assert truthful >= 0
    assert all(played(ask) <= truthful for ask in range(11))


def test_at_the_first_price_asking_more_than_it_is_worth_pays() -> None:
    """The truth gains nothing there; just under the rival's ask gains most."""
    gains = {}
    for ask in (1000, 1900, 2000, 2100):
        table = harbour(params=FIRST_PRICE).when(IVY, "bid", venture=B, shares=ask)
        gains[ask] = gain(table.when(MAX, "bid", venture=B, shares=2000).close(), 1000)
    # equal asks go to the better lot, which is Ivy's
    assert gains == {1000: 0, 1900: 900, 2000: 1000, 2100: 0}


def test_a_price_is_never_over_the_reserve_nor_under_the_winners_ask() -> None:
    """All rows of up to three bids within a reserve, lowest first."""
    for asks in product(range(6), repeat=3):
        for count in (1, 2, 3):
            bids = [Bid(seat, shares) for seat, shares in enumerate(sorted(asks)[:count])]
            assert bids[0].shares <= price(bids, 5, 2) <= 5
            assert price(bids, 5, 1) == bids[0].shares


# -- what counts


def test_equal_bids_go_to_the_better_lot() -> None:
    """Both ask 2,000; the lots decide, and the price is the same."""
    for lots, winner in (((1, 2, 3, 4, 5, 6), IVY), ((6, 5, 4, 3, 2, 1), MAX)):
        table = harbour(World(lots=lots)).when(IVY, "bid", venture=B, shares=2000)
        assert won(table.when(MAX, "bid", venture=B, shares=2000).close()) == [(B, winner, 60, 0, 2000)]


def test_bids_over_the_reserve_win_nothing() -> None:
    """Nor do they set the price."""
    table = harbour().when(BO, "call_auction", kind="any", shares=2200)
    table.when(IVY, "bid", venture=B, shares=2000).when(MAX, "bid", venture=B, shares=2201).close()
    assert won(table) == [(B, IVY, 60, 0, 2200)]
    table = harbour().when(BO, "call_auction", kind="any", shares=1999)
    assert won(table.when(IVY, "bid", venture=B, shares=2000).close()) == []


def test_the_lead_names_the_kind_that_may_win() -> None:
    """Bo calls for professionals: Ivy's lower bid does not count, and Max gets the reserve."""
    table = harbour().when(BO, "call_auction", kind="professional", shares=3000)
    table.when(IVY, "bid", venture=B, shares=500).when(MAX, "bid", venture=B, shares=2500).close()
    assert won(table) == [(B, MAX, 60, 0, 3000)]


def test_a_born_venture_is_up_when_its_lead_says_so() -> None:
    """No auction by default; a follow-on round with a reserve."""
    assert won(harbour().when(IVY, "bid", venture=A, shares=100).close()) == []
    table = harbour().when(ANN, "call_auction", kind="any", shares=600)
    assert won(table.when(IVY, "bid", venture=A, shares=100).close()) == [(A, IVY, 60, 0, 600)]


def test_one_venture_at_a_time_in_order_of_lots() -> None:
    """Max has the money for one: the venture with the better lot gets it, the next bid counts no more."""
    for lots, venture_ in (((1, 2, 3, 4, 5, 6), B), ((3, 2, 1, 4, 5, 6), C)):
        table = harbour(World(lots=lots)).when(MAX, "bid", venture=B, shares=2000)
        table.when(MAX, "bid", venture=C, shares=1000).close()
        assert [(deal.venture, deal.investor) for deal in table.found(Deal)] == [(venture_, MAX)]


def test_a_bid_without_shares_is_taken_back() -> None:
    """A later bid for the same venture replaces the earlier."""
    table = harbour().when(IVY, "bid", venture=B, shares=2000).when(IVY, "bid", venture=B).close()
    assert won(table) == []
    assert table.state.find(Pair, f"{BO}:{IVY}") is not None
    assert table.one(Pair, f"{BO}:{IVY}").lost == 0


def test_bids_that_win_nothing_are_lost_bids() -> None:
    """Of losers, over the reserve, and where nothing was up; the winner's is won."""
    table = harbour().when(IVY, "bid", venture=B, shares=2000).when(MAX, "bid", venture=B, shares=2500)
    table.when(MAX, "bid", venture=A, shares=0).close()
    lost = {pair.key for pair in table.found(Pair) if pair.lost == 3}
    assert lost == {f"{BO}:{MAX}", f"{ANN}:{MAX}"}


def test_the_search_is_paid_by_the_winner_once() -> None:
    """Bids cost nothing; a pair that has paid this season pays nothing, and who cannot pay the search wins nothing."""
    table = before_matching(modules=[Negotiation(), AuctionHours()])
    table.when(BO, "send_terms", investor=IVY, credits=20)
    table.when(IVY, "bid_hours", venture=B, shares=100).when(MAX, "bid_hours", venture=C, shares=100).close()
    assert (table.balance("investor:4"), table.balance("investor:5")) == (144, 89 - 4)
    table = harbour(credits={"investor:5": 63}).when(MAX, "bid", venture=B, shares=100).close()
    assert won(table) == []


def test_who_cannot_pay_a_package_does_not_bid() -> None:
    """Under 60 credits the command is refused."""
    harbour(credits={"investor:5": 59}).when(MAX, "bid", venture=B, shares=0).refused("cannot_afford")


def test_a_reserve_leaves_the_lead_what_it_must_keep() -> None:
    """A lead with 1,600 of 10,000 shares can give 3,750 new ones and keep 1,000."""
    table = harbour(venture(B, BO, space=OLGA, shares={BO: 1600, CHEN: 8400}))
    table.when(BO, "call_auction", kind="any", shares=3751).refused("bad_args", "shares")
    table.when(BO, "call_auction", kind="any", shares=3750).when(IVY, "bid", venture=B, shares=0).close()
    assert won(table) == [(B, IVY, 60, 0, 3750)]
    assert table.one(Venture, B).shares[BO] >= 1000


def test_bids_and_calls_are_sealed() -> None:
    """Nobody hears of them before the close; then all hear who won, and only the two sides of a bid that it lost."""
    table = harbour()
    before = table.public()
    table.when(BO, "call_auction", kind="any", shares=3000).when(IVY, "bid", venture=B, shares=2000)
    assert (table.told(), table.told(MAX), table.public()) == ([], [], before)
    table.when(MAX, "bid", venture=B, shares=2500).close()
    assert [line.values for line in table.told() if line.text == "auction_held"] == [
        {"venture": B, "investor": IVY, "shares": 2500}
    ]
    assert "bid_lost" not in [line.text for line in table.told(ANN)]
    assert "bid_lost" in [line.text for line in table.told(MAX)]


def test_nobody_hears_whether_it_is_the_reserve_that_a_winner_gets() -> None:
    """Ivy gets 2,500, alone under a reserve of 2,500 or before Max's ask of 2,500: third parties read the same."""
    alone = harbour().when(BO, "call_auction", kind="any", shares=2500).when(IVY, "bid", venture=B, shares=2000)
    rivals = harbour().when(BO, "call_auction", kind="any", shares=3000).when(IVY, "bid", venture=B, shares=2000)
    rivals.when(MAX, "bid", venture=B, shares=2500)
    alone.close()
    rivals.close()
    assert won(alone) == won(rivals) == [(B, IVY, 60, 0, 2500)]
    assert [alone.told(seat) for seat in (0, ANN, CHEN)] == [rivals.told(seat) for seat in (0, ANN, CHEN)]
    assert alone.public() == rivals.public()


def test_calls_by_default() -> None:
    """Unborn ventures for any kind at 3,500; for hours all but products, at the greatest need and 300."""
    table = harbour(venture(C, CHEN))
    assert defaults(table.state, BO) == {
        "call_auction": {"kind": "any", "shares": 3500},
        "call_auction_hours": {"track": "business", "shares": 300},
    }
    assert set(defaults(table.state, ANN)) == {"call_auction_hours"}
    assert set(defaults(table.state, CHEN)) == {"call_auction"}
    assert defaults(table.state, IVY) == {}


# -- hours


def test_hours_go_to_the_lowest_bid_of_the_track() -> None:
    """A needs business: Ivy's hours count there, Max's do not, a mentor's count anywhere."""
    mentor = investor(7, "mentor", "any", badges=(OLGA,), hours=12)
    table = harbour(mentor, credits={"investor:7": 30})
    for seat, shares in ((IVY, 200), (MAX, 0), (7, 250)):
        table.when(seat, "bid_hours", venture=A, shares=shares)
    table.close()
    assert won(table) == [(A, IVY, 0, 4, 250)]
    assert table.one(Investor, IVY).hours == 7


def test_the_last_package_of_hours_is_short_if_a_clinic_took_its_hour() -> None:
    """Ivy's 11 hours are three packages, one after another: 4, 4 and 3."""
    table = harbour().when(CHEN, "call_auction_hours", track="any", shares=300)
    for target in (A, B, C):
        table.when(IVY, "bid_hours", venture=target, shares=100)
    table.close()
    assert [deal.hours for deal in table.found(Deal)] == [4, 4, 3]
    assert {deal.source for deal in table.found(Deal)} == {"package"}
    assert table.one(Investor, IVY).hours == 0


def test_hours_need_a_desk_and_a_badge() -> None:
    """Capital does not: a venture in the garage may be bid for."""
    table = harbour(venture(C, CHEN), investor(7), space(8), credits={"investor:7": 100})
    table.when(7, "bid_hours", venture=A, shares=0).refused("rule", None, "no_badge")
    table.when(IVY, "bid_hours", venture=C, shares=0).refused("bad_args", "venture")
    table.when(CHEN, "call_auction_hours", track="any", shares=300).refused("rule", None, "needs_desk")
    table.when(7, "bid", venture=C, shares=1000).close()
    assert won(table) == [(C, 7, 60, 0, 3500)]
    assert table.balance("investor:7") == 100 - 60 - 10 + 20

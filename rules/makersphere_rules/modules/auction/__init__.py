"""Auction: investors bid under seal for a venture, and who asks the fewest shares for 60 credits funds it.

Purpose: capital by competition; rivals for one promising project meet in one place.
Phase: matching; its close comes before that of the module for hours.
Commands: investors: `bid` {`venture`, `shares` 0-4,000 asked for a package of 60 credits; left out: no bid} (sealed,
one a venture), `look`; leads: `call_auction` {`kind` of investors that may win or any, `shares` 0-4,000: the
reserve, the most it gives} (sealed); operators: `grant`.
Defaults: the lead of an unborn venture calls for any kind with a reserve of 3,500; nobody bids unasked.
Close: one venture at a time, in order of lots: the bids of the kind, within the reserve, of investors who can
still pay; the lowest wins, and the package is signed. The winner pays the search, unless the pair has.
Events: `auction_held`, `deal_signed`, and those that every module of matching has
(`ecosystem/shared_steps/matching.py`).
Parameters: `CapitalAuctionParams`: `pricing` 1 is what the winner asked, 2 (default) what the second-lowest
asked; the size of a package is what a birth takes (`WorldParams`).
Secrets: bids (the bidder) and calls (the lead); of a bid that comes to nothing its lead hears who sent it, and nobody
what it asked. How many bids counted nobody hears: what a lone one gets at the second price is the reserve.
Source: the rulebook's "4. Matching" (auction); Vickrey 1961.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.shared_steps.goods import CAPITAL
from makersphere_rules.module import Command
from makersphere_rules.modules.auction.bidding import AuctionParams, Bidding, MatchingByBids

__all__ = ["Auction", "CapitalAuctionParams"]


@attrs.frozen
class CapitalAuctionParams(AuctionParams):
    """The parameters of the auction for capital."""


_BIDDING: Final = Bidding(CAPITAL, "bid", "call_auction", CapitalAuctionParams)


class Auction(MatchingByBids):
    """Packages of capital by auction."""

    name: ClassVar[str] = "auction"
    params: ClassVar[type | None] = CapitalAuctionParams
    bidding: ClassVar[Bidding] = _BIDDING
    commands: ClassVar[Sequence[Command]] = _BIDDING.commands()

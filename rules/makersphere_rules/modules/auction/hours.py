"""Auction for hours: investors bid under seal for a venture with a package of their hours.

Purpose: hours by competition; services of one kind meet in one place.
Phase: matching; its close comes after that of the module for capital.
Commands: investors with a badge: `bid_hours` {`venture` at one of its spaces, `shares` 0-1,000 asked for a package of 4
hours; left out: no bid} (sealed, one a venture), `look`; leads with a desk: `call_auction_hours` {`track` that
the hours are to count on or any, `shares` 0-1,000: the reserve, the most it gives} (sealed); operators: `grant`.
Defaults: a lead with a desk, of anything but a product, calls for its greatest need with a reserve of 300;
nobody bids unasked. A mentor's hours count on every track.
Close: as in `auction`, for shares alone: no fee is asked.
Events: `auction_held`, `deal_signed`, and those that every module of matching has
(`ecosystem/shared_steps/matching.py`).
Parameters: `HoursAuctionParams`, as in `auction`; the size of a package is printed (`WorldParams`).
Secrets: as in `auction`.
Source: the rulebook's "4. Matching" (auction); Vickrey 1961.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.shared_steps.goods import HOURS
from makersphere_rules.module import Command
from makersphere_rules.modules.auction.bidding import AuctionParams, Bidding, MatchingByBids
from makersphere_rules.scenario import param

__all__ = ["AuctionHours", "HoursAuctionParams"]


@attrs.frozen
class HoursAuctionParams(AuctionParams):
    """The parameters of the auction for hours."""

    shares_most: int = param(1000, 0, 9000, "The most shares of a bid, and of a reserve.")
    reserve: int = param(300, 0, 9000, "The most shares that a venture gives whose lead says nothing.")


_BIDDING: Final = Bidding(HOURS, "bid_hours", "call_auction_hours", HoursAuctionParams)


class AuctionHours(MatchingByBids):
    """Packages of hours by auction."""

    name: ClassVar[str] = "auction_hours"
    params: ClassVar[type | None] = HoursAuctionParams
    bidding: ClassVar[Bidding] = _BIDDING
    commands: ClassVar[Sequence[Command]] = _BIDDING.commands()

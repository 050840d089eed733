"""The cap table: who holds how many of the 10,000 shares of a venture.

New shares are issued only in a deal and dilute all alike; everything else moves existing shares.
Source: the rulebook's "Shares, in one place".
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.vocabulary import WHOLE
from makersphere_rules.split import split

__all__ = ["board", "give_back", "issue", "move", "share_out"]

_MAJORITY = WHOLE // 2


def issue(shares: Mapping[int, int], receiver: int, count: int) -> dict[int, int]:
    """Return the cap table after `count` of 10,000 shares (counted after the deal) went to a receiver."""
    after = dict(zip(shares, split(WHOLE - count, [*shares.values()]), strict=True))
    after[receiver] = after.get(receiver, 0) + count
    return {holder: held for holder, held in after.items() if held}


def give_back(shares: Mapping[int, int], giver: int, count: int) -> dict[int, int]:
    """Return the cap table after a giver's shares, at most so many, went to the other holders by what they hold."""
    others = {holder: held for holder, held in shares.items() if holder != giver}
    count = min(count, shares.get(giver, 0)) if others else 0
    gained = dict(zip(others, split(count, [*others.values()]), strict=True))
    after = {holder: held + gained.get(holder, -count) for holder, held in shares.items()}
    return {holder: held for holder, held in after.items() if held}


def move(shares: Mapping[int, int], giver: int, receiver: int, count: int) -> dict[int, int]:
    """Return the cap table after existing shares moved from a giver (who has them) to a receiver."""
    after = dict(shares)
    after[giver] = after.get(giver, 0) - count
    after[receiver] = after.get(receiver, 0) + count
    return {holder: held for holder, held in after.items() if held}


def share_out(amount: int, shares: Mapping[int, int]) -> dict[int, int]:
    """Split an amount of credits by shares; equal remainders in order of seat."""
    holders = sorted(shares)
    return dict(zip(holders, split(amount, [shares[holder] for holder in holders]), strict=True))


def board(venture: Venture) -> int:
    """Return who sets price and reserve.

    It is the lead, unless the team together holds under half of the shares. Then it is the largest holder outside the
    team; if several hold the most, it is the lead.
    """
    team = venture.team
    if sum(venture.shares.get(seat, 0) for seat in team) >= _MAJORITY:
        return venture.lead
    outside = {holder: held for holder, held in venture.shares.items() if holder not in team}
    most = max(outside.values())
    largest = [holder for holder, held in outside.items() if held == most]
    return largest[0] if len(largest) == 1 else venture.lead

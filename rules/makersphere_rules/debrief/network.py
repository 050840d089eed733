"""The network of each season: ties and exchanges among makers, deals and trust between makers and investors.

Answers which links were made in a season, and which pairs trusted each other when it was over. A pair of makers is
named with the lower seat first, a maker and an investor in this order. Never says what a pair agreed on.
Source: the rulebook's "Ties and trust" and "Where the rules come from" (network picture).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from makersphere_rules.debrief.past import Past, Plain
from makersphere_rules.ecosystem.table.agreements import Pair, Proposal
from makersphere_rules.ecosystem.table.entities import Maker

__all__ = ["AGREED", "exchanges", "network", "new_ties"]

AGREED = ("exchange", "lending", "swap")


def network(past: Past) -> dict[int, dict[str, Plain]]:
    """Return the links by season."""
    found: dict[int, dict[str, Plain]] = {}
    for season, ties in new_ties(past).items():
        deals = Counter(f"{deal.maker}:{deal.investor}" for deal in past.deals if deal.season == season)
        pairs = past.all(Pair, season).values()
        found[season] = {
            "ties": ties,
            "deals": dict(deals),
            "exchanges": dict(Counter(_pair(one.sender, one.receiver) for one in exchanges(past, season))),
            "trust": {f"{pair.maker}:{pair.investor}": 1 for pair in pairs if pair.trust},
        }
    return found


def new_ties(past: Past) -> dict[int, dict[str, int]]:
    """Return the ties that were made, by season."""
    found: dict[int, dict[str, int]] = {}
    known: set[str] = set()
    for season in past.seasons:
        found[season] = {pair: 1 for pair in _ties(past, season) if pair not in known}
        known |= found[season].keys()
    return found


def exchanges(past: Past, season: int) -> Iterator[Proposal]:
    """Yield what makers agreed on among themselves in a season: exchanges, lent hours, swaps of shares."""
    for proposal in past.all(Proposal, season).values():
        if proposal.status == "accepted" and proposal.what in AGREED:
            yield proposal


def _ties(past: Past, season: int) -> Iterator[str]:
    for maker in past.all(Maker, season).values():
        for other in maker.ties:
            if maker.seat < other:
                yield _pair(maker.seat, other)


def _pair(one: int, other: int) -> str:
    return f"{min(one, other)}:{max(one, other)}"

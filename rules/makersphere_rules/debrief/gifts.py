"""Gifts: what was given far from the printed price, which the rules allow and a class should hear of by name.

Answers who gave whom what for what, and what it was worth beyond its price, in credits at the prices that are printed:
60 credits for 3,000 shares, and 4 hours for 300 (75 shares an hour, 50 a credit). Judges nobody: what was a gift at the
table may have been a good bargain. Never tells a single rating.
Source: the rulebook's "More targets" (what is left of plots is told by name).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.shared_steps.grant import Grant
from makersphere_rules.ecosystem.table.agreements import Deal, Lending, Proposal
from makersphere_rules.frozen import frozen

__all__ = ["Gift", "gifts"]

_CREDIT, _HOUR = 50, 75  # shares
_LEAST: Final = 20  # credits beyond the price that make a gift


@frozen
class Gift:
    """What was given beyond its price.

    Attributes:
        what: money (for shares), shares (for money or hours), hours, swap or grant.
        worth: what it was worth beyond its price, in credits.
        values: who gave what to whom, by name of the placeholder.
    """

    season: int
    phase: str
    what: str
    worth: int
    values: Mapping[str, int]


def gifts(past: Past) -> Iterator[Gift]:
    """Yield the gifts of the counted seasons, of each season deals first, then what makers and operators gave."""
    for season in past.counted:
        found = [_of_deal(deal) for deal in past.deals if deal.season == season]
        found += [_of_lending(past, one) for one in past.all(Lending, season).values() if one.season == season]
        found += [_of_swap(one, season) for one in past.all(Proposal, season).values() if _is_swap(one)]
        found += [_of_grant(one) for one in past.all(Grant, season).values() if one.season == season]
        yield from (gift for gift in found if gift.worth >= _LEAST)


def _of_deal(deal: Deal) -> Gift:
    """Return what one side of a deal gave beyond what came back."""
    worth = (_CREDIT * (deal.credits - deal.fee) + _HOUR * deal.hours - deal.shares) // _CREDIT
    values = {
        name: getattr(deal, name) for name in ("investor", "maker", "venture", "credits", "hours", "shares", "fee")
    }
    return Gift(deal.season, "matching", "money" if worth > 0 else "shares", abs(worth), values)


def _of_lending(past: Past, lent: Lending) -> Gift:
    """Return what was paid for lent hours beyond their price, or given with them."""
    worth = (_HOUR * lent.hours - lent.shares) // _CREDIT - lent.credits
    values = {"maker": lent.lender, "seat": past.ventures[lent.venture].lead, "hours": lent.hours}
    return Gift(
        lent.season, "exchange", "hours", abs(worth), {**values, "credits": lent.credits, "shares": lent.shares}
    )


def _is_swap(proposal: Proposal) -> bool:
    return proposal.what == "swap" and proposal.status == "accepted"


def _of_swap(swap: Proposal, season: int) -> Gift:
    """Return the shares that one side gave more than the other, at the printed price."""
    given, taken = int(swap.terms["give_shares"]), int(swap.terms["take_shares"])
    giver, taker = (swap.sender, swap.receiver) if given >= taken else (swap.receiver, swap.sender)
    values = {"maker": giver, "seat": taker, "shares": max(given, taken), "back": min(given, taken)}
    return Gift(season, "exchange", "swap", abs(given - taken) // _CREDIT, values)


def _of_grant(grant: Grant) -> Gift:
    """Return half of a grant: where its venture moves up, the government pays it back twice."""
    values = {"space": grant.space, "maker": grant.maker, "credits": grant.credits}
    return Gift(grant.season, "matching", "grant", grant.credits // 2, values)

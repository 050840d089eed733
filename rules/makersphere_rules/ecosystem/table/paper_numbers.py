"""Numbers of what two seats have between them: sheets, proposals, deals.

A number depends on the season and on the two seats alone. Counted over the whole room it would tell each
side how many others have been busy.
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.ecosystem.table.agreements import Deal, Proposal, Sheet
from makersphere_rules.ecosystem.table.own_hand import in_hand
from makersphere_rules.state import State

__all__ = ["number_between", "place_of"]

_SEATS: Final = 1_000  # more than a room has
_PAPERS: Final = 100_000  # more than a pair can send each other in a season


def number_between(state: State, cls: type[Deal | Proposal | Sheet], one: int, other: int) -> int:
    """Return the number of the next paper of a kind between two seats, in the order in which they are named."""
    pair = (state.game.season * _SEATS + one) * _SEATS + other
    known = (paper.id for paper in in_hand(state, one, cls) if paper.id // _PAPERS == pair)
    return 1 + max(known, default=pair * _PAPERS)


def place_of(number: int) -> int:
    """Return which paper of its pair and season a number is, from 1: what people are shown."""
    return number % _PAPERS

"""What a seat's own hand holds: the papers between it and others with their numbers, and what it knows by its looks.

The number of a paper (a deal, a proposal, a sheet) depends on the season and on the two seats alone. Counted over the
whole room it would tell each side how many others have been busy.
Source: the rulebook's "Looks" and "Who sees what".
"""

from __future__ import annotations

from typing import Final, TypeVar

from makersphere_rules.ecosystem.table.agreements import Deal, Look, Proposal, Sheet, look_key
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.looks import cut, look, look_width
from makersphere_rules.entity import Entity, changed
from makersphere_rules.module import Draft
from makersphere_rules.state import State

__all__ = ["in_hand", "looked", "number_between", "place_of", "seen"]

_SEATS: Final = 1_000  # more than a room has
_PAPERS: Final = 100_000  # more than a pair can send each other in a season

E = TypeVar("E", bound=Entity)


def in_hand(state: State, seat: int, cls: type[E]) -> list[E]:
    """Return the entities of a kind that a seat owns, in order of creation."""
    keys = state.owned.get(seat, {}).get(cls)
    if not keys:
        return []
    return list(map(state.kinds[cls].__getitem__, keys))


def number_between(state: State, cls: type[Deal | Proposal | Sheet], one: int, other: int) -> int:
    """Return the number of the next paper of a kind between two seats, in the order in which they are named."""
    pair = (state.game.season * _SEATS + one) * _SEATS + other
    known = (paper.id for paper in in_hand(state, one, cls) if paper.id // _PAPERS == pair)
    return 1 + max(known, default=pair * _PAPERS)


def place_of(number: int) -> int:
    """Return the place of a paper among those of its pair and season, from 1; people are shown this place."""
    return number % _PAPERS


def seen(state: State, seat: int, venture: int) -> Look:
    """Return what a seat knows of a venture; nothing yet is 1 to 6."""
    return state.find(Look, look_key(seat, venture)) or Look(seat, venture)


def looked(draft: Draft, purpose: str, seat: int, venture: Venture) -> Look:
    """Draw a look of a seat's own and return what it knows then; `purpose` names the draw: look, scout and the like."""
    before = seen(draft.state, seat, venture.id)
    width = look_width(draft.state, venture.space, before.count)
    drawn = look(draft, purpose, look_key(seat, venture.id), venture.appeal, width, before.count)
    lo, hi = cut((before.lo, before.hi), drawn)
    return changed(before, lo=lo, hi=hi, count=before.count + 1)

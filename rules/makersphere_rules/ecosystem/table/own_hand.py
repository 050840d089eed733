"""What a seat's own hand holds, and how a look of its own changes it.

Source: the rulebook's "Looks" and "Who sees what".
"""

from __future__ import annotations

from typing import TypeVar

from makersphere_rules.ecosystem.table.agreements import Look, look_key
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.looks import cut, look, look_width
from makersphere_rules.entity import Entity, changed
from makersphere_rules.module import Draft
from makersphere_rules.state import State

__all__ = ["in_hand", "looked", "seen"]

E = TypeVar("E", bound=Entity)


def in_hand(state: State, seat: int, cls: type[E]) -> list[E]:
    """Return the entities of a kind that a seat owns, in order of creation."""
    keys = state.owned.get(seat, {}).get(cls)
    if not keys:
        return []
    return list(map(state.kinds[cls].__getitem__, keys))


def seen(state: State, seat: int, venture: int) -> Look:
    """Return what a seat knows of a venture; nothing yet is 1 to 6."""
    return state.find(Look, look_key(seat, venture)) or Look(seat, venture)


def looked(draft: Draft, purpose: str, seat: int, venture: Venture) -> Look:
    """Draw a look of a seat's own and return what it knows then. `purpose` names the draw: look, clinic, scout."""
    before = seen(draft.state, seat, venture.id)
    width = look_width(draft.state, venture.space, before.count)
    drawn = look(draft, purpose, look_key(seat, venture.id), venture.appeal, width, before.count)
    lo, hi = cut((before.lo, before.hi), drawn)
    return changed(before, lo=lo, hi=hi, count=before.count + 1)

"""Looks at a venture's appeal: the noise, and how ranges narrow.

Whoever looks gets a range that surely holds the appeal a: with width w the dice draw n from -w to w and
the range is [max(1, a + n - w), min(6, a + n + w)], cut with the ranges the seat already has.
Source: the rulebook's "Looks".
"""

from __future__ import annotations

from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.entity import Key
from makersphere_rules.module import Draft
from makersphere_rules.state import State

__all__ = ["HIGHEST", "LOWEST", "Range", "cut", "extreme", "look", "look_width"]

LOWEST, HIGHEST = 1, 6
Range = tuple[int, int]
_SHARP_LEVEL = 4


def look_width(state: State, space: int, earlier: int) -> int:
    """Return the width of a look at a venture of a space, after `earlier` looks by the same seat; at least 0."""
    params = world(state)
    level = state.one(Space, space).integration if space != GARAGE else 0
    if level == 0:
        width = params.look_garage
    else:
        width = params.look_middle if level < _SHARP_LEVEL else params.look_sharp
    return max(0, width - earlier)


def look(draft: Draft, purpose: str, entity: Key, appeal: int, width: int, number: int = 0) -> Range:
    """Draw one look and return its range. `purpose`, `entity` and `number` name the draw."""
    noise = draft.draw(purpose, entity, 2 * width + 1, number) - 1 - width
    return max(LOWEST, appeal + noise - width), min(HIGHEST, appeal + noise + width)


def extreme(known: Range, width: int, *, most: bool) -> Range:
    """Return the worst or the best range that a look of a width can bring, if the appeal lies in a known range."""
    if most:
        return known[1], min(HIGHEST, known[1] + 2 * width)
    return max(LOWEST, known[0] - 2 * width), known[0]


def cut(one: Range, other: Range) -> Range:
    """Return what two ranges that both hold the appeal leave."""
    return max(one[0], other[0]), min(one[1], other[1])

"""Spirit: how lively a space is, and what that adds to its rolls.

Source: the rulebook's "3. Exchange", close.
"""

from __future__ import annotations

from makersphere_rules.ecosystem.entities import Maker, Venture
from makersphere_rules.ecosystem.params import world
from makersphere_rules.ecosystem.words import GARAGE
from makersphere_rules.state import State

__all__ = ["spirit_bonus"]


def spirit_bonus(state: State, space: int, *, settled: bool = False) -> int:
    """Return clamp(sum of the tenants' spirit div their number - 5, 0, 2); no tenants or the garage: 0.

    With `settled`, tenants and spirit count as of the last closed phase.
    """
    if space == GARAGE:
        return 0
    makers: list[Maker] = []
    for key in state.all(Maker):
        maker = state.as_settled(Maker, key) if settled else state.one(Maker, key)
        if maker is None or not maker.venture:
            continue
        venture = state.as_settled(Venture, maker.venture) if settled else state.one(Venture, maker.venture)
        if venture is not None and venture.space == space:
            makers.append(maker)
    if not makers:
        return 0
    params = world(state)
    mean = sum(maker.spirit for maker in makers) // len(makers)
    return min(max(mean - params.spirit, 0), params.spirit_bonus_most)

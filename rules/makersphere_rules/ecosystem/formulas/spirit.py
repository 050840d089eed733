"""Spirit: how lively a space is, and what that adds to its rolls.

Source: the rulebook's "3. Exchange", close.
"""

from __future__ import annotations

from makersphere_rules.ecosystem.table.entities import Maker, Venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.state import State

__all__ = ["spirit_bonuses"]


def spirit_bonuses(state: State, *, settled: bool = False) -> dict[int, int]:
    """Return clamp(sum of the tenants' spirit div their number - 5, 0, 2) of each space that has tenants.

    With `settled`, tenants and spirit count as of the last closed phase.
    """
    find = state.as_settled if settled else state.find
    spirits: dict[int, list[int]] = {}
    for key in state.all(Maker):
        maker = find(Maker, key)
        venture = find(Venture, maker.venture) if maker is not None else None
        if maker is not None and venture is not None and venture.space != GARAGE:
            spirits.setdefault(venture.space, []).append(maker.spirit)
    params = world(state)
    return {
        space: min(max(sum(found) // len(found) - params.spirit, 0), params.spirit_bonus_most)
        for space, found in spirits.items()
    }

"""Naive policies: the standard bot with one idea of its own, such as anybody has who looks for an easy win.

Answers, by name, what a seat sends that plays soundly but for one thing: it always asks the same price, joins whoever
takes it, never puts in own money. None of them should beat the standard bot by much; which do tells where the rules, or
the standard bot, are weak. To try another idea, add it to the list of its role. None has chance or a memory.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import attrs

from makersphere_bots.legal import Form
from makersphere_bots.naive.bends import Bend, rates
from makersphere_bots.naive.investors import INVESTORS
from makersphere_bots.naive.makers import MAKERS
from makersphere_bots.naive.operators import OPERATORS
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR, Move, Policy, View, fitting

__all__ = ["NAIVE", "Bent", "Naive", "swaps"]


@attrs.frozen
class Naive:
    """An idea, and the roles that can have it."""

    roles: tuple[str, ...]
    bend: Bend


@attrs.frozen
class Bent:
    """Plays like another policy, and in the roles of an idea bends what that one would send."""

    policy: Policy
    naive: Naive

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the other policy's moves, bent."""
        moves = self.policy.choose(view, legal, rng)
        if view.role in self.naive.roles:
            moves = [fitting(move, legal) for move in self.naive.bend(view, legal, moves)]
        return moves


_BOTH: Final = (MAKER, INVESTOR)  # rate each other

NAIVE: Final[Mapping[str, Naive]] = {
    **{name: Naive((MAKER,), bend) for name, bend in MAKERS.items()},
    **{name: Naive((INVESTOR,), bend) for name, bend in INVESTORS.items()},
    **{name: Naive((OPERATOR,), bend) for name, bend in OPERATORS.items()},
    "rates-1": Naive(_BOTH, rates(1)),
    "rates-5": Naive(_BOTH, rates(5)),
}


def swaps(roles: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each of these roles with the name of each naive policy that it can have."""
    for name, naive in NAIVE.items():
        yield from ((role, name) for role in naive.roles if role in roles)

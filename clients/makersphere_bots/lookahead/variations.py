"""What a seat might do instead of what the standard bot does: a few answers for each phase and role.

Each stays within the live bounds and differs from the standard answer in one thing that is worth trying: other terms,
another amount, another target, or a command left out. Which answer is good is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from makersphere_bots.legal import Form
from makersphere_bots.lookahead import investors, makers, operators
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR, Move, View, fitting

__all__ = ["variations"]

Vary = Callable[[View, Mapping[str, Form], Sequence[Move]], Iterator[list[Move]]]

_VARY: Final[dict[tuple[str, str], Vary]] = {
    ("admission", MAKER): makers.admission,
    ("matching", MAKER): makers.matching,
    ("incubation", MAKER): makers.incubation,
    ("market", MAKER): makers.market,
    ("matching", INVESTOR): investors.matching,
    ("incubation", INVESTOR): investors.incubation,
    ("market", INVESTOR): makers.market,
    ("policy", OPERATOR): operators.policy,
    ("incubation", OPERATOR): operators.incubation,
}


def variations(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> list[list[Move]]:
    """Return answers that differ from the standard one and from each other.

    Args:
        view: what the seat sees.
        legal: what it may send.
        sound: what the standard bot answers.
    """
    vary = _VARY.get((view.phase, view.role))
    found: list[list[Move]] = []
    for varied in vary(view, legal, sound) if vary is not None else ():
        moves = [fitting(move, legal) for move in varied]
        if moves != sound and moves not in found:
            found.append(moves)
    return found

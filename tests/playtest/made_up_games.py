"""Made-up games of a playtest: rows as `watched_game.py` has them, made in microseconds, of which the truth is known.

Twelve seats as in `classroom`. Nothing differs between groups, seats or sides unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, INVESTOR, KINDS, MAKER, OPERATOR

__all__ = ["MAKERS", "game", "games"]

Row = dict[str, Any]

MAKERS: Final = 7
_SEATS: Final = (*[MAKER] * MAKERS, *[INVESTOR] * 4, OPERATOR)
_MEANS: Final = {MAKER: 200, INVESTOR: 260, OPERATOR: 660}
_SPREADS: Final = {MAKER: 150, INVESTOR: 80, OPERATOR: 33}
_PHASES: Final = ("admission", "exchange", "matching", "incubation", "market", "appraisal")
_RARE: Final = ("receiverships", "exits_bottom", "exits_closed")
_COUNTS: Final = ("births", "products", "exits", "badges_lost", "deals", "energy_in", "exits_unsold")
_SHARES: Final = ("born", "product", "survival", "efficiency", "vitality", "gini_makers")


def game(rng: Random, number: int, cell: str = "", gains: Mapping[str, float] | None = None) -> Row:
    """Return a game.

    Args:
        rng: of its luck.
        number: of the game.
        cell: of the side.
        gains: by background or kind, by how much of its role's mean it is truly off.
    """
    groups = {MAKER: rng.sample([*BACKGROUNDS, *BACKGROUNDS], MAKERS), INVESTOR: rng.sample([*KINDS, *KINDS], 4)}
    seats = [_seat(rng, role, groups[role].pop() if role in groups else "", gains or {}) for role in _SEATS]
    idle = {phase: {str(seat): int(rng.random() < 0.1) for seat in range(1, 13)} for phase in _PHASES}
    return {
        "cell": cell,
        "game": number,
        "seats": seats,
        "outcomes": dict(_outcomes(rng, seats)),
        "seasons": 4,
        "idle": idle,
        "offered": {f"command_{at}": 4 for at in range(30)},
        "sent": {f"command_{at}": 2 for at in range(30) if rng.random() < 0.5},
        "modules": dict.fromkeys(_PHASES, 3),
        "refused": {},
        "faults": [],
    }


def _seat(rng: Random, role: str, group: str, gains: Mapping[str, float]) -> Row:
    mean = _MEANS[role] * (1 + gains.get(group, 0))
    score = round(mean + _SPREADS[role] * (rng.gammavariate(4, 0.5) - 2))
    standings = [round(score * season / 4 + rng.gauss(0, 30)) for season in range(1, 5)]
    compared = {"better_than": max(0, min(100, 50 * score // _MEANS[role])), "among_best": None}
    return {"role": role, "group": group, "score": score, **compared, "standings": standings}


def _outcomes(rng: Random, seats: list[Row]) -> Iterator[tuple[str, float]]:
    for name in _COUNTS:
        yield name, float(sum(rng.random() < 0.5 for _ in range(8)))
    for name in _SHARES:
        yield name, 100 * rng.betavariate(6, 6)
    for name in _RARE:
        yield name, float(rng.random() < 0.02)
    yield "exits_unfunded", 1.0
    yield "exits_insolvent", 0.0
    yield "search_per_deal", rng.gammavariate(4, 1)
    yield "minutes", rng.gauss(25, 2)
    for role in (MAKER, INVESTOR, OPERATOR):
        scores = [seat["score"] for seat in seats if seat["role"] == role]
        yield f"score_{role}", sum(scores) / len(scores)
        if len(scores) > 1:
            yield f"kept_{role}", 100 * (rng.random() < 0.45)
            yield f"comeback_{role}", 100 * (rng.random() < 0.2)
            yield f"ahead_{role}", 100 * rng.betavariate(7, 3)
            yield f"decided_{role}", 25 * rng.randrange(5)
            yield f"changes_{role}", float(rng.randrange(4))
            yield f"spread_{role}", float(max(scores) - min(scores))


def games(number: int, seed: int, gains: Mapping[str, float] | None = None) -> Iterator[Row]:
    """Yield so many games of the scenario as it is."""
    rng = Random(seed)
    return (game(rng, at, gains=gains) for at in range(number))

"""What is measured over games, by name: one value for each game that has it.

- an outcome of `watched_game.py` (`births`, `vitality`, `score_maker`, `kept_maker`): its value;
- `share.OUTCOME`: 100 where it is above 0, else 0: the mean is the number of games in a hundred in which it happened;
- `background.NAME`, `kind.NAME`, `seat.N`: how far the scores are from their role's mean, in per cent of that mean;
- `par.ROLE`: scores in per cent of par; `idle.PHASE`: seats and seasons with nothing to decide, in per cent.

Answers values, never how sure they are (`intervals.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, INVESTOR, KINDS, MAKER

__all__ = ["GROUPS", "away", "idle", "idle_seats", "is_share", "measure", "names", "outcome", "par"]

Game = Mapping[str, Any]

GROUPS: Final = {MAKER: "background", INVESTOR: "kind"}
_SHARE: Final = "share"


def outcome(games: Iterable[Game], name: str) -> list[float]:
    """Return an outcome's values."""
    return [game["outcomes"][name] for game in games if name in game["outcomes"]]


def par(games: Iterable[Game], role: str) -> list[float]:
    """Return the mean score of a role in per cent of par."""
    found = [[s["of_par"] for s in game["seats"] if s["role"] == role and s["of_par"] is not None] for game in games]
    return [fmean(some) for some in found if some]


def idle(games: Iterable[Game], phase: str) -> list[float]:
    """Return the share of seats and seasons without anything to decide, in per cent."""
    found = [(game["idle"][phase], game["seasons"]) for game in games if game["idle"].get(phase)]
    return [100 * sum(idle.values()) / (len(idle) * seasons) for idle, seasons in found]


def idle_seats(games: Sequence[Game]) -> dict[str, list[float]]:
    """Return for each seat the share of its seasons and phases without anything to decide, in per cent."""
    found: dict[str, list[float]] = {}
    for game in games:
        shares: dict[str, list[float]] = {}
        for seats in game["idle"].values():
            for seat, seasons in seats.items():
                shares.setdefault(seat, []).append(100 * seasons / game["seasons"])
        for seat, some in shares.items():
            found.setdefault(seat, []).append(fmean(some))
    return {seat: found[seat] for seat in sorted(found, key=_order)}


def away(games: Sequence[Game], role: str, by: str) -> dict[str, list[float]]:
    """Return how far the mean score of each group of a role is from the role's mean, in per cent of that mean.

    Args:
        games: in which scores are compared with those of the same game.
        role: whose seats.
        by: `seat`, or what `GROUPS` names.
    """
    all_ = [seat["score"] for game in games for seat in game["seats"] if seat["role"] == role]
    whole = fmean(all_) if all_ else 0
    group_of: Callable[[int, Game], str] = (lambda n, _: str(n)) if by == "seat" else (lambda _, s: str(s["group"]))
    found: dict[str, list[float]] = defaultdict(list)
    for game in games if whole > 0 else ():
        seats = [(number, seat) for number, seat in enumerate(game["seats"], 1) if seat["role"] == role]
        groups: dict[str, list[int]] = defaultdict(list)
        for number, seat in seats:
            groups[group_of(number, seat)].append(seat["score"])
        mean = fmean(seat["score"] for _, seat in seats) if seats else 0
        for group, scores in groups.items():
            found[group].append(100 * (fmean(scores) - mean) / whole)
    return {group: found[group] for group in sorted(found, key=_order)} if len(found) > 1 else {}


def _order(group: str) -> tuple[int, str]:
    return (int(group), "") if group.isdecimal() else (0, group)


def names(game: Game) -> list[str]:
    """Return all names of measures in games like this one."""
    roles = list(dict.fromkeys(seat["role"] for seat in game["seats"]))
    kinds = {MAKER: BACKGROUNDS, INVESTOR: KINDS}
    return [
        *game["outcomes"],
        *(f"{_SHARE}.{name}" for name in game["outcomes"]),
        *(f"{by}.{group}" for role, by in GROUPS.items() if role in roles for group in kinds[role]),
        *(f"seat.{number}" for number in range(1, len(game["seats"]) + 1)),
        *(f"par.{role}" for role in roles),
        *(f"idle.{phase}" for phase in game["idle"]),
    ]


def is_share(name: str) -> bool:
    """Return whether a measure says in how many games something happened, each of whose values is 0 or 100."""
    return name.partition(".")[0] == _SHARE


def measure(games: Sequence[Game], name: str) -> list[float]:
    """Return the values of a measure that `names` knows; an empty list where no game has it."""
    what, _, of = name.partition(".")
    match what:
        case _ if is_share(name):
            return [100.0 * (value > 0) for value in outcome(games, of)]
        case "par":
            return par(games, of)
        case "idle":
            return idle(games, of)
        case "seat":
            role = games[0]["seats"][int(of) - 1]["role"]
            return away(games, role, what).get(of, [])
        case "background" | "kind":
            role = next(role for role, by in GROUPS.items() if by == what)
            return away(games, role, what).get(of, [])
        case _:
            return outcome(games, name)

"""What is measured over games, by name: one value for each game that has it.

- an outcome of `watched_game.py` (`births`, `vitality`, `score_maker`, `kept_maker`): its value;
- `share.OUTCOME`: 100 where it is above 0, else 0: the mean is the number of games in a hundred in which it happened;
- `background.NAME`, `kind.NAME`, `seat.N`: how far the scores are from their role's mean, in per cent of that mean;
- `better_than.ROLE`: than how many of a hundred standard bots the seats of a role are better; `idle.PHASE`: seats and
  seasons with nothing to decide, in per cent.

Answers values, never how sure they are (`intervals.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, INVESTOR, KINDS, MAKER

__all__ = ["GROUPS", "away_of", "better_than_of", "idle_of", "idle_seats_of", "is_share", "measure", "names", "order"]

Game = Mapping[str, Any]

GROUPS: Final = {MAKER: "background", INVESTOR: "kind"}
_SHARE: Final = "share"


def better_than_of(game: Game, role: str) -> float | None:
    """Return than how many of a hundred standard bots a role's seats are better, or None where it is not compared."""
    found = [seat["better_than"] for seat in game["seats"] if seat["role"] == role and seat["better_than"] is not None]
    return sum(found) / len(found) if found else None


def idle_of(game: Game, phase: str) -> float | None:
    """Return the share of seats and seasons without anything to decide, in per cent; None where nobody has a part."""
    found = game["idle"].get(phase)
    return 100 * sum(found.values()) / (len(found) * game["seasons"]) if found else None


def idle_seats_of(game: Game) -> Iterator[tuple[str, float]]:
    """Yield for each seat the share of its seasons and phases without anything to decide, in per cent."""
    shares: dict[str, list[int]] = defaultdict(list)
    for seats in game["idle"].values():
        for seat, seasons in seats.items():
            shares[seat].append(seasons)
    for seat, found in shares.items():
        yield seat, 100 * sum(found) / (len(found) * game["seasons"])


def away_of(game: Game, role: str, by: str) -> Iterator[tuple[str, float]]:
    """Yield how many points the mean score of each group of a role is from the role's mean in the same game.

    Args:
        game: whose scores are compared.
        role: whose seats.
        by: `seat`, or what `GROUPS` names.
    """
    seats = [(number, seat) for number, seat in enumerate(game["seats"], 1) if seat["role"] == role]
    if not seats:
        return
    mean = sum(seat["score"] for _, seat in seats) / len(seats)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, seat in seats:
        groups[str(number) if by == "seat" else str(seat["group"])].append(seat["score"])
    for group, scores in groups.items():
        yield group, sum(scores) / len(scores) - mean


def _away(games: Sequence[Game], role: str, by: str, group: str) -> list[float]:
    """Return how far a group's scores are from their role's mean, in per cent of that mean."""
    all_ = [seat["score"] for game in games for seat in game["seats"] if seat["role"] == role]
    whole = fmean(all_) if all_ else 0
    found = [(name, points) for game in games for name, points in away_of(game, role, by)]
    if whole <= 0 or len({name for name, _ in found}) < 2:
        return []
    return [100 * points / whole for name, points in found if name == group]


def order(group: str) -> tuple[int, str]:
    """Return by what groups are put in order: seats by number, others by name."""
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
        *(f"better_than.{role}" for role in roles),
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
            return [100.0 * (game["outcomes"][of] > 0) for game in games if of in game["outcomes"]]
        case "better_than":
            return [value for game in games if (value := better_than_of(game, of)) is not None]
        case "idle":
            return [value for game in games if (value := idle_of(game, of)) is not None]
        case "seat":
            return _away(games, games[0]["seats"][int(of) - 1]["role"], what, of)
        case "background" | "kind":
            role = next(role for role, by in GROUPS.items() if by == what)
            return _away(games, role, what, of)
        case _:
            return [game["outcomes"][name] for game in games if name in game["outcomes"]]

"""The rulebook's targets for `classroom`, each compared with what was measured.

A target about games with a swapped seat is there only where such games were played. `met` says whether the measured
value is within its bounds. Some targets ask it of the whole interval: they are met where all of the interval is within
the bounds, and missed where none of it is. Games that are shorter than those of `classroom` have only the targets that
need no course of seasons: after two seasons nothing is a product yet, and half-time is the first season.

Source: the rulebook's "Targets for tuning".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_bots.catalogue import RESTRICTED
from makersphere_playtest.measured.intervals import Estimate, estimate, paired, ratio, share

__all__ = ["Target", "swapped_scores", "target", "targets"]

Game = Mapping[str, Any]
Cells = Mapping[str, Mapping[int, Game]]
Swaps = Mapping[str, tuple[str, str]]

_OPEN: Final = float("inf")
_SEASONS: Final = 4
_AWAY: Final = 8  # per cent
_EXITS: Final = {
    "unfunded": ("exits_unfunded", "exits_insolvent"),
    "unsold": ("exits_unsold",),
    "badge": ("badges_lost",),
}
_RIVALS: Final = {"maker": 7, "investor": 4}  # in a room of twelve, for which the rulebook's 35 to 65 % are meant
# what those mean for any two rivals in a room of any size: 50 + 100 arcsin r / pi (Kruskal 1958), r the correlation of
# normal scores at half-time and at the end with which the leader of so many wins in 35 or 65 % of the games
_AHEAD: Final = {"maker": (67, 84), "investor": (58, 79)}
_PATHS: Final = ("only-community", "only-resources", "only-integration")
_NO_PATH: Final = "standard-levels"


@attrs.frozen
class Target:
    """One target with its verdict.

    Attributes:
        name: the key of its text.
        of: whom or what it is about, where there are several.
        lo: the least that is wanted, None: any.
        hi: the most.
        met: whether the target is met; None where it takes more games to tell.
    """

    name: str
    of: str
    measured: Estimate
    lo: float | None
    hi: float | None
    met: bool | None


def target(
    name: str, measured: Estimate, lo: float = -_OPEN, hi: float = _OPEN, of: str = "", *, surely: bool = False
) -> Target:
    """Return a target with its verdict; with `surely` it is asked of the whole interval."""
    if not surely:
        met: bool | None = lo <= measured.mean <= hi
    elif lo <= measured.lo and measured.hi <= hi and (measured.is_clear or 0 not in (lo, hi)):
        met = True
    else:
        is_out = measured.hi < lo or measured.lo > hi or measured.lo == measured.hi
        met = False if is_out else None
    return Target(name, of, measured, None if lo == -_OPEN else lo, None if hi == _OPEN else hi, met)


def targets(
    games: Sequence[Game], groups: Sequence[tuple[str, Estimate]], cells: Cells, swaps: Swaps
) -> Iterator[Target]:
    """Yield the targets that can be told from what was played.

    Args:
        games: of the scenario as it is.
        groups: how far each background, kind and seat is from its role's mean, in per cent.
        cells: the games of every cell.
        swaps: by cell, a role and the policy that one of its seats played.
    """
    if "born" not in games[0]["outcomes"]:
        return
    is_long = games[0]["seasons"] >= _SEASONS

    def outcome(name: str) -> list[float]:
        return [game["outcomes"][name] for game in games if name in game["outcomes"]]

    yield target("born", estimate(outcome("born")), 40, 70)
    yield target("receivership", share([value > 0 for value in outcome("receiverships")]), hi=10)
    if is_long:
        yield target("product", estimate(outcome("product")), 10, 35)
        for name, causes in _EXITS.items():
            happened = [any(game["outcomes"][cause] for cause in causes) for game in games]
            yield target(f"exit_{name}", share(happened), 50)
        yield from _contests(games)
    for name, line in groups:
        yield target("fair", line, -_AWAY, _AWAY, name, surely=True)
    yield from _idle(games)
    yield from _swapped(cells, swaps)


def _contests(games: Sequence[Game]) -> Iterator[Target]:
    """Yield how open the contest is: of the leaders in a room of twelve, of any two and of each role at any size."""
    for role, (lo, hi) in _AHEAD.items():
        found = [game["outcomes"] for game in games if f"kept_{role}" in game["outcomes"]]
        if not found:
            continue
        if sum(seat["role"] == role for seat in games[0]["seats"]) == _RIVALS[role]:
            yield target("kept", estimate([one[f"kept_{role}"] for one in found]), 35, 65, role)
        if ahead := [one[f"ahead_{role}"] for one in found if f"ahead_{role}" in one]:
            yield target("ahead", estimate(ahead), lo, hi, role)
        yield target("changes_role", share(one[f"changes_{role}"] >= 1 for one in found), 50, of=role)
    changes = [game["outcomes"].get("changes_maker", 0) + game["outcomes"].get("changes_investor", 0) for game in games]
    yield target("changes", share(one >= 2 for one in changes), 50)


def _idle(games: Sequence[Game]) -> Iterator[Target]:
    """Yield, for each phase but *policy*, how idle the idlest seat is: the one with the fewest seasons to decide in."""
    for phase in games[0]["idle"]:
        seats = games[0]["idle"][phase]
        if phase != "policy" and seats:
            shares = {
                seat: [100 * (1 - game["idle"][phase][seat] / game["seasons"]) for game in games] for seat in seats
            }
            least = min(shares, key=lambda seat: sum(shares[seat]))
            yield target("busy", estimate(shares[least]), 80, of=phase)


def _swapped(cells: Cells, swaps: Swaps) -> Iterator[Target]:
    found = {swap: swapped_scores(cells, key, swap[0]) for key, swap in swaps.items()}
    for (role, policy), (bound, free) in found.items():
        if not bound:
            continue
        if policy == "random":
            yield target("skill", ratio(free, bound), 1.25, of=role)
        elif policy == "lookahead":
            yield target("foresight", paired(bound, free), 0, of=role, surely=True)
        elif policy in RESTRICTED and policy not in _PATHS:
            yield target("forbidden", paired(bound, free), hi=0, of=f"{role}: {policy}", surely=True)
    alone = {policy: scores for (_, policy), (scores, _) in found.items() if policy in (*_PATHS, _NO_PATH) and scores}
    if len(alone) == len(_PATHS) + 1:
        yield from (target("path", paired(alone[path], alone[_NO_PATH]), 0, of=path, surely=True) for path in _PATHS)
        best = max((alone[path] for path in _PATHS), key=sum)
        free = next(free for (_, policy), (_, free) in found.items() if policy == _NO_PATH)
        yield target("mix", ratio(free, best), hi=1.2)


def swapped_scores(cells: Cells, key: str, role: str) -> tuple[list[float], list[float]]:
    """Return the scores of the swapped seat, and of the same seat in the same games where nothing was swapped."""
    bound: list[float] = []
    free: list[float] = []
    base, swapped = cells.get("", {}), cells.get(key, {})
    for game in sorted(base.keys() & swapped.keys()):
        places = [place for place, seat in enumerate(base[game]["seats"]) if seat["role"] == role]
        if places:
            place = places[game % len(places)]
            bound.append(swapped[game]["seats"][place]["score"])
            free.append(base[game]["seats"][place]["score"])
    return bound, free

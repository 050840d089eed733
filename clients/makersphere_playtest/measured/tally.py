"""Sums of the games of one side of a playtest: all that its report and its targets are made of.

Takes in one game after the other, as `watched_game.py` has it, and keeps none. What is summed of a game, and under
which name, stands in `measures.py`; `sections.py` puts the sums in order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

import attrs

from makersphere_playtest.measured.intervals import PER_CENT, Bounds, Moments
from makersphere_playtest.measured.measures import GROUPS, away_of, better_than_of, idle_of, idle_seats_of
from makersphere_playtest.measured.named_sums import Means, Shares
from makersphere_playtest.measured.pairs import Pair
from makersphere_playtest.measured.spread import Spread
from makersphere_playtest.measured.suspense import Suspense

__all__ = ["COURSE", "Tally"]

Game = Mapping[str, Any]

COURSE: Final = (
    *("births", "products", "born", "product", "survival", "exits", "badges_lost"),
    *("deals", "bids_per_deal", "no_deal"),
    *("efficiency", "search_per_deal", "vitality", "gini_makers", "receiverships", "minutes"),
)
_SHARES: Final = ("kept_", "comeback_")  # outcomes that are 0 or 100
_RIVALS: Final = 2  # ventures for which two of one kind bid
_PER_CENT: Final = frozenset({"born", "product", "survival", "no_deal"})  # outcomes from 0 to 100
_PER_CENT_OF: Final = ("ahead_", "decided_", "first_")  # likewise, for each role
_EXITS: Final = {
    "unfunded": ("exits_unfunded", "exits_insolvent"),
    "unsold": ("exits_unsold",),
    "badge": ("badges_lost",),
}


def _within(outcome: str) -> Bounds | None:
    return PER_CENT if outcome in _PER_CENT or outcome.startswith(_PER_CENT_OF) else None


def _per_cent(_: str) -> Bounds:
    return PER_CENT


@attrs.define
class Tally:
    """The sums of some games of one scenario, all with as many seats.

    Attributes:
        roles: at the table, in order of seats.
        seasons: of a game.
        phases: of a season in which somebody has a part, with the seats that have one.
        exits: the outcomes that count ventures closed, by cause.
        games: how many were taken in.
        outcomes: what `watched_game.py` measures, by name.
        shares: those of the outcomes that happen or not, likewise.
        happened: what targets ask of a game: whether it happened.
        away: by role and what groups are made by, how many points groups are from their role's mean.
        scores: of all seats of a role.
        busy: by phase and seat, in how many seasons it has something to decide, in per cent.
        spreads: of the course's outcomes, and of the scores of each role's seats.
        garage: founders' scores in the garage and at a desk, in games with both.
        offered: commands that were legal.
    """

    roles: tuple[str, ...]
    seasons: int
    phases: Mapping[str, tuple[str, ...]]
    exits: tuple[str, ...]
    games: int = 0
    outcomes: Means = attrs.field(factory=lambda: Means(_within))
    shares: Shares = attrs.field(factory=Shares)
    happened: Shares = attrs.field(factory=Shares)
    better_than: Means = attrs.field(factory=lambda: Means(_per_cent))
    away: dict[tuple[str, str], Means] = attrs.field(factory=lambda: defaultdict(Means))
    scores: dict[str, Moments] = attrs.field(factory=lambda: defaultdict(Moments))
    suspense: dict[str, Suspense] = attrs.field(factory=dict)
    idle: Means = attrs.field(factory=lambda: Means(_per_cent))
    idle_seat: Means = attrs.field(factory=lambda: Means(_per_cent))
    busy: Means = attrs.field(factory=lambda: Means(_per_cent))
    garage: Pair = attrs.field(factory=Pair)
    modules: Shares = attrs.field(factory=Shares)
    offered: set[str] = attrs.field(factory=set)
    sent: Counter[str] = attrs.field(factory=Counter)
    spreads: dict[str, Spread] = attrs.field(factory=lambda: defaultdict(Spread))

    @classmethod
    def like(cls, game: Game) -> Self:
        """Return the tally of no games, for games like this one."""
        roles = tuple(dict.fromkeys(seat["role"] for seat in game["seats"]))
        found = cls(
            roles=tuple(seat["role"] for seat in game["seats"]),
            seasons=game["seasons"],
            phases={phase: tuple(seats) for phase, seats in game["idle"].items()},
            exits=tuple(name for name in game["outcomes"] if name.startswith("exits_")),
        )
        found.suspense = {role: Suspense(role) for role in roles}
        return found

    def add(self, game: Game) -> None:
        """Take in a game."""
        self.games += 1
        outcomes: Mapping[str, float] = game["outcomes"]
        self.outcomes.add((name, value) for name, value in outcomes.items() if not name.startswith(_SHARES))
        self.shares.add((name, value > 0) for name, value in outcomes.items() if name.startswith(_SHARES))
        self.happened.add(_happened(outcomes))
        if "founders_garage" in outcomes:
            self.garage.add(outcomes["founders_garage"], outcomes["founders_desk"])
        for name in COURSE:
            if name in outcomes:
                self.spreads[name].add(outcomes[name])
        self._add_scores(game)
        self._add_idle(game)
        self.modules.add((name, count > 0) for name, count in game["modules"].items())
        self.offered.update(game["offered"])
        self.sent.update(game["sent"].keys())

    def _add_scores(self, game: Game) -> None:
        for role in self.suspense:
            for by in filter(None, (GROUPS.get(role), "seat")):
                self.away[role, by].add(away_of(game, role, by))
            self.suspense[role].add(game)
        for seat in game["seats"]:
            self.scores[seat["role"]].add(seat["score"])
            self.spreads[f"score_{seat['role']}"].add(seat["score"])
        found = ((role, better_than_of(game, role)) for role in self.suspense)
        self.better_than.add((role, value) for role, value in found if value is not None)

    def _add_idle(self, game: Game) -> None:
        shares = ((phase, idle_of(game, phase)) for phase in game["idle"])
        self.idle.add((phase, value) for phase, value in shares if value is not None)
        self.idle_seat.add(idle_seats_of(game))
        seasons = game["seasons"]
        self.busy.add(
            (f"{phase} {seat}", 100 * (1 - idle / seasons))
            for phase, seats in game["idle"].items()
            for seat, idle in seats.items()
        )


def _happened(outcomes: Mapping[str, float]) -> Iterator[tuple[str, bool]]:
    """Yield what targets ask of a game: whether it happened."""
    if "receiverships" in outcomes:
        yield "receivership", outcomes["receiverships"] > 0
        for name, causes in _EXITS.items():
            yield f"exit_{name}", any(outcomes[cause] for cause in causes)
    if "rivals" in outcomes:
        yield "rivals", outcomes["rivals"] >= _RIVALS
    changes = {name: value for name, value in outcomes.items() if name.startswith("changes_")}
    for name, value in changes.items():
        yield name, value >= 1
    yield "changes", changes.get("changes_maker", 0) + changes.get("changes_investor", 0) >= 2

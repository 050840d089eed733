"""The hunt: what each suspect brings, seat by seat and game by game beside the standard bot, and which pays too much.

A suspect is named when its whole interval is beyond its bound. Intervals are corrected for the number of suspects (each
is as sure as all of them together have to be, Bonferroni's way), so that of twenty hunts on sound rules at most one
names any. Answers sums that games are taken into one after the other; how a suspect plays is the bots' to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, Final

import attrs

from makersphere_playtest.games.policies_by_name import plot
from makersphere_playtest.measured.certainty import FEW
from makersphere_playtest.measured.intervals import CONFIDENCE, Estimate, Moments, Share, Sums
from makersphere_playtest.measured.pairs import Gain, Pair
from makersphere_playtest.plans.places import place_of_one, places_of_two
from makersphere_playtest.plans.suspects import Suspect

__all__ = ["Chase", "Hunted", "hunted"]

Game = Mapping[str, Any]

_PER_CENT: Final = 100


@attrs.frozen
class Hunted:
    """What is known of a suspect.

    Attributes:
        role: of the seat that it is to bring something: that of the policy, or the friend's.
        games: in which it was played.
        brings: of a policy, by how many per cent its score is above the standard bot's; of a plot, in how many games of
            a hundred more the friend wins. As sure as all suspects together have to be; None: there is no telling.
        points: that the seat makes more.
        costs: that the giver of a plot makes more, which is less as a rule.
        wins: games of a hundred that the seat wins more often; None where it has no rival.
        changed: per cent of the games in which anybody's score is another one.
        is_named: whether it surely brings more than it may.
    """

    suspect: Suspect
    role: str
    games: int
    brings: Estimate | None
    points: Estimate
    costs: Estimate | None
    wins: Estimate | None
    changed: Estimate
    is_named: bool


@attrs.define
class Chase:
    """The sums of one suspect."""

    suspect: Suspect
    _role: str = attrs.field(init=False)
    _scores: Pair = attrs.field(init=False, factory=Pair)
    _giver: Pair = attrs.field(init=False, factory=Pair)
    _wins: Moments = attrs.field(init=False, factory=lambda: Moments(within=(-_PER_CENT, _PER_CENT)))
    _changed: Share = attrs.field(init=False, factory=Share)

    def __attrs_post_init__(self) -> None:
        """Begin with no game."""
        self._role = self.suspect.role or plot(self.suspect.name).friend

    @property
    def games(self) -> int:
        """Return how many games there are."""
        return self._changed.count

    def add(self, game: Game, as_is: Game) -> None:
        """Take in a game as the suspect played it, and as it is without it: honest, or with an honest deal."""
        roles = [seat["role"] for seat in as_is["seats"]]
        giver, place = self._places(roles, as_is["game"])
        if place is None:
            return
        scores, usual = ([seat["score"] for seat in one["seats"]] for one in (game, as_is))
        self._scores.add(scores[place], usual[place])
        if giver is not None:
            self._giver.add(scores[giver], usual[giver])
        rivals = [number for number, role in enumerate(roles) if role == self._role]
        if len(rivals) > 1:
            self._wins.add(_won(scores, rivals, place) - _won(usual, rivals, place))
        self._changed.add(scores != usual)

    def _places(self, roles: Sequence[str], number: int) -> tuple[int | None, int | None]:
        if self.suspect.role:
            return None, place_of_one(roles, self.suspect.role, number)
        two = plot(self.suspect.name)
        return places_of_two(roles, two.giver, two.friend, number) or (None, None)

    def told(self, confidence: float) -> Hunted:
        """Return what is known of the suspect.

        Args:
            confidence: of what it brings; of all else it is the usual one.
        """
        brings = self._brings(confidence)
        return Hunted(
            suspect=self.suspect,
            role=self._role,
            games=self.games,
            brings=brings,
            points=self._scores.difference().estimate(),
            costs=self._giver.difference().estimate() if self._giver.one.count else None,
            wins=self._wins.estimate() if self._wins.count else None,
            changed=self._changed.estimate(),
            is_named=brings is not None and self.games >= FEW and brings.lo > self.suspect.most,
        )

    def _brings(self, confidence: float) -> Estimate | None:
        sums: Sums = Gain(self._scores) if self.suspect.role else self._wins
        if not sums.count or (self.suspect.role and self._scores.other.mean <= 0):
            return None
        found = sums.estimate(confidence, is_wary=True)
        return found if isfinite(found.lo) and isfinite(found.hi) else None


def _won(scores: Sequence[int], rivals: Sequence[int], place: int) -> float:
    """Return 100 where a seat has won its role, the part of it that is its own where several have."""
    best = max(scores[rival] for rival in rivals)
    return _PER_CENT / sum(scores[rival] == best for rival in rivals) if scores[place] == best else 0.0


def hunted(chases: Sequence[Chase]) -> Iterator[Hunted]:
    """Yield what is known of each suspect that was played, in order."""
    played = [one for one in chases if one.games]
    for one in played:
        yield one.told(1 - (1 - CONFIDENCE) / len(played))

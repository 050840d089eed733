"""What seats say of each other, and what is counted: ratings, forecasts, scores, figures.

Each field's sight is the rulebook's "Who sees what"; a field without one would be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.entity import Entity, nobody, owner, settled
from makersphere_rules.frozen import frozen

__all__ = [
    "Comparison",
    "Figures",
    "Forecast",
    "Rating",
    "Score",
]


@frozen
class Rating(Entity):
    """A rating of one season, 1 to 5; only its giver ever sees it as it is."""

    season: int = owner(key=True)
    giver: int = owner(key=True, owner=True)
    taker: int = owner(key=True)
    score: int = owner()


@frozen
class Forecast(Entity):
    """Which venture a seat believes will sell most in the last season, as said in one season."""

    season: int = owner(opens=True, key=True)
    seat: int = owner(opens=True, key=True, owner=True)
    venture: int = owner(opens=True)


@frozen
class Score(Entity):
    """A seat's standing at the end of each season, and its final score with its parts."""

    seat: int = settled(key=True)
    standings: tuple[int, ...] = settled(())
    final: int | None = settled(None)
    place: int | None = settled(None)  # within the role; equal scores share it
    parts: Mapping[str, int] = settled(factory=dict)
    par: int | None = settled(None)  # the standard bot's median in this role, where the scenario has one
    of_par: int | None = settled(None)  # the final score in per cent of it, in logs from before `Comparison`

    @property
    def tells_end(self) -> bool:
        """Return whether it is the final score, in which aims count: of standings nothing is secret."""
        return self.final is not None


@frozen
class Comparison(Entity, tells_end=True):
    """How a seat's final score compares with the standard bot's in the same role and size of room."""

    seat: int = settled(key=True)
    better_than: int = settled()  # of a hundred standard bots
    among_best: int | None = settled(None)  # of the best of a role: as `better_than`, by what can be held across roles


@frozen
class Figures(Entity):
    """The ecosystem's figures of one season, each a whole number; `all_figures.py` says what each means.

    `opened` are those that rest on secrets, or would tell the sealed choices of few: they open at the end.
    """

    season: int = settled(key=True)
    values: Mapping[str, int] = settled(factory=dict)
    opened: Mapping[str, int] = nobody(factory=dict, opens=True)

"""What is said of others and what comes out in the end: ratings, forecasts, scores, figures.

Each field's sight is the rulebook's "Who sees what"; a field without one would be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from makersphere_rules.entity import Entity, nobody, owner, settled
from makersphere_rules.frozen import frozen

__all__ = [
    "Figures",
    "Forecast",
    "Rating",
    "Score",
]


@frozen(slots=False)
class Rating(Entity):
    """A rating of one season, 1 to 5; only its giver ever sees it as it is."""

    kind: ClassVar[str] = "rating"
    keeps_owners: ClassVar[bool] = True

    season: int = owner()
    giver: int = owner()
    taker: int = owner()
    score: int = owner()

    @property
    def key(self) -> str:
        """Return season, giver and taker as one key."""
        return f"{self.season}:{self.giver}:{self.taker}"

    @property
    def owners(self) -> tuple[int, ...]:
        """Return the giver."""
        return (self.giver,)


@frozen(slots=False)
class Forecast(Entity):
    """Which venture a seat believes will sell most in the last season, as said in one season."""

    kind: ClassVar[str] = "forecast"

    season: int = owner(opens=True)
    seat: int = owner(opens=True)
    venture: int = owner(opens=True)

    @property
    def key(self) -> str:
        """Return season and seat as one key."""
        return f"{self.season}:{self.seat}"

    @property
    def owners(self) -> tuple[int, ...]:
        """Return the one who forecast."""
        return (self.seat,)


@frozen(slots=False)
class Score(Entity):
    """A seat's standing at the end of each season, and its final score with its parts and against par."""

    kind: ClassVar[str] = "score"

    seat: int = settled()
    standings: tuple[int, ...] = settled(())
    final: int | None = settled(None)
    place: int | None = settled(None)  # within the role; equal scores share it
    parts: Mapping[str, int] = settled(factory=dict)
    par: int | None = settled(None)  # the standard bot's median in this role, where the scenario has one
    of_par: int | None = settled(None)  # the final score in per cent of it

    @property
    def key(self) -> int:
        """Return the seat."""
        return self.seat


@frozen(slots=False)
class Figures(Entity):
    """The ecosystem's figures of one season, each a whole number; `all_figures.py` says what each means.

    `opened` are those that rest on secrets, or would tell the sealed choices of few: they open at the end.
    """

    kind: ClassVar[str] = "figures"

    season: int = settled()
    values: Mapping[str, int] = settled(factory=dict)
    opened: Mapping[str, int] = nobody(factory=dict, opens=True)

    @property
    def key(self) -> int:
        """Return the season."""
        return self.season

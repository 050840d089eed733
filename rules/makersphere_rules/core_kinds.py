"""The kinds that every game has, whatever its rules: the game itself, its run, its seats and their sealed choices.

This file only declares; events change them as they apply.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from makersphere_rules.entity import KEYS_AT_HAND, Entity, changed, owner, table
from makersphere_rules.forms import Args
from makersphere_rules.frozen import frozen

__all__ = ["WAITING", "Choice", "CurrentRun", "Game", "Seat", "choice_key", "seated"]

WAITING: Final = "waiting"  # the role of a latecomer's seat until the rules give it another


@frozen
class Game(Entity, single=True, lasts=True, is_at_hand=True):
    """Where the game stands. `season` 0 is the lobby; `phase` is a name of the scenario.

    In a game of several runs seasons are counted on from run to run, so that no two have the same number. `seasons` is
    then the number of the present run's last season, and `CurrentRun` has the number of its first.
    """

    scenario: str = table()
    seasons: int = table()
    status: str = table("lobby")  # lobby, running, over
    season: int = table(0)
    phase: str = table("lobby")
    phase_number: int = table(0)
    commitment: str = table("")


@frozen
class CurrentRun(Entity, kind="run", single=True, lasts=True):
    """Which run is played of a game that has several: its place among them, its name and its first season."""

    number: int = table()
    of: int = table()
    name: str = table()
    practice: bool = table()
    first_season: int = table()


@frozen
class Seat(Entity, lasts=True, is_at_hand=True):
    """A place at the table. A ready seat needs no more time in this phase."""

    id: int = table(key=True, owner=True)
    role: str = table()
    ready: bool = table(default=False)
    asked: bool = owner(default=False)  # since it said so, somebody waits for its answer: nobody else's to know

    @property
    def done(self) -> bool:
        """Return whether the phase may end for it."""
        return self.ready and not self.asked


@lru_cache(maxsize=KEYS_AT_HAND)
def seated(number: int, role: str, ready: bool, asked: bool) -> Seat:  # noqa: FBT001  (as its fields stand)
    """Return a seat with these values; the few that a seat alternates between are made once (ADR 12)."""
    return changed(Seat(number, role, ready, asked))  # with a dict of its own, which is quicker to read


@frozen
class Choice(Entity, keeps_owners=True):
    """A sealed choice: what a seat has sent for the close of this phase; a later one replaces it."""

    seat: int = owner(owner=True)
    command: str = owner()
    target: str = owner("")
    args: Args = owner(factory=dict)
    by_default: bool = owner(default=False)

    @property
    def key(self) -> str:
        """Return seat, command and target as one key."""
        return choice_key(self.seat, self.command, self.target)


@lru_cache(maxsize=KEYS_AT_HAND)
def choice_key(seat: int, command: str, target: str = "") -> str:
    """Return the key under which a sealed choice is kept."""
    return f"{seat}:{command}:{target}"

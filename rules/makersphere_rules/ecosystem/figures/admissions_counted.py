"""Who asked to enter this season, and who was let in: makers by their pitches, investors by their applications.

Counted once, at the close of admission, since pitches and applications are sealed before and gone after.
Nobody sees the counts before the end: in a small room they tell who was turned away.
Source: the account's metabolism of makers and of resources, "entry" (the rulebook's "Where the rules come from").
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.entity import Entity, nobody
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["EVENTS", "EntriesCounted", "EntryCounts"]


@frozen
class EntryCounts(Entity, kind="entries"):
    """One season's admission.

    Attributes:
        season: when.
        pitches: ventures that knocked at a space where they had no desk.
        admitted: those of them that got one, by the bar or by a wild card.
        applications: badges asked for by investors who did not hold them.
        won: badges that they got.
        given_back: badges that investors dropped, or could not pay for any more.
    """

    season: int = nobody(opens=True, key=True)
    pitches: int = nobody(0, opens=True)
    admitted: int = nobody(0, opens=True)
    applications: int = nobody(0, opens=True)
    won: int = nobody(0, opens=True)
    given_back: int = nobody(0, opens=True)


@frozen
class EntriesCounted(Event):
    """A season's pitches and applications have been counted."""

    entries: EntryCounts

    def apply(self, state: State) -> None:
        """Keep the counts."""
        state.put(self.entries)


EVENTS: Final = (EntriesCounted,)

"""Who asked to enter this season, and who was let in: makers by their pitches, investors by their applications.

Counted once, at the close of admission, since pitches and applications are sealed before and gone after.
Nobody sees the counts before the end: in a small room they tell who was turned away.
Source: the account's metabolism of makers and of resources, "entry" (the rulebook's "Where the rules come from").
"""

from __future__ import annotations

from typing import ClassVar, Final

from makersphere_rules.entity import Entity, nobody
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["EVENTS", "EntriesCounted", "EntryCounts"]


@frozen(slots=False)
class EntryCounts(Entity):
    """One season's admission.

    Attributes:
        season: when.
        pitches: ventures that knocked at a space where they had no desk.
        admitted: those of them that got one, by the bar or by a wild card.
        applications: badges asked for by investors who did not hold them.
        won: badges that they got.
        given_back: badges that investors dropped, or could not pay for any more.
    """

    kind: ClassVar[str] = "entries"

    season: int = nobody(opens=True)
    pitches: int = nobody(0, opens=True)
    admitted: int = nobody(0, opens=True)
    applications: int = nobody(0, opens=True)
    won: int = nobody(0, opens=True)
    given_back: int = nobody(0, opens=True)

    @property
    def key(self) -> int:
        """Return the season."""
        return self.season


@frozen
class EntriesCounted(Event):
    """A season's pitches and applications have been counted."""

    type: ClassVar[str] = "entries_counted"

    entries: EntryCounts

    def apply(self, state: State) -> None:
        """Keep the counts."""
        state.put(self.entries)


EVENTS: Final = (EntriesCounted,)

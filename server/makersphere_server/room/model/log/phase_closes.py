"""By which record each phase of a room's game closed, as the game stands.

Answers whether something was before or after somebody sat down, in the game's own terms: seasons and phases. It is
counted as records come, and again from the log when a room is opened; nothing of it is stored.
"""

from __future__ import annotations

from typing import Final

import attrs

from makersphere_server.room.model.log.timeline import Start
from makersphere_server.storage.record import Record

__all__ = ["NO_SEQ", "PhaseCloses"]

NO_SEQ: Final = 2**63  # no log comes to it


@attrs.define(eq=False)
class PhaseCloses:
    """The phases of one room's game."""

    _first: dict[Start, int] = attrs.field(factory=dict)  # the first record of each, in order

    def count(self, record: Record) -> None:
        """Count a record that takes nothing back."""
        self._first.setdefault((record.season, record.phase), record.seq)

    def go_back(self, start: Start) -> int | None:
        """Forget what was after the start of a phase; return the first record in it, None where there was none."""
        first = self._first.get(start)
        if first is not None:
            self._first = {each: seq for each, seq in self._first.items() if seq <= first}
        return first

    def by_phase(self) -> dict[Start, int]:
        """Return the `seq` of the record that closed each phase, in order; of the last one none that a log comes to."""
        phases = [place for place in self._first if place[1]]  # a lobby is none
        closes = [*(self._first[place] - 1 for place in phases[1:]), NO_SEQ]
        return dict(zip(phases, closes, strict=False))  # of a game that has not begun there are none

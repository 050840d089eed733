"""What a room counts of its log as it grows: choices that people have made, and seats that a bot has called ready.

Answers how many choices a rewind takes back, whose word of being ready is a bot's, and what counts as a person's doing.
It is made again from the log when a room is opened; nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Self

import attrs

from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.log.timeline import Start, rewinds
from makersphere_server.storage.record import Record

__all__ = ["NOTHING", "Tally", "is_persons", "is_ready"]

NOTHING: Final = b"[]"  # the events of a command that stands beside the game
_IS_READY: Final = b'"name":"ready"}'


def is_persons(record: Record) -> bool:
    """Return whether a person has done something in the game by a record: chosen something, or said to be ready."""
    return record.by == "person" and record.events != NOTHING


def is_ready(record: Record) -> bool:
    """Return whether a record says that a seat needs no more time, or does again: that is no choice."""
    return record.command.endswith(_IS_READY)


@attrs.define(eq=False)
class Tally:
    """The counts of one room.

    Attributes:
        choices: how many choices people have made in each phase of the game as it stands.
        bot_ready: seats whose last word of being ready was a bot's, in whichever phase.
    """

    choices: dict[Start, int] = attrs.field(factory=dict)
    bot_ready: set[int] = attrs.field(factory=set)

    @classmethod
    def of(cls, records: Iterable[Record], scenario: Scenario) -> Self:
        """Return what is counted in a whole log."""
        tally = cls()
        for record in records:
            tally.count(record, scenario)
        return tally

    def count(self, record: Record, scenario: Scenario) -> None:
        """Count a record; to be ready is no choice, and the choices that a rewind takes back count no more."""
        if is_ready(record):
            (self.bot_ready.add if record.by == "bot" else self.bot_ready.discard)(record.actor)
        elif is_persons(record):
            start = record.season, record.phase
            self.choices[start] = self.choices.get(start, 0) + 1
        for start in rewinds([record]) if record.by == "host" else ():
            for undone in self._undone_by(start, scenario):
                del self.choices[undone]

    def choices_undone_by(self, start: Start, scenario: Scenario) -> int:
        """Return how many choices a rewind to the start of a phase would take back."""
        return sum(self.choices[undone] for undone in self._undone_by(start, scenario))

    def _undone_by(self, start: Start, scenario: Scenario) -> list[Start]:
        """Return the phases whose choices a rewind to the start of a phase takes back."""
        order = {phase.name: number for number, phase in enumerate(scenario.phases)}
        first = start[0], order.get(start[1], 0)
        return [each for each in self.choices if (each[0], order.get(each[1], 0)) >= first]

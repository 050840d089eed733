"""Who may need the hosts although nobody has asked for them: by what a room's log says of each seat.

Answers how often a seat was refused this season what it asked for, at a door or by somebody, and who has done nothing
in the last phases that asked something of the seat. It never says by whom, what was asked, or what was chosen. It is
counted as records come, and again from the log when a room is opened; nothing of it is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

import attrs

from makersphere_rules.events import ChoiceMade, Event
from makersphere_rules.scenario import Scenario
from makersphere_rules.written.notation import decode_events, event_types
from makersphere_server.room.model.log.tally import NOTHING, is_ready
from makersphere_server.room.model.log.timeline import Start, rewinds
from makersphere_server.storage.record import Record

__all__ = ["IDLE_PHASES", "REFUSED_OFTEN", "Troubles"]

REFUSED_OFTEN: Final = 2  # times in a season
IDLE_PHASES: Final = 2  # in a row
_IS_HERE: Final = b'"name":"still_here"}'


@attrs.define
class _Phase:
    """What a phase has had: its first record, who did something, who chose or was asked in vain, who was refused."""

    seq: int
    acted: set[int] = attrs.field(factory=set)
    asked: set[int] = attrs.field(factory=set)
    refused: Counter[int] = attrs.field(factory=Counter)


@attrs.define(eq=False)
class Troubles:
    """The troubles of one room, phase by phase of the game as it stands, in the order in which they were played."""

    _phases: dict[Start, _Phase] = attrs.field(factory=dict)
    _told_idle: set[int] = attrs.field(factory=set)

    @classmethod
    def of(cls, records: Iterable[Record], scenario: Scenario) -> Self:
        """Return what a whole log says."""
        types = event_types(scenario)
        telling = [f'"{name}"'.encode() for name, kind in types.items() if _tells(kind)]
        troubles = cls()
        for record in records:
            tells = any(name in record.events for name in telling)
            troubles.count(record, decode_events(record.events, types) if tells else ())
        return troubles

    def count(self, record: Record, events: Iterable[Event]) -> bool:
        """Count a record with its events, as far as they tell of refusals and defaults.

        Returns:
            Whether hosts have to be told anew of who is in trouble.
        """
        if record.by == "host" and (back := rewinds([record])):
            for start in back:
                self._go_back(start)
            return False  # it stands in a phase that it takes back
        start = record.season, record.phase
        phase = self._phases.get(start)
        if phase is None:
            phase = self._phases[start] = _Phase(record.seq)
        if record.actor and record.events != NOTHING:
            if record.by == "person":
                phase.acted.add(record.actor)
            if not is_ready(record):
                phase.asked.add(record.actor)
        if record.by == "person" and record.command.endswith(_IS_HERE):
            phase.acted.add(record.actor)
        is_refused = False
        for event in events:
            if isinstance(event, ChoiceMade):
                phase.asked.add(event.seat)
            for seat in event.refused_seats(record.actor):
                phase.refused[seat] += 1
                is_refused = True
        return is_refused or (record.by == "person" and record.actor in self._told_idle)

    def tree(self, roles: Mapping[int, str], since: Mapping[int, int], now: Start) -> dict[str, Any]:
        """Return the troubles of seats, for the hosts.

        Args:
            roles: the role of each seat.
            since: the `seq` after which somebody sits there, of the seats that people play.
            now: the phase that is open.
        """
        found: dict[str, Any] = {}
        self._told_idle.clear()
        for seat in since:
            refused = sum(phase.refused[seat] for phase in self._of_season(now) if phase.seq > since[seat])
            trouble = {"refused": refused} if refused >= REFUSED_OFTEN else {}
            if self.is_idle(seat, roles, since[seat], now):
                trouble["idle"] = IDLE_PHASES
                self._told_idle.add(seat)
            if trouble:
                found[str(seat)] = trouble
        return {"trouble": found} if found else {}

    def is_idle(self, seat: int, roles: Mapping[int, str], since: int, now: Start) -> bool:
        """Return whether a seat has done nothing in the open phase, nor in the last ones that asked its role.

        Args:
            seat: which one.
            roles: the role of each seat.
            since: the `seq` after which somebody sits there.
            now: the phase that is open.
        """
        left = IDLE_PHASES
        for start, phase in reversed(self._phases.items()):
            if seat in phase.acted or phase.seq <= since:
                return False
            is_asked = any(roles.get(other) == roles.get(seat) for other in phase.asked)
            left -= start != now and is_asked
            if left == 0:
                return True
        return False

    def _of_season(self, now: Start) -> list[_Phase]:
        return [phase for start, phase in self._phases.items() if start[0] == now[0]]

    def _go_back(self, start: Start) -> None:
        """Forget the phases that a rewind takes back."""
        order = list(self._phases)
        for undone in order[order.index(start) :] if start in self._phases else ():
            del self._phases[undone]


def _tells(kind: type[Event]) -> bool:
    return kind is ChoiceMade or kind.refused_seats is not Event.refused_seats

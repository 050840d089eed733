"""What bots have done in seats while these had people: told to them when they are back, from the log.

Answers the last moves of each seat's bot, without its word of being ready, and which phases were left to a bot. It is
counted as records come, and again from the log when a room is opened; nothing of it is stored. What a rewind takes back
was never done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final, Self

import attrs
import msgspec

from makersphere_server.room.model.log.phase_closes import PhaseCloses
from makersphere_server.room.model.log.tally import NOTHING, is_ready
from makersphere_server.room.model.log.timeline import Start, rewinds
from makersphere_server.storage.record import Record

__all__ = ["MOST_TOLD", "NO_BOT", "LeftToBots", "StoodIn", "left_to_bots"]

MOST_TOLD: Final = 24  # moves of a seat; a phase has a handful


_PLAYERS: Final = ("person", "bot")


class _Command(msgspec.Struct):
    name: str
    args: dict[str, Any]


@attrs.frozen
class _Move:
    seq: int
    start: Start
    command: bytes

    def tree(self) -> dict[str, Any]:
        """Return it as a hand has it."""
        command = msgspec.json.decode(self.command, type=_Command)
        season, phase = self.start
        return {"season": season, "phase": phase, "name": command.name, "args": command.args}


@attrs.frozen
class LeftToBots:
    """What of a game a bot decided for a seat in its people's place.

    Attributes:
        phases: that it decided, by a choice or by none.
        seasons: in which it chose something in one of them.
    """

    phases: Container[Start] = ()
    seasons: Container[int] = ()


NO_BOT: Final = LeftToBots()
Did = Mapping[Start, bool]  # in which phases somebody did something: whether it was more than to be ready


def left_to_bots(people: Did, bots: Did, order: Sequence[Start]) -> LeftToBots:
    """Return what was left to bots: where the people chose nothing and a bot did, or they did nothing at all.

    After the people's last phase all are a bot's, if one has played any; there one may have come without a decision.

    Args:
        people: what a seat's people did.
        bots: what bots did in it.
        order: the phases of the game, in order.
    """
    alone = {place for place, chose in bots.items() if place not in people or (chose and not people[place])}
    last = max((number for number, place in enumerate(order) if place in people), default=-1)
    after = order[last + 1 :]
    seasons = {place[0] for place in alone if bots[place]}
    return LeftToBots(alone | set(after if any(place in bots for place in after) else ()), seasons)


@attrs.define(eq=False)
class StoodIn:
    """The moves of one room's bots, by seat.

    Attributes:
        phases: of the game, by which a rewind's moves are known, and what was before somebody sat down.
    """

    phases: PhaseCloses = attrs.field(factory=PhaseCloses)
    _did: dict[tuple[int, str], dict[Start, bool]] = attrs.field(factory=dict)  # by seat, and who: person or bot
    _moves: dict[int, deque[_Move]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Self:
        """Return what a whole log says."""
        found = cls()
        for record in records:
            found.count(record)
        return found

    def count(self, record: Record) -> set[int]:
        """Count a record, if it is a bot's move; forget what it takes back, if it is a rewind.

        Returns:
            The seats of which something else is told now.
        """
        if record.by == "host":
            for start in rewinds([record]):
                self._go_back(start)
                return set(self._moves)
        start = record.season, record.phase
        self.phases.count(record)
        if record.actor and record.by in _PLAYERS and record.events != NOTHING:
            did = self._did.setdefault((record.actor, record.by), {})
            did[start] = did.get(start, False) or not is_ready(record)
        if record.by == "bot" and record.actor and record.events != NOTHING and not is_ready(record):
            moves = self._moves.setdefault(record.actor, deque(maxlen=MOST_TOLD))
            moves.append(_Move(record.seq, start, record.command))
            return {record.actor}
        return set()

    def tree(self, seat: int, since: int) -> dict[str, Any]:
        """Return what a bot has done in a seat after a `seq`, by the `seq` of each move."""
        moves = self._moves.get(seat, ())
        return {str(move.seq): move.tree() for move in moves if move.seq > since}

    def left(self, seat: int) -> LeftToBots:
        """Return what was left to bots in a seat, as the game stands."""
        people, bots = (self._did.get((seat, by), {}) for by in _PLAYERS)
        return left_to_bots(people, bots, [*self.phases.by_phase()]) if bots else NO_BOT

    def _go_back(self, start: Start) -> None:
        first = self.phases.go_back(start)
        if first is None:
            return
        stand = self.phases.by_phase().keys() - {start}
        self._did = {who: {at: did[at] for at in did if at in stand} for who, did in self._did.items()}
        for seat, moves in self._moves.items():
            self._moves[seat] = deque((move for move in moves if move.seq < first), maxlen=MOST_TOLD)

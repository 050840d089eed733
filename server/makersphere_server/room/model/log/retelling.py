"""What is told again after a restart: the last lines of the log, and what hosts have written.

Of what somebody wrote the log holds a digest alone; the words lie beside the log until they are erased. What was
written to a seat is told to the people who sat there then, and to nobody who has taken the seat since.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from makersphere_protocol.free_text import shown
from makersphere_rules.events import EVERYONE
from makersphere_rules.scenario import Scenario
from makersphere_rules.written.notation import decode_events, event_types
from makersphere_server.room.model.feed import OPENED, PHASES_WRITTEN, RECENT_LINES, LogLine
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.storage.record import Record

__all__ = ["TEXT_KEY", "told_again"]

_OPENING: Final = f'"{OPENED}"'.encode()
TEXT_KEY: Final = "text:"  # of private values; the `seq` of the host's command follows


class _Args(msgspec.Struct):
    seat: int = 0


class _Command(msgspec.Struct):
    name: str
    args: _Args


def told_again(
    records: Sequence[Record], private: Mapping[str, bytes], scenario: Scenario, seats: Seats
) -> tuple[LogLine, ...]:
    """Return the last lines of the log; of older ones, only what hosts wrote and the openings of phases.

    The openings go back to the two phases before the first word: by them it is known who sat down when.

    Args:
        records: the room's log.
        private: what is stored beside it.
        scenario: what the room plays.
        seats: who sits where, and since when.
    """
    types = event_types(scenario)
    first = min(
        (int(key.removeprefix(TEXT_KEY)) for key in private if key.startswith(TEXT_KEY)), default=len(records) + 1
    )
    told: deque[LogLine] = deque()
    opened = 0  # of the phases before the first word
    for number, record in enumerate(reversed(records)):
        is_recent = number < RECENT_LINES
        if not is_recent and opened >= PHASES_WRITTEN:
            break
        lines = _words(record, private, seats)
        if is_recent or _OPENING in record.events:
            lines += [
                LogLine(line.text, record.seq, line.values, line.audience)
                for event in decode_events(record.events, types)
                for line in event.lines()
                if is_recent or line.text == OPENED
            ]
        opened += sum(line.text == OPENED and line.seq < first for line in lines)
        told.extendleft(reversed(lines))
    return tuple(told)


def _words(record: Record, private: Mapping[str, bytes], seats: Seats) -> list[LogLine]:
    """Return what a host wrote with a command, if it is kept and its readers are still there."""
    text = private.get(f"{TEXT_KEY}{record.seq}")
    if text is None or record.by != "host":
        return []
    command = msgspec.json.decode(record.command, type=_Command)
    values = {"text": shown(text.decode())}
    if command.name == "host.announce":
        return [LogLine("announced", record.seq, values, EVERYONE)]
    if command.name in ("host.message", "host.answer") and record.seq > seats[command.args.seat].reads_since:
        return [LogLine("messaged", record.seq, values, (command.args.seat,))]
    return []

"""What each record of a log asked of the rules.

Answers the order that was decided, whoever gave it: a seat, a host, the clock. What stood beside the game, such as a
name or a pause, asked nothing. Reads records alone, and never looks at their events.
"""

from __future__ import annotations

import msgspec

from makersphere_protocol.messages import BESIDE
from makersphere_rules import engine
from makersphere_rules.dice import commitment
from makersphere_rules.forms import Args
from makersphere_server.room.commands.host.pace import START
from makersphere_server.room.commands.host.seats import SEAT, order_for_seat
from makersphere_server.room.commands.host.table import HOST_COMMANDS
from makersphere_server.room.model.log.timeline import CHANGE
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["name_of", "order_of"]


class _Command(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    args: Args


def name_of(record: Record) -> str:
    """Return the name of a record's command.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return msgspec.json.decode(record.command, type=_Command).name


def order_of(row: RoomRow, record: Record) -> engine.Order | None:
    """Return what a record of a room asked of the rules, or None where it asked nothing.

    Raises:
        msgspec.MsgspecError: its command is none.
    """
    command = msgspec.json.decode(record.command, type=_Command)
    at = engine.At(record.season, record.phase)
    if record.by == "person" and command.name in BESIDE:
        return None
    if record.by != "host":
        return engine.Order(command.name, command.args, at)
    if command.name == CHANGE:  # the first record of a fork
        return engine.Order("change", command.args)
    if command.name == SEAT.name:
        return order_for_seat(command.args)
    asked = HOST_COMMANDS.get(command.name)
    if asked is None or not asked.order:
        return None  # it changed only what stands beside the game
    published: Args = {"commitment": commitment(row.seed, row.nonce)}
    return engine.Order(asked.order, published if asked is START else command.args)

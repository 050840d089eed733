"""One person at the tables of a class: their data erased there or written out, and they themselves let go.

Answers for all tables of the class, past ones too, since somebody may have been moved. A table that cannot be had now
refuses for all: nothing is called erased that is not. A table has each order under an id of its own, also when the
class's command comes again: if the class could not store it, their phone may have come back to that table meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import Result
from makersphere_server.classes.at_tables import of_somebody
from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.codes import new_token
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.people.hosts import Host

__all__ = ["at_every_table", "taken_away"]

Tree = dict[str, Any]
HostsNow = Callable[[], Iterable[Host]]

_NOBODY_THERE: Final = ("quarantined", "room_closed", "no_such_room")  # said of a table, whose people are with nobody


async def at_every_table(sent: Sent, book: ClassBook, person: Person, hosts: HostsNow, lobby: Lobby) -> dict[int, Tree]:
    """Have each table do with somebody's data what a host has ordered of the class.

    Args:
        sent: the order; its name is that of the order to a room, but for where it begins.
        book: the class.
        person: whose data.
        hosts: returns who hosts the class.
        lobby: where tables are found.

    Returns:
        What each table gives out, by its number; one that has nothing of them gives nothing.

    Raises:
        Refused: a table cannot be had now; others may have done it.
    """
    found: dict[int, Tree] = {}
    for table in book.tables.values():
        if lobby.state_of(table.room):  # else it was erased as a whole
            order = _order(sent, sent.name.replace("class.", "host."))
            join, find = book.join_id(person), lobby.open_rooms.find
            data = _data(await of_somebody(order, table, join, hosts, find, person.name), table)
            found |= {table.number: data} if data else {}
    return found


def _order(sent: Sent, name: str) -> Sent:
    """Return an order of the class's host to a table, which no table has had before."""
    return msgspec.structs.replace(sent, id=new_token(), name=name, args={})


def _data(answer: Result | ProtocolError, table: Table) -> Tree:
    if isinstance(answer, ProtocolError):
        if answer.text in ("quarantined", "room_closed"):
            raise Refused("rule", "table_keeps_data", "person", table=table.number, room=table.room)
        raise answer
    if answer.error is not None:
        raise Refused(answer.error.code, field=answer.error.field)
    return answer.data or {}


async def taken_away(sent: Sent, book: ClassBook, person: Person, hosts: HostsNow, lobby: Lobby) -> None:
    """Have the table where somebody sits let them go; one that is with nobody has nobody to let go.

    Raises:
        ProtocolError: why the table does not let them go now.
    """
    table = book.tables.get(person.table)
    if table is None or lobby.state_of(table.room) not in ("open", "over"):
        return
    order = _order(sent, "host.remove")
    answer = await of_somebody(order, table, book.join_id(person), hosts, lobby.open_rooms.find)
    if isinstance(answer, ProtocolError):
        if answer.text in _NOBODY_THERE:
            return
        raise answer
    if answer.error is not None:
        raise Refused(answer.error.code, field=answer.error.field)

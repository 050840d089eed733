"""A host's command that a class passes on to one of its tables or to all, and their answers made one.

The command reaches each table under the same id and from the same host, so that a table that has had it answers again
and does nothing twice. A table's answer is its room's: it is on that room's disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.errors import ProtocolError
from makersphere_protocol.messages import Problem, Result
from makersphere_protocol.texts import say
from makersphere_server.classes.book import ClassBook, Table
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.inbox import HostsOfClass, Sent, TakeAway
from makersphere_server.room.model.people.hosts import Host
from makersphere_server.room.room import Room

__all__ = ["PASSED_ON", "Answer", "answered", "is_played_on", "not_begun", "of_somebody", "pass_on", "said_of"]

PASSED_ON: Final = frozenset(  # of hosts' commands: those that mean the same at every table
    {
        "host.announce",
        "host.start",
        "host.pause",
        "host.resume",
        "host.advance",
        "host.extend",
        "host.end",
        "host.last_season",
        "host.lock",
        "host.questions",
        "host.show",
        "host.hand_out",
    }
)

FindRoom = Callable[[str], Awaitable[Room]]
HostsNow = Callable[[], Iterable[Host]]
Answer = Result | ProtocolError


class _Waiting:
    """A connection to a room that waits for one answer and says nothing.

    Attributes:
        drained: see `ConnectionPort`.
        is_ended: see `ConnectionPort`.
    """

    def __init__(self) -> None:
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self.answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    @property
    def address(self) -> str:
        """Return no address: nothing comes from here."""
        return ""

    def tell(self, frame: bytes) -> None:
        """Take the answer."""
        found = decode_from_server(frame)
        if isinstance(found, Result) and not self.answer.done():
            self.answer.set_result(found)

    def is_open(self) -> bool:
        """Return whether an answer is still waited for."""
        return not self.answer.done()

    def is_clogged(self) -> bool:
        """Return that there is always space."""
        return False

    def rest(self, ms: int) -> None:
        """Do nothing: nothing comes from here."""

    def end(self, code: int, reason: str) -> None:
        """Do nothing: there is nobody to be let go."""

    def cut(self) -> None:
        """Do nothing: there is nobody to be cut."""


async def pass_on(sent: Sent, tables: Iterable[Table], hosts: HostsNow, find: FindRoom) -> dict[int, Answer]:
    """Have tables carry a host's command out; return the answer of each, by its number.

    Args:
        sent: the command; what it says of a table is not passed on.
        tables: which are to carry it out.
        hosts: returns who hosts the class.
        find: returns a room by its code, or raises why it cannot be had.
    """
    args = {name: value for name, value in sent.args.items() if name != "table"}
    order = msgspec.structs.replace(sent, args=args)
    known, chosen = HostsOfClass(hosts), list(tables)
    asked = (_asked(order, table, known, find, lambda sent: sent) for table in chosen)
    return dict(zip((table.number for table in chosen), await asyncio.gather(*asked), strict=True))


def is_played_on(lobby: Lobby, table: Table) -> bool:
    """Return whether the game of a table is not over yet, and the table is there."""
    room = lobby.open_rooms.get(table.room)
    return lobby.state_of(table.room) == "open" and (room is None or room.glance()["status"] != "over")


async def not_begun(book: ClassBook, lobby: Lobby) -> list[Table]:
    """Return the tables of a class whose game has not begun.

    Raises:
        ProtocolError: why one of them cannot be had.
    """
    is_there = [table for table in book.tables.values() if lobby.state_of(table.room) == "open"]
    rooms = [(table, await lobby.open_rooms.find(table.room)) for table in is_there]
    return [table for table, room in rooms if room.glance()["status"] == "lobby"]


async def of_somebody(sent: Sent, table: Table, join: str, hosts: HostsNow, find: FindRoom, name: str = "") -> Answer:
    """Have a table take somebody away, erase them or write them out, whatever seats they have there; return its answer.

    Args:
        sent: a host's order about people, without a seat.
        table: where they are or were.
        join: the id of the join frames by which the class has sent them there.
        hosts: returns who hosts the class.
        find: returns a room by its code, or raises why it cannot be had.
        name: what they are called in the class.
    """
    known = HostsOfClass(hosts)
    return await _asked(sent, table, known, find, lambda sent: TakeAway(join=join, sent=sent, name=name))


async def _asked(
    sent: Sent, table: Table, hosts: HostsOfClass, find: FindRoom, item: Callable[[Sent], Sent | TakeAway]
) -> Answer:
    try:
        room = await find(table.room)
    except ProtocolError as error:
        return error
    waiting = _Waiting()
    room.inbox.put(hosts)
    room.inbox.put(item(msgspec.structs.replace(sent, connection=waiting)))
    return await waiting.answer


def answered(sent: Sent, answers: Mapping[int, Answer], now: int) -> bytes:
    """Return the one answer of all tables: what some have refused stands in its data, by table.

    Where every table has refused, so has the class, with the sentence of the first.
    """
    refused = {number: _problem(answer, sent.language) for number, answer in answers.items() if not _is_ok(answer)}
    if answers and len(refused) == len(answers):
        return encode(Result(sent.id, ok=False, now=now, error=next(iter(refused.values()))))
    told = {str(number): {"code": found.code, "message": found.message} for number, found in refused.items()}
    data: dict[str, Any] = {"tables": len(answers) - len(refused)}
    return encode(Result(sent.id, ok=True, now=now, data=data | ({"refused": told} if told else {})))


def _is_ok(answer: Answer) -> bool:
    return isinstance(answer, Result) and answer.ok


def _problem(answer: Answer, language: str) -> Problem:
    if isinstance(answer, Result):
        return answer.error or Problem("unavailable", "")
    return said_of(answer, language)


def said_of(error: ProtocolError, language: str) -> Problem:
    """Return what an error says in a language."""
    said = say(language, f"refusal.{error.text}", {"field": error.field, **error.values}, str(error))
    return Problem(error.code, said, error.field)

"""A host's command that a class passes on to one of its tables or to all, and their answers made one.

A command for tables reaches each under the same id and from the same host, so that a table that has had it answers
again and does nothing twice. A table's answer is its room's: it is on that room's disk. A host may say which phase of
which table an order is for: a table that has gone on since then is left alone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import Problem, Result
from makersphere_protocol.texts import say
from makersphere_rules.engine import At
from makersphere_rules.forms import OneOf
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.classes.book import ClassBook, Table
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lobby.open_rooms import OpenRooms
from makersphere_server.room.model.inbox import HostsOfClass, Sent, TakeAway
from makersphere_server.room.model.people.hosts import Host
from makersphere_server.room.room import Room

__all__ = [
    "PASSED_ON",
    "Answer",
    "Meant",
    "answered",
    "is_played_on",
    "meant",
    "not_begun",
    "of_somebody",
    "pass_on",
    "said_of",
]

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
Meant = Mapping[int, At | None]  # for which phase of which table an order is; None: whichever it is

_ASLEEP: Final = At(-1, "asleep")  # in the place of a phase: that of a table which nobody uses, whichever it is
_GONE_ON: Final = At(-1, "gone on")  # a phase that no table is in
_PHASE: Final = re.compile(r"([0-9]{1,3})(?: ([0-9]{1,4}) (\S+))?")
_FOR_THE_CLASS: Final = frozenset({"table", "phases"})  # arguments that are not passed on


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


def meant(sent: Sent, tables: Iterable[int]) -> Meant | Refusal:
    """Return which tables an order is for, and for which phase of each, or why that cannot be taken.

    Args:
        sent: the order: `table` names one, 0 all; `phases` those it is for, each as its number, season and phase, or
            as its number alone where nobody used the table when the host was asked.
        tables: the numbers of those that there are.
    """
    numbers, wanted, phases = tuple(tables), sent.args.get("table", 0), sent.args.get("phases")
    if not numbers:
        return refuse("rule", "no_table_yet")
    refusal = OneOf((0, *numbers), "table").refusal("table", wanted)
    if refusal is not None:
        return refusal
    of_all = {number: sent.at for number in numbers if wanted in (0, number)}
    if phases is None:
        return of_all
    found = [_phase(each) for each in phases] if isinstance(phases, list) else []
    named = {number: at for number, at in filter(None, found) if number in of_all}
    if not named or len(named) < len(found):
        return refuse("bad_args", "expected_phases", "phases", options=", ".join(map(str, of_all)))
    return named


def _phase(said: object) -> tuple[int, At] | None:
    """Return the table and the phase that stand in `2 1 market`, or in `2` for one that nobody used; None: neither."""
    found = _PHASE.fullmatch(said) if isinstance(said, str) else None
    if found is None:
        return None
    table, season, phase = found.groups()
    return int(table), At(int(season), phase) if phase else _ASLEEP


async def pass_on(sent: Sent, meant: Meant, book: ClassBook, hosts: HostsNow, rooms: OpenRooms) -> dict[int, Answer]:
    """Have tables carry a host's command out; return the answer of each, by its number.

    Args:
        sent: the command; what it says of tables is not passed on.
        meant: which are to carry it out.
        book: the class.
        hosts: returns who hosts the class.
        rooms: where the tables are found.
    """
    args = {name: value for name, value in sent.args.items() if name not in _FOR_THE_CLASS}
    known = HostsOfClass(hosts)

    async def asked(table: Table | None, at: At | None) -> Answer:
        if table is None:
            return Refused("unavailable")  # it was opened and could not be stored: the class was read again without it
        try:
            at = await _where(table, rooms) if at is _ASLEEP else at
        except ProtocolError as error:
            return error
        order = msgspec.structs.replace(sent, args=args, at=at)
        return await _asked(order, table, known, rooms.find, lambda sent: sent)

    answers = await asyncio.gather(*(asked(book.tables.get(number), at) for number, at in meant.items()))
    return dict(zip(meant, answers, strict=True))


async def _where(table: Table, rooms: OpenRooms) -> At:
    """Return in which phase a table is that nobody has used since a host was asked about it."""
    if rooms.get(table.room) is not None:
        return _GONE_ON
    glance = (await rooms.find(table.room)).glance()
    return At(glance["season"], glance["phase"])


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

"""What is taken home over HTTP: the debrief, pages of it for people, and the room as tables or as its log.

Answers files, or why not. A host's token opens them, and a seat's its own page alone; it is checked first, as strictly
as at the door, and how often one reader may ask has a bound. One room is read and gone through at a time, in a thread
beside the loop, so that games go on meanwhile; of each reader one request waits for that, and the others behind it. The
few that were asked for last lie in memory as their logs tell them, without a name or an answer: a class that asks at
once costs one way through. A room that is not over gives nothing: its debrief opens at the end, and an export of it
would hold secrets. A log holds the room's seed.
So the log of a fork that ended while its origin was still played is not given, and its tables have no data of events:
the order of the decks stands there. Source: the contract's "Over HTTP".
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeVar
from weakref import WeakValueDictionary

import attrs
import msgspec

from makersphere_protocol.codec import encode_tree
from makersphere_protocol.errors import Refused
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.written.notation import UnknownEvent, encode_events
from makersphere_server.afterwards.beside_the_log import tree_beside
from makersphere_server.afterwards.consented import debrief_with_consent
from makersphere_server.afterwards.export_files import FORMATS, Download, ExtraMissing
from makersphere_server.afterwards.export_tables import FinishedRoom, NotOver, debrief, finished_room
from makersphere_server.afterwards.exporting import ToldRoom, exported
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.take_home.files import FOR_ALL, FOR_HOSTS, FOR_SEATS, one_file
from makersphere_server.afterwards.take_home.game import Game, Shown, read_game
from makersphere_server.room.commands.founded_rules import RulesMissing
from makersphere_server.room.model.chosen_rules import in_own_words
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.hosts import VISITOR, Host, Hosts
from makersphere_server.room.model.people.seats import SEAT_KEY, Seats
from makersphere_server.room.model.reflection.reflections import answers_of
from makersphere_server.room.model.standing import Standing
from makersphere_server.storage.event_log import Damaged, Elsewhere, EventLog, Record, RoomRow, StoreUnavailable

__all__ = [
    "Downloads",
    "FindKept",
    "KeptRoom",
    "debrief_file",
    "game_of",
    "kept_room",
    "refusing_what_cannot_be_told",
    "taken_home",
]

PrivateValues = Mapping[str, bytes]  # of a room, by key
T = TypeVar("T")

_KEPT: Final = 4  # rooms in memory
_NO_EVENTS: Final = encode_events([])


@attrs.frozen
class KeptRoom:
    """What the store has of a room; its log is read when its turn has come.

    Attributes:
        seat: whose token opened it; 0: a host's, or nobody's.
        member: which of the seat's people showed it, from 1; 0 with `seat`.
        since: the record by which that seat's people had sat down.
        reader: the token's id, or "".
        rank: of the host whose token it is, or "".
    """

    row: RoomRow
    private: PrivateValues = attrs.field(repr=False)
    _log: EventLog
    seat: int = 0
    member: int = 0
    since: int = 0
    reader: str = attrs.field(default="", repr=False)
    rank: str = ""

    @property
    def names_nobody(self) -> bool:
        """Return whether a visitor reads: they take home nobody's points, and no names but the class's page's."""
        return self.rank == VISITOR

    @property
    def is_closed(self) -> bool:
        """Return whether its end opens nothing to this reader: it was forked from a game that was still played."""
        return RoomSettings.stored(self.private).sealed and self.rank in ("", VISITOR)

    def check_open(self) -> None:
        """Check that the end opens something to this reader, also where the log lies in memory for another one.

        Raises:
            Refused: it does not.
        """
        if self.is_closed:
            raise Refused("rule", "sealed")

    async def state_of_log(self) -> tuple[RoomRow, int, str]:
        """Return what is another one as soon as its log is.

        Raises:
            Refused: why not.
        """
        return self.row, *await _answered(self._log.head(self.row.room))

    async def records(self, *, beside_origin: bool = False) -> list[Record]:
        """Return its log; of a fork that opens nothing at its end, to hosts alone, or to be held beside its origin.

        Raises:
            Refused: why not.
        """
        if not beside_origin:
            self.check_open()
        return await _answered(self._log.read(self.row.room))


@attrs.frozen
class _Read:
    """A finished room as its log told it when that stood so."""

    state_of_log: tuple[RoomRow, int, str]
    records: Sequence[Record]
    finished: FinishedRoom

    def gone_on(self, state_of_log: tuple[RoomRow, int, str], records: Sequence[Record]) -> _Read | None:
        """Return the same game with what was answered or asked beside it since; None: the log is another one."""
        new = records[len(self.records) :]
        same = state_of_log[0] == self.state_of_log[0] and records[: len(self.records)] == self.records
        if not same or any(record.events != _NO_EVENTS for record in new):
            return None
        for record in new:
            self.finished.count_decision(record)
        return attrs.evolve(self, state_of_log=state_of_log, records=records)


class FindKept(Protocol):
    """Returns what the store has of a room to who shows its host's token; to others only where anyone may have it."""

    async def __call__(self, room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        """Return it to somebody from an address, who shows a token or ""; None: another room names it.

        Raises:
            ProtocolError: why not.
        """
        raise NotImplementedError


class Downloads:
    """Hands out what is left of rooms."""

    def __init__(self, find: FindKept, pace: ReadingPace) -> None:
        """Prepare.

        Args:
            find: returns what the store has of a room to somebody who hosts it or sits there.
            pace: to which readers are held.
        """
        self._find = find
        self._pace = pace
        self._rooms: OrderedDict[str, _Read] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()
        self._one_of_a_reader: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def debrief(self, room: str, token: str, address: str) -> Download:
        """Return the debrief of a room with every figure.

        Raises:
            ProtocolError: why not.
        """
        kept = await self._found(room, token, address)
        return await self._made(kept, lambda finished, _, private: debrief_file(finished, private))

    async def export(self, room: str, token: str, address: str, format_: str, *, names: bool) -> Download:
        """Return a room in a format; with the names of its people where they are asked for.

        Raises:
            ProtocolError: why not.
        """
        kept = await self._found(room, token, address)
        if format_ not in FORMATS:
            raise Refused("bad_args", "expected_one_of", "format", options=", ".join(FORMATS))
        if names and kept.names_nobody:
            raise Refused("not_your_role", "host_rank", "names")
        return await self._made(
            kept,
            lambda finished, records, private: exported([ToldRoom(finished, records, private)], format_, names=names),
        )

    async def take_home(self, room: str, token: str, address: str, what: str, shown: Shown) -> Download:
        """Return a page or a table to take home; to a seat its own page alone.

        Raises:
            ProtocolError: why not.
        """
        kept = await self._found(room, token, address, anyone=True)
        allowed = FOR_HOSTS if not kept.seat else (*FOR_SEATS, *(FOR_ALL if Standing.stored(kept.private).page else ()))
        if what not in (*FOR_HOSTS, *FOR_SEATS):
            raise Refused("bad_args", "expected_one_of", "what", options=", ".join(allowed))
        if kept.names_nobody and what not in FOR_ALL:
            raise Refused("not_your_role", "host_rank", "what")
        if what not in allowed:
            raise Refused("unauthorised", "page_not_handed_out" if what in FOR_ALL else "page_not_yours", "what")
        return await self._made(
            kept,
            lambda finished, records, private: taken_home(
                game_of(finished, records, private, shown), what, seat=kept.seat, member=kept.member
            ),
        )

    async def _found(self, room: str, token: str, address: str, *, anyone: bool = False) -> KeptRoom:
        """Return a room to somebody who has a token there and does not ask too fast."""
        kept = await self._find(room, token, address, anyone=anyone)
        if not kept.reader:
            raise Refused("unauthorised")
        self._pace.take_turn(kept.reader, address)
        return kept

    async def _made(
        self, kept: KeptRoom, make: Callable[[FinishedRoom, Sequence[Record], PrivateValues], Download]
    ) -> Download:
        kept.check_open()
        own_turn = self._one_of_a_reader.setdefault(kept.reader, asyncio.Lock())
        async with own_turn, self._one_at_a_time:
            with refusing_what_cannot_be_told():
                read = await self._read(kept)
                try:
                    return await asyncio.to_thread(make, read.finished, read.records, kept.private)
                except ExtraMissing as error:
                    raise Refused("bad_args", "extra_missing", "format", extra=error.extra) from None

    async def _read(self, kept: KeptRoom) -> _Read:
        """Return a room as its log tells it, gone through once for as long as no event comes to it."""
        code, state = kept.row.room, await kept.state_of_log()
        found = self._rooms.pop(code, None)
        if found is None or found.state_of_log != state:
            records = await kept.records()
            found = found.gone_on(state, records) if found is not None else None
            if found is None:
                found = _Read(state, records, await asyncio.to_thread(finished_room, kept.row, records))
        self._rooms[code] = found
        if len(self._rooms) > _KEPT:
            self._rooms.popitem(last=False)
        return found


async def kept_room(log: EventLog, row: RoomRow | None, reader: str, *, anyone: bool = False) -> KeptRoom:
    """Return what the store has of a room, if a token of that id opens a host's chair there.

    Args:
        log: the store.
        row: the room, if there is one.
        reader: the token's id, or "" for a reader without one.
        anyone: who has a seat or no token may have it too; a wrong token is wrong all the same.

    Raises:
        Refused: why not.
    """
    if row is None:
        raise Refused("no_such_room", field="room")
    private = await _answered(log.privates(row.room))
    host = await _host(log, private, reader)
    if host is not None or (anyone and not reader):
        return KeptRoom(row, private, log, reader=reader, rank=host.rank if host is not None else "")
    numbers = sorted(int(key.removeprefix(SEAT_KEY)) for key in private if key.startswith(SEAT_KEY))
    found = Seats(numbers, private, Dirty()).find(reader) if anyone else None
    if found is None:
        raise Refused("unauthorised", "" if anyone else "hosts_get_this")
    return KeptRoom(row, private, log, found[0].seat, found[1].number, found[0].reads_since, reader)


async def _host(log: EventLog, private: PrivateValues, reader: str) -> Host | None:
    """Return whose token it is, or None; of a table's class as the class has them, since a table hears it later.

    Whom the origin of a fork has let go hosts neither.
    """
    host, settings = Hosts.stored(private).find(reader), RoomSettings.stored(private)
    if host is not None and host.of_class and settings.of_class:
        return Hosts.stored(await _answered(log.privates(settings.of_class))).find(reader)
    if host is None or host.is_founder or not settings.origin:
        return host
    try:
        known = Hosts.stored(await log.privates(settings.origin))
    except (KeyError, Damaged, Elsewhere):  # erased, lost, or another server's: nobody was let go by it
        return host
    except StoreUnavailable as error:
        raise Refused("unavailable") from error
    return None if (host.number, host.sender) in known.who_was_let_go() else host


async def _answered(asked: Awaitable[T]) -> T:
    """Return what the store answers, or say why it does not."""
    try:
        return await asked
    except StoreUnavailable as error:
        raise Refused("unavailable") from error
    except (Damaged, KeyError) as error:
        raise Refused("unavailable", "quarantined") from error


@contextmanager
def refusing_what_cannot_be_told() -> Iterator[None]:
    """Refuse to tell of a game that goes on, and of one that was played by rules that are not here."""
    try:
        yield
    except NotOver:
        raise Refused("rule", "not_over_yet") from None
    except RulesMissing as error:
        raise Refused("unavailable", "rules_missing", module=", ".join(one.name for one in error.missing)) from error
    except (UnknownEvent, ScenarioError) as error:
        raise Refused("unavailable", "quarantined") from error


def debrief_file(finished: FinishedRoom, private: PrivateValues) -> Download:
    """Return the debrief of a finished room with the answers of its people, but for those who have not agreed."""
    found = debrief_with_consent(_whole_debrief(finished, private), finished.state, private)
    return Download(f"makersphere-{finished.row.room}-debrief.json", "application/json", encode_tree(found))


def _whole_debrief(finished: FinishedRoom, private: PrivateValues) -> dict[str, Any]:
    """Return all of a debrief; the seed where that tells nothing of another room."""
    found = {**debrief(finished), **tree_beside(private), "answers": answers_of(private)}
    changes = RoomSettings.stored(private).changes
    if changes:
        found["chosen"] = [in_own_words(choice) for choice in changes]
    if not RoomSettings.stored(private).keeps_seed:
        found["dice"] = {"seed": finished.row.seed.hex(), "nonce": finished.row.nonce.hex()}
    return found


def game_of(finished: FinishedRoom, records: Sequence[Record], private: PrivateValues, shown: Shown) -> Game:
    """Return a finished room as the pages that are taken home read it: the debrief of everybody who played."""
    tree = msgspec.json.decode(encode_tree(_whole_debrief(finished, private)))
    return read_game(finished, records, private, tree, shown)


def taken_home(game: Game, what: str, *, seat: int = 0, member: int = 0) -> Download:
    """Return one of the files that are taken home; of a person's own, that person's."""
    found = one_file(game, what, seat, member)
    return Download(found.name, found.media_type, found.body)

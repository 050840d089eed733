"""The rooms of a place, for the person who runs the server: looked at, closed, opened again, erased.

Looking needs no lock and works beside a running server. A function that changes something takes the place for itself,
so the server has to be stopped: one writer at a time is what keeps a log whole. What is erased is overwritten on the
disk. The names of a room's people can be erased alone, and the room's log still verifies. Every function that changes
a room raises KeyError where there is no such room, FolderInUse where a server works in the folder, and
StoreUnavailable where the store cannot be opened or takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Final

import attrs
import msgspec
from sqlalchemy import Connection

from makersphere_rules.mistakes import ScenarioError
from makersphere_server.afterwards.reopening import OPENED_BY_PEOPLE, Reopened, reopen_without_doubt
from makersphere_server.room.commands.founded_rules import RulesMissing, scenario_of
from makersphere_server.room.model.bookmarks import KEY as BOOKMARK_KEY
from makersphere_server.room.model.bookmarks import without_word
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.log.answers import REFUSED_KEY
from makersphere_server.room.model.log.missing import Missing
from makersphere_server.room.model.log.retelling import TEXT_KEY
from makersphere_server.room.model.own_data.from_platform import FROM_KEY, SENT_KEY
from makersphere_server.room.model.people.consents import CONSENT_KEY
from makersphere_server.room.model.people.hosts import KEY as HOSTS_KEY
from makersphere_server.room.model.people.hosts import without_host_names
from makersphere_server.room.model.people.own_words import ASKED_KEY
from makersphere_server.room.model.people.seats import SEAT_KEY, bot_instead, without_people
from makersphere_server.room.model.reflection.reflections import PICKED_KEY, REFLECTION_KEY
from makersphere_server.storage.backing import known_heads
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.database import reading
from makersphere_server.storage.heads import Head
from makersphere_server.storage.overlay import read_values
from makersphere_server.storage.place import Place
from makersphere_server.storage.reading import (
    changed_values,
    check_head,
    check_heads,
    find_room,
    gone,
    last_seat_added,
    load_heads,
    private_values,
    read_stretch,
    room_rows,
)
from makersphere_server.storage.record import Record, RoomRow
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import PutPrivate, SetState

__all__ = [
    "MISSING",
    "Detail",
    "Reopened",
    "Summary",
    "close_room",
    "erase",
    "erase_names",
    "list_rooms",
    "read_room",
    "reopen",
    "reopen_all",
    "show_room",
]


MISSING: Final = "missing"  # the state of a room whose rules are not all here
_PLAYABLE: Final[set[bytes]] = set()  # scenarios that have been built here; most rooms share theirs

# keys of what people are called or wrote; those of a class are its `person:N`
_OF_PEOPLE = (TEXT_KEY, REFUSED_KEY, ASKED_KEY, CONSENT_KEY, REFLECTION_KEY, PICKED_KEY, FROM_KEY, SENT_KEY, "person:")


@attrs.frozen
class Summary:
    """A room in a list.

    Attributes:
        scenario: its name; "class" where it is no room but a class.
        state: open, over, closed or quarantined; `missing` where rules of it are not installed here.
        seats: how many it has, those added since its founding included.
        seq: of the last accepted command.
        created_ms: wall clock since 1970.
        reason: why it is quarantined or cannot be opened, or "".
        rehearsal: a host tried a room out in it; no class did.
    """

    room: str
    scenario: str
    state: str
    seats: int
    seq: int
    created_ms: int
    reason: str
    rehearsal: bool


@attrs.frozen
class Detail(Summary):
    """A room by itself.

    Attributes:
        season: where the last command fell, as `phase`; 0 in the lobby.
        people: how many have a seat.
        epoch: raised whenever the room goes on from a shorter history.
        version: of the rules that it was founded under.
        missing: how many commands of it are known to have been acknowledged and are gone; a seat's word alone counts
            for nothing here.
        hash: the chain hash of the last record (hex).
    """

    season: int
    phase: str
    people: int
    epoch: int
    version: str
    missing: int
    hash: str


def list_rooms(place: Place) -> list[Summary]:
    """Return the rooms of a place, oldest first; rooms whose founding is lost stand last.

    Raises:
        OSError: the store cannot be read.
    """
    known = known_heads(place)  # before the store, which is then never behind it
    with reading(place) as conn:
        heads = load_heads(conn)
        rows = room_rows(conn)
        damaged = check_heads(conn, heads, known)
        found = [
            _summary(conn, room, row, heads.get(room), damaged.get(room) or changed_values(conn, room))
            for room, row in rows.items()
        ]
    lost = [_lost(room, gone(room, head), head.seq) for room, head in known.rooms.items() if room not in rows]
    return found + lost


def show_room(place: Place, room: str) -> Detail:
    """Return what there is to say of a room.

    Raises:
        KeyError: there is no such room.
        OSError: the store cannot be read.
    """
    summary = next((one for one in list_rooms(place) if one.room == room), None)
    if summary is None:
        raise KeyError(room)
    with reading(place) as conn:
        head = load_heads(conn).get(room, Head(0, 0, b""))
        row = room_rows(conn).get(room)
        season, phase = _last_place(conn, room, head)
        private, _ = read_values(conn, room)
        people = sum(_people(value) for key, value in private.items() if key.startswith(SEAT_KEY))
    return Detail(
        **attrs.asdict(summary),
        season=season,
        phase=phase,
        people=people,
        epoch=head.epoch,
        version=row.version if isinstance(row, RoomRow) else "",
        missing=len(Missing.stored(private)),
        hash=head.hash.hex(),
    )


def read_room(place: Place, room: str) -> tuple[RoomRow, Sequence[Record], dict[str, bytes]]:
    """Return a room with its records and its private values, as they are at one moment.

    Raises:
        KeyError: there is no such room.
        Damaged: its log is not what was acknowledged.
        OSError: the store cannot be read.
    """
    known = known_heads(place)
    with reading(place) as conn:
        head = load_heads(conn).get(room)
        if head is None:
            raise gone(room, known.rooms[room]) if room in known.rooms else KeyError(room)
        check_head(conn, room, head, known)
        return find_room(conn, room), read_stretch(conn, room, 0, head.seq, head), private_values(conn, room)


def close_room(place: Place, room: str) -> None:
    """Let nobody into a room any more; its log is kept."""
    with _writing(place) as store:
        _stored(store.commit([SetState(room, "closed", "")])[0])


def reopen(place: Place, room: str) -> Reopened:
    """Let a room that was closed or had to stop go on, from the longest sound part of its log.

    What was acknowledged and is gone is kept with it, for its hosts to read. Names and tokens in doubt are left behind:
    a bot plays these seats until a host lets somebody in.

    Raises:
        Damaged: not even its founding can be read.
        KeyError: there is no such room, or nothing is left of it.
    """
    told = _acknowledged(place)
    with _writing(place) as store:
        return _reopened(store, room, told.get(room, 0))


def reopen_all(place: Place) -> tuple[list[Reopened], list[Damaged]]:
    """Let all rooms that had to stop go on; return them, and what is wrong with those that cannot."""
    reopened: list[Reopened] = []
    beyond_help: list[Damaged] = []
    told = _acknowledged(place)
    with _writing(place) as store:
        for row in store.rooms():
            if row.state == "quarantined":
                try:
                    reopened.append(_reopened(store, row.room, told.get(row.room, 0)))
                except (Damaged, KeyError):
                    beyond_help.append(Damaged(row.room, 0, row.reason))
    return reopened, beyond_help


def _acknowledged(place: Place) -> dict[str, int]:
    """Return the last number of each room that was acknowledged, as far as the head file knows."""
    return {room: head.seq for room, head in known_heads(place).rooms.items()}


def _reopened(store: Store, room: str, told: int) -> Reopened:
    reopened, private = reopen_without_doubt(store, room), store.privates(room)
    left = store.head(room).seq
    if told > left:
        missing = Missing.stored(private).joined(left + 1, told)
        _stored(store.commit([PutPrivate(room, missing.to_store())])[0])
    return reopened


def erase(place: Place, room: str) -> None:
    """Erase a room with everything in it."""
    with _writing(place) as store:
        store.erase(room)
        store.wipe()


def erase_names(place: Place, room: str) -> None:
    """Erase the names, free texts and answers of a room's people, and with them their tokens, passes and devices.

    Answers that refused a command go too: the command's arguments may be anything that somebody typed. Settings have no
    names: where they or the hosts are in doubt, they stay so.
    """
    with _writing(place) as store:
        private, doubtful, _ = store.in_doubt(room)
        keys = doubtful.union(private)
        seats = {
            key: bot_instead() if key in doubtful else without_people(private[key])
            for key in keys
            if key.startswith(SEAT_KEY)
        }
        texts = dict.fromkeys(key for key in keys if key.startswith(_OF_PEOPLE))
        bookmarks = {
            key: None if key in doubtful else without_word(private[key]) for key in keys if key.startswith(BOOKMARK_KEY)
        }
        has_hosts = HOSTS_KEY in private and HOSTS_KEY not in doubtful
        hosts = {HOSTS_KEY: without_host_names(private[HOSTS_KEY])} if has_hosts else {}
        erased = {**seats, **hosts, **texts, **bookmarks, **dict.fromkeys(OPENED_BY_PEOPLE)}
        _stored(store.commit([PutPrivate(room, erased)])[0])
        store.wipe()


def _stored(outcome: str | Exception) -> None:
    if isinstance(outcome, Exception):
        raise outcome


@contextmanager
def _writing(place: Place) -> Iterator[Store]:
    """Take the place for as long as something is changed.

    Raises:
        FolderInUse: a server works there.
        StoreUnavailable: the store cannot be opened or takes nothing.
    """
    with closing(Store(place)) as store:
        yield store


def _summary(conn: Connection, room: str, row: RoomRow | Damaged, head: Head | None, damage: Damaged | None) -> Summary:
    seq = head.seq if head is not None else 0
    if isinstance(row, Damaged):
        return _lost(room, row, seq)
    missing, unplayable = (False, "") if row.is_class else _unplayable(row)
    state, reason = (MISSING if missing else row.state, row.reason or unplayable)
    if damage:
        state, reason = "quarantined", str(damage)
    scenario = "class" if row.is_class else msgspec.json.decode(row.scenario).get("name", "")
    seats = max(len(row.roles), last_seat_added(conn, room))
    rehearsal = not row.is_class and RoomSettings.stored(read_values(conn, room)[0]).rehearsal
    return Summary(room, scenario, state, seats, seq, row.created_ms, reason, rehearsal)


def _unplayable(row: RoomRow) -> tuple[bool, str]:
    """Return whether rules of a room are missing here, and why its scenario cannot be played, or ""."""
    if row.scenario in _PLAYABLE:
        return False, ""
    try:
        scenario_of(row)
    except RulesMissing as missing:
        return True, str(missing)
    except (msgspec.MsgspecError, ScenarioError) as error:
        return False, f"the scenario cannot be played: {error}"
    _PLAYABLE.add(row.scenario)
    return False, ""


def _lost(room: str, damage: Damaged, seq: int) -> Summary:
    return Summary(room, "", "quarantined", 0, seq, 0, str(damage), rehearsal=False)


def _last_place(conn: Connection, room: str, head: Head) -> tuple[int, str]:
    try:
        last = read_stretch(conn, room, head.seq - 1, 1, head) if head.seq else ()
    except Damaged:
        return 0, ""
    return (last[0].season, last[0].phase) if last else (0, "")


def _people(stored: bytes) -> int:
    return len(msgspec.json.decode(stored)["members"])

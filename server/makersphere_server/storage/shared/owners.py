"""Who owns which room of a database that several servers share, and which of these servers are alive.

A room's row names the server that writes it and carries an epoch, drawn anew each time the room changes hands and never
given out again. A server's row has its address and until when it is to be believed alive: its lease, by the database's
clock and no other. The lease says who may try to take a room; that only the owner writes is held by the epoch, which
each transaction compares and locks until it ends. Whoever takes a room therefore finds all that its owner has written.
Sources: Kleppmann 2017, "Designing Data-Intensive Applications", chapter 8, fencing tokens; Gray and Cheriton 1989,
"Leases".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    ForeignKey,
    LargeBinary,
    MetaData,
    Row,
    Sequence,
    Table,
    Text,
    func,
    select,
    text,
    tuple_,
)

from makersphere_server.storage.place import LEASE_S
from makersphere_server.storage.tables import ROOMS

__all__ = [
    "Owner",
    "Server",
    "are_founded_anew",
    "are_held",
    "count",
    "enter",
    "founded_by",
    "hand_over",
    "lay_tables",
    "leave",
    "lost",
    "note_founded",
    "owners_of",
    "renew",
    "take_over",
]

_SHARED: Final = MetaData()
_EPOCHS: Final = Sequence("room_epochs", metadata=_SHARED)

_SERVERS: Final = Table(
    "room_servers",
    _SHARED,
    Column("name", Text, primary_key=True),
    Column("number", LargeBinary, nullable=False),  # of the process: one that was started anew has another
    Column("address", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)

_OWNERS: Final = Table(
    "room_owners",
    _SHARED,
    Column(
        "room",
        Text,
        ForeignKey(ROOMS.c.room, ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("server", Text, nullable=False, index=True),
    Column("epoch", BigInteger, nullable=False),
)

_ENTER: Final = text(
    "INSERT INTO room_servers (name, number, address, until)"
    " VALUES (:name, :number, :address, now() + make_interval(secs => :lease_s))"
    " ON CONFLICT (name) DO UPDATE SET number = excluded.number, address = excluded.address, until = excluded.until"
)
_RENEW: Final = text(
    "UPDATE room_servers SET until = now() + make_interval(secs => :lease_s) WHERE name = :name AND number = :number"
)
_LEAVE: Final = text("UPDATE room_servers SET until = now() WHERE name = :name AND number = :number")
_RAISE: Final = text("UPDATE room_owners SET epoch = nextval('room_epochs') WHERE server = :name RETURNING room, epoch")
_FOUNDED: Final = text(
    "INSERT INTO room_owners (room, server, epoch) VALUES (:room, :name, nextval('room_epochs')) RETURNING epoch"
)
# Thousands need not be read to find no change. What a server loses it loses all at once, so epochs of rooms that it has
# got since then are higher than all of these: as many as before have another sum. Were it ever the same by chance,
# whoever writes a room that it has lost is still refused.
_HELD: Final = "SELECT count(*) = :rooms AND coalesce(sum(epoch), 0) = :total FROM room_owners WHERE server = :name"
_AS_KNOWN: Final = text(_HELD)
_NOTHING_TO_TAKE: Final = text(
    "SELECT (SELECT count(*) FROM rooms) = (SELECT count(*) FROM room_owners)"  # noqa: S608  (of ours)
    " AND NOT EXISTS (SELECT FROM (SELECT DISTINCT server FROM room_owners WHERE server <> :name) AS owning"
    " WHERE NOT EXISTS (SELECT FROM room_servers WHERE name = owning.server AND until > now()))"
    f" AND ({_HELD})"
)
_TAKE_OVER: Final = (
    text("SELECT pg_advisory_xact_lock(hashtext('makersphere taking over'))"),  # a dead one's rooms go to one server
    text(
        "INSERT INTO room_owners (room, server, epoch) SELECT room, '', 0 FROM rooms"
        " WHERE NOT EXISTS (SELECT FROM room_owners WHERE room_owners.room = rooms.room) ON CONFLICT DO NOTHING"
    ),
    text(
        "UPDATE room_owners SET server = :name, epoch = nextval('room_epochs')"
        " WHERE (server = :name AND epoch <> ALL(:known)) OR (:from_dead AND server <> :name AND NOT EXISTS"
        " (SELECT FROM room_servers WHERE name = room_owners.server AND until > now()))"
        " RETURNING room, epoch"
    ),
)
_ONE_LEAVES: Final = text("SELECT pg_advisory_xact_lock(hashtext('makersphere handing over'))")
_LEAST_BUSY: Final = text(
    "SELECT name, address FROM room_servers WHERE name <> :name AND until > now()"
    " ORDER BY (SELECT count(*) FROM room_owners WHERE server = name), name LIMIT 1"
)
_GIVE: Final = text(
    "UPDATE room_owners SET server = :to, epoch = nextval('room_epochs') WHERE server = :name AND epoch = ANY(:known)"
)
_FRAME: Final = """substring(encode(value, 'escape') from '"create":"([^"]+)"')"""
_OF_ROOM_OR_CLASS: Final = "key IN ('settings', 'class')"
_BY_FRAME: Final = text(f"CREATE INDEX IF NOT EXISTS rooms_by_frame ON private (({_FRAME})) WHERE {_OF_ROOM_OR_CLASS}")
# One that stands still has been founded anew at a server alone, so there may be two; that is no reason not to start.
_PLAYABLE: Final = (
    f"FROM private JOIN rooms ON rooms.room = private.room WHERE {_OF_ROOM_OR_CLASS} AND state <> 'quarantined'"
)
_FOUNDED_BY: Final = text(f"SELECT private.room {_PLAYABLE} AND {_FRAME} = :frame ORDER BY number DESC LIMIT 1")
_ONE_FOUNDS: Final = text("SELECT pg_advisory_xact_lock(hashtext('makersphere founding'))")
_FOUNDED_BEFORE: Final = text(
    f"SELECT EXISTS (SELECT {_PLAYABLE} AND private.room <> ALL(:rooms) AND {_FRAME} IN"  # noqa: S608  (of ours)
    f" (SELECT {_FRAME} FROM private WHERE room = ANY(:rooms) AND {_OF_ROOM_OR_CLASS}))"
)
_OWNERS_OF: Final = text(
    "SELECT rooms.room, coalesce(server, ''), coalesce(address, ''), coalesce(until > now(), false) FROM rooms"
    " LEFT JOIN room_owners ON room_owners.room = rooms.room LEFT JOIN room_servers ON name = server"
    " WHERE rooms.room = ANY(:rooms)"
)


@attrs.frozen
class Server:
    """A server as the others know it.

    Attributes:
        name: no two that work at the same time have the same.
        address: where clients reach it.
        lease_s: for how many seconds after each renewal it is believed alive.
    """

    name: str
    address: str
    lease_s: float = LEASE_S


@attrs.frozen
class Owner:
    """Whose a room is.

    Attributes:
        server: the name, "" for nobody's.
        address: where clients reach it, "" where that is not known.
        is_alive: whether its lease runs: else anybody may take the room.
    """

    server: str
    address: str
    is_alive: bool


def lay_tables(conn: Connection) -> None:
    """Make what is not there yet of the tables of rooms that are shared."""
    _SHARED.create_all(conn)
    conn.execute(_BY_FRAME)


def enter(conn: Connection, server: Server, number: bytes) -> dict[str, int]:
    """Begin to work under a name; return the epochs of the rooms that were that name's, raised.

    A former process of the same name that is frozen somewhere owns none of them any more.
    """
    conn.execute(_ENTER, {**attrs.asdict(server), "number": number})
    return _epochs(conn.execute(_RAISE, {"name": server.name}))


def renew(conn: Connection, server: Server, number: bytes) -> bool:
    """Renew a lease; return whether it was still this process's."""
    return conn.execute(_RENEW, {**attrs.asdict(server), "number": number}).rowcount == 1


def leave(conn: Connection, server: Server, number: bytes) -> None:
    """End a lease: others may take the rooms at once."""
    conn.execute(_LEAVE, {"name": server.name, "number": number})


def count(conn: Connection) -> int:
    """Return how many rooms the servers have together."""
    return conn.scalar(select(func.count()).select_from(_OWNERS)) or 0


def lost(conn: Connection, name: str, known: Mapping[str, int]) -> list[str]:
    """Return the rooms of those known by their epochs that are a server's no more."""
    if conn.scalar(_AS_KNOWN, _summed(name, known)):
        return []
    held = _held_by(conn, name)
    return [room for room, epoch in known.items() if held.get(room) != epoch]


def _summed(name: str, known: Mapping[str, int]) -> dict[str, str | int]:
    return {"name": name, "rooms": len(known), "total": sum(known.values())}


def _held_by(conn: Connection, name: str) -> dict[str, int]:
    return _epochs(conn.execute(select(_OWNERS.c.room, _OWNERS.c.epoch).where(_OWNERS.c.server == name)))


def _epochs(found: Iterable[Row[Any]]) -> dict[str, int]:
    return {row.room: row.epoch for row in found}


def are_held(conn: Connection, epochs: Iterable[tuple[str, int]]) -> bool:
    """Return whether rooms have these epochs; if so, nobody takes one of them until the transaction ends."""
    asked = list(epochs)
    held = select(_OWNERS.c.room).where(tuple_(_OWNERS.c.room, _OWNERS.c.epoch).in_(asked)).with_for_update(read=True)
    return len(conn.execute(held).all()) == len(asked)


def note_founded(conn: Connection, rooms: Iterable[str], name: str) -> dict[str, int]:
    """Make a server the owner of rooms that are founded in the same transaction; return the epochs.

    Nobody else founds one until the transaction ends.
    """
    conn.execute(_ONE_FOUNDS)
    return {room: conn.execute(_FOUNDED, {"room": room, "name": name}).scalar_one() for room in rooms}


def are_founded_anew(conn: Connection, rooms: Iterable[str]) -> bool:
    """Return whether the create frame of one of these rooms has founded another, whosever it is, that can be played."""
    return bool(conn.scalar(_FOUNDED_BEFORE, {"rooms": [*rooms]}))


def take_over(conn: Connection, name: str, known: Mapping[str, int], *, from_dead: bool = True) -> dict[str, int]:
    """Become the owner of rooms that were handed over, and of all those of the dead and of nobody; return the epochs.

    Args:
        conn: in a transaction.
        name: the server's.
        known: the rooms that it knows as its own, with their epochs.
        from_dead: whether those of the dead and of nobody are taken at all.
    """
    if conn.scalar(_NOTHING_TO_TAKE, _summed(name, known)):
        return {}
    lock, lay, take_all = _TAKE_OVER
    conn.execute(lock)
    conn.execute(lay)
    return _epochs(conn.execute(take_all, {"name": name, "known": [*known.values()], "from_dead": from_dead}))


def hand_over(conn: Connection, server: Server, number: bytes, known: Mapping[str, int]) -> Server | None:
    """Make the server that has the fewest rooms, of all others that are alive, the owner of those with these epochs.

    Returns it, and who hands over is believed alive no more: nobody else that leaves hands it rooms. None: there is no
    other server, and they stay whose they are.
    """
    conn.execute(_ONE_LEAVES)
    found = conn.execute(_LEAST_BUSY, {"name": server.name}).one_or_none()
    if found is not None:
        conn.execute(_GIVE, {"to": found.name, "name": server.name, "known": [*known.values()]})
    if found is not None or not known:
        leave(conn, server, number)
    return None if found is None else Server(*found)


def founded_by(conn: Connection, frame: str) -> str:
    """Return the code of the room or class that a create frame has founded, whosever it is and if it can be played."""
    return conn.scalar(_FOUNDED_BY, {"frame": frame}) or ""


def owners_of(conn: Connection, rooms: Iterable[str]) -> dict[str, Owner]:
    """Return whose rooms are, of those that there are."""
    return {room: Owner(*owner) for room, *owner in conn.execute(_OWNERS_OF, {"rooms": [*rooms]})}

"""A store in a database that other servers share: it writes, and reads, the rooms that it owns, and no other.

All that a store promises holds for these rooms. A room is taken before it is used, and its head is read then. Each
transaction compares the epochs of all rooms that it writes and keeps them until it ends; where one is not ours any
more, that write is refused with `Elsewhere`, and the others go through. Whose a room is: `owners.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

import attrs
from sqlalchemy import Connection, text

from makersphere_server.storage.event_log import Elsewhere, Record, RoomRow, RoomTaken, StoreUnavailable
from makersphere_server.storage.heads import Head
from makersphere_server.storage.identity import OWNER, new_number, owner_of, set_owner
from makersphere_server.storage.place import Database
from makersphere_server.storage.reading import head_of, load_heads, private_values
from makersphere_server.storage.shared import owners
from makersphere_server.storage.shared.owners import Owner, Server
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Create, HeadMoved, Outcome, Plan, Write

__all__ = ["SharedStore"]

_TOGETHER: Final = b"several servers, "  # an owner's number that begins so is of all that work together
_ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('makersphere tables'))")


@lru_cache(maxsize=64)
def _move_sql(rooms: int) -> str:
    """Return the statement that moves the heads of so many rooms, if each has its epoch and the store its owner.

    It takes room, both `seq`, hash and epoch of each; then where the store's owner stands, and our number.
    """
    row = "(%s, CAST(%s AS BIGINT), CAST(%s AS BIGINT), %s, CAST(%s AS BIGINT))"
    return (
        "UPDATE rooms SET seq = moved.column3, hash = moved.column4"  # noqa: S608  (places of values)
        f" FROM (VALUES {', '.join([row] * rooms)}) AS moved"
        " WHERE rooms.room = moved.column1 AND rooms.seq = moved.column2"
        " AND EXISTS (SELECT FROM room_owners WHERE room_owners.room = moved.column1"
        " AND room_owners.epoch = moved.column5 FOR SHARE)"
        " AND (SELECT value FROM store WHERE name = %s FOR SHARE) = %s"
    )


@attrs.define(kw_only=True)
class _SharedPlan(Plan):
    """What one transaction will do.

    Attributes:
        server: our name.
        epochs: those of the rooms that we own.
        new_epochs: those of the rooms that the transaction founds.
    """

    server: str
    epochs: Mapping[str, int]
    new_epochs: dict[str, int] = attrs.field(factory=dict)
    _written: dict[str, None] = attrs.field(factory=dict)  # the rooms, in order

    def add(self, write: Write) -> None:
        """Plan a write, or note why it cannot be: a room that is not ours takes none."""
        if isinstance(write, Create):
            super().add(write)
            if self.outcomes[-1] == "":
                self.new_epochs[write.row.room] = 0  # drawn when it is stored
        elif write.room in self.epochs or write.room in self.new_epochs:
            super().add(write)
            self._written[write.room] = None
        else:
            self.outcomes.append(Elsewhere(write.room))

    def carry_out(self, conn: Connection) -> None:
        """Store everything, in the transaction that the connection is in, if all rooms are ours until it ends.

        Raises:
            HeadMoved: somebody else has moved one of the rooms, or owns it, or has founded one by the same frame.
            NotOurs: a server that works alone has taken over the store.
            sqlalchemy.exc.DBAPIError: the database refuses.
        """
        if self.new_epochs:
            self.new_epochs |= owners.note_founded(conn, self.new_epochs, self.server)
        asked = {room for room, *_ in self._moves()} | self.new_epochs.keys()
        rest = [(room, self.epochs[room]) for room in self._written if room not in asked]
        if rest and not owners.are_held(conn, rest):
            raise HeadMoved
        super().carry_out(conn)
        if self.new_epochs and owners.are_founded_anew(conn, self.new_epochs):
            raise HeadMoved

    def _moves(self) -> Sequence[tuple[Any, ...]]:
        return [(*move, self.new_epochs.get(move[0]) or self.epochs[move[0]]) for move in super()._moves()]

    def _move(self, conn: Connection, rooms: int, values: tuple[Any, ...]) -> int:
        return conn.exec_driver_sql(_move_sql(rooms), (*values, OWNER, self.owner)).rowcount


class SharedStore(Store):
    """The rooms of one server in a database that several share. Not for two threads."""

    def __init__(self, database: Database, server: Server) -> None:
        """Open or make the store, and work in it under a name.

        Raises:
            StoreUnavailable: the database cannot be opened, or another server has it alone, or has the name.
        """
        self._server = server
        self._process = new_number()
        self._epochs: dict[str, int] = {}  # of the rooms that are ours, as far as we know
        self._lost: list[str] = []  # rooms that others have taken, until it has been said
        super().__init__(database, server.name)

    def close(self) -> None:
        """Let go of everything; others may take the rooms at once."""
        with suppress(StoreUnavailable), self._asking("the rooms cannot be let go of") as conn:
            owners.leave(conn, self._server, self._process)
        super().close()

    def _connect(self) -> Connection:
        conn = super()._connect()
        for room in [room for room in self._head_file.known.rooms if room not in self._epochs]:
            self._head_file.forget(room)  # another server's, which may cut it, or erase it
        return conn

    def _lay_tables(self, conn: Connection) -> None:
        conn.execute(_ONE_AT_A_TIME)  # two servers that start at once
        super()._lay_tables(conn)
        owners.lay_tables(conn)

    def _own(self, conn: Connection) -> bytes:
        """Join those who share the store, at the first time; later see that it is still shared, and what is ours.

        Raises:
            TakenOver: a server that works alone has taken over the store, or another process our name.
        """
        if self._owner:
            self._must_own(conn)
            self._renew(conn)
            return self._owner
        self._epochs = owners.enter(conn, self._server, self._process)
        found = owner_of(conn)
        if found.startswith(_TOGETHER):
            return found
        number = _TOGETHER + new_number()
        set_owner(conn, number)
        return number

    def _must_own(self, conn: Connection, room: str = "") -> None:
        super()._must_own(conn)
        if room and not self._is_ours(conn, room):
            raise self._not_ours(conn, room)

    def _is_ours(self, conn: Connection, room: str) -> bool:
        """Return whether a room is ours; if so, until the transaction ends."""
        return room in self._epochs and owners.are_held(conn, [(room, self._epochs[room])])

    def _not_ours(self, conn: Connection, room: str) -> Elsewhere | KeyError:
        """Return what to say of a room that is not ours, of which nothing is known from now on."""
        self._lose(room)
        return Elsewhere(room) if head_of(conn, room) is not None else KeyError(room)

    def _lose(self, room: str) -> None:
        """Know a room no more: another server owns it."""
        if self._epochs.pop(room, None) is not None:
            self._lost.append(room)
        self._damaged.pop(room, None)
        self._head_file.forget(room)

    def _plan(self) -> Plan:
        return _SharedPlan(
            heads=self._heads,
            damaged=self._damaged,
            owner=self._owner,
            server=self._server.name,
            epochs=self._epochs,
        )

    def _stored(self, plan: Plan) -> None:
        super()._stored(plan)
        if isinstance(plan, _SharedPlan):
            self._epochs.update(plan.new_epochs)

    def commit(self, writes: Sequence[Write]) -> list[Outcome]:
        """Store the writes in one transaction, those of rooms that are not ours left out."""
        return [self._told(outcome) for outcome in super().commit(writes)]

    def _one_by_one(self, writes: Sequence[Write]) -> list[Outcome]:
        return [
            StoreUnavailable("another server founds a room by the same frame")
            if isinstance(outcome, RoomTaken) and isinstance(write, Create) and write.row.room not in self._heads
            else outcome
            for write, outcome in zip(writes, super()._one_by_one(writes), strict=True)
        ]

    def _told(self, outcome: Outcome) -> Outcome:
        """Return what is said of a write; where it was left out, there may be no such room at all."""
        if not isinstance(outcome, Elsewhere):
            return outcome
        with suppress(StoreUnavailable):
            if not self.owners([outcome.room]):
                return KeyError(outcome.room)
        return outcome

    # -- whose rooms are

    def renew(self) -> tuple[list[str], int]:
        """Renew the lease; return the rooms that others have taken since the last time, and how many all have.

        Raises:
            TakenOver: a server that works alone has taken over the store, or another process our name.
            StoreUnavailable: the database is away.
        """
        with self._asking("the lease cannot be renewed") as conn:
            self._must_own(conn)
            self._renew(conn)
            in_all = owners.count(conn)
        lost, self._lost = [room for room in self._lost if room not in self._epochs], []
        return lost, in_all

    def _renew(self, conn: Connection) -> None:
        if not owners.renew(conn, self._server, self._process):
            raise self._taken_over()
        for room in owners.lost(conn, self._server.name, self._epochs):
            self._lose(room)

    def take_over(self, *, from_dead: bool = True) -> list[str]:
        """Become the owner of rooms that were handed to us and, with `from_dead`, of all that a living server has not.

        All at once: what belongs together, as a class and its tables, stays together. Returns the rooms.

        Raises:
            StoreUnavailable: the database is away.
        """
        with self._asking("no rooms can be taken over") as conn:
            self._must_own(conn)
            epochs = owners.take_over(conn, self._server.name, self._epochs, from_dead=from_dead)
            heads = load_heads(conn) if epochs else {}
        for room, epoch in epochs.items():
            self._gain(room, epoch, heads[room])
        return [*epochs]

    def _gain(self, room: str, epoch: int, head: Head) -> None:
        self._epochs[room], self._heads[room] = epoch, head
        self._damaged.pop(room, None)
        self._head_file.write({room: head})

    def hand_over(self) -> Server | None:
        """Make another server that is alive the owner of all our rooms, to leave in good order; return it.

        All at once: what belongs together stays together, and who gets them takes them over then. None: no other
        server is alive, and they stay ours. Nobody hands us theirs afterwards.

        Raises:
            StoreUnavailable: they are ours still, or the database is away.
        """
        with self._asking("the rooms cannot be handed over") as conn:
            self._must_own(conn)
            to = owners.hand_over(conn, self._server, self._process, self._epochs)
        if to is not None:
            for room in [*self._epochs]:
                self._lose(room)
            self._lost.clear()  # it is no news
        return to

    def founded_by(self, frame: str) -> str:
        """Return the code of the room or class that the create frame of a digest has founded, whosever it is; or "".

        Raises:
            StoreUnavailable: the database is away.
        """
        with self._asking("the founders of rooms cannot be read") as conn:
            return owners.founded_by(conn, frame)

    def owners(self, rooms: Iterable[str]) -> dict[str, Owner]:
        """Return whose rooms are, of those that there are.

        Raises:
            StoreUnavailable: the database is away.
        """
        with self._asking("the owners of rooms cannot be read") as conn:
            return owners.owners_of(conn, rooms)

    def erase(self, room: str) -> None:
        """Take a room that is ours out of the store for good.

        Raises:
            Elsewhere: it is not ours.
        """
        super().erase(room)
        self._epochs.pop(room, None)

    # -- reading

    def rooms(self) -> list[RoomRow]:
        """Return the rooms that are ours, in order of founding; damaged ones are quarantined."""
        return [row for row in super().rooms() if row.room in self._epochs]

    def head(self, room: str) -> Head:
        """Return the head of a room that is ours.

        Raises:
            Elsewhere: it is not ours.
        """
        if room in self._epochs:
            return super().head(room)
        with self._asking(f"room {room} cannot be read") as conn:
            raise self._not_ours(conn, room)

    def _read(self, room: str, after_seq: int, limit: int) -> Sequence[Record]:
        if room in self._epochs:
            return super()._read(room, after_seq, limit)
        with self._asking(f"room {room} cannot be read") as conn:
            raise self._not_ours(conn, room)  # its owner may append while it is read

    def _privates(self, room: str) -> dict[str, bytes]:
        """Return a room's overlay values, of a room that is not ours too: they are read in one statement."""
        if room in self._epochs:
            return super()._privates(room)
        with self._asking(f"the values of room {room} cannot be read") as conn:
            if head_of(conn, room) is None:
                raise KeyError(room)
            return private_values(conn, room)

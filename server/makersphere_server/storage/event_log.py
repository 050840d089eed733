"""The port between a room and its store: what is durable, and in which order.

Answers where a room's records live and what its last one is. One accepted command is one record with its
events and its answer, so half a command cannot be stored. `append` returns when the records are on disk:
only then may anything be told. Never decides, never looks into a record.

`SqliteLog` (`sqlite_log.py`) is the real one; `MemoryLog` keeps the same promises without a disk, for
tests, and fails when told to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol

import attrs

from makersphere_server.storage.chain import Damaged, founding_hash, link
from makersphere_server.storage.record import Record, RoomRow, encode_record

__all__ = [
    "NO_PRIVATE",
    "SOON_MS",
    "Damaged",
    "DuplicateId",
    "EventLog",
    "MemoryLog",
    "Private",
    "Record",
    "RoomRow",
    "RoomTaken",
    "SeqConflict",
    "StoreUnavailable",
    "check_numbering",
]

Private = Mapping[str, bytes | None]
NO_PRIVATE: Final[Private] = MappingProxyType({})
SOON_MS: Final = 8  # that a write may wait for others, so that they are stored together


class StoreUnavailable(Exception):
    """The store cannot take anything now (disk full, database away); try again.

    Nothing has changed. Only where a disk has failed in the middle of a commit and does not come back may
    the records be there after all; the next append then meets `SeqConflict`, and the room is read again.
    """


class SeqConflict(Exception):
    """The room's log is not where the writer thought: somebody else writes this room, or a bug."""

    def __init__(self, room: str, expected: int, found: int) -> None:
        """Keep what was expected and what was found."""
        super().__init__(f"room {room}: expected seq {expected}, the log is at {found}")
        self.room = room
        self.expected = expected
        self.found = found


class DuplicateId(Exception):
    """A token's command id stands in the room's log already; a bug of the writer, who must look first."""


class RoomTaken(Exception):
    """There is a room of that code already."""


class EventLog(Protocol):
    """Where rooms keep what was accepted. Every method but `create` raises KeyError for an unknown room."""

    async def create(self, room: RoomRow, private: Private = NO_PRIVATE) -> None:
        """Found a room with its first overlay values in one transaction, durably: half a room cannot be.

        Raises:
            RoomTaken: the code is in use.
            StoreUnavailable: nothing changed.
        """
        ...

    async def turn(self, within_ms: int = SOON_MS) -> None:
        """Return when an append would be stored next, not wait for another write: the time to decide what goes in.

        Args:
            within_ms: how long it may wait for others who are about to write, where nothing is under way.
        """
        ...

    async def append(
        self, room: str, expected_seq: int, records: Sequence[Record], private: Private = NO_PRIVATE
    ) -> str:
        """Add records and overlay values in one transaction, durably, and return the new chain hash (hex).

        Args:
            room: the room's code.
            expected_seq: the last `seq` that the writer knows; the records go on from it without a gap.
            records: what was accepted; may be empty.
            private: overlay values as in `put_private`.

        Raises:
            SeqConflict: the log is elsewhere.
            DuplicateId: a command id is there already.
            StoreUnavailable: nothing changed.
            Damaged: the room stands still until it is reopened.
        """
        ...

    async def read(self, room: str, after_seq: int = 0) -> list[Record]:
        """Return the records after a `seq`, their chain checked up to the head.

        Raises:
            Damaged: the log is not what was acknowledged.
        """
        ...

    async def rooms(self) -> list[RoomRow]:
        """Return all rooms, oldest first; damaged ones are `quarantined` with their reason."""
        ...

    async def set_state(self, room: str, state: str, reason: str = "") -> None:
        """Set a room's state (open, over, closed, quarantined) and why, durably."""
        ...

    async def reopen(self, room: str) -> RoomRow:
        """Let a damaged room go on from the history that is left, under a higher epoch; return its row."""
        ...

    async def erase(self, room: str) -> None:
        """Take a room out of the store for good, its bytes on the disk too.

        Raises:
            StoreUnavailable: it is still there.
        """
        ...

    async def put_private(self, room: str, values: Private) -> None:
        """Set overlay values (hashed tokens, names, remaining time), durably; None deletes for good.

        They stand outside log and hash, so that they can be erased.
        """
        ...

    async def privates(self, room: str) -> dict[str, bytes]:
        """Return the overlay values."""
        ...

    async def head(self, room: str) -> tuple[int, str]:
        """Return the last `seq` and the chain hash (hex) there."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the store."""
        ...


def check_numbering(expected_seq: int, records: Sequence[Record]) -> None:
    """Check that records go on from a `seq` without a gap.

    Raises:
        ValueError: they don't; a bug of the writer.
    """
    for seq, record in enumerate(records, expected_seq + 1):
        if record.seq != seq:
            raise ValueError(f"record {record.seq} where {seq} belongs")


@attrs.define
class _Kept:
    """A room in memory."""

    row: RoomRow
    hash: bytes
    records: list[Record] = attrs.field(factory=list)
    private: dict[str, bytes] = attrs.field(factory=dict)
    ids: set[tuple[str, str]] = attrs.field(factory=set)
    damage: Damaged | None = None


class MemoryLog:
    """An event log without a disk, for tests: the same promises until the process ends.

    Attributes:
        before_commit: awaited with the room's code before each write takes effect; for tests that look
            at what is told while a write is under way.
        commits: how many writes have taken effect.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.before_commit: Callable[[str], Awaitable[None]] | None = None
        self.commits = 0
        self._rooms: dict[str, _Kept] = {}
        self._failures = 0

    def fail_next(self, n: int = 1) -> None:
        """Let the next `n` writes raise `StoreUnavailable`."""
        self._failures = n

    def damage(self, room: str, seq: int, reason: str) -> None:
        """Let a room be found damaged until it is reopened."""
        self._rooms[room].damage = Damaged(room, seq, reason)

    async def _commit(self, room: str) -> None:
        if self.before_commit is not None:
            await self.before_commit(room)
        if self._failures:
            self._failures -= 1
            raise StoreUnavailable("the test said so")
        self.commits += 1

    def _sound(self, room: str) -> _Kept:
        kept = self._rooms[room]
        if kept.damage is not None:
            raise kept.damage
        return kept

    async def create(self, room: RoomRow, private: Private = NO_PRIVATE) -> None:
        """Found a room with its first overlay values."""
        if room.room in self._rooms:
            raise RoomTaken(room.room)
        await self._commit(room.room)
        kept = self._rooms[room.room] = _Kept(room, founding_hash(room))
        _overlay(kept.private, private)

    async def turn(self, within_ms: int = SOON_MS) -> None:
        """Return at once: here no write waits for another."""

    async def append(
        self, room: str, expected_seq: int, records: Sequence[Record], private: Private = NO_PRIVATE
    ) -> str:
        """Add records and overlay values together."""
        check_numbering(expected_seq, records)
        kept = self._sound(room)
        await self._commit(room)
        if len(kept.records) != expected_seq:
            raise SeqConflict(room, expected_seq, len(kept.records))
        ids = [(record.token, record.command_id) for record in records if record.command_id]
        if len({*ids}) < len(ids) or not kept.ids.isdisjoint(ids):
            raise DuplicateId(room)
        kept.ids.update(ids)
        for record in records:
            kept.hash = link(kept.hash, encode_record(record))
        kept.records += records
        _overlay(kept.private, private)
        return kept.hash.hex()

    async def read(self, room: str, after_seq: int = 0) -> list[Record]:
        """Return the records after a `seq`."""
        return self._sound(room).records[after_seq:]

    async def rooms(self) -> list[RoomRow]:
        """Return all rooms, oldest first."""
        return [
            attrs.evolve(kept.row, state="quarantined", reason=kept.damage.reason) if kept.damage else kept.row
            for kept in self._rooms.values()
        ]

    async def set_state(self, room: str, state: str, reason: str = "") -> None:
        """Set a room's state and why."""
        kept = self._rooms[room]
        await self._commit(room)
        kept.row = attrs.evolve(kept.row, state=state, reason=reason)

    async def reopen(self, room: str) -> RoomRow:
        """Let a damaged room go on under a higher epoch."""
        kept = self._rooms[room]
        await self._commit(room)
        kept.damage = None
        kept.row = attrs.evolve(kept.row, epoch=kept.row.epoch + 1, state="open", reason="")
        return kept.row

    async def erase(self, room: str) -> None:
        """Take a room out for good."""
        if room not in self._rooms:
            raise KeyError(room)
        await self._commit(room)
        del self._rooms[room]

    async def put_private(self, room: str, values: Private) -> None:
        """Set overlay values; None deletes."""
        kept = self._rooms[room]
        await self._commit(room)
        _overlay(kept.private, values)

    async def privates(self, room: str) -> dict[str, bytes]:
        """Return the overlay values."""
        return dict(self._rooms[room].private)

    async def head(self, room: str) -> tuple[int, str]:
        """Return the last `seq` and the chain hash there."""
        kept = self._rooms[room]
        return len(kept.records), kept.hash.hex()

    async def close(self) -> None:
        """Keep everything: a test may open another server on the same log."""


def _overlay(kept: dict[str, bytes], values: Private) -> None:
    for key, value in values.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = value

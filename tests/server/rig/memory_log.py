"""An event log without a disk: it keeps the promises of `EventLog` until the process ends, and fails when told to."""

from collections.abc import Awaitable, Callable, Sequence

import attrs

from makersphere_server.storage.chain import Damaged, founding_hash, link
from makersphere_server.storage.event_log import (
    NO_PRIVATE,
    SOON_MS,
    DuplicateId,
    Private,
    RoomTaken,
    SeqConflict,
    StoreUnavailable,
    check_numbering,
)
from makersphere_server.storage.record import Record, RoomRow, encode_record

__all__ = ["MemoryLog"]


@attrs.define
class _Kept:
    """A room in memory."""

    row: RoomRow
    hash: bytes
    records: list[Record] = attrs.field(factory=list)
    private: dict[str, bytes] = attrs.field(factory=dict)
    ids: set[tuple[str, str]] = attrs.field(factory=set)
    damage: Damaged | None = None
    has_doubtful_values: bool = False


class MemoryLog:
    """An event log without a disk.

    Attributes:
        before_commit: awaited with the room's code before each write takes effect; for tests that look
            at what is told while a write is under way.
        commits: how many writes have taken effect.
        wiped: how often what was erased was to be wiped.
        wipes_fail: how often that is to be refused from now on.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.before_commit: Callable[[str], Awaitable[None]] | None = None
        self.commits = 0
        self._rooms: dict[str, _Kept] = {}
        self._failures = 0
        self.wiped = self.wipes_fail = 0

    def fail_next(self, n: int = 1) -> None:
        """Let the next `n` writes raise `StoreUnavailable`."""
        self._failures = n

    def damage(self, room: str, seq: int, reason: str, *, values: bool = False) -> None:
        """Let a room be found damaged until it is reopened: its log, and where it is said its overlay values."""
        self._rooms[room].damage = Damaged(room, seq, reason)
        self._rooms[room].has_doubtful_values = values

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

    async def next_group(self, within_ms: int = SOON_MS) -> None:
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

    async def wipe(self) -> None:
        """Do nothing: there is no disk."""
        self.wiped += 1
        if self.wipes_fail:
            self.wipes_fail -= 1
            raise StoreUnavailable("the test said so")

    async def privates(self, room: str) -> dict[str, bytes]:
        """Return the overlay values."""
        kept = self._rooms[room]
        return dict((self._sound(room) if kept.has_doubtful_values else kept).private)

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

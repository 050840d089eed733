"""The port between a room and its store: what is durable, and in which order.

Answers where a room's records live and which of them is the last. One accepted command is one record with its events
and its answer, so half a command cannot be stored. `append` returns when the records are on disk: only then may
anything be told. Never decides, never looks into a record. `SqliteLog` (`sqlite_log.py`) keeps these promises on a
disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol

from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.record import Record, RoomRow

__all__ = [
    "NO_PRIVATE",
    "SOON_MS",
    "Damaged",
    "DatabaseRefused",
    "DuplicateId",
    "Elsewhere",
    "EventLog",
    "Private",
    "Record",
    "RoomRow",
    "RoomTaken",
    "SeqConflict",
    "StoreUnavailable",
    "TakenOver",
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


class TakenOver(StoreUnavailable):
    """Another process has become the owner of the store: this one writes nothing any more, and should be stopped."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("another server has taken over the rooms: stop this one")


class Elsewhere(StoreUnavailable):
    """A room is another server's, or nobody's yet: nothing of it is read or written here.

    Attributes:
        room: its code.
    """

    def __init__(self, room: str) -> None:
        """Say so."""
        super().__init__(f"room {room} is not this server's")
        self.room = room


class DatabaseRefused(StoreUnavailable):
    """A PostgreSQL that rooms cannot be kept in, or that another server works in.

    Attributes:
        text: in_use, name_in_use, old, standby, read_only, encoding, others or format: the end of the key of people's
            sentence.
        values: what fills it, besides the database.
    """

    def __init__(self, text: str, **values: int | str) -> None:
        """Keep what to say."""
        said = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"the database is {text}" + (f": {said}" if said else ""))
        self.text = text
        self.values = values


class SeqConflict(Exception):
    """The room's log is not where the writer thought: somebody else writes this room, or a bug."""

    def __init__(self, room: str, expected: int, found: int) -> None:
        """Keep what was expected and what was found."""
        super().__init__(f"room {room}: expected seq {expected}, the log is at {found}")
        self.room = room
        self.expected = expected
        self.found = found


class DuplicateId(Exception):
    """A person's command id stands in the room's log already; a bug of the writer, who must look first."""


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

    async def next_group(self, within_ms: int = SOON_MS) -> None:
        """Return when the next group of writes begins: what is appended then is stored at once, so decide it then.

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
        """Take a room out of the store for good; what the files may still have of it goes with the next `wipe`.

        Raises:
            StoreUnavailable: it is still there.
        """
        ...

    async def put_private(self, room: str, values: Private) -> None:
        """Set overlay values (hashed tokens, names, remaining time), durably; None deletes for good.

        They stand outside log and hash, so that they can be erased.
        """
        ...

    async def wipe(self) -> None:
        """Leave nothing on the disk of overlay values that were deleted or replaced until now.

        Raises:
            StoreUnavailable: something of them may still be there.
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

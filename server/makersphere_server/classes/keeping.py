"""One class with its store: what is kept of it in memory, and how that becomes durable.

Answers what a command was answered before, by its sender and id. Where the store takes nothing, memory is made again
from it, so that nothing is told that is not on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from makersphere_protocol.errors import Refused
from makersphere_server.classes.book import ClassBook
from makersphere_server.clock import Clock
from makersphere_server.room.model.inbox import Sent
from makersphere_server.storage.event_log import EventLog, Record, StoreUnavailable

__all__ = ["Keeping"]

_log = structlog.get_logger("makersphere.classes")


class Keeping:
    """What is kept of one class.

    Attributes:
        book: the class in memory.
        seq: how many commands of it are stored.
    """

    def __init__(self, book: ClassBook, records: Iterable[Record], log: EventLog, clock: Clock) -> None:
        """Begin as it is stored."""
        self.book = book
        self._log, self._clock = log, clock
        self._answers = {(record.token, record.command_id): (record.command, record.answer) for record in records}
        self.seq = len(self._answers)  # each record is a command of its own
        self._one_at_a_time = asyncio.Lock()  # what is read again is never older than what has just been written

    def given(self, sent: Sent) -> tuple[bytes, bytes] | None:
        """Return what came under a command's id before, and its answer; None: nothing did."""
        return self._answers.get((sent.author, sent.id))

    async def keep(self, sent: Sent, command: bytes, answer: bytes) -> None:
        """Store a command with its answer and all that it has changed, durably.

        Args:
            sent: the command.
            command: it with its arguments as the log may keep them.
            answer: what is answered whenever it comes again.

        Raises:
            Refused: the store takes nothing now; nothing has changed.
        """
        record = Record(
            seq=self.seq + 1,
            season=0,
            phase="",
            actor=0,
            by="host",
            token=sent.author,
            command_id=sent.id,
            command=command,
            events=b"[]",
            answer=answer,
            at_ms=self._clock.wall_ms(),
        )
        async with self._one_at_a_time:
            try:
                await self._log.append(self.book.code, self.seq, [record], self.book.take_unsaved())
            except StoreUnavailable as error:
                await self._read_again(error)
            self.seq += 1
        self._answers[sent.author, sent.id] = (command, answer)

    async def store(self) -> None:
        """Store what has changed, durably.

        Raises:
            Refused: the store takes nothing now; nothing has changed.
        """
        async with self._one_at_a_time:
            unsaved = self.book.take_unsaved()
            if unsaved:
                try:
                    await self._log.put_private(self.book.code, unsaved)
                except StoreUnavailable as error:
                    await self._read_again(error)

    async def _read_again(self, error: StoreUnavailable) -> None:
        """Make the class again from the store, if that can be read, and say that nothing has changed."""
        _log.warning("class_not_stored", room=self.book.code, reason=str(error))
        try:
            self.book = ClassBook.stored(self.book.code, await self._log.privates(self.book.code))
        except StoreUnavailable as second:  # the next one that comes tries again
            _log.warning("class_not_read", room=self.book.code, reason=str(second))
        raise Refused("unavailable") from error

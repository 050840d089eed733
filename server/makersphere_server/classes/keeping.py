"""One class with its store: what is kept of it in memory, and how that becomes durable.

Answers what a command was answered before, by its sender and id. Where the store takes nothing, memory is made again
from it, so that nothing is told that is not on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import structlog

from makersphere_protocol.errors import Refused
from makersphere_server.classes.book import ClassBook
from makersphere_server.clock import Clock
from makersphere_server.room.model.inbox import Sent
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import EventLog, Record, SeqConflict, StoreUnavailable

__all__ = ["Keeping"]

_log = structlog.get_logger("makersphere.classes")


class Keeping:
    """What is kept of one class.

    Attributes:
        book: the class in memory; another one once the store has refused something.
        seq: how many commands of it are stored.
    """

    def __init__(self, book: ClassBook, records: Iterable[Record], log: EventLog, clock: Clock) -> None:
        """Begin as it is stored."""
        self._log, self._clock = log, clock
        self._one_at_a_time = asyncio.Lock()  # what is read again is never older than what has just been written
        self._must_read = False
        self._begin(book, records)

    def _begin(self, book: ClassBook, records: Iterable[Record]) -> None:
        self.book = book
        self._answers = {(record.token, record.command_id): (record.command, record.answer) for record in records}
        self.seq = len(self._answers)  # each record is a command of its own

    @property
    def is_sound(self) -> bool:
        """Return whether what is in memory is what is stored, but for what is about to be."""
        return not self._must_read

    def given(self, sent: Sent) -> tuple[bytes, bytes] | None:
        """Return what came under a command's id before, and its answer; None: nothing did."""
        return self._answers.get((sent.author, sent.id))

    async def keep(self, book: ClassBook, sent: Sent, command: bytes, answer: bytes) -> None:
        """Store a command with its answer and all that it has changed, durably.

        Args:
            book: which the command has changed.
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
        async with self._writing(book):
            await self._log.append(book.code, self.seq, [record], book.take_unsaved())
            self.seq += 1
            self._answers[sent.author, sent.id] = (command, answer)

    async def store(self, book: ClassBook) -> None:
        """Store what has changed in a book, durably.

        Raises:
            Refused: the store takes nothing now; nothing has changed, but for what `writes_stored` of the book tells.
        """
        async with self._writing(book):
            unsaved = book.take_unsaved()
            if unsaved:
                await self._log.put_private(book.code, unsaved)

    @asynccontextmanager
    async def _writing(self, book: ClassBook) -> AsyncIterator[None]:
        """Have one write at a time, and none of a book that has been thrown away meanwhile."""
        async with self._one_at_a_time:
            if self._must_read:
                await self._read_again()
            if self.book is not book:
                raise Refused("unavailable")
            try:
                yield
            except (StoreUnavailable, SeqConflict) as error:
                _log.warning("class_not_stored", room=book.code, reason=str(error))
                self._must_read = True
                await self._read_again()
                raise Refused("unavailable") from error
            book.writes_stored = book.writes

    async def _read_again(self) -> None:
        """Make the class again from the store; where that cannot be read, the next one that comes tries again."""
        code = self.book.code
        try:
            self._begin(ClassBook.stored(code, await self._log.privates(code)), await self._log.read(code))
        except (StoreUnavailable, Damaged, KeyError) as error:  # KeyError: the class has no secrets in the store
            _log.warning("class_not_read", room=code, reason=str(error))
            raise Refused("unavailable") from error
        self._must_read = False

"""The durable event log: one writer thread, and one commit for whatever has been gathered for it.

A commit costs a disk's sync whatever it holds, so appends of all rooms that wait at that moment share one
(group commit; DeWitt et al. 1984, "Implementation Techniques for Main Memory Database Systems", section 4).
One group is under way at a time: what comes meanwhile is gathered for the next, and `next_group` tells rooms when that
begins, so that they decide as much as they can for it. Where many people send a little each, a group waits a moment
for more of them (as PostgreSQL does with `commit_delay` and `commit_siblings`); a person who sends alone, or as
fast as the answers come, never waits. The event loop never touches the disk: it hands over and is called back once per
group. What is stored and how, and what happens when a disk fails, is `store.py`.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, Self, TypeVar

import attrs
import structlog

from makersphere_server.storage.event_log import (
    NO_PRIVATE,
    SOON_MS,
    Private,
    Record,
    RoomRow,
    StoreUnavailable,
    check_numbering,
)
from makersphere_server.storage.place import Place
from makersphere_server.storage.salvage import Mended
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Append, Create, PutPrivate, SetState, Write

__all__ = ["SqliteLog"]

MOST_PER_GROUP: Final = 512
_CROWD: Final = 8  # different senders of late, one after the other: more is about to come
_LATELY_S: Final = 0.1
_SMALL: Final = 4  # records: where a group of the last `_SOME` is larger, those who send do so when they are answered
_SOME: Final = 4
READ_STRETCH: Final = 1000  # records read at a time, so that a long history never holds up a commit for long

T = TypeVar("T")
_log = structlog.get_logger(__name__)


@attrs.frozen(eq=False)
class _Job:
    """Something for the writer thread: a write for the next group, a question to the store, or None: the end."""

    what: Write | Callable[[Store], Any] | None
    done: asyncio.Future[Any]


class SqliteLog:
    """An `EventLog` in a data folder or a PostgreSQL. Made by `open`, in the event loop that will use it.

    Attributes:
        mended: what was done about a database file that was found damaged, or None.
        parted: how many rooms stand still because the head file that belongs to them was not in the folder.
    """

    mended: Mended | None = None
    parted: int = 0

    def __init__(self, place: Place) -> None:
        """Prepare; nothing is opened yet."""
        self._loop = asyncio.get_running_loop()
        self._groups: queue.SimpleQueue[Sequence[_Job]] = queue.SimpleQueue()
        self._gathered: list[_Job] = []
        self._is_due = False  # what is gathered goes to the thread at the end of this turn of the loop
        self._is_busy = False  # the thread has a group
        self._waiting: list[asyncio.Future[None]] = []  # for the next group to begin
        self._gathering: asyncio.TimerHandle | None = None  # begins it
        self._senders: deque[tuple[str, float]] = deque(maxlen=_CROWD)  # of the last records: tokens, and when
        self._sizes: deque[int] = deque(maxlen=_SOME)  # of the last groups, in records
        self._closed = False
        self._open = partial(Store, place)
        self._thread = threading.Thread(target=self._batch, name="event-log", daemon=True)

    @classmethod
    async def open(cls, place: Place) -> Self:
        """Open the log of a data folder or a database, make it if need be, and lock it while it is open.

        Raises:
            FolderInUse: another server works here.
            StoreUnavailable: the folder or the database cannot be opened.
        """
        log = cls(place)
        await log._begin_work()
        return log

    async def _begin_work(self) -> None:
        opened = self._ask(lambda store: (store.mended, store.parted))
        self._thread.start()
        self.mended, self.parted = await opened

    # -- the port

    async def create(self, room: RoomRow, private: Private = NO_PRIVATE) -> None:
        """Found a room with its first overlay values, durably."""
        await self._hand_over(Create(room, private))

    async def next_group(self, within_ms: int = SOON_MS) -> None:
        """Return when the next group begins: at once, after the one that is under way, or when more have come."""
        if not self._is_busy:
            if self._gathering is None and not self._is_crowded():
                return
            self._gather(within_ms)
        begun = self._loop.create_future()
        self._waiting.append(begun)
        await begun

    async def append(
        self, room: str, expected_seq: int, records: Sequence[Record], private: Private = NO_PRIVATE
    ) -> str:
        """Add records and overlay values in one transaction, durably; return the new chain hash (hex)."""
        check_numbering(expected_seq, records)
        chain: str = await self._hand_over(Append(room, expected_seq, records, private))
        return chain

    async def read(self, room: str, after_seq: int = 0) -> list[Record]:
        """Return the records after a `seq`, their chain checked up to the head."""
        records: list[Record] = []
        while True:
            stretch = await self._ask(partial(Store.read, room=room, after_seq=after_seq, limit=READ_STRETCH))
            after_seq += len(stretch)
            records += stretch
            if len(stretch) < READ_STRETCH:
                return records

    async def rooms(self) -> list[RoomRow]:
        """Return all rooms, oldest first; damaged ones are quarantined with their reason."""
        return await self._ask(lambda store: store.rooms())

    async def set_state(self, room: str, state: str, reason: str = "") -> None:
        """Set a room's state and why, durably."""
        await self._hand_over(SetState(room, state, reason))

    async def reopen(self, room: str) -> RoomRow:
        """Let a damaged room go on from the history that is left, under a higher epoch."""
        return await self._ask(lambda store: store.reopen(room))

    async def erase(self, room: str) -> None:
        """Take a room out of the store for good, its bytes on the disk too."""
        await self._ask(lambda store: store.erase(room))

    async def put_private(self, room: str, values: Private) -> None:
        """Set overlay values, durably; None deletes for good."""
        await self._hand_over(PutPrivate(room, values))

    async def wipe(self) -> None:
        """Leave nothing on the disk of overlay values that were deleted or replaced until now."""
        await self._ask(lambda store: store.wipe())

    async def privates(self, room: str) -> dict[str, bytes]:
        """Return the overlay values."""
        return await self._ask(lambda store: store.privates(room))

    async def head(self, room: str) -> tuple[int, str]:
        """Return the last `seq` and the chain hash (hex) there."""
        head = await self._ask(lambda store: store.head(room))
        return head.seq, head.hash.hex()

    async def close(self) -> None:
        """Commit what waits and let go of the folder. A second time does nothing."""
        if not self._closed:
            closing = self._hand_over(None)
            self._closed = True
            await closing

    # -- to the thread

    def _hand_over(self, what: Write | Callable[[Store], Any] | None) -> asyncio.Future[Any]:
        if self._closed:
            raise StoreUnavailable("the log is closed")
        done = self._loop.create_future()
        self._gathered.append(_Job(what, done))
        self._make_due()
        return done

    def _is_crowded(self) -> bool:
        """Return whether a moment's wait would bring more for the same group."""
        senders, now = self._senders, self._loop.time()
        is_stream = len(senders) == _CROWD and now - senders[0][1] < _LATELY_S
        return is_stream and max(self._sizes) <= _SMALL and len({token for token, _ in senders}) == _CROWD

    def _gather(self, within_ms: int) -> None:
        """Begin the next group in a moment, or sooner where somebody cannot wait so long."""
        begins = self._loop.time() + min(within_ms, SOON_MS) / 1000
        if self._gathering is not None:
            if self._gathering.when() <= begins:
                return
            self._gathering.cancel()
        self._gathering = self._loop.call_at(begins, self._begin)

    def _begin(self) -> None:
        """Let the rooms that wait decide for the next group."""
        self._gathering = None
        if not self._is_busy:  # else it begins when that group has been answered
            waiting, self._waiting = self._waiting, []
            for begun in waiting:
                if not begun.done():
                    begun.set_result(None)

    def _make_due(self) -> None:
        if not self._is_due and not self._is_busy:
            self._is_due = True
            self._loop.call_soon(self._send)

    def _send(self) -> None:
        """Give the thread what has been gathered in this turn of the loop."""
        self._is_due, self._is_busy = False, True
        group = self._gathered[:MOST_PER_GROUP]
        del self._gathered[:MOST_PER_GROUP]
        self._remember_senders(group)
        self._groups.put(group)

    def _remember_senders(self, group: Sequence[_Job]) -> None:
        """Remember who has sent the records of a group, and how many there were."""
        now = self._loop.time()
        tokens = [record.token for job in group if isinstance(job.what, Append) for record in job.what.records]
        if not tokens:
            return
        self._sizes.append(len(tokens))
        self._senders.extend((token, now) for token in tokens[-_CROWD:])

    async def _ask(self, question: Callable[[Store], T]) -> T:
        answer: T = await self._hand_over(question)
        return answer

    # -- in the thread

    def _batch(self) -> None:
        try:
            store = self._open()
        except Exception as error:  # noqa: BLE001  (whoever opens the log hears of it)
            self._answer([(job, None, error) for job in self._groups.get()])
            return
        last = None
        while last is None:
            group = self._groups.get()
            last = next((job for job in group if job.what is None), None)
            self._serve(store, group)
        store.close()
        self._answer([(last, None, None)])

    def _serve(self, store: Store, group: Sequence[_Job]) -> None:
        writes = [job for job in group if isinstance(job.what, Write)]
        questions = [(job, job.what) for job in group if callable(job.what)]
        if writes:
            self._answer(_commit(store, writes), is_all=not questions)
        for number, (job, question) in enumerate(questions, 1):
            self._answer([_question(store, job, question)], is_all=number == len(questions))
        store.tidy()

    def _answer(self, answers: Sequence[_Answer], *, is_all: bool = True) -> None:
        try:
            self._loop.call_soon_threadsafe(self._resolve, answers, is_all)
        except RuntimeError:  # the loop is gone, and with it all who waited
            _log.warning("answers_unheard", count=len(answers))

    # -- in the loop again

    def _resolve(self, answers: Sequence[_Answer], is_all: bool) -> None:  # noqa: FBT001  (by position: a callback)
        for job, value, error in answers:
            if not job.done.done():  # else the asker has been cancelled
                if error is None:
                    job.done.set_result(value)
                else:
                    job.done.set_exception(error)
        if is_all:
            self._is_busy = False
            if self._gathering is None:
                self._begin()
            if self._gathered:
                self._make_due()  # after those who have waited, so that what they bring is in the same group


_Answer = tuple[_Job, Any, Exception | None]


def _commit(store: Store, jobs: Sequence[_Job]) -> list[_Answer]:
    try:
        outcomes = store.commit([job.what for job in jobs if isinstance(job.what, Write)])
    except Exception as error:  # noqa: BLE001  (the boundary between rooms: said loudly, then passed on)
        _log.exception("commit_failed")  # a bug: the rooms stop, the thread goes on for the others
        return [(job, None, error) for job in jobs]
    return [
        (job, None, outcome) if isinstance(outcome, Exception) else (job, outcome, None)
        for job, outcome in zip(jobs, outcomes, strict=True)
    ]


def _question(store: Store, job: _Job, question: Callable[[Store], Any]) -> _Answer:
    try:
        return job, question(store), None
    except Exception as error:  # noqa: BLE001  (it is the asker's)
        return job, None, error

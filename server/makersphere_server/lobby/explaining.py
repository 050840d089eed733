"""Has it told why each game that ended went as it did, in the background, moment by moment as they are made.

Looks at the open rooms once a second. One game is explained at a time, and for so long at most as the settings say: the
smallest of those that wait first, but the one that has waited longest is overtaken by one alone before its turn. While
a game is played anywhere one process works beside it, else two. A room whose dice another room still plays with is left
alone. What goes wrong here is logged and told, and touches no room. Never waits in the way of a room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
import structlog

from makersphere_server.clock import Clock
from makersphere_server.room.model.explaining import Explains
from makersphere_server.room.model.why import FAILED, MAKING, WAITING, WHOLE
from makersphere_server.room.room import Room
from makersphere_server.room.why_desk import WhyDesk
from makersphere_server.storage.event_log import Damaged, EventLog, Record, RoomRow, StoreUnavailable

__all__ = ["Explaining"]

_LOOK_MS: Final = 1_000
_AT_ONCE: Final = 2  # processes while nothing is played
_AGAIN_MS: Final = 60_000  # until a room is tried again whose log could not be read

_log = structlog.get_logger("makersphere.explaining")


@attrs.define(eq=False)
class _Job:
    """A game that is being explained.

    Attributes:
        until_ms: when it has taken too long.
        of: how many moments there are; None: nobody knows yet.
        left: their numbers that nobody works at, in order of time, as they are shown.
        told: how many have been made.
    """

    room: Room
    row: RoomRow
    records: Sequence[Record] = attrs.field(repr=False)
    until_ms: int
    of: int | None = None
    left: list[int] = attrs.field(factory=list)
    told: int = 0
    workers: list[asyncio.Task[None]] = attrs.field(factory=list)

    @property
    def desk(self) -> WhyDesk | None:
        """Return where its moments are handed in, as long as they are wanted there."""
        desk = self.room.why
        return desk if desk is not None and desk.is_wanted else None

    @property
    def is_whole(self) -> bool:
        """Return whether every moment has been made."""
        return self.of is not None and self.told >= self.of

    def begin(self, of: int) -> None:
        """Learn how many moments there are; those that the room has already are not made again."""
        desk = self.desk
        if self.of is not None or desk is None:
            return
        told = desk.told if desk.of == of else frozenset()
        self.of, self.told = of, len(told)
        self.left = [number for number in range(1, of + 1) if number not in told]
        desk.say(MAKING, of)

    def tell(self, number: int, moment: Mapping[str, Any]) -> None:
        """Hand in a moment under the number that was asked for, whatever came."""
        numbered = {**moment, "number": number}
        self.told += 1
        if (desk := self.desk) is not None:
            desk.say(MAKING, moment=numbered)

    def say(self, status: str) -> None:
        """Hand in how it ended."""
        if (desk := self.desk) is not None:
            desk.say(status, self.of or 0)


class Explaining:
    """Explains the games of a server that have ended."""

    def __init__(self, log: EventLog, clock: Clock, explains: Explains, most_s: int) -> None:
        """Prepare; `start` begins.

        Args:
            log: where the rooms' records are.
            clock: what time it is.
            explains: makes the moments.
            most_s: seconds that one game may take.
        """
        self._log = log
        self._clock = clock
        self._explains = explains
        self._most_ms = most_s * 1000
        self._rooms: list[Room] = []
        self._job: _Job | None = None
        self._last: Room | None = None  # told to its end, which its room may not have heard yet
        self._waiting: dict[Room, None] = {}  # those that have waited longest first
        self._was_overtaken = False  # the one that has waited longest, by the one that began last
        self._unread: dict[Room, int] = {}  # whose log could not be read, and when to try again
        self._beginning: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._is_on = False

    def see(self, room: Room) -> None:
        """Look at a room from now on, until it stops."""
        self._rooms.append(room)

    def start(self) -> None:
        """Look now and every second."""
        self._is_on = True
        self._look_again()

    async def stop(self) -> None:
        """End all that is under way; when it returns, no process is left."""
        self._is_on = False
        self._give_up()
        beginning = [self._beginning] if self._beginning is not None else []
        for task in beginning:
            task.cancel()
        await asyncio.gather(*beginning, *self._ending, return_exceptions=True)

    def _look_again(self) -> None:
        if self._is_on:
            self._look()
            self._clock.call_later(_LOOK_MS, self._look_again)

    def _look(self) -> None:
        """Go on with the job as things stand, or begin the next one."""
        self._rooms = [room for room in self._rooms if room.why is not None]
        for room, desk in self._desks():
            if desk.is_new:
                desk.say(WAITING)
                self._last = None if room is self._last else self._last  # it has ended once more
        wanted = dict.fromkeys(room for room, desk in self._desks() if desk.is_wanted)
        self._waiting = {room: None for room in self._waiting if room in wanted} | wanted
        if self._job is not None:
            self._go_on(self._job)
        if self._job is None and self._beginning is None and not self._ending:
            self._begin_next()

    def _desks(self) -> Iterator[tuple[Room, WhyDesk]]:
        for room in self._rooms:
            if (desk := room.why) is not None:
                yield room, desk

    # -- one job

    def _begin_next(self) -> None:
        now = self._clock.now_ms()
        self._unread = {room: until for room, until in self._unread.items() if until > now and room in self._rooms}
        kept_back = {self._last, *self._unread}
        desks = dict(self._desks())
        waiting = [(room, desks[room]) for room in self._waiting if room not in kept_back]
        if waiting:
            longest, smallest = waiting[0], min(waiting, key=lambda each: each[1].size)
            room, desk = longest if self._was_overtaken else smallest
            self._was_overtaken = room is not longest[0]
            del self._waiting[room]  # if it waits once more it is the last
            self._beginning = asyncio.create_task(self._begin(room, desk), name=f"explain {room.code}")
            self._beginning.add_done_callback(self._begun)

    def _begun(self, task: asyncio.Task[None]) -> None:
        self._beginning = None
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.warning("not_explained", reason=str(error), exc_info=error)

    async def _begin(self, room: Room, desk: WhyDesk) -> None:
        seq = desk.seq
        try:
            records = await self._log.read(room.code)
        except (StoreUnavailable, Damaged, KeyError) as error:
            self._unread[room] = self._clock.now_ms() + _AGAIN_MS
            _log.warning("not_explained", room=room.code, reason=str(error))
            return
        if len(records) >= seq:  # else its end is not stored yet
            job = _Job(room, desk.row, records, self._clock.now_ms() + self._most_ms)
            self._job = job
            self._go_on(job)

    def _go_on(self, job: _Job) -> None:
        """End a job, or have as many work at it as may now."""
        if job.is_whole:
            self._end(job, WHOLE)
        elif job.desk is None:
            self._give_up()
        elif self._clock.now_ms() >= job.until_ms:
            self._fail(job, f"it took more than {self._most_ms // 1000} s")
        else:
            self._staff(job)

    def _staff(self, job: _Job) -> None:
        may_work = 1 if any(desk.is_played for _, desk in self._desks()) else _AT_ONCE
        for worker in job.workers[may_work:]:
            worker.cancel()
        free = len(job.left) if job.of is not None else _AT_ONCE
        for _ in range(min(may_work - len(job.workers), free)):
            worker = asyncio.create_task(self._work(job), name=f"explain {job.room.code}")
            job.workers.append(worker)
            self._ending.add(worker)
            worker.add_done_callback(lambda worker: self._worked(job, worker))

    async def _work(self, job: _Job) -> None:
        async with self._explains(job.row, job.records) as explainer:
            job.begin(explainer.of)
            while job.left:
                number = job.left.pop(0)
                try:
                    moment = await explainer.moment(number)
                except BaseException:
                    job.left.insert(0, number)
                    raise
                job.tell(number, moment)

    def _worked(self, job: _Job, worker: asyncio.Task[None]) -> None:
        """Go on when somebody has done what there was to do."""
        job.workers.remove(worker)
        self._ending.discard(worker)
        error = None if worker.cancelled() else worker.exception()
        if job is self._job and error is not None:
            self._fail(job, str(error), error)
        elif self._is_on:
            self._look()

    def _fail(self, job: _Job, reason: str, error: BaseException | None = None) -> None:
        _log.warning("not_explained", room=job.room.code, reason=reason, told=job.told, exc_info=error)
        self._end(job, FAILED)

    def _end(self, job: _Job, status: str) -> None:
        self._last = job.room
        job.say(status)
        self._give_up()

    def _give_up(self) -> None:
        """Have nobody work any more."""
        job, self._job = self._job, None
        for worker in job.workers if job is not None else ():
            worker.cancel()

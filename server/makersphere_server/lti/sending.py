"""Sends grades to platforms: what a teacher has said is sent until the platform has taken or refused it.

What waits is stored first, so a restart loses nothing; what comes twice changes nothing, since it is the same score of
the same time. Each outcome is kept for the teacher: sent, refused and why, or to be tried again. The game waits for
none of it. Source: 1EdTech, "LTI Assignment and Grade Services 2.0".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import attrs
import structlog

from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.lti.kept import Activity, Kept, Person, Sent, all_kept, sent_of
from makersphere_server.lti.scores import Score, Scores
from makersphere_server.lti.wrong import Wrong
from makersphere_server.storage.event_log import Damaged, EventLog, StoreUnavailable

__all__ = ["Sending"]

_AGAIN_MS: Final = (5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000)  # after each failure
_AT_ONCE: Final = 4
_STORE_AGAIN_MS: Final = 5_000

_log = structlog.get_logger("makersphere.lti")


@attrs.frozen
class _Due:
    """A grade that is to be sent: of which room, and of whom there."""

    room: str
    person: Person


class Sending:
    """Sends what waits, for as long as `start` and `stop` say."""

    def __init__(
        self, log: EventLog, clock: Clock, scores: Scores, find: Callable[[str], Awaitable[Activity | None]]
    ) -> None:
        """Prepare.

        Args:
            log: where it stands what waits.
            clock: when to try again.
            scores: takes one score to its platform.
            find: returns an activity by its id, as it is kept now.
        """
        self._log, self._clock, self._scores, self._find = log, clock, scores, find
        self._due: asyncio.Queue[_Due] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._threads = ThreadPoolExecutor(_AT_ONCE, "grades")  # of its own: a platform that hangs holds up no download

    async def start(self) -> None:
        """Begin with what waited when the server stopped."""
        for room, kept in (await all_kept(self._log)).items():
            for person, sent in kept.sent.items():
                if sent.status == "waiting":
                    self._due.put_nowait(_Due(room, person))
        self._tasks = [asyncio.create_task(self._run(), name=f"grades {number}") for number in range(_AT_ONCE)]

    async def stop(self) -> None:
        """Send nothing more; what waits is stored."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def put(self, room: str, grades: Mapping[Person, Sent]) -> None:
        """Have grades of a room sent; returns when they are stored.

        Raises:
            StoreUnavailable: nothing is sent.
            KeyError: the room is gone.
        """
        await self._log.put_private(room, sent_of(grades))
        for person in grades:
            self._due.put_nowait(_Due(room, person))

    async def _run(self) -> None:
        while True:
            due = await self._due.get()
            try:
                await self._send(due)
            except (StoreUnavailable, Damaged) as error:
                _log.warning("grade_waits", room=due.room, reason=str(error))
                self._later(due, _STORE_AGAIN_MS)
            except KeyError:
                continue  # the room was erased as a whole
            except Exception as error:  # noqa: BLE001  (the task's boundary: this one waits for the next start)
                _log.error("grade_failed", room=due.room, exc_info=error)

    async def _send(self, due: _Due) -> None:
        """Send what waits, if it still does, and keep how that went."""
        kept = await Kept.of(self._log, due.room)
        sent, platform = kept.sent.get(due.person), kept.people.get(due.person)
        if sent is None or sent.status != "waiting":
            return
        if platform is None:  # they were erased
            seat, member = due.person
            await self._log.put_private(due.room, dict.fromkeys(sent_of({(seat, member): sent})))
            return
        activity = await self._find(platform.activity)
        score = Score(platform.person, sent.points, sent.most, sent.at_ms)
        now = await self._tried(sent, activity, score)
        metrics.GRADES.labels(now.status).inc()
        _log.info("grade", room=due.room, how=now.status, reason=now.text)
        await self._keep(due, sent, now)

    async def _tried(self, sent: Sent, activity: Activity | None, score: Score) -> Sent:
        """Send a score; return how it stands with it now."""
        if activity is None:
            return _not_taken(sent, Wrong("no_activity"))
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._scores.post, activity, score)
        except Wrong as wrong:
            return _not_taken(sent, wrong)
        except Exception as error:  # noqa: BLE001  (the boundary of one grade: it is said loudly, the others go out)
            _log.error("grade_failed", exc_info=error)
            return _not_taken(sent, Wrong("failed", may_pass=True))
        return attrs.evolve(sent, status="sent", text="", values={})

    async def _keep(self, due: _Due, before: Sent, now: Sent) -> None:
        """Keep how it went, unless the teacher has said something else meanwhile."""
        if (await Kept.of(self._log, due.room)).sent.get(due.person) == before:
            await self._log.put_private(due.room, sent_of({due.person: now}))
            if due.person not in (await Kept.of(self._log, due.room)).people:  # they were erased meanwhile
                await self._log.put_private(due.room, dict.fromkeys(sent_of({due.person: now})))
                return
        if now.status == "waiting":
            self._later(due, _AGAIN_MS[now.tries - 1])

    def _later(self, due: _Due, delay_ms: int) -> None:
        self._clock.call_later(delay_ms, partial(self._due.put_nowait, due))


def _not_taken(sent: Sent, wrong: Wrong) -> Sent:
    is_last = not wrong.may_pass or sent.tries == len(_AGAIN_MS)
    return attrs.evolve(
        sent,
        status="refused" if is_last else "waiting",
        tries=sent.tries + 1,
        text=wrong.text,
        values=wrong.values,
    )

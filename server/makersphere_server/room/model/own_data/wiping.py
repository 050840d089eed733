"""That nothing of what was erased is left in the files, also where the server was killed between.

A room or a class says in its private values, with the very write that erases, that its files are to be wiped; it says
so no more once they have been. Where that fails (somebody reads the files for long, the database is away), it is tried
again every second.

To wipe is to write the values of all rooms anew, and meanwhile no room can store anything. So one wipe serves all who
wait for it, and after one that took long, or was tried for long, the store rests for as long again, many times over:
nobody can hold up everybody else by erasing again and again.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary

import attrs
import structlog

from makersphere_server.clock import Clock, pass_ms
from makersphere_server.storage.event_log import Damaged, EventLog, StoreUnavailable, TakenOver

__all__ = ["WIPING_KEY", "wiped"]

WIPING_KEY: Final = "wiping"  # of private values
_AGAIN_MS: Final = 1_000
_RESTS: Final = 10  # times as long as the last wipe took
_PATIENCE_MS: Final = 2_000  # a longer rest is not waited for: the room plays on, and its files are wiped after it

_log = structlog.get_logger("makersphere.store")
_trying: set[asyncio.Task[None]] = set()


@attrs.define(eq=False)
class _Wipes:
    """The wipes of one store: who waits for the next one, and until when there is none."""

    waiting: set[str] = attrs.field(factory=set)
    rests_until_ms: int = 0
    is_called: bool = False
    lock: asyncio.Lock = attrs.field(factory=asyncio.Lock)

    def rest_after(self, took_ms: int, clock: Clock) -> None:
        """Rest many times as long as the last wipe took, also where it came to nothing."""
        self.rests_until_ms = clock.now_ms() + _RESTS * took_ms


_wipes: Final[WeakKeyDictionary[EventLog, _Wipes]] = WeakKeyDictionary()


async def wiped(log: EventLog, room: str, clock: Clock) -> None:
    """Have nothing of what a room or a class has erased be left in the files: now, or as soon as that can be."""
    wipes = _wipes.setdefault(log, _Wipes())
    wipes.waiting.add(room)
    async with wipes.lock:
        if room in wipes.waiting:  # else it was served with another one
            await _wipe(log, wipes, clock)


async def _wipe(log: EventLog, wipes: _Wipes, clock: Clock) -> None:
    rest_ms = wipes.rests_until_ms - clock.now_ms()
    if rest_ms > _PATIENCE_MS:
        _call(log, wipes, clock, rest_ms)
        return
    if rest_ms > 0:
        await pass_ms(clock, rest_ms)
    rooms, wipes.waiting = wipes.waiting, set()
    began_ms = clock.now_ms()
    try:
        await log.wipe()
        wipes.rest_after(clock.now_ms() - began_ms, clock)
        for room in sorted(rooms):
            await _say_so(log, room, wipes)
    except TakenOver:
        return  # the files are another server's
    except BaseException as error:
        wipes.waiting |= rooms
        wipes.rest_after(clock.now_ms() - began_ms, clock)
        _call(log, wipes, clock, _AGAIN_MS)
        if isinstance(error, StoreUnavailable):
            _log.warning("erased_not_wiped", rooms=sorted(rooms), reason=str(error))
        elif isinstance(error, Exception):  # nobody's command is to blame: said loudly, and tried again
            _log.error("erased_not_wiped", rooms=sorted(rooms), exc_info=error)
        else:
            raise


async def _say_so(log: EventLog, room: str, wipes: _Wipes) -> None:
    """Have a room say no more that its files are to be wiped, unless it has erased something else meanwhile."""
    if room not in wipes.waiting:
        try:
            await log.put_private(room, {WIPING_KEY: None})
        except (KeyError, Damaged):
            return  # it has been erased as a whole, or stands still: the next server wipes


def _call(log: EventLog, wipes: _Wipes, clock: Clock, delay_ms: int) -> None:
    if not wipes.is_called:
        wipes.is_called = True
        clock.call_later(delay_ms, partial(_try, log, wipes, clock))


def _try(log: EventLog, wipes: _Wipes, clock: Clock) -> None:
    wipes.is_called = False
    task = asyncio.get_running_loop().create_task(_wipe_for_all(log, wipes, clock))
    _trying.add(task)
    task.add_done_callback(_trying.discard)


async def _wipe_for_all(log: EventLog, wipes: _Wipes, clock: Clock) -> None:
    async with wipes.lock:
        if wipes.waiting:
            await _wipe(log, wipes, clock)

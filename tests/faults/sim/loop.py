"""An event loop that touches nothing outside: no selector, no clock of its own, one step when it is told to.

It is asyncio's own base loop with three things replaced: what time it is, which of the steps that are ready comes
next, and where listening leads. Callbacks keep the order that asyncio promises them (a transport's `connection_made`
comes before its first bytes); steps of tasks may overtake, as the seed says. A loop that nobody steps any more is a
process that was killed: nothing of it runs again, no `finally` either.
"""

from __future__ import annotations

import asyncio
import contextvars
import heapq
from asyncio import base_events
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from tests.faults.sim.tape import Strip

__all__ = ["Listener", "SimLoop"]

_FAR = 4_000_000_000  # steps: never


class Listener(Protocol):
    """What stands where a listening socket would."""

    def listen(self, factory: Callable[[], asyncio.BaseProtocol], host: str, port: int) -> Any:  # noqa: ANN401
        """Return what asyncio would: a server."""
        ...


class SimLoop(base_events.BaseEventLoop):
    """The event loop of one simulated process.

    Attributes:
        steps: how many it has made.
        trouble: what asyncio itself complained of: a task that died, a callback that raised.
        tasks: all tasks it was given, so that none is collected before the run has ended.
    """

    _ready: deque[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]
    _timer_cancelled_count: int

    def __init__(self, time_s: Callable[[], float], order: Strip, once_in: int, listener: Listener) -> None:
        """Begin with nothing to do.

        Args:
            time_s: what time it is.
            order: from which it is drawn who overtakes.
            once_in: after so many steps on average somebody does; 0: never.
            listener: the network.
        """
        super().__init__()
        self._now_s = time_s
        self._order = order
        self._once_in = once_in
        self._listener = listener
        self.steps = 0
        self.trouble: list[str] = []
        self.tasks: list[asyncio.Task[Any]] = []
        self._overtakes_at = self._next_overtaking()
        self.set_exception_handler(self._complain)

    # -- what asyncio asks

    def time(self) -> float:
        """Return the simulated time in seconds."""
        return self._now_s()

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Call soon: there is one thread."""
        return self.call_soon(callback, *args, context=context)

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task[Any]:  # noqa: ANN401
        """Make a task and remember it."""
        task: asyncio.Task[Any] = super().create_task(coro, **options)
        self.tasks.append(task)
        return task

    async def create_server(  # type: ignore[override]
        self, protocol_factory: Callable[[], asyncio.BaseProtocol], host: str = "", port: int = 0, **_: object
    ) -> Any:  # noqa: ANN401
        """Listen in the simulated network."""
        return self._listener.listen(protocol_factory, host, port)

    def _write_to_self(self) -> None:
        """Wake nobody: nobody sleeps."""

    def _complain(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.trouble.append(f"{context.get('message')}: {error!r}" if error else str(context.get("message")))

    # -- what the world asks

    def next_at(self) -> float | None:
        """Return when there is something to do, in seconds; None: only if something comes from outside."""
        if self._ready:
            return self._now_s()
        while self._scheduled and self._scheduled[0]._cancelled:
            heapq.heappop(self._scheduled)
            self._timer_cancelled_count = max(0, self._timer_cancelled_count - 1)
        return self._scheduled[0].when() if self._scheduled else None

    @property
    def has_work(self) -> bool:
        """Return whether something is ready."""
        return bool(self._ready)

    def step(self) -> bool:
        """Carry out one thing that is ready; return whether there was one."""
        now = self._now_s()
        while self._scheduled and self._scheduled[0].when() <= now:
            timer = heapq.heappop(self._scheduled)
            if not timer._cancelled:
                self._ready.append(timer)
        while self._ready:
            handle = self._next()
            if not handle._cancelled:
                self.steps += 1
                handle._run()
                return True
        return False

    def _next(self) -> asyncio.Handle:
        ready = self._ready
        if self.steps < self._overtakes_at or len(ready) < 2:
            return ready.popleft()
        self._overtakes_at = self._next_overtaking()
        at = self._order.below(len(ready))
        if at and _is_task_step(ready[at]):
            handle = ready[at]
            del ready[at]
            return handle
        if _is_task_step(ready[0]):
            ready.append(ready.popleft())
        return ready.popleft()

    def _next_overtaking(self) -> int:
        if not self._once_in:
            return _FAR
        gap = self._order.below(2 * self._once_in)
        return self.steps + gap if gap else self.steps + 2 * self._once_in


def _is_task_step(handle: asyncio.Handle) -> bool:
    return isinstance(getattr(getattr(handle, "_callback", None), "__self__", None), asyncio.Task)

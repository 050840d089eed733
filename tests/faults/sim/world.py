"""The world of one seed: its time, its one server process, the network and the disk below it.

Time goes on when nothing is ready, and a little with each step of the server, so that whatever comes from outside, a
crash too, may fall between any two steps. The machine's own time, chance and threads are replaced where the server
asks for them: the clock's `time`, the codes' `secrets`, the log's thread. Everything else is the product as it is.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
import itertools
import logging
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import attrs
import structlog

from makersphere_bots.catalogue import policy
from makersphere_bots.stand_ins import StandIns
from makersphere_protocol import schema
from makersphere_protocol.errors import ProtocolError
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_server import app
from makersphere_server.edge import static_files
from makersphere_server.edge.ws import Socket
from makersphere_server.settings import Settings
from tests.faults.sim.disk import Disk, SimLog
from tests.faults.sim.loop import SimLoop
from tests.faults.sim.network import Network
from tests.faults.sim.rare import LOGGED
from tests.faults.sim.tape import Tape

__all__ = ["SECOND", "Process", "World"]

SECOND: Final = 1_000_000
_STEP_US: Final = 15
_STOP_COMMITS: Final = 3  # that a stop waits for: one under way, what gathered meanwhile, how time stands
_WALL_MS: Final = 1_700_000_000_000
_LIMITS: Final = {
    "commands_per_s": 6,
    "command_burst": 12,
    "flood": 25,
    "stall_s": 3.0,
    "backlog_bytes": 65_536,
    "idle_s": 20.0,
}
_PAGES: Final = lru_cache(static_files.load)  # packed once, not at each start of a server
_SCHEMA: Final = lru_cache(schema.frames)  # likewise
_DECKS: Final = lru_cache(printed_decks.printed)
_LOUD: Final = ("error", "critical", "exception")
_EXPECTED: Final = frozenset({"store_refused"})  # said loudly, and what the disk's faults are for


@attrs.define(eq=False)
class Process:
    """One life of the server.

    Attributes:
        stopping: set when it is told to stop.
        main: its first task.
        frozen_until_us: until when it stands still.
        stop_began_us: when it was told to stop; 0: not yet.
    """

    loop: SimLoop
    stopping: asyncio.Future[None]
    main: asyncio.Task[None] | None = None
    server: app.Running | None = None
    frozen_until_us: int = 0
    stop_began_us: int = 0


class World:
    """Everything around and in one server.

    Attributes:
        now_us: simulated microseconds since the beginning.
        process: the server, if one runs.
        problems: what is wrong, in sentences.
        met: how often each rare state was met.
        trace: everything that was told and logged, with its moment.
    """

    def __init__(self, tape: Tape, folder: Path, seed: int) -> None:
        """Begin without a server."""
        self.tape = tape
        self.seed = seed
        self.now_us = 0
        self.wall_off_ms = 0
        self.problems: list[str] = []
        self.met: Counter[str] = Counter()
        self.trace: list[str] = []
        self._calls: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._lives: list[Process] = []
        self.process: Process | None = None
        self.network = Network(tape.strip_of("network"), self.later, lambda: self.now_us)
        self.disk = Disk(folder / "data-0", tape.strip_of("disk"), self.meet)
        self.disk.folder.mkdir(parents=True)
        self.overtakes = 0
        self.is_over = False  # a server that stops stays down
        self._replace_the_machine()

    # -- noting

    def meet(self, state: str) -> None:
        """Note that a rare state was met."""
        self.met[state] += 1

    def problem(self, sentence: str) -> None:
        """Note what is wrong, once."""
        if sentence not in self.problems:
            self.problems.append(sentence)

    # -- time

    def later(self, delay_us: int, call: Callable[[], None]) -> None:
        """Call when so much time has gone by."""
        heapq.heappush(self._calls, (self.now_us + delay_us, next(self._numbers), call))

    def run_until(self, is_done: Callable[[], bool], at_most_us: int) -> bool:
        """Let the world go on until something holds; return False where that took too long."""
        ends = self.now_us + at_most_us
        while not is_done():
            if self.now_us > ends or not self._go_on():
                return False
        return True

    def _go_on(self) -> bool:
        """Do the next thing; return whether there was one."""
        if self._calls and self._calls[0][0] <= self.now_us:
            heapq.heappop(self._calls)[2]()
            return True
        process = self.process
        if process is not None and process.frozen_until_us <= self.now_us and process.loop.step():
            self.now_us += _STEP_US
            if process.main is not None and process.main.done():
                self._ended(process)
            return True
        next_us = [self._calls[0][0]] if self._calls else []
        if process is not None:
            at_s = process.loop.next_at()
            if at_s is not None:
                next_us.append(max(int(at_s * SECOND) + 1, process.frozen_until_us))
        if not next_us:
            return False
        self.now_us = max(self.now_us, min(next_us))
        return True

    # -- the server

    def start(self) -> None:
        """Start a server on the folder as it is."""
        if self.overtakes:
            self.meet("steps of tasks overtook each other")
        loop = SimLoop(lambda: self.now_us / SECOND, self.tape.strip_of("order"), self.overtakes, self.network)
        asyncio._set_running_loop(loop)
        process = self.process = Process(loop, loop.create_future())
        self._lives.append(process)
        self.network.loop = loop
        SimLog.disk = self.disk
        SimLog.schedule = self._while_alive(process)
        process.main = loop.create_task(self._serve(process))

    def _while_alive(self, process: Process) -> Callable[[int, Callable[[], None]], None]:
        def schedule(delay_us: int, call: Callable[[], None]) -> None:
            self.later(delay_us, lambda: call() if self.process is process else None)

        return schedule

    async def _serve(self, process: Process) -> None:
        bots = StandIns(lambda _: policy("random"))
        settings = Settings(host="192.0.2.254", port=80, data=self.disk.folder, **_LIMITS)  # type: ignore[arg-type]
        async with app.running(settings, bots) as process.server:
            self.trace.append(f"{self.now_us} up")
            await process.stopping

    def _ended(self, process: Process) -> None:
        """Take note that the server has ended by itself or as it was told."""
        self.process = None
        self.network.died()
        assert process.main is not None
        error = process.main.exception()
        if process.server is None and isinstance(error, app.CannotStart):  # told to stop meanwhile or not
            self.meet("could not start")
        elif error is not None or not process.stop_began_us:
            self.problem(f"the server ended: {error!r}")
        else:
            took_us = self.now_us - max(process.stop_began_us, process.frozen_until_us)
            if took_us > 5 * SECOND + _STOP_COMMITS * self.disk.slowest_us:
                self.problem(f"the server took {took_us / SECOND:.1f} s to stop")
            for task in process.loop.tasks:
                if not task.done():
                    self.problem(f"a task outlived the stop: {_name(task)}")
        if not self.is_over:
            self.later(2 * SECOND, self.start_again)
        self._look_at(process)
        self.disk.close()
        self.trace.append(f"{self.now_us} down")

    def start_again(self) -> None:
        """Start, if nothing runs."""
        if self.process is None:
            self.start()

    def has_room(self, room: str) -> bool:
        """Return whether a server is up that has a room in memory."""
        server = self.process.server if self.process is not None else None
        return server is not None and room in server.lobby.open_rooms._rooms

    def stop(self) -> None:
        """Tell the server to stop, as SIGTERM does."""
        process = self.process
        if process is not None and not process.stop_began_us:
            process.stop_began_us = self.now_us
            self.disk.slowest_us = self.disk.slow_us
            process.loop.call_soon(process.stopping.set_result, None)

    def crash(self, *, head_lags: bool = False, head_torn: bool = False) -> None:
        """Kill the server between two steps, and leave its files as they are."""
        process = self.process
        if process is not None:
            self.process = None
            self._look_at(process)
            self.network.died()
            self.disk.crash(head_lags=head_lags, head_torn=head_torn)
            self.trace.append(f"{self.now_us} killed")

    def put_back(self) -> None:
        """Kill the server, and have the next one find the folder as it was when it was copied last."""
        self.crash()
        self.disk.put_back()
        self.trace.append(f"{self.now_us} put back")

    def _look_at(self, process: Process) -> None:
        for complaint in process.loop.trouble:
            self.problem(f"asyncio complained: {complaint}")
        for task in process.loop.tasks:
            error = task.exception() if task.done() and not task.cancelled() and task is not process.main else None
            if error is not None and not isinstance(error, ProtocolError):  # that is the answer to whoever asked
                self.problem(f"a task died: {_name(task)}: {error!r}")

    # -- the machine

    def _replace_the_machine(self) -> None:
        drawn, count = random.Random(f"{self.seed} secrets"), itertools.count(1)
        random.seed(self.seed)  # pings of the library
        fake_time = SimpleNamespace(
            monotonic_ns=lambda: self.now_us * 1_000,
            monotonic=lambda: self.now_us / SECOND,
            perf_counter=lambda: self.now_us / SECOND,
            time_ns=lambda: (_WALL_MS + self.wall_off_ms) * 1_000_000 + self.now_us * 1_000,
        )
        fake_secrets = SimpleNamespace(
            choice=drawn.choice,
            randbelow=drawn.randrange,
            randbits=drawn.getrandbits,
            token_bytes=drawn.randbytes,
            token_hex=lambda size: drawn.randbytes(size).hex(),
            token_urlsafe=lambda size: drawn.randbytes(size).hex(),
        )
        for name, module in sorted(sys.modules.items()):
            if name.startswith("makersphere_server."):
                for what, fake in (("time", fake_time), ("secrets", fake_secrets)):
                    if hasattr(module, what) and not callable(getattr(module, what)):
                        setattr(module, what, fake)
        static_files.load, schema.frames, printed_decks.printed = _PAGES, _SCHEMA, _DECKS
        app.SqliteLog = SimLog  # type: ignore[attr-defined]

        def serial(self: Socket) -> int:
            return int(self.__dict__.setdefault("_serial", next(count)))

        Socket.__hash__ = serial  # type: ignore[method-assign,assignment]  # a set's order is no part of an hour
        structlog.configure(
            processors=[self._logged], wrapper_class=structlog.make_filtering_bound_logger(logging.INFO)
        )

    def _logged(self, _: object, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        name = str(event.get("event"))
        self.trace.append(f"{self.now_us} log {name}")
        if name in LOGGED:
            self.meet(LOGGED[name])
        if method in _LOUD and name not in _EXPECTED:
            error = event.get("exc_info")
            self.problem(
                f"the server said {name}: {error if isinstance(error, BaseException) else event.get('reason')!r}"
            )
        raise structlog.DropEvent

    def close(self) -> None:
        """Take down what is left of all lives, unheard: a coroutine that is thrown away runs its `finally` still."""
        heard, sys.unraisablehook = sys.unraisablehook, lambda _: None
        logging.disable(logging.CRITICAL)
        self.disk.close()
        for process in self._lives:
            asyncio._set_running_loop(process.loop)
            process.loop.set_exception_handler(lambda *_: None)
            for task in process.loop.tasks:
                task._log_destroy_pending = False  # type: ignore[attr-defined]
            process.loop.tasks.clear()
            process.loop.close()
        self._lives.clear()
        self._calls.clear()
        self.process = self.network.loop = None
        gc.collect()
        asyncio._set_running_loop(None)
        logging.disable(logging.NOTSET)
        sys.unraisablehook = heard


def _name(task: asyncio.Task[Any]) -> str:
    return getattr(task.get_coro(), "__qualname__", task.get_name())

"""The server under trial: a process of its own that is started, stopped, killed and frozen.

Answers how it ended and what it has logged. Knows the server by its settings and its port alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import attrs

from tests.loopback import free_port

__all__ = ["ROOT", "Server", "serving"]

_PATIENCE_S = 60
ROOT = Path(__file__).parents[3]


@attrs.define
class Server:
    """A server on a port that stays the same over restarts.

    Attributes:
        folder: its data.
        log: the file that all it says goes to.
        up: set while it can be reached.
        ended: exit codes of those that ended by themselves or by SIGTERM.
    """

    folder: Path
    log: Path
    build: str
    port: int
    settings: dict[str, object]
    _launcher: asyncio.subprocess.Process
    pid: int = 0
    up: asyncio.Event = attrs.field(factory=asyncio.Event)
    ended: list[int] = attrs.field(factory=list)
    starts: int = 0

    @property
    def url(self) -> str:
        """Return where its socket is."""
        return f"ws://127.0.0.1:{self.port}/ws"

    async def start(self, **settings: object) -> None:
        """Start it and return when it can be reached."""
        # a room that pauses by itself when its people drop would be no load any more: dropping is what is tried
        own = {"host": "127.0.0.1", "port": self.port, "data": str(self.folder), "drop_share": 0}
        if "server_name" in self.settings:
            own["server_address"] = self.url
        given = {**own, **self.settings, **settings}
        order = {"settings": given, "log": str(self.log), "build": self.build}
        assert self._launcher.stdin is not None
        self._launcher.stdin.write(json.dumps(order).encode() + b"\n")
        self.pid = int((await self._line("pid"))[0])
        await self._line("ready")
        self.starts += 1
        self.up.set()

    def use(self, launcher: asyncio.subprocess.Process) -> None:
        """Be started by another launcher from now on, which may be of another version; for a server that is down."""
        self._launcher = launcher

    async def kill(self) -> None:
        """Send SIGKILL and return when it is gone."""
        self.up.clear()
        os.kill(self.pid, signal.SIGKILL)
        await self._line("gone")
        self.pid = 0

    async def stop(self) -> float:
        """Send SIGTERM and return after how many seconds it was gone."""
        self.up.clear()
        began = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        self.ended.append(int((await self._line("gone"))[0]))
        self.pid = 0
        return time.monotonic() - began

    def send(self, number: signal.Signals) -> None:
        """Send it any other signal."""
        os.kill(self.pid, number)

    def limit_files(self, size: int | None) -> None:
        """Let its files grow no further than `size` bytes; None: without bounds."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size or resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    @property
    def is_running(self) -> bool:
        """Return whether the process is there."""
        return self.pid != 0 and Path(f"/proc/{self.pid}").exists() and "Z" not in self._status("State")

    @property
    def is_traced(self) -> bool:
        """Return whether a tracer has each of its threads."""
        told = [file.read_text("utf-8") for file in Path(f"/proc/{self.pid}/task").glob("*/status")]
        return all("TracerPid:\t0\n" not in status for status in told)

    @property
    def resident_kib(self) -> int:
        """Return how much memory it holds."""
        return int(self._status("VmRSS").split()[0])

    @property
    def cpu_s(self) -> float:
        """Return the CPU seconds that it has used."""
        spent = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, field: str) -> str:
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{field}:"))

    async def page(self, path: str) -> bytes:
        """Return what it answers to a plain request, the head with it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        return answer

    async def metric(self, name: str) -> float:
        """Return one of its metrics."""
        lines = (await self.page("/metrics")).decode().splitlines()
        return next(float(line.split()[-1]) for line in lines if line.startswith(f"{name} "))

    def tracebacks(self) -> int:
        """Return how many tracebacks stand in its log."""
        return self.logged().count("Traceback (most recent call last)")

    def logged(self) -> str:
        """Return everything that it has said."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    async def _line(self, word: str) -> list[str]:
        assert self._launcher.stdout is not None
        async with asyncio.timeout(_PATIENCE_S):
            words = (await self._launcher.stdout.readline()).decode().split()
        if not words or words[0] != word:
            last = self.logged().strip().rpartition("\n")[2][:400]
            raise RuntimeError(f"the server said {words} instead of {word}: {last}")
        return words[1:]


@asynccontextmanager
async def serving(
    folder: Path,
    *,
    build: str = "",
    data: Path | None = None,
    under: Sequence[str] = (),
    launcher: str = "tests.faults.rig.launcher",
    **settings: object,
) -> AsyncIterator[Server]:
    """Give a server that has been started, and end it afterwards however it stands.

    Args:
        folder: where its log goes, and its data if nothing else is said.
        build: one of `builds.py`, or "" for the product.
        data: another folder for the rooms.
        under: the start of a command line that it is to run under, a tracer's.
        launcher: the module that starts it, and says on lines how it is; words for it behind.
        settings: of the server.
    """
    starts = await asyncio.create_subprocess_exec(
        *(*under, sys.executable, "-m", *launcher.split()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
    )
    server = Server(data or folder / "data", folder / "server.log", build, free_port(), settings, starts)
    try:
        await server.start()
        yield server
    finally:
        if server.pid:
            with suppress(ProcessLookupError):
                server.send(signal.SIGKILL)
        assert starts.stdin is not None
        starts.stdin.close()
        await starts.wait()

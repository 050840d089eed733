"""Servers that are measured, each in a process of its own: the game's, and two bare ones to hold it against.

A bare server is `websockets` and a dozen lines: it parses, counts, sends every update to every player of the room
and stores nothing. All of them tell the CPU seconds and the memory that they use.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import multiprocessing
import os
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.asyncio.server import serve as serve_bare

from makersphere_bots.stand_ins import StandIns
from makersphere_server import logs
from makersphere_server.app import serve
from makersphere_server.settings import Settings

__all__ = ["Server", "resident_bytes", "run_bare", "run_broadcast", "run_server"]

_STATUS = Path("/proc/self/status")


def run_server(pipe: Connection, folder: str, certificate: str = "") -> None:
    """Run the game's server as it ships: durable, with a line in the log for each command; by TLS if certified."""
    logs.set_up("info", as_json=True)
    tls_cert = Path(certificate) if certificate else None
    settings = Settings(host="127.0.0.1", port=0, data=Path(folder), lab=True, drop_share=0, tls_cert=tls_cert)
    _answer_from_a_thread(pipe)
    asyncio.run(serve(settings, StandIns(), lambda server: pipe.send(server.port)))


def run_bare(pipe: Connection, size: int) -> None:
    """Run a bare server with rooms of some size that sends each update to each player singly."""
    _answer_from_a_thread(pipe)
    asyncio.run(_bare(pipe, size, _send_singly))


def run_broadcast(pipe: Connection, size: int) -> None:
    """Run a bare server that sends in the cheapest way that the library knows."""
    _answer_from_a_thread(pipe)
    asyncio.run(_bare(pipe, size, _broadcast))


async def _send_singly(players: set[ServerConnection], update: str) -> None:
    for player in list(players):
        await player.send(update)


async def _broadcast(players: set[ServerConnection], update: str) -> None:
    broadcast(players, update)


async def _bare(pipe: Connection, size: int, tell: Callable[[set[ServerConnection], str], Awaitable[None]]) -> None:
    rooms: list[tuple[dict[str, int], set[ServerConnection]]] = []  # counts by seat, and who is there

    async def play(player: ServerConnection) -> None:
        if not rooms or len(rooms[-1][1]) == size:
            rooms.append(({"total": 0}, set()))
        counts, players = rooms[-1]
        players.add(player)
        async for message in player:
            frame = json.loads(message)
            by = frame["args"]["by"]
            seat = frame["id"].partition("-")[2]
            counts[seat] = counts.get(seat, 0) + by
            counts["total"] += by
            update = {"id": frame["id"], "type": "update", "seat": seat, "count": counts[seat]}
            await tell(players, json.dumps({**update, "total": counts["total"]}))

    async with serve_bare(play, "127.0.0.1", 0, compression=None) as server:
        pipe.send(next(iter(server.sockets)).getsockname()[1])
        await asyncio.get_running_loop().create_future()


def _answer_from_a_thread(pipe: Connection) -> None:
    """Answer each question about this process, from a thread that costs nothing meanwhile."""

    def answer() -> None:
        while question := pipe.recv():
            pipe.send(time.process_time() if question == "cpu" else resident_bytes())
        os._exit(0)

    threading.Thread(target=answer, daemon=True).start()


def resident_bytes() -> int:
    """Return how much memory this process holds, garbage and spare pages left out; 0 where the system does not say."""
    gc.collect()
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if give_back is not None:
        give_back(0)
    lines = _STATUS.read_text("utf-8").splitlines() if _STATUS.is_file() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)


class Server:
    """A server in a process of its own.

    Attributes:
        port: where it listens.
        encrypted: what its players have to trust; None: they speak plainly.
    """

    def __init__(
        self,
        run: Callable[..., None],
        *args: Any,  # noqa: ANN401  (of the server's function)
        encrypted: ssl.SSLContext | None = None,
    ) -> None:
        """Start it, and wait until it listens."""
        self.encrypted = encrypted
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=run, args=(theirs, *args), daemon=True)
        with Path(os.devnull).open("w") as nowhere, _stderr_to(nowhere.fileno()):
            self._process.start()
        self.port: int = self._pipe.recv()

    def cpu_s(self) -> float:
        """Return the CPU seconds that it has used."""
        self._pipe.send("cpu")
        return float(self._pipe.recv())

    def resident_bytes(self) -> int:
        """Return how much memory it holds."""
        self._pipe.send("memory")
        return int(self._pipe.recv())

    def stop(self) -> None:
        """Stop it."""
        self._pipe.send("")
        self._process.join(10)


class _stderr_to:  # noqa: N801  (used like a function)
    """Let a child that is started inside the block write its standard error elsewhere."""

    def __init__(self, file: int) -> None:
        self._file = file

    def __enter__(self) -> None:
        self._kept = os.dup(2)
        os.dup2(self._file, 2)

    def __exit__(self, *_: object) -> None:
        os.dup2(self._kept, 2)
        os.close(self._kept)

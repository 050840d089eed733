"""What a command costs online: `counter`, one room of 30, closed loop, every acknowledgement durable, updates merged.

Beside it a bare `websockets` server in the same run: it parses, counts and sends every update to every player singly,
and stores nothing. Both servers run in a process of their own and say how much CPU they used; the players are raw
sockets in this process, cheap enough not to be what is measured.
"""

import asyncio
import base64
import json
import multiprocessing
import os
import selectors
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.asyncio.server import serve as serve_bare

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import SUBPROTOCOL, Command, Create, Join, Options
from makersphere_server import logs
from makersphere_server.app import serve
from makersphere_server.settings import Settings
from tests.bench.harness import Figures, at_least, at_most, bench

PLAYERS = 30
COMMANDS = 20_000
BARE_COMMANDS = 4_000
WARM_UP = 2_000
_BEFORE_SEAT = len('{"id": "00000001')  # in an update of the bare server


# -- the servers, each in a process of its own


def _report_cpu(pipe: Connection) -> None:
    """Answer each question with the CPU seconds of this process so far, from a thread that costs nothing meanwhile."""

    def answer() -> None:
        while pipe.recv():
            pipe.send(time.process_time())
        os._exit(0)

    threading.Thread(target=answer, daemon=True).start()


def _run_server(pipe: Connection, folder: str) -> None:
    logs.set_up("info", as_json=True)  # as it ships: a line for each command
    settings = Settings(host="127.0.0.1", port=0, data=Path(folder), lab=True)
    _report_cpu(pipe)
    asyncio.run(serve(settings, lambda server: pipe.send(server.port)))


def _run_bare(pipe: Connection) -> None:
    _report_cpu(pipe)
    asyncio.run(_bare(pipe, _send_singly))


def _run_broadcast(pipe: Connection) -> None:
    _report_cpu(pipe)
    asyncio.run(_bare(pipe, _broadcast))


async def _send_singly(players: set[ServerConnection], update: str) -> None:
    for player in list(players):
        await player.send(update)


async def _broadcast(players: set[ServerConnection], update: str) -> None:
    broadcast(players, update)


async def _bare(pipe: Connection, tell: Callable[[set[ServerConnection], str], Awaitable[None]]) -> None:
    counts: dict[str, int] = {}
    players: set[ServerConnection] = set()
    total = 0

    async def play(player: ServerConnection) -> None:
        nonlocal total
        players.add(player)
        async for message in player:
            frame = json.loads(message)
            by = frame["args"]["by"]
            seat = frame["id"].partition("-")[2]
            counts[seat] = counts.get(seat, 0) + by
            total += by
            update = {"id": frame["id"], "type": "update", "seat": seat, "count": counts[seat], "total": total}
            await tell(players, json.dumps(update))

    async with serve_bare(play, "127.0.0.1", 0, compression=None) as server:
        pipe.send(next(iter(server.sockets)).getsockname()[1])
        await asyncio.get_running_loop().create_future()


class _Server:
    """A server in a process of its own."""

    def __init__(self, run: Callable[..., None], *args: str) -> None:
        """Start it, and wait until it listens."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=run, args=(theirs, *args), daemon=True)
        with Path(os.devnull).open("w") as nowhere, _stderr_to(nowhere.fileno()):
            self._process.start()
        self.port: int = self._pipe.recv()

    def cpu_s(self) -> float:
        """Return the CPU seconds that it has used."""
        self._pipe.send(1)
        return float(self._pipe.recv())

    def stop(self) -> None:
        """Stop it."""
        self._pipe.send(0)
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


# -- the players


class _Player:
    """One connection, read and written by hand."""

    def __init__(self, port: int) -> None:
        """Connect and shake hands."""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n".encode()
        )
        self._rest = b""
        while b"\r\n\r\n" not in self._rest:
            self._rest += self.socket.recv(4096)
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        if b" 101 " not in head:
            raise ConnectionError(head.decode())
        self.sent = 0

    def send(self, frame: bytes) -> None:
        """Send a text frame, masked with zeros: what it costs the server is the same."""
        size = len(frame)
        head = bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        self.socket.sendall(head + b"\0\0\0\0" + frame)

    def receive(self) -> list[bytes]:
        """Return the messages that have come."""
        data = self._rest + self.socket.recv(1 << 18)
        frames = []
        start, end = 0, len(data)
        while end - start >= 2:
            size, body = data[start + 1], start + 2
            if size >= 126:
                width = 2 if size == 126 else 8
                size, body = int.from_bytes(data[body : body + width], "big"), body + width
            if body + size > end:
                break
            frames.append(data[body : body + size])
            start = body + size
        self._rest = data[start:]
        return frames

    def ask(self, frame: bytes) -> dict[str, object]:
        """Send a frame and return the first answer that is no update."""
        self.send(frame)
        while True:
            for answer in self.receive():
                tree: dict[str, object] = json.loads(answer)
                if tree["type"] != "update":
                    return tree


def _play(players: list[_Player], commands: int, answered: Callable[[int, bytes], bool]) -> float:
    """Let every player send its next command as soon as its last one is answered; return the wall seconds."""
    selector = selectors.DefaultSelector()
    for number, player in enumerate(players):
        selector.register(player.socket, selectors.EVENT_READ, (number, player))
    started, sent, done = time.perf_counter(), 0, 0

    def send(number: int, player: _Player) -> None:
        player.sent += 1
        player.send(
            b'{"type":"command","id":"%08d-%d","name":"count","args":{"by":%d},"at":{"season":1,"phase":"count"}}'
            % (player.sent, number, player.sent % 10 + 1)
        )

    for number, player in enumerate(players):
        send(number, player)
        sent += 1
    while done < commands:
        for key, _ in selector.select():
            number, player = key.data
            for frame in player.receive():
                if answered(number, frame):
                    done += 1
                    if sent < commands:
                        send(number, player)
                        sent += 1
    selector.close()
    return time.perf_counter() - started


def _is_result(number: int, frame: bytes) -> bool:
    if not frame.startswith(b'{"type":"result"'):
        return False
    if b'"ok":true' not in frame:
        raise AssertionError(frame.decode())
    return True


def _is_own_update(number: int, frame: bytes) -> bool:
    return frame.startswith(b'-%d"' % number, _BEFORE_SEAT)


def _measure(
    server: _Server, players: list[_Player], commands: int, answered: Callable[[int, bytes], bool]
) -> tuple[float, float]:
    """Return the server's CPU seconds for 1,000 commands, and commands a second on the wall clock."""
    _play(players, WARM_UP, answered)
    before = server.cpu_s()
    wall_s = _play(players, commands, answered)
    return (server.cpu_s() - before) * 1000 / commands, commands / wall_s


def _with_room(server: _Server) -> list[_Player]:
    host = _Player(server.port)
    welcome = host.ask(encode(Create("counter", Options(seats=PLAYERS))))
    players = [_Player(server.port) for _ in range(PLAYERS)]
    for number, player in enumerate(players):
        player.ask(encode(Join(str(welcome["room"]), f"P{number}")))
    host.ask(encode(Command("1", "host.start")))
    host.socket.close()
    return players


def _measure_bare(run: Callable[[Connection], None]) -> tuple[float, float]:
    server = _Server(run)
    try:
        players = [_Player(server.port) for _ in range(PLAYERS)]
        return _measure(server, players, BARE_COMMANDS, _is_own_update)
    finally:
        server.stop()


@bench("online", ratio_to_bare=at_most(0.40), commands_per_s=at_least(10_000))
def online() -> Figures:
    """Play `counter` online in a room of 30, durable and merged, beside a bare server."""
    bare_s, bare_per_s = _measure_bare(_run_bare)
    broadcast_s, _ = _measure_bare(_run_broadcast)
    with TemporaryDirectory(
        dir=Path(__file__).parent, prefix=".store-"
    ) as folder:  # a folder in memory would sync for nothing
        server = _Server(_run_server, folder)
        try:
            ours_s, per_s = _measure(server, _with_room(server), COMMANDS, _is_result)
        finally:
            server.stop()
    return {
        "ratio_to_bare": ours_s / bare_s,
        "ratio_to_broadcast": ours_s / broadcast_s,  # the bare server with the library's cheapest way to send
        "commands_per_s": per_s,
        "cpu_ms_per_1000": ours_s * 1000,
        "bare_cpu_ms_per_1000": bare_s * 1000,
        "bare_commands_per_s": bare_per_s,
    }


if __name__ == "__main__":
    print(json.dumps({name: round(figure, 4) for name, figure in online().items()}))

"""Players for the benches online: raw sockets in this process, cheap enough not to be what is measured."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import select
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Final

import attrs

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import SUBPROTOCOL, Command, Create, Join, Options, Resume
from tests.bench.servers import Server

__all__ = [
    "Answered",
    "Player",
    "PostingPlayer",
    "Shown",
    "Times",
    "is_own_update",
    "is_result",
    "keep_time",
    "listen",
    "open_room",
    "play",
    "seat_rooms",
    "start_room",
]

_BEFORE_SEAT: Final = len('{"id": "00000001')  # in an update of the bare server
_OF_BROWSERS: Final = (  # what they send beside: it is read with each request
    "Connection: keep-alive\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)\r\n"
    "Referer: http://127.0.0.1/\r\nAccept-Encoding: gzip, deflate\r\nAccept-Language: en\r\n"
)
_COMMAND: Final = b'{"type":"command","id":"%08d-%d","name":"count","args":{"by":%d},"at":{"season":1,"phase":"count"}}'

Answered = Callable[[int, bytes], bool]  # whether a frame to a player answers the player's last command


class Player:
    """One connection, read and written by hand."""

    def __init__(self, port: int, encrypted: ssl.SSLContext | None = None) -> None:
        """Connect and shake hands, by TLS where there is what to trust."""
        plain = socket.create_connection(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = encrypted.wrap_socket(plain, server_hostname="127.0.0.1") if encrypted else plain
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
        self._send(0x81, frame)

    def _send(self, first: int, frame: bytes) -> None:
        size = len(frame)
        head = bytes((first, 0x80 | size)) if size < 126 else bytes((first, 0xFE)) + size.to_bytes(2, "big")
        self.socket.sendall(head + b"\0\0\0\0" + frame)

    def count(self, number: int) -> None:
        """Send the next command of player `number`."""
        self.sent += 1
        self.send(_COMMAND % (self.sent, number, self.sent % 10 + 1))

    def receive(self) -> list[bytes]:
        """Return the messages that have come, and answer pings."""
        data = self._rest + self.socket.recv(1 << 18)
        while isinstance(self.socket, ssl.SSLSocket) and self.socket.pending():  # which no selector sees
            data += self.socket.recv(1 << 18)
        frames = []
        start, end = 0, len(data)
        while end - start >= 2:
            size, body = data[start + 1], start + 2
            if size >= 126:
                width = 2 if size == 126 else 8
                size, body = int.from_bytes(data[body : body + width], "big"), body + width
            if body + size > end:
                break
            match data[start] & 15:
                case 1:
                    frames.append(data[body : body + size])
                case 8:
                    raise ConnectionError(f"closed with {data[body : body + size]!r}")
                case 9:
                    self._send(0x8A, data[body : body + size])
                case _:
                    pass
            start = body + size
        self._rest = data[start:]
        return frames

    def ask(self, frame: bytes) -> dict[str, object]:
        """Send a frame and return the first answer that is no update."""
        self.send(frame)
        return self.answer()

    def answer(self) -> dict[str, object]:
        """Return the next frame that is no update."""
        while True:
            for answer in self.receive():
                tree: dict[str, object] = json.loads(answer)
                if tree["type"] != "update":
                    return tree


class PostingPlayer(Player):
    """One carrier of events and posts, read and written by hand: a stream, and a connection for what goes up."""

    def __init__(self, port: int, encrypted: ssl.SSLContext | None = None) -> None:
        """Connect, in the clear; the first frame opens."""
        assert encrypted is None
        self._port = port
        self.socket = self._dialled()
        self._up: socket.socket | None = None
        self._rest = b""
        self._host = f"Host: 127.0.0.1:{port}\r\n{_OF_BROWSERS}"
        self._key = ""
        self._number = 1
        self.sent = 0

    def send(self, frame: bytes) -> None:
        """Send a frame; answers to posts of before are thrown away."""
        if not self._key:
            self.socket.sendall(self._head("/carrier", len(frame), "Accept: text/event-stream") + frame)
            while b"event: key\ndata: " not in self._rest or not self._rest.endswith(b"\n\n"):
                self._rest += self.socket.recv(1 << 18)
            _, _, behind = self._rest.partition(b"event: key\ndata: ")
            key, _, self._rest = behind.partition(b"\n\n")
            self._key = json.loads(key)["key"]
            return
        self._number += 1
        self._post(frame)

    def _dialled(self) -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self._port))
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def _post(self, frame: bytes) -> None:
        if self._up is None:
            self._up = self._dialled()
        with contextlib.suppress(BlockingIOError):
            self._up.recv(1 << 16, socket.MSG_DONTWAIT)
        body = b'{"from":%d,"frames":[%b]}' % (self._number + (not frame), frame)
        self._up.sendall(self._head("/carrier/up", len(body), f"Authorization: Bearer {self._key}") + body)

    def _head(self, path: str, size: int, more: str) -> bytes:
        kind = "Content-Type: application/json"
        return f"POST {path} HTTP/1.1\r\n{self._host}{kind}\r\nContent-Length: {size}\r\n{more}\r\n\r\n".encode()

    def receive(self) -> list[bytes]:
        """Return the frames that have come."""
        data = self.socket.recv(1 << 18)
        *events, self._rest = (self._rest + data).split(b"\n\n")
        if not data or any(event.startswith(b"event: close") for event in events):
            raise ConnectionError(f"closed behind {events[-1:]!r}")
        if b":" in events:
            self._post(b"")  # who sends nothing for long is taken for gone
        return [event[6:] for event in events if event.startswith(b"data: ")]


def open_room(server: Server, scenario: str, options: Options) -> tuple[str, str]:
    """Open a room on the game's server; return its code and the host's token."""
    host = Player(server.port, server.encrypted)
    welcome = host.ask(encode(Create(scenario, options)))
    host.socket.close()
    return str(welcome["room"]), str(welcome["host_token"])


def start_room(server: Server, room: str, host_token: str) -> None:
    """Let the game of a room begin."""
    host = Player(server.port, server.encrypted)
    host.ask(encode(Resume(room, host_token=host_token)))
    if not host.ask(encode(Command("start", "host.start")))["ok"]:
        raise AssertionError("the game did not begin")
    host.socket.close()


def seat_rooms(
    server: Server, rooms: int, size: int, others: Iterable[Player] = (), kind: type[Player] = Player
) -> list[Player]:
    """Open rooms of `counter`, seat and start them; return the players, room by room. `others` do not seem gone."""
    players: list[Player] = []
    for _ in range(rooms):
        room, host_token = open_room(server, "counter", Options(seats=size))
        for number in range(size):
            player = kind(server.port, server.encrypted)
            player.ask(encode(Join(room, f"P{number}")))
            players.append(player)
            listen([*others, *players])
        start_room(server, room, host_token)
    return players


def listen(players: Iterable[Player]) -> None:
    """Take in what has come for players who have nothing to do, so that they do not seem to be gone."""
    waiting = {player.socket: player for player in players}
    ready, _, _ = select.select(list(waiting), [], [], 0)
    for one in ready:
        waiting[one].receive()


def is_result(number: int, frame: bytes) -> bool:
    """Return whether a frame of the game's server answers a command: then it is on disk."""
    if not frame.startswith(b'{"type":"result"'):
        return False
    if b'"ok":true' not in frame:
        raise AssertionError(frame.decode())
    return True


class Shown:
    """Knows when a player of the game's server is shown what its last command has changed: after its answer."""

    def __init__(self, players: int) -> None:
        """Begin with nothing sent."""
        self._due = [0] * players  # the `seq` that each waits to see

    def __call__(self, number: int, frame: bytes) -> bool:
        """Return whether a frame shows it."""
        if is_result(number, frame):
            self._due[number] = _seq(frame)
        elif 0 < self._due[number] <= _seq(frame):
            self._due[number] = 0
            return True
        return False


def _seq(frame: bytes) -> int:
    found = re.search(rb'"seq":(\d+)', frame)
    return int(found[1]) if found else 0


def is_own_update(number: int, frame: bytes) -> bool:
    """Return whether a frame of a bare server shows the player's own command."""
    return frame.startswith(b'-%d"' % number, _BEFORE_SEAT)


def play(players: list[Player], commands: int, answered: Answered) -> float:
    """Let every player send its next command as soon as its last one is answered; return the wall seconds."""
    selector = _selector(players)
    started, sent, done = time.perf_counter(), 0, 0
    for number, player in enumerate(players):
        player.count(number)
        sent += 1
    while done < commands:
        for key, _ in selector.select():
            number, player = key.data
            for frame in player.receive():
                if answered(number, frame):
                    done += 1
                    if sent < commands:
                        player.count(number)
                        sent += 1
    selector.close()
    return time.perf_counter() - started


@attrs.define
class Times:
    """What came of playing by the clock: seconds from each command to its answer, and how late they were sent."""

    answers_s: list[float] = attrs.field(factory=list)
    late_s: list[float] = attrs.field(factory=list)


def keep_time(
    players: list[Player], per_s: float, for_s: float, answered: Answered, others: Iterable[Player] = ()
) -> Times:
    """Let each player send so many commands a second, evenly spread, whether they are answered or not.

    Args:
        players: who sends.
        per_s: how many commands a second each sends.
        for_s: for how long.
        answered: tells answers.
        others: who sends nothing meanwhile, but must not seem to be gone.
    """
    selector, times = _selector(players), Times()
    for other in others:
        selector.register(other.socket, selectors.EVENT_READ, (-1, other))
    began = time.perf_counter()
    waiting: list[list[float]] = [[] for _ in players]  # when each player's unanswered commands were due
    step_s, due_at, number, left = 1 / per_s / len(players), began, 0, int(for_s * per_s * len(players))
    while left or any(waiting):
        now = time.perf_counter()
        while left and due_at <= now:
            players[number].count(number)
            waiting[number].append(due_at)
            times.late_s.append(now - due_at)
            number, due_at, left = (number + 1) % len(players), due_at + step_s, left - 1
        if now > began + for_s + _PATIENCE_S:
            raise TimeoutError("not all commands were answered")
        for key, _ in selector.select(max(due_at - time.perf_counter(), 0) if left else 1):
            index, player = key.data
            for frame in player.receive():
                if index >= 0 and answered(index, frame):
                    times.answers_s.append(time.perf_counter() - waiting[index].pop(0))
    selector.close()
    return times


_PATIENCE_S: Final = 60


def _selector(players: list[Player]) -> selectors.BaseSelector:
    selector = selectors.DefaultSelector()
    for number, player in enumerate(players):
        selector.register(player.socket, selectors.EVENT_READ, (number, player))
    return selector

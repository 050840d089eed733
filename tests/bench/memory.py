"""What a connection costs in memory, beyond what its room and its seat cost whether anybody is there or not.

A room of 500 seats is filled and left; a new server reads it when the first hundred come back to it, and then holds
the room. What the process grows by while 400 more come back is theirs. Buffers of the system are not in
it, nor pages that the process has freed and not given back.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Join, Options, Resume
from tests.bench.harness import Figures, at_most, bench
from tests.bench.players import Player, listen, open_room, start_room
from tests.bench.servers import Server, run_server

_SEATS, _FIRST = 500, 100


@bench("memory", kib_per_connection=at_most(25))
def memory() -> Figures:
    """Let 400 more connections come to a room of 500 seats, and see what each costs."""
    with TemporaryDirectory(dir=Path(__file__).parent, prefix=".store-") as folder:
        room, tokens = _filled(folder)
        server = Server(run_server, folder)
        try:
            players: list[Player] = []
            _come_back(server, room, tokens[:_FIRST], players)
            before = server.resident_bytes()
            _come_back(server, room, tokens[_FIRST:], players)
            grown = server.resident_bytes() - before
            for player in players:
                player.socket.close()
        finally:
            server.stop()
    return {"kib_per_connection": grown / 1024 / (_SEATS - _FIRST), "resident_mib": (before + grown) / (1 << 20)}


def _filled(folder: str) -> tuple[str, list[str]]:
    """Open a room, seat everybody and start it, and let everybody go; return its code and the tokens."""
    server = Server(run_server, folder)
    try:
        room, host_token = open_room(server, "counter", Options(seats=_SEATS))
        tokens = []
        for number in range(_SEATS):
            player = Player(server.port)
            tokens.append(str(player.ask(encode(Join(room, f"P{number}")))["seat_token"]))
            player.socket.close()
        start_room(server, room, host_token)
        return room, tokens
    finally:
        server.stop()


def _come_back(server: Server, room: str, tokens: list[str], players: list[Player]) -> None:
    """Let people come back a hundred at a time, so that the room tells of them, and keeps of that, little."""
    for first in range(0, len(tokens), _FIRST):
        coming = [Player(server.port) for _ in tokens[first : first + _FIRST]]
        for player, token in zip(coming, tokens[first:], strict=False):
            player.send(encode(Resume(room, token)))
        for player in coming:
            player.answer()
        players += coming
        listen(players)

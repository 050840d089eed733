"""A whole game of `classroom` with 500 seats over sockets, each played by a standard bot from what the wire shows.

The bots are told as any client is: forms come from `hand.legal`, tables from updates. They share one table, which
is the same for all, so that this process has less to do than the server that is measured. They play in the order
that their frames come in, so now and then somebody else is first: such a refusal (`_RACES`) is part of the game.
"""

from __future__ import annotations

import selectors
import time
from collections import Counter, deque
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import attrs
import msgspec

from makersphere_bots.legal import forms_from_schema
from makersphere_bots.policy import READY, Move, WholeView
from makersphere_bots.random_stream import Stream
from makersphere_bots.standard import Standard
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import BESIDE, At, Command, Join, Options, Timers
from makersphere_protocol.patches import apply
from tests.bench.harness import Figures, at_most, bench
from tests.bench.players import Player, open_room, start_room
from tests.bench.servers import Server, run_server

_SEATS: Final = 500
_NOWHERE: Final = At(0, "")
_PASSES: Final = 8  # how often a bot is asked in one phase; then it is ready
_PATIENCE_S: Final = 1.0  # for an update that may not come, where a move has changed nothing in sight
_RACES: Final = frozenset({"not_your_phase", "not_available", "already_done", "too_late", "over"})


class _Heard(msgspec.Struct):
    """What of a frame a bot looks at; what everybody is told stays as it is."""

    type: str
    seq: int = 0
    ok: bool = True
    table: msgspec.Raw = msgspec.Raw()
    hand: msgspec.Raw = msgspec.Raw()
    error: dict[str, Any] = {}


_hear = msgspec.json.Decoder(_Heard).decode
_tree = msgspec.json.Decoder().decode


@attrs.define(eq=False)
class _Table:
    """What everybody sees, as the first bot is told it."""

    tree: dict[str, Any] = attrs.field(factory=dict)
    seq: int = 0

    @property
    def at(self) -> At:
        """Return the season and the phase."""
        return At(self.tree["game"]["season"], self.tree["game"]["phase"])


@attrs.define(eq=False)
class _Bot:
    """A seat that is played over the wire."""

    player: Player
    seat: int
    role: str
    table: _Table
    leads: bool
    hand: dict[str, Any]
    seq: int = 0
    _moves: deque[Move] = attrs.field(factory=deque)
    _is_waiting: bool = False  # for an answer
    _must_see: int = 0  # the `seq` of its last move
    _since: float = 0.0
    _at: At = _NOWHERE
    _calls: int = 0
    sent: int = 0

    def take(self, frame: bytes, outcomes: Counter[str]) -> None:
        """Take in a frame."""
        heard = _hear(frame)
        if heard.type == "result":
            self._is_waiting = False
            outcomes["ok" if heard.ok else heard.error["code"]] += 1
            if heard.ok:
                self._must_see = max(self._must_see, heard.seq)
            else:
                self._moves.clear()
            self._since = time.monotonic()
        elif heard.type == "update":
            if self.leads and heard.table:
                apply(self.table.tree, _tree(heard.table))
            if heard.hand:
                apply(self.hand, _tree(heard.hand))
            self.seq = heard.seq
            if self.leads:
                self.table.seq = heard.seq

    def act(self) -> None:
        """Send the next move, if there is one and it is time."""
        if self._is_waiting:
            return
        if not self._moves:
            if not self._sees_its_moves() or self._is_done():
                return
            self._choose()
        name, args = self._moves.popleft()
        self.sent += 1
        self.player.send(encode(Command(f"{self.seat}-{self.sent}", name, args, self._at)))
        self._is_waiting = True

    def _sees_its_moves(self) -> bool:
        seen = min(self.seq, self.table.seq)
        return seen >= self._must_see or time.monotonic() > self._since + _PATIENCE_S

    def _is_done(self) -> bool:
        number = str(self.seat)
        shown = {**self.table.tree["seat"][number], **self.hand.get("seat", {}).get(number, {})}
        waits = shown.get("asked", False) or not shown.get("ready", False)
        return self.table.tree["game"]["status"] != "running" or not waits

    def _choose(self) -> None:
        if self.table.at != self._at:
            self._at, self._calls = self.table.at, 0
        moves = [READY]
        if self._calls < _PASSES:
            legal = {name: form for name, form in self.hand.get("legal", {}).items() if name not in BESIDE}
            forms = forms_from_schema(legal, self.hand.get("choices"))
            stream = Stream(f"bench|{self.seat}|{self._at.season}|{self._at.phase}|{self._calls}")
            view = WholeView(self.seat, self.role, self.table.tree, self.hand)
            moves = Standard().choose(view, forms, stream) or [READY]
        self._calls += 1
        self._moves.extend(moves)


class _Class:
    """Everybody who plays."""

    def __init__(self, server: Server, room: str, seats: int) -> None:
        """Seat everybody."""
        self.outcomes: Counter[str] = Counter()
        self._table = _Table()
        self._bots: list[_Bot] = []
        self._selector = selectors.DefaultSelector()
        for number in range(1, seats + 1):
            player = Player(server.port)
            welcome: Any = player.ask(encode(Join(room, f"Bot {number}")))
            leads = number == seats  # the last one's picture is the newest
            if leads:
                self._table.tree, self._table.seq = welcome["table"], welcome["seq"]
            you = welcome["you"]
            bot = _Bot(player, you["seat"], you["role"], self._table, leads, welcome["hand"], welcome["seq"])
            self._bots.append(bot)
            self._selector.register(player.socket, selectors.EVENT_READ, bot)
            self._hear(0)

    def _hear(self, patience_s: float) -> None:
        for key, _ in self._selector.select(patience_s):
            for frame in key.data.player.receive():
                key.data.take(frame, self.outcomes)

    def play(self) -> None:
        """Play to the end."""
        while self._table.tree["game"]["status"] != "over":
            self._hear(0.1)
            for bot in self._bots:
                bot.act()


def _play(seats: int) -> tuple[Counter[str], float, float]:
    """Play a game; return what came of its commands, the server's CPU seconds, and how long it took."""
    with TemporaryDirectory(dir=Path(__file__).parent, prefix=".store-") as folder:
        server = Server(run_server, folder)
        try:
            options = Options(seats=seats, timers=Timers(0), seed="bench")
            room, host_token = open_room(server, "classroom", options)
            everybody = _Class(server, room, seats)
            before, began = server.cpu_s(), time.perf_counter()
            start_room(server, room, host_token)
            everybody.play()
            return everybody.outcomes, server.cpu_s() - before, time.perf_counter() - began
        finally:
            server.stop()


@bench("whole-class", rounds=1, turned_away=at_most(0))
def whole_class() -> Figures:
    """Play `classroom` with 500 seats over sockets to its end."""
    outcomes, cpu_s, wall_s = _play(_SEATS)
    commands = outcomes.total()
    races = sum(outcomes[code] for code in _RACES)
    return {
        "commands": commands,
        "races": races,  # somebody else was first
        "turned_away": commands - outcomes["ok"] - races,
        "cpu_s": cpu_s,
        "cpu_ms_per_1000": 1_000_000 * cpu_s / commands,
        "wall_s": wall_s,
    }

"""Stand-ins, policies in the seats that nobody plays: they see what the wire gives and send what people send.

A policy is asked for a seat when its phase opens, and again as long as the seat is not ready because somebody awaits
its answer. A few seats are asked in one turn of the loop, and how often a seat is asked in a phase is bounded. Source:
the rulebook's "bots are ready after their last answer".
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, Final

from makersphere_rules import engine
from makersphere_rules.ecosystem.table.vocabulary import PHASES
from makersphere_rules.state import Seat
from makersphere_server.room.commands.silent_people import look_for_silent
from makersphere_server.room.model.inbox import Inbox, Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.policies import Move, Policies, SeatView
from makersphere_server.room.shown.room_view import RoomView

__all__ = ["StandIns"]

_READY: Final[Move] = ("ready", {"ready": True})
_SEATS_AT_ONCE: Final = 3
_MOST_CALLS: Final = 24  # of one seat in one phase; after that the seat is ready, whatever comes


class StandIns:
    """Plays the seats of one live room that no person plays.

    Attributes:
        error: a bug of a policy; the room stops because of it.
    """

    def __init__(self, live: LiveRoom, room_view: RoomView, inbox: Inbox, policies: Policies) -> None:
        """Begin asleep."""
        self._live = live
        self._room_view = room_view
        self._inbox = inbox
        self._policies = policies
        self._root = hashlib.sha256(b"bots" + live.row.seed).hexdigest()
        self._phase: tuple[int, str] = (0, "")
        self._calls: dict[int, int] = {}
        self._waiting: dict[int, set[Sent]] = {}  # moves that have been sent and have not come yet, by seat
        self._task: asyncio.Task[None] | None = None
        self.error: BaseException | None = None

    def look_around(self) -> None:
        """Ask the seats that have something to do, in a task of their own."""
        if self._task is None or self._task.done():
            seats = self._to_ask()
            if seats:
                self._task = asyncio.create_task(self._ask_all(seats))
                self._task.add_done_callback(self._done)

    def ask_silent(self) -> None:
        """Ask those who are here and do nothing, and play for whom that has not helped; every few seconds."""
        look_for_silent(self._live)

    def take_back(self, move: Sent) -> bool:
        """Take note that a move has come; return whether it still counts.

        It does not count if the room has been read again since then, or if a person has taken the seat meanwhile.
        """
        waiting = self._waiting.get(move.actor, set())
        is_ours = move in waiting
        waiting.discard(move)
        return is_ours and self._live.seats[move.actor].by == "bot"

    def begin_again(self) -> None:
        """Take back all moves that are on their way: the game stands elsewhere now."""
        self.stop()
        self._task = None
        self._phase = (0, "")
        self._calls.clear()
        self._waiting.clear()

    def stop(self) -> None:
        """Ask nobody any more."""
        if self._task is not None:
            self._task.cancel()

    def _done(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self.error = task.exception()
            self._inbox.wake()

    def _to_ask(self) -> list[int]:
        live = self._live
        if not live.is_running or live.timer.is_held:
            return []
        game = live.state.game
        if (game.season, game.phase) != self._phase:
            self._phase = (game.season, game.phase)
            self._calls.clear()
        return [
            seat
            for seat in live.seats.played_by_bots()
            if not live.state.one(Seat, seat).done and not self._waiting.get(seat)
        ]

    async def _ask_all(self, seats: list[int]) -> None:
        table = self._room_view.table()
        phase = self._phase
        for number, seat in enumerate(self._policies.in_turn(table, seats), 1):
            game = self._live.state.game
            if (game.season, game.phase) != phase or not self._live.is_running:
                return
            self._ask(seat, SeatView(seat, self._live.state.role(seat), table, self._hand(seat)))
            if number % _SEATS_AT_ONCE == 0:
                await asyncio.sleep(0)
        # what has changed meanwhile is seen when they are asked next, after each batch

    def _hand(self, seat: int) -> dict[str, Any]:
        """Return a seat's hand; in a phase that is not the game's own with its defaults, which bots let stand there."""
        hand, state = self._room_view.game_hand(seat), self._live.state
        return hand if state.game.phase in PHASES else {**hand, "default": engine.defaults(state, seat)}

    def _ask(self, seat: int, view: SeatView) -> None:
        live = self._live
        season, phase = self._phase
        call = self._calls[seat] = self._calls.get(seat, 0) + 1
        moves: Sequence[Move] = [_READY]
        if call <= _MOST_CALLS:
            stream = f"{self._root}|{seat}|{season}|{phase}|{call}"
            legal = engine.legal(live.state, seat)
            moves = self._policies.choose(live.level_of(seat), view, legal, stream) or [_READY]
        at = engine.At(season, phase)
        now = live.clock.now_ms()
        sent = [Sent(actor=seat, by="bot", name=name, args=args, at=at, since_ms=now) for name, args in moves]
        self._waiting[seat] = set(sent)
        for move in sent:
            self._inbox.put(move)

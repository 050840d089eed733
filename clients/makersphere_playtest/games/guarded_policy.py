"""A policy under guard: whatever it does, its seat has an answer and the game goes on.

Answers in the place of a policy that raises, that does not come to an end, or that returns no moves. The policy's fault
is named, and its seat makes the default move, *ready*, for the rest of the game. A move that the rules refuse is no
fault: it changes nothing, and the room counts it.
"""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Collection, Mapping
from types import FrameType
from typing import Final

import attrs

from makersphere_bots.legal import Form
from makersphere_bots.lookahead.simulator import LooksAhead, Simulator
from makersphere_bots.policy import READY, Move, Policy, View

__all__ = ["PATIENCE_S", "Fault", "Guarded"]

PATIENCE_S: Final = 20.0  # seconds of this process's own time for one answer
_MOST: Final = 1000  # moves in one answer
_HAS_TIMER: Final = hasattr(signal, "setitimer")


@attrs.frozen
class Fault:
    """What a policy did, and where.

    Attributes:
        kind: `raised`, `hung` or `illegal`.
        why: what was raised, or what the answer was.
    """

    seat: int
    policy: str
    season: int
    phase: str
    kind: str
    why: str


class _Hung(BaseException):
    """The time for an answer is over; not an `Exception`, so that no policy catches it as one of its own."""


class Guarded:
    """Plays one seat by a policy, for as long as the policy answers well."""

    def __init__(self, policy: Policy, name: str, commands: Collection[str], *, patience_s: float = PATIENCE_S) -> None:
        """Guard a policy.

        Args:
            policy: the policy that plays.
            name: the name under which its fault is told.
            commands: all that the scenario knows; any other name is a fault.
            patience_s: seconds that the policy may take for one answer.
        """
        self.fault: Fault | None = None
        self._policy = policy
        self.name = name
        self._commands = frozenset((*commands, READY[0]))
        self._patience_s = patience_s
        self._is_timed = False

    def handed(self, simulator: Simulator) -> Guarded:
        """Hand the policy a simulator, if the policy looks ahead."""
        if isinstance(self._policy, LooksAhead):
            self._policy = self._policy.handed(simulator)
        return self

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the policy's moves, or that the seat is ready."""
        if self.fault is None:
            try:
                moves = self._answer(view, legal, rng)
                wrong = self._wrong(moves)
                if not wrong:
                    return moves
                self._give_up(view, "illegal", wrong)
            except _Hung:
                self._give_up(view, "hung", f"{self._patience_s:g} s")
            except Exception as error:  # noqa: BLE001  (whatever somebody's policy raises)
                self._give_up(view, "raised", f"{type(error).__name__}: {error}")
        return [READY]

    def _answer(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the policy's answer; where the system allows it, a policy that takes too long is interrupted.

        The time that counts is the process's own. The handler of the signal is set once and stays, since setting it is
        dear; without a timer no signal comes.
        """
        if not _HAS_TIMER or threading.current_thread() is not threading.main_thread():
            return self._policy.choose(view, legal, rng)
        if not self._is_timed:
            signal.signal(signal.SIGVTALRM, _interrupt)
            self._is_timed = True
        signal.setitimer(signal.ITIMER_VIRTUAL, self._patience_s)
        try:
            return self._policy.choose(view, legal, rng)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _wrong(self, moves: object) -> str:
        """Return the part of an answer that is no move, or ""."""
        if not isinstance(moves, list) or len(moves) > _MOST:
            return repr(moves)[:80]
        for move in moves:
            match move:
                case (str(name), dict()) if name in self._commands:
                    pass
                case _:
                    return repr(move)[:80]
        return ""

    def _give_up(self, view: View, kind: str, why: str) -> None:
        game = view.table["game"]
        self.fault = Fault(view.seat, self.name, game["season"], game["phase"], kind, why)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise _Hung

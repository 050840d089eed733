"""How fast one sender may go on: a budget of commands for each token, and a pace at which it may come back.

Answers which bucket counts a connection's commands. They are counted by the token, on whatever connection it comes, so
that opening another connection buys nobody more. Where there is no token, the connection is counted. Never waits.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import ClientFrame, Resume
from makersphere_server.codes import token_id
from makersphere_server.limits import Limits
from makersphere_server.rates import Bucket

__all__ = ["Pacing"]

_MOST_BUCKETS: Final = 10_000


class Pacing:
    """The budgets of all senders."""

    def __init__(self, limits: Limits, *, is_lab: bool) -> None:
        """Begin with full budgets.

        Args:
            limits: the server's bounds.
            is_lab: senders with a token are not counted at all.
        """
        self._limits = limits
        self._is_lab = is_lab
        self._commands: dict[str, Bucket] = {}
        self._returns: dict[str, Bucket] = {}

    def bucket(self, token: str) -> Bucket | None:
        """Return the budget of commands of a token, by the token's id, or None where it has no bound."""
        if not token:
            return self._new_bucket()
        if self._is_lab:
            return None
        if token not in self._commands:
            if len(self._commands) >= _MOST_BUCKETS:
                self._commands.clear()
                self._returns.clear()
            self._commands[token] = self._new_bucket()
        return self._commands[token]

    def _new_bucket(self) -> Bucket:
        return Bucket(self._limits.commands_per_s, self._limits.command_burst)

    def pace_of(self, frame: ClientFrame) -> Bucket | None:
        """Return the budget of coming back to one seat, or None where the seat has sent nothing yet.

        Its people may come back as often as the seat may send.
        """
        token = token_id(frame.seat_token) if isinstance(frame, Resume) else ""
        if token not in self._commands:
            return None
        return self._returns.setdefault(token, Bucket(self._limits.commands_per_s, 1))

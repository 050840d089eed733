"""How fast one sender may go on: a budget of commands for each person, and a pace at which a token may come back.

Answers which bucket counts a connection's commands. They are counted by the person, on whatever connection and with
whatever token they come, so that another connection or a fresh token buys nobody more. Who only watches is nobody: the
connection is counted. Never waits.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import ClientFrame, Resume
from makersphere_server.codes import token_id
from makersphere_server.limits import Limits
from makersphere_server.rates import Bucket
from makersphere_server.room.model.inbox import Presence

__all__ = ["Pacing"]

_MOST_BUCKETS: Final = 10_000


class Pacing:
    """The budgets of all senders."""

    def __init__(self, limits: Limits, *, is_lab: bool) -> None:
        """Begin with full budgets.

        Args:
            limits: the server's bounds.
            is_lab: only who watches is counted.
        """
        self._limits = limits
        self._is_lab = is_lab
        self._commands: dict[str, Bucket] = {}  # by person
        self._returns: dict[str, Bucket] = {}  # by token

    def bucket(self, presence: Presence) -> Bucket | None:
        """Return the budget of commands of whoever has come in, or None where there is no bound."""
        if not presence.author:
            return self._new_bucket()
        if self._is_lab:
            return None
        if len(self._returns) >= _MOST_BUCKETS:  # each person has one token at least
            self._commands.clear()
            self._returns.clear()
        self._returns.setdefault(presence.token, Bucket(self._limits.commands_per_s, 1))
        return self._commands.setdefault(presence.author, self._new_bucket())

    def _new_bucket(self) -> Bucket:
        return Bucket(self._limits.commands_per_s, self._limits.command_burst)

    def pace_of(self, frame: ClientFrame) -> Bucket | None:
        """Return the budget of coming back by one token, or None where it has opened nothing yet.

        Its person may come back as often as they may send.
        """
        return self._returns.get(token_id(frame.seat_token)) if isinstance(frame, Resume) else None

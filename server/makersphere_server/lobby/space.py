"""Whether there is space for one more room, in memory and in the store.

Answers with a refusal that says when to try again: empty rooms are put away by the minute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from makersphere_protocol.errors import Refused
from makersphere_server import metrics
from makersphere_server.limits import Limits

__all__ = ["Space"]

_RETRY_S: Final = 60


@attrs.frozen
class Space:
    """Counts rooms against the server's bounds.

    Attributes:
        limits: the server's bounds.
        in_memory: returns how many rooms are open or being opened.
        kept: returns how many rooms the store has.
    """

    limits: Limits
    in_memory: Callable[[], int]
    kept: Callable[[], int]

    def check(self) -> None:
        """See that one more room can be founded and opened.

        Raises:
            Refused: there is no space.
        """
        self.check_memory()
        self.check_store()

    def check_memory(self) -> None:
        """See that one more room can be opened.

        Raises:
            Refused: there is no space.
        """
        if self.in_memory() >= self.limits.most_rooms:
            raise _full("most_rooms")

    def check_store(self, more: int = 1) -> None:
        """See that so many more rooms can be kept.

        Raises:
            Refused: there is no space.
        """
        if self.kept() + more > self.limits.most_kept_rooms:
            raise _full("most_kept_rooms")


def _full(bound: str) -> Refused:
    metrics.LIMITED.labels(bound).inc()
    return Refused("unavailable", "busy", retry_after=_RETRY_S)

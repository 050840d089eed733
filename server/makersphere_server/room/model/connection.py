"""What the game asks of a connection, whatever carries it.

Never waits: a connection that cannot take more says that it is clogged, and calls back when it can again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

__all__ = ["ConnectionPort"]


class ConnectionPort(Protocol):
    """One connection, seen from the game.

    Attributes:
        drained: set by whoever holds back while the connection is clogged; called when it no longer is.
        is_ended: the game has ended or cut it, so that nothing that still comes in counts.
    """

    drained: Callable[[], None] | None
    is_ended: bool

    @property
    def address(self) -> str:
        """Return where the connection comes from, for counting; never stored or logged."""
        ...

    def tell(self, frame: bytes) -> None:
        """Hand a frame to the connection; does nothing on a closed one."""
        ...

    def is_open(self) -> bool:
        """Return whether frames can still be sent."""
        ...

    def is_clogged(self) -> bool:
        """Return whether the other side has not read what was sent."""
        ...

    def rest(self, ms: int) -> None:
        """Take nothing in for a while: the other side has sent too much."""
        ...

    def end(self, code: int, reason: str) -> None:
        """Say why and close; returns at once."""
        ...

    def cut(self) -> None:
        """Cut the connection."""
        ...

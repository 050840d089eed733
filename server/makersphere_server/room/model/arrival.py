"""A connection that hears its welcome and nothing else: for whoever is let in by a request, and goes again."""

from __future__ import annotations

from collections.abc import Callable

from makersphere_protocol.codec import decode_from_server
from makersphere_protocol.messages import Welcome
from makersphere_server.room.model.own_data.from_platform import FromPlatform

__all__ = ["Arrival"]


class Arrival:
    """A `ConnectionPort` that takes whatever comes.

    Attributes:
        address: see `ConnectionPort`.
        drained: see `ConnectionPort`.
        is_ended: see `ConnectionPort`.
        account: it is for somebody whom a platform has sent, by this account there; None: for somebody else.
        is_somebody_else: of those who have come under their name by another way they are none, as they say.
        welcome: what was heard.
    """

    def __init__(self, address: str, *, account: FromPlatform | None = None, is_somebody_else: bool = False) -> None:
        """Begin at an address."""
        self.address = address
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self.account = account
        self.is_somebody_else = is_somebody_else
        self.welcome: Welcome | None = None

    def tell(self, frame: bytes) -> None:
        """Keep the welcome."""
        if self.welcome is None and isinstance(found := decode_from_server(frame), Welcome):
            self.welcome = found

    def is_open(self) -> bool:
        """Return whether it has not been ended."""
        return not self.is_ended

    def is_clogged(self) -> bool:
        """Return that it takes whatever comes."""
        return False

    def rest(self, ms: int) -> None:
        """Do nothing: nothing more comes from here."""

    def end(self, code: int, reason: str) -> None:
        """Be no longer there."""
        self.is_ended = True

    def cut(self) -> None:
        """Be no longer there."""
        self.is_ended = True

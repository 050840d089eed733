"""How a phone gets its connections where several servers share the rooms: it goes where it is sent, else elsewhere.

What a phone with one address has from a proxy before the servers, it does here by itself: where nobody answers, the
next address is tried.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

import attrs
from websockets.asyncio.client import ClientConnection
from websockets.typing import Data

from tests.faults.rig.seat import dial

__all__ = ["Phone"]

_PATIENCE_S: Final = 2.0  # a dead machine says nothing


@attrs.define(eq=False)
class Phone:
    """A person's device; called with an address, which it knows better, it gives a connection.

    Attributes:
        addresses: of all servers, the one to begin with first.
        sent_on: how often it was told that another server has the room.
    """

    addresses: Sequence[str]
    sent_on: int = 0
    _to: str = ""
    _tried: int = 0

    def __call__(self, _: str) -> AbstractAsyncContextManager[Any]:
        """Return a connection in the making."""
        address, self._to = self._to or self.addresses[self._tried % len(self.addresses)], ""
        self._tried += 1
        phone = self

        class Told(ClientConnection):
            """A connection that notes where it is sent; it is closed then, and nobody else hears of it."""

            async def recv(self, *_: object) -> Data:  # type: ignore[override]  # all is text
                message = await super().recv()
                frame = json.loads(message)
                if frame["type"] != "error" or frame["code"] != "moved":
                    return message
                phone.sent_on += 1
                phone._to = frame["to"]
                return await super().recv()

        return dial(
            address, create_connection=Told, open_timeout=_PATIENCE_S, ping_interval=1, ping_timeout=_PATIENCE_S
        )

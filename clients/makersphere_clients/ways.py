"""By which way the next link to a server is dialled: a socket, or events and posts where something blocks sockets.

Posts are taken for one link after three sockets that failed in a row, if the server answers otherwise; when that link
is lost, or does not come about either, a socket has its turn again. Where a server says that another one has the room,
that one is dialled next; of those that are known, the next one has its turn where one does not answer twice in a row.
Opens nothing by itself.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from makersphere_clients.carried import Carried, answers_otherwise
from makersphere_protocol.hosts import can_be_host
from makersphere_protocol.messages import SUBPROTOCOL

__all__ = ["Way", "Ways"]

Way = ClientConnection | Carried

_CODE: Final = re.compile(r"[0-9A-Za-z]{7}")
_PATIENCE: Final = 3  # sockets that fail in a row; where posts have come through once, one
_UNSAID: Final = (0, 1006)
_MOST_KNOWN: Final = 8  # addresses
_LARGEST_PICTURE: Final = 16 * 2**20  # bytes; a room of 500 shows less


class Ways:
    """Chooses for one server, and for those that it leads to.

    Attributes:
        by_posts: the next link, or the one that is up, goes by events and posts.
    """

    def __init__(self, url: str) -> None:
        """Begin with a socket.

        Args:
            url: of the server's socket, `ws://HOST:PORT/ws`.
        """
        self.by_posts = False
        self._known = [url]  # the one that is dialled stands first
        self._patience = _PATIENCE
        self._in_vain = 0  # links in a row that nobody welcomed

    def dial(self, room: str = "") -> connect | Carried:
        """Return the next link, to be opened; by the code of its room a proxy knows which server has that."""
        known = self._known[0]
        url = f"{known}/{room}" if _CODE.fullmatch(room) and known.endswith("/ws") else known
        if self.by_posts:
            return Carried(url)
        return connect(
            url,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            compression=None,
            max_size=_LARGEST_PICTURE,
            close_timeout=1,
            proxy=None if _is_near(url) else True,
        )

    def welcomed(self) -> None:
        """Note that a link has come about."""
        self._in_vain = 0
        if self.by_posts:
            self._patience = 1

    def lost(self, close: int) -> None:
        """Note that a link is over, or did not come about; one that the server itself closed did get through.

        Args:
            close: the close code, 0 where none has come.
        """
        self._in_vain = 0 if close not in _UNSAID else self._in_vain + 1
        if self._in_vain > 1:
            self._known.append(self._known.pop(0))

    def lead(self, to: str) -> bool:
        """Dial another server next, which has the room as this one says; return whether it can be dialled.

        A link that was encrypted is led to none that is not.
        """
        try:
            there = urlsplit(to)
        except ValueError:
            return False
        schemes = ("wss",) if self._known[0].startswith("wss:") else ("ws", "wss")
        if there.scheme not in schemes or not can_be_host(there.hostname or ""):
            return False
        self._known = [to, *(url for url in self._known if url != to)][:_MOST_KNOWN]
        return True

    async def choose(self) -> None:
        """Choose for the next link."""
        was_by_posts, self.by_posts = self.by_posts, False
        is_blocked = self._in_vain >= self._patience and not was_by_posts
        self.by_posts = is_blocked and await answers_otherwise(self._known[0])


def _is_near(url: str) -> bool:
    """Return whether a server is on this machine or its own network, where no proxy belongs in between."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local")

"""Where a room is and which chair is wanted, read from what a person typed or pasted.

Answers with the socket's URL, the room's code and the chair (a seat, a host's, or none: watching). Understands the
web client's links and `HOST:PORT CODE`. Never guesses a code: what cannot be a code is refused. Opens nothing.

Source: the routes of the web client; the contract's room codes, 7 symbols without look-alikes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal
from urllib.parse import urlsplit

import attrs

__all__ = ["Address", "Chair", "NoAddress", "address", "server_at"]

Chair = Literal["seat", "host", "watch"]

_CODE: Final = re.compile(r"[0-9A-Z]{7}")
_CHAIRS: Final[dict[str, Chair]] = {"j": "seat", "p": "seat", "d": "seat", "s": "watch", "c": "host", "r": "host"}
_SOCKETS: Final = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}


class NoAddress(ValueError):
    """The text that was typed names no room.

    Attributes:
        why: `link` (no address at all), `code` (none, or none that a room can have).
    """

    def __init__(self, why: str) -> None:
        """Keep why."""
        super().__init__(why)
        self.why = why


@attrs.frozen
class Address:
    """A room and a way in.

    Attributes:
        server: as people name it, `host:port`.
        url: of the server's socket.
        room: the code.
        chair: what the link is for.
        token: the key that the link held; it opens a chair and is shown to nobody.
    """

    server: str
    url: str
    room: str
    chair: Chair = "seat"
    token: str = attrs.field(default="", repr=False)

    @property
    def link(self) -> str:
        """Return the link by which people join in a browser."""
        scheme = "https" if self.url.startswith("wss:") else "http"
        return f"{scheme}{self.url.removeprefix('wss').removeprefix('ws').removesuffix('/ws')}/#/j/{self.room}"


def address(typed: str) -> Address:
    """Return the room and chair that a link, or a server and a code, lead to.

    Raises:
        NoAddress: the text leads nowhere.
    """
    words = unicodedata.normalize("NFKC", typed).split()
    if not 1 <= len(words) <= 2:
        raise NoAddress("link")
    where, fragment = _server(words[0])
    route = [step for step in fragment.split("/") if step]
    if route and route[0] not in _CHAIRS:
        raise NoAddress("link")
    chair = _CHAIRS[route[0]] if route else "seat"
    token = route[2] if len(route) > 2 and route[0] == "r" else ""
    return attrs.evolve(where, room=_room(route, words[1:]), chair=chair, token=token)


def server_at(typed: str) -> Address:
    """Return a server that an address, or a link to any of its pages, leads to: with no room, and no key.

    Raises:
        NoAddress: the text leads nowhere.
    """
    words = unicodedata.normalize("NFKC", typed).split()
    if len(words) != 1:
        raise NoAddress("link")
    return _server(words[0])[0]


def _server(link: str) -> tuple[Address, str]:
    """Return a link's server, and its fragment."""
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        port = parts.port
    except ValueError:
        raise NoAddress("link") from None
    if parts.scheme not in _SOCKETS or not parts.hostname or "@" in parts.netloc:
        raise NoAddress("link")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    server = host if port is None else f"{host}:{port}"
    path = parts.path.removesuffix("/").removesuffix("/ws")
    return Address(server, f"{_SOCKETS[parts.scheme]}://{server}{path}/ws", ""), parts.fragment


def _room(route: list[str], codes: list[str]) -> str:
    room = (codes or route[1:2] or [""])[0].upper()
    if not _CODE.fullmatch(room):
        raise NoAddress("code")
    return room

"""Requests for what is taken home of a room, with a token, as a browser sends them."""

import inspect
from collections.abc import Mapping

from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.edge.http import Pages
from tests.server.rig.fakes import Rig

__all__ = ["ask"]


async def ask(
    rig: Rig,
    path: str,
    token: str = "",
    method: str = "GET",
    headers: Mapping[str, str] = {},
    address: str = "192.0.2.1",
) -> Response:
    """Return the answer to a request with a token."""
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    pages = Pages({}, lambda: True, downloads=Downloads(rig.lobby.kept_room, ReadingPace(rig.clock)))
    found = pages.answer(Request(f"/api/rooms/{path}", Headers(Host="here", **shown, **headers), method), address)
    return await found if inspect.isawaitable(found) else found  # type: ignore[return-value]  # never the handshake

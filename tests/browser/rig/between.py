"""What stands between a page and the server: it hears each frame, and sends it on, holds it back or answers itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page, WebSocketRoute

__all__ = ["Hears", "listen"]

Hears = Callable[[str | bytes, WebSocketRoute, WebSocketRoute], None]  # a frame, the page's end, the server's end


def listen(page: Page, *, up: Hears | None = None, down: Hears | None = None) -> None:
    """Let `up` hear what the page's next connections send, and `down` what they are sent; unheard, a frame goes on."""

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        if up is not None:
            socket.on_message(partial(_tell, up, socket, server))
        if down is not None:
            server.on_message(partial(_tell, down, socket, server))

    page.route_web_socket(re.compile("/ws(/|$)"), between)


def _tell(hears: Hears, socket: WebSocketRoute, server: WebSocketRoute, message: str | bytes) -> None:
    hears(message, socket, server)

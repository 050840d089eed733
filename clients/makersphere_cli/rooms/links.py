"""The links of a room, and the QR code.

Tokens stand in the fragment alone, which browsers do not send.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import webbrowser
from contextlib import suppress
from typing import Final

import attrs
import segno
from rich.console import Console
from rich.text import Text

from makersphere_cli.rooms.way_for_phones import web_address
from makersphere_server.app import Running
from makersphere_server.edge.lan_address import Reach, reach

__all__ = ["Links", "has_display", "links", "open_browser", "print_qr"]

_QR_STYLE: Final = "#ffffff on #000000"  # by name, terminals show other colours


@attrs.frozen
class Links:
    """The three ways into a room, and how other machines reach them; its address is "" where none does."""

    join: str
    host: str
    wall: str
    reach: Reach
    base: str


def links(server: Running, room: str, host_token: str) -> Links:
    """Return the links of a room, all with the same address, since pages make further links and QR codes of their own.

    The address is the machine's in its network. A machine in no network is `localhost`, which no phone can follow.
    """
    found = reach(server.host)
    base = web_address(server, found)
    return Links(
        join=f"{base}/#/j/{room}",
        host=f"{base}/#/r/{room}/{host_token}",
        wall=f"{base}/#/s/{room}",
        reach=found,
        base=base,
    )


def print_qr(console: Console, link: str) -> None:
    """Print a link as a QR code, light on dark, where the terminal can show it."""
    drawn = io.StringIO()
    segno.make(link, micro=False, error="m").terminal(drawn, compact=True, border=2)
    try:
        drawn.getvalue().encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:  # the link stands beside it
        return
    console.print(Text(drawn.getvalue(), style=_QR_STYLE, no_wrap=True))


def has_display() -> bool:
    """Return whether a browser window would be seen at this machine."""
    if os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser(link: str) -> None:
    """Open a link in the person's browser, without waiting for it; where there is no browser, nothing happens."""
    threading.Thread(target=_open, args=(link,), name="browser", daemon=True).start()


def _open(link: str) -> None:
    with suppress(webbrowser.Error):
        webbrowser.open(link)

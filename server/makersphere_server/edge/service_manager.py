"""What systemd and its like hand to a service, and want to hear from it; without them nothing of it happens.

Answers with the socket that was opened before the server was started, so that nobody who calls during a restart is
refused, and says when the server can be reached. Source: sd_listen_fds(3) and sd_notify(3).
"""

from __future__ import annotations

import errno
import os
import socket
from typing import Final

import structlog

__all__ = ["inherited_socket", "say_ready"]

_log = structlog.get_logger("makersphere.service_manager")
_FIRST: Final = 3  # after standard input, output and error


def inherited_socket() -> socket.socket | None:
    """Return the socket that this process was started with, once; None: it has to open one itself.

    Raises:
        OSError: there are several, and a server has one port.
    """
    of, count = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    if of != str(os.getpid()) or not count.isdecimal() or count == "0":
        return None
    if count != "1":
        raise OSError(errno.EINVAL, f"{count} sockets were handed over, and a server has one port")
    found = socket.socket(fileno=_FIRST)
    found.set_inheritable(False)  # no program that the server starts keeps the port
    return found


def say_ready() -> None:
    """Say that the server can be reached, to whoever has started it and wants to know."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
            way.sendto(b"READY=1", f"\0{address[1:]}" if address.startswith("@") else address)
    except OSError as error:
        _log.warning("readiness_unheard", reason=str(error))  # people can come in all the same

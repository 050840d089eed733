"""Servers of the tests on this machine: on ports that nobody else is given, and open however busy the machine is."""

import fcntl
import itertools
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

from makersphere_server.settings import Settings

__all__ = ["LATE_MS", "free_port", "is_taken", "loopback"]

LATE_MS = 60_000  # a machine that runs tests may be late itself, and nobody is to be turned away for it
# below those that the system gives to whoever dials, and each process begins in a row of its own
_FIRST, _EACH, _PROCESSES = 18_000, 12, 1_000
_candidates = itertools.cycle(
    _FIRST + (os.getpid() % _PROCESSES * _EACH + number) % (_EACH * _PROCESSES) for number in range(_EACH * _PROCESSES)
)


_TAKEN = Path(tempfile.gettempdir(), "makersphere-test-ports")


def is_taken(port: int) -> bool:
    """Return whether another process of tests has a port; if not, it is this one's for as long as it lives.

    A server under trial has its port also while it is down: that nobody listens there says nothing.
    """
    _TAKEN.mkdir(exist_ok=True)
    file = os.open(_TAKEN / str(port), os.O_CREAT | os.O_RDWR)  # open until the process ends
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return True
    return False


def free_port() -> int:
    """Return a port of this machine that nobody listens on, and that no test of another process has or is to have."""
    for port in _candidates:
        if is_taken(port):
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("there is always another candidate")


def loopback(**more: Any) -> Settings:  # noqa: ANN401  (settings)
    """Return the settings of a server on a port that the system chooses, if nothing else is said."""
    return Settings(**{"host": "127.0.0.1", "port": 0, "late_ms": LATE_MS, **more})

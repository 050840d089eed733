"""Ports for servers of the tests, below those that the system gives to whoever dials: none is taken meanwhile."""

import itertools
import os
import socket

__all__ = ["free_port"]

_FIRST, _EACH, _PROCESSES = 18_000, 12, 1_000  # each process begins in a row of its own
_candidates = itertools.cycle(
    _FIRST + (os.getpid() % _PROCESSES * _EACH + number) % (_EACH * _PROCESSES) for number in range(_EACH * _PROCESSES)
)


def free_port() -> int:
    """Return a port of this machine that nobody listens on, and that no test of another process is about to take."""
    for port in _candidates:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("there is always another candidate")

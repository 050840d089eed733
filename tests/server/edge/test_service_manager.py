"""Sockets that a service manager hands over: those of this process alone, and one of them."""

from __future__ import annotations

import os

import pytest

from makersphere_server.edge.service_manager import inherited_socket


@pytest.mark.parametrize(("of", "count"), [("1", "1"), ("", ""), ("own", "0"), ("own", ""), ("own", "-1")])
def test_without_a_socket_of_its_own_a_server_opens_one(of: str, count: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was meant for the process that has started it is left alone, and no program of its own reads it either."""
    monkeypatch.setenv("LISTEN_PID", str(os.getpid()) if of == "own" else of)
    monkeypatch.setenv("LISTEN_FDS", count)
    assert inherited_socket() is None
    assert {"LISTEN_PID", "LISTEN_FDS"} & set(os.environ) == set()


def test_two_sockets_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that took one of them would leave the people of the other one waiting for ever."""
    monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
    monkeypatch.setenv("LISTEN_FDS", "2")
    with pytest.raises(OSError, match="2 sockets were handed over, and a server has one port"):
        inherited_socket()

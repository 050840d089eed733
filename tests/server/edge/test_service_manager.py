"""Sockets that a service manager hands over: those of this process alone, and one of them."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from makersphere_server.edge.connection_count import peer_of
from makersphere_server.edge.service_manager import inherited_socket, say_ready


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


async def test_a_socket_of_both_families_knows_who_comes_by_the_older_one() -> None:
    """As a service manager opens it: a phone, a proxy and this machine have the address by which settings name them."""
    peers: list[str] = []

    async def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peers.append(peer_of(writer.transport))
        writer.close()

    both = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    port = both.getsockname()[1]
    async with await asyncio.start_server(note, sock=both):
        for host in ("127.0.0.1", "::1"):
            reader, writer = await asyncio.open_connection(host, port)
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
    assert peers == ["127.0.0.1", "::1"]


@pytest.mark.parametrize("name", ["nobody", "x" * 200, "@nobody-of-this-test"])
def test_a_manager_that_cannot_be_reached_ends_no_server(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that was left over, or a socket that is out of a container's reach: it is said in the log."""
    monkeypatch.setenv("NOTIFY_SOCKET", name if name.startswith("@") else str(tmp_path / name))
    with capture_logs() as lines:
        say_ready()
    assert [line["event"] for line in lines] == ["readiness_unheard"]

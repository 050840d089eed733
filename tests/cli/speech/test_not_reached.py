"""Why a server is not reached: each certificate that is not good has a sentence of its own."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from makersphere_cli.speech.not_reached import not_reached
from makersphere_clients.terminal.address import Address
from tests.loopback import free_port

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@contextmanager
def answering(context: ssl.SSLContext | None) -> Iterator[Address]:
    """Answer one connection: by TLS, or plainly."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    if context is None:
                        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    else:
                        context.wrap_socket(connection, server_side=True).close()

        thread = threading.Thread(target=answer)
        thread.start()
        yield at(server.getsockname()[1])
        thread.join()


def at(port: int) -> Address:
    """Return a server of this machine, by https."""
    return Address(f"127.0.0.1:{port}", f"wss://127.0.0.1:{port}/ws", "", "watch", "")


@pytest.fixture(name="ca")
def ca_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Return an authority that this machine knows."""
    found = trustme.CA()
    found.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return found


def serving(issued: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server with a certificate speaks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("name", "begins", "why"),
    [
        ("game.example", -DAY, "join_tls_name"),
        ("127.0.0.1", -9 * DAY, "join_tls_over"),
        ("127.0.0.1", DAY, "join_tls_not_yet"),
        ("127.0.0.1", -DAY, "join_no_server"),
    ],
)
def test_a_certificate_that_is_not_good_is_told_by_what_is_wrong(
    name: str, begins: dt.timedelta, why: str, ca: trustme.CA
) -> None:
    """Not that nobody answers: whoever keeps the server can mend it."""
    issued = ca.issue_cert(name, not_before=NOW + begins, not_after=NOW + begins + 5 * DAY)
    with answering(serving(issued)) as where:
        found = not_reached(where)
    assert (found.text, where.server in str(found)) == (why, True)


def test_an_authority_that_nobody_knows_is_told(ca: trustme.CA) -> None:
    """As where a school signs its own, and this machine is not the school's."""
    del ca
    with answering(serving(trustme.CA().issue_cert("127.0.0.1"))) as where:
        assert not_reached(where).text == "join_tls_unknown"


def test_a_server_without_https_and_no_server_are_told_apart() -> None:
    """One is mended by the address, the other by starting it."""
    with answering(None) as where:
        assert not_reached(where).text == "join_tls_none"
    assert not_reached(at(free_port())).text == "join_no_server"

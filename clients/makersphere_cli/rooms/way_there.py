"""What lies between this machine and a server that runs elsewhere: one finding for each part of the way there.

Answers with findings in the order of the way: name, port, certificate, pages, live connection, clock. Where a part is
missing, what comes after it cannot be there, and is not asked. Sends requests for pages and a first frame without
content; opens no room and counts for nobody. The sentences are `terminal.doctor.*`.
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import attrs
import h11
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from makersphere_cli.rooms.machine import Finding, found
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.not_reached import handshake
from makersphere_cli.speech.trouble import Trouble
from makersphere_clients.carried import Carried
from makersphere_clients.terminal.address import Address, NoAddress, server_at
from makersphere_clients.ways import Ways

__all__ = ["examined_there"]

PATIENCE_S = 8.0
SOON_DAYS: Final = 14  # a certificate that is renewed by itself has been by then
_CLOCK_OFF_S: Final = 60
_DAY_S: Final = 86_400
_OURS: Final = b"<title>Makersphere</title>"
_BUILT: Final = b'id="app"'
_BEHIND: Final = (502, 503, 504)
_NOT_OPENED: Final = (OSError, InvalidHandshake, ConnectionClosed, h11.RemoteProtocolError)


def examined_there(typed: str) -> Iterator[Finding]:
    """Yield a finding for each part of the way to a server, as soon as it is known.

    Args:
        typed: the server's address, or a link to any of its pages.

    Raises:
        Trouble: that is no address.
    """
    try:
        where = server_at(typed)
    except NoAddress:
        raise Trouble("doctor_no_address") from None  # what was typed may hold a key
    return _walked(where)


def _walked(where: Address) -> Iterator[Finding]:
    yield (name := _name(where))
    if name.state == "wrong":
        return
    yield (port := _port(where))
    if port.state == "wrong":
        return
    yield (certificate := _certificate(where))
    if certificate.state == "wrong":
        return
    page = _asked(where, "/")
    yield (pages := _pages(where, page))
    if pages.state == "wrong":
        return
    yield asyncio.run(_live(where))
    yield _clock(page)


def _parts(where: Address) -> tuple[str, int, bool]:
    """Return a server's name, its port, and whether it is spoken to by https."""
    parts = urlsplit(where.url)
    is_encrypted = parts.scheme == "wss"
    return parts.hostname or "", parts.port or (443 if is_encrypted else 80), is_encrypted


def _name(where: Address) -> Finding:
    host, port, _ = _parts(where)
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        return found("name", "wrong", "name_unknown", name=host, why=cause(error))
    return found("name", "well", "name", name=host, address=str(places[0][4][0]))


def _port(where: Address) -> Finding:
    host, port, _ = _parts(where)
    try:
        socket.create_connection((host, port), PATIENCE_S).close()
    except TimeoutError:
        return found("port", "wrong", "port_silent", name=host, port=port)
    except OSError as error:
        text = "port_refuses" if isinstance(error, ConnectionRefusedError) else "port_unreached"
        return found("port", "wrong", text, name=host, port=port, why=cause(error))
    return found("port", "well", "port_answers", port=port)


def _certificate(where: Address) -> Finding:
    host, port, is_encrypted = _parts(where)
    if not is_encrypted:
        return found("certificate", "note", "http")
    why, certificate = handshake(host, port)
    if why:
        return Finding("certificate", "wrong", str(Trouble(f"join_tls_{why}", server=where.server)))
    if not certificate:
        return found("certificate", "wrong", "tls_silent", server=where.server)
    left = int(ssl.cert_time_to_seconds(str(certificate["notAfter"])) - time.time()) // _DAY_S
    if left < SOON_DAYS:
        return found("certificate", "note", "tls_soon", days=left)
    return found("certificate", "well", "tls", days=left)


@attrs.frozen
class _Page:
    """What a page was answered by; a status of 0 where there was no answer."""

    status: int
    body: bytes = b""
    date: str = ""
    location: str = ""
    now_s: float = attrs.field(factory=time.time)


def _asked(where: Address, path: str) -> _Page:
    host, port, is_encrypted = _parts(where)
    kind = http.client.HTTPSConnection if is_encrypted else http.client.HTTPConnection
    root = urlsplit(where.url).path.removesuffix("/ws")
    with closing(kind(host, port, timeout=PATIENCE_S)) as connection:
        try:
            connection.request("GET", f"{root}{path}", headers={"Host": where.server})
            answer = connection.getresponse()
            body = answer.read(65_536)
        except (OSError, http.client.HTTPException):
            return _Page(0)
    return _Page(answer.status, body, answer.getheader("Date", ""), answer.getheader("Location", ""))


def _pages(where: Address, page: _Page) -> Finding:
    if page.status == 0:
        return found("web", "wrong", "page_silent", server=where.server)
    if 300 < page.status < 309 and page.location:
        return found("web", "wrong", "page_elsewhere", server=where.server, other=page.location.partition("#")[0])
    if page.status in _BEHIND:
        return found("web", "wrong", "page_behind", server=where.server, status=page.status)
    if _OURS not in page.body:
        return found("web", "wrong", "page_other", server=where.server, status=page.status)
    if _BUILT not in page.body:
        return found("web", "wrong", "page_unbuilt", server=where.server)
    if _asked(where, "/readyz").status != 200:
        return found("web", "wrong", "page_not_ready", server=where.server)
    return found("web", "well", "page")


async def _live(where: Address) -> Finding:
    """Find by which way frames come through: there and back by a socket, else by events and posts."""
    if await _by_socket(where.url):
        return found("live", "well", "live")
    way = await _by_posts(where.url)
    return found("live", "note" if way else "wrong", f"live_{way or 'none'}")


async def _by_socket(url: str) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_S), Ways(url).dial() as opened:
            if not isinstance(opened, Carried):
                await (await opened.ping())
    except _NOT_OPENED:  # a timeout is an OSError
        return False
    return True


async def _by_posts(url: str) -> str:
    """Return how frames come down where no socket opens: `slower`, or `fetched`; "" where they do not."""
    try:
        async with asyncio.timeout(3 * PATIENCE_S), Carried(url) as opened:
            await opened.send(b"{}")  # no frame: nobody is let in by it, and its refusal comes down
            await opened.recv()
            return "fetched" if opened.polls else "slower"
    except _NOT_OPENED:
        return ""


def _clock(page: _Page) -> Finding:
    try:
        server_s = parsedate_to_datetime(page.date).timestamp()
    except ValueError:
        return found("clock", "note", "clock_untold")
    off_s = abs(page.now_s - server_s)
    if off_s < _CLOCK_OFF_S:
        return found("clock", "well", "clock")
    return found("clock", "note", "clock_off", minutes=round(off_s / 60))

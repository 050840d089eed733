"""A server's own certificate: what is refused and why, what is renewed while it runs, and a game over https."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import trustme
from prometheus_client import REGISTRY
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.messages import SUBPROTOCOL, Command, Create, Options, Result, Welcome
from makersphere_server.app import Running, running
from makersphere_server.edge import certificate
from makersphere_server.edge.certificate import Certificate, Pair
from makersphere_server.settings import CannotStart
from tests.loopback import loopback
from tests.server.rig.fakes import ManualClock
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import PATIENCE_S, hear, say

NOW = dt.datetime(2023, 11, 14, tzinfo=dt.UTC)  # the manual clock's day
DAY = dt.timedelta(days=1)
NAMES = ("game.example", "127.0.0.1")


@pytest.fixture(name="ca", scope="module")
def ca_() -> trustme.CA:
    """Return an authority that the clients of these tests trust."""
    return trustme.CA()


def put(folder: Path, ca: trustme.CA, *names: str, begins: dt.datetime = NOW - DAY, days: int = 30) -> Path:
    """Put a certificate of the authority and its key into `cert.pem` and `key.pem`, in one step each."""
    issued = ca.issue_cert(*(names or NAMES), not_before=begins, not_after=begins + days * DAY)
    for name, blobs in (("cert.pem", issued.cert_chain_pems), ("key.pem", [issued.private_key_pem])):
        (folder / f"{name}.new").write_bytes(b"".join(blob.bytes() for blob in blobs))
        (folder / f"{name}.new").replace(folder / name)
    return folder


def refused(folder: Path, cert: str = "cert.pem", key: str | None = "key.pem", now_ms: int = 0) -> CannotStart:
    """Return why a pair of files is refused."""
    with pytest.raises(CannotStart) as why:
        certificate.read(folder / cert, folder / key if key else None, now_ms or ManualClock().wall_ms())
    return why.value


def test_a_certificate_is_read_with_its_names_and_days(tmp_path: Path, ca: trustme.CA) -> None:
    """Also where the key stands in the same file."""
    put(tmp_path, ca)
    both = tmp_path / "both.pem"
    both.write_bytes((tmp_path / "cert.pem").read_bytes() + (tmp_path / "key.pem").read_bytes())
    begins, over = (int(day.timestamp() * 1000) for day in (NOW - DAY, NOW + 29 * DAY))
    wanted = Pair(NAMES, begins, over)
    assert certificate.read(both, None, ManualClock().wall_ms()) == wanted
    assert certificate.read(tmp_path / "cert.pem", tmp_path / "key.pem", ManualClock().wall_ms()) == wanted


def test_no_connection_is_older_than_tls_1_2(tmp_path: Path, ca: trustme.CA) -> None:
    """Also by Debian's Python, which leaves that to the system."""
    put(tmp_path, ca)
    held = Certificate(tmp_path / "cert.pem", tmp_path / "key.pem", ManualClock())
    assert held.context.minimum_version == ssl.TLSVersion.TLSv1_2


def test_each_pair_that_is_none_is_refused_by_its_own_sentence(tmp_path: Path, ca: trustme.CA) -> None:
    """The sentence names the file that has to be another one."""
    put(tmp_path, ca)
    other = tmp_path / "other"
    other.mkdir()
    put(other, ca)
    (tmp_path / "text.pem").write_text("hello", "utf-8")
    for cert, key, text, named in (
        ("cert.pem", None, "tls_no_key", "cert.pem"),
        ("cert.pem", "other/key.pem", "tls_other_key", "other/key.pem"),
        ("cert.pem", "text.pem", "tls_no_key", "text.pem"),
        ("text.pem", "key.pem", "tls_no_certificate", "text.pem"),
        ("absent.pem", "key.pem", "tls_unread", "absent.pem"),
        ("cert.pem", "absent.pem", "tls_unread", "absent.pem"),
    ):
        why = refused(tmp_path, cert, key)
        assert (why.text, why.values["file"]) == (text, str(tmp_path / named))


@pytest.mark.parametrize(("away", "text"), [(-2 * DAY, "tls_not_yet"), (31 * DAY, "tls_over")])
def test_a_certificate_that_does_not_hold_now_is_refused(
    away: dt.timedelta, text: str, tmp_path: Path, ca: trustme.CA
) -> None:
    """Phones would refuse it, one by one."""
    put(tmp_path, ca)
    assert refused(tmp_path, now_ms=int((NOW + away).timestamp() * 1000)).text == text


class Renewed:
    """A certificate on the disk, and a clock by which it is looked at."""

    def __init__(self, folder: Path, ca: trustme.CA) -> None:
        self.folder, self.ca, self.clock = put(folder, ca, "before.example"), ca, ManualClock()
        self.read = Certificate(folder / "cert.pem", folder / "key.pem", self.clock)
        self.read.start()

    def a_minute_later(self) -> tuple[str, ...]:
        """Return the names that new connections see."""
        self.clock.move_to(self.clock.now + 60_000)
        asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        asking.check_hostname = False
        self.ca.configure_trust(asking)
        there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        server, client = self.read.context.wrap_bio(there, back, server_side=True), asking.wrap_bio(back, there)
        for side in (client, server) * 4:
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
        told: Any = client.getpeercert()
        seen = tuple(name for _, name in told["subjectAltName"])
        assert seen == self.read.pair.names
        return seen


@pytest.fixture(name="renewed")
def renewed_(tmp_path: Path, ca: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Renewed:
    """Return a certificate whose handshakes take no heed of the day: the clock is the test's."""
    monkeypatch.setattr(ca, "configure_trust", _without_days(ca))
    return Renewed(tmp_path, ca)


def _without_days(ca: trustme.CA) -> object:
    def trust(context: ssl.SSLContext) -> None:
        context.load_verify_locations(cadata=ca.cert_pem.bytes().decode())
        context.verify_flags = ssl.VerifyFlags(context.verify_flags | 0x200000)

    return trust


def test_a_renewed_certificate_is_taken_within_a_minute(renewed: Renewed) -> None:
    """Nobody restarts a server on the day before a lesson."""
    assert renewed.a_minute_later() == ("before.example",)
    assert _shown_until() == (NOW + 29 * DAY).timestamp()
    put(renewed.folder, renewed.ca, "after.example", days=60)
    assert renewed.a_minute_later() == ("after.example",)
    assert _shown_until() == (NOW + 59 * DAY).timestamp()


def _shown_until() -> float | None:
    """Return until when the certificate holds, as the alert about it reads it."""
    return REGISTRY.get_sample_value("makersphere_certificate_until_seconds")


def test_a_renewal_that_does_not_fit_leaves_what_was(renewed: Renewed) -> None:
    """A key that comes a minute after its certificate is waited for; one that is over is not taken."""
    key = (renewed.folder / "key.pem").read_bytes()
    put(renewed.folder, renewed.ca, "after.example")
    later = (renewed.folder / "key.pem").read_bytes()
    (renewed.folder / "key.pem").write_bytes(key)
    assert renewed.a_minute_later() == ("before.example",)
    (renewed.folder / "key.pem").write_bytes(later)
    assert renewed.a_minute_later() == ("after.example",)
    put(renewed.folder, renewed.ca, "over.example", begins=NOW - 40 * DAY)
    assert renewed.a_minute_later() == ("after.example",)
    (renewed.folder / "cert.pem").unlink()
    assert renewed.a_minute_later() == ("after.example",)


def trusting(ca: trustme.CA) -> ssl.SSLContext:
    """Return what a client trusts that knows the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ca.configure_trust(context)
    return context


async def page(server: Running, ca: trustme.CA) -> bytes:
    """Return the answer to a plain request over TLS."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, ssl=trusting(ca))
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: game.example\r\n\r\n")
    async with asyncio.timeout(PATIENCE_S):
        answer = await reader.read()
    writer.close()
    return answer


async def test_a_room_is_opened_and_played_over_https(tmp_path: Path, ca: trustme.CA) -> None:
    """The same frames; browsers are told to come back by https alone, and the link has the certificate's name."""
    put(tmp_path, ca, begins=dt.datetime.now(dt.UTC) - DAY)
    settings = loopback(tls_cert=tmp_path / "cert.pem", tls_key=tmp_path / "key.pem")
    async with running(settings, StandIns(), log=MemoryLog()) as server:
        assert server.url == f"https://game.example:{server.port}"
        assert b"Strict-Transport-Security: max-age=" in await page(server, ca)
        url = f"wss://127.0.0.1:{server.port}/ws"
        async with connect(
            url, subprotocols=[Subprotocol(SUBPROTOCOL)], ssl=trusting(ca), compression=None, proxy=None
        ) as host:
            await say(host, Create("counter", Options(seats=1)))
            await hear(host, Welcome)
            await say(host, Command("1", "host.announce", {"text": "hello"}))
            assert (await hear(host, Result)).id == "1"


@pytest.mark.parametrize(
    ("names", "url"),
    [
        (("*.school.example", "school.example"), "https://school.example:8443"),
        (("*.school.example",), "https://192.0.2.7:8443"),
        (("2001:db8::7",), "https://[2001:db8::7]:8443"),
    ],
)
def test_a_link_has_a_name_that_a_browser_can_open(names: tuple[str, ...], url: str, tmp_path: Path) -> None:
    """No star in it, and an address in brackets."""
    settings = loopback(tls_cert=tmp_path / "cert.pem")
    lobby: Any = None
    assert Running("192.0.2.7", 8443, lobby, settings, names).url == url


def test_files_that_are_changed_amid_a_look_leave_no_half_a_pair(
    renewed: Renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was proved is what serves, whatever stands on the disk by then; and it is looked at again."""
    proved = certificate._proved

    def then_gone(file: Path, key: Path | None, now_ms: int) -> tuple[Pair, ssl.SSLContext]:
        found = proved(file, key, now_ms)
        (renewed.folder / "key.pem").write_text("half a", "utf-8")
        return found

    monkeypatch.setattr(certificate, "_proved", then_gone)
    put(renewed.folder, renewed.ca, "after.example")
    assert renewed.a_minute_later() == ("after.example",)
    monkeypatch.setattr(certificate, "_proved", proved)
    assert renewed.a_minute_later() == ("after.example",)


async def test_who_speaks_no_tls_holds_up_nobody(tmp_path: Path, ca: trustme.CA) -> None:
    """A connection without a handshake is cut at the stop, and others play on."""
    put(tmp_path, ca, begins=dt.datetime.now(dt.UTC) - DAY)
    settings = loopback(tls_cert=tmp_path / "cert.pem", tls_key=tmp_path / "key.pem", request_s=600)
    async with asyncio.timeout(PATIENCE_S), running(settings, StandIns(), log=MemoryLog()) as server:
        _, silent = await asyncio.open_connection("127.0.0.1", server.port)
        reader, plain = await asyncio.open_connection("127.0.0.1", server.port)
        plain.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert not (await reader.read()).startswith(b"HTTP")
        assert b"200 OK" in await page(server, ca)
    silent.close()
    plain.close()

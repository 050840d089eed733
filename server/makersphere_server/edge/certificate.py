"""The server's own certificate: read once, looked at again while the server runs, and never half a pair.

Answers with what new connections are encrypted by, for which names, and until when. A pair of files that was renewed
is taken without a restart; one that does not fit is told in the log, and the pair of before stays. What a certificate
says is read by a handshake in memory, so that nothing but the standard library reads it.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import structlog

from makersphere_server import metrics
from makersphere_server.clock import Clock, Handle
from makersphere_server.settings import CannotStart

__all__ = ["Certificate", "Pair", "read"]

_LOOK_MS: Final = 60_000
_NO_CHECK_TIME: Final = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: a certificate that is over is read all the same
_OTHER_KEY: Final = "KEY_VALUES_MISMATCH"

_log = structlog.get_logger("makersphere.certificate")


@attrs.frozen
class Pair:
    """What a certificate says.

    Attributes:
        names: the names and addresses that it is for, in its own order.
        from_ms: since 1970, when it begins to hold.
        until_ms: since 1970, when it is over.
    """

    names: tuple[str, ...]
    from_ms: int
    until_ms: int


class Certificate:
    """A certificate and its key, as they are on the disk at the moment."""

    def __init__(self, file: Path, key: Path | None, clock: Clock) -> None:
        """Read both.

        Args:
            file: the certificate with those that lead to it, PEM.
            key: its key, PEM without a passphrase; None where it stands in the same file.
            clock: what time it is, and when to look again.

        Raises:
            CannotStart: they cannot be read, do not fit, or do not hold now.
        """
        self._file, self._key, self._clock = file, key, clock
        self._alarm: Handle | None = None
        self._seen = self._stamp()
        self.pair, self._serving = _proved(file, key, clock.wall_ms())
        metrics.CERTIFICATE_UNTIL.set(self.pair.until_ms / 1000)
        self.context = self._serving
        self.context.sni_callback = self._hand_over

    def start(self) -> None:
        """Look at the files now and then."""
        self._alarm = self._clock.call_later(_LOOK_MS, self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._alarm is not None:
            self._alarm.cancel()

    def _hand_over(self, connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
        """Encrypt a new connection by the pair of now; those that are open stay as they are."""
        connection.context = self._serving

    def _look(self) -> None:
        self.start()
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._renew()

    def _renew(self) -> None:
        try:
            self.pair, self._serving = _proved(self._file, self._key, self._clock.wall_ms())
        except CannotStart as error:
            _log.error("certificate_refused", file=str(self._file), error=str(error))
            return
        metrics.CERTIFICATE_UNTIL.set(self.pair.until_ms / 1000)
        _log.info("certificate_renewed", file=str(self._file), until_ms=self.pair.until_ms)

    def _stamp(self) -> tuple[object, ...]:
        files = [file for file in (self._file, self._key) if file is not None]
        return tuple(_stamp_of(file) for file in files)


def _stamp_of(file: Path) -> object:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read(file: Path, key: Path | None, now_ms: int) -> Pair:
    """Return what a certificate says that fits its key and holds now.

    Raises:
        CannotStart: it does not; the sentence says what to give instead.
    """
    return _proved(file, key, now_ms)[0]


def _proved(file: Path, key: Path | None, now_ms: int) -> tuple[Pair, ssl.SSLContext]:
    """Return what a certificate says, and the very context that has shaken hands with it."""
    try:
        serving = _serving(file, key)
        named = _seen_by_others(serving, file)
    except ssl.SSLError as error:
        raise _unfit(error, file, key) from None
    except OSError as error:
        lacking = next((str(each) for each in (file, key) if each is not None and not each.is_file()), str(file))
        raise CannotStart(f"{lacking} cannot be read: {error.strerror}", "tls_unread", file=lacking) from error
    pair = Pair(
        tuple(str(name) for kind, name in named.get("subjectAltName", ()) if kind in ("DNS", "IP Address")),
        int(ssl.cert_time_to_seconds(named["notBefore"]) * 1000),
        int(ssl.cert_time_to_seconds(named["notAfter"]) * 1000),
    )
    if not pair.from_ms <= now_ms < pair.until_ms:
        text, day = ("tls_over", named["notAfter"]) if now_ms >= pair.until_ms else ("tls_not_yet", named["notBefore"])
        raise CannotStart(f"The certificate {file} does not hold now ({day}).", text, file=str(file), day=str(day))
    return pair, serving


def _unfit(error: ssl.SSLError, file: Path, key: Path | None) -> CannotStart:
    if error.reason == _OTHER_KEY:
        return CannotStart(f"{key or file} is the key of another certificate.", "tls_other_key", file=str(key or file))
    if not _is_certificate(file):
        return CannotStart(f"{file} is no certificate (PEM).", "tls_no_certificate", file=str(file))
    return CannotStart(
        f"{key or file} has no key that opens without a passphrase.", "tls_no_key", file=str(key or file)
    )


def _is_certificate(file: Path) -> bool:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=file)
    except ssl.SSLError:
        return False
    return True


def _serving(file: Path, key: Path | None) -> ssl.SSLContext:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.minimum_version = ssl.TLSVersion.TLSv1_2  # a system may leave it open to older ones
    serving.load_cert_chain(file, key, password=lambda: "")
    serving.set_alpn_protocols(["http/1.1"])
    return serving


def _seen_by_others(serving: ssl.SSLContext, file: Path) -> Mapping[str, Any]:
    """Shake hands with oneself in memory, and return the certificate as the other side saw it."""
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.check_hostname = False
    asking.load_verify_locations(cafile=file)
    asking.verify_flags = ssl.VerifyFlags(asking.verify_flags | ssl.VERIFY_X509_PARTIAL_CHAIN | _NO_CHECK_TIME)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = serving.wrap_bio(there, back, server_side=True)
    client = asking.wrap_bio(back, there)
    for _ in range(4):  # more than a handshake takes
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    named = client.getpeercert()
    if not named:
        raise ssl.SSLError(f"{file} shows no certificate")
    return named

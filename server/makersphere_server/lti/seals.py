"""Proofs that this server has begun what comes back to it: nothing is kept for a login that nobody finishes.

Answers a nonce for a state, which holds for five minutes, for one platform and once; and tickets that a page's form
hands back. Both are signed with bytes that are drawn when the server starts. Only what a platform has signed uses up a
nonce, so what is remembered is bounded by the platforms.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from threading import Lock
from typing import Any, Final, TypeVar

import msgspec

from makersphere_server.clock import Clock

__all__ = ["LASTS_MS", "Seals"]

LASTS_MS: Final = 300_000  # a login
_TICKET_MS: Final = 7_200_000
_MOST_USED: Final = 20_000

T = TypeVar("T")


class Seals:
    """What one running server has signed for itself."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing used."""
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._used: dict[str, int] = {}  # nonces, and until when each would hold
        self._using = Lock()  # messages are read in threads

    # -- logins

    def nonce(self, state: str, issuer: str, client: str) -> str:
        """Return the nonce for a state that is sent to a platform."""
        until = str(self._clock.wall_ms() + LASTS_MS)
        return f"{until}.{self._sign('nonce', until, state, issuer, client)}"

    def begun_ms(self, nonce: str, state: str, issuer: str, client: str) -> int | None:
        """Return when the login of a nonce was begun; None: it is not one of ours, or over."""
        until, _, seal = nonce.partition(".")
        if not hmac.compare_digest(seal.encode(), self._sign("nonce", until, state, issuer, client).encode()):
            return None
        return int(until) - LASTS_MS if int(until) > self._clock.wall_ms() else None

    def use(self, nonce: str) -> bool:
        """Use a nonce up; return whether nobody had."""
        with self._using:
            now = self._clock.wall_ms()
            if len(self._used) >= _MOST_USED:
                self._used = {one: until for one, until in self._used.items() if until > now}
            if nonce in self._used or len(self._used) >= _MOST_USED:
                return False
            self._used[nonce] = now + LASTS_MS
            return True

    # -- tickets

    def ticket(self, kind: str, value: Any) -> str:  # noqa: ANN401  (what msgspec writes)
        """Return a ticket of a kind that says something."""
        said = base64.urlsafe_b64encode(msgspec.json.encode([self._clock.wall_ms() + _TICKET_MS, value])).decode()
        return f"{said}.{self._sign(kind, said)}"

    def read(self, kind: str, ticket: str, type_: type[T]) -> T | None:
        """Return what a ticket of a kind says; None: it is not one of ours, or over."""
        said, _, seal = ticket.partition(".")
        if not hmac.compare_digest(seal.encode(), self._sign(kind, said).encode()):
            return None
        until, value = msgspec.json.decode(base64.urlsafe_b64decode(said), type=tuple[int, msgspec.Raw])
        return msgspec.json.decode(value, type=type_) if until > self._clock.wall_ms() else None

    def _sign(self, *parts: str) -> str:
        return hmac.digest(self._secret, "\x1f".join(parts).encode(), hashlib.sha256).hex()

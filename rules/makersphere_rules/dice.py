"""All chance of a room, from one fixed seed.

A draw depends on seed, season, phase, purpose, entity and number alone, never on who came first, on
time or on the room's code, so no generator state exists that could leak or drift. The seed's
commitment is shown at the start and opened at the end (rulebook, principle 6).
"""

from __future__ import annotations

import hashlib
import struct
from typing import Final, Protocol

import attrs
import msgspec

from makersphere_rules.entity import Key

__all__ = ["Dice", "Draw", "SeededDice", "commitment"]

_WORDS: Final = struct.Struct(">4Q")  # a digest as four words
_WORD: Final = struct.Struct(">Q")  # the first of them
_WORD_VALUES: Final = 1 << 64
_BLOCK_BYTES: Final = 64  # of SHA-256


class Draw(msgspec.Struct, frozen=True):
    """One draw as a fact: where it fell, of how many sides, and what came (1 to `sides`)."""

    season: int
    phase: str
    purpose: str
    entity: Key
    number: int
    sides: int
    value: int


class Dice(Protocol):
    """What the rules ask of chance; tests script it."""

    def draw(self, season: int, phase: str, purpose: str, entity: Key, number: int, sides: int) -> int:
        """Return a whole number from 1 to `sides`."""
        ...


def commitment(seed: bytes, nonce: bytes) -> str:
    """Return the hex SHA-256 that is published before play."""
    return hashlib.sha256(seed + nonce).hexdigest()


@attrs.frozen
class SeededDice:
    """Dice of a room: HMAC-SHA256 keyed with the seed over the name of the draw (RFC 2104).

    An HMAC is two hashes that begin with the key. Those beginnings are worked out once and copied at every draw, which
    `hmac.digest` cannot do (`run.py bench simulate`; ADR 12).
    """

    seed: bytes = attrs.field(repr=False)
    _inner: hashlib._Hash = attrs.field(init=False, repr=False, eq=False)
    _outer: hashlib._Hash = attrs.field(init=False, repr=False, eq=False)

    @_inner.default
    def _keyed_inner(self) -> hashlib._Hash:
        return hashlib.sha256(bytes(byte ^ 0x36 for byte in self._key()))

    @_outer.default
    def _keyed_outer(self) -> hashlib._Hash:
        return hashlib.sha256(bytes(byte ^ 0x5C for byte in self._key()))

    def _key(self) -> bytes:
        key = self.seed if len(self.seed) <= _BLOCK_BYTES else hashlib.sha256(self.seed).digest()
        return key.ljust(_BLOCK_BYTES, b"\0")

    def draw(self, season: int, phase: str, purpose: str, entity: Key, number: int, sides: int) -> int:
        """Return a whole number from 1 to `sides`, every one equally likely (rejection, no modulo bias)."""
        name = f"{season}|{phase}|{purpose}|{entity}|{number}|0"
        word: int = _WORD.unpack_from(self._code(name.encode()))[0]
        if word < _WORD_VALUES - sides:  # almost always, and then it is below any limit
            return word % sides + 1
        return self._draw_at_length(name[:-1], sides)

    def _draw_at_length(self, name: str, sides: int) -> int:
        """Return the first of the words of a draw, block after block, that favours no side."""
        limit = _WORD_VALUES - _WORD_VALUES % sides
        block = 0
        while True:
            for word in _WORDS.unpack(self._code(f"{name}{block}".encode())):
                if word < limit:
                    return int(word % sides + 1)
            block += 1

    def _code(self, message: bytes) -> bytes:
        """Return what `hmac.digest(seed, message, "sha256")` does."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()

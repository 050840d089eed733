"""All chance of a room, from one fixed seed.

A draw depends on seed, season, phase, purpose, entity and number alone, never on who came first, on
time or on the room's code, so no generator state exists that could leak or drift. The seed's
commitment is shown at the start and opened at the end (rulebook, principle 6).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Protocol

import attrs

from makersphere_rules.entity import Key

__all__ = ["Dice", "Draw", "SeededDice", "commitment"]

_WORD_BITS = 64


@attrs.frozen
class Draw:
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
    """Dice of a room: HMAC-SHA256 keyed with the seed over the name of the draw (RFC 2104)."""

    seed: bytes = attrs.field(repr=False)

    def draw(self, season: int, phase: str, purpose: str, entity: Key, number: int, sides: int) -> int:
        """Return a whole number from 1 to `sides`, every one equally likely (rejection, no modulo bias)."""
        name = f"{season}|{phase}|{purpose}|{entity}|{number}"
        limit = (1 << _WORD_BITS) - (1 << _WORD_BITS) % sides
        block = 0
        while True:
            digest = hmac.digest(self.seed, f"{name}|{block}".encode(), "sha256")
            for start in range(0, len(digest), _WORD_BITS // 8):
                word = int.from_bytes(digest[start : start + _WORD_BITS // 8], "big")
                if word < limit:
                    return word % sides + 1
            block += 1

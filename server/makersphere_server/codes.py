"""Room codes, tokens, seeds and marks: everything that is drawn at random, and must not be guessed.

Answers new codes, tokens, seeds and marks, and the id under which a token is kept. A token is 128 random bits. The
server stores and compares a hash of it alone, so that a stolen data folder opens no seat.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from makersphere_protocol.errors import Refused

__all__ = [
    "ALPHABET",
    "CODE_LENGTH",
    "check_proof",
    "digest",
    "is_code",
    "is_same",
    "new_code",
    "new_half_mark",
    "new_number",
    "new_rejoin_code",
    "new_token",
    "proves",
    "seed_of",
    "tidy_code",
    "token_id",
]

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWX"  # 28 symbols without look-alikes: no 0 O, 1 I L, U V, Y Z
CODE_LENGTH: Final = 7
_NUMBERS: Final = 2**31 - 1
REJOIN_LENGTH: Final = 8  # all 500 seats of a room may have one, and none is guessed in a lesson


SHORTEST_PROOF: Final = 8  # characters, as of a rejoin code; who sends the id alone is to draw many more


def new_code(begin_with: str = "") -> str:
    """Return a room code: 7 of 28 symbols, 13 thousand million codes; those that begin with some symbols are fewer."""
    return secrets.choice(begin_with or ALPHABET) + "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1))


def is_code(code: str) -> bool:
    """Return whether a text has the form of a room code."""
    return len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)


def new_rejoin_code() -> str:
    """Return a code that opens one person's part in a seat, or a new one: 8 of 28 symbols, beside the room's own."""
    return "".join(secrets.choice(ALPHABET) for _ in range(REJOIN_LENGTH))


def new_number() -> int:
    """Return a number that says nothing, by which a wish is answered; after a restart it stands for no other one."""
    return secrets.randbelow(_NUMBERS) + 1


def tidy_code(code: str) -> str:
    """Return a code as people type it in the form in which rooms are kept."""
    return "".join(code.upper().split()).replace("-", "")


def new_token() -> str:
    """Return a token that opens one seat or host chair."""
    return secrets.token_urlsafe(16)


def new_half_mark() -> bytes:
    """Return half of the marks of a room, 8 bytes: drawn anew whenever it is opened, so histories are told apart."""
    return secrets.token_bytes(8)


def token_id(token: str) -> str:
    """Return the id under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def digest(salt: str, *parts: str) -> str:
    """Return a salted digest of texts that are to be compared and never read."""
    return hashlib.sha256("\x1f".join((salt, *parts)).encode()).hexdigest()[:32]


def is_same(typed: str, secret: str) -> bool:
    """Return whether what was typed is the secret; how long that takes tells nothing about the secret."""
    return hmac.compare_digest(digest("", typed), digest("", secret))


def proves(id: str) -> bool:
    """Return whether an id is long enough to prove that it is its sender who sends it again."""
    return len(id) >= SHORTEST_PROOF


def check_proof(id: str) -> None:
    """See that an id can prove that it is its sender who sends it again.

    Raises:
        Refused: it is so short that somebody else may have guessed it.
    """
    if not proves(id):
        raise Refused("bad_args", "id_too_short", "id", least=SHORTEST_PROOF)


def seed_of(seed: int | str | None) -> bytes:
    """Return the 32 bytes of a chosen seed, the same as in games without a server; without a choice, fresh ones."""
    return secrets.token_bytes(32) if seed is None else hashlib.sha256(str(seed).encode()).digest()

"""The key with which this server signs what it asks of platforms: made at first use, readable by its owner alone.

Answers the key and its public half as platforms fetch it. It lies in the data folder and is never logged. A platform
that is told the address of the public half learns a new key by itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import attrs
from jwcrypto.jwk import JWK
from pylti1p3.registration import Registration

from makersphere_server.settings import CannotStart
from makersphere_server.storage.whole_file import write_whole

__all__ = ["FILE", "OwnKey", "own_key"]

FILE: Final = "lti-key.pem"  # in the data folder
_BITS: Final = 2048
_OTHERS: Final = 0o077


@attrs.frozen
class OwnKey:
    """Both halves of the key, as PEM."""

    private: str = attrs.field(repr=False)
    public: str

    def as_set(self) -> dict[str, Any]:
        """Return the public half as platforms read it: a set of keys."""
        return {"keys": [Registration.get_jwk(self.public)]}


def own_key(folder: Path) -> OwnKey:
    """Return the key of a data folder; it is made where there is none.

    Raises:
        CannotStart: it cannot be read or written, or others may read it.
    """
    file = folder / FILE
    try:
        if not file.exists():
            _make(file)
        if os.name == "posix" and file.stat().st_mode & _OTHERS:
            raise CannotStart(f"{file} may be read by others: chmod 600 {file}", "lti_key_open", file=str(file))
        key = JWK.from_pem(file.read_bytes())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no key"
        raise CannotStart(f"The key {file} cannot be used: {why}.", "lti_key", file=str(file), why=why) from error
    private, public = key.export_to_pem(private_key=True, password=None), key.export_to_pem()
    return OwnKey(private.decode(), public.decode())


def _make(file: Path) -> None:
    made = JWK.generate(kty="RSA", size=_BITS).export_to_pem(private_key=True, password=None)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it is not there where a database keeps the rooms
    write_whole(file, made, is_private=True)

"""The learning platforms that the keeper has named, read from one file: who they are, and where they are asked.

Answers which platform an issuer is. No other address than those in the file is ever asked: what a platform says of
where its grades go is held against it. Every address is https.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import attrs
import msgspec

from makersphere_server.settings import CannotStart

__all__ = ["Platform", "Platforms", "read"]

_ADDRESSES: Final = ("login_url", "token_url", "keys_url")


@attrs.frozen
class Platform:
    """A learning platform.

    Attributes:
        name: as people call it.
        issuer: as it calls itself in what it signs.
        client: what it calls this server.
        deployments: which of its deployments may send people here.
        login_url: where a browser is sent to say who it is.
        token_url: where the right to send grades is asked for.
        keys_url: where its public keys are.
        places: origins at which it takes grades.
        ca: certificates of an authority of its own; None: one that the system knows.
    """

    name: str
    issuer: str
    client: str
    deployments: frozenset[str]
    login_url: str
    token_url: str
    keys_url: str
    places: frozenset[str]
    ca: Path | None = None

    def takes(self, address: str) -> bool:
        """Return whether an address is at one of the platform's places."""
        return _origin(address) in self.places


@attrs.frozen
class Platforms:
    """All platforms, and under which address they know this server.

    Attributes:
        url: of this server, as browsers reach it; no slash at its end.
    """

    url: str
    _all: tuple[Platform, ...]

    def __iter__(self) -> Iterator[Platform]:
        """Yield them in the order of the file."""
        return iter(self._all)

    def find(self, issuer: str, client: str = "") -> Platform | None:
        """Return the platform of an issuer; where it has no client's name, the one that there is of that issuer."""
        found = [one for one in self._all if one.issuer == issuer and client in ("", one.client)]
        return found[0] if len(found) == 1 else None


class _Named(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    issuer: str
    client_id: str
    deployment_ids: list[str]
    login_url: str
    token_url: str
    keys_url: str
    grades_at: list[str] = []
    ca: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    platform: list[_Named]


def read(file: Path) -> Platforms:
    """Return the platforms of a file.

    Raises:
        CannotStart: it cannot be read, or something in it is not as it has to be.
    """
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=_File)
    except (OSError, ValueError) as error:  # msgspec's and tomllib's errors are ValueErrors
        why = getattr(error, "strerror", None) or str(error)
        raise CannotStart(f"{file} does not name the platforms: {why}.", "lti_file", file=str(file), why=why) from error
    _check(file, "url", found.url)
    for one in found.platform:
        for field in _ADDRESSES:
            _check(file, field, getattr(one, field))
        for place in one.grades_at:
            _check(file, "grades_at", place)
    return Platforms(found.url.rstrip("/"), tuple(_platform(file, one) for one in found.platform))


def _check(file: Path, field: str, address: str) -> None:
    if not _origin(address):
        why = f"{field} has to be an https address, and {address!r} is none"
        raise CannotStart(f"{file}: {why}.", "lti_address", file=str(file), field=field, value=address)


def _origin(address: str) -> str:
    """Return where an address leads, or "" where it is no plain https address."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        return ""
    is_plain = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and address.isprintable()
    return f"https://{parts.hostname}:{port}" if is_plain and " " not in address and "\\" not in address else ""


def _platform(file: Path, one: _Named) -> Platform:
    own = (one.login_url, one.token_url, one.keys_url, *one.grades_at)
    return Platform(
        name=one.name,
        issuer=one.issuer,
        client=one.client_id,
        deployments=frozenset(one.deployment_ids),
        login_url=one.login_url,
        token_url=one.token_url,
        keys_url=one.keys_url,
        places=frozenset(_origin(address) for address in own),
        ca=file.parent / one.ca if one.ca else None,
    )

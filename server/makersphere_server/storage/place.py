"""Where rooms are kept: in a data folder, or in a PostgreSQL database that an address names.

Answers what an address has to be, and how it is shown: never with its password. Whoever opens the place finds out
whether it can be used.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from sqlalchemy import URL

__all__ = ["LEASE_S", "Database", "Misread", "Place"]

LEASE_S: Final = 10.0  # of servers that share a database: a dead one's rooms are played again within 15 s

_SCHEMES: Final = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_LAST_PORT: Final = 65_535


class Misread(ValueError):
    """What was typed is no address of a database; `needs` names what it has to be."""

    def __init__(self, needs: str) -> None:
        """Keep it; what was typed is not kept, since a password may be in it."""
        super().__init__(needs)
        self.needs = needs


@attrs.frozen
class Database:
    """A PostgreSQL database.

    Attributes:
        url: its address as SQLAlchemy writes it, which may have a password.
        shown: the address as people may read it.
    """

    url: str = attrs.field(repr=False)
    shown: str

    def __str__(self) -> str:
        """Return the address without its password."""
        return self.shown

    @classmethod
    def read(cls, typed: str) -> Database:
        """Return the database of an address, `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`.

        Raises:
            Misread: it is none, or the library that speaks with PostgreSQL is not installed.
        """
        scheme, there, rest = typed.strip().partition("://")
        if not there or scheme.lower() not in _SCHEMES:
            raise Misread("database_scheme" if there else "database_url")
        if find_spec("psycopg") is None:
            raise Misread("database_extra")
        url = _parsed(rest)
        host = f"[{url.host}]" if ":" in (url.host or "") else url.host or ""
        port = f":{url.port}" if url.port else ""
        user = f"{url.username}@" if url.username else ""
        return cls(url.render_as_string(hide_password=False), f"postgresql://{user}{host}{port}/{url.database}")


Place = Path | Database


def _parsed(rest: str) -> URL:
    from sqlalchemy import make_url  # noqa: PLC0415  (quick --help)
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        url = make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError):
        raise Misread("database_url") from None
    is_cut = rest.count("@") > (url.username is not None)  # in a password or a parameter it is written %40
    if is_cut or "=" in (url.database or "") or not url.database or not 0 <= (url.port or 0) <= _LAST_PORT:
        raise Misread("database_url")
    return url

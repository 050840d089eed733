"""What a PostgreSQL has of rooms, read beside all servers into a folder, as the checkers read one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.postgres import ask

__all__ = ["copied"]

_READ: Final = {
    "rooms": ("room", "founding", "seq", "hash", "state", "reason"),
    "records": ("room", "seq", "token", "id", "line", "hash"),
    "private": ("room", "key", "value"),
}


def copied(url: str, folder: Path) -> Path:
    """Copy the tables of a database into a new folder, and return it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "rooms.sqlite3")) as copy:
        for table, columns in _READ.items():
            listed, places = ", ".join(columns), ", ".join("?" * len(columns))
            copy.execute(f"CREATE TABLE {table} ({listed})")
            copy.executemany(
                f"INSERT INTO {table} VALUES ({places})",  # noqa: S608  (names of ours)
                ask(url, f"SELECT {listed} FROM {table}"),  # noqa: S608
            )
        copy.commit()
    return folder

"""The store says its format: a version that does not know it touches nothing and says what to do."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_server.afterwards.kept_rooms import list_rooms
from makersphere_server.afterwards.verify import verify_stored
from makersphere_server.app import CannotStart, running
from makersphere_server.settings import Settings
from makersphere_server.storage import record
from makersphere_server.storage.backup import back_up
from makersphere_server.storage.database import FORMAT
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from makersphere_server.storage.tables import METADATA

FORMAT_4: Final = {
    "a record": "seq season phase actor by token id command events at_ms answer member mark",
    "a founding": "room scenario roles seed nonce seed_chosen created_ms version packages",
    "private": "room key value sum",
    "records": "room seq token id line hash",
    "rooms": "number room founding epoch seq hash state reason",
    "store": "name value",
}


def _format(folder: Path, becomes: int | None = None) -> int:
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        if becomes is not None:
            database.execute(f"PRAGMA user_version = {becomes}")
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def _content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (DATABASE_FILE, HEAD_FILE)}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Return a folder whose store a newer version has written."""
    folder = tmp_path / "data"
    folder.mkdir()
    Store(folder).close()
    _format(folder, FORMAT + 1)
    return folder


def test_what_is_stored_has_its_own_format() -> None:
    """An older version cannot read a line with another field: whoever adds one raises FORMAT, and this with it."""
    stored = {"a record": record._RecordLine.__struct_fields__, "a founding": record._RoomLine.__struct_fields__}
    stored |= {table.name: tuple(column.name for column in table.columns) for table in METADATA.sorted_tables}
    assert (FORMAT, {name: " ".join(fields) for name, fields in stored.items()}) == (4, FORMAT_4)


def test_a_store_says_its_format(tmp_path: Path) -> None:
    """A new one does, and one from before formats had numbers does as soon as it has been opened."""
    Store(tmp_path).close()
    assert _format(tmp_path) == FORMAT
    _format(tmp_path, 0)
    Store(tmp_path).close()
    assert _format(tmp_path) == FORMAT


def test_a_newer_store_is_not_touched(newer: Path) -> None:
    """Whoever goes back to an older version is told both formats and what to do, and no byte has changed."""
    before = _content(newer)
    with pytest.raises(StoreUnavailable, match=f"format is {FORMAT + 1} .* up to {FORMAT}; start the newer version"):
        Store(newer)
    assert _content(newer) == before


async def test_a_server_does_not_start_on_a_newer_store(newer: Path) -> None:
    """It says so in a sentence."""
    with pytest.raises(CannotStart, match=r"cannot be used for the rooms: .* start the newer version again"):
        async with running(Settings(data=newer, port=0), StandIns()):
            raise AssertionError("it has started")


@pytest.mark.parametrize("what", ["backup", "verify", "rooms"])
def test_a_newer_store_is_not_read(newer: Path, what: str) -> None:
    """Who reads beside the server says the same instead of misreading."""
    does: dict[str, Callable[[], object]] = {
        "backup": lambda: back_up(newer, newer.parent / "copy"),
        "verify": lambda: verify_stored(newer, "ABCDEFG"),
        "rooms": lambda: list_rooms(newer),
    }
    with pytest.raises(OSError, match="start the newer version again"):
        does[what]()

"""One transaction for all writes that wait: what each sender hears, and what each database is told."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects import postgresql, sqlite

from makersphere_server.storage.event_log import Damaged, RoomTaken
from makersphere_server.storage.folder_lock import LOCK_FILE
from makersphere_server.storage.heads import Head, read_heads
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create, Plan
from tests.server.rig.made_up_logs import records, row


def test_a_code_under_which_somebody_else_has_founded_a_room_is_taken(tmp_path: Path) -> None:
    """Where the store holds a room that this process does not know, its founder hears so, and nobody else suffers."""
    with closing(Store(tmp_path)) as store:
        store.commit([Create(row("ROOM333"))])
        with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as other:
            other.execute(
                "INSERT INTO rooms SELECT number + 1, 'ROOM222', founding, 1, seq, hash, state, '' FROM rooms"
            )
            other.commit()
        outcomes = store.commit([Create(row("ROOM222")), Append("ROOM333", 0, records(1, 1))])
        assert isinstance(outcomes[0], RoomTaken)
        assert outcomes[1] == store.head("ROOM333").hash.hex()


class Recorded:
    """A connection to a database that does what it is told, and keeps what that was."""

    def __init__(self, dialect: Dialect) -> None:
        """Be told nothing yet."""
        self.dialect = dialect
        self.told: list[tuple[str, tuple[Any, ...]]] = []
        self.rowcount = 0

    def exec_driver_sql(self, statement: str, values: tuple[Any, ...]) -> Recorded:
        """Take a statement with its values."""
        assert len(self.told) < 99, "told without an end"
        self.told.append((statement, values))
        self.rowcount = statement.count("BIGINT") // 2 or 1  # each room that moves has two numbers
        return self


@pytest.mark.parametrize("rooms", [1, 2, 3])
@pytest.mark.parametrize(
    ("dialect", "place"),
    [(sqlite.dialect(), r"\?\d?"), (postgresql.dialect(paramstyle="format"), "%s")],  # type: ignore[no-untyped-call]
    ids=["sqlite", "postgresql"],
)
def test_each_database_is_told_in_its_own_words(dialect: Dialect, place: str, rooms: int) -> None:
    """A statement has a place for each of its values, marked as the database knows it, and no word of another's."""
    heads = {f"ROOM{number}": Head(1, 0, bytes(32)) for number in range(rooms)}
    plan = Plan(heads, {}, b"owner")
    for room in heads:
        plan.add(Append(room, 0, records(1, 2)))
    recorded = Recorded(dialect)
    plan.carry_out(cast(Connection, recorded))
    for statement, values in recorded.told:
        places = re.findall(place, statement)
        assert len(places) == len(values)
        assert ("OR ROLLBACK" in statement) == (dialect.name == "sqlite")
        assert ("?" in statement) == (dialect.name == "sqlite")
    assert [value for _, values in recorded.told for value in values if value in heads] == [
        *(room for room in heads for _ in range(2)),
        *heads,
    ]


def test_an_erased_room_is_gone_from_every_file_at_once(tmp_path: Path) -> None:
    """Whoever asked for it need not wait for the server to stop: no byte of its people is left beside the database."""
    with closing(Store(tmp_path)) as store:
        store.commit([Create(row(), {"name:1": b"Ada Lovelace"}), Append("ROOM234", 0, records(1, 3))])
        store.erase("ROOM234")
        held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"Lovelace" not in held
        assert records(1, 1)[0].token.encode() not in held
        assert store.rooms() == []
        assert store.commit([Create(row())]) == [""]
        assert store.read("ROOM234", 0, 9) == []


def test_a_damaged_room_that_was_erased_is_none(tmp_path: Path) -> None:
    """It stands in no list any more, and its code may be another room's."""
    with closing(Store(tmp_path)) as store:
        store.commit([Create(row()), Append("ROOM234", 0, records(1, 3))])
        with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as other:
            other.execute("UPDATE records SET line = x'00' WHERE seq = 2")
            other.commit()
        with pytest.raises(Damaged):
            store.read("ROOM234", 0, 9)
        assert [found.state for found in store.rooms()] == ["quarantined"]
        store.erase("ROOM234")
        assert store.rooms() == []
        assert store.commit([Create(row())]) == [""]


def test_a_store_that_was_closed_is_whole_in_its_two_files(tmp_path: Path) -> None:
    """Whoever copies them has all that was acknowledged; nothing waits in a log beside the database."""
    with closing(Store(tmp_path)) as store:
        store.commit([Create(row()), Append("ROOM234", 0, records(1, 3))])
        store.reopen("ROOM234")
        head = store.head("ROOM234")
        assert read_heads(tmp_path / HEAD_FILE).rooms == {"ROOM234": head}, "a loss after this would go unseen"
    assert {file.name for file in tmp_path.iterdir()} == {DATABASE_FILE, HEAD_FILE, LOCK_FILE}

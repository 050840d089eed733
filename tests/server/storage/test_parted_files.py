"""A database without the head file that belongs to it: its rooms stand still until their owner lets them go on."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from makersphere_server.afterwards.kept_rooms import Reopened, list_rooms, reopen_all
from makersphere_server.storage.backup import back_up
from makersphere_server.storage.event_log import Damaged
from makersphere_server.storage.heads import read_heads, write_heads
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create
from tests.server.rig.made_up_logs import records, row

CODES = ["ROOM222", "ROOM333"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with two rooms, whose server was stopped."""
    return made(tmp_path / "data")


def made(folder: Path) -> Path:
    """Make a data folder with two rooms."""
    with closing(Store(folder)) as store:
        store.commit([Create(row(code)) for code in CODES])
        store.commit([Append(code, 0, records(1, 3)) for code in CODES])
    return folder


def states(folder: Path) -> list[tuple[str, int]]:
    """Open a server on a folder; return state and epoch of each of its rooms. The list says the same."""
    with closing(Store(folder)) as store:
        found = [(each.state, each.epoch) for each in store.rooms()]
    assert [each.state for each in list_rooms(folder)] == [state for state, _ in found]
    return found


def appended(folder: Path) -> str | Exception:
    """Say how a room takes its next record."""
    with closing(Store(folder)) as store:
        return store.commit([Append("ROOM222", 3, records(4, 4))])[0]


def test_a_database_that_was_copied_without_its_heads_acknowledges_nothing(folder: Path) -> None:
    """It may be older than what was told, so no room takes a record, at any start, and each says why."""
    (folder / HEAD_FILE).unlink()
    for _ in range(2):
        assert states(folder) == [("quarantined", 1)] * 2
        outcome = appended(folder)
        assert isinstance(outcome, Damaged)
        assert "heads.log of this store is not here" in str(outcome)


def test_rooms_that_are_founded_meanwhile_play_on(folder: Path) -> None:
    """A folder whose heads are lost takes new rooms, and the old ones stay in doubt."""
    (folder / HEAD_FILE).unlink()
    with closing(Store(folder)) as store:
        assert store.parted == 2
        store.commit([Create(row("ROOM444"))])
        assert isinstance(store.commit([Append("ROOM444", 0, records(1, 1))])[0], str)
    assert states(folder) == [("quarantined", 1), ("quarantined", 1), ("open", 1)]


def test_the_heads_that_belong_to_it_make_it_whole_again(folder: Path, tmp_path: Path) -> None:
    """Copying the file that was forgotten is all that is to be done."""
    shutil.move(folder / HEAD_FILE, tmp_path / "forgotten")
    assert states(folder) == [("quarantined", 1)] * 2
    shutil.copy(tmp_path / "forgotten", folder / HEAD_FILE)
    assert states(folder) == [("open", 1)] * 2


def test_heads_that_were_left_behind_are_brought_up_to_the_store(folder: Path) -> None:
    """A start makes up for a process that died before it noted a head: else a later loss would go unseen."""
    before = (folder / HEAD_FILE).read_bytes()
    assert isinstance(appended(folder), str)
    after = read_heads(folder / HEAD_FILE).rooms
    (folder / HEAD_FILE).write_bytes(before)
    assert states(folder) == [("open", 1)] * 2
    assert read_heads(folder / HEAD_FILE).rooms == after


def test_the_owner_may_go_on_and_every_epoch_rises(folder: Path) -> None:
    """Who knows what is lost lets the rooms go on; then clients are told, and the next start is an ordinary one."""
    (folder / HEAD_FILE).unlink()
    assert reopen_all(folder) == ([Reopened(code) for code in CODES], [])
    assert states(folder) == [("open", 2)] * 2
    assert isinstance(appended(folder), str)
    with closing(Store(folder)) as store:
        store.commit([Create(row("ROOM444"))])
    assert read_heads(folder / HEAD_FILE).store


def test_the_heads_of_another_folder_vouch_for_nothing(folder: Path, tmp_path: Path) -> None:
    """A database beside another one's heads is as one without: neither's rooms play."""
    other = tmp_path / "other"
    with closing(Store(other)) as store:
        store.commit([Create(row("ROOM999"))])
    shutil.copy(other / HEAD_FILE, folder / HEAD_FILE)
    assert states(folder) == [("quarantined", 1), ("quarantined", 1), ("quarantined", 0)]


def test_heads_that_were_emptied_vouch_for_nothing(folder: Path) -> None:
    """A file of the right name is not enough."""
    (folder / HEAD_FILE).write_bytes(b"")
    assert states(folder) == [("quarantined", 1)] * 2


def test_a_new_folder_opens(tmp_path: Path) -> None:
    """The first start of a server finds nothing to doubt, and makes both files carry one number."""
    assert states(tmp_path / "new") == []
    assert read_heads(tmp_path / "new" / HEAD_FILE).store


def test_a_start_that_was_killed_between_the_two_files_is_whole(folder: Path) -> None:
    """The head file gets its number first; a store that has none yet takes it over."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("DELETE FROM store")
        database.commit()
    assert states(folder) == [("open", 1)] * 2


def test_rooms_of_the_last_second_are_not_doubted(folder: Path) -> None:
    """The head file may lag: a room that it does not know yet is a new one, where the file is the store's own."""
    heads = read_heads(folder / HEAD_FILE)
    del heads.rooms["ROOM333"]
    write_heads(folder / HEAD_FILE, heads)
    assert states(folder) == [("open", 1)] * 2


def as_before(folder: Path) -> None:
    """Leave a folder as the versions left it that gave no numbers."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("DROP TABLE store")
        database.commit()
    (folder / HEAD_FILE).write_bytes(b"".join((folder / HEAD_FILE).read_bytes().splitlines(keepends=True)[1:]))
    assert not read_heads(folder / HEAD_FILE).store


def test_a_folder_of_an_older_version_opens(folder: Path) -> None:
    """It has a head file without a number; from the first start on both have one."""
    as_before(folder)
    assert [each.state for each in list_rooms(folder)] == ["open", "open"]
    assert states(folder) == [("open", 1)] * 2
    (folder / HEAD_FILE).unlink()
    assert states(folder) == [("quarantined", 1)] * 2


def test_a_database_of_an_older_version_without_its_heads_is_doubted_too(folder: Path) -> None:
    """Every version wrote a head file: rooms without one were copied without it."""
    as_before(folder)
    (folder / HEAD_FILE).unlink()
    assert states(folder) == [("quarantined", 1)] * 2


def test_an_older_version_that_wrote_the_heads_anew_parts_nothing(folder: Path) -> None:
    """It knows no number and loses the line, but every room is in the file."""
    heads = read_heads(folder / HEAD_FILE)
    heads.store = b""
    write_heads(folder / HEAD_FILE, heads)
    assert states(folder) == [("open", 1)] * 2
    assert read_heads(folder / HEAD_FILE).store


def test_a_backup_is_whole(folder: Path, tmp_path: Path) -> None:
    """A backup has a head file of its own, of the moment that it was made in; its rooms' histories are other ones."""
    back_up(folder, tmp_path / "copy")
    assert states(tmp_path / "copy") == [("open", 2)] * 2


def test_a_backup_does_not_pass_for_the_store_that_it_was_made_of(folder: Path, tmp_path: Path) -> None:
    """Its database alone, laid over the one that it was copied from, is found out although its epochs are higher."""
    back_up(folder, tmp_path / "copy")
    shutil.copy(tmp_path / "copy" / DATABASE_FILE, folder / DATABASE_FILE)
    assert [state for state, _ in states(folder)] == ["quarantined"] * 2

"""Files that were cut, flipped, swapped or deleted: a room is whole, or it stands still and says why.

Each case takes the files as a killed server leaves them, damages one, and opens a server on them. What must
never be is a room that plays on from a shorter or another history.
"""

import random
import shutil
import sqlite3
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from makersphere_server.storage.database import open_reader
from makersphere_server.storage.event_log import Damaged, Record, StoreUnavailable
from makersphere_server.storage.reading import rooms_left
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create
from tests.server.rig.made_up_logs import records, row

ROOMS = ("ROOM222", "ROOM333", "ROOM444")
WAL = DATABASE_FILE + "-wal"
OLD, NEW = 40, 60  # records of each room in the database file, and after those in the write-ahead log


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the files of a server that was killed: some records checkpointed, some in the log alone."""
    folder, image = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("killed")
    store = Store(folder)
    store.commit([Create(row(code)) for code in ROOMS])
    store.commit([Append(code, 0, records(1, OLD), {"name:1": b"Ada"}) for code in ROOMS])
    store.close()
    shutil.copy(folder / DATABASE_FILE, image / "old.sqlite3")
    store = Store(folder)
    for seq in range(OLD, NEW):
        for code in ROOMS:
            store.commit([Append(code, seq, records(seq + 1, seq + 1))])
    for name in (DATABASE_FILE, WAL, HEAD_FILE):
        shutil.copy(folder / name, image / name)
    store.close()
    shutil.copy(folder / DATABASE_FILE, image / "new.sqlite3")
    return image


@pytest.fixture
def folder(killed: Path, tmp_path: Path) -> Path:
    """Return a data folder as the killed server left it."""
    return fresh(killed, tmp_path / "data")


def fresh(killed: Path, folder: Path) -> Path:
    """Return a data folder as the killed server left it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in (DATABASE_FILE, WAL, HEAD_FILE):
        shutil.copy(killed / name, folder / name)
    return folder


def fates(folder: Path) -> dict[str, str]:
    """Open a server on the files, let every room that may play on, and return what became of each.

    Fails where a room plays on from anything but its whole history.
    """
    try:
        store = Store(folder)
    except StoreUnavailable:
        return dict.fromkeys(ROOMS, "closed")
    found = {}
    states = {each.room: each.state for each in store.rooms()}
    assert sorted(states) == sorted(ROOMS), "a room has vanished without a word"
    for room in ROOMS:
        history = read_all(store, room)
        if isinstance(history, Damaged):
            found[room] = "stands still"
        else:
            assert states[room] == "open"
            assert history == records(1, NEW)
            found[room] = "whole"
        (outcome,) = store.commit([Append(room, NEW, records(NEW + 1, NEW + 1))])
        assert isinstance(outcome, str) == (found[room] == "whole")
    store.close()
    return found


def read_all(store: Store, room: str) -> list[Record] | Damaged:
    """Return a room's history, read in stretches as the log does, or why it cannot be had."""
    history: list[Record] = []
    try:
        while stretch := store.read(room, len(history), 25):
            history += stretch
    except Damaged as damage:
        return damage
    return history


def test_a_killed_server_s_files_are_whole(folder: Path) -> None:
    """The starting point of all cases: what was acknowledged comes out of database and log."""
    assert set(fates(folder).values()) == {"whole"}


def test_a_server_that_was_restored_from_an_older_copy_stands_still(killed: Path, folder: Path) -> None:
    """The classic mistake, copying the database without its log: every room says which records are missing."""
    (folder / WAL).unlink()
    shutil.copy(killed / "old.sqlite3", folder / DATABASE_FILE)
    store = Store(folder)
    assert {each.state for each in store.rooms()} == {"quarantined"}
    with pytest.raises(Damaged) as caught:
        store.read("ROOM333", 0, 9)
    assert str(caught.value) == "room ROOM333, seq 41: the store ends at 40, but 60 was acknowledged"
    store.close()


def test_the_host_may_go_on_from_what_is_left(killed: Path, folder: Path) -> None:
    """A reopened room plays on in a new epoch, and the next start finds nothing wrong with it."""
    (folder / WAL).unlink()
    shutil.copy(killed / "old.sqlite3", folder / DATABASE_FILE)
    store = Store(folder)
    assert store.reopen("ROOM333").epoch == 2
    assert isinstance(store.commit([Append("ROOM333", OLD, records(OLD + 1, OLD + 1))])[0], str)
    store.close()
    store = Store(folder)
    assert {each.room: each.state for each in store.rooms()} == {
        "ROOM222": "quarantined",
        "ROOM333": "open",
        "ROOM444": "quarantined",
    }
    assert store.read("ROOM333", 0, 99) == records(1, OLD + 1)
    store.close()


def test_a_lost_database_is_a_lost_room_not_a_new_one(folder: Path) -> None:
    """Without the database no room can play, but each is still known, and its code is not given away."""
    (folder / DATABASE_FILE).unlink()
    (folder / WAL).unlink()
    store = Store(folder)
    assert [(each.room, each.state) for each in store.rooms()] == [(room, "quarantined") for room in ROOMS]
    assert not isinstance(store.commit([Create(row("ROOM222"))])[0], str)
    assert isinstance(store.commit([Create(row("ROOM555"))])[0], str)
    with pytest.raises(KeyError):
        store.reopen("ROOM222")
    store.close()


def test_a_changed_record_stops_its_room_alone(killed: Path, folder: Path) -> None:
    """A record that was changed in a sound database is found by the chain, and the other rooms play on."""
    (folder / WAL).unlink()
    data = (killed / "new.sqlite3").read_bytes()
    line = b'{"seq":17,'
    at = data.index(line)
    (folder / DATABASE_FILE).write_bytes(data[:at] + data[at:].replace(b'"by":3', b'"by":4', 1))
    found = fates(folder)
    assert sorted(found.values()) == ["stands still", "whole", "whole"]


def test_a_reopened_room_ends_before_the_changed_record(killed: Path, folder: Path) -> None:
    """Going on from what is left means: from before the first record that is wrong."""
    (folder / WAL).unlink()
    data = (killed / "new.sqlite3").read_bytes()
    at = data.index(b'{"seq":17,')
    (folder / DATABASE_FILE).write_bytes(data[:at] + data[at:].replace(b'"by":3', b'"by":4', 1))
    (wrong,) = (room for room, fate in fates(folder).items() if fate == "stands still")
    store = Store(folder)
    with pytest.raises(Damaged) as caught:
        store.read(wrong, 0, 99)
    assert caught.value.seq == 17
    store.reopen(wrong)
    assert store.read(wrong, 0, 99) == records(1, 16)
    store.close()


def test_a_database_with_broken_pages_is_put_aside_and_its_sound_rooms_play_on(killed: Path, folder: Path) -> None:
    """A file that SQLite calls malformed is kept as it is; what is sound of it goes on in a new one."""
    (folder / WAL).unlink()
    data = bytearray((killed / "new.sqlite3").read_bytes())
    at = data.index(b'{"seq":10,') // 4096 * 4096  # rooms were stored one after the other up to 40
    data[at : at + 64] = bytes(64)
    (folder / DATABASE_FILE).write_bytes(data)
    found = fates(folder)
    assert "whole" in found.values()
    assert "stands still" in found.values()
    assert (folder / "damaged-1" / DATABASE_FILE).read_bytes() == data
    store = Store(folder)
    assert [store.privates(room) for room in ROOMS] == [{"name:1": b"Ada"}] * 3
    store.close()
    assert not (folder / "damaged-2").exists()


def test_a_damaged_file_whose_numbers_are_noise_is_mended_all_the_same(folder: Path) -> None:
    """The number of a room may be any after a broken page: nobody counts up to it while the server starts."""
    Store(folder).close()
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("UPDATE rooms SET number = 1 << 40 WHERE room = 'ROOM333'")
        database.commit()
    with open_reader(folder / DATABASE_FILE).connect() as conn:
        assert [left.room for left in rooms_left(conn)] == ["ROOM222", "ROOM444", "ROOM333"]


def test_a_mending_that_was_interrupted_is_finished(folder: Path) -> None:
    """A server killed between putting the damaged file aside and moving the new one in loses nothing."""
    Store(folder).close()
    (folder / DATABASE_FILE).rename(folder / "rooms.mended")
    assert set(fates(folder).values()) == {"whole"}


def test_a_server_that_was_killed_while_it_made_the_database_starts_again(tmp_path: Path) -> None:
    """What SQLite had begun then is taken back: nothing was stored yet, and nobody has to delete files by hand."""
    begun = tmp_path / DATABASE_FILE
    with closing(sqlite3.connect(begun)) as database:
        database.execute("PRAGMA journal_mode = WAL")
    journal = struct.pack(">8s5I", bytes.fromhex("d9d505f920a163d7"), 0, 1, 0, 512, 4096)  # the file was empty before
    begun.with_name(f"{DATABASE_FILE}-journal").write_bytes(journal.ljust(512, b"\0"))
    store = Store(tmp_path)
    assert store.commit([Create(row("ROOM222"))]) == [""]
    store.close()


# -- many cases


def cuts(size: int, number: int, chance: random.Random) -> Iterator[int]:
    """Yield places to cut at: the ends, and others by chance."""
    yield from (0, 1, 32, size - 1)
    yield from (chance.randrange(size) for _ in range(number - 4))


def flips(size: int, number: int, chance: random.Random) -> Iterator[int]:
    """Yield places to flip a bit at: in the head, and others by chance."""
    yield from (chance.randrange(100) for _ in range(number // 4))
    yield from (chance.randrange(size) for _ in range(number - number // 4))


def cut(file: Path, at: int) -> None:
    """Shorten a file."""
    with file.open("r+b") as opened:
        opened.truncate(at)


def flip(file: Path, at: int) -> None:
    """Flip a bit of a file."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1 << at % 8
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "damage", "places", "number"),
    [
        (WAL, cut, cuts, 24),
        (WAL, flip, flips, 24),
        (DATABASE_FILE, cut, cuts, 16),
        (DATABASE_FILE, flip, flips, 60),
        (HEAD_FILE, cut, cuts, 12),
        (HEAD_FILE, flip, flips, 12),
    ],
)
def test_no_room_plays_on_from_less_than_was_acknowledged(
    killed: Path,
    tmp_path: Path,
    name: str,
    damage: Callable[[Path, int], None],
    places: Callable[[int, int, random.Random], Iterator[int]],
    number: int,
) -> None:
    """Wherever a file is cut or a bit is flipped, each room is whole or stands still."""
    seen: Counter[str] = Counter()
    for at in places((killed / name).stat().st_size, number, random.Random(f"{name}{number}")):
        folder = fresh(killed, tmp_path / "data")
        damage(folder / name, at)
        seen.update(fates(folder).values())
    assert seen.total() == number * len(ROOMS)
    assert seen["closed"] == 0
    assert seen["whole"]
    assert name == HEAD_FILE or seen["stands still"]

"""Names and tokens that were changed, or are older than what was stored last, are found out and open nothing."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from makersphere_server.afterwards.kept_rooms import erase_names, list_rooms, reopen
from makersphere_server.codes import token_id
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.hosts import Host, Hosts
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.storage import store as store_module
from makersphere_server.storage.event_log import Damaged, Private
from makersphere_server.storage.heads import HeadFile, read_heads
from makersphere_server.storage.overlay import Doubtful
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create, PutPrivate
from tests.server.rig.made_up_logs import records, row

WAL = DATABASE_FILE + "-wal"
OLD, NEW = Hosts([Host(token_id("old"), is_founder=True)]), Hosts([Host(token_id("new"), is_founder=True)])


def seat(name: str, number: int = 1) -> bytes:
    """Return a stored seat with one person."""
    member = {"number": number, "name": name, "token": token_id(name), "join": "", "language": "en"}
    return msgspec.json.encode({"is_bot": False, "members": [member], "came": number})


FIRST: Private = {
    **OLD.to_store(),
    "settings": msgspec.json.encode(RoomSettings(salt="s")),
    "seat:1": seat("Ada"),
    "seat:2": seat("Bob"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with two rooms, whose server was stopped."""
    return made(tmp_path / "data")


def made(folder: Path) -> Path:
    """Make a data folder with two rooms of two people each."""
    with closing(Store(folder)) as store:
        store.commit([Create(row("ROOM222"), FIRST), Create(row("ROOM333"), FIRST)])
        store.commit([Append(code, 0, records(1, 3)) for code in ("ROOM222", "ROOM333")])
    return folder


def change(folder: Path, key: str, before: bytes, after: bytes) -> None:
    """Change some bytes of a value of ROOM222 where they lie."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        (value,) = database.execute("SELECT value FROM private WHERE room = 'ROOM222' AND key = ?", [key]).fetchone()
        assert before in value
        changed = value.replace(before, after)
        database.execute("UPDATE private SET value = ? WHERE room = 'ROOM222' AND key = ?", [changed, key])
        database.commit()


def test_a_changed_name_is_found_out_by_its_key(folder: Path) -> None:
    """One bit of a name: the list, the check and the server say which value it is, and never the value."""
    change(folder, "seat:2", b"Bob", b"Bog")
    (listed, other) = list_rooms(folder)
    assert (listed.state, other.state) == ("quarantined", "open")
    with closing(Store(folder)) as store, pytest.raises(Doubtful) as caught:
        store.privates("ROOM222")
    assert caught.value.keys == ("seat:2",)
    assert listed.reason == str(caught.value) == "room ROOM222, seq 4: names or tokens were changed: seat:2"


def test_a_room_in_doubt_takes_nothing_and_the_others_play_on(folder: Path) -> None:
    """Nobody acts by a token that may be another one's."""
    change(folder, "seat:2", b"Bob", b"Bog")
    with closing(Store(folder)) as store:
        with pytest.raises(Doubtful):
            store.privates("ROOM222")
        assert isinstance(store.commit([Append("ROOM222", 3, records(4, 4))])[0], Damaged)
        assert isinstance(store.commit([Append("ROOM333", 3, records(4, 4))])[0], str)
        assert store.privates("ROOM333") == FIRST


def test_a_room_goes_on_without_the_seat_in_doubt(folder: Path) -> None:
    """A bot plays it until a host lets its person in again; host and the other seat come back by their tokens."""
    change(folder, "seat:2", b"Bob", b"Bog")
    reopened = reopen(folder, "ROOM222")
    assert (reopened.left_behind, reopened.host_token) == (("seat:2",), "")
    with closing(Store(folder)) as store:
        private = store.privates("ROOM222")
        assert store.head("ROOM222").epoch == 2
    assert private | {"seat:2": FIRST["seat:2"]} == FIRST
    assert msgspec.json.decode(private["seat:2"])["members"] == []


def killed_before_the_end(folder: Path, writes: list[Private], lost: int) -> None:
    """Leave a folder whose write-ahead log misses the last of some groups; each value is a write."""
    image = folder.parent / "image"
    image.mkdir()
    with closing(Store(folder)) as store:
        for done, values in enumerate([{"seat:1": FIRST["seat:1"]}, *writes]):
            if done <= len(writes) - lost:
                shutil.copy(folder / WAL, image / WAL)
            assert not any(store.commit([PutPrivate("ROOM222", {key: value}) for key, value in values.items()]))
            if done == len(writes) - lost:
                shutil.copy(folder / WAL, image / WAL)
        shutil.copy(folder / DATABASE_FILE, image / DATABASE_FILE)
        shutil.copy(folder / HEAD_FILE, image / HEAD_FILE)
    shutil.rmtree(folder)
    image.rename(folder)


def test_a_token_that_was_replaced_does_not_come_back_with_a_cut_log(folder: Path) -> None:
    """The write-ahead log ends before the write that replaced it: the room stands still and says what is in doubt."""
    killed_before_the_end(folder, [NEW.to_store()], 1)
    (listed, other) = list_rooms(folder)
    assert listed.reason == "room ROOM222, seq 4: names or tokens are older than what was acknowledged: hosts"
    assert other.state == "open"
    with closing(Store(folder)) as store:
        assert [each.state for each in store.rooms()] == ["quarantined", "open"]
        with pytest.raises(Doubtful):
            store.privates("ROOM222")
    reopened = reopen(folder, "ROOM222")
    assert reopened.left_behind == ("hosts",)
    with closing(Store(folder)) as store:
        private = store.privates("ROOM222")
    assert {**private, "hosts": b""} == {**FIRST, "hosts": b""}
    hosts = Hosts.stored(private)
    assert token_id("old") not in hosts
    assert token_id(reopened.host_token) in hosts


def test_all_that_the_lost_writes_were_about_is_in_doubt(folder: Path) -> None:
    """Several writes may be missing; what they left alone is not in doubt."""
    killed_before_the_end(folder, [{"seat:1": seat("Eve")}, {"seat:2": seat("Eve")}, {"text:1": b"x"}], 2)
    assert reopen(folder, "ROOM222").left_behind == ("seat:2", "text:1")


def test_all_writes_of_a_lost_group_are_in_doubt(folder: Path) -> None:
    """Two people's tokens that were stored together are lost together."""
    killed_before_the_end(folder, [{"seat:1": seat("Eve"), "seat:2": seat("Eve")}], 1)
    assert reopen(folder, "ROOM222").left_behind == ("seat:1", "seat:2")


def test_where_it_is_not_known_what_was_lost_no_token_opens_anything(folder: Path) -> None:
    """The head file was written anew since: so hosts and seats come back by a new link, and by being let in."""
    opens = {"seat_passes": b'[{"code":"c","seat":1,"until_ms":1}]', "let_in": b'[{"join":"j","seat":1,"until_ms":1}]'}
    killed_before_the_end(folder, [opens, NEW.to_store()], 1)
    file = HeadFile(folder / HEAD_FILE)
    file.forget("NOBODY2")
    file.close()
    assert "any of them" in list_rooms(folder)[0].reason
    reopened = reopen(folder, "ROOM222")
    assert {"hosts", "seat:1", "seat:2"} <= {*reopened.left_behind}
    with closing(Store(folder)) as store:
        private = store.privates("ROOM222")
    assert [*Hosts.stored(private)._by_token] == [token_id(reopened.host_token)]
    assert all(not msgspec.json.decode(private[key])["members"] for key in ("seat:1", "seat:2"))
    assert not opens.keys() & private.keys()
    assert private["settings"] == FIRST["settings"]


def test_settings_in_doubt_tell_no_seed(folder: Path) -> None:
    """Whether another game has the same dice is not known any more, so the end does not open them."""
    change(folder, "settings", b'"salt":"s"', b'"salt":"t"')
    reopen(folder, "ROOM222")
    with closing(Store(folder)) as store:
        assert RoomSettings.stored(store.privates("ROOM222")).keeps_seed


def test_names_in_doubt_are_erased_with_the_others(folder: Path) -> None:
    """Who asks for names to be erased gets all of them erased."""
    change(folder, "seat:2", b"Bob", b"Bog")
    erase_names(folder, "ROOM222")
    assert b"Bog" not in (folder / DATABASE_FILE).read_bytes()
    assert list_rooms(folder)[0].state == "open"
    with closing(Store(folder)) as store:
        people = Seats([2], store.privates("ROOM222"), Dirty())[2]
    assert people.is_vacated  # its hand is there still, and nobody is to have it who comes by


@pytest.mark.parametrize("forget", [reopen, erase_names])
def test_whoever_sat_down_in_a_write_that_was_lost_keeps_the_number(
    folder: Path, forget: Callable[[Path, str], object]
) -> None:
    """A seat of which an older value is left is in doubt: nobody gets a number that was given out, nor the hand."""
    killed_before_the_end(folder, [{"seat:2": seat("Eve", 2)}], 1)
    forget(folder, "ROOM222")
    with closing(Store(folder)) as store:
        people = Seats([2], store.privates("ROOM222"), Dirty())[2]
    assert people.is_vacated
    assert people.came >= 2


@pytest.mark.parametrize(("key", "before"), [("hosts", token_id("old")), ("settings", '"salt":"s"')])
def test_erasing_names_decides_nothing_else_that_is_in_doubt(folder: Path, key: str, before: str) -> None:
    """Hosts and settings have no names: a room without hosts, or whose end tells a seed, is not what was asked for."""
    change(folder, key, before.encode(), before.upper().encode())
    erase_names(folder, "ROOM222")
    with closing(Store(folder)) as store, pytest.raises(Doubtful) as caught:
        store.privates("ROOM222")
    assert caught.value.keys == (key,)
    reopened = reopen(folder, "ROOM222")
    assert (reopened.left_behind, bool(reopened.host_token)) == ((key,), key == "hosts")


def test_a_store_without_checksums_opens_and_gets_them(folder: Path) -> None:
    """A version from before made none; its values are taken as they are, and checked from their next write on."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("DELETE FROM private WHERE key = 'writes'")
        database.execute("ALTER TABLE private DROP COLUMN sum")
        database.commit()
    lines = (folder / HEAD_FILE).read_bytes().splitlines(keepends=True)
    (folder / HEAD_FILE).write_bytes(b"".join(line for line in lines if not line.startswith(b"values")))
    change(folder, "seat:2", b"Bob", b"Bog")
    assert [each.state for each in list_rooms(folder)] == ["open", "open"]
    with closing(Store(folder)) as store:
        assert store.privates("ROOM222")["seat:1"] == FIRST["seat:1"]
        store.commit([PutPrivate("ROOM222", {"seat:1": seat("Eve")})])
    change(folder, "seat:1", b"Eve", b"Eva")
    assert list_rooms(folder)[0].reason.endswith("were changed: seat:1")


def test_what_a_version_without_checksums_wrote_meanwhile_is_taken(folder: Path) -> None:
    """Whoever goes back to an older version for a day is not locked out when the newer one comes back."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("DELETE FROM private WHERE room = 'ROOM222' AND key = 'seat:1'")
        database.execute("INSERT INTO private (room, key, value) VALUES ('ROOM222', 'seat:1', ?)", [seat("Eve")])
        database.execute("DELETE FROM private WHERE room = 'ROOM222' AND key = 'seat:2'")
        database.commit()
    with closing(Store(folder)) as store:
        assert store.privates("ROOM222")["seat:1"] == seat("Eve")


def test_the_lines_of_private_values_are_none_for_older_versions(folder: Path) -> None:
    """They know a line by its blanks, and leave out those without."""
    lines = [line for line in (folder / HEAD_FILE).read_bytes().splitlines() if line]
    assert sum(line.count(b" ") == 4 for line in lines) >= 2
    assert {line.count(b" ") for line in lines} == {0, 4}


def test_an_erased_value_counts_as_a_write(folder: Path) -> None:
    """What was erased does not come back unnoticed either."""
    killed_before_the_end(folder, [{"seat:2": None}], 1)
    assert reopen(folder, "ROOM222").left_behind == ("seat:2",)


def test_an_erased_value_is_wiped_from_every_file(folder: Path) -> None:
    """Also where nothing else is written with it: when the store has time, its write-ahead log is emptied."""
    with closing(Store(folder)) as store:
        store.commit([PutPrivate("ROOM222", {"seat:1": seat("Wilhelmina")})])
        store.tidy()
        store.commit([PutPrivate("ROOM222", {"seat:1": None})])
        store.tidy()
        assert [file.name for file in folder.iterdir() if b"Wilhelmina" in file.read_bytes()] == []


def test_the_head_file_tells_of_each_write_once(folder: Path) -> None:
    """Records alone add no line about private values: they cost what they cost."""
    before = (folder / HEAD_FILE).read_bytes().count(b"values")
    with closing(Store(folder)) as store:
        store.commit([Append("ROOM222", 3, records(4, 4))])
        assert (folder / HEAD_FILE).read_bytes().count(b"values") == before
        store.commit([Append("ROOM222", 4, records(5, 5), {"seat:1": seat("Eve")})])
        assert (folder / HEAD_FILE).read_bytes().count(b"values") == before + 1
        assert read_heads(folder / HEAD_FILE).rooms["ROOM222"] == store.head("ROOM222")


def test_a_room_that_goes_costs_no_other_a_wipe(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that cannot be opened is erased again at once: whoever asks for it writes nobody's values anew."""
    wipes: list[object] = []
    monkeypatch.setattr(store_module, "write_anew", wipes.append)
    with closing(Store(folder)) as store:
        store.erase("ROOM222")
        assert wipes == []
        store.wipe()
        assert len(wipes) == 1


def test_nothing_of_an_erased_value_is_left_behind_the_end_of_a_page(folder: Path) -> None:
    """Rows that have gone from page to page leave copies that SQLite does not overwrite; wiping leaves none."""
    chance = random.Random(3)
    marks: dict[tuple[str, str], str] = {}
    with closing(Store(folder)) as store:
        for _ in range(150):
            writes = []
            for _ in range(20):
                place = chance.choice(["ROOM222", "ROOM333"]), f"text:{chance.randrange(500)}"
                marks[place] = f"{chance.getrandbits(64):016x}"
                value = marks[place] + "x" * chance.randrange(10, 600)
                writes.append(PutPrivate(place[0], {place[1]: value.encode()}))
            assert store.commit(writes) == [""] * 20
        erased = chance.sample(sorted(marks), 300)
        store.commit([PutPrivate(room, {key: None}) for room, key in erased])
        before = store.privates("ROOM222")
        store.wipe()
        assert store.privates("ROOM222") == before
        left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not [place for place in erased if marks[place].encode() in left]
    assert [place for place in marks if place not in erased and marks[place].encode() in left]

"""The pages about people's data say all that the code stores of people: a new field without a line fails here."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest

from makersphere_protocol import mqtt
from makersphere_server.afterwards.export_files import FORMATS
from makersphere_server.afterwards.take_home.files import FOR_ALL, FOR_HOSTS, FOR_SEATS
from makersphere_server.classes import book
from makersphere_server.classes.comparisons import FILES
from makersphere_server.data_page import LANGUAGES, page, parts
from makersphere_server.logs import Logged
from makersphere_server.lti import kept
from makersphere_server.room.model import batch, bookmarks, devices, room_settings, standing
from makersphere_server.room.model.log import answers, missing
from makersphere_server.room.model.own_data import from_platform
from makersphere_server.room.model.people import asks_in, consents, hosts, own_words, seat_passes, seat_people
from makersphere_server.room.model.reflection import reflections
from makersphere_server.storage import record
from makersphere_server.storage.tables import METADATA
from tests.server.rig.classes import open_class
from tests.server.rig.fakes import Rig
from tests.server.rig.left_behind import played_room

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server" / "makersphere_server"
PAGES = {"en": ROOT / "docs" / "school" / "data.md", "zh": ROOT / "docs" / "zh" / "school" / "data.md"}
STORED = [
    seat_people.SeatPeople,
    seat_people.Member,
    seat_people.Gone,
    consents.Consent,
    own_words.OwnQuestion,
    reflections.Reflection,
    reflections.Picked,
    bookmarks.Bookmark,
    answers._Stored,
    seat_passes.SeatPass,
    asks_in._Answer,
    asks_in.Wish,
    devices.Device,
    hosts.Host,
    standing.Standing,
    standing.PhaseTime,
    room_settings.RoomSettings,
    missing.Missing,
    missing.Claim,
    record.Record,
    record.RoomRow,
    book.Person,
    book.ClassSettings,
    book.Grouping,
    book.Table,
    from_platform.FromPlatform,
    kept.Activity,
    kept.Sent,
]
TOLD = [mqtt.Phase, mqtt.Clock, mqtt.Space, mqtt.Leaderboard, mqtt.Figures, mqtt.Kind, mqtt.Happened]
ASKED = {"_Command", "_Args", "dict", "str", "int", "cls"}  # read out of what has its lines already
IN_A_FILE = {"_First", "_Line", "_Last"}  # of a log that was taken home
NO_BROWSER_STORE = re.compile(r"indexedDB|document\.cookie|caches\.open|serviceWorker\.register")


def _fields(kind: Any) -> list[str]:  # noqa: ANN401  (a class)
    names = [field.name for field in attrs.fields(kind)] if attrs.has(kind) else list(kind.__struct_fields__)
    return [name for name in names if not name.startswith("_")]


def _named(kinds: Iterable[Any]) -> set[str]:
    return {f"{kind.__name__}.{field}" for kind in kinds for field in _fields(kind)}


def _lines(*names: str) -> set[str]:
    """Return what has a line in some parts of the page, or in all."""
    chosen = [part for part in parts() if not names or part["name"] in names]
    return {field for part in chosen for field in (*part["fields"], *part["beside"])}


def _check(found: Iterable[str], *names: str) -> None:
    """See that all that was found has a line, and say which line is missing."""
    lacking = sorted(set(found) - _lines(*names))
    where = " or ".join(names) or "a part"
    assert not lacking, f"server/makersphere_server/people_data.toml has no line for {lacking}: give it one in {where}"


def _python() -> Iterator[Path]:
    return SERVER.rglob("*.py")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_current(language: str) -> None:
    """`python -m makersphere_server.data_page [zh]` makes them anew."""
    assert PAGES[language].read_text("utf-8") == page(language)


def test_each_line_says_what_who_and_how_long_in_both_languages() -> None:
    """And each says it of something that is there: a line of a field that is gone fails here too."""
    for part in parts():
        assert part["fields"], part["name"]
        for field, line in part["fields"].items():
            assert len(line) == 4, field
            assert all(line), field
            assert re.search("[\u4e00-\u9fff]", line[1]), field
    told = {line for line in _lines() if re.match(r"_?[A-Z]", line) and not line.startswith("Standing (")}
    assert told <= _named(STORED) | _named(TOLD)


def test_every_field_of_every_stored_structure_has_a_line() -> None:
    """Seats, people, hosts, answers, words, records and classes."""
    _check(_named(STORED))


def test_every_structure_that_is_read_from_the_store_is_among_them() -> None:
    """By whatever a decoder in the server's rooms, classes and store is told to expect."""
    expected = re.compile(r"json\.decode\([^\n]*type=(?:list\[|tuple\[)?([A-Za-z_]+)")
    known = {kind.__name__ for kind in STORED} | ASKED | IN_A_FILE
    for folder in ("room/model", "classes", "storage"):
        for file in (SERVER / folder).rglob("*.py"):
            unknown = set(expected.findall(file.read_text("utf-8"))) - known
            assert not unknown, f"{file.name} reads {unknown} from the store: it wants a part of people_data.toml"


def test_every_column_of_the_store_has_a_line() -> None:
    """Of each table that there is."""
    _check({f"{table.name}.{column.name}" for table in METADATA.tables.values() for column in table.columns}, "files")


async def test_every_private_value_of_a_room_and_a_class_has_a_line(rig: Rig) -> None:
    """Of a game in which people have left all that they can, and by the constants that name such values."""
    host, _ = await played_room(rig, "Ann", "Ben")
    group = await open_class(rig)
    await group.command("class.people", names=["Ann"])
    stored = {key for code in (host.room, group.room) for key in await rig.log.privates(code)}
    constant = re.compile(r'^_?[A-Z_]*KEY: Final = "([a-z_]+:?)"', re.MULTILINE)
    named = {key for file in _python() for key in constant.findall(file.read_text("utf-8"))}
    found = {re.sub(r":.*", ":", key) for key in stored} | named
    assert {"seat:", "reflection:", "text:", "refused:", "person:", "hosts"} <= found
    lacking = sorted(found - {key for part in parts() for key in part["keys"]})
    assert not lacking, f"server/makersphere_server/people_data.toml names no key {lacking}: add it to `keys` of a part"


def test_every_field_of_the_servers_log_has_a_line() -> None:
    """Whatever keyword a line is written with, and what a handled command is logged with."""
    found = set(_fields(batch.Handled)) | {field for kind in Logged.__subclasses__() for field in _fields(kind)}
    for file in _python():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                logger = ast.unparse(node.func.value)
                if logger in ("_log", "self._logger") or logger.endswith("get_logger('makersphere.room')"):
                    found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    assert {"seat", "device", "reason"} <= found
    _check(found, "logs")


def test_every_field_on_a_broker_has_a_line() -> None:
    """Of each payload that rooms publish."""
    of_a_role = {f"Standing (of a role).{field}" for field in _fields(mqtt.Standing)}
    _check(_named(TOLD) | of_a_role, "broker")


def test_every_file_that_is_taken_home_has_a_line() -> None:
    """Of each kind that somebody may ask for."""
    _check({*FORMATS, *FOR_ALL, *FOR_HOSTS, *FOR_SEATS, *FILES}, "exports")


def test_every_key_of_the_browsers_storage_has_a_line() -> None:
    """Of each that the client names; it keeps nothing anywhere else."""
    key = re.compile(r"[\"'`](ms\.[a-z_]+\.?)")
    texts = [path.read_text("utf-8") for path in (ROOT / "clients" / "web" / "src").rglob("*.ts*")]
    found = {each for text in texts for each in key.findall(text)}
    assert {"ms.prefs", "ms.me."} <= found
    _check(found, "browser")
    assert not any(NO_BROWSER_STORE.search(text) for text in texts)


def test_a_missing_line_is_named() -> None:
    """Whoever adds a field reads which, and where its line goes."""
    with pytest.raises(AssertionError, match=r"people_data.toml has no line for \['Member.nickname'\]: .* in seat"):
        _check({"Member.nickname", "Member.name"}, "seat")


def test_seats_store_no_field_beside_their_structures() -> None:
    """What a seat is stored as has its fields' names, or says what its state is."""
    people = seat_people.SeatPeople(1, name="Ann", face=2, gone=(seat_people.Gone(1, "j", "a"),))
    stored = set(msgspec.json.decode(people.to_bytes()))
    assert stored - {"is_bot", "vacated"} <= set(_fields(seat_people.SeatPeople))

"""A log is checked by computing everything in it again, and the first `seq` that is wrong is named."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from msgspec.structs import replace

from makersphere_rules import bookkeeping
from makersphere_rules.state import State
from makersphere_server.afterwards.verify import verify_file, verify_room, verify_stored
from makersphere_server.storage.event_log import Record, RoomRow
from makersphere_server.storage.log_file import NotALog, export_jsonl, read_jsonl
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import DATABASE_FILE
from tests.golden.make import game

COUNTER = game("counter", 5, "verify")
QUICKSTART = game("quickstart", 6, "verify")


@pytest.mark.parametrize("played", [COUNTER, QUICKSTART], ids=["counter", "quickstart"])
def test_an_honest_game_is_right_in_every_record(played: tuple[RoomRow, list[Record]]) -> None:
    """Every command is decided again, every draw computed again, and after each record the books are balanced."""
    row, records = played
    report = verify_room(row, records)
    assert (report.wrong_seq, report.reason, report.is_right) == (None, "", True)
    assert (report.records, report.decided, report.status) == (len(records), len(records), "over")
    assert report.balances == len(records)
    assert bool(report.draws) == (row is QUICKSTART[0])


def index_of(records: list[Record], text: bytes) -> int:
    """Return where a text first stands among the events."""
    return next(at for at, record in enumerate(records) if text in record.events)


def changed(records: list[Record], at: int, **fields: object) -> list[Record]:
    """Return the records with one of them changed."""
    return [*records[:at], replace(records[at], **fields), *records[at + 1 :]]


def another_sum(records: list[Record]) -> tuple[int, list[Record], str]:
    """Change what a command came to."""
    at = index_of(records, b'"counted"')
    events = json.loads(records[at].events)
    events[0]["data"]["count"] += 1
    return at, changed(records, at, events=json.dumps(events).encode()), "other results"


def another_command(records: list[Record]) -> tuple[int, list[Record], str]:
    """Change what was asked."""
    at = index_of(records, b'"counted"')
    return at, changed(records, at, command=b'{"args":{"by":99},"name":"count"}'), "the rules refuse count: bad_args"


def another_seat(records: list[Record]) -> tuple[int, list[Record], str]:
    """Change who asked."""
    at = index_of(records, b'"counted"')
    return at, changed(records, at, actor=records[at].actor % 5 + 1), "other results"


def another_phase(records: list[Record]) -> tuple[int, list[Record], str]:
    """Change when it was."""
    return 3, changed(records, 3, season=7), "it says season 7"


def left_out(records: list[Record]) -> tuple[int, list[Record], str]:
    """Leave a record out."""
    return 4, [*records[:4], *records[5:]], "record 6 stands where 5 belongs"


def repeated(records: list[Record]) -> tuple[int, list[Record], str]:
    """Carry a command out twice."""
    return 4, changed(records, 4, token=records[2].token, command_id=records[2].command_id), "was accepted before"


def unknown(records: list[Record]) -> tuple[int, list[Record], str]:
    """Bring in an event of the future."""
    at = index_of(records, b'"counted"')
    return at, changed(records, at, events=b'[{"type":"counted","v":9,"data":{}}]'), "other results"


def no_command_of_the_game(records: list[Record]) -> tuple[int, list[Record], str]:
    """Let a host's announcement move the game."""
    command = b'{"args":{},"name":"host.announce"}'
    return 3, changed(records, 3, by="host", command=command), "is no command of the game"


def unreadable(records: list[Record]) -> tuple[int, list[Record], str]:
    """Garble a command."""
    return 3, changed(records, 3, command=b'{"name":3}'), "Expected `str`"


@pytest.mark.parametrize(
    "forge",
    [
        another_sum,
        another_command,
        another_seat,
        another_phase,
        left_out,
        repeated,
        unknown,
        no_command_of_the_game,
        unreadable,
    ],
)
def test_a_forged_record_is_named(forge: Callable[[list[Record]], tuple[int, list[Record], str]]) -> None:
    """The first wrong `seq` and the reason are told; what stands before it was right."""
    row, records = COUNTER
    at, forged, reason = forge(records)
    report = verify_room(row, forged)
    assert report.wrong_seq == at + 1
    assert report.records == at
    assert reason in report.reason
    assert not report.state_hash


def test_a_loaded_die_is_found_even_by_other_rules() -> None:
    """A draw that does not come from the seed is wrong, also where the commands are not decided again."""
    row, records = QUICKSTART
    at = index_of(records, b'"drawn"')
    events = json.loads(records[at].events)
    draw = events[0]["data"]["draws"][0]
    draw["value"] = draw["value"] % draw["sides"] + 1
    forged = changed(records, at, events=json.dumps(events).encode())
    assert "other results" in verify_room(row, forged).reason
    report = verify_room(row, forged, decides=False)
    assert report.wrong_seq == at + 1
    assert report.reason.startswith(f"the draw {draw['purpose']}")


def test_another_seed_than_the_published_one_is_found() -> None:
    """The commitment that everybody saw at the start binds the seed."""
    row, records = COUNTER
    report = verify_room(attrs.evolve(row, seed=b"another"), records, decides=False)
    assert (report.wrong_seq, report.reason) == (1, "the seed is not the one whose commitment was published")


def test_credits_from_nowhere_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each record the accounts are summed up; a credit too many is found where it came from."""
    row, records = QUICKSTART
    move = bookkeeping._move

    def generous(state: State, name: str, amount: int) -> None:
        move(state, name, amount + (name == "consumers" and amount < 0))

    monkeypatch.setattr(bookkeeping, "_move", generous)
    report = verify_room(row, records, decides=False)
    assert report.wrong_seq is not None
    assert "the accounts sum to" in report.reason


def test_facts_that_contradict_the_state_are_found() -> None:
    """An event about something that does not exist is wrong at its `seq`, not a crash."""
    row, records = COUNTER
    events = b'[{"type":"ready_set","v":1,"data":{"seat":77,"ready":true}}]'
    report = verify_room(row, changed(records, 2, events=events), decides=False)
    assert report.wrong_seq == 3
    assert report.reason.startswith("ready_set contradicts the state")


def test_a_broken_invariant_is_found() -> None:
    """What a rule module says can never be is looked at after every record."""
    row, records = COUNTER
    at = index_of(records, b'"counted"')
    events = json.loads(records[at].events)
    events[0]["data"]["total"] += 5
    report = verify_room(row, changed(records, at, events=json.dumps(events).encode()), decides=False)
    assert report.wrong_seq == at + 1
    assert "the counts sum to" in report.reason


def test_a_room_of_another_version_is_replayed_by_its_facts() -> None:
    """Rules may have changed since: facts, draws and sums are checked, decisions are not made again."""
    row, records = COUNTER
    old = attrs.evolve(row, version="0.0.1")
    report = verify_room(old, records)
    assert (report.is_right, report.decided, report.version) == (True, 0, "0.0.1")


def test_a_scenario_that_cannot_be_played_is_said() -> None:
    """A missing module is a reason, not a traceback."""
    row, records = COUNTER
    report = verify_room(attrs.evolve(row, scenario=b'{"name":"x","seasons":1,"seats":3}'), records)
    assert report.wrong_seq == 0
    assert "cannot be played" in report.reason


# -- files


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Return an honest game as a file."""
    row, records = COUNTER
    path = tmp_path / "room.jsonl"
    export_jsonl(row, records, path, verify_room(row, records).state_hash)
    return path


def test_a_file_gives_back_what_was_exported(exported: Path) -> None:
    """Room and records are the same, and the file is right."""
    row, records = COUNTER
    file = read_jsonl(exported)
    assert (file.row, file.records, file.damage) == (row, records, None)
    assert verify_file(exported).is_right


def test_every_line_of_a_file_is_json(exported: Path) -> None:
    """Whoever has a JSON reader can read a game."""
    kinds = [sorted(json.loads(line)) for line in exported.read_text("utf-8").splitlines()]
    assert kinds[0] == ["epoch", "founding", "makersphere_log", "state"]
    assert kinds[-1] == ["end", "hash", "state_hash"]
    assert {tuple(kind) for kind in kinds[1:-1]} == {("hash", "record")}


@pytest.mark.parametrize(
    ("change", "wrong_seq", "reason"),
    [
        (lambda lines: [*lines[:5], lines[5].replace('"by":', '"by": '), *lines[6:]], 5, "changed"),
        (lambda lines: lines[:5] + lines[6:], 5, "changed"),
        (lambda lines: lines[:9], 8, "no end"),
        (lambda lines: [*lines[:8], "{", *lines[9:]], 8, "cannot be read"),
        (lambda lines: [*lines[:8], lines[8][:40]], 8, "no end"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"end":', '"end":1')], None, "it ends at 1"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"state_hash":"', '"state_hash":"0')], None, "final state"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"hash":"', '"hash":"0', 1)], None, "last hash"),
        (lambda lines: [lines[0].replace('"created_ms":1', '"created_ms":2'), *lines[1:]], 1, "changed"),
    ],
)
def test_a_changed_file_is_named(
    exported: Path, change: Callable[[list[str]], list[str]], wrong_seq: int | None, reason: str
) -> None:
    """A line that was changed, left out, cut or forged is found, and its `seq` is told."""
    lines = exported.read_text("utf-8").splitlines()
    exported.write_text("\n".join(change(lines)) + "\n", "utf-8")
    report = verify_file(exported)
    last = len(COUNTER[1])
    assert report.wrong_seq in ((last, last + 1) if wrong_seq is None else (wrong_seq,))
    assert reason in report.reason


@pytest.mark.parametrize(
    "text",
    ["", "hello\n", "{}\n", '{"makersphere_log":1}\n', '{"makersphere_log":2,"epoch":1,"state":"open","founding":{}}'],
)
def test_another_file_is_no_log(tmp_path: Path, text: str) -> None:
    """A file of something else is said to be that."""
    path = tmp_path / "other.jsonl"
    path.write_text(text)
    with pytest.raises(NotALog):
        verify_file(path)


# -- rooms in a store


async def test_a_room_is_checked_while_its_server_runs(tmp_path: Path) -> None:
    """Checking takes no lock and disturbs nobody; it sees what is acknowledged at that moment."""
    row, records = COUNTER
    log = await SqliteLog.open(tmp_path)
    await log.create(row)
    await log.append(row.room, 0, records[:6])
    assert (await asyncio.to_thread(verify_stored, tmp_path, row.room)).records == 6
    await log.append(row.room, 6, records[6:])
    report = await asyncio.to_thread(verify_stored, tmp_path, row.room)
    assert (report.is_right, report.records, report.status) == (True, len(records), "over")
    assert (await log.head(row.room)) == (report.records, report.hash)
    with pytest.raises(KeyError):
        await asyncio.to_thread(verify_stored, tmp_path, "NOSUCH2")
    await log.close()
    assert verify_stored(tmp_path, row.room) == report


async def test_a_store_that_has_lost_its_end_is_found(tmp_path: Path) -> None:
    """What the head file knows and the store does not have is the first wrong `seq`."""
    row, records = COUNTER
    log = await SqliteLog.open(tmp_path)
    await log.create(row)
    await log.append(row.room, 0, records[:6])
    await log.close()
    older = (tmp_path / DATABASE_FILE).read_bytes()
    log = await SqliteLog.open(tmp_path)
    await log.append(row.room, 6, records[6:])
    await log.close()
    (tmp_path / DATABASE_FILE).write_bytes(older)
    report = verify_stored(tmp_path, row.room)
    assert (report.records, report.wrong_seq) == (6, 7)
    assert "was acknowledged" in report.reason
    (tmp_path / DATABASE_FILE).write_bytes(older.replace(b'"by":"person"', b'"by":"pirate"'))
    report = verify_stored(tmp_path, row.room)
    assert report.wrong_seq is not None
    assert report.wrong_seq <= 6
    assert report.records == report.wrong_seq - 1


def test_a_folder_without_a_store_is_said(tmp_path: Path) -> None:
    """A wrong folder or a file that is no database is an OSError with a sentence."""
    with pytest.raises(FileNotFoundError, match="there is no store"):
        verify_stored(tmp_path, "ROOM234")
    (tmp_path / DATABASE_FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(OSError, match="cannot be read"):
        verify_stored(tmp_path, "ROOM234")

"""The rooms of one's own: each is kept, and one that cannot be opened is told before another takes its place."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.rooms import last_room
from makersphere_cli.rooms.rooms_file import OwnRoom, keep_room, kept_rooms
from makersphere_cli.speech.trouble import Trouble
from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Create, Join, Options, Resume
from makersphere_server.afterwards.kept_rooms import list_rooms
from makersphere_server.app import running
from makersphere_server.storage.tables import ROOMS
from tests.cli.program import assert_one_sentence, makersphere, read_links, started, taken_port
from tests.loopback import free_port, loopback

FIRST = OwnRoom("AAAAAAA", "token of A", "counter", 3)
SECOND = OwnRoom("BBBBBBB", "token of B", "quickstart", 5)
CLASS = OwnRoom("CCCCCCC", "token of C", "classroom", 23)
FILE = OwnRoom("DDDDDDD", "token of D", "mine", 9)


def played(home: Path) -> tuple[str, str]:
    """Start and stop `play`; return the room and what was said on standard error."""
    with started(home, "play", "--scenario", "counter", "--data", "rooms", "--port", str(free_port())) as command:
        found = read_links(command)
        _, _, complaint = command.interrupt()
    return found["room"], complaint


def test_every_room_is_kept(tmp_path: Path) -> None:
    """The one played last stands at the end; nobody else can read them."""
    for own in (FIRST, SECOND, FIRST):
        keep_room(tmp_path, own)

    assert kept_rooms(tmp_path) == [SECOND, FIRST]
    assert (tmp_path / "own-rooms.json").stat().st_mode & 0o077 == 0


def test_the_room_of_an_earlier_version_is_kept_too(tmp_path: Path) -> None:
    """Its file held one."""
    old = {"room": "AAAAAAA", "host_token": "token of A", "scenario": "counter", "seats": 3}
    (tmp_path / "own-room.json").write_text(json.dumps(old))
    keep_room(tmp_path, SECOND)

    assert kept_rooms(tmp_path) == [FIRST, SECOND]


def test_a_damaged_file_is_not_written_over(tmp_path: Path) -> None:
    """There may be tokens in it that somebody can save."""
    (tmp_path / "rooms").mkdir()
    (tmp_path / "rooms" / "own-rooms.json").write_text("[{")

    assert_one_sentence(makersphere(tmp_path, "play", "--port", "0", "--data", "rooms"), "own-rooms.json", "Correct it")
    assert (tmp_path / "rooms" / "own-rooms.json").read_text() == "[{"


def test_games_that_were_opened_by_a_page_are_named(tmp_path: Path) -> None:
    """They go on beside the room that is offered again, and a page or link leads them; a rehearsal is none."""
    port = free_port()
    arguments = ("play", "--scenario", "counter", "--seats", "3", "--data", "rooms", "--port", str(port))

    async def open_one(*, rehearsal: bool) -> str:
        frame = Create("counter", Options(seats=3, rehearsal=rehearsal))
        async with Connection(f"ws://127.0.0.1:{port}/ws", frame) as host:
            async with Connection(f"ws://127.0.0.1:{port}/ws", Join(host.mirror.room, "Ann")):
                assert (await host.command("host.start")).ok
            return host.mirror.room

    with started(tmp_path, *arguments) as command:
        own = read_links(command)
        other = asyncio.run(open_one(rehearsal=False))
        asyncio.run(open_one(rehearsal=True))
        command.interrupt()
    assert not any("going on" in line for line in command.lines)
    with started(tmp_path, *arguments) as command:
        again = read_links(command)
        command.interrupt()
    assert again == own
    assert any(f"Also going on here: {other} (Counter)." in line for line in command.lines)


def test_a_room_that_the_server_does_not_know(tmp_path: Path) -> None:
    """One sentence, then a new one."""
    (tmp_path / "rooms").mkdir()
    keep_room(tmp_path / "rooms", FIRST)
    room, complaint = played(tmp_path)

    said = "Your room AAAAAAA could not be opened: the server has no such room; opening a new one.\n"
    assert complaint.endswith(said)
    assert [own.room for own in kept_rooms(tmp_path / "rooms")] == ["AAAAAAA", room]


def test_a_damaged_room(tmp_path: Path) -> None:
    """The sentence has what is wrong with it."""
    first, _ = played(tmp_path)
    with sqlite3.connect(tmp_path / "rooms" / "rooms.sqlite3") as store:
        store.execute(f"UPDATE {ROOMS.name} SET hash = zeroblob(32)")  # noqa: S608  (our own table)
    store.close()
    second, complaint = played(tmp_path)

    assert f"Your room {first} could not be opened: its log is damaged (" in complaint
    assert complaint.endswith("); opening a new one.\n")
    assert [own.room for own in kept_rooms(tmp_path / "rooms")] == [first, second]


@pytest.mark.parametrize(
    ("kept", "seats", "begun"),
    [
        ([], None, ("quickstart", None)),
        ([SECOND, CLASS], None, ("classroom", 23)),
        ([SECOND, CLASS], 12, ("classroom", 12)),
        ([CLASS, FILE], 6, ("quickstart", 6)),
    ],
)
def test_a_new_room_is_as_the_last_one_was(kept: list[OwnRoom], seats: int | None, begun: tuple[str, int]) -> None:
    """Its scenario, if it ships, and its seats; `quickstart` where there has been none."""
    assert last_room.scenario_and_seats(kept, seats) == begun


async def test_a_room_that_does_not_answer_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be large, or the machine busy."""
    monkeypatch.setattr(last_room, "_SOON_S", 0.1)
    monkeypatch.setattr(last_room, "_PATIENCE_S", 0.1)
    keep_room(tmp_path, FIRST)

    with taken_port() as port, pytest.raises(Trouble, match="Your room AAAAAAA did not answer in time"):
        await last_room.open_room(f"ws://127.0.0.1:{port}/ws", tmp_path, "", last_room.RoomWish(), "en", "")
    assert kept_rooms(tmp_path) == [FIRST]


@pytest.mark.parametrize("what", ["teams", "pseudonyms"])
async def test_a_room_with_teams_or_dealt_names_is_opened_where_it_is_asked_for(tmp_path: Path, what: str) -> None:
    """It is another room than one without; whoever asks for none takes it as it is."""
    rooms, plain, shared = (
        tmp_path / "rooms",
        last_room.RoomWish(),
        last_room.RoomWish(teams=what == "teams", pseudonyms=what == "pseudonyms"),
    )
    found = []
    async with asyncio.timeout(60), running(loopback(port=0, data=rooms, lab=True), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        for wish in (plain, shared, shared, plain):
            opened = await last_room.open_room(url, rooms, "counter", wish, "en", "")
            async with Connection(url, Resume(opened.own.room, host_token=opened.own.host_token)) as host:
                found.append((opened.is_new, host.mirror.table["room"].get(what, False)))

    assert found == [(True, False), (True, True), (False, True), (False, True)]


async def test_whoever_comes_first_is_not_the_first_role_s(tmp_path: Path) -> None:
    """A new room deals roles in proportion, as one that a page opens: of three who come none has a role twice."""
    async with asyncio.timeout(60), running(loopback(port=0, data=tmp_path / "rooms", lab=True), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        opened = await last_room.open_room(url, tmp_path / "rooms", "quickstart", last_room.RoomWish(), "en", "")
        came = []
        for name in ("Ann", "Ben", "Cem"):
            async with Connection(url, Join(opened.own.room, name)) as phone:
                came.append(phone.mirror.you.role)
    assert sorted(came) == ["investor", "maker", "operator"]


async def test_a_room_that_has_grown_is_found_with_the_seats_that_it_has_now(tmp_path: Path) -> None:
    """It stays the room that was asked for with fewer, so that the same command finds it again."""
    rooms, wish = tmp_path / "rooms", last_room.RoomWish(seats=2)
    async with asyncio.timeout(60), running(loopback(port=0, data=rooms, lab=True), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        first = await last_room.open_room(url, rooms, "counter", wish, "en", "")
        async with Connection(url, Resume(first.own.room, host_token=first.own.host_token)) as host:
            assert (await host.command("host.seat", {"seat": 3, "role": "player"})).ok
        again = await last_room.open_room(url, rooms, "counter", wish, "en", "")

    assert (first.seats, first.is_new) == (2, True)
    assert (again.own.room, again.seats, again.is_new) == (first.own.room, 3, False)
    assert [own.seats for own in kept_rooms(rooms)] == [2]
    assert [room.seats for room in list_rooms(rooms)] == [3]

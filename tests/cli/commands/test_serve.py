"""`makersphere serve` and `makersphere play`: started, reached, stopped with Ctrl-C, and started again."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import urllib.request
from pathlib import Path
from typing import cast

import pytest

from makersphere_cli.rooms import links
from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Join, Resume
from makersphere_server.app import Running
from makersphere_server.edge.lan_address import Reach
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.settings import Settings
from tests.cli.program import assert_one_sentence, makersphere, read_links, started, taken_port
from tests.loopback import free_port


class TestServe:
    """The server alone."""

    def test_it_serves_until_it_is_interrupted(self, tmp_path: Path) -> None:
        """It says where, answers, and ends with exit code 0."""
        with started(tmp_path, "serve", "--host", "127.0.0.1", "--port", "0", "--data", "rooms") as command:
            line = command.read_until("Listening on")
            url = line.split()[2].rstrip(",")
            with urllib.request.urlopen(f"{url}/healthz") as response:  # noqa: S310  (our own)
                assert response.status == 200
            code, _, complaint = command.interrupt()

        assert code == 0
        assert "Traceback" not in complaint
        assert (tmp_path / "rooms").is_dir()

    def test_a_port_in_use(self, tmp_path: Path) -> None:
        """One sentence; the remedy is another port."""
        with taken_port() as port:
            done = makersphere(tmp_path, "serve", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error")

        assert_one_sentence(done, f"Port {port} is in use", "--port")

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        """A file where the folder should be, or no way to it."""
        (tmp_path / "file").write_text("")
        for folder in ("file", "file/rooms"):
            done = makersphere(tmp_path, "serve", "--port", "0", "--data", folder, "--log-level", "error")
            assert_one_sentence(done, f"The folder {folder} can't keep the rooms", "--data")

    def test_a_folder_that_another_server_works_in(self, tmp_path: Path) -> None:
        """Two servers would each think that they hold the game."""
        with started(tmp_path, "serve", "--host", "127.0.0.1", "--port", "0") as command:
            command.read_until("Listening on")
            done = makersphere(tmp_path, "serve", "--port", "0", "--log-level", "error")
            command.interrupt()

        assert_one_sentence(done, f"is using the folder {tmp_path / '.local' / 'share' / 'makersphere'}", "--data")

    def test_an_address_that_is_not_ours(self, tmp_path: Path) -> None:
        """One sentence with the system's reason."""
        done = makersphere(tmp_path, "serve", "--host", "203.0.113.7", "--port", "0", "--log-level", "error")

        assert_one_sentence(done, "can't listen on 203.0.113.7", "--host")


class TestPlay:
    """A game on this machine."""

    def test_it_shows_three_links_and_a_qr_code(self, tmp_path: Path) -> None:
        """The links name one room; the QR code is there; Ctrl-C ends it with exit code 0."""
        with started(tmp_path, "play", "--port", str(free_port())) as command:
            found = read_links(command)
            code, out, complaint = command.interrupt()

        assert found["join"] == found["room"] == found["wall"]
        assert "Quick start, room " in "\n".join(command.lines)
        assert sum("█" in line for line in command.lines) >= 15
        assert (code, "Stopped; every room is kept." in out) == (0, True)
        assert "Traceback" not in complaint
        assert (tmp_path / ".local" / "share" / "makersphere" / "own-rooms.json").stat().st_mode & 0o077 == 0

    def test_starting_again_offers_the_same_room_as_it_was(self, tmp_path: Path) -> None:
        """With whoever sat there; the host's token opens it, and the game goes on. Once over, a new one is like it."""
        port = free_port()
        arguments = ("play", "--scenario", "counter", "--seats", "3", "--data", "rooms", "--port", str(port))
        with started(tmp_path, *arguments) as command:
            first = read_links(command)
            token = asyncio.run(_join_and_start(port, first["room"], first["token"]))
            command.interrupt()
        with started(tmp_path, "play", "--data", "rooms", "--port", str(port)) as command:
            again = read_links(command)
            total = asyncio.run(_count(port, again["room"], token))
            asyncio.run(_end(port, again["room"], again["token"]))
            command.interrupt()
        with started(tmp_path, "play", "--data", "rooms", "--port", str(port)) as command:
            third = read_links(command)
            command.interrupt()

        assert again == first
        assert total >= 4
        assert third["room"] != first["room"]
        assert any(line.startswith("Counter, ") and line.endswith(" 3 seats: ready.") for line in command.lines)

    def test_another_scenario_gets_a_room_of_its_own(self, tmp_path: Path) -> None:
        """What was asked for is what one gets."""
        port = str(free_port())
        with started(tmp_path, "play", "--scenario", "counter", "--port", port) as command:
            first = read_links(command)
            command.interrupt()
        with started(tmp_path, "play", "--scenario", "quickstart", "--port", port) as command:
            second = read_links(command)
            command.interrupt()
        with started(tmp_path, "play", "--scenario", "counter", "--port", port) as command:
            third = read_links(command)
            command.interrupt()

        assert first["room"] != second["room"]
        assert third == first

    def test_a_port_in_use_is_no_obstacle(self, tmp_path: Path) -> None:
        """It says which one it took instead."""
        with (
            taken_port() as port,
            started(tmp_path, "play", "--host", "127.0.0.1", "--port", str(port)) as command,
        ):
            line = command.read_until("is in use")
            found = read_links(command)
            code, _, _ = command.interrupt()

        assert line.startswith(f"Port {port} is in use; taking ")
        assert found["join"]
        assert code == 0

    def test_a_server_with_a_key_opens_the_room_with_it(self, tmp_path: Path) -> None:
        """`play` knows the key of its own server."""
        with started(tmp_path, "play", "--port", str(free_port()), "--host-key", "open sesame") as command:
            assert read_links(command)["room"]
            command.interrupt()

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        """One sentence, as from serve."""
        (tmp_path / "file").write_text("")

        assert_one_sentence(makersphere(tmp_path, "play", "--port", "0", "--data", "file"), "--data")

    def test_a_room_that_cannot_be_kept_is_told(self, tmp_path: Path) -> None:
        """Where the file of one's own room cannot be written, the server does not run on without a word."""
        (tmp_path / "rooms").mkdir()
        (tmp_path / "rooms" / "own-rooms.json").symlink_to("nowhere/own-rooms.json")

        assert_one_sentence(makersphere(tmp_path, "play", "--port", "0", "--data", "rooms"), "--data")


def test_the_browser_is_asked_without_waiting_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that stays in front does not hold up the game."""
    asked, go_on = threading.Event(), threading.Event()

    def stay(link: str) -> bool:
        asked.set()
        return go_on.wait(10)

    monkeypatch.setattr("webbrowser.open", stay)
    links.open_browser("http://localhost/")

    assert asked.wait(10)
    go_on.set()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"DISPLAY": ":0", "SSH_CONNECTION": "far away"}, False)],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_a_browser_is_opened_where_there_is_a_display(
    *, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not on a server, and not on this side of somebody's ssh."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert links.has_display() is expected


@pytest.mark.parametrize(
    ("lan", "base"),
    [
        ("192.0.2.7", "http://192.0.2.7:8000/#"),
        ("2001:db8::7", "http://[2001:db8::7]:8000/#"),
        ("", "http://localhost:8000/#"),
    ],
)
def test_all_links_are_followed_from_phones(lan: str, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall's QR code is made from the address of its own page; `localhost` only where there is no network."""
    monkeypatch.setattr(links, "reach", lambda _: Reach(lan, "route" if lan else "none"))
    server = Running("0.0.0.0", 8000, cast("Lobby", None), Settings())  # noqa: S104  (every network)

    found = links.links(server, "ABCDEFG", "token")

    assert (found.join, found.wall) == (f"{base}/j/ABCDEFG", f"{base}/s/ABCDEFG")
    assert found.host == f"{base}/r/ABCDEFG/token"
    assert found.reach.address == lan


async def _join_and_start(port: int, room: str, host_token: str) -> str:
    url = f"ws://127.0.0.1:{port}/ws"
    async with (
        Connection(url, Resume(room, host_token=host_token)) as host,
        Connection(url, Join(room, "Ann")) as player,
    ):
        assert (await host.command("host.start")).ok
        assert (await player.command("count", {"by": 4})).ok
        return player.seat_token


async def _count(port: int, room: str, token: str) -> int:
    async with Connection(f"ws://127.0.0.1:{port}/ws", Resume(room, seat_token=token)) as player:
        assert player.mirror.my_seat["name"] == "Ann"
        return int(player.mirror.table["tally"]["total"])


async def _end(port: int, room: str, host_token: str) -> None:
    async with Connection(f"ws://127.0.0.1:{port}/ws", Resume(room, host_token=host_token)) as host:
        assert (await host.command("host.end")).ok
        await host.until(lambda: host.mirror.game["status"] == "over")


@pytest.mark.parametrize("start", [("serve",), ("play", "--no-browser")])
def test_a_damaged_file_of_rooms_is_told_where_people_read(tmp_path: Path, start: tuple[str, ...]) -> None:
    """One sentence says that it is damaged and where it lies now; the server goes on."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rooms.sqlite3").write_bytes(b"no database" * 2_000)
    with started(tmp_path, *start, "--data", "data", "--port", "0") as server:
        server.read_until("http://")
        _, _, complaint = server.interrupt()
    assert "makersphere: The file of the rooms is damaged. It lies untouched in data" in complaint
    assert (tmp_path / "data" / "damaged-1" / "rooms.sqlite3").exists()


def test_a_missing_file_of_rooms_is_told_too(tmp_path: Path) -> None:
    """Rooms that were there cannot go on: the start says how many, and how to find out which."""
    done = makersphere(tmp_path, "demo", "--scenario", "counter", "--seats", "3", "--data", "data", "--json")
    assert done.returncode == 0, done.stderr
    (tmp_path / "data" / "rooms.sqlite3").unlink()
    with started(tmp_path, "serve", "--data", "data", "--port", "0", "--log-level", "error") as server:
        server.read_until("http://")
        _, _, complaint = server.interrupt()
    assert "part of their history is missing: 1." in complaint
    assert "makersphere rooms list --data data" in complaint


def test_a_database_without_its_heads_is_told_with_what_to_do(tmp_path: Path) -> None:
    """The start says which file is missing, `verify` too; `rooms reopen --all` lets its rooms go on, in a new epoch."""
    done = makersphere(tmp_path, "demo", "--scenario", "counter", "--seats", "3", "--data", "data", "--json")
    room = json.loads(done.stdout)["room"]
    (tmp_path / "data" / "heads.log").unlink()
    for language, word in (("en", "heads.log, which belongs to rooms.sqlite3, is not in data"), ("zh", "data 里没有")):
        spoken = {"MAKERSPHERE_LANGUAGE": language}
        with started(tmp_path, "serve", "--data", "data", "--port", "0", "--log-level", "error", **spoken) as server:
            server.read_until("http://")
            _, _, complaint = server.interrupt()
        assert word in complaint
        assert "makersphere rooms reopen --all --data data" in complaint
    wrong = makersphere(tmp_path, "verify", room, "--data", "data")
    assert (wrong.returncode, "heads.log" in wrong.stdout) == (1, True)
    assert_one_sentence(makersphere(tmp_path, "rooms", "reopen", "--data", "data"), "--all")
    done = makersphere(tmp_path, "rooms", "reopen", "--all", "--data", "data", "--json")
    assert json.loads(done.stdout) == {"reopened": [room], "host_tokens": {}, "beyond_help": []}
    shown = json.loads(makersphere(tmp_path, "rooms", "show", room, "--data", "data", "--json").stdout)
    assert (shown["state"], shown["epoch"]) == ("open", 2)
    assert makersphere(tmp_path, "verify", room, "--data", "data").returncode == 0


@pytest.mark.parametrize(
    ("flag", "value", "word"),
    [
        ("--proxies", "abc", "10.0.0.2"),
        ("--proxies", "10.0.0.0/8", "10.0.0.2"),
        ("--origins", "abc", "https://"),
        ("--host", "a..b", "school.example"),
        ("--host", "a" * 64, "school.example"),
    ],
)
def test_addresses_that_are_none_are_answered_with_what_they_look_like(
    tmp_path: Path, flag: str, value: str, word: str
) -> None:
    """A typing mistake is not taken for an address that never connects."""
    done = makersphere(tmp_path, "serve", flag, value, "--port", "0", "--data", "data")
    assert_one_sentence(done, flag, value, word)


@pytest.mark.parametrize("start", ["serve", "play"])
def test_the_address_of_a_database_is_no_folder(tmp_path: Path, start: str) -> None:
    """No folder of that name is made: the sentence says where rooms are kept, and nothing of a password."""
    for language, word in (("en", "SQLite in a folder"), ("zh", "SQLite")):
        spoken = {"MAKERSPHERE_LANGUAGE": language}
        done = makersphere(tmp_path, start, "--data", "postgresql://me:secret@db/rooms", "--port", "0", **spoken)
        assert_one_sentence(done, "--data", word)
        assert "secret" not in done.stderr
    assert [each.name for each in tmp_path.iterdir() if "postgres" in each.name] == []


def test_a_host_that_is_none_is_refused_in_chinese_too(tmp_path: Path) -> None:
    """By the flag and what it takes; a broker's by the forms of its address."""
    for flag, value, word in (("--host", "a..b", "要填地址或机器名"), ("--mqtt", "mqtt://a..b", "要填 mqtt://HOST")):
        done = makersphere(tmp_path, "serve", flag, value, "--data", "data", MAKERSPHERE_LANGUAGE="zh")
        assert_one_sentence(done, flag, word)


def test_a_language_that_there_is_not_is_told(tmp_path: Path) -> None:
    """The variable's value and the languages there are; English is spoken on."""
    done = makersphere(tmp_path, "rooms", "list", MAKERSPHERE_LANGUAGE="tlh")
    assert done.returncode == 0
    assert done.stderr == "makersphere: MAKERSPHERE_LANGUAGE is tlh; there are en, zh. English is spoken.\n"


def test_seats_that_a_scenario_is_not_made_for_are_told(tmp_path: Path) -> None:
    """What it is made for, what was asked for, and with how many it is played."""
    with started(tmp_path, "play", "--no-browser", "--scenario", "rivals", "--seats", "2", "--port", "0") as server:
        server.read_until("http://")
        _, _, complaint = server.interrupt()
    assert "Rivals is made for 12 to 45 seats. With 2 it is played with 3" in complaint

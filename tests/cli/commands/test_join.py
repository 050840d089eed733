"""`makersphere join` before there is a room: what is wrong is said in one sentence. A terminal is played by `pty`."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.commands import join
from makersphere_clients.connection import Connection
from makersphere_clients.terminal.app import TerminalApp
from makersphere_protocol.messages import Create, Join, Options
from makersphere_server.app import running
from tests.cli.program import assert_one_sentence, environment, makersphere
from tests.loopback import loopback

COMMAND = (sys.executable, "-m", "makersphere_cli.main", "join")


def in_terminal(home: Path, *arguments: str, columns: int = 80, rows: int = 24) -> tuple[int, str]:
    """Run the command in a terminal of its own; return its exit code and all that it wrote."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    kept = {name: value for name, value in environment(home).items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=home, env=kept, stdin=far, stdout=far, stderr=far, start_new_session=True
    ) as process:
        os.close(far)
        written = b""
        while True:
            try:
                part = os.read(near, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
    os.close(near)
    return process.returncode, written.decode()


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    """A pipe is no place to play."""
    assert_one_sentence(makersphere(tmp_path, "join", "localhost:8000", "K7QFABC"), "terminal", "browser")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("http://localhost:8000/#/r/K7QFABC/secret",), "holds a key"),
        (("localhost:9", "K7QFABC", "--name", "Ann"), "No Makersphere server answers at localhost:9"),
        (("192.168..5:9", "K7QFABC", "--name", "Ann"), "No Makersphere server answers at 192.168..5:9"),
    ],
)
def test_what_leads_nowhere_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    """And exit code 2; a key on the command line is refused, and not repeated."""
    code, written = in_terminal(tmp_path, *arguments)
    assert code == 2, written
    assert words in " ".join(written.split())
    assert "secret" not in written
    assert "Traceback" not in written


def test_the_flag_decides_the_language_before_there_is_a_room_too(tmp_path: Path) -> None:
    """What goes wrong on the way in is said as the game would be."""
    code, written = in_terminal(tmp_path, "localhost:9", "K7QFABC", "--name", "Ann", "--language", "zh")
    assert code == 2
    assert "正在连接 localhost:9" in written
    assert "没有创客圈服务器回应" in "".join(written.split())


def test_a_terminal_that_is_too_small_is_told_how_large_it_should_be(tmp_path: Path) -> None:
    """Before anything is drawn."""
    code, written = in_terminal(tmp_path, "localhost:8000", "K7QFABC", columns=60, rows=15)
    assert (code, "60 by 15" in written) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("localhost:9", "K7QFABC"), "localhost:9"),
        (("nowhere",), "code"),
        (("h:1", "K7QFABC", "--count", "0"), "500"),
        (("my..school:9", "K7QFABC"), "answers at my..school:9;"),
        ((), "Bots need a room"),
    ],
)
def test_bots_say_in_one_sentence_why_they_cannot_sit_down(
    tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    """No server, no room, no number."""
    assert_one_sentence(makersphere(tmp_path, "bots", *arguments), word)


@pytest.mark.parametrize(
    ("rejoin", "said"),
    [(True, "No seat has this code now."), (False, "host is what the room or whoever leads it is called.")],
)
async def test_what_was_mistyped_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, rejoin: bool, said: str
) -> None:
    """A rejoin code that opens nothing, or a name that is the room's own: said for what it is, and no end."""
    typed: Iterator[str] = iter(("abcd" if rejoin else "host",))

    def answer(_: str) -> str:
        for word in typed:
            return word
        raise EOFError  # asked again

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(join, "_need_terminal", lambda: None)
    async with running(loopback(data=tmp_path), StandIns()) as server:
        address = f"127.0.0.1:{server.port}"
        async with Connection(f"ws://{address}/ws", Create("quickstart")) as host:
            with pytest.raises(EOFError):
                await asyncio.to_thread(join.join, address, host.mirror.room, rejoin=rejoin, language="en")
    assert said in capsys.readouterr().err


async def test_who_shares_a_seat_waits_to_be_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a pass the same frame comes again as often as it takes; with one it is in at once."""
    seen: list[tuple[int, int]] = []
    waits = threading.Semaphore(0), threading.Semaphore(0)
    typed = ""

    async def look(app: TerminalApp) -> None:  # in place of a screen
        seen.append((app.connection.mirror.you.seat, app.connection.mirror.you.member))

    def wait(seconds: float) -> None:
        assert seconds == 5
        waits[0].release()
        waits[1].acquire()

    monkeypatch.setattr(join, "_need_terminal", lambda: None)
    monkeypatch.setattr(join, "user_data_folder", lambda: tmp_path / "own")
    monkeypatch.setattr("time.sleep", wait)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    monkeypatch.setattr(TerminalApp, "run_async", look)
    async with running(loopback(data=tmp_path / "rooms"), StandIns()) as server:
        address = f"127.0.0.1:{server.port}"
        create = Create("quickstart", Options(teams=True))
        async with Connection(f"ws://{address}/ws", create) as host, _sat_down(address, host) as ann:
            seat, room = ann.mirror.you.seat, host.mirror.room
            visit = asyncio.create_task(
                asyncio.to_thread(join.join, address, room, name="Lou", seat=seat, language="en")
            )
            await asyncio.to_thread(waits[0].acquire)
            await ann.until(lambda: "asks_in" in ann.mirror.hand)
            (number,) = ann.mirror.hand["asks_in"]
            assert (await ann.command("let_in", {"join": int(number)})).ok
            waits[1].release()
            await visit
            typed = str(((await ann.command("seat_pass")).data or {})["code"])
            await asyncio.to_thread(join.join, address, room, name="Mia", seat=seat, language="en")
    assert seen == [(seat, 2), (seat, 3)]
    assert "let you in" in capsys.readouterr().out


def _sat_down(address: str, host: Connection) -> Connection:
    return Connection(f"ws://{address}/ws", Join(host.mirror.room, "Ann"))


async def test_pupils_at_one_machine_have_a_seat_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is given is never answered with another one's seat and hand; the same command brings each back."""
    seen: list[tuple[str, int]] = []

    async def look(app: TerminalApp) -> None:  # in place of a screen
        mirror = app.connection.mirror
        seen.append((str(mirror.my_seat["name"]), mirror.you.seat))

    monkeypatch.setattr(join, "_need_terminal", lambda: None)
    monkeypatch.setattr(join, "user_data_folder", lambda: tmp_path / "own")
    monkeypatch.setattr(TerminalApp, "run_async", look)
    async with running(loopback(data=tmp_path / "rooms"), StandIns()) as server:
        address = f"127.0.0.1:{server.port}"
        async with Connection(f"ws://{address}/ws", Create("quickstart")) as host:
            for name in ("Ann", "Bert", "Ann", "", "Bert"):
                await asyncio.to_thread(join.join, address, host.mirror.room, name=name, language="en")
    names, seats = [name for name, _ in seen], {*seen}
    assert names == ["Ann", "Bert", "Ann", "Ann", "Bert"]
    assert len(seats) == 2

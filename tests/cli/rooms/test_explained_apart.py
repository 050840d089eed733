"""A server's moments are made in another process: the same as the command's, and never longer than somebody waits."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_cli.rooms import explained_apart, local_server
from makersphere_server import logs
from makersphere_server.settings import Settings
from makersphere_server.storage.log_file import LogFile, read_jsonl

LOG = Path(__file__).resolve().parents[2] / "golden" / "quickstart-v1.jsonl"
FOR_EVER = ("1", "5", "10000000")  # futures that no machine plays
PATIENCE_S = 60  # of a machine that has much else to do


@pytest.fixture
def game() -> LogFile:
    """Give a game that is over."""
    return read_jsonl(LOG)


async def test_the_servers_of_serve_and_play_have_their_games_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a process of this kind."""
    given: list[object] = []

    async def serve(*args: object) -> None:
        given.extend(args)

    monkeypatch.setattr(local_server, "serve", serve)
    monkeypatch.setattr(logs, "set_up", lambda *_, **__: None)
    await local_server.run_server(Settings(), lambda _: None)
    assert explained_apart.explained_apart in given


async def test_another_process_makes_the_same_moments(game: LogFile, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same numbers as `makersphere why` prints them, in whichever order they are asked for."""
    async with explained_apart.explained_apart(game.row, game.records) as apart:
        found = {number: await apart.moment(number) for number in range(1, apart.of + 1)}
    assert await asyncio.to_thread(run, ["why", str(LOG), "--jobs", "1", "--json"]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found == {moment["number"]: moment for moment in printed}


async def test_the_process_is_gone_with_whoever_waits(game: LogFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the context has ended the process has, in the middle of its work."""
    monkeypatch.setattr(explained_apart, "_COMMAND", (*explained_apart._COMMAND, *FOR_EVER))
    async with explained_apart.explained_apart(game.row, game.records) as apart:
        asking = asyncio.create_task(apart.moment(1))
        await asyncio.sleep(0)
        process = apart._process
        assert process.returncode is None
        asking.cancel()
    assert process.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


async def test_a_process_that_fails_says_what_went_wrong(game: LogFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure holds the last words of the process, for the log of the server."""
    program = "import sys; sys.stdin.readline(); raise ValueError('a bug in the futures')"
    monkeypatch.setattr(explained_apart, "_COMMAND", (sys.executable, "-c", program))
    with pytest.raises(explained_apart.NotExplained, match="ended with 1: ValueError: a bug in the futures"):
        async with explained_apart.explained_apart(game.row, game.records):
            pass


async def test_the_process_imports_nothing_from_where_the_server_was_started(
    game: LogFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file there that is called like a package of ours, or of Python's, is not run."""
    for name in ("makersphere_playtest", "json", "queue"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('somebody else speaks')", "utf-8")
    monkeypatch.chdir(tmp_path)
    async with explained_apart.explained_apart(game.row, game.records) as apart:
        assert apart.of == 2


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the end of a process that is nobody's child")
def test_no_process_outlives_its_server() -> None:
    """A server that is killed takes the process with it, whatever that is at."""
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(LOG), *FOR_EVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    worker = os.pidfd_open(int(server.stdout.readline()))
    try:
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stdout.close()
        gone, _, _ = select.select([worker], [], [], PATIENCE_S)
        assert gone == [worker]
    finally:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(worker, signal.SIGKILL)
        os.close(worker)


SERVER = """
import asyncio, pathlib, sys
from makersphere_cli.rooms import explained_apart
from makersphere_server.storage.log_file import read_jsonl

explained_apart._COMMAND = (*explained_apart._COMMAND, *sys.argv[2:])

async def main():
    game = read_jsonl(pathlib.Path(sys.argv[1]))
    async with explained_apart.explained_apart(game.row, game.records) as apart:
        asking = asyncio.create_task(apart.moment(1))
        await asyncio.sleep(0)
        print(apart._process.pid, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the priority where Linux has it")
async def test_the_process_gives_way_to_everything_else(game: LogFile) -> None:
    """It asks for the lowest priority before it plays anything."""
    async with explained_apart.explained_apart(game.row, game.records) as apart:
        assert os.getpriority(os.PRIO_PROCESS, apart._process.pid) == 19
        assert os.sched_getscheduler(apart._process.pid) == os.SCHED_IDLE

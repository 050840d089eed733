"""The server as a program of its own (`makersphere serve`): it starts, says where it is, and goes when told to."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.messages import SUBPROTOCOL, Create, Resume, Welcome
from tests.cli.program import COMMAND, environment


async def _run(folder: Path) -> Process:
    command = [*COMMAND, "serve", "--host", "127.0.0.1", "--port", "0", "--data", str(folder)]
    home = folder.parent
    return await asyncio.create_subprocess_exec(*command, cwd=home, stdout=DEVNULL, stderr=PIPE, env=environment(home))


async def _start(folder: Path) -> tuple[Process, int]:
    """Return a running server and its port."""
    process = await _run(folder)
    assert process.stderr is not None
    while line := await process.stderr.readline():
        event = json.loads(line)
        if event["event"] == "listening":
            return process, event["port"]
    raise AssertionError("the server did not start")


async def _enter(port: int, frame: Create | Resume, stop: Callable[[], None]) -> tuple[Welcome, int]:
    """Enter, stop the server, and wait until it ends the connection; return the welcome and the close code."""
    url = f"ws://127.0.0.1:{port}/ws"
    async with connect(url, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None, proxy=None) as link:
        await link.send(encode(frame), text=True)
        welcome = decode_from_server(await link.recv(decode=False))
        assert isinstance(welcome, Welcome)
        stop()
        try:
            while True:
                await link.recv()
        except ConnectionClosed as closed:
            return welcome, closed.rcvd.code if closed.rcvd is not None else 1006


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_cleanly_and_offers_the_same_rooms(tmp_path: Path, number: signal.Signals) -> None:
    """Told to stop it closes with 1012 and ends with 0; started again on the folder it has the same room."""
    async with asyncio.timeout(120):
        process, port = await _start(tmp_path)
        welcome, code = await _enter(port, Create("counter"), partial(process.send_signal, number))
        assert (code, await process.wait()) == (1012, 0)
        process, port = await _start(tmp_path)
        token = Resume(welcome.room, host_token=welcome.host_token)
        again, _ = await _enter(port, token, process.terminate)
        await process.wait()
    assert again.table == welcome.table


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """One clear sentence, exit code 2, no traceback."""
    (tmp_path / "file").write_text("no folder")
    process = await _run(tmp_path / "file")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"Traceback" not in said
    assert said.decode().strip().splitlines()[-1].startswith("makersphere: The folder")

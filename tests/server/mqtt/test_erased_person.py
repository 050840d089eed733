"""One person erased from a real server with a real broker, and from one that is killed in the middle of it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.messages import SUBPROTOCOL, Command, Create, Join, Options, Result, Resume, Welcome
from makersphere_server.afterwards.kept_rooms import read_room
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.app import running
from tests.loopback import free_port, loopback
from tests.server.rig.at_once import bytes_of
from tests.server.rig.broker import Mosquitto, subscribed
from tests.server.rig.host import Host
from tests.server.rig.sockets import dial, hear, say

NAME, OTHER = "Ottoline", "Peregrine"


async def test_nothing_of_them_is_in_the_folder_the_logs_or_on_the_broker(
    broker: Mosquitto, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Present before, absent when the host is told, and on the broker as soon as it is; the other stands there."""
    folder = tmp_path / "rooms"
    settings = loopback(mqtt=broker.url, data=folder)
    async with (
        running(settings, StandIns()) as server,
        Host(server) as host,
        dial(server) as first,
        dial(server) as second,
        subscribed(broker) as seen,
    ):
        await say(first, Join(host.welcome.room, NAME))
        await say(second, Join(host.welcome.room, OTHER))
        seat = (await hear(first, Welcome)).you.seat
        await hear(second, Welcome)
        await host.command("start")
        await host.command("message", seat=seat, text=f"for {NAME}")
        await seen.until(lambda one: NAME in "".join(one.state.values()))
        assert NAME.encode() in bytes_of(folder)
        await host.command("erase_person", seat=seat)
        assert NAME.encode() not in bytes_of(folder)
        await seen.until(lambda one: NAME not in "".join(one.state.values()))
        async with subscribed(broker) as late:
            await late.until(lambda one: OTHER in "".join(one.state.values()))
            assert NAME not in "".join(payload for _, payload in late.messages)
        await host.command("advance")
    heard = capfd.readouterr()
    assert NAME not in heard.out + heard.err
    row, records, _ = read_room(folder, host.welcome.room)
    assert verify_room(row, list(records)).is_right


@attrs.define
class _Killed:
    """A server in a process of its own, which is killed and started again on the same folder."""

    process: asyncio.subprocess.Process
    port: int
    pid: int = 0

    async def _line(self) -> list[str]:
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().split()

    async def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        while (words := await self._line()) != ["ready"]:
            assert words, "the process has ended"
            self.pid = int(words[1])

    async def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        while (words := await self._line()) != ["gone"]:
            assert words, "the process has ended"

    def dial(self) -> connect:
        url = f"ws://127.0.0.1:{self.port}/ws"
        return connect(url, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None, proxy=None)


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[_Killed]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.server.rig.process_killer", "server", str(folder), str(port)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    server = _Killed(process, port)
    try:
        await server.start()
        yield server
    finally:
        assert process.stdin is not None
        await server.kill()
        process.stdin.close()
        await process.wait()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the worker is forked, to be there at once")
@pytest.mark.parametrize("is_answered", [False, True])
async def test_a_kill_in_the_middle(tmp_path: Path, *, is_answered: bool) -> None:
    """Killed with the command on its way, the server has it done when it comes again; killed after, it stays done."""
    async with _server(tmp_path) as server:
        async with server.dial() as host, server.dial() as person:
            await say(host, Create("quickstart", Options(seats=6, pace="host")))
            welcome = await hear(host, Welcome)
            await say(person, Join(welcome.room, NAME, id="a join frame, drawn at random"))
            seat = (await hear(person, Welcome)).you.seat
            erase = Command("the erasure", "host.erase_person", {"seat": seat})
            assert NAME.encode() in bytes_of(tmp_path)
            await say(host, erase)
            if is_answered:
                assert (await hear(host, Result)).ok
            await server.kill()
        await server.start()
        if not is_answered:
            async with server.dial() as host:
                await _again(host, Resume(welcome.room, host_token=welcome.host_token), erase)
        assert NAME.encode() not in bytes_of(tmp_path)
        row, records, _ = read_room(tmp_path, welcome.room)
        assert verify_room(row, list(records)).is_right
        assert sum(b"host.erase_person" in record.command for record in records) == 1


async def _again(host: ClientConnection, resume: Resume, command: Command) -> None:
    await say(host, resume)
    await hear(host, Welcome)
    await say(host, command)
    assert (await hear(host, Result)).ok

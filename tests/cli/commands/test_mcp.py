"""A seat for a model: played by the package's own client, bounded in time and mistakes, and told nothing of others."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from mcp import Client, StdioServerParameters

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.commands import mcp
from makersphere_cli.rooms.model_tools import tools_of
from makersphere_clients.connection import Connection
from makersphere_clients.model_seat import ModelSeat
from makersphere_protocol.messages import Create, Join, Options
from makersphere_server.app import running
from tests.cli.program import assert_one_sentence, environment, makersphere
from tests.clients.fake import AT_ONCE
from tests.loopback import free_port, loopback
from tests.server.rig.memory_log import MemoryLog

PATIENCE_S = 60
Tree = dict[str, Any]


@attrs.define
class Played:
    """A model at a seat, the host of its room and another person there.

    Attributes:
        seat: that the model plays.
        told: each move with its reason, as it was handed on.
        answers: of the tools, in order.
        said: the same as the model has read it.
    """

    client: Client
    host: Connection
    other: Connection
    port: int
    seat: ModelSeat
    told: list[Tree]
    answers: list[Tree] = attrs.field(factory=list)
    said: list[str] = attrs.field(factory=list)

    async def call(self, tool: str, **args: Any) -> Tree:  # noqa: ANN401  (of whichever tool)
        """Call a tool; return what it answers."""
        result = await self.client.call_tool(tool, args)
        assert not result.is_error, result
        answer: Tree = result.structured_content
        self.answers.append(answer)
        self.said.append(result.model_dump_json())
        return answer


@asynccontextmanager
async def seated(scenario: str, *, seats: int = 2, think_s: float = PATIENCE_S) -> AsyncIterator[Played]:
    """Let a model sit down in a room of a server, beside a person."""
    told: list[Tree] = []
    async with (
        asyncio.timeout(PATIENCE_S),
        running(loopback(), StandIns(), log=MemoryLog()) as its_server,
        Connection(
            f"ws://127.0.0.1:{its_server.port}/ws", Create(scenario, Options(seats=seats)), backoff=AT_ONCE
        ) as host,
        Connection(f"ws://127.0.0.1:{its_server.port}/ws", Join(host.mirror.room, "Model"), backoff=AT_ONCE) as own,
        Connection(f"ws://127.0.0.1:{its_server.port}/ws", Join(host.mirror.room, "Ben"), backoff=AT_ONCE) as other,
    ):
        seat = ModelSeat(own, "en", think_s, told.append)
        clock = asyncio.create_task(seat.keep_time())
        try:
            async with Client(tools_of(seat, "en"), raise_exceptions=True) as client:
                yield Played(client, host, other, its_server.port, seat, told)
        finally:
            clock.cancel()
            await asyncio.gather(clock, return_exceptions=True)


async def test_a_model_plays_a_seat_by_its_tools() -> None:
    """It reads, sees, looks at what is legal, previews, does and says why; each move is handed on with its reason."""
    async with seated("counter") as played:
        assert {tool.name for tool in (await played.client.list_tools()).tools} == {
            *("see", "legal", "preview", "do", "wait", "say_why")
        }
        reading = await played.client.read_resource("makersphere://reading")
        assert "maker space" in reading.model_dump_json()
        assert not (await played.call("see"))["your_turn"]
        assert (await played.host.command("host.start")).ok
        turn = await played.call("wait", seconds=20)
        assert turn["your_turn"]
        assert turn["you"]["seat"] == 1
        legal = await played.call("legal")
        assert legal["commands"]["count"]["args"]["properties"]["by"]
        assert "host.advance" not in legal["commands"]
        assert "changes" in await played.call("preview", command="count", args={"by": 3})
        done = await played.call("do", command="count", args={"by": 3}, reason="three is enough")
        assert done["done"]
        seen = await played.call("see", kinds=["tally"])
        assert seen["table"]["tally"]["total"] == 3
        assert await played.call("say_why", reason="I went first") == {"kept": True}
    assert [(one.get("command"), one["outcome"], one["reason"]) for one in played.told] == [
        ("count", "done", "three is enough"),
        (None, "said", "I went first"),
    ]


async def test_a_model_plays_a_whole_game_in_which_it_decides_nothing() -> None:
    """What it leaves open gets its default, and the room never waits for more than its turns."""
    async with seated("quickstart", seats=6) as played:
        assert (await played.host.command("host.start")).ok
        phases: list[str] = []
        while True:
            turn = await played.call("wait", seconds=20)
            if turn["game"]["status"] == "over":
                break
            phases.append(turn["game"]["phase"])
            await played.call("do", command="ready", args={"ready": True}, reason="nothing to add")
            ready = await played.other.command("ready", {"ready": True}, played.other.mirror.at)
            assert ready.ok or ready.error is not None
        assert {"policy", "admission", "matching", "market", "recap"} <= set(phases)
        assert any("Season 1" in said for said in played.said)


async def test_a_refused_move_is_told_once_and_then_the_default_stands() -> None:
    """The refusal names the field and what was expected; the second one in a phase makes the seat ready."""
    async with seated("counter") as played:
        assert (await played.host.command("host.start")).ok
        await played.call("wait", seconds=20)
        first = await played.call("do", command="count", args={"by": 99}, reason="as much as I can")
        assert not first["done"]
        assert first["refused"]["field"] == "by"
        assert "one more try" in first["next"]
        second = await played.call("do", command="count", args={"by": "many"})
        assert "default stands" in second["next"]
        assert not second["your_turn"]
    assert [one["outcome"] for one in played.told] == ["refused", "refused", "default"]
    assert played.told[0]["message"]


async def test_a_model_that_says_nothing_holds_nobody_up() -> None:
    """When its time is up the seat is ready, and the phase closes when all others are."""
    async with seated("counter", think_s=0.2) as played:
        assert (await played.host.command("host.start")).ok
        await played.host.until(lambda: bool(played.host.mirror.table["seat"]["1"]["ready"]))
    assert played.told[0]["outcome"] == "default"
    assert played.told[0]["why"] == "time"


async def test_time_is_counted_by_phase_and_not_by_turn() -> None:
    """A model that takes its readiness back has no new time for that."""
    async with seated("counter", think_s=0.2) as played:
        assert (await played.host.command("host.start")).ok
        await played.host.until(lambda: bool(played.host.mirror.table["seat"]["1"]["ready"]))
        played.seat._think_s = 3_600.0
        await played.call("do", command="ready", args={"ready": False})
        await played.host.until(lambda: sum(one["outcome"] == "default" for one in played.told) == 2)


@pytest.mark.parametrize("command", ["rejoin_code", "consent", "ask_host", "seat_pass"])
async def test_a_model_does_moves_of_the_game_alone(command: str) -> None:
    """A code that opens its seat elsewhere, a person's consent and their words are none, whatever it has read."""
    async with seated("counter") as played:
        assert (await played.host.command("host.start")).ok
        for tool in ("do", "preview"):
            answer = await played.call(tool, command=command, args={"text": "hello"})
            assert answer["refused"]["field"] == "command"
        assert "hello" not in str(played.host.mirror.hand)
    assert played.told == []


def test_reasons_that_cannot_be_written_stop_no_game(capsys: pytest.CaptureFixture[str]) -> None:
    """A full disk is said on standard error, each time."""
    write = mcp._writer(Path("/dev/full"))
    write({"outcome": "done"})
    assert "/dev/full" in capsys.readouterr().err


async def test_a_model_is_told_nothing_that_is_another_seats() -> None:
    """What somebody asks the host, what the host answers them, and what lies in their hand alone."""
    async with seated("quickstart", seats=6) as played:
        assert (await played.host.command("host.start")).ok
        await played.other.until(lambda: played.other.mirror.game.get("status") == "running")
        assert (await played.other.command("ask_host", {"text": "canary-question"})).ok
        assert (await played.host.command("host.message", {"seat": 2, "text": "canary-message"})).ok
        for _ in range(6):
            await played.call("wait", seconds=20)
            await played.call("see")
            await played.call("see", kinds=list((await played.call("see"))["table"]))
            await played.call("legal")
            await played.call("do", command="ready", args={"ready": True})
            await played.other.command("ready", {"ready": True}, played.other.mirror.at)
        own = (await played.client.read_resource("makersphere://seat")).model_dump_json()
        assert played.other.mirror.hand["maker"]["2"]["ambition"]
    assert "canary" not in "".join([*played.said, own])
    seen = [answer for answer in played.answers if "hand" in answer]
    assert any(answer["hand"]["maker"]["1"]["ambition"] for answer in seen)
    for answer in seen:
        others = {**answer["hand"].get("maker", {}), **answer["table"].get("maker", {})}
        assert all("ambition" not in fields for seat, fields in others.items() if seat not in ("1", "things"))


async def test_the_command_serves_a_model_on_standard_input(tmp_path: Path) -> None:
    """As programs start it; each move is in the file of reasons when the call is over."""
    reasons = tmp_path / "reasons.jsonl"
    async with seated("counter", seats=3) as played:
        room = played.host.mirror.room
        program = StdioServerParameters(
            command=sys.executable,
            args=["-m", "makersphere_cli.main", "mcp", f"127.0.0.1:{played.port}", room, "--reasons", str(reasons)],
            env=environment(tmp_path),
        )
        async with Client(program) as client:
            assert (await played.host.command("host.start")).ok
            turn = await client.call_tool("wait", {"seconds": 20})
            assert turn.structured_content is not None
            assert turn.structured_content["you"]["seat"] == 3
            await client.call_tool("do", {"command": "count", "args": {"by": 2}, "reason": "two"})
            written = [json.loads(line) for line in reasons.read_text("utf-8").splitlines()]
    assert [(one["command"], one["reason"]) for one in written] == [("count", "two")]


def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path) -> None:
    """No room is named, no server answers, a file that can't be written."""
    where = (f"127.0.0.1:{free_port()}", "ABCDEFG")
    assert_one_sentence(makersphere(tmp_path, "mcp"))
    assert_one_sentence(makersphere(tmp_path, "mcp", *where), where[0])
    assert_one_sentence(
        makersphere(tmp_path, "mcp", *where, "--reasons", str(tmp_path / "no" / "file")), "can't be written"
    )


def test_without_its_package_it_says_what_to_install(tmp_path: Path) -> None:
    """The extra `mcp` brings it."""
    blocked = tmp_path / "blocked" / "mcp"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ImportError(name='mcp')\n", "utf-8")
    done = makersphere(tmp_path, "mcp", "127.0.0.1:1", "ABCDEFG", PYTHONPATH=str(blocked.parent))
    assert_one_sentence(done, "makersphere[mcp]")

"""The sample device of the documents, as it lies there, and what the Node-RED flow says of topics and payloads."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from makersphere_protocol.mqtt import PREFIX, THINGS
from makersphere_protocol.mqtt_asyncapi import CHANNELS
from tests.server.rig.broker import Mosquitto
from tests.server.rig.host import Host
from tests.server.rig.limited import serving

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
LONGEST = 50


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Mosquitto]:
    """Give a broker that is up, and end it."""
    async with Mosquitto(tmp_path) as found:
        yield found


@pytest.mark.parametrize("arguments", [(), ("localhost:1883",), ("localhost", "button-7")])
def test_the_sample_device_says_how_it_is_started(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """In one line."""
    command = (sys.executable, str(SAMPLES / "device.py"), *arguments)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "usage: python device.py HOST:PORT NAME [CODE]\n")


async def test_the_sample_device_pairs_and_says_ready(broker: Mosquitto, tmp_path: Path) -> None:
    """It pairs by the code, lights the phase, says ready for its seat, and knows its token when it is started again.

    Ctrl-C ends it without a word.
    """
    program = SAMPLES / "device.py"
    assert len([line for line in program.read_text("utf-8").splitlines() if line.strip()]) <= LONGEST
    async with serving(mqtt=broker.url, mqtt_devices=True) as server, Host(server) as host:
        await host.command("start")
        code = (await host.command("pair", thing="button", seat=1)).data
        assert code is not None
        for arguments, first in (((code["code"],), "paired button 1"), ((), "lamp policy")):
            device = await asyncio.create_subprocess_exec(
                *(sys.executable, str(program), f"127.0.0.1:{broker.port}", "button-7", *arguments),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=tmp_path,
            )
            assert device.stdin is not None
            assert device.stdout is not None
            async with asyncio.timeout(120):
                said = [(await device.stdout.readline()).decode().strip()]
                while said[-1] != "lamp policy":
                    said.append((await device.stdout.readline()).decode().strip())
                assert said[0] == first
                device.stdin.write(b"\n")
                assert (await device.stdout.readline()).decode().strip() == "ok"
                device.send_signal(signal.SIGINT)
                _, err = await device.communicate()
                assert (device.returncode, err) == (-signal.SIGINT, b"")


async def test_pressed_before_the_lamp_has_lit_it_does_nothing(broker: Mosquitto, tmp_path: Path) -> None:
    """There is no phase yet to be ready for; where no server answers it ends with its input, without a traceback."""
    device = await asyncio.create_subprocess_exec(
        *(sys.executable, str(SAMPLES / "device.py"), f"127.0.0.1:{broker.port}", "button-7"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=tmp_path,
    )
    async with asyncio.timeout(120):
        assert await device.communicate(b"\n") == (b"", b"")
    assert device.returncode == 0


def test_the_node_red_flow_uses_topics_and_commands_that_there_are() -> None:
    """Its nodes are wired to nodes of it, every topic is one of the reference, and its bell sends what a bell may."""
    nodes: list[dict[str, Any]] = json.loads((SAMPLES / "node-red-flow.json").read_text("utf-8"))
    ids = {node["id"] for node in nodes}
    assert {target for node in nodes for wire in node.get("wires", []) for target in wire} <= ids
    text = json.dumps(nodes)
    known = {channel.address.replace("{room}", "+").replace("{device}", "node-red") for channel in CHANNELS.values()}
    used = {word.strip("';") for word in text.replace('"', " ").replace("\\n", " ").split() if PREFIX in word}
    assert used
    assert used <= known
    assert any(f"name: '{name}'" in text for name in THINGS["bell"])

"""A real Mosquitto and its own command line clients, for tests: nothing in here is ours but the reading of lines."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from makersphere_server.mqtt.embedded_broker import find_mosquitto
from tests.loopback import free_port

__all__ = ["Mosquitto", "Subscriber", "publish", "publish_lines", "request", "subscribed"]

_DEADLINE_S = 60.0


class Mosquitto:
    """A broker on a port of its own, started and stopped at will; it keeps nothing between two starts.

    As a context it is up at the beginning, and ended at the end however that comes.
    """

    def __init__(self, folder: Path, *lines: str, anonymous: bool = True) -> None:
        """Write its configuration; `start` starts it."""
        self.port = free_port()
        self.url = f"mqtt://127.0.0.1:{self.port}"
        self._file = folder / "mosquitto.conf"
        self._lines = [f"listener {self.port} 127.0.0.1", f"allow_anonymous {str(anonymous).lower()}", *lines]
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Start it."""
        try:
            return await self.start()
        except BaseException:
            await self.kill()
            raise

    async def __aexit__(self, *_: object) -> None:
        """End it."""
        await self.kill()

    async def start(self) -> Self:
        """Start it, and return when it takes connections."""
        text = "\n".join([*self._lines, "persistence false", "log_dest none", "user root"])
        self._file.write_text(text + "\n", "utf-8")
        program = find_mosquitto()
        assert program is not None, "Mosquitto is not installed: `run.py test` brings it"
        self._process = await asyncio.create_subprocess_exec(
            program, "-c", str(self._file), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(_DEADLINE_S):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(0.01)
                else:
                    writer.close()
                    return self

    def suspend(self) -> None:
        """Let it hang."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    async def kill(self) -> None:
        """End it at once."""
        if self._process is not None and self._process.returncode is None:
            self._signal(signal.SIGKILL)
            await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


class Subscriber:
    """`mosquitto_sub`, and what it has printed.

    Attributes:
        messages: topic and payload, in order.
        state: the last payload of each topic that holds something; events and answers are not among them.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Read from a process."""
        self.messages: list[tuple[str, str]] = []
        self.state: dict[str, str] = {}
        self._process = process

    def json(self, topic: str) -> Any:  # noqa: ANN401  (JSON)
        """Return what stands on a topic."""
        return json.loads(self.state[topic])

    def told(self, topic: str) -> list[str]:
        """Return what was said on a topic, in order."""
        return [payload for name, payload in self.messages if name == topic]

    async def until(self, holds: Callable[["Subscriber"], object]) -> None:
        """Read until something holds.

        Raises:
            TimeoutError: it does not in time.
        """
        output = self._process.stdout
        assert output is not None
        async with asyncio.timeout(_DEADLINE_S):
            while not holds(self):
                line = await output.readline()
                assert line, "mosquitto_sub has ended"
                topic, _, payload = line.decode().rstrip("\n").partition("\t")
                self.messages.append((topic, payload))
                if topic.endswith(("/events", "/answer")):
                    continue
                if payload:
                    self.state[topic] = payload
                else:
                    self.state.pop(topic, None)


@asynccontextmanager
async def subscribed(broker: Mosquitto, topic: str = "#", *options: str) -> AsyncIterator[Subscriber]:
    """Run `mosquitto_sub` for as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        *("mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker.port), "-t", topic, "-q", "1", "-F", "%t\t%p", *options),
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    try:
        yield Subscriber(process)
    finally:
        process.kill()
        await process.wait()
        process._transport.close()  # type: ignore[attr-defined]  # its pipe, before the loop is


async def publish_lines(broker: Mosquitto, topic: str, lines: Sequence[str]) -> None:
    """Run `mosquitto_pub` once, for a message of each line."""
    await publish(broker, topic, "\n".join(lines) + "\n", how="-l")


async def publish(broker: Mosquitto, topic: str, payload: str | bytes, *options: str, how: str = "-s") -> None:
    """Run `mosquitto_pub` once."""
    process = await asyncio.create_subprocess_exec(
        *("mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker.port), "-t", topic, "-q", "1", how, *options),
        stdin=asyncio.subprocess.PIPE,
    )
    await process.communicate(payload.encode() if isinstance(payload, str) else payload)
    assert process.returncode == 0, (topic, options)


async def request(broker: Mosquitto, topic: str, answer: str, payload: str | bytes, *options: str) -> Any:  # noqa: ANN401  (JSON)
    """Run `mosquitto_rr`, which asks by MQTT 5 and waits for the answer; return the answer, None: there is none."""
    process = await asyncio.create_subprocess_exec(
        *(
            "mosquitto_rr",
            "-h",
            "127.0.0.1",
            "-p",
            str(broker.port),
            "-t",
            topic,
            "-e",
            answer,
            "-q",
            "1",
            "-W",
            "60",
            *options,
        ),
        *("-m", payload),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    output, _ = await process.communicate()
    return json.loads(output) if output.strip() else None

"""A broker beside the server, for a classroom that has none: Mosquitto where it is installed, else `iotcore`.

Answers where it is and how the server logs in. It listens on this machine alone unless the address says otherwise, is
started again where it ends, and ends with the server. `iotcore`, from the extra `broker`, is experimental: it speaks
MQTT 5 alone and has no rules about who may write what.
"""

from __future__ import annotations

import asyncio
import base64
import ctypes
import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs
import structlog

from makersphere_protocol.mqtt import Topics
from makersphere_server.broker_address import Address
from makersphere_server.mqtt import broker_metrics
from makersphere_server.mqtt.acl import acl
from makersphere_server.mqtt.link import Login
from makersphere_server.mqtt.packet_filter import LARGEST
from makersphere_server.settings import CannotStart

__all__ = ["find_mosquitto", "running_broker"]

_USER: Final = "makersphere"
_READY_S, _STOP_S, _LOOK_S = 10.0, 3.0, 0.05
_LEAST_PAUSE_S, _MOST_PAUSE_S = 0.5, 30.0  # before it is started again
_WELL_S: Final = 60.0  # a broker that ran for so long was all right
_ROUNDS: Final = 101  # of Mosquitto's password file
_PR_SET_PDEATHSIG: Final = 1

_log = structlog.get_logger("makersphere.mqtt")

_IOTCORE: Final = """id = 0
[router]
id = 0
max_connections = 1010
max_outgoing_packet_count = 200
max_segment_size = 10485760
max_segment_count = 10
[v5.1]
name = "makersphere"
listen = "{host}:{port}"
next_connection_delay_ms = 1
[v5.1.connections]
connection_timeout_ms = 10000
max_payload_size = {largest}
max_inflight_count = 100
dynamic_filters = true
"""


def find_mosquitto() -> str | None:
    """Return Mosquitto, on PATH or where Debian keeps what only root used to start."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")


@asynccontextmanager
async def running_broker(address: Address, login: Login, topics: Topics) -> AsyncIterator[tuple[Address, Login]]:
    """Run a broker for as long as the block lasts, where the address asks for one; give its address and our login.

    Raises:
        CannotStart: there is none to run, or its port cannot be used.
    """
    if not address.is_embedded:
        yield address, login
        return
    port = address.port or _free_port(address.host)
    address = attrs.evolve(address, port=port)
    _check_port(address)
    with TemporaryDirectory(prefix="makersphere-mqtt-") as folder:
        command, login = _command(address, login, topics, Path(folder))
        broker = _RestartedBroker(command, address, await _start(command, address))
        keeping = asyncio.create_task(broker.keep_running())
        try:
            yield attrs.evolve(address, host=_reached_at(address.host)), login
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            await _end(broker.process)


def _command(address: Address, login: Login, topics: Topics, folder: Path) -> tuple[list[str], Login]:
    mosquitto = find_mosquitto()
    if mosquitto is not None:
        login = attrs.evolve(login, user=_USER, password=secrets.token_urlsafe(16))
        return [mosquitto, "-c", str(_configure(address, login, topics, folder))], login
    if importlib.util.find_spec("iotcore") is None:
        raise CannotStart("No MQTT broker is installed.", "mqtt_no_broker")
    _log.warning("broker_experimental", broker="iotcore")
    file = folder / "broker.toml"
    file.write_text(_IOTCORE.format(host=address.host, port=address.port, largest=LARGEST), "utf-8")
    return [sys.executable, "-m", "iotcore", "--config", str(file), "--log-level", "CRITICAL"], login


def _configure(address: Address, login: Login, topics: Topics, folder: Path) -> Path:
    """Write what Mosquitto has to know, and return the file."""
    (folder / "acl").write_text(acl(topics, login.user, by_client_id=True), "utf-8")
    (folder / "passwords").write_text(_password_line(login), "utf-8")
    lines = [
        f"listener {address.port} {address.host}",
        "allow_anonymous true",
        f"acl_file {folder / 'acl'}",
        f"password_file {folder / 'passwords'}",
        "persistence false",
        f"max_packet_size {LARGEST}",
        "max_queued_messages 200",
        "set_tcp_nodelay true",
        "log_dest none",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        lines.append("user root")  # else it could not read its own files, which are the server's alone
    for file in folder.iterdir():
        file.chmod(0o600)
    found = folder / "mosquitto.conf"
    found.write_text("\n".join(lines) + "\n", "utf-8")
    return found


def _password_line(login: Login) -> str:
    """Return a line of Mosquitto's password file (type 7: PBKDF2 with SHA-512)."""
    salt = secrets.token_bytes(12)
    key = hashlib.pbkdf2_hmac("sha512", login.password.encode(), salt, _ROUNDS, 64)
    kept = "$".join(("", "7", str(_ROUNDS), base64.b64encode(salt).decode(), base64.b64encode(key).decode()))
    return f"{login.user}:{kept}\n"


# -- the process


@attrs.define
class _RestartedBroker:
    """A broker that is started again whenever it has ended."""

    _command: list[str]
    _address: Address
    process: asyncio.subprocess.Process

    async def keep_running(self) -> None:
        """Start it again, for as long as nobody cancels this; the longer it keeps failing, the later."""
        pause_s = _LEAST_PAUSE_S
        while True:
            began = time.monotonic()
            code = await self.process.wait()
            if time.monotonic() - began > _WELL_S:
                pause_s = _LEAST_PAUSE_S
            _log.error("broker_ended", code=code, again_in_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _MOST_PAUSE_S)
            with suppress(CannotStart, OSError):  # the next turn finds the old one ended, and tries again
                _check_port(
                    self._address
                )  # another program has taken the port meanwhile, and must not hear our password
                self.process = await _start(self._command, self._address)
                broker_metrics.RESTARTED.inc()


async def _start(command: list[str], address: Address) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # else Ctrl-C at the terminal would end it before the rooms have taken leave
        preexec_fn=_dying_with_us(),
    )
    try:
        if await _is_ready(process, address):
            _log.info("broker_started", address=str(address), broker=Path(command[0]).name)
            return process
    except asyncio.CancelledError:
        await _end(process)
        raise
    await _end(process)
    raise CannotStart("The MQTT broker did not start.", "mqtt_broker_failed", port=address.port)


async def _is_ready(process: asyncio.subprocess.Process, address: Address) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(_READY_S):
            while process.returncode is None:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection(_reached_at(address.host), address.port)
                    writer.close()
                    return True
                await asyncio.sleep(_LOOK_S)
    return False


async def _end(process: asyncio.subprocess.Process) -> None:
    for stop in (process.terminate, process.kill):
        with suppress(ProcessLookupError):
            stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _STOP_S)
            return


def _dying_with_us() -> Callable[[], None] | None:
    """Return the call by which a child ends when this process is killed; Linux alone has one."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up here: a forked child should do as little as it can
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


# -- the address


def _reached_at(host: str) -> str:
    """Return where this machine reaches a broker that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _check_port(address: Address) -> None:
    """Refuse a port that cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in address.host else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise CannotStart(
                f"No MQTT broker can listen on {address.host}, port {address.port}.",
                "mqtt_port_unusable",
                host=address.host,
                port=address.port,
            ) from error

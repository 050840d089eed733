"""Brokers that are started beside the server, and brokers that want to know who comes or prove who they are."""

import asyncio
import socket
import ssl
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import CapturingLogger

from makersphere_protocol.mqtt import Topics
from makersphere_server.broker_address import Address
from makersphere_server.mqtt import broker_metrics, embedded_broker
from makersphere_server.mqtt.acl import acl
from makersphere_server.mqtt.embedded_broker import _password_line
from makersphere_server.mqtt.link import Login
from makersphere_server.settings import CannotStart
from tests.loopback import free_port
from tests.server.rig.broker import Mosquitto, subscribed
from tests.server.rig.host import Host
from tests.server.rig.limited import serving
from tests.server.rig.sockets import PATIENCE_S

PREFIX = "makersphere/v1"


class _Found:
    """What the readers of a broker need to know of one that is not ours to start."""

    def __init__(self, port: int) -> None:
        self.port = port


async def test_a_broker_is_started_beside_the_server_and_ends_with_it() -> None:
    """`embedded` needs nothing else: this machine alone reaches it, devices read and ask, nobody writes our state."""
    port = free_port()
    async with serving(mqtt=f"embedded://127.0.0.1:{port}", mqtt_devices=True) as server, Host(server) as host:
        await host.broker_is(connected=True, url=f"mqtt://127.0.0.1:{port}")
        await host.command("start")
        async with subscribed(_Found(port)) as seen:  # type: ignore[arg-type]
            await seen.until(lambda one: any("/state/phase" in topic for topic in one.state))
            topic = next(topic for topic in seen.state if topic.endswith("/state/phase"))
            forged = await asyncio.create_subprocess_exec(
                *("mosquitto_pub", "-p", str(port), "-t", topic, "-m", "forged", "-r", "-q", "1"),
                stderr=asyncio.subprocess.DEVNULL,
            )
            await forged.wait()
            await host.command("advance")
            await seen.until(lambda one: one.json(topic)["phase"] == "admission")
            assert "forged" not in {payload for _, payload in seen.messages}
        with socket.socket() as probe:
            assert probe.connect_ex((_other_address(), port)) != 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


async def test_an_embedded_broker_that_dies_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every time, on the same port; the rooms stand there again."""
    port, started, start = free_port(), list[asyncio.subprocess.Process](), embedded_broker._start

    async def noted(*given: Any) -> asyncio.subprocess.Process:  # noqa: ANN401
        started.append(await start(*given))
        return started[-1]

    monkeypatch.setattr(embedded_broker, "_start", noted)
    monkeypatch.setattr(embedded_broker, "_LEAST_PAUSE_S", 0.05)
    before = broker_metrics.RESTARTED._value.get()
    async with serving(mqtt=f"embedded://127.0.0.1:{port}") as server, Host(server) as host:
        await host.broker_is(connected=True)
        for times in (1, 2):
            started[-1].kill()
            await host.broker_is(connected=False)
            await host.broker_is(connected=True)
            async with subscribed(_Found(port)) as seen:  # type: ignore[arg-type]
                await seen.until(lambda one: any("/state/phase" in topic for topic in one.state))
            assert (len(started), broker_metrics.RESTARTED._value.get() - before) == (times + 1, times)
    assert started[-1].returncode is not None


async def test_a_broker_that_cannot_be_started_again_is_tried_less_and_less_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pause doubles; the game goes on, and nothing is left behind at the end."""
    port, tries, start = free_port(), 0, embedded_broker._start

    async def once(command: list[str], address: Address) -> asyncio.subprocess.Process:
        nonlocal tries
        tries += 1
        if tries > 1:
            raise CannotStart("The MQTT broker did not start.", "mqtt_broker_failed", port=port)
        process = await start(command, address)
        process.kill()
        return process

    log = CapturingLogger()
    monkeypatch.setattr(embedded_broker, "_log", log)
    monkeypatch.setattr(embedded_broker, "_start", once)
    monkeypatch.setattr(embedded_broker, "_LEAST_PAUSE_S", 0.05)
    async with serving(mqtt=f"embedded://127.0.0.1:{port}") as server, Host(server) as host:
        await host.command("start")
        async with asyncio.timeout(PATIENCE_S):
            while tries < 5:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    pauses = [call.kwargs["again_in_s"] for call in log.calls if call.args == ("broker_ended",)]
    assert pauses[:4] == [0.05, 0.1, 0.2, 0.4]


def _other_address() -> str:
    """Return an address of this machine that is not where the broker listens."""
    return "127.0.0.2"


async def test_without_mosquitto_iotcore_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other broker takes the same games and devices' answers."""
    monkeypatch.setattr(embedded_broker, "find_mosquitto", lambda: None)
    port = free_port()
    async with serving(mqtt=f"embedded://127.0.0.1:{port}") as server, Host(server) as host:
        await host.broker_is(connected=True)
        await host.command("start")
        async with subscribed(_Found(port), "#", "-V", "mqttv5") as seen:  # type: ignore[arg-type]
            await seen.until(lambda one: any("/state/phase" in topic for topic in one.state))


async def test_with_no_broker_to_start_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server does not start, and names what to install."""
    monkeypatch.setattr(embedded_broker, "find_mosquitto", lambda: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(CannotStart) as caught:
        async with serving(mqtt="embedded://127.0.0.1:0"):
            pass
    assert caught.value.text == "mqtt_no_broker"


async def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    """Another broker on the port is found before ours is started."""
    async with Mosquitto(tmp_path) as broker:
        with pytest.raises(CannotStart) as caught:
            async with serving(mqtt=f"embedded://127.0.0.1:{broker.port}"):
                pass
    assert caught.value.text == "mqtt_port_unusable"


async def test_a_broker_that_asks_for_a_password_gets_it_and_keeps_others_out(tmp_path: Path) -> None:
    """With the generated ACL a device that logs in reads what all may and nothing else; a wrong password is told."""
    passwords = tmp_path / "passwords"
    logins = (Login("makersphere", "right"), Login("button", "b"))
    passwords.write_text("".join(_password_line(login) for login in logins), "utf-8")
    rules = tmp_path / "acl"
    rules.write_text(acl(Topics(), "makersphere"), "utf-8")
    async with Mosquitto(tmp_path, f"password_file {passwords}", f"acl_file {rules}", anonymous=False) as broker:
        ours = partial(serving, mqtt=broker.url, mqtt_user="makersphere")
        async with ours(mqtt_password="wrong") as server, Host(server) as host:  # noqa: S106
            await host.broker_is(connected=False, problem="password")
            assert (await host.command("start")).ok
        async with ours(mqtt_password="right") as server, Host(server) as host:  # noqa: S106
            await host.broker_is(connected=True)
            await host.command("start")
            async with subscribed(broker, "#", "-u", "button", "-P", "b") as seen:
                await seen.until(lambda one: any("/state/phase" in topic for topic in one.state))
                assert all("/devices/" not in topic for topic, _ in seen.messages)


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a key and a certificate for an address of this machine that signs itself."""
    key, found = folder / f"{name}.key", folder / f"{name}.pem"
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", str(key), "-out", str(found))
    subprocess.run(["openssl", "req", "-x509", "-nodes", "-days", "2", *made, *names], check=True, capture_output=True)
    return key, found


@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <ssl:pytest.PytestUnraisableExceptionWarning"
)  # paho drops it
async def test_a_broker_by_tls_has_to_prove_who_it_is(tmp_path: Path) -> None:
    """With its certificate known the rooms stand there; with another one the hosts are told, and the game goes on."""
    assert ssl.HAS_TLSv1_3
    key, own = _certificate(tmp_path, "own")
    _, other = _certificate(tmp_path, "other")
    async with Mosquitto(tmp_path, f"certfile {own}", f"keyfile {key}") as broker:
        url = broker.url.replace("mqtt:", "mqtts:")
        async with serving(mqtt=url, mqtt_ca=other) as server, Host(server) as host:
            await host.broker_is(connected=False, problem="certificate")
            assert (await host.command("start")).ok
        async with serving(mqtt=url, mqtt_ca=own) as server, Host(server) as host:
            await host.broker_is(connected=True)
            await host.command("start")
            async with subscribed(broker, "#", "--cafile", str(own)) as seen:
                await seen.until(lambda one: any("/state/phase" in topic for topic in one.state))


async def test_no_broker_at_all_is_told_and_nothing_else() -> None:
    """Where nothing listens, the hosts see why, and every command is answered."""
    async with serving(mqtt=f"mqtt://127.0.0.1:{free_port()}") as server, Host(server) as host:
        await host.broker_is(connected=False, problem="unreachable")
        assert (await host.command("start")).ok
        assert (await host.command("advance")).ok

"""`makersphere serve --mqtt` and `makersphere mqtt acl` at the command line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import COMMAND, assert_one_sentence, environment, makersphere, started
from tests.loopback import free_port
from tests.server.rig.broker import Mosquitto, subscribed


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--mqtt", "http://broker"), ("--mqtt", "mqtt://HOST")),
        (("--mqtt", "mqtt://user:s3cret@broker"), ("--mqtt", "MAKERSPHERE_MQTT_PASSWORD")),
        (("--mqtt", "mqtt://b", "--mqtt-prefix", "a/#"), ("--mqtt-prefix", "a/#")),
        (("--mqtt", "mqtt://b", "--mqtt-prefix", ""), ("--mqtt-prefix", "'' is none")),
        (("--mqtt-devices",), ("--mqtt-devices", "--mqtt mqtt://HOST", "--mqtt embedded")),
        (("--mqtt", "mqtts://b", "--mqtt-ca", "nowhere.pem"), ("nowhere.pem", "--mqtt-ca")),
    ],
)
def test_a_setting_that_cannot_be_right_is_refused_in_a_sentence(
    tmp_path: Path, flags: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """One sentence names the flag and what it takes, and never a password."""
    ended = makersphere(tmp_path, "serve", "--port", "0", "--data", "data", "--log-level", "error", *flags)
    assert_one_sentence(ended, *words)
    assert "s3cret" not in ended.stderr


def test_an_acl_is_printed(tmp_path: Path) -> None:
    """All read, the server alone writes state; names and prefixes are what was asked for."""
    printed = makersphere(tmp_path, "mqtt", "acl", "--user", "game", "--prefix", "school").stdout
    assert "pattern read school/rooms/#\n" in printed
    assert "pattern write school/devices/%u/command\n" in printed
    assert printed.rstrip().endswith("user game\ntopic readwrite school/#")
    assert "%c" in makersphere(tmp_path, "mqtt", "acl", "--by-client-id").stdout
    assert_one_sentence(makersphere(tmp_path, "mqtt", "acl", "--prefix", "a/+"), "a/+")
    assert_one_sentence(makersphere(tmp_path, "mqtt", "acl", "--prefix", ""), "can't be '':")


def _serve(folder: Path, *flags: str) -> subprocess.Popen[str]:
    """Start a server, and return when it listens."""
    command = [sys.executable, "-m", "makersphere_cli.main", "serve", "--host", "127.0.0.1", "--port", str(free_port())]
    server = subprocess.Popen(
        [*command, "--data", str(folder / "data"), *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    assert server.stdout.readline()
    return server


async def test_the_last_will_says_that_a_killed_server_is_gone(tmp_path: Path) -> None:
    """The broker itself says so where the server cannot."""
    async with Mosquitto(tmp_path) as broker, subscribed(broker, "makersphere/v1/server") as seen:
        server = _serve(tmp_path, "--mqtt", broker.url)
        await seen.until(lambda one: one.state and one.json("makersphere/v1/server")["online"])
        server.send_signal(signal.SIGKILL)
        await seen.until(lambda one: not one.json("makersphere/v1/server")["online"])
        server.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_an_embedded_broker_does_not_outlive_a_killed_server(tmp_path: Path) -> None:
    """The port is free again, so that the next start finds it."""
    server = _serve(tmp_path, "--mqtt", f"embedded://127.0.0.1:{free_port()}")
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("utf-8").split()
    names = {child: Path(f"/proc/{child}/cmdline").read_text("utf-8") for child in children}
    (broker,) = [child for child, name in names.items() if "mosquitto" in name]
    server.send_signal(signal.SIGKILL)
    server.communicate()
    for _ in range(2_000):
        if not _is_running(broker):
            break
        subprocess.run([sys.executable, "-c", ""], check=True)  # let it have its turn
    assert not _is_running(broker)


@pytest.mark.skipif(sys.platform == "win32", reason="sessions of processes are not there")
def test_ctrl_c_ends_an_embedded_broker_without_a_complaint(tmp_path: Path) -> None:
    """A terminal interrupts all that runs in it: the broker goes on until the rooms have taken leave of it."""
    command = [*COMMAND, "serve", "--host", "127.0.0.1", "--port", "0", "--data", str(tmp_path / "data")]
    server = subprocess.Popen(
        [*command, "--mqtt", f"embedded://127.0.0.1:{free_port()}", "--log-level", "info"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert server.stdout is not None
    said = ""
    while "broker_connected" not in said or "Ctrl-C stops it" not in said:
        line = server.stdout.readline()
        assert line
        said += line
    os.killpg(server.pid, signal.SIGINT)
    said, _ = server.communicate(timeout=180)
    assert "broker_ended" not in said
    assert "broker_lost" not in said


def test_play_says_where_an_embedded_broker_listens(tmp_path: Path) -> None:
    """One line, before the links."""
    port = free_port()
    flags = ("--host", "127.0.0.1", "--port", str(free_port()), "--data", "data", "--no-browser")
    with started(tmp_path, "play", *flags, "--mqtt", f"embedded://127.0.0.1:{port}") as command:
        assert command.read_until("broker") == f"An MQTT broker listens at mqtt://127.0.0.1:{port}."
        assert command.interrupt()[0] == 0


def _is_running(pid: str) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False

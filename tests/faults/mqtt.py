"""An MQTT broker that is not there, refuses, hangs, dies, forgets or is abused; the game goes on as without one.

The broker and whoever writes on it are Mosquitto's own programs. The game loop's CPU is that of the server's main
thread, by the system's count, for each command that was answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import attrs
from aiomqtt import Client, ProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from tests.faults.harness import Run, fault
from tests.faults.rig.abuser import ABUSES
from tests.faults.rig.crowd import Crowd, Size, check, crowd, look_at_log, percentile
from tests.faults.rig.seat import Manners, ask, dial
from tests.faults.rig.server import ROOT, Server, serving
from tests.loopback import free_port
from tests.server.rig.broker import Mosquitto, Subscriber, subscribed

PREFIX: Final = "makersphere/v1"
_ROOMS: Final = Size(20, 10)
_SMALL: Final = Size(2, 5)
_MOST_WAITING: Final = 1 << 20
_SUBSCRIBERS: Final = 1_000
_SETTLES_S: Final = 0.5  # until all is answered that is under way


@attrs.define
class _Times:
    """What everybody measured in a while: how late answers were, and what they cost the game's thread each."""

    delays_s: list[float]
    cpu_s: float

    @property
    def cpu_each_s(self) -> float:
        """Return the CPU of one command."""
        return self.cpu_s / max(len(self.delays_s), 1)


def _main_thread_s(server: Server) -> float:
    """Return how long the server's main thread has run, from the scheduler's count in nanoseconds."""
    spent = Path(f"/proc/{server.pid}/task/{server.pid}/schedstat").read_text("utf-8").split()[0]
    return int(spent) / 1e9


async def _during(what: Awaitable[object], *crowds: Crowd) -> list[_Times]:
    for one in crowds:
        one.forget_times()
    before = [_main_thread_s(one.server) for one in crowds]
    await what
    after = [_main_thread_s(one.server) for one in crowds]
    return [_Times(one.delays_s(), after[i] - before[i]) for i, one in enumerate(crowds)]


async def _while(what: Awaitable[object], *crowds: Crowd) -> list[_Times]:
    """Let those play who have paused, and nobody else; return what each crowd measured meanwhile."""
    for one in crowds:
        one.pause(is_paused=False)
    await asyncio.sleep(_SETTLES_S)
    times = await _during(what, *crowds)
    for one in crowds:
        one.pause()
    await asyncio.sleep(_SETTLES_S)
    return times


async def _until_answered(what: Awaitable[object], everybody: Crowd) -> None:
    """Wait for something, and until somebody has been answered meanwhile: a busy machine answers nobody for a while."""
    await asyncio.gather(what, everybody.acknowledged(1))


async def _hold(
    run: Run, name: str, alone: Crowd, everybody: Crowd, trouble: Callable[[float], Awaitable[object]], for_s: float
) -> None:
    """Hold a while with a broker in trouble against a server without one.

    How long answers take is held against two whiles without, before and after: trouble that took the machine from all
    would else not be seen. What a command costs the game's thread is held against the same moments: twice as many play,
    half of them without a broker, because equal whiles differ by more than what is looked for.
    """
    quiet = await _while(asyncio.sleep(for_s / 2), alone)
    times = await _while(_until_answered(trouble(for_s), everybody), everybody)
    quiet += await _while(asyncio.sleep(for_s / 2), alone)
    with_one, without = await _while(trouble(for_s), everybody, alone)
    run.counts[f"{name}_answers"] += len(times[0].delays_s)
    run.expect(f"{name}_answers")
    p99, quiet_p99 = (percentile([s for one in some for s in one.delays_s], 0.99) for some in (times, quiet))
    run.figure(f"{name}_quiet_p99_s", quiet_p99)
    run.figure(f"{name}_p99_s", p99, at_most=1.2 * quiet_p99 + 0.005)
    run.figure(f"{name}_game_cpu", with_one.cpu_each_s / without.cpu_each_s, at_most=1.05)


@asynccontextmanager
async def _load(run: Run, name: str, **settings: Any) -> AsyncIterator[Crowd]:  # noqa: ANN401  (of the server)
    """Play on a server of its own."""
    folder = run.folder / name
    folder.mkdir()
    part = attrs.evolve(run, folder=folder)
    size = _SMALL if run.is_quick else _ROOMS
    async with serving(folder, build=run.build, lab=True, **settings) as server:
        async with crowd(part, server, size, Manners(every_s=0.5 if run.is_quick else 1.0)) as everybody:
            yield everybody
            waiting = await _waiting(server) if "mqtt" in settings else 0
            run.figure(f"{name}_waiting_bytes", waiting, at_most=_MOST_WAITING)
        await server.stop()
        look_at_log(part, server)
    check(part, server.folder)
    run.problems.extend(one for one in part.problems if one not in run.problems)
    run.must_count |= part.must_count


async def _waiting(server: Server) -> float:
    page = (await server.page("/metrics")).decode().splitlines()
    return sum(float(line.split()[-1]) for line in page if line.startswith("makersphere_mqtt_waiting_bytes{"))


# -- what goes wrong with the broker, one after the other

Trouble = Callable[[Mosquitto, float], Awaitable[object]]


async def _healthy(broker: Mosquitto, for_s: float) -> None:
    await asyncio.sleep(for_s)


async def _killed(broker: Mosquitto, for_s: float) -> None:
    await broker.kill()
    await asyncio.sleep(for_s)


async def _hung(broker: Mosquitto, for_s: float) -> None:
    broker.suspend()
    await asyncio.sleep(for_s)


async def _abused(broker: Mosquitto, for_s: float, *, how: str) -> None:
    """Have the broker abused from elsewhere: by a process of its own, which has what nobody else needs of the machine.

    Raises:
        RuntimeError: nothing was sent.
    """
    abusing = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.rig.abuser", how, str(broker.port), str(for_s)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
    )
    sent, _ = await abusing.communicate()
    if not int(sent or 0):
        raise RuntimeError(f"nobody abused the broker: {how}")


_ABUSES: Final[dict[str, Trouble]] = {how: partial(_abused, how=how) for how in ABUSES}
_IN_PLACE: Final[dict[str, Trouble]] = {"healthy": _healthy, **_ABUSES, "hung": _hung, "killed": _killed}


@fault("broker", rounds=1, quick_rounds=1)
async def broker(run: Run) -> None:
    """A broker is abused, hangs, is killed and comes back empty; each while stands between two without a broker."""
    for_s = 0.5 if run.is_quick else 8.0
    async with (
        Mosquitto(run.folder) as found,
        _load(run, "without") as alone,
        _load(run, "with", mqtt=found.url, mqtt_devices=True) as everybody,
    ):
        await asyncio.sleep(for_s / 4)
        everybody.pause()
        alone.pause()
        for name, trouble in _IN_PLACE.items():
            await _hold(run, name, alone, everybody, partial(trouble, found), for_s)
            run.figure(f"{name}_waiting_bytes", await _waiting(everybody.server), at_most=_MOST_WAITING)
            if name == "hung":
                found.resume()
                run.figure("told_again_after_hanging_s", await _told_again(everybody, found), at_most=5)
        await found.start()
        run.figure("told_again_after_a_kill_s", await _told_again(everybody, found), at_most=5)
        for name, trouble in _ABUSES.items():  # what it costs that the broker runs on the same machine
            times = await _while(trouble(found, for_s / 2), alone)
            run.figure(f"{name}_without_p99_s", percentile(times[0].delays_s, 0.99))


@fault("refused", rounds=1, quick_rounds=1)
async def refused(run: Run) -> None:
    """No broker takes the server: none is there, the password is wrong, the certificate is somebody's own."""
    for_s = 0.5 if run.is_quick else 8.0
    async with _refusing(run.folder) as refusing, _load(run, "without") as alone:
        await asyncio.sleep(for_s / 4)
        for name, settings in refusing.items():
            async with _load(run, name, **settings) as everybody:
                await asyncio.sleep(for_s / 4)
                everybody.pause()
                alone.pause()
                await _hold(run, name, alone, everybody, asyncio.sleep, for_s)


async def _told_again(everybody: Crowd, broker: Mosquitto) -> float:
    """Let everybody go on; return after how many seconds something that every room has done since stands there."""
    everybody.pause(is_paused=False)
    began, wall_ms = time.monotonic(), time.time_ns() // 1_000_000
    wanted, told = len({seat.room for seat in everybody.seats}), set[str]()

    def is_told(seen: Subscriber) -> bool:
        for topic, payload in seen.messages:
            if "/table/" in topic and payload and json.loads(payload)["now"] >= wall_ms:
                told.add(topic.split("/")[3])
        seen.messages.clear()
        return len(told) == wanted

    async with subscribed(broker, f"{PREFIX}/#") as seen:
        await seen.until(is_told)
    everybody.pause()
    return time.monotonic() - began


@asynccontextmanager
async def _refusing(folder: Path) -> AsyncIterator[dict[str, dict[str, object]]]:
    """Give settings with which no broker takes this server, none being there among them."""
    key, own = folder / "own.key", folder / "own.pem"
    made = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", str(key), "-out", str(own))
    subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-days", "2", *made, "-subj", "/CN=x"], check=True, capture_output=True
    )
    places = [folder / name for name in ("closed", "sealed")]
    for place in places:
        place.mkdir()
    sealing = (f"certfile {own}", f"keyfile {key}")
    async with Mosquitto(places[0], anonymous=False) as closed, Mosquitto(places[1], *sealing) as sealed:
        yield {
            "nobody": {"mqtt": f"mqtt://127.0.0.1:{free_port()}"},
            "password": {"mqtt": closed.url, "mqtt_user": "x", "mqtt_password": "y"},
            "certificate": {"mqtt": sealed.url.replace("mqtt:", "mqtts:")},
        }


# -- many devices, and many who watch


@fault("devices", rounds=1, quick_rounds=1)
async def devices(run: Run) -> None:
    """Twenty devices send 200 commands a second, and each is answered in time."""
    for_s = 2.0 if run.is_quick else 20.0
    async with (
        Mosquitto(run.folder, "set_tcp_nodelay true") as found,
        serving(run.folder, build=run.build, mqtt=found.url, mqtt_devices=True) as server,
    ):
        tokens = await _pair(server, found, 20)
        delays = [one for some in await asyncio.gather(*(_press(found, *one, for_s) for one in tokens)) for one in some]
        run.counts["device_answers"] += len(delays)
        run.figure("device_answers_per_s", len(delays) / for_s)
        run.figure("device_p99_s", percentile(delays, 0.99), at_most=0.15)
        run.figure("device_p50_s", percentile(delays, 0.5))
        await server.stop()
        look_at_log(run, server)
    run.expect("device_answers")
    if len(delays) < 190 * for_s:
        run.problem(f"only {len(delays)} commands of devices were answered in {for_s} s")


def _properties(topic: str) -> Properties:
    properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    properties.ResponseTopic = topic
    return properties


async def _pair(server: Server, broker: Mosquitto, seats: int) -> list[tuple[str, str]]:
    """Open a room and bind a button to each seat; return names and tokens."""
    found = []
    async with dial(server.url) as host, _device(broker, "pairing") as client:
        await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": seats + 1, "pace": "host"}})
        await ask(host, {"type": "command", "id": "start", "name": "host.start"})
        for seat in range(1, seats + 1):
            frame = {
                "type": "command",
                "id": f"p{seat}",
                "name": "host.pair",
                "args": {"thing": "button", "seat": seat},
            }
            code = (await ask(host, frame))["data"]["code"]
            name = f"button-{seat}"
            answer = f"{PREFIX}/devices/{name}/answer"
            await client.subscribe(answer, qos=1)
            payload = json.dumps({"id": "1", "code": code})
            await client.publish(f"{PREFIX}/devices/{name}/pair", payload, 1, properties=_properties(answer))
            said = json.loads(bytes((await anext(client.messages)).payload))
            found.append((name, said["data"]["token"]))
    return found


def _device(broker: Mosquitto, name: str) -> Client:
    at_once = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    return Client("127.0.0.1", broker.port, identifier=name, protocol=ProtocolVersion.V5, socket_options=at_once)


async def _press(broker: Mosquitto, name: str, token: str, for_s: float) -> list[float]:
    """Press a button ten times a second; return how long each answer took."""
    topic = f"{PREFIX}/devices/{name}"
    delays: list[float] = []
    sent: dict[str, float] = {}
    async with _device(broker, name) as client:
        await client.subscribe(f"{topic}/answer", qos=1)

        async def hear() -> None:
            async for message in client.messages:
                said: dict[str, Any] = json.loads(bytes(message.payload))
                if not said["ok"]:
                    raise RuntimeError(f"a button was refused: {said}")
                delays.append(time.monotonic() - sent.pop(said["id"]))

        hearing = asyncio.create_task(hear())
        began = time.monotonic()
        for number in range(int(for_s * 10)):
            await asyncio.sleep(max(began + number / 10 - time.monotonic(), 0))
            at = {"season": 1, "phase": "count"}
            frame = {"id": f"c{number}", "token": token, "name": "ready", "args": {"ready": number % 2 == 0}, "at": at}
            sent[f"c{number}"] = time.monotonic()
            await client.publish(f"{topic}/command", json.dumps(frame), 1, properties=_properties(f"{topic}/answer"))
        async with asyncio.timeout(60):
            while sent and not hearing.done():
                await asyncio.sleep(0.01)
        hearing.cancel()
    return delays


async def _rooms(broker: Mosquitto, many: int) -> str:
    """Return the ids of all rooms in the topics."""
    async with subscribed(broker, f"{PREFIX}/rooms/+/state/phase") as seen:
        await seen.until(lambda one: len(one.state) == many)
        return ",".join(topic.split("/")[3] for topic in seen.state)


@fault("subscribers", rounds=1, quick_rounds=1)
async def subscribers(run: Run) -> None:
    """A thousand subscribers take every room from the broker; the game's thread does not notice."""
    for_s = 2.0 if run.is_quick else 15.0
    many = 50 if run.is_quick else _SUBSCRIBERS
    async with Mosquitto(run.folder) as found, _load(run, "with", mqtt=found.url) as everybody:
        await asyncio.sleep(for_s / 4)
        [alone] = await _during(asyncio.sleep(for_s), everybody)
        rooms = await _rooms(found, len({seat.room for seat in everybody.seats}))
        listening = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.rig.subscribers", str(found.port), str(many), str(for_s), rooms),
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=ROOT,
        )
        assert listening.stdout is not None
        await listening.stdout.readline()  # all are there
        [watched] = await _during(listening.stdout.readline(), everybody)
        run.counts["messages_received"] += int((await listening.communicate())[0].split()[0])
        run.figure("subscribers", many)
        run.figure("watched_game_cpu", watched.cpu_each_s / alone.cpu_each_s, at_most=1.05)
        run.figure("alone_p99_s", percentile(alone.delays_s, 0.99))
        run.figure("watched_p99_s", percentile(watched.delays_s, 0.99))
    run.expect("messages_received")

"""Rooms on a real broker, read by a client that is not ours: what stands there, who can read what, and for how long."""

import json
import sys

import pytest

from makersphere_protocol.messages import Watch, Welcome
from tests.server.rig.broker import Mosquitto, Subscriber, publish, subscribed
from tests.server.rig.host import Host
from tests.server.rig.limited import serving
from tests.server.rig.sockets import dial, hear, say

PREFIX = "makersphere/v1"


def room_of(seen: Subscriber) -> str:
    """Return what the topics of the one room there is begin with, or ""."""
    return next((topic.rpartition("state/")[0] for topic in seen.state if topic.endswith("/state/phase")), "")


def stands(seen: Subscriber, phase: str) -> bool:
    """Return whether the room is said to be in a phase, with everything about it told."""
    room = room_of(seen)
    parts = [f"{room}state/{name}" for name in ("phase", "clock", "leaderboard", "figures")]
    return bool(room) and all(part in seen.state for part in parts) and seen.json(parts[0])["phase"] == phase


async def test_the_game_waits_less_long_for_the_interpreter_while_there_is_a_broker(broker: Mosquitto) -> None:
    """Only then: the store's thread has its usual time where no other one publishes."""
    usual_s = sys.getswitchinterval()
    async with serving(mqtt=broker.url):
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    async with serving():
        assert sys.getswitchinterval() == pytest.approx(usual_s)


async def test_a_room_stands_on_the_broker_by_topic(broker: Mosquitto) -> None:
    """Phase, clock, spaces, leaderboard, figures and each kind of the table are there, and change with the game."""
    async with serving(mqtt=broker.url) as server, Host(server) as host, subscribed(broker) as seen:
        await host.command("start")
        await seen.until(lambda one: stands(one, "policy"))
        room = room_of(seen)
        assert seen.json(f"{PREFIX}/server")["online"] is True
        assert seen.json(f"{room}state/phase")["season"] == 1
        await host.command("advance")
        await seen.until(lambda one: stands(one, "admission"))
        async with dial(server) as watcher:
            await say(watcher, Watch(host.welcome.room))
            table = (await hear(watcher, Welcome)).table or {}
        await seen.until(lambda one: all(one.json(f"{room}table/{kind}")["value"] == table[kind] for kind in table))
        assert {topic.removeprefix(f"{room}table/") for topic in seen.state if f"{room}table/" in topic} == set(table)
        spaces = {key: seen.json(f"{room}state/spaces/{key}")["space"] for key in table["space"]}
        assert spaces == table["space"] != {}
        await seen.until(
            lambda one: any(json.loads(told)["text"] == "phase_opened" for told in one.told(f"{room}events"))
        )
        assert host.welcome.room not in "".join(seen.state)  # who reads topics cannot come in


async def test_everything_is_gone_when_the_room_and_the_server_are(broker: Mosquitto) -> None:
    """At the end nothing of the room is retained, and the server says that it is not there."""
    async with subscribed(broker) as seen:
        async with serving(mqtt=broker.url) as server, Host(server) as host:
            await host.command("start")
            await seen.until(lambda one: stands(one, "policy"))
        await seen.until(lambda one: not room_of(one) and not one.json(f"{PREFIX}/server")["online"])
        assert list(seen.state) == [f"{PREFIX}/server"]
    async with subscribed(broker) as late:
        await late.until(lambda one: one.state)
        assert list(late.state) == [f"{PREFIX}/server"]


@pytest.mark.parametrize("version", ["5", "3.1.1"])
async def test_a_broker_that_forgot_everything_is_told_again(broker: Mosquitto, version: str) -> None:
    """Killed and started empty, it holds every topic again, as the game stands by then."""
    async with serving(mqtt=broker.url, mqtt_version=version) as server, Host(server) as host:
        await host.command("start")
        async with subscribed(broker) as seen:
            await seen.until(lambda one: stands(one, "policy"))
            before = set(seen.state)
        await broker.kill()
        await host.command("advance")
        await broker.start()
        async with subscribed(broker) as seen:
            await seen.until(lambda one: stands(one, "admission") and set(one.state) >= before)


async def test_a_hung_broker_is_given_up_and_told_again(broker: Mosquitto) -> None:
    """A broker that stands still holds up nobody; when it goes on, it holds what is so by then."""
    async with serving(mqtt=broker.url) as server, Host(server) as host:
        await host.command("start")
        async with subscribed(broker) as seen:
            await seen.until(lambda one: stands(one, "policy"))
            broker.suspend()
            await host.command("advance")
            await host.broker_is(problem="silent")
            await host.command("advance")  # answered while the broker still hangs
            broker.resume()
            await seen.until(lambda one: stands(one, "exchange"))
        await host.broker_is(connected=True)


async def test_forged_state_is_put_right(broker: Mosquitto) -> None:
    """What others write where our state stands, known topics and strange ones, is overwritten or emptied."""
    strange = f"{PREFIX}/rooms/nowhere/state/phase"
    await publish(broker, strange, "{}", "-r")
    async with serving(mqtt=broker.url) as server, Host(server) as host, subscribed(broker) as seen:
        await host.command("start")
        await seen.until(lambda one: stands(one, "policy") and strange not in one.state)
        topic = f"{room_of(seen)}state/phase"
        right = seen.state[topic]
        for forged in (topic, f"{PREFIX}/server", f"{PREFIX}/rooms/x"):
            await publish(broker, forged, '{"status":"over"}', "-r")
        await seen.until(lambda one: (topic, '{"status":"over"}') in one.messages and one.state[topic] == right)
        await seen.until(
            lambda one: one.json(f"{PREFIX}/server").get("online") and f"{PREFIX}/rooms/x" not in one.state
        )

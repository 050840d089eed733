"""Things in the room, by a client that is not ours: bound by a code, heard as everybody is, refused as everybody is."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from prometheus_client import REGISTRY

from makersphere_server.mqtt import link, listener
from tests.server.rig.broker import Mosquitto, publish, publish_lines, request, subscribed
from tests.server.rig.fakes import long_id
from tests.server.rig.host import Host
from tests.server.rig.limited import serving
from tests.server.rig.memory_log import MemoryLog

PREFIX = "makersphere/v1"


@asynccontextmanager
async def game(broker: Mosquitto, **settings: Any) -> AsyncIterator[Host]:  # noqa: ANN401  (of the server)
    """Run a server that takes devices, and lead a game there that has begun."""
    async with serving(mqtt=broker.url, mqtt_devices=True, **settings) as server, Host(server) as host:
        await host.broker_is(connected=True)
        await host.command("start")
        yield host


class Thing:
    """A device as its maker would write one."""

    def __init__(self, broker: Mosquitto, name: str) -> None:
        """Take a name."""
        self.broker, self.name, self.token = broker, name, ""

    async def ask(self, kind: str, payload: bytes | str, *options: str) -> Any:  # noqa: ANN401  (JSON)
        """Ask, and return the answer."""
        topic = f"{PREFIX}/devices/{self.name}"
        return await request(self.broker, f"{topic}/{kind}", f"{topic}/answer", payload, *options)

    async def pair(self, code: str, id: str = "1") -> Any:  # noqa: ANN401  (JSON)
        """Pair by a code, and keep the token."""
        answer = await self.ask("pair", json.dumps({"id": long_id(id), "code": code}))
        self.token = answer.get("data", {}).get("token", self.token)
        return answer

    async def press(self, name: str, id: str = "a", **fields: Any) -> Any:  # noqa: ANN401  (JSON)
        """Send a command and return its result."""
        frame = {"id": id, "token": self.token, "name": name, **fields}
        return await self.ask("command", json.dumps(frame))


async def paired(host: Host, broker: Mosquitto, name: str, thing: str, **seat: int) -> Thing:
    """Return a device that is bound."""
    found = Thing(broker, name)
    answer = await found.pair(await code(host, thing, **seat))
    assert answer["ok"], answer
    return found


async def code(host: Host, thing: str, **seat: int) -> str:
    """Return a fresh code for a kind of thing."""
    result = await host.command("pair", thing=thing, **seat)
    assert result.data is not None
    return str(result.data["code"])


def requests(outcome: str) -> float:
    """Return how many requests came to what."""
    return REGISTRY.get_sample_value("makersphere_mqtt_requests_total", {"came_to": outcome}) or 0.0


POLICY = {"season": 1, "phase": "policy"}


async def test_a_ready_button_says_ready_for_its_seat(broker: Mosquitto) -> None:
    """Its command is a seat's like any other: durable, with a `seq`, and the same answer when it comes again."""
    async with game(broker) as host:
        button = await paired(host, broker, "button-1", "button", seat=1)
        await host.is_told("device_of_seat")
        assert host.hand["device"] == {"button-1": {"thing": "button", "seat": 1}}
        first = await button.press("ready", args={"ready": True}, at=POLICY)
        assert first["ok"], first
        again = await button.press("ready", args={"ready": True}, at=POLICY)
        assert (again["ok"], again["seq"]) == (True, first["seq"])
        other = await button.press("ready", args={"ready": False}, at=POLICY)
        assert other["error"]["code"] == "id_reused"
        late = await button.press("ready", "b", args={"ready": True}, at={"season": 1, "phase": "market"})
        assert late["error"]["code"] == "not_your_phase"
        wrong = await button.press("ready", "c", args={"ready": 7}, at=POLICY)
        assert (wrong["error"]["code"], wrong["error"]["field"]) == ("bad_args", "ready")


async def test_a_bell_of_the_host_closes_the_phase(broker: Mosquitto) -> None:
    """What a host may send a bell may, and nothing else of it."""
    async with game(broker) as host, subscribed(broker, f"{PREFIX}/rooms/+/state/phase") as seen:
        bell = await paired(host, broker, "bell", "bell")
        assert (await bell.press("host.advance"))["ok"]
        await seen.until(lambda one: any('"admission"' in payload for payload in one.state.values()))
        refused = await bell.press("host.end", "b")
        assert refused["error"]["code"] == "not_your_role"
        assert "bell" in refused["error"]["message"]


async def test_a_code_binds_one_device_once(broker: Mosquitto) -> None:
    """The same request is bound to the same seat again; who else has the code is refused, and the hosts are told."""
    async with game(broker) as host:
        typed = await code(host, "button", seat=2)
        first, thief = Thing(broker, "first"), Thing(broker, "thief")
        assert (await first.pair(typed))["data"]["seat"] == 2
        older = first.token
        again = await first.pair(typed.lower())
        assert again["ok"]
        assert first.token != older
        assert (await thief.pair(typed))["error"]["code"] == "unauthorised"
        assert (await host.is_told("device_used_code")).values == {"device": "thief", "holder": "first"}
        assert (await first.press("ready", args={"ready": True}, at=POLICY))["ok"]
        first.token = older
        assert (await first.press("ready", "b", args={"ready": True}, at=POLICY))["error"]["code"] == "unauthorised"
        assert (await thief.pair("2222222"))["error"]["code"] == "unauthorised"


async def test_of_two_things_of_a_kind_at_one_seat_the_newer_counts(broker: Mosquitto) -> None:
    """The older one is let go, the hosts are told; a thing of another kind stays."""
    async with game(broker) as host:
        old = await paired(host, broker, "old", "button", seat=1)
        card = await paired(host, broker, "card", "card", seat=1)
        new = await paired(host, broker, "new", "button", seat=1)
        assert (await host.is_told("device_replaced")).values == {"device": "old", "newer": "new"}
        assert (await old.press("ready", args={"ready": True}, at=POLICY))["error"]["code"] == "unauthorised"
        assert (await new.press("ready", args={"ready": True}, at=POLICY))["ok"]
        assert (await card.press("pitch", args={"space": 6}, at=POLICY))["error"]["code"] == "not_your_phase"
        assert (await card.press("ready", "b", args={"ready": True}, at=POLICY))["error"]["code"] == "not_your_role"


async def test_a_device_that_is_let_go_can_do_nothing(broker: Mosquitto) -> None:
    """After `host.unpair`, and with its seat's people removed, its token opens nothing."""
    async with game(broker) as host:
        one = await paired(host, broker, "one", "button", seat=1)
        two = await paired(host, broker, "two", "button", seat=2)
        await host.command("unpair", device="one")
        await host.command("remove", seat=2)
        for thing in (one, two):
            assert (await thing.press("ready", args={"ready": True}, at=POLICY))["error"]["code"] == "unauthorised"
        await host.sees(lambda console: not console.hand.get("device"))


async def test_malformed_and_forged_requests_are_refused_and_counted(broker: Mosquitto) -> None:
    """Each is answered where it has an answer's topic, counted, and changes nothing."""
    async with game(broker) as host:
        button = await paired(host, broker, "button", "button", seat=1)
        before = requests("bad_frame"), requests("unauthorised")
        right = {"id": "x", "token": button.token, "name": "ready", "args": {"ready": True}}
        for payload in (
            b"{",
            b"[]",
            b"\xff\xfe",
            b'{"id":"x"}',
            b"x" * 20_000,
            b'{"more":' + b"[" * 3_000 + b"]" * 3_000 + b"," + json.dumps(right).encode()[1:],
            json.dumps({**right, "args": {"ready": 1.5}}),
        ):
            assert (await button.ask("command", payload))["error"]["code"] == "bad_frame", payload
        assert (
            await request(
                *(
                    broker,
                    f"{PREFIX}/devices/button/command",
                    f"{PREFIX}/rooms/x/state/phase",
                    json.dumps(right),
                    "-W",
                    "1",
                )
            )
            is None
        ), "an answer went where state stands"
        stranger = Thing(broker, "stranger")
        stranger.token = button.token
        assert (await stranger.press("ready", args={"ready": True}, at=POLICY))["error"]["code"] == "unauthorised"
        assert requests("bad_frame") - before[0] == 8
        assert requests("unauthorised") - before[1] == 1
        assert (await button.press("ready", args={"ready": True}, at=POLICY))["ok"]


async def test_ten_megabytes_never_arrive(broker: Mosquitto) -> None:
    """What is larger than we take, the broker keeps; everything else goes on."""
    async with game(broker) as host:
        button = await paired(host, broker, "button", "button", seat=1)
        for topic in ("devices/button/command", "rooms/x/state/phase", "server"):
            await publish(broker, f"{PREFIX}/{topic}", b"x" * 10_000_000)
        assert (await button.press("ready", args={"ready": True}, at=POLICY))["ok"]


async def test_a_flood_from_one_device_is_not_listened_to(broker: Mosquitto) -> None:
    """It hears `rate_limited`, then nothing for a while; the hosts are told, and other things are heard meanwhile."""
    async with game(broker, flood=20) as host:
        flooder = await paired(host, broker, "flooder", "button", seat=1)
        bell = await paired(host, broker, "bell", "bell")
        lines = "\n".join(json.dumps({"id": str(n), "token": flooder.token, "name": "ready"}) for n in range(2_000))
        process = await asyncio.create_subprocess_exec(
            *("mosquitto_pub", "-p", str(broker.port), "-t", f"{PREFIX}/devices/flooder/command", "-l"),
            stdin=asyncio.subprocess.PIPE,
        )
        await process.communicate(lines.encode())
        assert (await host.is_told("device_flooding")).values == {"device": "flooder"}
        assert (await bell.press("host.advance"))["ok"]


def unread() -> float:
    """Return how many messages have been left out."""
    return REGISTRY.get_sample_value("makersphere_mqtt_unread_total") or 0


async def test_what_is_left_out_while_much_waits_takes_nobodys_place(
    broker: Mosquitto, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is acknowledged: a broker sends only so many messages that are not, and would fall silent for good."""
    async with game(broker) as host:
        button = await paired(host, broker, "button", "button", seat=1)
        monkeypatch.setattr(link, "_MOST_UNHEARD", 0)
        before = unread()
        await publish_lines(broker, f"{PREFIX}/devices/button/command", ["{}"] * 100)
        for _ in range(1_200):
            if unread() >= before + 100:
                break
            await asyncio.sleep(0.05)
        assert unread() >= before + 100
        monkeypatch.undo()
        assert (await button.press("ready", args={"ready": True}, at=POLICY))["ok"]


async def test_a_store_that_stands_still_costs_no_answer(broker: Mosquitto, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked meanwhile is answered when it goes on, all at once, and every answer reaches the device."""
    many, log, goes_on = 1_000, MemoryLog(), asyncio.Event()
    monkeypatch.setattr(
        listener, "MOST_HANDED_OVER", many
    )  # the machine may give the game no time while all of it comes
    limits = {"commands_per_s": many, "command_burst": many}
    async with game(broker, log=log, **limits) as host:
        button = await paired(host, broker, "button", "button", seat=1)
        topic = f"{PREFIX}/devices/button"
        frames = [
            {"id": f"c{one}", "token": button.token, "name": "ready", "args": {"ready": one % 2 == 0}, "at": POLICY}
            for one in range(many)
        ]
        async with subscribed(broker, f"{topic}/#") as seen:
            await publish(broker, f"{topic}/sign", "?", "-r")  # retained, so it comes to whoever listens only later
            await seen.until(lambda one: one.messages)

            async def wait(_: str) -> None:
                await goes_on.wait()

            log.before_commit = wait
            await publish_lines(broker, f"{topic}/command", [json.dumps(frame) for frame in frames])
            await seen.until(lambda one: len(one.told(f"{topic}/command")) == many)
            goes_on.set()
            await seen.until(lambda one: len(one.told(f"{topic}/answer")) == many)
            answers = [json.loads(payload) for payload in seen.told(f"{topic}/answer")]
    assert {answer["id"] for answer in answers} == {frame["id"] for frame in frames}
    assert all(answer["ok"] for answer in answers)


async def test_a_retained_request_is_taken_away(broker: Mosquitto) -> None:
    """What is retained would come again with every connection, so it is not carried out but emptied."""
    topic = f"{PREFIX}/devices/button/command"
    await publish(broker, topic, "{}", "-r")
    async with subscribed(broker, topic) as seen:
        await seen.until(lambda one: one.state)
        async with game(broker):
            await seen.until(lambda one: not one.state)

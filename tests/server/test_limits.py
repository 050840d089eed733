"""Every bound of the settings: what it turns away, that it is counted by its name, and whom it leaves alone."""

import asyncio
from collections.abc import Awaitable, Callable
from types import MappingProxyType
from typing import Any, Final

import attrs
import pytest
from prometheus_client import REGISTRY
from websockets.exceptions import InvalidHandshake

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Create, Join, Options, Resume, Watch, Welcome
from makersphere_server.app import running
from makersphere_server.crowd import Crowd, address_of
from makersphere_server.event_log import MemoryLog
from makersphere_server.limits import BOUNDS, Limits
from makersphere_server.settings import Settings
from makersphere_server.ws import Watchdog
from tests.server.fakes import Client, ManualClock, Rig, code, settle
from tests.server.sockets import close_code, dial, hear, say
from tests.server.test_watchdog import Connection

Probe = Callable[[], Awaitable[None]]
PROBES: Final[dict[str, Probe]] = {}


def _met(bound: str) -> float:
    return REGISTRY.get_sample_value("makersphere_limited_total", {"bound": bound}) or 0.0


def _probe(probe: Probe) -> Probe:
    PROBES[probe.__name__.strip("_")] = probe
    return probe


def _rig(**limits: Any) -> Any:  # noqa: ANN401  (settings)
    return _Started(limits)


class _Started:
    def __init__(self, limits: dict[str, Any]) -> None:
        self._rig = Rig(**limits)

    async def __aenter__(self) -> Rig:
        return await self._rig.start()

    async def __aexit__(self, *_: object) -> None:
        await self._rig.stop()


def _serving(**limits: Any) -> Any:  # noqa: ANN401  (settings)
    return running(Settings(host="127.0.0.1", port=0, **limits), log=MemoryLog())


async def _knock(rig: Rig, frame: Any, times: int = 1) -> list[str]:  # noqa: ANN401  (a frame)
    """Return what strangers hear who come with a frame, one after the other."""
    heard = []
    for _ in range(times):
        stranger = Client(rig)
        await stranger.say(frame)
        await rig.pass_ms(0)
        heard.append(stranger.error().code if stranger.wire.closed else "in")
        stranger.leave()
    return heard


# -- one probe for each bound: it meets it once or more


@_probe
async def frame_bytes() -> None:
    """A frame that is too large closes its connection."""
    async with _serving(frame_bytes=2_000) as server, dial(server) as stranger:
        await stranger.send("x" * 2_001)
        assert await close_code(stranger) == 1009


@_probe
async def handshake_s() -> None:
    """Who never finishes the request is let go."""
    async with _serving(handshake_s=1) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /ws HTTP/1.1\r\nHost: here\r\n")
        async with asyncio.timeout(20):
            assert await reader.read() == b""
        writer.close()


@_probe
async def first_frame_s() -> None:
    """Who never says who it is is let go."""
    async with _rig(first_frame_s=3) as rig:
        stranger = Client(rig)
        await rig.pass_ms(2_999)
        assert stranger.wire.is_open()
        await rig.pass_ms(1)
        assert stranger.wire.closed == 4408


@_probe
async def stall_s() -> None:
    """Who takes nothing is cut."""
    stalled = Connection()
    stalled.backlog = 10
    clock = ManualClock()
    Watchdog(lambda: [stalled], clock, 4_000, 100).start()
    for _ in range(6):
        clock.move_to(clock.now + 1_000)
    assert stalled.was_cut


@_probe
async def backlog_bytes() -> None:
    """Whoever has let too much pile up is cut at once."""
    pile = Connection()
    pile.backlog = 101
    clock = ManualClock()
    Watchdog(lambda: [pile], clock, 60_000, 100).start()
    clock.move_to(60_000 // 8)
    assert pile.was_cut


@_probe
async def most_connections() -> None:
    """One connection more than the most is told to come back later."""
    async with _serving(most_connections=2) as server, dial(server), dial(server), dial(server) as third:
        assert await close_code(third) == 1013


@_probe
async def most_per_address() -> None:
    """One address has its own bound; whoever leaves makes room."""
    async with _serving(most_per_address=1) as server:
        async with dial(server), dial(server) as second:
            assert await close_code(second) == 1013
        async with dial(server) as third:
            await say(third, Create("counter"))
            assert (await hear(third, Welcome)).you.kind == "host"


@_probe
async def most_rooms() -> None:
    """No more rooms in memory than that; those that are there go on."""
    async with _rig(most_rooms=1) as rig:
        host = await rig.create()
        assert await _knock(rig, Create("counter")) == ["unavailable"]
        assert (await rig.join(host.room)).you.seat == 1


@_probe
async def most_kept_rooms() -> None:
    """Nobody fills the disk with rooms."""
    async with _rig(most_kept_rooms=2) as rig:
        assert await _knock(rig, Create("counter"), 3) == ["in", "in", "unavailable"]
        assert len(await rig.log.rooms()) == 2


@_probe
async def most_seats() -> None:
    """A small server opens no large rooms, however they are asked for."""
    async with _rig(most_seats=4) as rig:
        assert await _knock(rig, Create("counter", Options(seats=4))) == ["in"]
        for options in (Options(seats=5), Options(roles=["player"] * 5)):
            assert await _knock(rig, Create("counter", options)) == ["bad_args"]


@_probe
async def most_members() -> None:
    """A seat has so many people and no more."""
    async with _rig(most_members=2) as rig:
        host = await rig.create()
        for name in ("Ann", "Ben"):
            await rig.join(host.room, name, seat=1)
        assert await _knock(rig, Join(host.room, "Cem", seat=1)) == ["room_full"]


@_probe
async def most_watchers() -> None:
    """So many look on and no more, also where they come at once; hosts and seats are not counted."""
    async with _rig(most_watchers=2) as rig:
        host = await rig.create()
        walls = [Client(rig) for _ in range(5)]
        for wall in walls:
            wall.session.receive(encode(Watch(host.room)))
        await rig.pass_ms(100)
        assert [wall.wire.closed for wall in walls] == [0, 0, 1013, 1013, 1013]
        assert (await rig.join(host.room)).you.seat == 1


@_probe
async def most_hosts() -> None:
    """So many facilitate and no more."""
    async with _rig(most_hosts=2) as rig:
        host, _ = await rig.started()
        assert (await host.command("host.invite")).ok
        assert code(await host.command("host.invite")) == "rule"


@_probe
async def most_waiting() -> None:
    """A room whose inbox is full turns commands away, typed; what it took it answers."""
    async with _rig(most_waiting=64, lab=True) as rig:
        _, ann = await rig.started()
        for number in range(100):
            ann.session.receive(encode(Command(f"c{number}", "count", {"by": 1}, ann.at)))
        await settle()
        results = ann.results()
        assert len(results) == 100
        assert {code(result) for result in results if not result.ok} == {"rate_limited"}
        assert sum(result.ok for result in results) >= 64


@_probe
async def commands_per_s() -> None:
    """In the long run a seat has so many, whatever it sends."""
    async with _rig(commands_per_s=2, command_burst=1) as rig:
        _, ann = await rig.started()
        done = 0
        for number in range(100):
            done += (await ann.command("count", f"c{number}", by=1)).ok
            await rig.pass_ms(100)
        assert done == 20


@_probe
async def command_burst() -> None:
    """At once a seat may send so many; the next is told when to try again."""
    async with _rig(command_burst=5) as rig:
        before = _met("commands_per_s")
        _, ann = await rig.started()
        results = [await ann.command("count", f"c{number}", by=1) for number in range(6)]
        assert [result.ok for result in results] == [True] * 5 + [False]
        assert results[-1].error is not None
        assert results[-1].error.retry_after == 1
        assert _met("commands_per_s") == before + 1


@_probe
async def flood() -> None:
    """Who goes on sending is closed."""
    async with _rig(flood=3, command_burst=1) as rig:
        _, ann = await rig.started()
        for number in range(6):
            ann.session.receive(encode(Command(f"c{number}", "count", {"by": 1}, ann.at)))
        assert ann.wire.closed == 4429


@_probe
async def entries_per_s() -> None:
    """In the long run so many come in; who has a token comes back at any time."""
    async with _rig(entries_per_s=1, entry_burst=2) as rig:
        host, ann = await rig.started()
        assert await _knock(rig, Watch(host.room), 2) == ["unavailable"] * 2
        ann.leave()
        await ann.resume()
        assert ann.welcome().you.seat == 1
        await rig.pass_ms(1_000)
        assert await _knock(rig, Watch(host.room), 2) == ["in", "unavailable"]


@_probe
async def entry_burst() -> None:
    """At once so many come in; the next are told when to try again."""
    async with _rig(entries_per_s=1, entry_burst=3) as rig:
        before = _met("entries_per_s")
        host = await rig.create()
        assert await _knock(rig, Watch(host.room), 2) == ["in"] * 2
        late = Client(rig)
        await late.say(Watch(host.room))
        assert (late.error().code, late.error().retry_after, late.wire.closed) == ("unavailable", 1, 1013)
        assert "{" not in late.error().message
        assert _met("entries_per_s") == before + 1


@_probe
async def failures_per_s() -> None:
    """In the long run so many wrong codes are looked at, from however many addresses."""
    async with _rig(failures_per_s=2, failure_burst=10) as rig:
        looked_at = 0
        for number in range(400):
            rig.address = f"198.51.100.{number % 250}"
            looked_at += (await _knock(rig, Watch("2222222"))) == ["no_such_room"]
            await rig.pass_ms(100)
        assert looked_at == 10 + 2 * 40 - 1


@_probe
async def failure_burst() -> None:
    """At once so many wrong codes are looked at."""
    async with _rig(failure_burst=5) as rig:
        before = _met("failures_per_s")
        assert await _knock(rig, Watch("2222222"), 6) == ["no_such_room"] * 5 + ["unavailable"]
        assert _met("failures_per_s") == before + 1


@_probe
async def failures_per_address() -> None:
    """Who guesses from one address spends that address's budget and nobody else's."""
    async with _rig(failures_per_address=5) as rig:
        host = await rig.create()
        assert await _knock(rig, Watch("2222222"), 7) == ["no_such_room"] * 5 + ["unavailable"] * 2
        rig.address = "203.0.113.9"
        assert await _knock(rig, Watch(host.room)) == ["in"]


@_probe
async def late_ms() -> None:
    """A server that is late with its own work lets in nobody new for a moment; who is in plays on and comes back."""
    async with _rig(late_ms=500) as rig:
        host, ann = await rig.started()
        rig.clock.now += 5_000  # everything stood still
        await rig.pass_ms(0)
        late = Client(rig)
        await late.say(Join(host.room, "Cem"))
        assert (late.error().code, late.error().retry_after, late.wire.closed) == ("unavailable", 5, 1013)
        assert await _knock(rig, Create("counter")) == ["unavailable"]
        assert (await ann.command("count", by=1)).ok
        ann.leave()
        await ann.resume()
        assert ann.welcome().you.seat == 1
        await rig.pass_ms(3_000)
        assert (await rig.join(host.room, "Cem")).you.seat == 2


_ELSEWHERE: Final = MappingProxyType(  # a burst is met where its rate is counted
    {"command_burst": "commands_per_s", "entry_burst": "entries_per_s", "failure_burst": "failures_per_s"}
)


@pytest.mark.parametrize("bound", BOUNDS)
async def test_every_bound_holds_and_is_counted(bound: str) -> None:
    """A bound without a probe fails here; each is counted by its own name, a burst by its rate's."""
    counted = _ELSEWHERE.get(bound, bound)
    before = _met(counted)
    await PROBES[bound]()
    assert _met(counted) > before


@pytest.mark.parametrize("bound", BOUNDS)
def test_every_bound_has_a_range(bound: str) -> None:
    """A setting out of its range is refused when the server starts, not met when it runs."""
    field = attrs.fields_dict(Limits)[bound]
    for value in (field.metadata["least"] - 1, field.metadata["most"] + 1):
        with pytest.raises(ValueError, match=bound):
            Limits(**{bound: value})
    assert field.metadata["least"] <= field.default <= field.metadata["most"]


# -- what the bounds are for


async def test_a_class_behind_one_address_mistypes_and_gets_in() -> None:
    """Two hundred pupils behind one address mistype twice each, and every one of them is in within the minute."""
    async with _rig() as rig:
        host = await rig.create("counter", 200)
        for number in range(200):
            wrong = [*await _knock(rig, Join("2222222", f"P{number}")), *await _knock(rig, Watch(f"222222{number}"))]
            assert wrong == ["no_such_room"] * 2
        began = rig.clock.now
        pupils = [Client(rig) for _ in range(200)]
        for number, pupil in enumerate(pupils):
            pupil.session.receive(encode(Join(host.room, f"Pupil {number}")))
        await rig.pass_ms(1_000)
        assert {pupil.welcome().you.seat for pupil in pupils} == set(range(1, 201))
        assert rig.clock.now - began <= 60_000


async def test_an_hour_of_guessing_finds_nothing() -> None:
    """Ten guesses a second for an hour, from 100 addresses: the chance to find one of 200 rooms is below 0.001."""
    async with _rig() as rig:
        guard, clock = rig.lobby._guard, rig.clock
        looked_at = 0
        for number in range(36_000):
            clock.now += 100
            address = f"198.51.100.{number % 100}"
            if guard._wait_for_failures(address, clock.now, 200) == 0:
                guard._count_failure(address, clock.now, 200)
                looked_at += 1
        most = Limits()
        assert looked_at <= 3_600 * most.failures_per_s + most.failure_burst
        assert looked_at * 200 / 28**7 <= 0.001
        worst = attrs.fields_dict(Limits)["failures_per_s"].metadata["most"]
        assert (3_600 * worst + attrs.fields_dict(Limits)["failure_burst"].metadata["most"]) * 200 / 28**7 <= 0.001


async def test_with_more_rooms_a_wrong_code_costs_more() -> None:
    """A thousand rooms are found five times as easily, so a fifth of the guesses is looked at."""
    async with _rig(failure_burst=100) as rig:
        guard = rig.lobby._guard
        tries = {}
        for rooms in (1, 200, 201, 1_000):
            guard._failures = type(guard._failures)(1, 100)
            tries[rooms] = 0
            while guard._wait_for_failures("a", 0, rooms) == 0:
                guard._count_failure("a", 0, rooms)
                tries[rooms] += 1
        assert tries == {1: 100, 200: 100, 201: 50, 1_000: 20}


async def test_a_right_guess_tells_nothing_when_the_budget_is_spent() -> None:
    """Where wrong codes are not looked at, right ones are not either, and a wrong token takes as long as no room."""
    async with _rig(failure_burst=3) as rig:
        host = await rig.create()
        ann = await rig.join(host.room)
        result = await ann.command("rejoin_code")
        assert result.data is not None
        await _knock(rig, Watch("2222222"), 3)
        for frame in (Watch(host.room), Join(host.room, "Cem"), Resume(host.room, code=result.data["code"])):
            assert await _knock(rig, frame) == ["unavailable"]
        strangers = []
        for frame in (Resume(host.room, "guess"), Resume("2222222", "guess")):
            strangers.append(Client(rig))
            strangers[-1].session.receive(encode(frame))
        await rig.pass_ms(999)
        assert [one.wire.closed for one in strangers] == [0, 0]
        await rig.pass_ms(1)
        heard = [one.error() for one in strangers]
        assert heard[0] == heard[1]
        ann.leave()
        await ann.resume()
        assert ann.welcome().you.seat == 1


async def test_successes_are_no_failures() -> None:
    """Coming in a thousand times spends nothing of the budget for mistakes."""
    async with _rig(failure_burst=2, entry_burst=5_000) as rig:
        host = await rig.create()
        assert set(await _knock(rig, Watch(host.room), 50)) == {"in"}
        assert await _knock(rig, Watch("2222222"), 2) == ["no_such_room"] * 2


async def test_a_code_to_another_device_cannot_be_tried_in_parallel() -> None:
    """Tries count before the room looks at them, so a thousand at once are no more than the budget."""
    async with _rig(failure_burst=4) as rig:
        host, _ = await rig.started()
        strangers = [Client(rig) for _ in range(10)]
        for stranger in strangers:
            stranger.session.receive(encode(Resume(host.room, code="22222222")))
        await rig.pass_ms(2_000)
        assert [one.error().code for one in strangers] == ["unauthorised"] * 4 + ["unavailable"] * 6


def test_only_our_proxies_are_believed() -> None:
    """Where somebody comes from is the last hop that none of our proxies stands for."""
    proxies = frozenset({"10.0.0.1", "10.0.0.2"})
    assert address_of("192.0.2.1", ["1.2.3.4"], proxies) == "192.0.2.1"
    assert address_of("10.0.0.1", ["1.2.3.4, 192.0.2.1"], proxies) == "192.0.2.1"
    assert address_of("10.0.0.1", ["1.2.3.4, 192.0.2.1", "10.0.0.2"], proxies) == "192.0.2.1"
    assert address_of("10.0.0.1", [], proxies) == "10.0.0.1"


def test_connections_that_only_begin_are_counted_too() -> None:
    """Open requests have room beside those who play, and no more; who goes makes room again."""
    crowd = Crowd(Limits(most_connections=10, most_per_address=3), ["10.0.0.1"])
    assert [crowd.come("192.0.2.1") for _ in range(261)].count(True) == 259
    for _ in range(261):
        crowd.go("192.0.2.1")
    assert [crowd.come("10.0.0.1") for _ in range(270)].count(True) == 266
    assert [crowd.enter("192.0.2.1") for _ in range(4)] == [True, True, True, False]


async def test_a_connection_too_many_is_not_answered() -> None:
    """Beyond all room the server spends nothing on a connection."""
    async with _serving(most_connections=1) as server:
        writers = []
        for _ in range(257):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writers.append(writer)
        with pytest.raises((InvalidHandshake, OSError, EOFError)):
            async with dial(server):
                pass
        for writer in writers:
            writer.close()

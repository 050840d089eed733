"""Every bound of the settings: what it turns away, that it is counted by its name, and whom it leaves alone."""

import asyncio
from collections.abc import Awaitable, Callable
from types import MappingProxyType
from typing import Final

import attrs
import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Create, Join, Options, Watch, Welcome
from makersphere_server.edge.watchdog import Watchdog
from makersphere_server.limits import BOUNDS, Limits
from tests.server.rig.devices import pair, pairing_code, start_with_devices
from tests.server.rig.fakes import Client, ManualClock, code, settle
from tests.server.rig.limited import knock, limited, met, serving
from tests.server.rig.sockets import PATIENCE_S, close_code, dial, hear, masked, say
from tests.server.rig.watched_connection import WatchedConnection

Probe = Callable[[], Awaitable[None]]
PROBES: Final[dict[str, Probe]] = {}


def _probe(probe: Probe) -> Probe:
    PROBES[probe.__name__.strip("_")] = probe
    return probe


# -- one probe for each bound: it meets it once or more


@_probe
async def frame_bytes() -> None:
    """A frame that is too large closes its connection."""
    async with serving(frame_bytes=2_000) as server, dial(server) as stranger:
        await stranger.send("x" * 2_001)
        assert await close_code(stranger) == 1009


@_probe
async def handshake_s() -> None:
    """Who never finishes the request is let go."""
    async with serving(handshake_s=1) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /ws HTTP/1.1\r\nHost: here\r\n")
        async with asyncio.timeout(PATIENCE_S):
            assert await reader.read() == b""
        writer.close()


@_probe
async def request_s() -> None:
    """Who makes no request is let go, however long a page may take."""
    async with serving(request_s=1, handshake_s=600) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        async with asyncio.timeout(PATIENCE_S):
            assert await reader.read() == b""
        writer.close()


@_probe
async def first_frame_s() -> None:
    """Who never says who it is is let go."""
    async with limited(first_frame_s=3) as rig:
        stranger = Client(rig)
        await rig.pass_ms(2_999)
        assert stranger.connection.is_open()
        await rig.pass_ms(1)
        assert stranger.connection.closed == 4408


@_probe
async def stall_s() -> None:
    """Who takes nothing is cut."""
    stalled = WatchedConnection()
    stalled.backlog = 10
    clock = ManualClock()
    Watchdog(lambda: [stalled], clock, 4_000, 100).start()
    for _ in range(6):
        clock.move_to(clock.now + 1_000)
    assert stalled.was_cut


@_probe
async def backlog_bytes() -> None:
    """Whoever has let too much pile up is cut at once."""
    pile = WatchedConnection()
    pile.backlog = 101
    clock = ManualClock()
    Watchdog(lambda: [pile], clock, 60_000, 100).start()
    clock.move_to(60_000 // 8)
    assert pile.was_cut


@_probe
async def most_connections() -> None:
    """One connection more than the most is told to come back later."""
    async with serving(most_connections=2) as server, dial(server), dial(server), dial(server) as third:
        assert await close_code(third) == 1013


@_probe
async def most_per_address() -> None:
    """One address has its own bound; whoever leaves makes room."""
    async with serving(most_per_address=1) as server:
        async with dial(server), dial(server) as second:
            assert await close_code(second) == 1013
        async with dial(server) as third:
            await say(third, Create("counter"))
            assert (await hear(third, Welcome)).you.kind == "host"


@_probe
async def most_rooms() -> None:
    """No more rooms in memory than that; those that are there go on."""
    async with limited(most_rooms=1) as rig:
        host = await rig.create()
        assert await knock(rig, Create("counter")) == ["unavailable"]
        assert (await rig.join(host.room)).you.seat == 1


@_probe
async def most_kept_rooms() -> None:
    """Nobody fills the disk with rooms; a fork is one more, and is refused as one that is opened."""
    async with limited(most_kept_rooms=2) as rig:
        assert await knock(rig, Create("counter"), 3) == ["in", "in", "unavailable"]
        assert len(await rig.log.rooms()) == 2
    async with limited(most_kept_rooms=1) as rig:
        host, _ = await rig.started("two")
        fork = (await host.command("host.fork", season=1, phase="first")).error
        stranger = Client(rig)
        await stranger.say(Create("counter"))
        refused = stranger.error()
        assert fork is not None
        assert (fork.code, fork.message, fork.retry_after) == (refused.code, refused.message, 60)
        assert fork.retry_after == refused.retry_after
        assert len(await rig.log.rooms()) == 1


@_probe
async def most_seats() -> None:
    """A small server opens no large rooms, however they are asked for, nor does one grow before the start."""
    async with limited(most_seats=4) as rig:
        host = await rig.create()
        assert (await host.command("host.seat", seat=4, role="player")).ok
        assert code(await host.command("host.seat", seat=5, role="player")) == "bad_args"
        assert await knock(rig, Create("counter", Options(seats=4))) == ["in"]
        for options in (Options(seats=5), Options(roles=["player"] * 5)):
            assert await knock(rig, Create("counter", options)) == ["bad_args"]


@_probe
async def most_members() -> None:
    """A seat has so many people and no more."""
    async with limited(most_members=2) as rig:
        host = await rig.create(options=Options(teams=True))
        await rig.join(host.room, "Ann", seat=1)
        await rig.share(host, "Ben", 1)
        given = (await host.command("host.seat_pass", seat=1)).data
        assert given is not None
        assert await knock(rig, Join(host.room, "Cem", seat=1, pass_=given["code"])) == ["room_full"]


@_probe
async def most_watchers() -> None:
    """So many look on and no more, also where they come at once; hosts and seats are not counted."""
    async with limited(most_watchers=2) as rig:
        host = await rig.create()
        walls = [Client(rig) for _ in range(5)]
        for wall in walls:
            wall.session.receive(encode(Watch(host.room)))
        await rig.pass_ms(100)
        assert [wall.connection.closed for wall in walls] == [0, 0, 1013, 1013, 1013]
        assert "watch this room" in walls[-1].error().message
        assert (await rig.join(host.room)).you.seat == 1


@_probe
async def most_hosts() -> None:
    """So many host and no more."""
    async with limited(most_hosts=2) as rig:
        host, _ = await rig.started()
        assert (await host.command("host.invite")).ok
        assert code(await host.command("host.invite")) == "rule"


@_probe
async def most_devices() -> None:
    """So many things are connected and no more."""
    async with limited(most_devices=1) as rig:
        host, ann = await start_with_devices(rig)
        assert (await pair(rig, host.room, "first", await pairing_code(ann, thing="button")))["ok"]
        refused = await pair(rig, host.room, "second", await pairing_code(ann, thing="card"))
        assert refused["error"]["code"] == "rule"  # type: ignore[index]


@_probe
async def most_waiting() -> None:
    """A room whose inbox is full turns commands away, typed; what it took it answers."""
    async with limited(most_waiting=64, lab=True) as rig:
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
    async with limited(commands_per_s=2, command_burst=1) as rig:
        _, ann = await rig.started()
        done = 0
        for number in range(100):
            done += (await ann.command("count", f"c{number}", by=1)).ok
            await rig.pass_ms(100)
        assert done == 20


@_probe
async def command_burst() -> None:
    """At once a seat may send so many; the next is told when to try again."""
    async with limited(command_burst=5) as rig:
        before = met("commands_per_s")
        _, ann = await rig.started()
        results = [await ann.command("count", f"c{number}", by=1) for number in range(6)]
        assert [result.ok for result in results] == [True] * 5 + [False]
        assert results[-1].error is not None
        assert results[-1].error.retry_after == 1
        assert met("commands_per_s") == before + 1


@_probe
async def flood() -> None:
    """Who goes on sending is closed."""
    async with limited(flood=3, command_burst=1) as rig:
        _, ann = await rig.started()
        for number in range(6):
            ann.session.receive(encode(Command(f"c{number}", "count", {"by": 1}, ann.at)))
        assert ann.connection.closed == 4429


@_probe
async def control_per_s() -> None:
    """Who pings without end is closed."""
    async with serving(control_per_s=1) as server, dial(server) as stranger:
        stranger.transport.write(masked(0x89, b"") * 500)
        assert await close_code(stranger) == 4429


@_probe
async def entries_per_s() -> None:
    """In the long run so many come in; who has a token comes back at any time."""
    async with limited(entries_per_s=1, entry_burst=2) as rig:
        host, ann = await rig.started()
        assert await knock(rig, Watch(host.room), 2) == ["unavailable"] * 2
        ann.leave()
        await ann.resume()
        assert ann.welcome().you.seat == 1
        await rig.pass_ms(1_000)
        assert await knock(rig, Watch(host.room), 2) == ["in", "unavailable"]


@_probe
async def entry_burst() -> None:
    """At once so many come in; the next are told when to try again."""
    async with limited(entries_per_s=1, entry_burst=3) as rig:
        before = met("entries_per_s")
        host = await rig.create()
        assert await knock(rig, Watch(host.room), 2) == ["in"] * 2
        late = Client(rig)
        await late.say(Watch(host.room))
        assert (late.error().code, late.error().retry_after, late.connection.closed) == ("unavailable", 1, 1013)
        assert "{" not in late.error().message
        assert met("entries_per_s") == before + 1


@_probe
async def failures_per_s() -> None:
    """In the long run so many wrong codes are looked at, from however many addresses."""
    async with limited(failures_per_s=2, failure_burst=10) as rig:
        looked_at = 0
        for number in range(400):
            rig.address = f"198.51.100.{number % 250}"
            looked_at += (await knock(rig, Watch("2222222"))) == ["no_such_room"]
            await rig.pass_ms(100)
        assert looked_at == 10 + 2 * 40 - 1


@_probe
async def failure_burst() -> None:
    """At once so many wrong codes are looked at."""
    async with limited(failure_burst=5) as rig:
        before = met("failures_per_s")
        assert await knock(rig, Watch("2222222"), 6) == ["no_such_room"] * 5 + ["unavailable"]
        assert met("failures_per_s") == before + 1


@_probe
async def failures_per_address() -> None:
    """Who guesses from one address spends that address's budget and nobody else's."""
    async with limited(failures_per_address=5) as rig:
        host = await rig.create()
        assert await knock(rig, Watch("2222222"), 7) == ["no_such_room"] * 5 + ["unavailable"] * 2
        rig.address = "203.0.113.9"
        assert await knock(rig, Watch(host.room)) == ["in"]


@_probe
async def late_ms() -> None:
    """A server that is late with its own work lets in nobody new for a moment; who is in plays on and comes back."""
    async with limited(late_ms=500) as rig:
        host, ann = await rig.started()
        rig.clock.now += 5_000  # everything stood still
        await rig.pass_ms(0)
        late = Client(rig)
        await late.say(Join(host.room, "Cem"))
        assert (late.error().code, late.error().retry_after, late.connection.closed) == ("unavailable", 5, 1013)
        assert await knock(rig, Create("counter")) == ["unavailable"]
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
    before = met(counted)
    await PROBES[bound]()
    assert met(counted) > before


@pytest.mark.parametrize("bound", BOUNDS)
def test_every_bound_has_a_range(bound: str) -> None:
    """A setting out of its range is refused when the server starts, not met when it runs."""
    field = attrs.fields_dict(Limits)[bound]
    for value in (field.metadata["least"] - 1, field.metadata["most"] + 1):
        with pytest.raises(ValueError, match=bound):
            Limits(**{bound: value})
    assert field.metadata["least"] <= field.default <= field.metadata["most"]

"""What the bounds are for: a class that mistypes gets in, and who guesses codes finds nothing."""

import asyncio

import attrs
import pytest
from websockets.exceptions import InvalidHandshake

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Join, Resume, Watch
from makersphere_server.edge.connection_count import ConnectionCount, address_of
from makersphere_server.limits import Limits
from makersphere_server.lobby.entry_limits import EntryLimits
from makersphere_server.settings import Settings
from tests.server.rig.fakes import Client, ManualClock, settle
from tests.server.rig.limited import knock, limited, serving
from tests.server.rig.sockets import dial


async def test_a_class_behind_one_address_mistypes_and_gets_in() -> None:
    """Two hundred pupils behind one address mistype twice each, and every one of them is in within the minute."""
    async with limited() as rig:
        host = await rig.create("counter", 200)
        for number in range(200):
            wrong = [*await knock(rig, Join("2222222", f"P{number}")), *await knock(rig, Watch(f"222222{number}"))]
            assert wrong == ["no_such_room"] * 2
        began = rig.clock.now
        pupils = [Client(rig) for _ in range(200)]
        for number, pupil in enumerate(pupils):
            pupil.session.receive(encode(Join(host.room, f"Pupil {number}")))
        await rig.pass_ms(1_000)
        assert {pupil.welcome().you.seat for pupil in pupils} == set(range(1, 201))
        assert rig.clock.now - began <= 60_000


async def test_who_guesses_holds_up_newcomers_at_the_same_address_alone() -> None:
    """Other addresses come in; at that one a token opens its seat, and newcomers wait while the guessing goes on."""
    async with limited() as rig:
        host = await rig.create("counter", 9)
        ann = await rig.join(host.room, "Ann")
        ann.leave()
        assert "unavailable" in await knock(rig, Watch("2222222"), Limits().failures_per_address + 1)
        await rig.pass_ms(2_000)  # so many at once have spent what lets people in, too
        assert await knock(rig, Join(host.room, "Ben")) == ["unavailable"]
        assert await knock(rig, Resume(host.room, ann.token)) == ["in"]
        rig.address = "198.51.100.7"
        assert await knock(rig, Join(host.room, "Ben")) == ["in"]


async def test_an_hour_of_guessing_finds_nothing() -> None:
    """Ten guesses a second for an hour, from 100 addresses: the chance to find one of 200 rooms is below 0.001."""
    async with limited() as rig:
        entry_limits, clock = rig.lobby._entry_limits, rig.clock
        looked_at = 0
        for number in range(36_000):
            clock.now += 100
            address = f"198.51.100.{number % 100}"
            if entry_limits._wait_for_failures(address, clock.now, 200) == 0:
                entry_limits._count_failure(address, clock.now, 200)
                looked_at += 1
        most = Limits()
        assert looked_at <= 3_600 * most.failures_per_s + most.failure_burst
        assert looked_at * 200 / 28**7 <= 0.001
        worst = attrs.fields_dict(Limits)["failures_per_s"].metadata["most"]
        assert (3_600 * worst + attrs.fields_dict(Limits)["failure_burst"].metadata["most"]) * 200 / 28**7 <= 0.001


async def test_with_more_rooms_a_wrong_code_costs_more() -> None:
    """A thousand rooms are found five times as easily, so a fifth of the guesses is looked at."""
    async with limited(failure_burst=100) as rig:
        entry_limits = rig.lobby._entry_limits
        tries = {}
        for rooms in (1, 200, 201, 1_000):
            entry_limits._failures = type(entry_limits._failures)(1, 100)
            tries[rooms] = 0
            while entry_limits._wait_for_failures("a", 0, rooms) == 0:
                entry_limits._count_failure("a", 0, rooms)
                tries[rooms] += 1
        assert tries == {1: 100, 200: 100, 201: 50, 1_000: 20}


async def test_a_right_guess_tells_nothing_when_the_budget_is_spent() -> None:
    """Where wrong codes are not looked at, right ones are not either, and a wrong token takes as long as no room."""
    async with limited(failure_burst=3) as rig:
        host = await rig.create()
        ann = await rig.join(host.room)
        result = await ann.command("rejoin_code")
        assert result.data is not None
        await knock(rig, Watch("2222222"), 3)
        for frame in (Watch(host.room), Join(host.room, "Cem"), Resume(host.room, code=result.data["code"])):
            assert await knock(rig, frame) == ["unavailable"]
        strangers = []
        for frame in (Resume(host.room, "guess"), Resume("2222222", "guess")):
            strangers.append(Client(rig))
            strangers[-1].session.receive(encode(frame))
        await rig.pass_ms(999)
        assert [one.connection.closed for one in strangers] == [0, 0]
        await rig.pass_ms(1)
        heard = [one.error() for one in strangers]
        assert heard[0] == heard[1]
        ann.leave()
        await ann.resume()
        assert ann.welcome().you.seat == 1


async def test_successes_are_no_failures() -> None:
    """Coming in a thousand times spends nothing of the budget for mistakes."""
    async with limited(failure_burst=2, entry_burst=5_000) as rig:
        host = await rig.create()
        assert set(await knock(rig, Watch(host.room), 50)) == {"in"}
        assert await knock(rig, Watch("2222222"), 2) == ["no_such_room"] * 2


async def test_a_code_to_another_device_cannot_be_tried_in_parallel() -> None:
    """Tries count before the room looks at them, so a thousand at once are no more than the budget."""
    async with limited(failure_burst=4) as rig:
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
    assert address_of("10.0.0.1", ["2001:DB8:0::7"], proxies) == "2001:db8::7"


@pytest.mark.parametrize("said", ["unknown", "192.0.2.1:4711", "for=192.0.2.1", "192.0.2.1, nobody"])
def test_what_is_no_address_says_nothing(said: str) -> None:
    """Nobody escapes a budget, or gets one of many, by a word that a proxy hands on."""
    assert address_of("10.0.0.1", [said], frozenset({"10.0.0.1"})) == "10.0.0.1"


def test_the_log_says_once_that_a_proxy_is_not_named_or_names_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever keeps the server reads why a class counts as one address; a proxy may be spelt in any way."""
    crowd = ConnectionCount(Limits(), ["0:0:0:0:0:0:0:1"])
    assert crowd.address("::1", ["::1"]) == "::1"  # somebody at the proxy's own machine
    assert capsys.readouterr().out == ""
    for _ in range(2):
        assert crowd.address("::1", ["192.0.2.1"]) == "192.0.2.1"
        assert crowd.address("10.0.0.9", ["192.0.2.1"]) == "10.0.0.9"
        assert crowd.address("::1", ["unknown"]) == "::1"
        assert crowd.address("::1", []) == "::1"
    told = capsys.readouterr().out
    assert [told.count(event) for event in ("proxy_not_named", "proxy_names_nobody")] == [1, 1]


def test_connections_that_only_begin_are_counted_too() -> None:
    """Open requests have room beside those who play, and no more; who goes makes room again."""
    crowd = ConnectionCount(Limits(most_connections=10, most_per_address=3), ["10.0.0.1"])
    assert [crowd.come("192.0.2.1") for _ in range(261)].count(True) == 259
    for _ in range(261):
        crowd.go("192.0.2.1")
    assert [crowd.come("10.0.0.1") for _ in range(270)].count(True) == 266
    assert [crowd.enter("192.0.2.1") for _ in range(4)] == [True, True, True, False]


async def test_a_connection_too_many_is_not_answered() -> None:
    """Beyond all room the server spends nothing on a connection."""
    async with serving(most_connections=1) as server:
        writers = []
        for _ in range(257):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writers.append(writer)
        with pytest.raises((InvalidHandshake, OSError, EOFError)):
            async with dial(server):
                pass
        for writer in writers:
            writer.close()


async def test_a_code_of_another_server_is_a_right_one_and_told_to_nobody_who_goes_on_guessing() -> None:
    """A class that is sent on spends nothing; where the budget is spent, right and wrong codes get the same answer."""
    clock, frame = ManualClock(), Resume("K7QFWXY", seat_token="token")  # noqa: S106  (made up)
    entry_limits = EntryLimits(clock, Settings(failures_per_address=2), lambda: 1)
    moved, wrong = Refused("moved", to="wss://two.example/ws"), Refused("no_such_room")

    async def told(error: Refused) -> str:
        answer = asyncio.ensure_future(entry_limits.failed(error, frame, "192.0.2.1"))
        await settle()
        clock.move_to(clock.now + 1_000)
        return (await answer).code

    assert [await told(moved) for _ in range(5)] == ["moved"] * 5
    assert [await told(wrong) for _ in range(3)] == ["no_such_room", "no_such_room", "unavailable"]
    assert await told(moved) == "unavailable"
    with_a_code = Join("K7QFWXY", "Ann", pass_="code")  # noqa: S106
    other = EntryLimits(clock, Settings(failures_per_address=2), lambda: 1)
    for _ in range(5):  # the other server counts it, where it is wrong
        other.admit(with_a_code, "192.0.2.1")
        assert (await other.failed(moved, with_a_code, "192.0.2.1")).code == "moved"

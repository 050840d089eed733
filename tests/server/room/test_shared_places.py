"""Places that all share: a stranger takes as many as there are, until somebody comes from elsewhere."""

import pytest

from makersphere_protocol.messages import Watch
from makersphere_server.room.model.addresses import network, who_gives_way
from tests.server.rig.asking import asks, wishes
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.limited import limited

SCHOOL, STRANGER = "192.0.2.1", "198.51.100.7"


async def _watch(rig: Rig, room: str, times: int) -> list[Client]:
    """Return connections that ask to look on, one after the other."""
    walls = [Client(rig) for _ in range(times)]
    for wall in walls:
        await wall.say(Watch(room))
        await rig.pass_ms(50)
    return walls


def _open(walls: list[Client]) -> int:
    return sum(wall.connection.is_open() for wall in walls)


async def test_who_fills_a_room_with_watchers_keeps_no_projector_out() -> None:
    """The newest of the address that has most gives way, and is told why; nobody is sent back and forth."""
    async with limited(most_watchers=10) as rig:
        host = await rig.create()
        rig.address = STRANGER
        strangers = await _watch(rig, host.room, 12)
        assert _open(strangers) == 10
        rig.address = SCHOOL
        walls = await _watch(rig, host.room, 7)
        assert (_open(walls), _open(strangers)) == (5, 5)
        assert [wall.connection.is_open() for wall in walls] == [True] * 5 + [False] * 2
        gone = strangers[9]
        assert (gone.error().code, gone.connection.closed) == ("room_full", 1013)
        rig.address = STRANGER
        assert _open(await _watch(rig, host.room, 3)) == 0
        assert _open(walls) == 5
        await rig.pass_ms(50)
        host.read()
        assert host.hand["host"]["watchers"] == 10


async def test_a_class_behind_one_address_has_all_places_that_nobody_else_wants(rig: Rig) -> None:
    """A hundred look on from one school."""
    host = await rig.create()
    walls = await _watch(rig, host.room, 101)
    assert _open(walls) == 100


async def test_who_fills_a_room_with_wishes_keeps_nobody_from_asking(rig: Rig) -> None:
    """For one seat, and for all of them: whoever asks from elsewhere stands in the hands beside the stranger."""
    host, _ = await rig.started("two", 12, teams=True)
    for name in "BCDEFGHIJK":
        await rig.join(host.room, name)
    rig.address = STRANGER
    for n in range(6):
        await asks(rig, host.room, f"Yan {n}", seat=1)
    rig.address = SCHOOL
    for n in range(4):
        await asks(rig, host.room, f"Zed {n}", seat=1)
    assert sorted(await wishes(host)) == ["Yan 0", "Yan 1", "Yan 2", "Zed 0", "Zed 1", "Zed 2"]
    rig.address = STRANGER
    for n in range(6, 40):
        await asks(rig, host.room, f"Yan {n}", seat=n % 11 + 1)
    assert len(await wishes(host)) == 24
    rig.address = SCHOOL
    await asks(rig, host.room, "Xia", seat=2)
    told = await wishes(host)
    assert "Xia" in told
    assert len(told) == 24


@pytest.mark.parametrize(
    ("holders", "newcomer", "place"),
    [("", "a", None), ("aaa", "a", None), ("aaa", "b", 2), ("aab", "b", None), ("abab", "c", 2), ("ab", "c", None)],
)
def test_the_newest_of_the_address_with_most_gives_way(holders: str, newcomer: str, place: int | None) -> None:
    """Only where that address has as many as the newcomer's even then, so that nobody takes a place back."""
    assert who_gives_way(holders, newcomer) == place


def test_a_household_is_one_address() -> None:
    """Half of an IPv6 address is the household's; an IPv4 address is all of it, however it is written."""
    assert network("2001:db8::1") == network("2001:db8::ffff") != network("2001:db8:0:1::1")
    assert network("192.0.2.1") != network("192.0.2.2")

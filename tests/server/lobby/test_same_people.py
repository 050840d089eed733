"""A room for people who have played before: each has the own name and face there, whatever seat is theirs now."""

from __future__ import annotations

import pytest

from makersphere_protocol.messages import Options, Timers
from makersphere_server.room.model.people.kept_seats import kept_seats
from tests.server.rig.fakes import Client, Rig

ROLES = ["maker", "maker", "maker", "investor", "investor", "operator"]
NAMES = ["", "Mina", "", "Bo"]
FACES = [4, 1, 3, 2, 5, 6]


def test_a_seat_that_is_kept_for_nobody_is_not_stored() -> None:
    """Neither is a face that is the seat's own, or another seat's already; what is left over is for no seat."""
    assert kept_seats(3, ["", ""], [1, 1, 1, 9]) == {}
    assert set(kept_seats(3, ["", "Mina"], [0, 0, 2])) == {"seat:2", "seat:3"}


async def opened(rig: Rig) -> Client:
    """Return the host of a room in which a seat is kept for Mina and one for Bo, with faces of another game."""
    return await rig.create("quickstart", options=Options(roles=ROLES, names=NAMES, faces=FACES))


async def test_who_comes_under_the_own_name_has_the_kept_seat(rig: Rig) -> None:
    """Also after a restart, and whoever comes first; somebody new gets one that is kept for nobody."""
    host = await opened(rig)
    new = await rig.join(host.room, "Zoe")
    await rig.kill()
    await rig.start()
    bo, mina = await rig.join(host.room, "Bo"), await rig.join(host.room, "Mina")
    assert [each.you.seat for each in (new, bo, mina)] == [1, 4, 2]
    assert [bo.you.role, mina.you.role] == ["investor", "maker"]


async def test_a_face_goes_along(rig: Rig) -> None:
    """The table shows the faces that are other than the seats' own, and no two are the same."""
    host = await opened(rig)
    shown = {seat: tree.get("face", int(seat)) for seat, tree in host.table["seat"].items()}
    assert shown == {"1": 4, "2": 1, "3": 3, "4": 2, "5": 5, "6": 6}
    assert host.table["seat"]["2"]["name"] == "Mina"
    again = await rig.create("quickstart", options=Options(roles=ROLES, faces=[7, 7]))
    assert again.table["seat"]["1"]["face"] == 7
    assert "face" not in again.table["seat"]["2"]


@pytest.mark.parametrize("names", [["Mina", "mina"], ["\u202e"]])
async def test_a_name_that_nobody_may_have_is_refused(rig: Rig, names: list[str]) -> None:
    """As where a host names a seat: nobody is taken for somebody else."""
    host = await rig.create("quickstart", options=Options(roles=ROLES, names=names))
    assert host.error().code == "bad_args"


async def test_hosts_of_a_game_that_is_over_read_what_the_next_begins_with(rig: Rig) -> None:
    """How long phases and lesson last; before the end nobody asks."""
    host = await rig.create("two", options=Options(seats=3, lesson=45, timers=Timers(scale=150)))
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    host.read()
    assert "scale" not in host.hand["host"]
    assert (await host.command("host.end")).ok
    await rig.pass_ms(50)
    host.read()
    assert {name: host.hand["host"][name] for name in ("scale", "lesson")} == {"scale": 150, "lesson": 45}


async def test_a_rehearsal_says_that_it_is_one(rig: Rig) -> None:
    """To everybody who sees its table, also after a restart; a class's room says nothing of it."""
    host = await rig.create("quickstart", options=Options(roles=ROLES, rehearsal=True))
    assert host.table["room"]["rehearsal"] is True
    await rig.kill()
    await rig.start()
    assert (await rig.watch(host.room)).table["room"]["rehearsal"] is True
    assert "rehearsal" not in (await opened(rig)).table["room"]

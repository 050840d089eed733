"""A scenario that bounds how many of each role: no room is opened, changed, started or grown beyond that."""

from collections import Counter

import pytest

from makersphere_protocol.messages import Options, Problem
from makersphere_rules import shipped
from makersphere_rules.scenario_building import build
from tests.server.rig.fakes import Client, Rig

BOUNDS = {"investor": {"least": 2, "most": 3}, "maker": {"most": 4}}
SEATS = ["maker"] * 3 + ["investor"] * 2 + ["operator"]


@pytest.fixture
def bounded(rig: Rig) -> Rig:
    """Return a server whose scenario `two` is `classroom` with bounds."""
    source = {**shipped.scenario("classroom").source, "made_for": [4, 8], "roles": BOUNDS}
    rig.two = build(source, shipped.modules())
    return rig


async def _roles(host: Client) -> Counter[str]:
    await host.rig.pass_ms(50)
    host.read()
    return Counter(seat["role"] for seat in host.table["seat"].values())


async def test_a_room_is_opened_within_the_bounds(bounded: Rig) -> None:
    """By a number of seats, and by roles that are named only if they keep to them."""
    host = await bounded.create("two", options=Options(seats=8))
    assert await _roles(host) == {"maker": 4, "investor": 3, "operator": 1}
    refused = await bounded.create("two", options=Options(roles=["maker", "maker", "investor", "operator"]))
    assert refused.error().code == "bad_args"
    assert "2 to 3 seats of the role Investor; it would be 1" in refused.error().message


async def test_a_seat_gets_no_role_of_which_there_would_be_too_many_or_too_few(bounded: Rig) -> None:
    """The sentence has the bounds and what it would be; a role that is added counts as one that is changed."""
    host = await bounded.create("two", options=Options(roles=SEATS))
    too_few = await host.command("host.seat", seat=4, role="maker")
    assert too_few.error == Problem("rule", "This game has 2 to 3 seats of the role Investor; it would be 1.", "role")
    assert (await host.command("host.seat", seat=7, role="maker")).ok
    too_many = await host.command("host.seat", seat=8, role="maker")
    assert too_many.error == Problem("rule", "This game has 1 to 4 seats of the role Maker; it would be 5.", "role")
    assert await _roles(host) == {"maker": 4, "investor": 2, "operator": 1}
    assert (await host.command("host.start")).ok


async def test_no_latecomer_is_one_maker_too_many(bounded: Rig) -> None:
    """With three makers there is a place, with a fourth who waits for hers there is none."""
    host = await bounded.create("two", options=Options(roles=SEATS))
    for number in range(len(SEATS)):
        await bounded.join(host.room, f"p{number}")
    assert (await host.command("host.start")).ok
    assert (await bounded.join(host.room, "late")).you.seat == 7
    refused = await bounded.join(host.room, "later")
    assert refused.error().code == "room_full"

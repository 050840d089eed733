"""Roles before the start: dealt in proportion as people come, two swapped, all shuffled."""

from collections import Counter

import pytest

from makersphere_protocol.messages import Options
from makersphere_server.afterwards.verify import verify_room
from tests.server.rig.fakes import Client, Rig


async def _roles(host: Client) -> list[str]:
    await host.rig.pass_ms(50)
    host.read()
    return [seat["role"] for _, seat in sorted(host.table["seat"].items(), key=lambda one: int(one[0]))]


@pytest.mark.parametrize(
    ("dealt", "after_three"), [("order", {"maker": 3}), ("proportion", {"maker": 1, "investor": 1, "operator": 1})]
)
async def test_every_role_has_people_early_where_roles_are_dealt_in_proportion(
    rig: Rig, dealt: str, after_three: dict[str, int]
) -> None:
    """Left out, the first free seat is given, also after a restart; who asks for a role gets it."""
    options = Options(seats=12, dealt="proportion" if dealt == "proportion" else "order")
    host = await rig.create("classroom", options=options)
    first = [await rig.join(host.room, name) for name in ("Ana", "Bo")]
    await rig.kill()
    await rig.start()
    third = await rig.join(host.room, "Cy")
    assert Counter(person.you.role for person in (*first, third)) == after_three
    assert (await rig.join(host.room, "Di", role="investor")).you.role == "investor"


async def test_two_swap_their_roles_and_all_else_stays(rig: Rig) -> None:
    """One command, verified in the log; each stays in the seat and is told the new role."""
    host = await rig.create("classroom", options=Options(seats=12))
    ana = await rig.join(host.room, "Ana")
    before = await _roles(host)
    other = before.index("operator") + 1
    order = list(range(1, 13))
    order[0], order[other - 1] = other, 1
    assert (await host.command("host.deal", order=order)).ok
    after = await _roles(host)
    assert (after[0], after[other - 1]) == ("operator", "maker")
    assert [role for at, role in enumerate(after) if at not in {0, other - 1}] == [
        role for at, role in enumerate(before) if at not in {0, other - 1}
    ]
    ana.read()
    assert ana.table["seat"]["1"]["role"] == "operator"
    assert (await host.command("host.start")).ok
    assert "host.deal" not in (await _legal(host))
    row = next(row for row in await rig.log.rooms() if row.room == host.room)
    report = verify_room(row, await rig.log.read(host.room))
    assert report.is_right, report


async def _legal(host: Client) -> set[str]:
    await host.rig.pass_ms(50)
    host.read()
    return set(host.hand["legal"])


@pytest.mark.parametrize("order", [[1, 1, 2, 2], [1, 2, 3], [0, 2, 3, 5], [1, 2, 3, "4"], "1234"])
async def test_an_order_that_has_not_each_seat_once_is_refused(rig: Rig, order: list[int] | str) -> None:
    """The field is named, and no role changes."""
    host = await rig.create("classroom", options=Options(roles=["maker", "maker", "investor", "operator"]))
    refused = await host.command("host.deal", order=order)
    assert refused.error is not None
    assert (refused.error.code, refused.error.field) == ("bad_args", "order")
    assert await _roles(host) == ["maker", "maker", "investor", "operator"]

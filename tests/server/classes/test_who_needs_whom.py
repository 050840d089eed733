"""How many at a table ask, or are lost: told to the hosts of its class, and to nobody else."""

from __future__ import annotations

from makersphere_protocol.messages import Options
from tests.server.rig.classes import open_class, seen
from tests.server.rig.fakes import Rig


async def test_how_many_ask_or_are_lost_is_for_hosts_alone(rig: Rig) -> None:
    """A wall of the class has neither number, at no moment; its hosts have both by table, as long as there are any."""
    host = await open_class(rig, people=2, table=2, options=Options(seats=2))
    ann, ben = [await rig.join(host.room, name) for name in ("Ann", "Ben")]
    wall = await seen(await rig.watch(host.room))
    assert (await host.command("host.start")).ok
    assert "tables" not in (await seen(host)).hand
    ann.read()
    assert (await ann.command("ask_host", at=ann.at, text="What is a badge?")).ok
    assert (await ann.command("lost", at=ann.at, on=True)).ok
    ben.read()
    assert (await ben.command("lost", at=ben.at, on=True)).ok
    assert (await seen(host)).hand["tables"] == {"1": {"asks": 1, "lost": 2}}
    assert b'"lost"' not in b"".join(wall.connection.sent)
    late = await rig.watch(host.room)
    for looker in (await seen(wall), late, host):
        assert not {"asks", "lost"} & set(looker.table["tables"]["1"])
    for one in (ann, ben):
        one.read()
        assert (await one.command("lost", at=one.at, on=False)).ok
    assert (await seen(host)).hand["tables"] == {"1": {"asks": 1}}

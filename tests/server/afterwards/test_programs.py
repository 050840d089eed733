"""Programs that sit at seats: what they decided was decided by bots, in every table that says who decided."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from makersphere_server.afterwards.export_tables import finished_room
from makersphere_server.afterwards.exporting import ToldRoom, tables_of
from makersphere_server.room.model.people.seats import SEAT_KEY, without_people
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun, stored, to_the_end

Rows = list[dict[str, Any]]


async def _tables(rig: Rig, room: str) -> dict[str, Rows]:
    kept = await stored(rig, room)
    told = ToldRoom(finished_room(kept.row, kept.records), kept.records, kept.private)
    found = tables_of(told, names=False)
    return {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in found}


async def _counted(client: Client) -> int:
    """Let somebody send one command that decides something; return their seat."""
    client.read()
    assert (await client.command("count", by=3)).ok
    assert client.you.seat is not None
    return client.you.seat


@pytest.mark.parametrize("then", ["", "host.remove", "host.erase_person", "erase_names"])
async def test_a_program_at_a_seat_is_a_bot_in_exports_and_a_person_is_a_person(rig: Rig, then: str) -> None:
    """In the lines of decisions, events and seats; also where it was taken away or erased before the export."""
    host, ann = await begun(rig, "counter", 3, ("Ann",))
    bob = await rig.join(host.room, "Bob", program=True)
    seats = await _counted(ann), await _counted(bob)
    if then.startswith("host."):
        assert (await host.command(then, seat=seats[1])).ok
    await to_the_end(rig, host)
    if then == "erase_names":
        privates = await rig.log.privates(host.room)
        stored = {key: without_people(value) for key, value in privates.items() if key.startswith(SEAT_KEY)}
        await rig.log.put_private(host.room, stored)
    tables = await _tables(rig, host.room)
    for name in ("decisions", "events"):
        by = Counter((row["seat"], row["by"]) for row in tables[name] if row["command"] == "count" and row["member"])
        assert set(by) == {(seats[0], "person"), (seats[1], "bot")}, name
    counts = {row["seat"]: (row["decided_by_person"], row["decided_by_bot"]) for row in tables["seats"]}
    assert counts[seats[0]][0] > 0
    assert counts[seats[1]][0] == 0
    assert counts[seats[1]][1] > 0

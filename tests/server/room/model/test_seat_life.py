"""The life of a seat, and who is on record for each of its decisions."""

from typing import Any

import msgspec

from makersphere_protocol.messages import Options
from makersphere_protocol.texts import say
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.storage.record import Record, decode_record, encode_record
from tests.server.rig.fakes import Client, Rig, code


async def _by(host: Client, seat: int = 1) -> str | None:
    """Return who plays a seat, as everybody reads it."""
    await host.rig.pass_ms(50)
    host.read()
    found: str | None = host.table["seat"][str(seat)].get("by")
    return found


async def test_a_seat_from_free_to_free(rig: Rig) -> None:
    """Free, a person's, away, stood in for, the person's again, a team's, a bot's by a host's word, freed: a bot's."""
    host = await rig.create("two", options=Options(seats=2, pace="host"))
    assert await _by(host) is None
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    assert (await _by(host), await _by(host, 2)) == ("person", "bot")
    ann.leave()
    assert await _by(host) == "away"
    await rig.pass_ms(60_000)
    assert await _by(host) == "bot"
    await ann.resume()
    assert await _by(host) == "person"
    ben = await rig.join(host.room, "Ben", seat=1)
    ann.leave()
    assert await _by(host) == "person"  # the team has somebody left
    ben.leave()
    assert await _by(host) == "away"
    await ben.resume()
    assert (await host.command("host.seat", seat=1, bot=True)).ok
    assert await _by(host) == "bot"
    assert (await host.command("host.seat", seat=1, bot=False)).ok
    assert await _by(host) == "person"
    assert (await host.command("host.remove", seat=1)).ok
    assert await _by(host) == "bot"
    assert (await rig.join(host.room, "Cem")).you.seat == 1
    assert await _by(host) == "person"


async def test_a_freed_seat_is_had_back_under_the_same_name(rig: Rig) -> None:
    """Whoever has lost the way to a seat is told to ask the host for it, and gets that very one, a team together."""
    host = await rig.create("counter", 4)
    for name, seat in (("Ann", 1), ("Ben", 2), ("Cem", 2)):
        assert (await rig.join(host.room, name, seat=seat)).you.seat == seat
    assert (await host.command("host.start")).ok
    refused = (await rig.join(host.room, "ben")).error()
    assert refused.code == "name_taken"
    assert refused.message == say("en", "refusal.name_taken_or_yours", {"name": "ben"})
    for seat in (1, 2):
        assert (await host.command("host.remove", seat=seat)).ok
    assert [(await rig.join(host.room, name)).you.seat for name in ("ben", "Dan", "Cem", "Ann")] == [2, 1, 2, 3]


async def test_a_freed_seat_that_somebody_else_has_is_not_had_back(rig: Rig) -> None:
    """Nobody is put into the team of a stranger."""
    host, _ = await rig.started(seats=3)
    assert (await host.command("host.remove", seat=1)).ok
    assert (await rig.join(host.room, "Dan", seat=1)).you.seat == 1
    assert (await rig.join(host.room)).you.seat == 2


async def test_an_observer_sees_the_table_and_does_nothing(rig: Rig) -> None:
    """Whoever looks on has no hand, no seat and no word."""
    host, _ = await rig.started("two")
    wall = await rig.watch(host.room)
    assert (wall.you.kind, wall.you.seat, wall.hand) == ("watcher", 0, {})
    assert code(await wall.command("count", by=1)) == "not_your_role"
    assert await _by(host) == "person"


async def test_each_decision_is_stored_with_who_made_it(rig: Rig) -> None:
    """A person of a team by number, a bot, the clock, a host; what is done by default says so in its event."""
    host, ann = await rig.started("classroom", 6)
    ben = await rig.join(host.room, "Ben", seat=1)
    for client in (ann, ben):
        assert (await client.command("ready", ready=False)).ok
    await rig.pass_ms(600_000)
    assert (await host.command("host.pause")).ok
    records = await rig.log.read(host.room)
    makers = {(record.by, record.member) for record in records}
    assert {("person", 1), ("person", 2), ("bot", 0), ("clock", 0), ("host", 0)} <= makers
    assert all((record.member > 0) == (record.by == "person") for record in records)
    closing = next(record for record in records if record.by == "clock")
    assert {choice["data"]["by_default"] for choice in _events(closing) if choice["type"] == "choice_made"} == {True}
    assert [decode_record(encode_record(record)) for record in records] == records
    (row,) = await rig.log.rooms()
    assert verify_room(row, records).is_right


def _events(record: Record) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = msgspec.json.decode(record.events)
    return found


def test_a_record_of_before_has_no_member() -> None:
    """A log that does not know members yet reads and hashes as it did."""
    line = (
        b'{"seq":1,"season":1,"phase":"count","actor":1,"by":"person","token":"t","id":"a",'
        b'"command":{"args":{},"name":"count"},"events":[],"at_ms":5,"answer":{"ok":true,"seq":1}}'
    )
    assert decode_record(line).member == 0
    assert encode_record(decode_record(line)) == line

"""Two people who strike a deal in person: both press within ten seconds, and both stories have it."""

import pytest

from makersphere_server.room.model.people.handshakes import TOGETHER_MS
from tests.server.rig.fakes import Client, Rig, code


async def _lines(client: Client) -> list[dict[str, object]]:
    await client.rig.pass_ms(50)
    return [dict(line.values) for line in client.lines() if line.text == "shook_hands"]


async def test_two_who_press_together_have_it_in_both_stories(rig: Rig) -> None:
    """A line to each of both and to nobody else; it is no event, and the hand that met is taken back."""
    host, ann = await rig.started("two")
    ben, cai = await rig.join(host.room, "Ben"), await rig.join(host.room, "Cai")
    assert (await ann.command("shake", seat=2)).ok
    assert await _lines(ann) == []
    await rig.pass_ms(TOGETHER_MS - 1_000)
    assert (await ben.command("shake", seat=1)).ok
    assert await _lines(ann) == [{"seat": 2}]
    assert await _lines(ben) == [{"seat": 1}]
    assert await _lines(cai) == []
    assert (await ben.command("shake", seat=1)).ok
    assert await _lines(ann) == [{"seat": 2}]
    records = await rig.log.read(host.room)
    assert {record.events for record in records if b'"shake"' in record.command} == {b"[]"}


async def test_who_presses_too_late_or_for_another_meets_nobody(rig: Rig) -> None:
    """After ten seconds a hand is taken back, and a hand to one is none to another."""
    host, ann = await rig.started("two")
    ben, cai = await rig.join(host.room, "Ben"), await rig.join(host.room, "Cai")
    await ann.command("shake", seat=2)
    await cai.command("shake", seat=1)
    await rig.pass_ms(TOGETHER_MS + 1_000)
    await ben.command("shake", seat=1)
    assert await _lines(ann) == await _lines(ben) == await _lines(cai) == []


@pytest.mark.parametrize("seat", [1, 99])
async def test_there_has_to_be_somebody_else(rig: Rig, seat: int) -> None:
    """Neither one's own hand nor that of a seat that is not there."""
    _, ann = await rig.started("two")
    assert code(await ann.command("shake", seat=seat)) == "bad_args"

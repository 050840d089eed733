"""A log that others may not have yet, because games that are still on have the same dice: what is said of it."""

from collections.abc import AsyncIterator

import pytest

from makersphere_protocol.messages import ClassOptions, Options, Resume
from tests.server.rig.downloading import ask
from tests.server.rig.fakes import Client, Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def test_the_log_of_a_table_with_the_same_dice_is_kept_for_the_other_tables(rig: Rig) -> None:
    """No game came before it, and none is spoken of; a what-if that was opened after its end has the same dice."""
    host = await rig.create("quickstart", options=Options(seed=7), class_=ClassOptions(people=12, table=6))
    room = host.table["tables"]["1"]["room"]
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_000)
    table = Client(rig)
    await table.say(Resume(room, host_token=host.token))
    await rig.pass_ms(100)
    table.read()
    forked = await table.command("host.fork", season=1, phase="policy")
    assert forked.data is not None, forked
    fork = Client(rig)
    await fork.say(Resume(str(forked.data["room"]), host_token=host.token))
    await rig.pass_ms(100)
    fork.read()
    assert (await fork.command("host.resume")).ok
    assert (await fork.command("host.end")).ok
    await rig.pass_ms(100)
    for code in (room, fork.room):
        refused = await ask(rig, f"{code}/export?format=jsonl", host.token)
        assert refused.status_code == 409
        assert "such as other tables of the class" in refused.body.decode()
        assert "came from" not in refused.body.decode()

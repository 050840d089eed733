"""An order that says which phase of which table it is for: two hosts who confirm the same close one phase, not two."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_protocol.messages import ClassOptions, Options, Resume
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig, code


async def _console(rig: Rig, host: Client) -> Client:
    """Return the console of a class on another device."""
    console = Client(rig)
    await console.say(Resume(host.room, host_token=host.token))
    return await seen(console)


async def _begun(rig: Rig) -> Client:
    """Return the host of a class whose two tables play."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=2, table=1))
    assert (await host.command("host.start")).ok
    return await seen(host)


def _phases(host: Client) -> list[str]:
    """Return in which phase a console sees each table, as an order says it; the number alone where nobody uses it."""
    tables: dict[str, dict[str, Any]] = host.table["tables"]
    return [
        number if table["status"] == "asleep" else f"{number} {table['season']} {table['phase']}"
        for number, table in tables.items()
    ]


async def test_the_second_of_two_who_confirm_closes_nothing(rig: Rig) -> None:
    """Both were asked about the same phases; a third, of the table that has not gone on since, is heard for it."""
    host = await _begun(rig)
    other = await _console(rig, host)
    asked = _phases(other)
    assert (await host.command("host.advance", phases=asked)).data == {"tables": 2}
    second = await other.command("host.advance", id="second", phases=asked)
    assert code(second) == "not_your_phase"
    assert _phases(await seen(host)) == ["1 1 second", "2 1 second"]
    some = await other.command("host.advance", id="third", phases=["1 1 first", "2 1 second"])
    assert some.data is not None
    assert some.data["tables"] == 1
    assert (list(some.data["refused"]), some.data["refused"]["1"]["code"]) == (["1"], "not_your_phase")
    assert "meant for a phase that is over" in some.data["refused"]["1"]["message"]
    assert _phases(await seen(host)) == ["1 1 second", "2 2 first"]


async def test_only_the_tables_that_are_named_are_meant(rig: Rig) -> None:
    """The others are neither asked nor counted."""
    host = await _begun(rig)
    assert (await host.command("host.advance", phases=["2 1 first"])).data == {"tables": 1}
    assert _phases(await seen(host)) == ["1 1 first", "2 1 second"]


async def test_of_a_table_that_nobody_uses_one_phase_is_closed_too(rig: Rig) -> None:
    """Nobody knows in which phase it is until it is opened; the same order again is answered as before."""
    before = await _begun(rig)
    await rig.stop()
    await rig.start()
    host = await _console(rig, before)
    other = await _console(rig, before)
    asked = _phases(host)
    assert asked == ["1", "2"]
    assert (await host.command("host.advance", id="once", phases=asked)).data == {"tables": 2}
    assert code(await other.command("host.advance", id="second", phases=asked)) == "not_your_phase"
    assert (await host.command("host.advance", id="once", phases=asked)).data == {"tables": 2}
    assert _phases(await seen(host)) == ["1 1 second", "2 1 second"]


@pytest.mark.parametrize(
    "phases", [[], "1", 1, [1], ["3"], ["1 1"], ["1 1 first more"], ["1", "1"], ["1 x first"], ["1", ""]]
)
async def test_phases_that_name_nothing_are_refused(rig: Rig, phases: object) -> None:
    """With the field and the tables that there are."""
    host = await _begun(rig)
    refused = await host.command("host.advance", phases=phases)
    assert code(refused) == "bad_args"
    assert refused.error is not None
    assert (refused.error.field, "1, 2" in refused.error.message) == ("phases", True)
    assert _phases(await seen(host)) == ["1 1 first", "2 1 first"]

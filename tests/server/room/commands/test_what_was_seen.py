"""A command says what its sender saw; where what it acts on has changed since, nothing happens."""

from __future__ import annotations

from makersphere_protocol.messages import Command, Options, Result
from tests.server.rig.fakes import Client, Rig, code, long_id


async def _operator(rig: Rig) -> Client:
    """Return an operator in the policy of the first season."""
    host = await rig.create("classroom", options=Options(roles=["operator", "maker", "investor"]))
    operator = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    operator.read()
    assert operator.at.phase == "policy"
    return operator


async def _buy(operator: Client, id: str, saw: int | None, path: str) -> Result:
    await operator.say(Command(long_id(id), "buy_level", {"path": path}, operator.at, saw))
    await operator.rig.pass_ms(0)
    operator.read()
    return next(result for result in operator.results() if result.id == long_id(id))


def _affordable(operator: Client) -> list[str]:
    schema = operator.hand["legal"]["buy_level"]["properties"]["path"]
    return list(schema.get("enum", [schema.get("const")]))


async def test_a_price_that_has_changed_since_it_was_seen_is_not_paid(rig: Rig) -> None:
    """Two fast taps on *buy* pay one level; after another look the next one is bought."""
    operator = await _operator(rig)
    path, seen = _affordable(operator)[0], operator.seq
    first = await _buy(operator, "one", seen, path)
    second = await _buy(operator, "two", seen, path)
    assert (first.ok, code(second)) == (True, "changed")
    await rig.pass_ms(50)
    operator.read()
    again = await _buy(operator, "three", operator.seq, _affordable(operator)[0])
    assert again.ok


async def test_what_was_shown_meanwhile_counts_as_changed(rig: Rig) -> None:
    """A picture from before the update that shows the change is too old, however long ago that was."""
    operator = await _operator(rig)
    path, seen = _affordable(operator)[0], operator.seq
    await _buy(operator, "one", seen, path)
    await rig.pass_ms(500)
    assert code(await _buy(operator, "two", seen, path)) == "changed"


async def test_who_says_nothing_of_what_was_seen_is_answered_as_before(rig: Rig) -> None:
    """A client of before, which knows no `saw`, plays on."""
    operator = await _operator(rig)
    for id in ("one", "two"):
        await _buy(operator, id, None, _affordable(operator)[0])
    assert "changed" not in [code(result) for result in operator.results() if not result.ok]


async def test_another_phase_is_said_before_what_has_changed(rig: Rig) -> None:
    """Who comes in the wrong phase is told so, whatever else has changed."""
    operator = await _operator(rig)
    path, seen, at = _affordable(operator)[0], operator.seq, operator.at
    await _buy(operator, "one", seen, path)
    await operator.say(Command(long_id("late"), "buy_level", {"path": path}, type(at)(at.season, "market"), seen))
    await rig.pass_ms(0)
    operator.read()
    assert code(operator.results()[-1]) == "not_your_phase"

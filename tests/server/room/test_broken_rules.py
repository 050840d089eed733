"""A rule that raises while it decides: the table reads what broke, nothing has changed, and a host goes back."""

from collections.abc import Callable
from typing import Any

import pytest

from makersphere_protocol.messages import Command, Options, Timers
from makersphere_rules.module import Draft
from makersphere_rules.modules.counter import Counter
from tests.server.rig.fakes import Client, Rig, code

BROKEN = {"module": "counter", "hook": "close", "what": "ZeroDivisionError"}


@pytest.fixture
def break_close(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what breaks the close of the counter, from then on."""

    def close(self: Counter, draft: Draft) -> None:
        assert isinstance(self, Counter)
        _ = len(draft.state.seats()) // 0

    return lambda: monkeypatch.setattr(Counter, "close", close)


async def _started(rig: Rig, **options: Any) -> tuple[Client, Client]:  # noqa: ANN401  (of the room)
    host = await rig.create("two", options=Options(seats=1, **options))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    return host, await _now(ann)


async def _now(client: Client) -> Client:
    await client.rig.pass_ms(1_100)
    client.read()
    return client


async def test_the_host_reads_what_broke_and_nothing_has_changed(rig: Rig, break_close: Callable[[], None]) -> None:
    """In their language, with module and hook; the game stands where it stood, and people play on."""
    host, ann = await _started(rig, pace="host")
    await ann.command("count", by=1)
    break_close()
    refused = await host.command("host.advance")
    assert code(refused) == "rule"
    assert refused.error is not None
    assert refused.error.message.startswith("A rule broke: counter, in close (ZeroDivisionError). Nothing changed.")
    assert (await _now(ann)).table["room"]["broken"] == BROKEN
    assert (ann.table["tally"]["total"], ann.table["game"]["phase"]) == (1, "first")
    assert (await ann.command("count", by=2)).ok


async def test_the_clock_tries_once_and_the_host_goes_back(
    rig: Rig, break_close: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room stands still with what broke on the table, until the host is back before it; other rooms play on."""
    host, ann = await _started(rig, pace="clock", timers=Timers(100))
    await ann.command("count", by=2)
    break_close()
    await rig.pass_ms(60_000)
    other, bo = await rig.started("two")
    ann = await _now(ann)
    assert (ann.table["room"]["broken"], ann.table["clock"]["paused"]) == (BROKEN, True)
    assert (ann.table["game"]["phase"], ann.table["tally"]["total"]) == ("first", 2)
    assert (await other.command("host.announce", text="on")).ok
    assert (await bo.command("count", by=1)).ok
    monkeypatch.undo()
    assert (await host.command("host.rewind", season=1, phase="first")).ok
    assert (await host.command("host.resume")).ok
    ann = await _now(ann)
    assert "broken" not in ann.table["room"]
    assert "tally" not in ann.table
    assert (await host.command("host.advance")).ok


async def test_what_broke_is_there_after_a_restart(rig: Rig, break_close: Callable[[], None]) -> None:
    """A host who comes back reads why the room stands still."""
    host, _ = await _started(rig, pace="clock", timers=Timers(100))
    break_close()
    await rig.pass_ms(60_000)
    await rig.stop()
    await rig.start()
    await host.resume()
    assert (await _now(host)).table["room"]["broken"] == BROKEN


async def test_a_seats_command_that_breaks_stops_nobody(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sender reads what broke, also who only asked what it would change."""
    _, ann = await _started(rig, pace="host")
    (count,) = Counter.commands
    monkeypatch.setattr("makersphere_rules.module.Draft.emit", lambda *_: dict[str, int]()["nothing"])
    answer = await ann.command(count.name, by=2)
    for refused in (answer, await ann.preview(count.name, by=2)):
        assert refused.error is not None
        assert refused.error.message.startswith("A rule broke: counter, in count (KeyError).")
    monkeypatch.undo()
    assert (await ann.command(count.name, by=2)).ok


def whole(*_: object) -> int:
    """Make no domain."""
    return 1 // 0


def apply(self: object, _: object) -> int:
    """Change nothing."""
    return 1 // (self is None)


def lines(self: object) -> int:
    """Tell nothing."""
    return 1 // (self is None)


@pytest.mark.parametrize(
    ("place", "broken", "hook"),
    [("Whole", whole, "count"), ("Counted.apply", apply, "Counted.apply"), ("Counted.lines", lines, "Counted.lines")],
)
async def test_where_the_room_has_to_stop_people_read_whose_rule_it_was(
    place: str, broken: Callable[..., int], hook: str, rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that breaks can be told to nobody, an event that does not apply is no fact; other rooms play on."""
    _, ann = await _started(rig, pace="host")
    other, _ = await rig.started("two")
    monkeypatch.setattr(f"makersphere_rules.modules.counter.{place}", broken)
    await ann.say(Command("one", "count", {"by": 2}, ann.at))
    await rig.pass_ms(1_100)
    said = f"A rule broke and the room had to stop: counter, in {hook} (ZeroDivisionError)."
    assert ann.error().message.startswith(said)
    monkeypatch.undo()
    assert (await other.command("host.announce", text="on")).ok

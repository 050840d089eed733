"""Who may need the hosts: seats that were refused again and again, and people who do nothing."""

from typing import Any

import pytest

from makersphere_protocol.messages import Options
from makersphere_rules.events import ChoiceMade, Event, ReadySet
from makersphere_rules.modules.admission.events import DoorJudged
from makersphere_rules.modules.exchange.events import ProposalDeclined
from makersphere_rules.modules.negotiation.events import TermsRefused
from makersphere_rules.shipped import scenario
from makersphere_rules.written.notation import encode_events
from makersphere_server.room.model.log.timeline import Start
from makersphere_server.room.model.log.troubles import Troubles
from makersphere_server.storage.record import Record
from tests.server.rig.fakes import Client, Rig

_ROLES = {1: "maker", 2: "maker", 3: "investor", 4: "maker"}
_CHOSEN = ChoiceMade(4, "apply", "", {})
_READY = b'{"args":{"ready":true},"name":"ready"}'


def _log(*records: tuple[Start, int, str, tuple[Event, ...], bytes]) -> list[Record]:
    return [
        Record(
            seq=seq,
            season=start[0],
            phase=start[1],
            actor=actor,
            by=by,
            command=command,
            events=encode_events(events),
            at_ms=0,
        )
        for seq, (start, actor, by, events, command) in enumerate(records, 1)
    ]


def _record(start: Start, actor: int, by: str, *events: Event, command: bytes = b"{}") -> Any:  # noqa: ANN401
    return start, actor, by, events, command


def _told(records: list[Record], now: Start, since: int = 0) -> dict[str, Any]:
    troubles = Troubles.of(records, scenario("classroom"))
    told: dict[str, Any] = troubles.tree(_ROLES, dict.fromkeys((1, 2, 3), since), now).get("trouble", {})
    return told


def _refused(*, again: bool) -> list[Record]:
    door = DoorJudged(9, passed=(2,), refused=(1,))
    terms = TermsRefused(1, 1, 3, "declined", 0, lost=False, postings=())
    back = TermsRefused(2, 1, 3, "withdrawn", 0, lost=False, postings=())
    return _log(
        _record((1, "admission"), 0, "clock", door),
        _record((1, "exchange"), 2, "person", ProposalDeclined(1, 4, 2)),
        _record((1, "matching"), 3, "bot", *((terms,) if again else ())),
        _record((1, "matching"), 1, "person", back),
    )


def test_refused_twice_at_a_door_or_by_somebody() -> None:
    """Once is no trouble; whoever said no has none, and to withdraw is no refusal."""
    assert _told(_refused(again=True), (1, "matching")) == {"1": {"refused": 2}}
    assert _told(_refused(again=False), (1, "matching")) == {}


def test_refusals_are_of_the_season() -> None:
    """In the next one all begin anew, and what comes then is counted again."""
    assert _told(_refused(again=True), (2, "policy")) == {}
    door = _record((2, "admission"), 0, "clock", DoorJudged(9, passed=(), refused=(1,)))
    terms = _record((2, "matching"), 3, "bot", TermsRefused(1, 1, 3, "declined", 0, lost=False, postings=()))
    records = [*_refused(again=True), *_log(door, terms)]
    assert _told(records, (2, "matching")) == {"1": {"refused": 2}}


def test_what_happened_before_somebody_sat_down_is_not_theirs() -> None:
    """Whoever has taken the seat over was refused nothing yet."""
    assert _told(_refused(again=True), (1, "matching"), since=4) == {}


def _played(*acts: tuple[Start, int, str, bytes]) -> list[Record]:
    """Return two phases in which another maker has chosen something, with what else was done."""
    phases: list[Start] = [(1, "admission"), (1, "exchange"), (1, "matching")]
    records = []
    for start in phases:
        records += [_record(start, 4, "bot", _CHOSEN)]
        records += [
            _record(start, seat, by, ReadySet(seat, ready=True), command=text)
            for at, seat, by, text in acts
            if at == start
        ]
    return _log(*records)


def test_who_does_nothing_for_two_phases_is_idle() -> None:
    """A word of being ready is enough; a bot's is not the person's; an investor was asked nothing here."""
    told = _told(_played(((1, "exchange"), 1, "person", _READY), ((1, "exchange"), 2, "bot", _READY)), (1, "matching"))
    assert told == {"2": {"idle": 2}}


def test_whoever_does_something_now_is_idle_no_more() -> None:
    """In the open phase too, and hosts are told of it at once."""
    records = _played()
    troubles = Troubles.of(records, scenario("classroom"))
    assert set(troubles.tree(_ROLES, {1: 0, 2: 0}, (1, "matching"))["trouble"]) == {"1", "2"}
    act = _log(*[_record((1, "matching"), 1, "person", ReadySet(1, ready=True), command=_READY)])[0]
    assert troubles.count(act, ())
    assert set(troubles.tree(_ROLES, {1: 0, 2: 0}, (1, "matching"))["trouble"]) == {"2"}
    assert not troubles.count(act, ())


def test_a_phase_that_asks_a_role_nothing_does_not_count() -> None:
    """Two that do are needed; a choice that was made by default says that somebody was asked."""
    asked = _record((1, "policy"), 0, "clock", ChoiceMade(3, "set_bar", "", {}, by_default=True))
    assert _told(_log(asked, _record((1, "admission"), 3, "bot", _CHOSEN)), (1, "exchange")) == {"3": {"idle": 2}}
    assert _told(_log(asked, _record((1, "admission"), 4, "bot", _CHOSEN)), (1, "exchange")) == {}


def test_what_a_rewind_takes_back_was_not() -> None:
    """Refusals of phases that are played again count no more."""
    back = b'{"args":{"phase":"matching","season":1},"name":"host.rewind"}'
    records = [*_refused(again=True)]
    rewind = _log(*[_record((1, "matching"), 0, "host", command=back)])[0]
    assert _told([*records, rewind], (1, "matching")) == {}


def test_who_does_something_in_a_phase_that_was_gone_back_from_is_not_idle() -> None:
    """The rewind stands in the phase that it leaves; that phase comes again behind those that are played anew."""
    back = b'{"args":{"phase":"admission","season":1},"name":"host.rewind"}'
    chosen = [_record(start, 4, "bot", _CHOSEN) for start in ((1, "admission"), (1, "exchange"))]
    rewind = _record((1, "matching"), 0, "host", command=back)
    act = _record((1, "matching"), 1, "person", ReadySet(1, ready=True), command=_READY)
    assert _told(_log(*chosen, rewind, *chosen, act), (1, "matching")) == {"2": {"idle": 2}}


@pytest.mark.parametrize("restart", [False, True])
async def test_hosts_alone_are_told(rig: Rig, *, restart: bool) -> None:
    """A person who lets two phases go by, beside a bot that plays the same part; no seat reads it."""
    host = await rig.create("classroom", options=Options(seats=6, pace="host", bots="normal"))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    for _ in range(8):
        await rig.pass_ms(5_000)
        assert (await host.command("host.advance")).ok
    if restart:
        await rig.kill()
        await rig.start()
        for client in (host, ann):
            await client.resume()
    await _read(host, ann)
    assert host.hand["trouble"][str(ann.welcome().you.seat)]["idle"] == 2
    assert "trouble" not in ann.hand | ann.table


async def _read(*clients: Client) -> None:
    await clients[0].rig.pass_ms(50)
    for client in clients:
        client.read()

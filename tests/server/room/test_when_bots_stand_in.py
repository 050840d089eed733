"""When a bot plays for people who are away: after a minute, at the close of a phase, or never."""

import random
from collections.abc import Mapping

import pytest

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Options, Result, StandsIn
from tests.server.rig.fakes import Client, Rig

HOUR_MS = 3_600_000


class _CountsByTwo:
    """Counts by 2 and is ready; keeps for whom, and when, it was asked."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.asked: list[tuple[int, str]] = []

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what it does."""
        self.asked.append((view.seat, view.phase))
        return [("count", {"by": 2}), READY] if "count" in legal else [READY]


async def _alone(rig: Rig, stand_in: StandsIn, pace: str = "self") -> tuple[Client, Client]:
    """Return the host and the only person of a game that runs, in a room that calls bots in so."""
    rig.policy = _CountsByTwo(rig)
    options = Options(seats=1, pace=pace, stand_in=stand_in)  # type: ignore[arg-type]
    host = await rig.create("two", options=options)
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    return host, ann


def _asked(rig: Rig) -> list[tuple[int, str]]:
    policy = rig.policy
    assert isinstance(policy, _CountsByTwo)
    return policy.asked


async def _read(host: Client) -> Client:
    await host.rig.pass_ms(200)
    host.read()
    return host


@pytest.mark.parametrize("stand_in", ["close", "never"])
async def test_nobody_is_played_for_after_a_minute_where_the_room_says_so(rig: Rig, stand_in: StandsIn) -> None:
    """Somebody who is away for an hour is away, and no bot has been asked; the table says how the room holds it."""
    host, ann = await _alone(rig, stand_in, pace="host")
    ann.leave()
    await rig.pass_ms(HOUR_MS)
    await _read(host)
    assert host.table["seat"]["1"]["by"] == "away"
    assert host.table["room"]["stand_in"] == stand_in
    assert _asked(rig) == []


async def test_a_bot_plays_the_phase_before_a_host_closes_it(rig: Rig) -> None:
    """The host's order waits until the bot has played; then the seat is its people's again, and nobody plays it."""
    host, ann = await _alone(rig, "close", pace="host")
    ann.leave()
    await rig.pass_ms(HOUR_MS)
    assert (await host.command("host.advance")).ok
    await _read(host)
    assert host.table["game"]["phase"] == "second"
    assert host.table["tally"]["total"] == 2
    assert host.table["seat"]["1"]["by"] == "away"
    assert _asked(rig) == [(1, "first")]
    await rig.pass_ms(HOUR_MS)
    assert _asked(rig) == [(1, "first")]
    records = await rig.log.read(host.room)
    assert [record.by for record in records[1:]] == ["bot", "bot", "host"]


async def test_a_bot_plays_the_phase_when_its_time_is_up(rig: Rig) -> None:
    """At the end of the time, and not before, a bot plays for somebody who is away; the clock closes the phase."""
    host, ann = await _alone(rig, "close")
    ann.leave()
    await _read(host)
    left = host.table["clock"]["deadline"] - rig.clock.wall_ms()
    await rig.pass_ms(left - 1_000)
    assert _asked(rig) == []
    await rig.pass_ms(2_000)
    await _read(host)
    assert host.table["game"]["phase"] == "second"
    assert _asked(rig) == [(1, "first")]
    assert [record.by for record in (await rig.log.read(host.room))[1:]] == ["bot", "bot", "clock"]


async def test_who_has_chosen_and_left_is_not_played_for(rig: Rig) -> None:
    """A seat that is ready needs no bot at the close."""
    host, ann = await _alone(rig, "close", pace="host")
    await _read(ann)
    assert (await ann.command("count", by=1)).ok
    assert (await ann.command("ready", ready=True)).ok
    ann.leave()
    await rig.pass_ms(HOUR_MS)
    assert (await host.command("host.advance")).ok
    await _read(host)
    assert (host.table["tally"]["total"], _asked(rig)) == (1, [])


async def test_nobody_plays_for_people_who_are_away_where_no_bot_ever_does(rig: Rig) -> None:
    """The phase closes with what it does for a seat that says nothing."""
    host, ann = await _alone(rig, "never", pace="host")
    ann.leave()
    await rig.pass_ms(HOUR_MS)
    assert (await host.command("host.advance")).ok
    await _read(host)
    assert (host.table["game"]["phase"], _asked(rig)) == ("second", [])


@pytest.mark.parametrize("stand_in", ["close", "never"])
async def test_a_seat_whose_people_a_host_takes_away_gets_its_bot_after_a_minute_all_the_same(
    rig: Rig, stand_in: StandsIn
) -> None:
    """It is nobody's any more, so nobody is waited for."""
    host, _ = await _alone(rig, stand_in, pace="host")
    assert (await host.command("host.remove", seat=1)).ok
    await rig.pass_ms(61_000)
    await _read(host)
    assert host.table["seat"]["1"]["by"] == "bot"


async def test_an_order_that_waits_for_a_bot_is_done_once_though_it_comes_again(rig: Rig) -> None:
    """The same id, sent again before the answer, closes one phase and is answered twice alike."""
    host, ann = await _alone(rig, "close", pace="host")
    ann.leave()
    await rig.pass_ms(HOUR_MS)
    first = await host.command("host.advance", id="close-1")
    again = await host.command("host.advance", id="close-1")
    await _read(host)
    assert first == again or (first.ok and again.ok and first.seq == again.seq)
    assert host.table["game"]["phase"] == "second"
    assert [record.by for record in await rig.log.read(host.room)].count("host") == 2  # start and close


async def test_a_paused_room_is_closed_by_its_host_without_a_bot(rig: Rig) -> None:
    """Bots rest while a room is paused, so nobody waits for them."""
    host, ann = await _alone(rig, "close", pace="host")
    ann.leave()
    assert (await host.command("host.pause")).ok
    assert (await host.command("host.advance")).ok
    await _read(host)
    assert (host.table["game"]["phase"], _asked(rig)) == ("second", [])


async def test_an_order_that_the_store_could_not_take_its_turn_with_closes_nothing_later(rig: Rig) -> None:
    """What was refused as unavailable has not happened, and does not happen once the bot has played."""
    host, ann = await _alone(rig, "close", pace="host")
    ann.leave()
    await rig.pass_ms(HOUR_MS)
    rig.log.fail_next()
    host.session.receive(encode(Command("say", "host.announce", {"text": "Go on."})))
    await host.say(Command("close", "host.advance"))
    await rig.pass_ms(HOUR_MS)
    host.read()
    answers = {frame.id: frame for frame in host.connection.got if isinstance(frame, Result)}
    refused = [answers[id_].error for id_ in ("say", "close")]
    assert [why and why.code for why in refused] == 2 * ["unavailable"]
    assert host.table["game"]["phase"] == "first"


async def test_a_game_that_is_left_to_stand_ins_keeps_its_time(rig: Rig) -> None:
    """Bots that stand in for all the people that there are end no phase early; who comes back sets the pace again."""
    host, ann = await _alone(rig, "minute")
    assert (await host.command("host.extend", seconds=600)).ok
    ann.leave()
    await rig.pass_ms(500_000)
    await _read(host)
    assert (host.table["seat"]["1"]["by"], host.table["seat"]["1"]["ready"]) == ("bot", True)
    assert host.table["game"]["phase"] == "first"
    await ann.resume()
    assert (await ann.command("ready", ready=True)).ok
    await _read(host)
    assert host.table["game"]["phase"] == "second"
    assert (await rig.log.read(host.room))[-1].by == "room"

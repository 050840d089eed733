"""People who are connected and do nothing: asked whether anybody is there, warned, helped, and told what was done."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_protocol.messages import Options, StandsIn
from makersphere_server.room.commands.silent_people import look_for_silent
from makersphere_server.room.model.people.silent import HELPED_AFTER_MS, QUIET_MS
from tests.server.rig.fakes import Client, Rig

_LOOKS_MS = 5_000  # how often the room calls it


class _CountsByTwo:
    """Counts by 2 and is ready."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what it does."""
        return [("count", {"by": 2}), READY] if "count" in legal else [READY]


async def _hand(client: Client) -> dict[str, Any]:
    await client.rig.pass_ms(200)
    client.read()
    return client.hand


async def _played(rig: Rig, stand_in: StandsIn = "minute") -> tuple[Client, Client, Client]:
    """Return the host and two people of a game in which Ann has been silent for two phases and Ben has not."""
    rig.policy = _CountsByTwo()
    host = await rig.create("two", options=Options(seats=2, pace="host", stand_in=stand_in))
    ann, ben = await rig.join(host.room, "Ann"), await rig.join(host.room, "Ben")
    assert (await host.command("host.start")).ok
    for _ in range(2):
        await _hand(ben)
        assert (await ben.command("count", at=ben.at, by=1)).ok
        assert (await host.command("host.advance")).ok
    await rig.pass_ms(QUIET_MS + _LOOKS_MS)
    return host, ann, ben


def _by(client: Client) -> str:
    return str(client.table["seat"]["1"]["by"])


async def test_somebody_silent_is_asked_then_warned_and_then_helped(rig: Rig) -> None:
    """The phone is told when a bot begins; it plays a minute after the question and not before, and says so."""
    _, ann, ben = await _played(rig)
    asked = (await _hand(ann))["still_there"]
    assert 0 < asked["deadline"] - rig.clock.wall_ms() <= HELPED_AFTER_MS
    assert "still_there" not in await _hand(ben)
    await rig.pass_ms(HELPED_AFTER_MS - 2 * _LOOKS_MS)
    await _hand(ann)
    assert _by(ann) == "person"
    await rig.pass_ms(2 * _LOOKS_MS)
    assert (await _hand(ann))["still_there"] == {"helped": True}
    assert _by(ann) == "bot"
    assert ann.table["seat"]["1"]["ready"]


async def test_hosts_are_told_who_does_nothing_also_while_a_bot_helps(rig: Rig) -> None:
    """Else somebody asleep would need the host no more as soon as the bot plays."""
    host, *_ = await _played(rig)
    for by in ("person", "bot"):
        assert (await _hand(host))["trouble"] == {"1": {"idle": 2}}
        assert _by(host) == by
        await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)


async def test_before_two_phases_nobody_is_silent(rig: Rig) -> None:
    """Whoever has just come is asked nothing, however long a phase lasts."""
    host, ann = await rig.started("two")
    await rig.pass_ms(QUIET_MS + _LOOKS_MS)
    look_for_silent(rig.room(host.room)._live)
    assert "still_there" not in await _hand(ann)


async def test_one_word_stops_the_bot_and_the_question(rig: Rig) -> None:
    """Whoever says to be there plays again at once, undoes the bot's *ready*, and is asked no more in this phase."""
    host, ann, _ = await _played(rig)
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    await _hand(ann)
    assert _by(ann) == "bot"
    assert ann.table["seat"]["1"]["here"] is True  # so that whoever counts those who have come counts them
    assert (await ann.command("still_here")).ok
    assert "still_there" not in await _hand(ann)
    assert _by(ann) == "person"
    assert "here" not in ann.table["seat"]["1"]
    assert not ann.table["seat"]["1"]["ready"]
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    assert "still_there" not in await _hand(ann)
    assert "trouble" not in await _hand(host)


async def test_a_move_of_the_game_says_as_much(rig: Rig) -> None:
    """Somebody who decides something is there."""
    _, ann, _ = await _played(rig)
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    await _hand(ann)
    assert (await ann.command("ready", at=ann.at, ready=False)).ok
    assert "still_there" not in await _hand(ann)
    assert _by(ann) == "person"


@pytest.mark.parametrize(
    ("name", "args"), [("lost", {"on": True}), ("ask_host", {"text": "What?"}), ("ask", {"what": "help"}), ("none", {})]
)
async def test_whoever_says_anything_is_not_asked_again_in_that_phase(
    rig: Rig, name: str, args: dict[str, Any]
) -> None:
    """Also where it decides nothing, leaves no record or is refused; in the next phase they are asked again."""
    host, ann, _ = await _played(rig)
    assert "still_there" in await _hand(ann)
    await ann.command(name, **args)
    await rig.pass_ms(QUIET_MS + 2 * _LOOKS_MS)
    assert "still_there" not in await _hand(ann)
    assert (await host.command("host.advance")).ok
    await rig.pass_ms(QUIET_MS + 2 * _LOOKS_MS)
    assert "still_there" in await _hand(ann)


async def test_a_bot_that_goes_shows_nobody_who_is_lost(rig: Rig) -> None:
    """What everybody sees of the seats is the same before and after."""
    host, ann, _ = await _played(rig)
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    await _hand(ann)
    await _hand(host)
    assert _by(host) == "bot"
    assert (await ann.command("lost", on=True)).ok
    assert (await _hand(host))["lost"] == {"seats": 1}
    assert _by(host) == "bot"


async def test_where_no_bot_stands_in_nobody_is_asked(rig: Rig) -> None:
    """A room in which bots play for nobody plays for nobody silent either."""
    _, ann, _ = await _played(rig, "never")
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    assert "still_there" not in await _hand(ann)
    assert _by(ann) == "person"


async def test_at_the_close_a_bot_plays_the_phase_for_whoever_was_asked(rig: Rig) -> None:
    """It plays that phase alone: then the seat is its people's again, who are asked again."""
    host, ann, _ = await _played(rig, "close")
    assert (await _hand(ann))["still_there"] == {"at_close": True}
    await rig.pass_ms(HELPED_AFTER_MS)
    assert _by(ann) == "person"
    assert (await host.command("host.advance")).ok
    await _hand(ann)
    assert _by(ann) == "person"
    assert [move["name"] for move in ann.hand["stood_in"].values()] == ["count"]


async def test_time_that_stands_still_makes_nobody_silent(rig: Rig) -> None:
    """While the room is paused nobody is asked or played for; when it goes on, the minute begins anew."""
    host, ann, _ = await _played(rig)
    assert (await host.command("host.pause")).ok
    await rig.pass_ms(2 * HELPED_AFTER_MS)
    assert "still_there" not in await _hand(ann)
    assert _by(ann) == "person"
    assert (await host.command("host.resume")).ok
    await rig.pass_ms(QUIET_MS + 2 * _LOOKS_MS)
    asked = (await _hand(ann))["still_there"]
    assert asked["deadline"] - rig.clock.wall_ms() > HELPED_AFTER_MS - 3 * _LOOKS_MS


@pytest.mark.parametrize("is_killed", [False, True])
async def test_what_a_bot_did_is_told_to_whom_it_was_done_for(rig: Rig, *, is_killed: bool) -> None:
    """Each move with its season, phase and what was chosen, also after a restart; nobody else reads it."""
    _, ann, ben = await _played(rig)
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    if is_killed:
        await rig.kill()
        await rig.start()
        await ann.resume(fresh=True)
        await ben.resume(fresh=True)
    (move,) = (await _hand(ann))["stood_in"].values()
    assert (move["name"], move["args"]) == ("count", {"by": 2})
    assert (move["season"], move["phase"]) == (ann.table["game"]["season"], ann.table["game"]["phase"])
    assert "stood_in" not in await _hand(ben)


async def test_whoever_takes_a_bots_seat_is_not_told_what_it_did_before(rig: Rig) -> None:
    """What a bot did in a seat that had nobody was done for nobody."""
    rig.policy = _CountsByTwo()
    host, _ = await rig.started("two", seats=2)
    ben = await rig.join(host.room, "Ben")
    assert ben.you.seat == 2
    assert "stood_in" not in await _hand(ben)


async def test_a_rewind_takes_back_what_a_bot_did(rig: Rig) -> None:
    """What was never done is not told."""
    host, ann, _ = await _played(rig)
    await rig.pass_ms(HELPED_AFTER_MS + _LOOKS_MS)
    ((seq, move),) = (await _hand(ann))["stood_in"].items()
    back = await host.command("host.rewind", season=move["season"], phase=move["phase"])
    assert back.ok, back
    assert seq not in (await _hand(ann)).get("stood_in", {})

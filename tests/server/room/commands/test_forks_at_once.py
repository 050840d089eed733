"""What if: other rules begin in the very season in which a fork begins, and stay through all that comes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from makersphere_protocol.messages import Options, Result, Resume
from makersphere_rules.ecosystem.table.entities import World
from makersphere_rules.written.notation import decode_events, event_types
from makersphere_server.afterwards.comparing import compared
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.storage.record import Record, RoomRow
from tests.server.rig.fakes import Client, Rig, code

LAST = 3  # season of `classroom`
_BEFORE = ("goods", "wage", "fee", "rent")  # what is paid out of the sales before the tax


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def _advance(host: Client, season: int, phase: str) -> None:
    """Play a room on until a phase begins."""
    while (host.table["game"]["season"], host.table["game"]["phase"]) != (season, phase):
        assert (await host.command("host.advance")).ok
        await host.rig.pass_ms(1_500)
        host.read()


async def _to_the_end(host: Client) -> None:
    while host.table["game"]["status"] != "over":
        assert (await host.command("host.advance")).ok
        await host.rig.pass_ms(1_500)
        host.read()


async def _forked(host: Client, phase: str, **more: object) -> Client:
    """Return the host of a fork from the last season that goes on."""
    found = await host.command("host.fork", "", None, season=LAST, phase=phase, **more)
    assert found.ok, found
    assert found.data
    there = Client(host.rig)
    await there.say(Resume(str(found.data["room"]), "", host.token))
    there.token = host.token
    assert (await there.command("host.resume")).ok
    return there


async def _kept(rig: Rig, room: str) -> tuple[RoomRow, list[Record]]:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    return row, list(await rig.log.read(room))


async def _verified(rig: Rig, *rooms: Client) -> None:
    for client in rooms:
        report = verify_room(*await _kept(rig, client.room))
        assert report.is_right, report


def _taxes(client: Client) -> list[tuple[int, int]]:
    """Return for each venture what was left before the tax in the last season, and the tax, in credits."""
    paid: dict[str, dict[str, int]] = {}
    for season, _, posting in client.rig.room(client.room)._live.state.history.postings:
        if season == LAST and posting.reason in ("sales", *_BEFORE, "tax"):
            purse = posting.target if posting.reason == "sales" else posting.source
            steps = paid.setdefault(purse, {})
            steps[posting.reason] = steps.get(posting.reason, 0) + posting.amount
    sold = [steps for steps in paid.values() if "sales" in steps]
    return [(steps["sales"] - sum(steps.get(name, 0) for name in _BEFORE), steps.get("tax", 0)) for steps in sold]


def _assert_taxed(client: Client, rate: int) -> None:
    """Each venture has paid this share, and one of them something."""
    taxes = _taxes(client)
    assert [tax for _, tax in taxes] == [left * rate // 100 for left, _ in taxes]
    assert any(tax for _, tax in taxes) == bool(rate)


def _rate(client: Client) -> int:
    return client.rig.room(client.room)._live.state.one(World).tax


async def _origin(rig: Rig) -> Client:
    host = await rig.create("classroom", options=Options(seats=24, seed="what if"))
    await rig.join(host.room)  # who says nothing, so that no phase closes by itself
    assert (await host.command("host.start")).ok
    await _to_the_end(host)
    return host


@pytest.mark.parametrize("phase", ["policy", "exchange", "market"])
async def test_the_last_season_pays_the_tax_of_the_fork(rig: Rig, phase: str) -> None:
    """What was announced is what is taken, and the comparison beside the origin says nothing else."""
    origin = await _origin(rig)
    plain = await _forked(origin, phase)
    double = await _forked(origin, phase, choices=["double_tax"])
    none = await _forked(origin, phase, choices=["no_tax"])
    for one in (plain, double, none):
        await _to_the_end(one)
    rate = _rate(origin)
    for one, taken in ((origin, rate), (plain, rate), (double, 2 * rate), (none, 0)):
        assert _rate(one) == taken
        _assert_taxed(one, taken)
    await _verified(rig, plain, double, none)
    beside, _ = compared(await _kept(rig, origin.room), await _kept(rig, double.room))
    assert beside["start"] == {"season": LAST, "phase": phase}
    assert {rule["path"]: (rule["was"], rule["is"]) for rule in beside["rules"]} == {
        "policy.tax_card": (20, 40),
        "world.tax": (10, 20),
    }


async def test_the_fork_goes_back_to_its_start_with_its_own_tax(rig: Rig) -> None:
    """A rewind takes nothing of the new rules away, and a fork of the fork begins with them."""
    fork = await _forked(await _origin(rig), "market", choices=["double_tax"])
    rate = _rate(fork)
    assert rate in (20, 40)
    await _advance(fork, LAST, "appraisal")
    _assert_taxed(fork, rate)
    assert (await fork.command("host.rewind", season=LAST, phase="market")).ok
    assert _rate(fork) == rate
    assert code(await fork.command("host.rewind", season=LAST, phase="incubation")) == "rule"
    second = await _forked(fork, "market")
    for one in (fork, second):
        await _to_the_end(one)
        assert _rate(one) == rate
        _assert_taxed(one, rate)
    await _verified(rig, fork, second)
    await rig.stop()
    await rig.start()
    again = Client(rig)
    await again.say(Resume(fork.room, "", fork.token))
    assert again.table["world"]["tax"] == rate


async def test_the_log_tells_the_tax_with_the_rules(rig: Rig) -> None:
    """One record puts the rules in force and says what they change at once."""
    fork = await _forked(await _origin(rig), "admission", choices=["no_tax"])
    row, records = await _kept(rig, fork.room)
    (own,) = [record for record in records if b"rules_changed" in record.events]
    events = decode_events(own.events, event_types(scenario_of(row)))
    told = [line.text for event in events for line in event.lines()]
    assert told == ["rules_changed", "tax_changed"]


# -- what cannot begin at once


async def _asked(host: Client, season: int, phase: str, **more: object) -> Result:
    return await host.command("host.fork", "", None, season=season, phase=phase, **more)


@pytest.mark.parametrize(
    ("phase", "more", "said"),
    [
        ("market", {"choices": ["bare_garage"]}, "the start of Incubation in season 3"),
        ("appraisal", {"choices": ["double_tax"]}, "the start of Market in season 3"),
        ("policy", {"rules": "world.maker_hours = 12"}, "world.maker_hours would come too late for this game"),
        ("policy", {"rules": "world.angel_credits = 9"}, "world.angel_credits is fixed as the game is dealt"),
        ("recap", {"rules": "waterfall.wage = 2"}, "waterfall.wage would come too late"),
    ],
)
async def test_rules_that_nothing_of_the_game_is_played_by_are_refused(
    rig: Rig, phase: str, more: dict[str, object], said: str
) -> None:
    """In the last season what is over stays over: the refusal names an earlier start, and there it can begin."""
    origin = await _origin(rig)
    refused = await _asked(origin, LAST, phase, **more)
    assert code(refused) == "rule"
    assert refused.error is not None
    assert refused.error.field == next(iter(more))
    assert said in refused.error.message
    assert len(await rig.log.rooms()) == 1


async def test_what_begins_a_season_later_is_said_with_the_answer_and_beside_the_origin(rig: Rig) -> None:
    """A choice by its name, a line of TOML by its path; what begins at once is not among them."""
    origin = await _origin(rig)
    taken = {"choices": ["bare_garage", "no_elimination"], "rules": "world.maker_hours = 12"}
    made = await _asked(origin, 1, "market", **taken)
    assert made.data is not None
    assert made.data["later"]["season"] == 2
    assert sorted(made.data["later"]["rules"]) == ["bare_garage", "world.maker_hours"]
    beside, _ = compared(await _kept(rig, origin.room), await _kept(rig, str(made.data["room"])))
    seasons = {rule["path"]: rule.get("from") for rule in beside["rules"]}
    assert seasons == {"world.maker_hours": 2, "incubation.garage_work": 2, "modules.appraisal": None}
    at_once = await _asked(origin, 1, "market", choices=["no_elimination"])
    assert at_once.data is not None
    assert "later" not in at_once.data

"""What a phone tells of a game that is over: what was in its people's time, and nothing that others did in the seat."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec import structs

from makersphere_server.room.model.log.own_story import SeatTenure, own_part
from makersphere_server.room.model.log.phase_closes import PhaseCloses
from makersphere_server.room.model.log.stood_in import LeftToBots, StoodIn, left_to_bots
from makersphere_server.storage.record import Record
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun, let_in_by_mistake, on_to, stored, to_the_end

PHASES = ("policy", "admission", "matching", "recap")
CLOSES = {(season, phase): 10 * season + number for season in (1, 2) for number, phase in enumerate(PHASES)}
WORDS = {
    "own_levels": (2, "policy"),
    "own_rent": (2, "recap"),
    "own_fall_by": (2, "recap"),
    "own_stake_up": (2, "matching"),
    "own_help_lead": (1, "matching"),
}
STORY: dict[str, Any] = {
    "run": 1,
    "seasons": {"1": {"credits": 3}, "2": {"credits": 5}},
    "money": {"1": {"kept": 3}, "2": {"kept": 2}},
    "turning": {
        str(number): {"season": season, "phase": phase, "text": text}
        for number, (text, (season, phase)) in enumerate(WORDS.items())
    },
    "given": {"4": {"credits": 2}},
}


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


def _told(since: int, *before: tuple[int, int]) -> tuple[list[str], list[str], bool]:
    """Return of which seasons and turns somebody is told, and whether of what others gave."""
    own = own_part(STORY, SeatTenure(((since, 2**63), *before), CLOSES))
    assert list(own["seasons"]) == list(own["money"])
    return list(own["seasons"]), [turn["text"] for turn in own["turning"].values()], bool(own["given"])


def test_what_turned_a_game_is_theirs_who_made_it() -> None:
    """A season's swing theirs who had all of it, what came of terms theirs who set them, a choice by its close."""
    assert _told(0) == (["1", "2"], list(WORDS), True)
    assert _told(13) == (["2"], ["own_levels", "own_rent", "own_fall_by", "own_stake_up"], False)
    assert _told(20) == (["2"], ["own_stake_up"], False)
    assert _told(22) == (["2"], [], False)
    assert _told(23) == ([], [], False)
    assert _told(22, (0, 12)) == (["2"], ["own_help_lead"], False)


def test_what_others_gave_is_theirs_who_had_a_season_that_was_cut_short_too() -> None:
    """It has money and no figures; a seat that was lost in it was not theirs all the time."""
    story = {**STORY, "money": {**STORY["money"], "3": {"kept": 1}}}
    closes = {**CLOSES, (3, "policy"): 30}
    assert own_part(story, SeatTenure(((0, 2**63),), closes))["given"]
    assert not own_part(story, SeatTenure(((0, 29),), closes))["given"]


def test_a_phase_is_a_bots_where_it_chose_and_the_people_did_not() -> None:
    """Who only said to be ready chose nothing; after the people's last phase all are a bot's, and before only its."""
    order = list(CLOSES)
    bots = {(1, "policy"): True, (1, "admission"): True, (1, "matching"): False, (2, "matching"): True}
    people = {(1, "policy"): True, (1, "admission"): False, (1, "matching"): False, (2, "admission"): True}
    left = left_to_bots(people, bots, order)
    assert left == LeftToBots({(1, "admission"), (2, "matching"), (2, "recap")}, {1, 2})
    turning = own_part(STORY, SeatTenure(((0, 2**63),), CLOSES), left)["turning"]
    assert [turn["text"] for turn in turning.values()] == ["own_levels", "own_rent", "own_help_lead"]


def test_what_a_rewind_takes_back_no_bot_has_decided() -> None:
    """The phases before it stand."""
    stood_in = StoodIn()
    for seq, (phase, by) in enumerate((("one", "person"), ("two", "bot"), ("three", "bot"))):
        stood_in.count(structs.replace(_record(seq, 1, phase), actor=1, by=by, events=b"[1]"))
    assert stood_in.left(1) == LeftToBots({(1, "two"), (1, "three")}, {1})
    back = b'{"name":"host.rewind","args":{"season":1,"phase":"two"}}'
    stood_in.count(structs.replace(_record(4, 1, "three"), by="host", command=back, events=b"[1]"))
    assert stood_in.left(1) == LeftToBots()


def _record(seq: int, season: int, phase: str) -> Record:
    return Record(
        seq=seq,
        season=season,
        phase=phase,
        actor=0,
        by="room",
        token="",
        command_id="",
        command=b"{}",
        events=b"[]",
        answer=b"",
        at_ms=0,
    )


def test_a_phase_that_is_played_anew_moves_the_close_of_none_before_it() -> None:
    """Who sat down in what a rewind took back has not had the phase before."""
    phases = PhaseCloses()
    for record in (_record(1, 0, ""), _record(2, 1, "one"), _record(4, 1, "two"), _record(7, 1, "three")):
        phases.count(record)
    assert phases.by_phase() == {(1, "one"): 3, (1, "two"): 6, (1, "three"): 2**63}
    assert phases.go_back((1, "two")) == 4
    phases.count(_record(10, 1, "two"))
    phases.count(_record(12, 1, "three"))
    assert phases.by_phase() == {(1, "one"): 3, (1, "two"): 11, (1, "three"): 2**63}


async def _whole(host: Client, seat: int) -> dict[str, Any]:
    return dict((await stored(host.rig, host.room)).game().story(seat))


async def _over(host: Client, *people: Client) -> None:
    await to_the_end(host.rig, host)
    for person in people:
        await seen(person)


@pytest.mark.parametrize("is_killed", [False, True], ids=["told", "after_a_restart"])
async def test_who_sits_down_later_is_told_nothing_of_what_a_bot_did_before(rig: Rig, *, is_killed: bool) -> None:
    """Nor over the shoulder; who was there from the start is told all."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 2, "matching", ann)
    late = await seen(await rig.join(host.room, "Lou", seat=2))
    assert late.you.seat == 2
    await _over(host, ann, late)
    whole = await _whole(host, 2)
    assert set(whole["seasons"]) == {"1", "2"}
    assert any(turn["season"] == 1 for turn in whole["turning"].values())
    if is_killed:
        await rig.kill()
        await rig.start()
        for person in (host, ann, late):
            await person.resume(fresh=True)
    (own,) = late.hand["story"].values()
    assert (set(own["seasons"]), set(own["money"]), own["given"]) == ({"2"}, {"2"}, {})
    assert all((turn["season"], turn["phase"]) > (2, "exchange") for turn in own["turning"].values())
    assert (own["role"], own["aim"]) == (whole["role"], whole["aim"])
    looked = await host.command("host.look", seat=2)
    assert looked.data is not None
    assert list(looked.data["hand"]["story"].values()) == [own]
    assert list(ann.hand["story"].values()) == [await _whole(host, 1)]


async def test_who_comes_back_is_told_of_each_of_their_times(rig: Rig) -> None:
    """And not of what somebody else did between."""
    host, lena = await let_in_by_mistake(rig)
    await _over(host, lena)
    (own,) = lena.hand["story"].values()
    whole = await _whole(host, 1)
    assert set(own["seasons"]) == {"1", "2"}
    assert own["given"] == {} != whole["given"]

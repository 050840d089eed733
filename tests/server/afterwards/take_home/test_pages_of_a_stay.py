"""What the page of somebody tells who did not have the seat all the time: of their time, and of no other."""

import html
import re
from collections.abc import AsyncIterator

import attrs
import pytest

from makersphere_server.afterwards.take_home.class_page import class_page
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.seasons_lived import came
from makersphere_server.afterwards.take_home.stays import ALL_THE_TIME
from makersphere_server.afterwards.take_home.student_page import student_page, turning_points
from makersphere_server.room.shown.overlay import RoomOverlay
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun, frees, let_in_by_mistake, on_to, stored, to_the_end

NOT_ALL = "This seat was yours:"
SCORE, NO_SCORE = "in your role.", "So its score is not here."


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def _game(host: Client, language: str = "en") -> Game:
    await to_the_end(host.rig, host)
    return (await stored(host.rig, host.room)).game(language)


def _page(game: Game, seat: int, member: int) -> str:
    """Return what people read on a page, with one space between words."""
    body = student_page(game, seat, member).decode().partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def _part(page: str, heading: str) -> str:
    """Return a page from a heading on, up to the next one that every page has."""
    return page.partition(heading)[2].partition("What it means")[0]


async def test_who_was_let_in_by_mistake_reads_of_their_own_time_alone(rig: Rig) -> None:
    """Neither the seasons after it, nor the score, the curves, the money, or what turned the game of the seat."""
    game = await _game((await let_in_by_mistake(rig))[0])
    page = _page(game, 1, 2)
    assert f"{NOT_ALL} from Season 1, Admission to Season 1, Exchange At other times somebody else, or a bot," in page
    assert "Season 1 You" in page
    assert "Season 2" not in page
    assert "planned your hours" not in page
    assert NO_SCORE in page
    assert SCORE not in page
    assert "It brought you" not in page
    for heading in ("Your curves", "Credits by season", "Three turning points", "What others gave you"):
        assert heading not in page


async def test_who_comes_back_reads_of_each_time_and_of_the_end(rig: Rig) -> None:
    """What the other one did between is not told as theirs; the score at the end is."""
    game = await _game((await let_in_by_mistake(rig))[0])
    page = _page(game, 1, 1)
    assert f"{NOT_ALL} Season 1, Policy from Season 1, Matching to Season 2, Recap At other" in page
    first, _, second = page.partition("Your seasons")[2].partition("Season 2")
    assert "kept an idea" not in first
    assert "pitched" not in first
    assert "This seat was not yours for the whole of this season." in first
    assert "planned your hours" in second
    assert "This seat was not yours" not in second
    assert "This is the score of the seat, for the whole game." in page
    assert SCORE in page
    assert "Your curves" in page


async def test_who_was_there_all_the_time_reads_of_the_whole_game(rig: Rig) -> None:
    """Each of a team too, and who was away for a while in which nobody else had the seat."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    given = await ann.command("seat_pass")
    assert given.data is not None
    ben = await seen(await rig.join(host.room, "Ben", pass_=str(given.data["code"])))
    assert (ben.you.seat, ben.you.member) == (1, 2)
    await on_to(host, 2, "policy", ann)
    game = await _game(host)
    pages = [_page(game, 1, member) for member in (1, 2)]
    for page in pages:
        assert NOT_ALL not in page
        assert SCORE in page
    assert pages[0].partition("Your seasons")[2].partition("How you")[0] in pages[1]


async def test_who_sits_down_later_reads_nothing_of_what_a_bot_did_before(rig: Rig) -> None:
    """The figures begin with the first season that ended in their time; in Chinese too."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 2, "policy")
    late = await seen(await rig.join(host.room, "Lou", seat=2))
    assert late.you.seat == 2
    game = await _game(host)
    page = _page(game, 2, 1)
    assert f"{NOT_ALL} from Season 2, Policy to Season 2, Recap At other" in page
    assert "Season 1" not in _part(page, "Your seasons")
    assert SCORE in page
    chinese = _page((await stored(rig, host.room)).game("zh"), 2, 1)
    assert "这个座位由你来玩的时间" in chinese
    assert "从第 2 季" in chinese
    assert "第 1 季" not in chinese
    assert game.time_of(2, 1).is_to_end


async def test_the_class_reads_until_when_a_bot_had_a_newcomers_seat(rig: Rig) -> None:
    """And nothing of it where somebody sat from the start."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 2, "exchange", ann)
    await seen(await rig.join(host.room, "Lou", seat=2))
    page = class_page(await _game(host)).decode()
    rows = {name: row for row in re.findall("<tr>.*?</tr>", page, re.DOTALL) for name in ("Ann", "Lou") if name in row}
    assert "a bot before season 2, exchange" in rows["Lou"].lower()
    assert "a bot" not in rows["Ann"].lower()


async def test_who_left_at_a_seasons_end_has_its_figures(rig: Rig) -> None:
    """What came of a whole season that was theirs is told, and of none after it."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 2, "policy", ann)
    await frees(host, ann)
    page = _page(await _game(host), 1, 1)
    assert f"{NOT_ALL} from Season 1, Policy to Season 1, Recap At other" in page
    assert "Your curves" in page
    assert "Season 2" not in page
    assert NO_SCORE in page


async def test_a_seasons_swing_is_told_to_whose_whole_season_it_was(rig: Rig) -> None:
    """Who sat down in the middle of it had only a part of what moved."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 2, "exchange", ann)
    late = await seen(await rig.join(host.room, "Lou", seat=2))
    game = await _game(host)
    whole, own = game.time_of(1, ann.you.member), game.time_of(2, late.you.member)
    swing = {"season": 2, "phase": "recap", "text": "own_fall_by", "values": {"season": 2, "points": 1}}
    stories = {f"1:{seat}": {**game.story(seat), "turning": {"1": swing}} for seat in (1, 2)}
    tree = {**game.tree, "story": {**game.tree["story"], **stories}}
    game = attrs.evolve(game, tree=tree)
    assert turning_points(game, 1, whole) == [swing]
    assert turning_points(game, 2, own) == []


async def test_what_a_bot_decided_while_somebody_was_away_is_no_turn_of_theirs(rig: Rig) -> None:
    """Not on their page and not on their phone, although they came back; what they decided after that is."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    ann.leave()
    await rig.pass_ms(90_000)
    await on_to(host, 2, "policy")
    await ann.resume()
    await on_to(host, 2, "recap", ann)
    game = await _game(host)
    live = rig.room(host.room)._live
    turned = {
        str(number): {"season": season, "phase": phase, "text": text}
        for number, (season, phase, text) in enumerate(
            [(1, "matching", "own_stake_up"), (1, "recap", "own_rise"), (2, "matching", "own_help_lead")]
        )
    }
    story = {**game.story(1), "turning": turned}
    (phones,) = RoomOverlay(live).own_story(1, {"1": story}).values()
    game = attrs.evolve(game, tree={**game.tree, "story": {**game.tree["story"], "1:1": story}})
    (page,) = turning_points(game, 1, game.time_of(1, ann.you.member))
    assert page == turned["2"]
    assert phones["turning"] == {"2": page}


async def test_phases_are_counted_that_somebody_decided_themselves(rig: Rig) -> None:
    """Of a team, and of a phase that somebody else had begun; what points count is said beside it."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    given = await ann.command("seat_pass")
    assert given.data is not None
    ben = await seen(await rig.join(host.room, "Ben", pass_=str(given.data["code"])))
    await on_to(host, 1, "exchange", ann)
    await on_to(host, 1, "incubation", ben)
    game = await _game(host)
    ann_did, ben_did = (part for part in game.of_seat(1))
    of, both = len(ann_did.phases), len(ann_did.decided)
    assert ann_did.decided == ben_did.decided == (*ann_did.own, *ben_did.own)
    together = f"Decided by you or somebody else of this seat: {both} of {of}. That is what points count."
    for member, part in enumerate((ann_did, ben_did), 1):
        page = _page(game, 1, member)
        assert 0 < len(part.own) < both < of
        assert f"Phases that you decided yourself and in time: {len(part.own)} of {of}. {together} By the rules" in page


DONE_BEFORE = ("start", "lets you in", "no desk for you", "teach each other", "sign", "promise", "badge.", "You ask")


@pytest.mark.parametrize("seat", [2, 4, 6])
async def test_who_sits_down_in_mid_season_reads_nothing_that_came_of_it_before(rig: Rig, seat: int) -> None:
    """No door, no deal and no terms that a bot has had in that season; of a maker, an investor and an operator."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 1, "incubation")
    late = await seen(await rig.join(host.room, "Lou", seat=seat))
    game = await _game(host)
    of_seat, own = (
        list(came(game, seat, 1, time))
        for time in (game.played.time_of(seat, ALL_THE_TIME, ()), game.time_of(seat, late.you.member))
    )
    before = [said for said in of_seat if said not in own]
    assert bool(own) == (seat != 2), "a venture that is not born rolls no dice"
    assert before
    assert all(any(word in said for word in DONE_BEFORE) for said in before), before
    assert not any(word in said for said in own for word in DONE_BEFORE)
    page = _page(game, seat, late.you.member)
    assert all(said in page for said in own)
    assert not any(said in page for said in before if said not in list(came(game, seat, 2, game.time_of(seat, 1))))


async def test_who_leaves_in_mid_season_reads_what_came_of_it_till_then(rig: Rig) -> None:
    """The door that opened to them, and no throw of dice after they had gone."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 1, "exchange", ann)
    await frees(host, ann)
    game = await _game(host)
    whole, own = (
        list(came(game, 1, 1, time)) for time in (game.played.time_of(1, ALL_THE_TIME, ()), game.time_of(1, 1))
    )
    assert 0 < len(own) < len(whole)
    assert own == whole[: len(own)]
    page = _page(game, 1, 1)
    assert f"What came of your time in it: {own[0]}" in page
    assert "needed:" not in page


@pytest.mark.parametrize("phase", ["policy", "market"])
async def test_a_season_in_which_a_host_ended_the_game_is_told(rig: Rig, phase: str) -> None:
    """Nobody lost their seat before: not who had it from the beginning, and not who came later."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    await on_to(host, 1, "matching", ann)
    late = await seen(await rig.join(host.room, "Lou", seat=2))
    await on_to(host, 2, phase, ann)
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_000)
    game = (await stored(rig, host.room)).game("en")
    assert (game.seasons, game.begun) == ([1], [1, 2])
    whole, page = _page(game, 1, 1), _page(game, 2, late.you.member)
    assert NOT_ALL not in whole
    assert f"{NOT_ALL} from Season 1, Matching to Season 2, {phase.capitalize()} At other" in page
    for told in (whole, page):
        assert "Season 2" in told.partition("Your seasons")[2].partition("Your score")[0]
        assert SCORE in told
    operator = list(came(game, 6, 2, game.time_of(6, 0)))
    assert len(operator) == (phase == "market"), "of terms alone, since nothing was counted"

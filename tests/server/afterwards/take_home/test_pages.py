"""What stands on the pages that are taken home, for whom, and what does not."""

import asyncio
import html
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import attrs
import pytest

from makersphere_rules.lessons.packs import pack
from makersphere_rules.shipped import scenario_names
from makersphere_server.afterwards.take_home.class_page import class_page
from makersphere_server.afterwards.take_home.drawings import bonds, spread
from makersphere_server.afterwards.take_home.files import one_file
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.meanings import MECHANISM
from makersphere_server.afterwards.take_home.student_page import student_page, turning_points
from tests.server.rig.fakes import Rig
from tests.server.rig.finished_rooms import StoredRoom, begun, stored, to_the_end

NAMES = ("Ann <b>&", "Ben")
_SEAT_1, _SEAT_2 = {"seat": "1", "member": 1}, {"seat": "2", "member": 1}
SAID = {**_SEAT_1, "season": 1, "question": "maker_helped", "kind": "text", "text": "Ben did", "choice": None}
CHOSE = {**_SEAT_2, "season": None, "question": "end_feeling", "kind": "choice", "text": None, "choice": "proud"}


async def _played(scenario: str, seats: int, names: Sequence[str]) -> StoredRoom:
    rig = await Rig(bots="standard").start()
    host, *people = await begun(rig, scenario, seats, names)
    while host.table["game"]["phase"] != "incubation":
        await host.command("host.advance")
        await rig.pass_ms(1_000)
        host.read()
    for person in people:
        person.read()
        assert (await person.command("ready", ready=True)).ok
    await rig.pass_ms(1_000)
    people[0].leave()
    await rig.pass_ms(90_000)
    host.read()
    await to_the_end(rig, host)
    room = await stored(rig, host.room)
    await rig.stop()
    return room


@cache
def played(scenario: str = "classroom", seats: int = 12) -> StoredRoom:
    """Return a room in which two people sat, one of whom left in the first season."""
    return asyncio.run(_played(scenario, seats, NAMES))


@cache
def game(language: str = "en") -> Game:
    """Return its game, as its pages read it."""
    return played().game(language)


def said(page: bytes) -> str:
    """Return what people read on a page, with one space between words."""
    body = page.decode().partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_student_reads_its_own_game_in_the_second_person() -> None:
    """Role, turning points, each season with what it did and what came of it, score, and what it means."""
    told = game()
    events = [[*row[:5], "person" if row[4] == 3 else row[5], *row[6:]] for row in told.finished.events]
    by_people = attrs.evolve(told, finished=attrs.evolve(told.finished, events=events))
    page = said(student_page(by_people, 3))
    assert "You were a maker." in page
    assert "Season 1 You kept an idea, pitched at a door" in page
    assert "For you, a bot" not in page
    assert re.search(r"North Hall lets you in: your pitch scores \d+, the bar is 36\.", page)
    assert "Place" in page
    for heading in ("Three turning points", "Your seasons", "Your score", "Your curves", "What it means"):
        assert heading in page


def test_nothing_turned_by_a_bot_is_told_to_whoever_had_left() -> None:
    """What the seat's people have turned stays; nothing of the phases in which a bot decided, and after their last."""
    told = game()
    helped = {row[4] for row in told.finished.events if row[5] == "bot"}

    def turned(until: int) -> dict[int, list[Any]]:
        """Return what turned each seat's game, where people had played it up to a season and a bot from then on."""
        events = [
            [*row[:5], "person" if row[5] == "bot" and int(row[2] or 0) <= until else row[5], *row[6:]]
            for row in told.finished.events
        ]
        at = attrs.evolve(told, finished=attrs.evolve(told.finished, events=events))
        return {seat: turning_points(at, seat, at.time_of(seat, 0)) for seat in at.seats() if seat in helped}

    last = max(told.seasons)
    whole, left = turned(last), turned(1)
    assert any(turn["season"] > 1 for turns in whole.values() for turn in turns)
    assert {turn["season"] for turns in left.values() for turn in turns} == {1}
    assert all(turn in left[seat] for seat, turns in whole.items() for turn in turns if turn["season"] == 1)


def test_each_moment_that_a_lesson_names_shows_the_mechanism_of_its_objective() -> None:
    """A student's page sorts what turned its game as the class's page and the lesson do."""
    named: dict[str, set[str]] = {}
    for lesson in filter(None, map(pack, scenario_names())):
        for each in lesson.objectives:
            named.setdefault(each.moment, set()).add(each.mechanism)
    of_turns = {moment: MECHANISM[moment] for moment in named if moment in MECHANISM}
    assert {moment for moment, found in of_turns.items() if found not in named[moment]} == set()


def test_what_a_bot_did_in_somebodys_place_is_not_told_as_theirs() -> None:
    """It stands beside what they did themselves."""
    page = said(student_page(game(), 3))
    assert "Season 1 You did nothing of your own here. For you, a bot kept an idea, pitched at a door" in page
    assert "You kept" not in page


async def test_what_somebody_took_as_the_phone_offered_it_is_told_as_theirs() -> None:
    """The close does it, but they said that they were done; who only was done has not done nothing."""
    rig = await Rig(bots="standard").start()
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    while host.table["game"]["status"] != "over":
        game_now = {**host.table["game"]}
        if game_now["season"] == 1 or game_now["phase"] == "policy":
            assert (await ann.command("ready", ready=True)).ok
        await rig.pass_ms(1_000)
        host.read()
        if host.table["game"] == game_now:
            assert (await host.command("host.advance")).ok
            await rig.pass_ms(1_000)
        ann.read()
        host.read()
    page = said(student_page((await stored(rig, host.room)).game(), 1))
    await rig.stop()
    first, _, second = page.partition("Your seasons")[2].partition("Season 2")
    assert "You kept an idea, pitched at a door" in first
    assert "planned your hours" in first
    assert "You were there, said that you were done, and left things as they stood." in second


async def _ended(*, season: int, phase: str) -> Game:
    """Return a game that its host has ended in a season, at that phase."""
    rig = await Rig(bots="standard").start()
    host, _ = await begun(rig, "quickstart", 12, ("Ann",))
    while (host.table["game"]["season"], host.table["game"]["phase"]) != (season, phase):
        assert (await host.command("host.advance")).ok
        await rig.pass_ms(1_000)
        host.read()
    if phase == "recap":
        assert (await host.command("host.last_season", last=True)).ok
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_000)
    room = await stored(rig, host.room)
    await rig.stop()
    return room.game()


@pytest.mark.parametrize(("season", "phase"), [(1, "recap"), (2, "market")])
def test_a_game_that_ended_early_is_held_against_no_standard_games(season: int, phase: str) -> None:
    """Those were played through all seasons; where it was, the page says how it lies among them."""
    pages = [student_page(each, 1) for each in (game(), asyncio.run(_ended(season=season, phase=phase)))]
    assert ["of 100 standard makers" in said(page) for page in pages] == [True, False]
    assert [b">standard " in page for page in pages] == [True, False]


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
def test_every_role_has_a_page(role: str) -> None:
    """Each with three turning points at most, in words, and the mechanism that they show."""
    told = game()
    for seat in told.seats(role):
        page = said(student_page(told, seat))
        turns = turning_points(told, seat, told.time_of(seat, 0))
        assert 1 <= len(turns) <= 3
        assert all(told.words.moment(turn) in page for turn in turns)
        shown = {MECHANISM[turn["text"]] for turn in turns if turn["text"] in MECHANISM}
        assert all(told.words(f"home.means.{mechanism}") in page for mechanism in shown)


def test_a_page_holds_nothing_of_another_seats_own_story() -> None:
    """Without everybody else's stories and aims it is the very same page."""
    told = game()
    for seat in told.seats():
        own = {key: story for key, story in told.tree["story"].items() if story["seat"] == seat}
        alone: dict[str, Any] = {**told.tree, "story": own, "forecast": {}}
        for kind, secrets in (("maker", ("ambition",)), ("investor", ("thesis_sectors", "thesis_points"))):
            alone[kind] = {
                key: {name: value for name, value in one.items() if name not in secrets or int(key) == seat}
                for key, one in told.tree[kind].items()
            }
        assert student_page(attrs.evolve(told, tree=alone), seat) == student_page(told, seat)


def test_it_is_said_since_when_a_bot_played() -> None:
    """Who left reads it on the own page; the class reads it beside the name, and which seats were bots' always."""
    assert re.search(r"From here on a bot played in your place: Season 1, \w+\.", said(student_page(game(), 1)))
    assert "a bot played in your place" not in said(student_page(game(), 2))
    page = said(class_page(game()))
    assert re.search(r"Ann <b>& Maker \w[\w ]*, a bot from Season 1, \w+ on", page)
    assert page.count("a bot played") == 10


def test_what_people_wrote_is_shown_as_they_wrote_it() -> None:
    """A name that looks like HTML is no HTML, on any page."""
    for page in (student_page(game(), 1), class_page(game()), class_page(game(), for_teacher=True)):
        assert b"<b>&" not in page
        assert b"Ann &lt;b&gt;&amp;" in page


def test_the_class_reads_no_score_and_no_participation() -> None:
    """A podium by name alone; who took part and what everybody scored are on the teacher's copy."""
    everybody, teacher = class_page(game()), class_page(game(), for_teacher=True)
    assert b'data-of="score.' not in everybody
    assert b'data-of="part.' not in everybody
    assert b'data-of="score.1.*"' in teacher
    assert b'data-of="part.1.1.*"' in teacher
    assert "Who took part" in said(teacher)
    assert "Podium" in said(everybody)


def test_the_table_of_every_flow_prints_once_it_is_open() -> None:
    """Hundreds of rows are a press away, behind the pictures; paper has what is open."""
    page = class_page(game()).decode()
    folded = page[page.index("<details>") : page.index("</details>")]
    assert folded.count('data-of="energy.') == page.count(".links.") > 0


def test_answers_are_on_the_pages_of_those_who_may_read_them() -> None:
    """The teacher reads all with names, a student its own, the class what was picked, and not whose it was."""
    none = game()
    assert "What you said" not in said(student_page(none, 1, 1))
    told = attrs.evolve(none, answers=({**SAID, "picked": True}, {**CHOSE, "picked": False}))
    assert "Ben did" in said(student_page(told, 1, 1))
    assert "Ben did" not in said(student_page(told, 1, 2))
    assert "Ben did" not in said(student_page(told, 2, 1))
    everybody, teacher = said(class_page(told)), said(class_page(told, for_teacher=True))
    assert "Ben did" in everybody
    assert "proud" not in everybody
    assert "Ben did Ann" not in everybody
    assert "Ben did Ann <b>&" in teacher
    assert "proud Ben" in teacher


def test_without_names_own_words_are_on_nobodys_page_but_ones_own() -> None:
    """They may name somebody; what was chosen stays, and so do one's own words for oneself."""
    chosen = [{**CHOSE, "seat": seat, "picked": True} for seat in ("1", "2", "3")]
    told = attrs.evolve(played().game(names=False), answers=({**SAID, "picked": True}, *chosen))
    everybody, teacher = said(class_page(told)), said(class_page(told, for_teacher=True))
    for page in (everybody, teacher, said(student_page(told, 1, 1))):
        assert "Ben did" not in page
    assert "proud" in everybody
    assert "proud" in teacher
    assert "Ben did" in one_file(told, "mine", 1, 1).body.decode()


def test_the_class_reads_how_many_chose_what_and_words_in_no_seats_order() -> None:
    """Choices are counts, and words stand by the alphabet: nobody is known by where the own answer stands."""
    found = []
    for choices, words in (("kept", "none", "kept"), ("c", "b", "a")), (("none", "kept", "kept"), ("a", "c", "b")):
        of_seats = [{**CHOSE, "question": "maker_promise", "season": 1, "choice": choice} for choice in choices]
        said_by = [{**SAID, "text": f"words of {text}"} for text in words]
        answers = [{**one, "seat": str(n % 3 + 1), "picked": True} for n, one in enumerate([*of_seats, *said_by])]
        found.append(class_page(attrs.evolve(game(), answers=tuple(answers))))
    assert found[0] == found[1]
    told = game().words
    kept, none = told("reflect.maker_promise.kept"), told("reflect.maker_promise.none")
    assert f"{kept} 2 {none} 1" in said(found[0])
    assert "words of a words of b words of c" in said(found[0])


def test_choices_of_few_are_counted_for_the_teacher_alone() -> None:
    """Of one or two answers a count tells whose they are; the page says why it has none."""
    for seats, is_counted in (("1", False), ("12", False), ("123", True)):
        answers = tuple({**CHOSE, "seat": seat, "picked": True} for seat in seats)
        told = attrs.evolve(game(), answers=answers)
        everybody = said(class_page(told))
        assert ("proud" in everybody) == is_counted
        assert ("Fewer than three answered, so nothing is counted here." in everybody) != is_counted
        assert "proud" in said(class_page(told, for_teacher=True))


def test_no_long_name_is_cut_from_the_picture_of_ties() -> None:
    """However long the names at both sides are, in letters or in wide signs, the picture has room for them."""
    for long in ("Maximiliane Charlotte von Hohenstein", "\u957f" * 36):
        picture = bonds("ties", {1: "Ann", 2: long}, {3: long}, ["1:2"], ["2:3"])
        width = int(re.findall(r'viewBox="0 0 (\d+) ', picture)[0])
        needs = 250 if long.isascii() else 460  # at 13 units a sign
        (left,) = re.findall(rf'x="([\d.]+)" y="[\d.]+" text-anchor="end">{long}', picture)
        (right,) = re.findall(rf'x="([\d.]+)" y="[\d.]+" text-anchor="start">{long}', picture)
        assert float(left) > needs
        assert width - float(right) > needs
    short = bonds("ties", {1: "Ann", 2: "Ben"}, {3: "Ivy"}, ["1:2"], ["2:3"])
    assert 'viewBox="0 0 640 ' in short


def test_what_turned_a_game_is_said_in_sentences_also_of_an_idea_and_of_one_point() -> None:
    """No article stands before a word that may begin with a vowel, no plural behind a number that may be one."""
    words = game().words
    end = words.moment({"text": "own_end", "values": {"venture": 1, "stage": 0, "reason": "closed"}})
    assert "It came as far as this: Idea." in end
    for text in ("own_fall", "own_fall_by", "own_rise", "own_rise_by"):
        values = {"season": 2, "points": 1, "part": "credits", "by": "+1"}
        said = words.moment({"text": text, "values": values})
        assert "1 points" not in said
        assert ": 1." in said


@pytest.mark.parametrize("at", [0, 396])
def test_no_mark_is_cut_from_the_picture_of_scores(at: int) -> None:
    """Also where a standard lies at an edge."""
    for said in ("standard 396", "标准 396"):
        drawn = spread("", [28, 97, 392], 97, [(at, said)])
        found = re.search(rf'<text x="([0-9.]+)" y="11.0" text-anchor="middle">{said}<', drawn)
        assert found is not None
        half = 13 / 2 * sum(1 if sign > "\u2fff" else 0.6 for sign in said)
        assert half <= float(found[1]) <= 420 - half


def test_a_column_without_numbers_stands_as_one_of_numbers() -> None:
    """Nobody gave an hour: the head of that column stands over its place at the end, as its neighbours do."""
    found = game()
    story = {**found.story(1), "given": {"2": {"credits": 3, "lessons": 1}}}
    tree = {**found.tree, "story": {**found.tree["story"], f"{found.told['run']}:1": story}}
    page = student_page(attrs.evolve(found, tree=tree), 1, 1).decode()
    assert '<th scope="col" class="n">Hours</th>' in page.partition("What others gave you")[2]


def test_the_last_row_of_a_students_money_is_a_change() -> None:
    """What came in less what went out: it may be less than nothing, and is not what was kept."""
    page = said(student_page(game(), 1))
    assert "Change in the season" in page
    assert "Kept" not in page


def test_moments_with_what_might_have_been_are_told_where_there_are_some() -> None:
    """Their cause, what would be otherwise, what differs, and the question."""
    moment = {
        "number": 1,
        "of": 1,
        "season": 1,
        "phase": "matching",
        "venture": 1,
        "futures": 60,
        "cause": {"text": "why.cause.price", "values": {"maker": 2, "venture": 1, "price": "high", "credits": 70}},
        "instead": {"text": "why.instead.price", "values": {"other_price": "low"}},
        "question": {"kind": "life", "text": "why.ask.life", "values": {"seat": 2, "season": 1}},
        "differences": [
            {"what": "score", "seat": 2, "was": 15_600, "might": 14_250, "mean": -1_350, "lo": -2_000, "hi": -700},
            {"what": "energy", "seat": 0, "was": 250, "might": 260, "mean": 10, "lo": -8_260, "hi": 4_980},
            {"what": "born", "seat": 0, "was": 0, "might": 5_700, "mean": 5_700, "lo": 5_699, "hi": 5_701},
            {"what": "stage", "seat": 0, "was": 300, "might": 300, "mean": 0, "lo": 0, "hi": 0},
        ],
    }
    told = game()
    page = said(class_page(attrs.evolve(told, tree={**told.tree, "why": {"1": moment}})))
    assert "Ben sets the price of" in page
    assert "And if the price had been another: low?" in page.replace("Low", "low")
    assert "In 60 futures each, played on by bots" in page  # no number of the podium: those are of the game itself
    minus = "\N{MINUS SIGN}"
    assert "Ben: final score, on average: 156 as it was, 142.5 otherwise" in page
    for found in (
        f"the difference is {minus}13.5, very likely between {minus}20 and {minus}7 (95%)",
        f"2.5 as it was, 2.6 otherwise; no sure difference, very likely between {minus}83 and +50 (95%)",
        "0 as it was, 57 otherwise; the difference is +57 ",
        "from 0 (idea) to 3 (product): 3 either way",
    ):
        assert found in page
    assert "where outside this room have you seen something like it?" in page


def test_who_fell_short_is_named_to_the_teacher_alone() -> None:
    """A lost badge and a broken promise are no moments for everybody to take home."""
    told = game()
    investor = next(told.seats("investor"))
    lost = {"text": "badge_lost", "values": {"investor": investor, "space": 12}, "season": 2, "phase": "appraisal"}
    moments = {**told.told["moments"], "99": lost}
    told = attrs.evolve(told, told={**told.told, "moments": moments})
    assert told.words.moment(lost) in said(class_page(told, for_teacher=True))
    assert told.words.moment(lost) not in said(class_page(told))


def test_points_are_explained_where_a_student_reads_them() -> None:
    """In words on the class's page, and what they come to on one's own."""
    assert "Up to 70 points: phases in which you decided" in said(class_page(game()))
    assert "Nobody gets one for a score or a place." in said(class_page(game()))
    assert re.search(r"gives \d+ of 70 points for taking part", said(student_page(game(), 2)))
    ungraded = attrs.evolve(game(), scenario=attrs.evolve(game().scenario, grade={}))
    assert "No points are given for taking part." in said(class_page(ungraded))
    assert "points for taking part" not in said(student_page(ungraded, 2))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_and_large_game_stays_one_small_file(language: str) -> None:
    """Ten seasons of thirty seats: each page is below 300 KiB."""
    told = played("training", 30).game(language)
    for page in (class_page(told), class_page(told, for_teacher=True), student_page(told, 1)):
        assert len(page) < 300 * 1024

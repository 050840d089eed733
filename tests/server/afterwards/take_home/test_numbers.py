"""Every number of a page that is taken home is the log's: counted again from it, under the keys of a real debrief."""

import asyncio
import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from makersphere_rules.ecosystem.figures.all_figures import scale_of
from makersphere_rules.lessons.grading import USUAL
from makersphere_server.afterwards.downloads import taken_home
from makersphere_server.afterwards.take_home.class_page import class_page
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.student_page import student_page
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import StoredRoom, begun, stored, to_the_end
from tests.server.rig.recounted import for_class, for_seat

ALONE = re.compile(r'<(?:h3|dd) data-of="([^"]+)">([^<]*)<')
ROW = re.compile(r'<tr data-of="([^"]+)">(.*?)</tr>')
CELL = re.compile(r'<td data-at="([^"]*)">([^<]*)<')
WITHOUT_CELL = {"run", "name", "first_season", "last_season", "nodes", "moments"}  # told in words, or not numbers
GAMES = (("classroom", 12), ("rivals", 18))


async def _played(scenario: str, seats: int) -> Game:
    rig = await Rig(bots="standard").start()
    host, *_ = await begun(rig, scenario, seats, ("Ann",))
    await to_the_end(rig, host)
    game = (await stored(rig, host.room)).game()
    await rig.stop()
    return game


@cache
def played(scenario: str, seats: int) -> Game:
    """Return a game of bots and one person, at its end."""
    return asyncio.run(_played(scenario, seats))


def shown(page: bytes) -> dict[str, str]:
    """Return the numbers of a page by the names that they have there."""
    found = dict(ALONE.findall(page.decode()))
    for key, row in ROW.findall(page.decode()):
        found |= {key.replace("*", own): said for own, said in CELL.findall(row)}
    return {html.unescape(key): html.unescape(said) for key, said in found.items()}


def number(said: str, key: str) -> int:
    """Return what a number on a page is, in the units of the log."""
    value = said.replace("\N{MINUS SIGN}", "-").replace(",", "").replace("+", "")
    if key.startswith("energy.") and key.endswith(".total"):
        value = re.findall(r"\d+", value)[-1]
    if value.endswith("%"):
        return round(float(value[:-1]) * 10)
    name = key.split(".")[1] if key.startswith("curves.") else ""
    return round(float(value) * (scale_of(name) if name else 1))


def keys(tree: Mapping[str, Any], *path: str) -> Iterator[str]:
    """Yield the name of every number of a debrief, as a page names it."""
    for key, value in tree.items():
        if not path and key in WITHOUT_CELL:
            continue
        if path[:1] == ("energy",) and key == "links":
            yield from (f"{'.'.join(path)}.links.{link}" for link in value)
        elif path[:1] == ("network",) and len(path) == 2:
            yield f"network.{path[1]}.{key}"
        elif isinstance(value, Mapping):
            yield from keys(value, *path, key)
        else:
            yield ".".join((*path, key))


@pytest.mark.parametrize("name", GAMES)
def test_every_number_of_a_class_is_on_its_page_as_the_log_has_it(name: tuple[str, int]) -> None:
    """None of a debrief's numbers is missing, none is wrong, and none is there that the log does not give."""
    game = played(*name)
    page, counted = shown(class_page(game)), for_class(game.finished)
    asked = set(keys(game.told))
    assert asked <= page.keys()
    assert {key: number(said, key) for key, said in page.items()} == {key: counted[key] for key in page}
    assert page.keys() - asked == {key for key in counted if key.startswith("together.")}


@pytest.mark.parametrize("name", GAMES)
def test_every_number_of_a_student_is_on_its_page_as_the_log_has_it(name: tuple[str, int]) -> None:
    """Of every seat: its seasons, its money, its score, and what others gave it."""
    game = played(*name)
    for seat in game.seats():
        page, counted = shown(student_page(game, seat)), for_seat(game.finished, seat)
        story = {part: game.story(seat)[part] for part in ("seasons", "money", "given")}
        asked = {*keys(story), *(f"score.parts.{part}" for part in game.score(seat)["parts"]), "score.final"}
        assert asked == page.keys()
        found = {key: abs(number(said, key)) if ".out." in key else number(said, key) for key, said in page.items()}
        assert found == {key: counted[key] for key in page}


PHASES_OF_A_MAKER = ("admission", "exchange", "matching", "incubation", "market", "appraisal")  # it is asked something
SEASONS = 2


async def _with_people() -> StoredRoom:
    """Play a game in which Ann decides all of the first season, asks, and answers; Ben decides once."""
    rig = await Rig(bots="standard").start()
    host, ann, ben = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    assert (await ann.command("ask", what="help")).ok
    host.read()
    while host.table["game"]["season"] == 1:
        phase = host.table["game"]["phase"]
        for person in (ann, *([ben] if phase == "exchange" else ())):
            await person.command("ready", ready=True)
        await _answer(ann)
        await rig.pass_ms(1_000)
        host.read()
        if host.table["game"]["phase"] == phase:
            await host.command("host.advance")
            await rig.pass_ms(1_000)
            host.read()
    await to_the_end(rig, host)
    await _answer(ann)
    room = await stored(rig, host.room)
    await rig.stop()
    return room


async def _answer(person: Client) -> None:
    """Answer whatever is asked of somebody now, in words or by the first choice."""
    person.read()
    for asked in list(person.hand.get("question", {}).values()):
        said = {"choice": asked["choices"][0]} if asked.get("choices") else {"text": "So it was."}
        assert (await person.command("reflect", season=asked["season"], question=asked["question"], **said)).ok


def _sent(room: StoredRoom, seat: int) -> list[tuple[int, str, str, int]]:
    """Return what the people of a seat have sent: season, phase, command, and the season that it is about."""
    own = [record for record in room.records if record.actor == seat and record.by == "person"]
    told = [(record.season, record.phase, json.loads(record.command)) for record in own]
    return [(season, phase, said["name"], int(said["args"].get("season", 0))) for season, phase, said in told]


def _took_part(room: StoredRoom, seat: int) -> dict[str, tuple[int, int]]:
    """Return how much of how much one person did, from the lines of the log alone."""
    sent = _sent(room, seat)
    in_time = {(season, phase) for season, phase, name, _ in sent if name == "ready" and phase in PHASES_OF_A_MAKER}
    answers = Counter(bool(about) for _, _, name, about in sent if name == "reflect")
    everybody = [line for each in (1, 2) for line in _sent(room, each) if line[2] == "reflect"]
    seasons = {about for *_, about in everybody if about}
    return {
        "decided": (len(in_time), SEASONS * len(PHASES_OF_A_MAKER)),
        "seasons": (len({season for season, _ in in_time}), SEASONS),
        "answered": (answers[True], len(seasons)),
        "reflected": (answers[False], sum(not about for *_, about in everybody)),
        "asked": (sum(name in ("ask", "ask_host") for _, _, name, _ in sent), 0),
    }


def _points(part: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Return the points of one person and how many there were: each term in proportion, a half counts up."""
    there = {term: part[term] for term in USUAL if part[term][1]}
    got = [int(USUAL[term] * did / of + 0.5) for term, (did, of) in there.items()]
    return sum(got), sum(USUAL[term] for term in there)


def _without_idle(part: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return what somebody did, with phases and seasons counted as decided who decided any."""
    whole = {term: (part[term][1] if part[term][0] else 0, part[term][1]) for term in ("decided", "seasons")}
    return {**part, **whole}


def _row(part: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Return the numbers of somebody's line in the gradebook; both stayed to the end."""
    did = {term: str(done) for term, (done, _) in part.items()}
    of = {term: str(all_) for term, (_, all_) in part.items()}
    got, most = _points(part)
    return {
        "phases": of["decided"],
        "decided": did["decided"],
        "decided_on_own_phone": did["decided"],
        "seasons": of["seasons"],
        "seasons_taken_part": did["seasons"],
        "asked_host": did["asked"],
        "questions": of["answered"],
        "answered": did["answered"],
        "questions_at_end": of["reflected"],
        "answered_at_end": did["reflected"],
        "points": str(got),
        "points_of": str(most),
        "idle_phases": str(part["decided"][1] - part["decided"][0]),
        "points_without_idle": str(_points(_without_idle(part))[0]),
        **dict.fromkeys(("left_season", "left_phase", "bot_from_season"), ""),
    }


def _cells(part: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Return what stands about somebody in the teacher's copy."""
    both = [part[term] for term in ("answered", "reflected")]
    return {
        **{term: " of ".join(map(str, part[term])) for term in ("decided", "seasons")},
        "answered": f"{sum(done for done, _ in both)} of {sum(all_ for _, all_ in both)}",
        "asked": str(part["asked"][0]),
        "points": " of ".join(map(str, _points(part))),
    }


def test_every_number_of_the_gradebook_and_of_the_teachers_copy_is_the_logs() -> None:
    """Each column about what somebody did, each cell about a person or a score, and what the class reads besides."""
    room = asyncio.run(_with_people())
    game = room.game()
    page = shown(class_page(game, for_teacher=True))
    rows = list(csv.DictReader(io.StringIO(taken_home(game, "participation").body.decode("utf-8-sig"))))
    for row, seat, name in zip(rows, (1, 2), ("Ann", "Ben"), strict=True):
        part = _took_part(room, seat)
        assert row == {"name": name, "id": f"{seat}.1", "seat": str(seat), "role": "maker", **_row(part)}
        found = {key: page.pop(key) for key in list(page) if key.startswith(f"part.{seat}.")}
        assert found == {f"part.{seat}.1.{cell}": said for cell, said in _cells(part).items()}
    scores = {seat: for_seat(game.finished, seat)["score.final"] for seat in game.seats()}
    for seat, score in scores.items():
        place = 1 + sum(other > score for each, other in scores.items() if game.role(each) == game.role(seat))
        assert (page.pop(f"score.{seat}.final"), page.pop(f"score.{seat}.place")) == (str(score), str(place))
    counted = for_class(game.finished)
    assert {key: number(said, key) for key, said in page.items()} == {key: counted[key] for key in page}

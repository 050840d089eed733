"""Every number of a page that is taken home is the log's: counted again from it, under the keys of a real debrief."""

import asyncio
import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from makersphere_rules.ecosystem.figures.all_figures import scale_of
from makersphere_server.afterwards.take_home.class_page import class_page
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.student_page import student_page
from tests.server.rig.fakes import Rig
from tests.server.rig.finished_rooms import begun, stored, to_the_end
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

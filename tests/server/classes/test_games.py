"""Which of a class's games a table is of: a spare one that nobody has used is of the next, and games stay lessons."""

from __future__ import annotations

import json
from typing import Any

import pytest

from makersphere_protocol.messages import ClassOptions, Options, Resume, Timers
from makersphere_server.afterwards.take_home.participation import Part
from makersphere_server.classes.book import ClassBook, ClassSettings
from makersphere_server.classes.term import GameOfClass, SeatTime, over_the_term
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.room_settings import RoomSettings
from tests.server.rig.classes import ask, lines_of, seen
from tests.server.rig.fakes import Client, Rig, code


async def _opened(rig: Rig, tables: int, *names: str) -> Client:
    """Return the host of a class of tables of two, to which some people have come."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=2 * tables, table=2))
    for name in names:
        await rig.join(host.room, name, id=name)
    return host


async def _play(rig: Rig, host: Client, *tables: int) -> None:
    """Begin a game at some tables, and end it there after a phase."""
    for order in ("start", "advance", "end"):
        for table in tables:
            assert (await host.command(f"host.{order}", table=table)).ok
        await rig.pass_ms(2_000)


async def _games(host: Client) -> list[int]:
    tables: dict[str, dict[str, Any]] = (await seen(host)).table["tables"]
    return [int(table.get("game", 1)) for table in tables.values()]


async def test_a_spare_table_is_of_the_next_game_once_that_is_opened(rig: Rig) -> None:
    """It keeps neither itself nor the new tables in the game that is over, after a restart too."""
    host = await _opened(rig, 3, "Ana", "Bo")
    await _play(rig, host, 1, 2)
    assert await _games(host) == [1, 1, 1]
    assert (await host.command("class.table", seats=2)).ok
    assert await _games(host) == [1, 1, 2, 2]
    await rig.stop()
    await rig.start()
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert await _games(back) == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("order", "args"), [("class.table", {"seats": 2}), ("class.group", {"by": "size", "anew": True})]
)
async def test_a_spare_table_of_the_next_game_takes_the_comparison_from_the_wall(
    rig: Rig, order: str, args: dict[str, Any]
) -> None:
    """As every table of it does that is opened: people look for their tables. A host may show it again."""
    host = await _opened(rig, 3, "Ana", "Bo")
    await _play(rig, host, 1, 2)
    wall = await rig.watch(host.room)
    assert (await host.command("class.wall", table=0, compare=True)).ok
    assert (await seen(wall)).table["class"]["compare"] is True
    assert (await host.command(order, **args)).ok
    assert "compare" not in (await seen(wall)).table["class"]
    assert (await host.command("class.wall", table=0, compare=True)).ok
    assert (await host.command("class.table", seats=2)).ok
    assert (await seen(wall)).table["class"]["compare"] is True, "the next game has tables already"


async def test_a_visitor_puts_no_table_into_another_game(rig: Rig) -> None:
    """Though whoever starts a spare table does: what a visitor may not send changes nothing of the class."""
    host = await _opened(rig, 3, "Ana", "Bo")
    await _play(rig, host, 1, 2)
    token = ((await host.command("class.invite", rank="visitor")).data or {})["host_token"]
    visitor = Client(rig)
    await visitor.say(Resume(host.room, host_token=token))
    assert code(await visitor.command("host.start", table=3)) == "not_your_role"
    assert await _games(host) == [1, 1, 1]


async def test_a_spare_table_is_of_the_next_game_once_it_begins(rig: Rig) -> None:
    """Or once all are dealt to it anew, without any table being opened."""
    for order, args in (("host.start", {"table": 3}), ("class.group", {"by": "size", "anew": True})):
        host = await _opened(rig, 3, "Ana", "Bo")
        await _play(rig, host, 1, 2)
        assert (await host.command(order, **args)).ok
        assert await _games(host) == [1, 1, 2], order


async def test_who_is_dealt_to_the_next_game_is_no_more_at_the_table_of_before(rig: Rig) -> None:
    """Their phone's connection is closed there, and nobody is counted twice."""
    host = await _opened(rig, 3, "Ana", "Bo")
    await _play(rig, host, 1, 2)
    assert (await host.command("class.group", by="size", anew=True)).ok
    await rig.join(host.room, "Ana", id="Ana")
    tables = (await seen(host)).table["tables"].values()
    assert [table["here"] for table in tables] == [0, 0, 1]


async def test_tables_of_a_game_that_goes_on_are_of_it(rig: Rig) -> None:
    """Before anything has begun, and while another table plays; a spare one waits with them."""
    host = await _opened(rig, 3, "Ana", "Bo")
    assert (await host.command("class.table", seats=2)).ok
    assert await _games(host) == [1, 1, 1, 1]
    assert (await host.command("host.start", table=2)).ok
    await _play(rig, host, 1)
    assert (await host.command("class.table", seats=2)).ok
    assert await _games(host) == [1, 1, 1, 1, 1]


def _game(book: ClassBook, number: int, began: int, ended: int) -> GameOfClass:
    """Return a game in which the one person of a class has sat through a phase, undecided."""
    settings, (ana,) = RoomSettings(salt="s"), book
    place = (1, "first")
    part = Part(1, 1, "Ana", "maker", (place,), (), (), (), (), 0, None, None)
    stays = {settings.class_digest(book.join_id(ana)): [SeatTime(part, ended)]}
    return GameOfClass(number, began, ended, stays, {}, settings)


@pytest.mark.parametrize(("number", "games"), [(1, 1), (2, 2)])
def test_two_games_of_the_class_that_overlap_stay_two(number: int, games: int) -> None:
    """And two tables of one game that do are one lesson."""
    book = ClassBook("K7QF234", ClassSettings(), Hosts())
    book.add("Ana", is_listed=True)
    table = over_the_term(book, [_game(book, 1, 0, 90), _game(book, number, 50, 70)], named=True)
    (row,) = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert (row["games"], row["phases"]) == (games, games)


async def test_a_table_that_was_ended_late_does_not_swallow_the_next_lesson(rig: Rig) -> None:
    """Nobody has played there since the lesson in which it began; its end comes after the next has begun."""
    options = Options(timers=Timers(0))
    host = await rig.create("two", options=options, class_=ClassOptions(people=2, table=2))
    ana = await rig.join(host.room, "Ana", id="Ana")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(2_000)
    ana.read()
    assert (await ana.command("count", by=1)).ok
    await rig.pass_ms(600_000)
    assert (await host.command("class.table", seats=2)).ok
    assert (await host.command("class.move", person=1, to=2)).ok
    await rig.join(host.room, "Ana", id="Ana")
    assert (await host.command("host.start", table=2)).ok
    await rig.pass_ms(5_000)
    assert (await host.command("host.end")).ok
    (line,) = await lines_of(rig, host, "term")
    assert line["games"] == "2"


async def test_the_latest_game_is_compared_unless_all_are_asked_for(rig: Rig) -> None:
    """As JSON, as a page and in both files, also once tables wait for the next game; each line says of which it is."""
    host = await _opened(rig, 2, "Ana", "Bo")
    await _play(rig, host, 1, 2)

    async def games(asked: str = "") -> tuple[list[int], object]:
        found = json.loads((await ask(rig, f"{host.room}/compare{asked}")).body)
        return [table["game"] for table in found["tables"]], found.get("game")

    assert await games() == ([1, 1], None), "it is the only one"
    assert (await host.command("class.table", seats=2)).ok
    assert await games() == ([1, 1], 1), "the next one has not begun"
    assert (await host.command("class.move", person=1, to=3)).ok
    await rig.join(host.room, "Ana", id="Ana")
    await _play(rig, host, 3)
    assert await games() == ([2], 2)
    assert await games("?game=1") == ([1, 1], 1)
    assert await games("?game=all") == ([1, 1, 2], None)
    assert "Game 2" in (await ask(rig, f"{host.room}/compare/page?language=en")).body.decode()
    for what, latest, all_ in (("tables", ["2", ""], ["1", "1", "2", ""]), ("students", ["2"], ["1", "1", "2"])):
        assert [line["game"] for line in await lines_of(rig, host, what)] == latest, what
        assert [line["game"] for line in await lines_of(rig, host, f"{what}?game=all")] == all_, what


@pytest.mark.parametrize("game", ["9", "0", "x", "1.5", "-1", "1111"])
async def test_a_game_that_there_is_not_is_refused_by_name(rig: Rig, game: str) -> None:
    """With those that there are, as JSON and in the lines of students: it is not the latest that is told then."""
    host = await _opened(rig, 2, "Ana", "Bo")
    await _play(rig, host, 1, 2)
    assert (await host.command("class.table", seats=2)).ok
    for path in ("compare", "compare/students", "compare/tables"):
        answer = await ask(rig, f"{host.room}/{path}?game={game}&language=en", host.token)
        error = json.loads(answer.body)["error"]
        assert (answer.status_code, error["code"], error["field"]) == (400, "bad_args", "game"), path
        assert "all, 1, 2" in error["message"]

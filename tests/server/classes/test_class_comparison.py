"""The tables of a class beside each other: closed until all are over, without a name, and to take home."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from makersphere_protocol.errors import ProtocolError
from makersphere_protocol.messages import ClassOptions, Options, Resume
from makersphere_rules.compared.figures import COMPARED
from makersphere_server.afterwards.downloads import KeptRoom
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.classes import comparisons
from makersphere_server.classes.comparing import Group, compared
from makersphere_server.classes.comparisons import ClassComparisons
from makersphere_server.classes.term import SUMMED
from makersphere_server.storage.record import Record
from tests.server.rig.classes import ask, compares, lines_of, rooms_of, seen
from tests.server.rig.fakes import Client, Rig, settle

Tree = dict[str, Any]


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def told(rig: Rig, path: str, token: str = "") -> Tree:
    """Return what is told, as JSON."""
    found: Tree = json.loads((await ask(rig, path, token)).body)
    return found


async def opened(rig: Rig, tables: int = 3) -> Client:
    """Return the host of a class of tables of six, at the first of which Ana sits."""
    laid = ClassOptions(people=6 * tables, table=6, name="10b")
    host = await rig.create("quickstart", options=Options(), class_=laid)
    await rig.join(host.room, "Ana")
    return host


async def played(rig: Rig, host: Client, *, begun: bool = False) -> None:
    """Play all tables of a class to their ends."""
    assert begun or (await host.command("host.start")).ok
    for _ in range(60):
        await rig.pass_ms(2_000)
        host.read()
        if all(table["status"] == "over" for table in host.table["tables"].values()):
            return
        await host.command("host.advance")
    raise AssertionError("a table goes on")


async def test_it_opens_when_the_last_table_is_over(rig: Rig) -> None:
    """Before, it is refused to hosts too: tables may have the same dice. Then every table has every figure."""
    host = await opened(rig)
    assert (await told(rig, f"{host.room}/compare", host.token))["error"]["code"] == "rule"
    assert (await host.command("host.start", table=1)).ok
    await seen(host)
    going = await told(rig, f"{host.room}/compare", host.token)
    assert "still on" in going["error"]["message"]
    await played(rig, host)
    found = await told(rig, f"{host.room}/compare")
    assert [table["table"] for table in found["tables"]] == [1, 2, 3]
    assert all(set(table["figures"]) == set(COMPARED) for table in found["tables"])
    assert [group["code"] for group in found["groups"]] == [host.room]
    assert len(found["groups"][0]["figures"]["deals"]) == 3, "a mean of three tables has an interval"
    assert (found["can_name"], found["not_measured"], set(found["usual"]["figures"])) == (
        False,
        "naming",
        set(COMPARED),
    )
    assert "was not tried out" in (await ask(rig, f"{host.room}/compare/page")).body.decode()


async def test_names_are_in_no_comparison_and_in_the_hosts_lines_alone(rig: Rig) -> None:
    """A line for each student wants the host's token; names can be left out of it."""
    host = await opened(rig)
    await played(rig, host)
    for path in ("compare", "compare/page", "compare/tables"):
        assert b"Ana" not in (await ask(rig, f"{host.room}/{path}")).body
    refused = await ask(rig, f"{host.room}/compare/students")
    assert refused.status_code == 401
    rows = await lines_of(rig, host, "students")
    assert [(row["class"], row["table"], row["name"]) for row in rows] == [(host.room, "1", "Ana")]
    assert rows[0]["score"]
    unnamed = await ask(rig, f"{host.room}/compare/students?names=0", host.token)
    assert b"Ana" not in unnamed.body


async def test_over_a_term_each_student_has_one_line(rig: Rig) -> None:
    """The sums of all games that are over, under the class's own name; a game that goes on is left out."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("class.people", names=["Zoe"])).ok
    await played(rig, host)
    once = await lines_of(rig, host, "term")
    assert [(row["name"], row["games"]) for row in once] == [("Ana", "1"), ("Zoe", "0")]
    assert (await host.command("class.table", seats=6)).ok
    assert (await host.command("class.move", person=1, to=2)).ok
    await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("host.start", table=2)).ok
    assert await lines_of(rig, host, "term") == once
    await rig.pass_ms(2_000)
    assert (await host.command("host.advance", table=2)).ok
    assert (await host.command("host.end", table=2)).ok
    twice = await lines_of(rig, host, "term")
    assert [(row["name"], row["games"]) for row in twice] == [("Ana", "2"), ("Zoe", "0")]
    (line,) = [row for row in await lines_of(rig, host, "students") if row["table"] == "2"]
    assert int(line["phases"]) > 0
    assert line["person"] == twice[0]["person"] == "1"
    for column in SUMMED:
        assert int(twice[0][column]) == int(once[0][column]) + int(line[column]), column
    assert "".join(row["name"] for row in await lines_of(rig, host, "term?names=0")) == ""
    refused = await ask(rig, f"{host.room}/compare/term")
    assert refused.status_code == 401


async def test_a_former_game_is_compared_by_itself_while_the_next_one_goes_on(rig: Rig) -> None:
    """As JSON and as files; the game that goes on, and all together, stay closed."""
    host = await opened(rig)
    await played(rig, host)
    first = len(rooms_of(host))
    assert (await host.command("class.tables", people=12)).ok
    assert (await host.command("class.table", seats=6)).ok
    tables = (await seen(host)).table["tables"]
    assert [table.get("game", 1) for table in tables.values()] == [1] * first + [2] * (len(tables) - first)
    assert (await host.command("host.start", table=len(tables))).ok
    assert (await told(rig, f"{host.room}/compare"))["error"]["code"] == "rule"
    assert (await told(rig, f"{host.room}/compare?game=2"))["error"]["code"] == "rule"
    found = await told(rig, f"{host.room}/compare?game=1")
    assert [table["table"] for table in found["tables"]] == list(range(1, first + 1))
    assert (await ask(rig, f"{host.room}/compare/tables?game=1")).status_code == 200
    assert [row["name"] for row in await lines_of(rig, host, "students?game=1")] == ["Ana"]
    assert (await ask(rig, f"{host.room}/compare/students?game=2", host.token)).status_code != 200


async def test_who_comes_back_to_a_table_has_played_one_game(rig: Rig) -> None:
    """Of each of the three times at two tables only what was played then counts, and each phase once."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=12, table=6))
    ana = await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("host.start")).ok
    for to in (2, 1):
        await rig.pass_ms(2_000)
        ana.read()
        assert (await ana.command("ready", ready=True)).ok
        assert (await host.command("class.move", person=1, to=to)).ok
        ana = await rig.join(host.room, "Ana", id="ana")
    ana.read()
    assert (await ana.command("ready", ready=True)).ok
    for _ in range(3):
        await rig.pass_ms(2_000)
        assert (await host.command("host.advance")).ok
    assert (await host.command("host.end")).ok
    (line,) = await lines_of(rig, host, "term")
    rows = await lines_of(rig, host, "students")
    assert [row["table"] for row in rows] == ["1", "1", "2"], "she has two lines at the first"
    assert (line["games"], line["decided_on_own_phone"]) == ("1", "1"), "it was one phase at each of the three times"
    assert line["phases"] == rows[1]["phases"], "she was in no phase beside those of the table where she ended"
    assert line["points_of"] == rows[1]["points_of"]


async def test_who_is_moved_in_a_game_counts_at_the_seat_left_only_till_then(rig: Rig) -> None:
    """It is one game, worth as much as that of whoever stayed; what a bot then did at the seat left is not theirs."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=12, table=6))
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy")]
    assert (await host.command("host.start")).ok
    for _ in range(3):
        await rig.pass_ms(2_000)
        for person in people:
            person.read()
            assert (await person.command("ready", ready=True)).ok
        await rig.pass_ms(2_000)
        await host.command("host.advance")
    left = people[0].room
    assert (await host.command("class.move", person=1, to=2)).ok
    people[0] = await rig.join(host.room, "Ana", id="Ana")
    assert people[0].room != left
    await played(rig, host, begun=True)
    ana, bo, cy = await lines_of(rig, host, "term")
    assert {line["games"] for line in (ana, bo, cy)} == {"1"}
    assert int(ana["decided_on_own_phone"]) > 0
    for column in SUMMED:
        assert ana[column] == bo[column] == cy[column], column


async def test_of_two_who_had_a_seat_one_after_the_other_each_counts_for_the_own_time(rig: Rig) -> None:
    """A newcomer who does nothing in the seat of somebody diligent has nothing of it, nor has the other a bad mark."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay")]
    assert (await host.command("host.start")).ok
    for _ in range(3):
        await rig.pass_ms(2_000)
        for person in people:
            person.read()
            assert (await person.command("ready", ready=True)).ok
        await rig.pass_ms(2_000)
        await host.command("host.advance")
    assert (await host.command("class.remove", person=1)).ok
    late = await rig.join(host.room, "Gus", id="gus")
    assert late.you.seat == people[0].you.seat
    await played(rig, host, begun=True)
    lines = {line["id"]: line for line in await lines_of(rig, host, "students")}
    ana, gus = (lines[f"{late.you.seat}.{number}"] for number in (1, 2))
    assert (ana["phases"], ana["decided"]) == ("5", "2")  # till then; a host has closed every other one for her
    assert (gus["decided"], gus["points"], int(gus["phases"]) > 0) == ("0", "0", True)
    makers = [line for line in lines.values() if line["role"] == ana["role"] and line not in (ana, gus)]
    assert {int(ana["phases"]) + int(gus["phases"])} == {int(line["phases"]) for line in makers}


async def test_who_is_removed_keeps_their_line_until_they_are_erased(rig: Rig) -> None:
    """By name, after a restart too; whoever never had a seat leaves none, and the name is free for others."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("class.people", names=["Zoe"])).ok
    await played(rig, host)
    before = await lines_of(rig, host, "term")
    for person in (1, 2):
        assert (await host.command("class.remove", person=person)).ok
    await seen(host)
    assert (host.hand["person"], host.hand["removed"]) == ({}, {"1": {"name": "Ana"}})
    assert await lines_of(rig, host, "term") == before[:1]
    await rig.stop()
    await rig.start()
    assert (await rig.join(host.room, "Ana", id="ana")).error().code == "unauthorised"
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert (await back.command("class.people", id="again", names=["Ana"])).ok
    assert [(row["person"], row["games"]) for row in await lines_of(rig, host, "term")] == [("1", "1"), ("3", "0")]
    assert (await back.command("class.erase_person", person=1)).ok
    assert [row["person"] for row in await lines_of(rig, host, "term")] == ["3"]
    assert "removed" not in (await seen(back)).hand


async def test_an_earlier_class_and_a_room_are_held_beside(rig: Rig) -> None:
    """By their codes; what is unknown, and too many at once, are refused."""
    earlier = await opened(rig, tables=1)
    await played(rig, earlier)
    host = await opened(rig, tables=1)
    await played(rig, host)
    room = rooms_of(earlier)[0]
    found = await told(rig, f"{host.room}/compare?with={earlier.room},{room}")
    assert [group["code"] for group in found["groups"]] == [host.room, earlier.room, room]
    assert found["groups"][1]["figures"] == found["groups"][2]["figures"]
    assert not found["can_name"], "of one table nobody can say that it is odd"
    assert (found["not_measured"], "usual" in found) == ("naming", True), "the band is there for one table too"
    unknown = await told(rig, f"{host.room}/compare?with=2222222")
    assert unknown["error"]["code"] == "no_such_room"
    many = await told(rig, f"{host.room}/compare?with={','.join(f'222222{n}' for n in range(2, 11))}")
    assert (many["error"]["code"], many["error"]["field"]) == ("bad_args", "with")


async def test_a_table_that_was_held_beside_another_class_keeps_its_number(rig: Rig) -> None:
    """As a room by itself it has none; what is remembered of its log is the same."""
    host, other = await opened(rig, tables=2), await opened(rig, tables=1)
    for each in (host, other):
        await played(rig, each)
    remembering = compares(rig)
    await remembering.shown(other.room, "", "192.0.2.1", rooms_of(host))
    found = json.loads(await remembering.shown(host.room, "", "192.0.2.1"))
    assert [table["table"] for table in found["tables"]] == [1, 2]


async def test_what_differs_in_the_rules_is_said_of_the_table(rig: Rig) -> None:
    """And not of those that play as most do; the page says it in words."""
    host = await opened(rig)
    assert (await host.command("class.table", seats=6, choices=["no_elimination"])).ok
    await played(rig, host)
    found = await told(rig, f"{host.room}/compare")
    differing = {table["table"]: table.get("rules", []) for table in found["tables"]}
    assert differing[1] == []
    assert {"path": "modules.appraisal", "is": ["appraisal", "none"], "usual": ["appraisal", "threshold"]} in differing[
        4
    ]
    assert found["tables"][3]["chosen"] == ["no_elimination"]
    page = (await ask(rig, f"{host.room}/compare/page?language=zh")).body.decode()
    assert "4 号桌" in page
    assert "ui.class" not in page


async def test_the_wall_shows_it_when_a_host_says_so(rig: Rig) -> None:
    """And a table or all of them again."""
    host = await opened(rig, tables=1)
    wall = await rig.watch(host.room)
    assert (await host.command("class.wall", table=0, compare=True)).ok
    assert (await seen(wall)).table["class"]["compare"] is True
    assert (await host.command("class.wall", table=1)).ok
    await seen(wall)
    assert wall.table["class"]["wall"] == 1
    assert "compare" not in wall.table["class"]


async def test_the_wall_lets_the_comparison_go_when_the_next_game_begins(rig: Rig) -> None:
    """It shows the tables then, and at the end of that game too; while one is played it can't be shown."""
    host = await opened(rig, tables=1)
    await played(rig, host)
    wall = await rig.watch(host.room)
    assert (await host.command("class.wall", table=0, compare=True)).ok
    assert (await host.command("class.tables", people=6)).ok
    assert "compare" not in (await seen(wall)).table["class"], "people come, and look for the code"
    assert (await host.command("class.wall", table=0, compare=True)).ok
    assert (await seen(wall)).table["class"]["compare"] is True, "the next game has not begun"
    assert (await host.command("host.start", table=2)).ok
    assert "compare" not in (await seen(wall)).table["class"]
    refused = await host.command("class.wall", table=0, compare=True)
    assert (refused.ok, refused.error and refused.error.field) == (False, "compare")
    assert (await host.command("host.end", table=2)).ok
    assert "compare" not in (await seen(wall)).table["class"]
    await rig.stop()
    await rig.start()
    assert "compare" not in (await rig.watch(host.room)).table["class"]


async def test_a_class_that_plays_costs_no_way_through_its_logs(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever knows its code may ask again and again, and games go on meanwhile."""
    host = await opened(rig, tables=2)
    assert (await host.command("host.start", table=2)).ok
    await seen(host)

    async def nobody_reads(room: str, after_seq: int = 0) -> list[Record]:
        raise AssertionError(f"the log of {room} is read from {after_seq} on")

    with monkeypatch.context() as patched:
        patched.setattr(rig.log, "read", nobody_reads)
        assert "still on" in (await told(rig, f"{host.room}/compare"))["error"]["message"]


async def test_a_comparison_is_made_once_beside_the_loop(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Again when other tables are held beside; a code counts once, however it is typed."""
    earlier, host = await opened(rig, tables=1), await opened(rig, tables=1)
    for one in (earlier, host):
        await played(rig, one)
    made: list[tuple[bool, int]] = []

    def noted(own: Group, others: Sequence[Group]) -> Tree:
        made.append((threading.current_thread() is threading.main_thread(), len(others)))
        return compared(own, others)

    monkeypatch.setattr(comparisons, "compared", noted)
    remembering = compares(rig)
    code = earlier.room
    for beside in ((), (), (code, code.lower(), host.room.lower()), (code,)):
        found = json.loads(await remembering.shown(host.room, "", "192.0.2.1", beside))
        assert len(found["groups"]) == 1 + bool(beside)
    assert made == [(False, 0), (False, 1)]


async def test_a_file_is_called_by_the_code_however_it_was_typed(rig: Rig) -> None:
    """What stands in an address comes into no header of the answer."""
    host = await opened(rig, tables=1)
    await played(rig, host)
    typed = f"{host.room[:3].lower()}-{host.room[3:]}"
    for what in ("page", "tables", "students", "term"):
        found = await ask(rig, f"{typed}/compare/{what}", host.token)
        assert found.status_code == 200
        assert f'filename="makersphere-{host.room}-' in found.headers["Content-Disposition"]


async def test_whoever_waits_for_having_guessed_holds_nobody_up(rig: Rig) -> None:
    """A wrong code beside the own class is answered late, and other comparisons meanwhile."""
    host = await opened(rig, tables=1)
    await played(rig, host)
    lobby, late = rig.lobby, asyncio.Event()

    async def find_late(room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        if room == "2222222":
            await late.wait()
        return await lobby.kept_room(room, token, address, anyone=anyone)

    pace = ReadingPace(rig.clock)
    compares = ClassComparisons(lobby.kept_class, find_late, lobby.is_class, lobby.goes_on, pace)
    guess = asyncio.create_task(compares.shown(host.room, "", "192.0.2.1", ["2222222"]))
    await settle()
    async with asyncio.timeout(20):
        assert json.loads(await compares.shown(host.room, "", "192.0.2.2"))["tables"]
    late.set()
    with pytest.raises(ProtocolError, match="no_such_room"):
        await guess


async def test_a_file_that_there_is_not_is_refused_by_name(rig: Rig) -> None:
    """With those that there are; a room is no class."""
    host = await opened(rig, tables=1)
    wrong = await told(rig, f"{host.room}/compare/everything", host.token)
    assert (wrong["error"]["code"], wrong["error"]["field"]) == ("bad_args", "what")
    room = await told(rig, f"{rooms_of(host)[0]}/compare", host.token)
    assert room["error"]["code"] == "no_such_room"

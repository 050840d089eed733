"""How people of a class are grouped: as they come, and all anew; by number, by what is said of them, by wish."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given as anything
from hypothesis import strategies as st

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import DoorQuestion, Problem, Resume
from makersphere_server.classes.book import Person, Table
from makersphere_server.classes.grouping import WAYS, dealt_anew
from tests.server.rig.classes import desk_of, open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.limited import limited

QUESTION, ANSWERS = "What do you know of firms?", ["Nothing yet", "A little"]


async def _tables(host: Client) -> dict[int, set[str]]:
    await seen(host)
    found: dict[int, set[str]] = {}
    for person in host.hand["person"].values():
        found.setdefault(person.get("table", 0), set()).add(person["name"])
    return found


async def _listed(rig: Rig, by: str, names: dict[str, str], *, table: int = 3) -> Client:
    """Return the host of a class whose list says something of each, and to which all have come."""
    host = await open_class(rig, people=len(names), table=table)
    added = await host.command("class.people", names=list(names), marks=list(names.values()))
    assert added.data == {"added": len(names), "people": len(names)}
    assert (await host.command("class.group", by=by)).ok
    for name in names:
        await rig.join(host.room, name)
    return host


async def test_a_group_for_a_name_that_is_there_already_is_taken(rig: Rig) -> None:
    """What was changed is told once and kept nowhere; without a group, or twice in one list, a name is a twin."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ana", "Bo"], marks=["A", ""])).data == {"added": 2, "people": 2}
    names = ["ana", "Bo", "Cy", "Cy"]
    answer = await host.command("class.people", id="again", names=names, marks=["B", "", "C", "D"])
    assert answer.data == {"added": 1, "people": 3, "marked": ["Ana"], "twins": ["Bo", "Cy"], "left": [1, 3]}
    await seen(host)
    marks = {person["name"]: person.get("mark", "") for person in host.hand["person"].values()}
    assert marks == {"Ana": "B", "Bo": "", "Cy": "C"}
    again = await host.command("class.people", id="again", names=names, marks=["B", "", "C", "D"])
    assert again.data == {"added": 1, "people": 3, "left": [1, 3]}
    await rig.stop()
    await rig.start()
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert back.hand["person"]["1"]["mark"] == "B"


async def test_twins_within_a_list_that_is_pasted_again_change_nobodys_group(rig: Rig) -> None:
    """Nobody knows which of the lines is of whom: both are told, and stand in the field."""
    host = await open_class(rig)
    for added in (1, 0):
        answer = await host.command("class.people", names=["Ben", "Ben"], marks=["red", "blue"])
        twins = ["Ben"] * (2 - added)
        assert answer.data == {"added": added, "people": 1, "twins": twins, "left": [1] if added else [0, 1]}
        assert (await seen(host)).hand["person"]["1"]["mark"] == "red"


async def test_people_are_mixed_as_they_come(rig: Rig) -> None:
    """Those of whom the list says the same are spread, so that each table has some of each."""
    host = await _listed(rig, "mix", {"Ana": "A", "Bo": "A", "Cy": "B", "Di": "B", "Ed": "C", "Fay": "C"})
    tables = await _tables(host)
    assert [len(table) for table in tables.values()] == [3, 3]
    assert all(
        len(pair & table) == 1 for pair in ({"Ana", "Bo"}, {"Cy", "Di"}, {"Ed", "Fay"}) for table in tables.values()
    )


async def test_those_alike_sit_together_as_they_come(rig: Rig) -> None:
    """As long as there is a place; the one too many goes on to where there is one."""
    host = await _listed(rig, "alike", {"Ana": "A", "Cy": "B", "Bo": "A", "Di": "B", "Ed": "A", "Fay": "A"})
    assert await _tables(host) == {1: {"Ana", "Bo", "Ed"}, 2: {"Cy", "Di", "Fay"}}
    shown = host.hand["person"]["1"]
    assert (shown["mark"], host.hand["class"]["grouping"]["by"]) == ("A", "alike")


async def test_all_are_dealt_anew_and_their_phones_find_the_way(rig: Rig) -> None:
    """Two tables that had sat together have new neighbours; who stays keeps the seat; it is done once."""
    host = await open_class(rig, people=6, table=3)
    phones = {name: await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay")}
    before = await _tables(host)
    done = await host.command("class.group", by="mix", anew=True, id="once")
    assert done.data == {"dealt": 6, "moved": 2}
    after = await _tables(host)
    assert all(len(old & new) < 3 for old in before.values() for new in after.values())
    gone = [name for name, phone in phones.items() if phone.connection.closed == Close.REMOVED]
    assert len(gone) == 2
    back = {name: await rig.join(host.room, name, id=name) for name in gone}
    rooms = rooms_of(await seen(host))
    assert all(name in after[rooms.index(phone.room) + 1] for name, phone in back.items())
    again = await host.command("class.group", by="mix", anew=True, id="once")
    assert again.data == {"dealt": 6, "moved": 2}
    assert await _tables(host) == after


async def test_a_table_that_plays_is_left_alone(rig: Rig) -> None:
    """Only tables that have not begun are dealt anew; how people are grouped outlives a restart."""
    host = await open_class(rig, people=6, table=3)
    for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay"):
        await rig.join(host.room, name)
    before = await _tables(host)
    assert (await host.command("host.start", table=1)).ok
    await rig.pass_ms(100)
    done = await host.command("class.group", by="mix", anew=True)
    assert done.data == {"dealt": 3, "moved": 0}
    assert await _tables(host) == before
    await rig.stop()
    await rig.start()
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert (await seen(back)).hand["class"]["grouping"]["by"] == "mix"


async def test_a_question_comes_before_the_seat(rig: Rig) -> None:
    """Whoever is new gets it, and the same frame with an answer goes on; nobody is added before."""
    host = await open_class(rig, people=4, table=2)
    assert (await host.command("class.ask", question=QUESTION, answers=[*ANSWERS], wish=True)).ok
    assert (await host.command("class.group", by="mix")).ok
    asked = await rig.join(host.room, "Ana", id="ana", answer=0)
    assert asked.error().code == "asks_first"
    assert asked.error().asks == DoorQuestion(QUESTION, ANSWERS, wish=True)
    assert (await seen(host)).hand["person"] == {}
    ana = await rig.join(host.room, "Ana", id="ana", answer=2, wish="Bo")
    assert ana.you.kind == "seat"
    told = (await seen(host)).hand["person"]["1"]
    assert (told["mark"], told["wants"]) == ("A little", "Bo")
    again = await rig.join(host.room, "Ana", id="ana", answer=0)  # the phone comes back by itself
    assert again.you.seat == ana.you.seat
    silent = await rig.join(host.room, "Cy", answer=3)
    assert silent.you.kind == "seat"
    program = await rig.join(host.room, "Di")
    assert program.you.kind == "seat"
    people = (await seen(host)).hand["person"].values()
    assert ["mark" in person for person in people] == [True, False, False]


async def test_being_asked_at_the_door_is_no_wrong_guess() -> None:
    """A school has one address: as many people as it has are asked and come in."""
    async with limited(failures_per_address=3) as rig:
        host = await open_class(rig, people=6, table=6)
        assert (await host.command("class.ask", wish=True)).ok
        for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay"):
            asked = await rig.join(host.room, name, id=name, answer=0)
            assert asked.error().code == "asks_first"
            assert (await rig.join(host.room, name, id=name, answer=1)).you.kind == "seat"


@pytest.mark.parametrize("mark", ["", "A little"])
async def test_a_personal_code_opens_its_place_without_a_question(rig: Rig, mark: str) -> None:
    """Whether the list says a group of its person or not."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ana"], marks=[mark])).ok
    assert (await host.command("class.ask", question=QUESTION, answers=[*ANSWERS], wish=True)).ok
    links = (await host.command("class.links")).data
    assert links is not None
    assert (await rig.join(host.room, "", pass_=links["links"]["1"], answer=0)).you.kind == "seat"
    assert (await seen(host)).hand["person"]["1"].get("mark", "") == mark


async def test_whoever_is_erased_stands_in_nobodys_wish(rig: Rig) -> None:
    """The wish of another is theirs, and the name in it is the erased person's."""
    host = await open_class(rig)
    assert (await host.command("class.ask", wish=True)).ok
    await rig.join(host.room, "Ana", answer=1, wish="benjamina")
    await rig.join(host.room, "Benjamina", answer=1)
    assert (await host.command("class.erase_person", person=2)).ok
    assert "wants" not in (await seen(host)).hand["person"]["1"]
    kept = await rig.log.privates(host.room)
    assert b"enjamina" not in b"".join(kept.values())


async def test_who_wants_to_sit_with_somebody_does(rig: Rig) -> None:
    """Either of the two may have said so, and whoever came first keeps the table."""
    host = await open_class(rig, people=4, table=2)
    assert (await host.command("class.ask", wish=True)).ok
    assert (await host.command("class.group", by="wish")).ok
    await rig.join(host.room, "Ana", answer=1, wish="Di")
    await rig.join(host.room, "Bo", answer=1)
    await rig.join(host.room, "Cy", answer=1, wish="bo")
    await rig.join(host.room, "Di", answer=1)
    assert await _tables(host) == {1: {"Ana", "Di"}, 2: {"Bo", "Cy"}}


@pytest.mark.parametrize(
    ("command", "args", "field"),
    [
        ("class.group", {"by": "rank"}, "by"),
        ("class.ask", {"question": "Why?", "answers": ["One"]}, "answers"),
        ("class.ask", {"question": "Why?", "answers": ["Yes", "Yes"]}, "answers"),
        ("class.ask", {"question": "Why?", "answers": ["Yes", " "]}, "answers"),
        ("class.ask", {"question": "Why?", "answers": list("abcdefg")}, "answers"),
        ("class.ask", {"question": "", "answers": ["Yes", "No"]}, "answers"),
        ("class.ask", {"question": "x" * 161, "answers": ["Yes", "No"]}, "question"),
        ("class.people", {"names": ["Ana", "Bo"], "marks": ["A"]}, "marks"),
        ("class.people", {"names": ["Ana"], "marks": [7]}, "marks"),
    ],
)
async def test_what_cannot_be_done_is_said(rig: Rig, command: str, args: dict[str, Any], field: str) -> None:
    """The field is named, and nothing has changed."""
    host = await open_class(rig)
    refused = await host.command(command, **args)
    assert isinstance(refused.error, Problem)
    assert (refused.error.code, refused.error.field) == ("bad_args", field)
    grouping = (await seen(host)).hand["class"]["grouping"]
    assert grouping == {"by": "size", "question": "", "answers": [], "asks_wish": False}


_PEOPLE = st.lists(
    st.tuples(st.sampled_from(["", "A", "B", "C"]), st.sampled_from(["", "p1", "p2", "p9"]), st.integers(1, 4)),
    max_size=24,
)


@anything(_PEOPLE, st.sampled_from(WAYS))
def test_nobody_is_left_out_and_no_table_is_too_full(said: list[tuple[str, str, int]], by: str) -> None:
    """Whatever is said of people: where there are places for all, each has one; by number all tables are alike."""
    people = [
        Person(number, f"p{number}", mark=mark, wants=wants, table=table)
        for number, (mark, wants, table) in enumerate(said, 1)
    ]
    tables = [Table(number, f"r{number}", 6) for number in range(1, 5)]
    to = dealt_anew(by, people, tables)
    counts = Counter(to.values())
    assert set(to) == {person.number for person in people}
    assert all(counts[table.number] <= table.seats for table in tables)
    if by in {"size", "mix"}:
        assert max(counts.values(), default=0) - min((counts[table.number] for table in tables), default=0) <= (
            1 if by == "size" else 3
        )


async def test_after_a_game_all_are_dealt_to_the_tables_of_the_next(rig: Rig) -> None:
    """Tables that are over have no place any more: as many are opened as people need, and phones go there."""
    host = await open_class(rig)
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di")]
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_100)
    assert (await host.command("class.tables", people=6)).data == {"opened": 2}
    assert (await host.command("class.group", by="size", anew=True)).data == {"dealt": 4, "moved": 4}
    again = await rig.join(host.room, "Ana", id="Ana")
    assert again.room not in {one.room for one in people}
    assert again.table["game"]["status"] == "lobby"


async def test_who_has_no_place_when_all_are_dealt_anew_is_told(rig: Rig) -> None:
    """They keep the table that is over, and are dealt like the others once there is another one."""
    host = await open_class(rig)
    for name in ("Ana", "Bo", "Cy", "Di", "Ed"):
        await rig.join(host.room, name, id=name)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    assert (await host.command("class.table", seats=3)).ok
    done = await host.command("class.group", by="size", anew=True)
    assert done.data == {"dealt": 3, "moved": 3, "no_place": 2}
    assert {table: len(people) for table, people in (await _tables(host)).items()} == {3: 3, 1: 1, 2: 1}
    assert (await host.command("class.table", seats=3)).ok
    assert (await host.command("class.group", by="size", anew=True)).data == {"dealt": 5, "moved": 3}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"by": "age"}, "The way of grouping (by) must be one of: size, mix, alike, wish."),
        ({"by": 3}, "The way of grouping (by) must be one of: size, mix, alike, wish."),
        ({}, "The way of grouping (by) is missing."),
    ],
)
async def test_a_way_of_grouping_that_there_is_not_is_refused_with_those_that_there_are(
    rig: Rig, args: dict[str, Any], said: str
) -> None:
    """The refusal names the field, which other commands call otherwise."""
    host = await open_class(rig)
    answer = await host.command("class.group", **args)
    assert answer.error is not None
    assert (answer.error.code, answer.error.field, answer.error.message) == ("bad_args", "by", said)


async def test_nobody_is_dealt_anew_while_somebody_comes_in(rig: Rig) -> None:
    """The refusal says who, and that nothing has changed, which holds of the way too."""
    host = await _listed(rig, "size", dict.fromkeys(("Ana", "Bo", "Cy"), ""))
    assert (await host.command("class.table", seats=3)).ok
    desk = desk_of(rig, host)
    everybody = [person.number for person in desk.book]
    desk._door._entering.update(everybody)
    refused = await host.command("class.group", by="mix", anew=True)
    desk._door._entering.subtract(everybody)
    assert refused.error is not None
    assert refused.error.message.endswith(" is coming in just now. Nothing changed; try again in a moment.")
    assert (await seen(host)).hand["class"]["grouping"]["by"] == "size"
    assert (await host.command("class.group", by="mix", anew=True)).ok
    assert (await seen(host)).hand["class"]["grouping"]["by"] == "mix"

"""A class: its tables, the people who are dealt to them, and the hosts who lead all tables at once."""

import asyncio
from collections import Counter
from typing import Any
from unittest.mock import Mock, create_autospec

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import BY_LINK, Close, ProtocolError
from makersphere_protocol.messages import ClassOptions, Join, Options, Resume
from makersphere_server.lobby.class_port import ClassesPort
from makersphere_server.lobby.lobby import Lobby
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig, code, long_id

_HOUR_MS = 3_600_000


async def test_a_class_opens_with_tables_for_all_who_are_expected(rig: Rig) -> None:
    """Its host sees them at a glance; the code is a room's in form and no room's."""
    host = await open_class(rig, people=7, table=3)
    assert host.you.kind == "host"
    assert host.table["class"]["name"] == "10b"
    assert [table["places"] for table in host.table["tables"].values()] == [3, 3, 3]
    assert host.room not in rooms_of(host)
    assert (host.hand["class"]["hosts"], host.hand["class"]["hosts_here"]) == (1, 1)


async def test_people_are_dealt_to_the_table_with_the_fewest(rig: Rig) -> None:
    """One code for everybody; each goes on in the room of a table, which says whose class it is of."""
    host = await open_class(rig)
    people = [await rig.join(host.room, name) for name in ("Ana", "Bo", "Cy", "Di", "Ed")]
    assert Counter(person.room for person in people) == {rooms_of(host)[0]: 3, rooms_of(host)[1]: 2}
    assert {person.table["room"]["class"] for person in people} == {host.room}
    assert [person.table["room"]["table"] for person in people] == [1, 2, 1, 2, 1]
    await seen(host)
    assert [table["people"] for table in host.table["tables"].values()] == [3, 2]
    assert [person["name"] for person in host.hand["person"].values()] == ["Ana", "Bo", "Cy", "Di", "Ed"]
    assert all(person["here"] for person in host.hand["person"].values())


async def test_roles_are_dealt_in_proportion_as_people_come(rig: Rig) -> None:
    """Each role of a table has somebody after three, and about its share after half have come."""
    host = await rig.create("classroom", options=Options(), class_=ClassOptions(people=12, table=12))
    people = [await rig.join(host.room, name) for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay")]
    roles = [person.you.role for person in people]
    assert Counter(roles[:3]) == {"maker": 1, "investor": 1, "operator": 1}
    assert Counter(roles) == {"maker": 3, "investor": 2, "operator": 1}


async def test_a_watcher_reads_no_name(rig: Rig) -> None:
    """The wall is told the tables; the names are the hosts'."""
    host = await open_class(rig)
    await rig.join(host.room, "Ana")
    wall = await seen(await rig.watch(host.room))
    assert wall.you.kind == "watcher"
    assert wall.table["tables"]["1"]["people"] == 1
    assert b"Ana" not in b"".join(wall.connection.sent)


async def test_who_comes_when_all_tables_are_full_is_told_so(rig: Rig) -> None:
    """A class that has no table yet says when to try again."""
    host = await open_class(rig, people=3)
    for name in ("Ana", "Bo", "Cy"):
        await rig.join(host.room, name)
    late = await rig.join(host.room, "Di")
    assert late.error().code == "room_full"
    assert (await host.command("class.tables", people=5)).ok
    again = await rig.join(host.room, "Di", id="di")
    assert again.room == rooms_of(await seen(host))[1]
    empty = await open_class(rig, people=0)
    early = await rig.join(empty.room, "Ana")
    assert (early.error().code, early.error().retry_after) == ("unavailable", 5)


async def test_the_same_join_comes_back_to_the_same_seat(rig: Rig) -> None:
    """A welcome that was lost leaves no ghost, and the name is nobody else's."""
    host = await open_class(rig)
    first = await rig.join(host.room, "Ana", id="ana")
    again = await rig.join(host.room, "Ana", id="ana")
    other = await rig.join(host.room, "Ana", id="another")
    assert (again.room, again.you.seat) == (first.room, first.you.seat)
    assert (first.connection.closed, first.connection.farewell) == (Close.REPLACED, "replaced")
    assert other.error().code == "name_taken"
    assert len((await seen(host)).hand["person"]) == 1


async def test_a_personal_code_opens_its_seat_on_any_device(rig: Rig) -> None:
    """Also after a restart, and after the phone is lost; a new code closes the old one."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ana", "Bo"])).data == {"added": 2, "people": 2}
    given = (await host.command("class.links")).data
    assert given is not None
    links = given["links"]
    ana = await rig.join(host.room, "whatever", pass_=links["1"])
    seat = (ana.room, ana.you.seat)
    assert ana.table["seat"][str(ana.you.seat)]["name"] == "Ana"
    await rig.stop()
    await rig.start()
    again = await rig.join(host.room, "", pass_=links["1"])
    assert (again.room, again.you.seat) == seat
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert (await back.command("class.new_link", person=1)).ok
    wrong = await rig.join(host.room, "Ana", pass_=links["1"])
    assert wrong.error().code == "unauthorised"


async def test_a_listed_name_is_whoevers_types_it_first_and_nobody_elses_then(rig: Rig) -> None:
    """A forgotten code locks nobody out, and the code still opens the place."""
    host = await open_class(rig)
    await host.command("class.people", names=["Ana"])
    typed = await rig.join(host.room, "ana", id="by name")
    assert typed.table["seat"][str(typed.you.seat)]["name"] == "Ana"
    assert (await rig.join(host.room, "Ana", id="by another")).error().code == "name_taken"
    links = (await host.command("class.links")).data
    assert links is not None
    by_code = await rig.join(host.room, "", pass_=links["links"]["1"])
    assert (by_code.room, by_code.you.seat) == (typed.room, typed.you.seat)


async def test_a_code_takes_its_place_back_from_whoever_typed_the_name(rig: Rig) -> None:
    """They are cut, and come back neither by their own frame nor by the name."""
    host = await open_class(rig)
    await host.command("class.people", names=["Ana"])
    other = await rig.join(host.room, "Ana", id="an impostor")
    links = (await host.command("class.links")).data
    assert links is not None
    ana = await rig.join(host.room, "", pass_=links["links"]["1"])
    assert (ana.room, ana.you.seat) == (other.room, other.you.seat)
    assert (other.connection.closed, other.connection.farewell) == (Close.REPLACED, BY_LINK)
    assert (await rig.join(host.room, "Ana", id="an impostor")).error().code == "name_taken"
    assert ana.connection.closed == 0


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ana", "ana", "  ", "Bo"], {"added": 2, "people": 2, "twins": ["ana"], "bad": ["  "], "left": [1, 2]}),
        ([], "bad_args"),
        (["x" * 201], "bad_args"),
        (["n"] * 201, "bad_args"),
        ("Ana", "bad_args"),
    ],
)
async def test_a_list_of_names_says_what_is_wrong_with_it(rig: Rig, names: Any, said: Any) -> None:  # noqa: ANN401
    """Twins and what cannot be shown are told and not taken; what is no list is refused whole."""
    host = await open_class(rig)
    answer = await host.command("class.people", names=names)
    assert (answer.data if answer.ok else code(answer)) == said


@pytest.mark.parametrize("marks", [[], ["a"], ["a", "b", "c"], "ab", ["a", 2]])
async def test_marks_are_one_for_each_name_or_left_out(rig: Rig, marks: Any) -> None:  # noqa: ANN401
    """Others are refused by the field, with how many there have to be, and nobody is put on the list."""
    host = await open_class(rig)
    answer = await host.command("class.people", names=["Ana", "Bo"], marks=marks)
    assert answer.error is not None
    assert (answer.error.code, answer.error.field) == ("bad_args", "marks")
    assert answer.error.message.startswith("marks must be a list of one text for each name (2)")
    assert (await host.command("class.people", names=["Ana", "Bo"])).data == {"added": 2, "people": 2}


async def test_the_class_deals_role_and_seat(rig: Rig) -> None:
    """Who asks for one of them in the frame has the seat that comes next, and keeps it."""
    host = await rig.create("classroom", options=Options(), class_=ClassOptions(people=12, table=12))
    asked: dict[str, dict[str, Any]] = {
        "Ana": {"role": "operator"},
        "Bo": {"seat": 12},
        "Cy": {"role": "maker", "seat": 1},
    }
    people = [await rig.join(host.room, name, id=name, **more) for name, more in asked.items()]
    assert Counter(person.you.role for person in people) == {"maker": 1, "investor": 1, "operator": 1}
    assert [people[0].you.role, people[1].you.seat == 12] == ["maker", False]
    again = await rig.join(host.room, "Ana", id="Ana", role="operator")
    assert (again.you.role, again.you.seat) == ("maker", people[0].you.seat)


@pytest.mark.parametrize("seed", [-5, True, [1], "x" * 65])
async def test_dice_of_its_own_are_a_whole_number_or_a_word(rig: Rig, seed: Any) -> None:  # noqa: ANN401
    """As where a room is opened; others are refused by the field, and no table is there."""
    host = await open_class(rig)
    answer = await host.command("class.table", seats=3, seed=seed)
    assert answer.error is not None
    assert (answer.error.code, answer.error.field) == ("bad_args", "seed")
    assert "a whole number from 0 or a word of up to 64 characters" in answer.error.message
    for said in (0, 7, "seven"):
        assert (await host.command("class.table", seats=3, seed=said)).ok
    assert len(rooms_of(await seen(host))) == 5


async def test_a_class_survives_a_restart_whole(rig: Rig) -> None:
    """Its tables, people, hosts and answers; the same create frame names it again."""
    host = await open_class(rig, id="open")
    await rig.join(host.room, "Ana", id="ana")
    opened = await host.command("class.tables", id="more", people=9)
    assert opened.data == {"opened": 1}
    await rig.stop()
    await rig.start()
    again = await open_class(rig, id="open")
    assert again.room == host.room
    assert len(again.table["tables"]) == 3
    assert [person["name"] for person in again.hand["person"].values()] == ["Ana"]
    assert (await again.command("class.tables", id="more", people=9)).data == {"opened": 1}
    assert len((await seen(again)).table["tables"]) == 3
    console = Client(rig)
    await console.say(Resume(rooms_of(again)[0], host_token=host.token))
    assert console.error().code == "unauthorised", "the founder's older token opens nothing any more"


async def test_a_class_that_cannot_be_played_is_refused_and_leaves_nothing(rig: Rig) -> None:
    """Which field is at fault is said as for a room."""
    refused = await rig.create("no_such", class_=ClassOptions(people=6, table=3))
    assert refused.error().code == "bad_args"
    assert not [row for row in await rig.log.rooms() if row.is_class]


async def test_a_join_frame_of_a_class_is_not_one_of_a_room(rig: Rig) -> None:
    """A watcher or a joiner of a code that is nobody's is told so, as before."""
    nobody = Client(rig)
    await nobody.say(Join("2222222", "Ana"))
    assert nobody.error().code == "no_such_room"


async def test_a_class_is_kept_as_long_as_it_has_tables() -> None:
    """Age erases its rooms first; a host reads no game of it."""
    rig = await Rig(keep_days=1).start()
    host = await open_class(rig, people=3)
    with pytest.raises(ProtocolError) as refused:
        await rig.lobby.kept_room(host.room, host.token, "192.0.2.1")
    assert refused.value.code == "no_such_room"
    host.leave()
    await rig.pass_ms(10 * 60_000)  # its rooms are put away
    rig.clock.now += 25 * _HOUR_MS
    await rig.pass_ms(12 * 60_000)
    assert [row.room for row in await rig.log.rooms()] == [host.room], "its table went first"
    await rig.pass_ms(40 * 60_000)
    assert not await rig.log.rooms()
    await rig.stop()


async def test_a_store_that_takes_nothing_leaves_a_class_as_it_was(rig: Rig) -> None:
    """Who comes is told to try again; afterwards all is as before."""
    host = await open_class(rig)
    rig.log.fail_next()
    assert code(await host.command("class.people", names=["Ana"])) == "unavailable"
    assert (await host.command("class.people", names=["Ana"])).data == {"added": 1, "people": 1}
    rig.log.fail_next()
    refused = await rig.join(host.room, "Bo", id="bo")
    assert refused.error().code == "unavailable"
    assert (await rig.join(host.room, "Bo", id="bo")).you.kind == "seat"


async def test_the_lobby_tells_its_classes_what_the_store_has(rig: Rig) -> None:
    """A class is remembered when the server starts, and stopped with it."""
    host = await open_class(rig)
    await rig.stop()
    classes = create_autospec(ClassesPort, instance=True)
    lobby = Lobby(rig.log, rig.clock, Mock(), rig.settings)
    lobby.take_classes(classes)
    await lobby.start()
    assert [call.args[0].room for call in classes.remember.call_args_list] == [host.room]
    await lobby.stop()
    classes.finish.assert_awaited_once()
    classes.close.assert_called_once_with(None)


async def test_a_refused_write_leaves_everybody_where_the_class_says(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two come at once, the store refuses one and is slow to be read again: who is refused tries again, both sit."""
    host = await open_class(rig)
    read = rig.log.privates

    async def slowly(room: str) -> dict[str, bytes]:
        found = await read(room)
        for _ in range(5):
            await asyncio.sleep(0)
        return found

    monkeypatch.setattr(rig.log, "privates", slowly)
    rig.log.fail_next()
    both = {name: Client(rig) for name in ("Ana", "Bo")}
    for name, client in both.items():
        client.session.receive(encode(Join(host.room, name, id=long_id(name))))
    await rig.pass_ms(100)
    for name, client in both.items():
        if client.connection.closed:
            both[name] = await rig.join(host.room, name, id=name)
        client.read()
    people = (await seen(host)).hand["person"].values()
    assert {person["name"]: (person.get("seat"), person.get("here")) for person in people} == {
        name: (client.you.seat, True) for name, client in both.items()
    }

"""A class: its tables, the people who are dealt to them, and the hosts who lead all tables at once."""

import asyncio
from collections import Counter
from typing import Any
from unittest.mock import Mock, create_autospec

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import Close, ProtocolError
from makersphere_protocol.messages import ClassOptions, Join, Options, Resume, Watch
from makersphere_server.lobby.class_port import ClassesPort
from makersphere_server.lobby.lobby import Lobby
from tests.server.rig.fakes import Client, Rig, code, long_id

_HOUR_MS = 3_600_000


async def _class(rig: Rig, people: int = 6, table: int = 3, **fields: Any) -> Client:  # noqa: ANN401
    options = fields.pop("options", Options(seats=3))
    laid = ClassOptions(people=people, table=table, name="10b", **fields.pop("laid", {}))
    return await rig.create("counter", options=options, class_=laid, **fields)


async def _seen(client: Client) -> Client:
    await client.rig.pass_ms(1_100)
    client.read()
    return client


def _rooms(host: Client) -> list[str]:
    return [table["room"] for table in host.table["tables"].values()]


async def test_a_class_opens_with_tables_for_all_who_are_expected(rig: Rig) -> None:
    """Its host sees them at a glance; the code is a room's in form and no room's."""
    host = await _class(rig, people=7, table=3)
    assert host.you.kind == "host"
    assert host.table["class"]["name"] == "10b"
    assert [table["places"] for table in host.table["tables"].values()] == [3, 3, 3]
    assert host.room not in _rooms(host)
    assert host.hand["class"] == {"hosts": 1, "hosts_here": 1}


async def test_people_are_dealt_to_the_table_with_the_fewest(rig: Rig) -> None:
    """One code for everybody; each goes on in the room of a table, which says whose class it is of."""
    host = await _class(rig)
    people = [await rig.join(host.room, name) for name in ("Ana", "Bo", "Cy", "Di", "Ed")]
    assert Counter(person.room for person in people) == {_rooms(host)[0]: 3, _rooms(host)[1]: 2}
    assert {person.table["room"]["class"] for person in people} == {host.room}
    await _seen(host)
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
    host = await _class(rig)
    await rig.join(host.room, "Ana")
    wall = await _seen(await rig.watch(host.room))
    assert wall.you.kind == "watcher"
    assert wall.table["tables"]["1"]["people"] == 1
    assert b"Ana" not in b"".join(wall.connection.sent)


async def test_who_comes_when_all_tables_are_full_is_told_so(rig: Rig) -> None:
    """A class that has no table yet says when to try again."""
    host = await _class(rig, people=3)
    for name in ("Ana", "Bo", "Cy"):
        await rig.join(host.room, name)
    late = await rig.join(host.room, "Di")
    assert late.error().code == "room_full"
    assert (await host.command("class.tables", people=5)).ok
    again = await rig.join(host.room, "Di", id="di")
    assert again.room == _rooms(await _seen(host))[1]
    empty = await _class(rig, people=0)
    early = await rig.join(empty.room, "Ana")
    assert (early.error().code, early.error().retry_after) == ("unavailable", 5)


async def test_the_same_join_comes_back_to_the_same_seat(rig: Rig) -> None:
    """A welcome that was lost leaves no ghost, and the name is nobody else's."""
    host = await _class(rig)
    first = await rig.join(host.room, "Ana", id="ana")
    again = await rig.join(host.room, "Ana", id="ana")
    other = await rig.join(host.room, "Ana", id="another")
    assert (again.room, again.you.seat) == (first.room, first.you.seat)
    assert first.connection.closed == Close.REPLACED
    assert other.error().code == "name_taken"
    assert len((await _seen(host)).hand["person"]) == 1


async def test_a_personal_code_opens_its_seat_on_any_device(rig: Rig) -> None:
    """Also after a restart, and after the phone is lost; a new code closes the old one."""
    host = await _class(rig)
    assert (await host.command("class.people", names=["Ana", "Bo"])).data == {"added": 2}
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
    host = await _class(rig)
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
    host = await _class(rig)
    await host.command("class.people", names=["Ana"])
    other = await rig.join(host.room, "Ana", id="an impostor")
    links = (await host.command("class.links")).data
    assert links is not None
    ana = await rig.join(host.room, "", pass_=links["links"]["1"])
    assert (ana.room, ana.you.seat) == (other.room, other.you.seat)
    assert other.connection.closed == Close.REPLACED
    assert (await rig.join(host.room, "Ana", id="an impostor")).error().code == "name_taken"
    assert ana.connection.closed == 0


async def test_only_so_many_look_on_at_a_class() -> None:
    """The next of the same address is turned away; hosts are not counted."""
    rig = await Rig(most_watchers=1).start()
    host = await _class(rig)
    first, second = await rig.watch(host.room), await rig.watch(host.room)
    assert not first.connection.closed
    assert second.error().code == "room_full"
    assert not host.connection.closed
    await rig.stop()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ana", "ana", "  ", "Bo"], {"added": 2, "twins": ["ana"], "bad": ["  "]}),
        ([], "bad_args"),
        (["x" * 201], "bad_args"),
        (["n"] * 201, "bad_args"),
        ("Ana", "bad_args"),
    ],
)
async def test_a_list_of_names_says_what_is_wrong_with_it(rig: Rig, names: Any, said: Any) -> None:  # noqa: ANN401
    """Twins and what cannot be shown are told and not taken; what is no list is refused whole."""
    host = await _class(rig)
    answer = await host.command("class.people", names=names)
    assert (answer.data if answer.ok else code(answer)) == said


async def test_one_command_leads_all_tables(rig: Rig) -> None:
    """Or one alone; the same id again does nothing twice."""
    host = await _class(rig)
    await rig.join(host.room, "Ana")
    await rig.join(host.room, "Bo")
    assert (await host.command("host.start", id="start")).data == {"tables": 2}
    assert (await host.command("host.start", id="start")).data == {"tables": 2}
    await _seen(host)
    assert {table["status"] for table in host.table["tables"].values()} == {"running"}
    assert (await host.command("host.pause", table=2)).ok
    await _seen(host)
    assert [table.get("paused", False) for table in host.table["tables"].values()] == [False, True]
    some = await host.command("host.pause")
    assert some.ok, "table 1 was not paused yet"
    again = await host.command("host.start")
    assert code(again) == "rule"


async def test_a_table_that_cannot_says_why_and_holds_up_no_other(rig: Rig) -> None:
    """What it has refused stands in the answer by its number."""
    host = await _class(rig)
    assert (await host.command("host.start", table=1)).ok
    answer = await host.command("host.start")
    assert answer.ok
    assert answer.data is not None
    assert answer.data["tables"] == 1
    assert set(answer.data["refused"]) == {"1"}
    wrong = await host.command("host.start", table=9)
    assert code(wrong) == "bad_args"


async def test_hosts_of_the_class_host_each_table(rig: Rig) -> None:
    """Also those who are invited later; somebody else does not."""
    host = await _class(rig)
    invited = (await host.command("class.invite")).data
    assert invited is not None
    for token in (host.token, invited["host_token"]):
        console = Client(rig)
        await console.say(Resume(_rooms(host)[0], host_token=token))
        await _seen(console)
        assert console.you.kind == "host"
    second = Client(rig)
    await second.say(Resume(host.room, host_token=invited["host_token"]))
    assert (await second.command("host.start")).ok
    stranger = Client(rig)
    await stranger.say(Resume(host.room, host_token=host.room))
    assert stranger.error().code == "unauthorised"


async def test_somebody_is_moved_to_another_table(rig: Rig) -> None:
    """The phone's own join frame finds the new seat; a full table takes nobody more."""
    host = await _class(rig)
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di", "Ed")]
    await _seen(host)
    full = await host.command("class.move", person=2, to=1)
    assert code(full) == "rule"
    assert (await host.command("class.move", person=1, to=2)).ok
    await rig.pass_ms(100)
    assert people[0].connection.closed == Close.REMOVED
    again = await rig.join(host.room, "Ana", id="Ana")
    assert again.room == _rooms(host)[1]
    await _seen(host)
    assert [table["people"] for table in host.table["tables"].values()] == [2, 3]


async def test_whoever_is_removed_does_not_come_back_by_themselves(rig: Rig) -> None:
    """Their phone sends its frame again and is refused, after a restart too; the teacher can name them anew."""
    host = await _class(rig)
    await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("class.remove", person=1)).ok
    await rig.stop()
    await rig.start()
    again = await rig.join(host.room, "Ana", id="ana")
    assert again.error().code == "unauthorised"
    assert (await rig.join(host.room, "Anna", id="anna")).you.kind == "seat"
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert (await back.command("class.people", names=["Ana"])).ok
    assert (await rig.join(host.room, "Ana", id="ana")).you.kind == "seat"


async def test_the_wall_shows_what_the_hosts_say(rig: Rig) -> None:
    """One table or all; it is remembered."""
    host = await _class(rig)
    wall = Client(rig)
    await wall.say(Watch(host.room))
    assert (await host.command("class.wall", table=2)).ok
    assert (await _seen(wall)).table["class"]["wall"] == 2
    await rig.stop()
    await rig.start()
    assert (await rig.watch(host.room)).table["class"]["wall"] == 2


async def test_a_table_plays_by_rules_of_its_own(rig: Rig) -> None:
    """Another scenario, other choices or other dice; the class's own stay with the others."""
    host = await rig.create(
        "classroom", options=Options(pace="host"), class_=ClassOptions(people=8, table=8, same_dice=True)
    )
    answer = await host.command("class.table", seats=8, choices=["double_tax"])
    assert answer.ok, answer
    assert answer.data is not None
    one, two = Client(rig), Client(rig)
    await one.say(Watch(_rooms(host)[0]))
    await two.say(Watch(answer.data["room"]))
    assert "chosen" not in one.table["room"]
    assert two.table["room"]["chosen"] == [{"name": "double_tax"}]
    rows = {row.room: row for row in await rig.log.rooms()}
    assert rows[one.room].seed == rows[two.room].seed
    wrong = await host.command("class.table", seats=8, choices=["no_such"])
    assert code(wrong) == "bad_args"


async def test_a_class_survives_a_restart_whole(rig: Rig) -> None:
    """Its tables, people, hosts and answers; the same create frame names it again."""
    host = await _class(rig, id="open")
    await rig.join(host.room, "Ana", id="ana")
    opened = await host.command("class.tables", id="more", people=9)
    assert opened.data == {"opened": 1}
    await rig.stop()
    await rig.start()
    again = await _class(rig, id="open")
    assert again.room == host.room
    assert len(again.table["tables"]) == 3
    assert [person["name"] for person in again.hand["person"].values()] == ["Ana"]
    assert (await again.command("class.tables", id="more", people=9)).data == {"opened": 1}
    assert len((await _seen(again)).table["tables"]) == 3
    console = Client(rig)
    await console.say(Resume(_rooms(again)[0], host_token=host.token))
    assert console.error().code == "unauthorised", "the founder's older token opens nothing any more"


async def test_nobody_but_a_host_commands_a_class(rig: Rig) -> None:
    """A watcher is refused, a seat's person has no class commands in their room."""
    host = await _class(rig)
    wall = await rig.watch(host.room)
    assert code(await wall.command("class.tables", people=9)) == "not_your_role"
    ana = await rig.join(host.room, "Ana")
    assert code(await ana.command("class.wall", table=0)) == "not_your_role"
    unknown = await host.command("class.nothing")
    assert code(unknown) == "unknown_command"


@pytest.mark.parametrize(("key", "opens"), [("classes", True), ("rooms", False), ("", False)])
async def test_a_server_may_want_a_key_for_classes(key: str, opens: bool) -> None:  # noqa: FBT001
    """The room key opens no class then."""
    rig = await Rig(host_key="rooms", class_key="classes").start()
    host = await _class(rig, key=key)
    assert (not host.connection.closed) == opens
    if not opens:
        assert host.error().code == "unauthorised"
    await rig.stop()


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
    host = await _class(rig, people=3)
    with pytest.raises(ProtocolError) as refused:
        await rig.lobby.kept_room(host.room, host.token, "192.0.2.1")
    assert refused.value.code == "no_such_room"
    host.leave()
    await rig.pass_ms(10 * 60_000)  # its rooms are put away
    rig.clock.now += 25 * _HOUR_MS
    await rig.pass_ms(_HOUR_MS + 60_000)
    assert [row.room for row in await rig.log.rooms()] == [host.room], "its table went first"
    await rig.pass_ms(3 * _HOUR_MS)
    assert not await rig.log.rooms()
    await rig.stop()


async def test_a_store_that_takes_nothing_leaves_a_class_as_it_was(rig: Rig) -> None:
    """Who comes is told to try again; afterwards all is as before."""
    host = await _class(rig)
    rig.log.fail_next()
    assert code(await host.command("class.people", names=["Ana"])) == "unavailable"
    assert (await host.command("class.people", names=["Ana"])).data == {"added": 1}
    rig.log.fail_next()
    refused = await rig.join(host.room, "Bo", id="bo")
    assert refused.error().code == "unavailable"
    assert (await rig.join(host.room, "Bo", id="bo")).you.kind == "seat"


async def test_the_lobby_tells_its_classes_what_the_store_has(rig: Rig) -> None:
    """A class is remembered when the server starts, and stopped with it."""
    host = await _class(rig)
    await rig.stop()
    classes = create_autospec(ClassesPort, instance=True)
    lobby = Lobby(rig.log, rig.clock, Mock(), rig.settings)
    lobby.take_classes(classes)
    await lobby.start()
    assert [call.args[0].room for call in classes.remember.call_args_list] == [host.room]
    await lobby.stop()
    classes.stop.assert_awaited_once()


async def test_a_refused_write_leaves_everybody_where_the_class_says(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two come at once, the store refuses one and is slow to be read again: who is refused tries again, both sit."""
    host = await _class(rig)
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
    people = (await _seen(host)).hand["person"].values()
    assert {person["name"]: (person.get("seat"), person.get("here")) for person in people} == {
        name: (client.you.seat, True) for name, client in both.items()
    }

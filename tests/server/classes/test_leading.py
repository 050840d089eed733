"""What the hosts of a class do with all its tables, or with one, and who else may not."""

import asyncio

import pytest

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import ClassOptions, Options, Resume, Watch
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig, code

_HOUR_MS = 3_600_000


async def test_only_so_many_look_on_at_a_class() -> None:
    """The next of the same address is turned away; hosts are not counted."""
    rig = await Rig(most_watchers=1).start()
    host = await open_class(rig)
    first, second = await rig.watch(host.room), await rig.watch(host.room)
    assert not first.connection.closed
    assert second.error().code == "room_full"
    assert not host.connection.closed
    await rig.stop()


async def test_one_command_leads_all_tables(rig: Rig) -> None:
    """Or one alone; the same id again does nothing twice."""
    host = await open_class(rig)
    await rig.join(host.room, "Ana")
    await rig.join(host.room, "Bo")
    assert (await host.command("host.start", id="start")).data == {"tables": 2}
    assert (await host.command("host.start", id="start")).data == {"tables": 2}
    await seen(host)
    assert {table["status"] for table in host.table["tables"].values()} == {"running"}
    assert (await host.command("host.pause", table=2)).ok
    await seen(host)
    assert [table.get("paused", False) for table in host.table["tables"].values()] == [False, True]
    some = await host.command("host.pause")
    assert some.ok, "table 1 was not paused yet"
    again = await host.command("host.start")
    assert code(again) == "rule"


async def test_a_recap_that_ends_the_game_is_known_by_its_table(rig: Rig) -> None:
    """By a host's word: what closes it is the end, so that a console offers that in the place of the next phase."""
    laid = ClassOptions(people=4, table=2)
    host = await rig.create("two", options=Options(), class_=laid)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.last_season", last=True, table=2)).ok
    assert (await host.command("host.advance")).ok
    await seen(host)
    assert [table.get("ends", False) for table in host.table["tables"].values()] == [False, True]
    assert code(await host.command("host.advance", table=2)) == "rule"
    assert (await host.command("host.end", table=2)).ok
    assert (await seen(host)).table["tables"]["2"]["status"] == "over"


async def test_an_assistant_closes_the_recap_that_a_lead_has_made_the_last(rig: Rig) -> None:
    """By the class's page or a table's console; a visitor does not, and before that recap nobody but a lead ends."""
    host = await rig.create("two", options=Options(pace="host"), class_=ClassOptions(people=4, table=2))
    tokens = [
        ((await host.command("class.invite", rank=rank)).data or {})["host_token"] for rank in ("assistant", "visitor")
    ]
    assistant, visitor, at_a_table = (Client(rig) for _ in range(3))
    for client, token in ((assistant, tokens[0]), (visitor, tokens[1])):
        await client.say(Resume(host.room, host_token=token))
    await at_a_table.say(Resume(rooms_of(host)[0], host_token=tokens[0]))
    assert (await host.command("host.start")).ok
    assert (await host.command("host.last_season", last=True)).ok
    assert code(await assistant.command("host.end", table=2)) == "not_your_role"
    assert (await host.command("host.advance")).ok
    await seen(at_a_table)
    assert "host.end" in at_a_table.hand["chair"]["2"]["may"]
    assert code(await visitor.command("host.end")) == "not_your_role"
    assert (await assistant.command("host.end", table=2)).ok
    assert (await at_a_table.command("host.end")).ok
    assert [table["status"] for table in (await seen(host)).table["tables"].values()] == ["over", "over"]


async def test_a_season_that_was_made_the_last_is_known_by_its_table_until_that_is_taken_back(rig: Rig) -> None:
    """So that the console of a class says so, and offers to go on after it."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=4, table=2))

    async def last() -> list[bool]:
        await seen(host)
        return [table.get("last_season", False) for table in host.table["tables"].values()]

    assert await last() == [False, False], "not begun"
    assert (await host.command("host.start")).ok
    assert (await host.command("host.last_season", last=True, table=2)).ok
    assert await last() == [False, True]
    assert (await host.command("host.last_season", last=False, table=2)).ok
    assert await last() == [False, False]


async def test_a_table_that_cannot_says_why_and_holds_up_no_other(rig: Rig) -> None:
    """What it has refused stands in the answer by its number."""
    host = await open_class(rig)
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
    host = await open_class(rig)
    invited = (await host.command("class.invite")).data
    assert invited is not None
    for token in (host.token, invited["host_token"]):
        console = Client(rig)
        await console.say(Resume(rooms_of(host)[0], host_token=token))
        await seen(console)
        assert console.you.kind == "host"
    second = Client(rig)
    await second.say(Resume(host.room, host_token=invited["host_token"]))
    assert (await second.command("host.start")).ok
    stranger = Client(rig)
    await stranger.say(Resume(host.room, host_token=host.room))
    assert stranger.error().code == "unauthorised"


async def test_somebody_is_moved_to_another_table(rig: Rig) -> None:
    """The phone's own join frame finds the new seat; a full table takes nobody more."""
    host = await open_class(rig)
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di", "Ed")]
    await seen(host)
    full = await host.command("class.move", person=2, to=1)
    assert code(full) == "rule"
    assert (await host.command("class.move", person=1, to=2)).ok
    await rig.pass_ms(100)
    assert people[0].connection.closed == Close.REMOVED
    again = await rig.join(host.room, "Ana", id="Ana")
    assert again.room == rooms_of(host)[1]
    await seen(host)
    assert [table["people"] for table in host.table["tables"].values()] == [2, 3]


async def test_nobody_is_moved_to_a_table_whose_game_is_over(rig: Rig) -> None:
    """They stay where they sit, and the table that is over gets no seat that nobody plays."""
    host = await open_class(rig)
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di")]
    for order in ("start", "end"):
        assert (await host.command(f"host.{order}", table=1)).ok
    refused = await host.command("class.move", person=2, to=1)
    assert code(refused) == "rule"
    assert refused.error is not None
    assert "its game is over" in refused.error.message
    await rig.pass_ms(100)
    assert not people[1].connection.closed
    await seen(host)
    assert [table["people"] for table in host.table["tables"].values()] == [2, 2]


async def test_somebody_of_the_list_is_moved_before_they_come(rig: Rig) -> None:
    """By their name they sit down at that table, and nobody else by it afterwards."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ana"])).ok
    assert (await host.command("class.move", person=1, to=2)).ok
    ana = await rig.join(host.room, "Ana", id="ana")
    assert ana.room == rooms_of(host)[1]
    assert (await rig.join(host.room, "Ana", id="other")).error().code == "name_taken"
    assert (await host.command("class.new_link", person=1)).ok
    assert (await rig.join(host.room, "Ana", id="third")).error().code == "name_taken"


@pytest.mark.parametrize("by_link", [False, True])
async def test_a_new_link_leaves_the_phone_that_is_in(rig: Rig, *, by_link: bool) -> None:
    """Through moves and a restart, until somebody comes by the new one; the old one opens nothing on another phone."""
    host = await open_class(rig)
    await host.command("class.people", names=["Ana"])
    old = ((await host.command("class.links")).data or {})["links"]["1"]
    shown, token = {"name": "", "pass_": old} if by_link else {"name": "Ana"}, host.token
    back = await rig.join(host.room, **shown, id="her phone")
    assert (await host.command("class.new_link", person=1)).ok
    for to in (2, 1):
        assert (await host.command("class.move", person=1, to=to)).ok
        back = await rig.join(host.room, **shown, id="her phone")
        assert back.room == rooms_of(host)[to - 1]
        assert (await rig.join(host.room, "", pass_=old, id="another")).error().code == "unauthorised"
        assert (await rig.join(host.room, "", pass_=old)).error().code == "unauthorised"
        await rig.stop()
        await rig.start()
        host = Client(rig)
        await host.say(Resume(back.table["room"]["class"], host_token=token))
    new = ((await host.command("class.links")).data or {})["links"]["1"]
    assert (await rig.join(host.room, "", pass_=new, id="a new phone")).you.seat == back.you.seat
    refused = await rig.join(host.room, **shown, id="her phone")
    assert refused.error().code == ("unauthorised" if by_link else "name_taken")


async def test_two_phones_with_one_link_at_once_share_no_seat_and_neither_is_told_that_it_is_wrong(rig: Rig) -> None:
    """The one whose seat the other has a moment later comes again by itself, and then the other is told by what."""
    host = await open_class(rig)
    await host.command("class.people", names=["Ana"])
    link = ((await host.command("class.links")).data or {})["links"]["1"]
    one, other = await asyncio.gather(
        rig.join(host.room, "", pass_=link, id="one"), rig.join(host.room, "", pass_=link, id="other")
    )
    assert other.you.seat == 1
    assert (one.error().code, one.error().retry_after) == ("unavailable", 1)
    assert (await rig.join(host.room, "", pass_=link, id="one")).you.seat == 1
    assert other.connection.closed


async def test_who_came_by_an_older_link_is_told_of_the_removal(rig: Rig) -> None:
    """Their phone was in when the link was replaced: what it shows opens nothing any more, and it hears why."""
    host = await open_class(rig)
    await host.command("class.people", names=["Ana"])
    old = ((await host.command("class.links")).data or {})["links"]["1"]
    assert (await rig.join(host.room, "", pass_=old, id="her phone")).you.seat
    assert (await host.command("class.new_link", person=1)).ok
    assert (await host.command("class.remove", person=1)).ok
    error = (await rig.join(host.room, "", pass_=old, id="her phone")).error()
    assert "taken you out of this class" in error.message
    assert "opens no place" in (await rig.join(host.room, "", pass_=old, id="another")).error().message


async def test_who_comes_late_has_the_seat_that_somebody_has_left(rig: Rig) -> None:
    """At once, in the role that it has, after a restart too; no seat is added that would wait a season beside it."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay")]
    assert (await host.command("host.start")).ok
    await seen(host)
    for number, name in ((2, "Gus"), (5, "Hal")):
        left = people[number - 1]
        assert (await host.command("class.remove", person=number)).ok
        await rig.pass_ms(1_000)
        late = await rig.join(host.room, name, id=name)
        assert (late.room, late.you.seat, late.you.role) == (left.room, left.you.seat, left.you.role)
        assert len(late.table["seat"]) == 6
        assert late.table["seat"][str(late.you.seat)]["by"] == "person"
        await rig.stop()
        await rig.start()
        people = [await rig.join(host.room, each, id=each) for each in ("Ana", "Gus", "Cy", "Di", "Ed", "Fay")]
        token, host = host.token, Client(rig)
        await host.say(Resume(people[0].table["room"]["class"], host_token=token))


async def test_who_finds_all_tables_full_is_let_in_once_there_is_a_place(rig: Rig) -> None:
    """They are told when to send the same frame again, and it finds the place."""
    host = await open_class(rig, people=3)
    for name in ("Ana", "Bo", "Cy"):
        await rig.join(host.room, name, id=name)
    late = await rig.join(host.room, "Di", id="di")
    assert (late.error().code, late.error().retry_after) == ("room_full", 10)
    assert (await host.command("class.remove", person=1)).ok
    assert (await rig.join(host.room, "Di", id="di")).you.seat


async def test_a_host_sees_how_many_wait_for_a_table(rig: Rig) -> None:
    """Each phone once, however often it knocks; who is let in, or comes no more, is counted no more."""
    host = await open_class(rig, people=0)
    assert (await host.command("class.people", names=["Ana"])).ok
    for name in ("Ana", "Bo", "Cy"):
        assert (await rig.join(host.room, name, id=name)).error().retry_after == 5
    assert (await seen(host)).hand["class"]["waiting"] == 3
    await rig.pass_ms(5_000)
    for name in ("Ana", "Bo"):
        assert (await rig.join(host.room, name, id=name)).error().retry_after == 5
    assert (await seen(host)).hand["class"]["waiting"] == 3
    await rig.pass_ms(5_000)
    assert (await seen(host)).hand["class"]["waiting"] == 2, "Cy has gone"
    assert (await host.command("class.tables", people=1)).ok
    assert (await rig.join(host.room, "Bo", id="Bo")).you.seat
    assert (await seen(host)).hand["class"]["waiting"] == 1
    await rig.pass_ms(10_000)
    assert "waiting" not in (await seen(host)).hand["class"]


async def test_who_comes_when_all_tables_are_over_is_told_so(rig: Rig) -> None:
    """Not that all are full; the same frame finds the table that is opened for the next game, after a restart too."""
    host = await open_class(rig, people=6)
    await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end", table=1)).ok
    assert (await rig.join(host.room, "Bo", id="bo")).you.seat
    assert (await host.command("host.end", table=2)).ok
    late = await rig.join(host.room, "Di", id="di")
    assert (late.error().code, late.error().retry_after) == ("over", 30)
    assert "All tables of this class have ended." in late.error().message
    await rig.stop()
    await rig.start()
    assert (await rig.join(host.room, "Di", id="di")).error().code == "over"
    back = Client(rig)
    await back.say(Resume(host.room, host_token=host.token))
    assert (await back.command("class.tables", people=3)).ok
    assert (await rig.join(host.room, "Di", id="di")).you.seat


async def test_whoever_is_removed_does_not_come_back_by_themselves(rig: Rig) -> None:
    """Their phone sends its frame again and is refused, after a restart too; the teacher can name them anew."""
    host = await open_class(rig)
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
    host = await open_class(rig)
    wall = Client(rig)
    await wall.say(Watch(host.room))
    assert (await host.command("class.wall", table=2)).ok
    assert (await seen(wall)).table["class"]["wall"] == 2
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
    await one.say(Watch(rooms_of(host)[0]))
    await two.say(Watch(answer.data["room"]))
    assert "chosen" not in one.table["room"]
    assert two.table["room"]["chosen"] == [{"name": "double_tax"}]
    rows = {row.room: row for row in await rig.log.rooms()}
    assert rows[one.room].seed == rows[two.room].seed
    for unknown in (["no_such"], "no_such", True):
        wrong = await host.command("class.table", seats=8, choices=unknown)
        assert (code(wrong), wrong.error and wrong.error.field) == ("bad_args", "choices"), unknown
    assert len(rooms_of(await seen(host))) == 2


async def test_nobody_but_a_host_commands_a_class(rig: Rig) -> None:
    """A watcher is refused, a seat's person has no class commands in their room."""
    host = await open_class(rig)
    wall = await rig.watch(host.room)
    assert code(await wall.command("class.tables", people=9)) == "not_your_role"
    ana = await rig.join(host.room, "Ana")
    assert code(await ana.command("class.wall", table=0)) == "not_your_role"
    unknown = await host.command("class.nothing")
    assert code(unknown) == "unknown_command"


@pytest.mark.parametrize(("key", "why"), [("classes", ""), ("rooms", "not the key"), ("", "without its key")])
async def test_a_server_may_want_a_key_for_classes(key: str, why: str) -> None:
    """The room key opens no class then, and who is refused reads that it is the key."""
    rig = await Rig(host_key="rooms", class_key="classes").start()
    host = await open_class(rig, key=key)
    assert bool(host.connection.closed) == bool(why)
    if why:
        assert host.error().code == "unauthorised"
        assert why in host.error().message
    await rig.stop()


async def test_no_table_leads_its_people_out_of_the_class(rig: Rig) -> None:
    """The next game is the class's to open: a room that a table's console names is none of its tables."""
    host = await open_class(rig)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    await rig.pass_ms(50)
    table.read()
    answer = await table.command("host.next", room="K7QF234")
    assert code(answer) == "rule"
    assert answer.error is not None
    assert f"a table of class {host.room}" in answer.error.message
    await seen(table)
    assert "next" not in table.table["room"]


async def test_the_ranking_of_all_tables_is_shown_by_one_order(rig: Rig) -> None:
    """A table that is over says how far its walls have revealed who stands where; one that plays says nothing."""
    host = await open_class(rig)
    assert (await host.command("host.start")).ok

    async def shown() -> list[object]:
        await seen(host)
        return [table.get("show") for table in host.table["tables"].values()]

    assert await shown() == [None, None]
    assert (await host.command("host.advance")).ok  # which ends it; a host leads, and the ranking is theirs to reveal
    assert await shown() == [{"scene": "phase", "step": 0, "opened": 0}] * 2
    assert (await host.command("host.show", scene="ranking", step=3, curtain=False)).data == {"tables": 2}
    assert await shown() == [{"scene": "ranking", "step": 3, "opened": 3}] * 2

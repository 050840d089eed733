"""A class under attack and bad luck: who is taken away, what is acknowledged, what is stored, who gets in where."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import Close
from makersphere_protocol.messages import ClassOptions, Command, Create, Join, Options, Resume
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.classes import desk_of, open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig, code, long_id

_HOUR_MS = 3_600_000


async def _console(rig: Rig, room: str, token: str) -> Client:
    console = Client(rig)
    await console.say(Resume(room, host_token=token))
    await rig.pass_ms(50)
    console.read()
    return console


async def _links(host: Client) -> dict[str, str]:
    answer = await host.command("class.links")
    assert answer.data is not None
    found: dict[str, str] = answer.data["links"]
    return found


async def test_who_is_removed_is_the_person_and_not_whoever_sits_in_their_seat_now(rig: Rig) -> None:
    """A table's host has freed the seat, and somebody else has it."""
    host = await open_class(rig, people=3)
    ana = await rig.join(host.room, "Ana", id="ana")
    console = await _console(rig, ana.room, host.token)
    assert (await console.command("host.remove", seat=ana.you.seat)).ok
    bo = await rig.join(host.room, "Bo", id="bo")
    assert bo.you.seat == ana.you.seat
    assert (await host.command("class.remove", person=1)).ok
    await rig.pass_ms(100)
    assert not bo.connection.closed


async def test_a_command_whose_change_was_thrown_away_is_not_acknowledged(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write before it is refused while it waits; sent again, it counts."""
    host = await open_class(rig)
    put, going = rig.log.put_private, asyncio.Event()

    async def held(room: str, values: Any) -> None:  # noqa: ANN401
        if room == host.room and not going.is_set():
            await going.wait()
            raise StoreUnavailable
        await put(room, values)

    monkeypatch.setattr(rig.log, "put_private", held)
    ana = Client(rig)
    ana.session.receive(encode(Join(host.room, "Ana", id=long_id("ana"))))
    await rig.pass_ms(10)
    host.session.receive(encode(Command("names", "class.people", {"names": ["Bo"]})))
    await rig.pass_ms(10)
    going.set()
    await rig.pass_ms(100)
    host.read()
    assert [code(result) for result in host.results()] == ["unavailable"]
    assert (await host.command("class.people", id="names", names=["Bo"])).data == {"added": 1, "people": 1}
    assert [person["name"] for person in (await seen(host)).hand["person"].values()] == ["Bo"]


async def test_nobody_is_moved_while_a_table_lets_them_in(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is refused and may come again; then it counts."""
    host = await open_class(rig)
    append, going = rig.log.append, asyncio.Event()

    async def held(room: str, *args: Any, **kept: Any) -> str:  # noqa: ANN401
        if room != host.room:
            await going.wait()
        return await append(room, *args, **kept)

    monkeypatch.setattr(rig.log, "append", held)
    ana = Client(rig)
    ana.session.receive(encode(Join(host.room, "Ana", id=long_id("ana"))))
    await rig.pass_ms(20)
    assert code(await host.command("class.move", person=1, to=2)) == "unavailable"
    going.set()
    await rig.pass_ms(100)
    assert (await host.command("class.move", person=1, to=2)).ok
    again = await rig.join(host.room, "Ana", id="ana")
    assert again.room == rooms_of(host)[1]


async def test_no_name_stands_in_the_log_of_a_class(rig: Rig) -> None:
    """Twins and what cannot be shown are told once and kept nowhere."""
    host = await open_class(rig)
    answer = await host.command("class.people", id="names", names=["Ottoline", "Ottoline", "\u202e"])
    assert answer.data == {"added": 1, "people": 1, "twins": ["Ottoline"], "bad": ["\u202e"], "left": [1, 2]}
    assert (await host.command("class.people", id="names", names=["Ottoline", "Ottoline", "\u202e"])).data == {
        "added": 1,
        "people": 1,
        "left": [1, 2],
    }
    for record in await rig.log.read(host.room):
        assert b"Ottoline" not in record.command + record.answer


async def test_a_table_that_is_over_tells_no_dice_of_those_that_play(rig: Rig) -> None:
    """The same dice fall at the others."""
    host = await open_class(rig, laid={"same_dice": True})
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end", table=1)).ok
    wall = await seen(await rig.watch(rooms_of(host)[0]))
    assert wall.table["game"]["status"] == "over"
    assert "dice" not in wall.table


async def test_a_replaced_host_opens_no_table_that_could_not_be_told(rig: Rig) -> None:
    """The table's store has refused it, or the table was not in memory: it is told when it is opened."""
    host = await open_class(rig, people=3, id="open")
    old, room = host.token, rooms_of(host)[0]
    await rig.join(host.room, "Ana")

    async def refuse(written: str) -> None:
        if written == room:
            raise StoreUnavailable

    rig.log.before_commit = refuse
    new = await open_class(rig, people=3, id="open")
    await rig.pass_ms(2_000)
    rig.log.before_commit = None
    await rig.pass_ms(2_000)
    assert (await _console(rig, room, old)).error().code == "unauthorised"
    assert (await _console(rig, room, new.token)).you.kind == "host"


async def test_a_table_that_breaks_answers_and_holds_up_no_class(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in its hands is refused; the class goes on, and the server stops."""
    host = await open_class(rig)
    await rig.join(host.room, "Ana")
    await rig.join(host.room, "Bo")

    def broken(*_: object) -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr(rig.room(rooms_of(host)[0])._handling, "_decide", broken)
    answer = await host.command("host.start")
    assert answer.ok
    assert answer.data is not None
    assert set(answer.data["refused"]) == {"1"}
    assert (await host.command("class.remove", person=1)).ok
    await asyncio.wait_for(rig.stop(), 5)
    await rig.start()


async def test_who_is_refused_after_all_is_not_counted_as_here(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store refuses the class's second write of a join: the phone comes again, and is there once."""
    host = await open_class(rig)
    put, writes = rig.log.put_private, [0]

    async def second_fails(room: str, values: Any) -> None:  # noqa: ANN401
        writes[0] += room == host.room
        if writes[0] == 2:
            raise StoreUnavailable
        await put(room, values)

    monkeypatch.setattr(rig.log, "put_private", second_fails)
    refused = await rig.join(host.room, "Ana", id="ana")
    assert refused.error().code == "unavailable"
    monkeypatch.undo()
    assert (await seen(host)).table["tables"]["1"]["here"] == 0
    again = await rig.join(host.room, "Ana", id="ana")
    await seen(host)
    assert (again.room, host.table["tables"]["1"]["here"]) == (rooms_of(host)[0], 1)


async def test_a_broken_table_keeps_nobody_from_the_others(rig: Rig) -> None:
    """Newcomers go where they can play."""
    host = await open_class(rig)
    await rig.log.set_state(rooms_of(host)[0], "quarantined", "a test")
    await rig.stop()
    await rig.start()
    people = [await rig.join(host.room, name) for name in ("Ana", "Bo", "Cy")]
    assert {person.room for person in people} == {rooms_of(host)[1]}


async def test_people_of_a_table_that_is_over_go_on_elsewhere_or_leave(rig: Rig) -> None:
    """The phone of whoever is moved is let go, and its own frame finds the new table."""
    host = await open_class(rig)
    ana = await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("host.start", table=1)).ok
    assert (await host.command("host.end", table=1)).ok
    assert (await host.command("class.move", person=1, to=2)).ok
    await rig.pass_ms(100)
    assert ana.connection.closed == Close.REMOVED
    assert (await rig.join(host.room, "Ana", id="ana")).room == rooms_of(host)[1]
    assert (await host.command("class.remove", person=1)).ok


async def test_who_is_moved_back_in_play_has_the_seat_of_before(rig: Rig) -> None:
    """Nobody has to let them in: the class has taken them away, and sends them back."""
    host = await open_class(rig)
    ana = back = await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("host.start")).ok
    for table in (2, 1):
        assert (await host.command("class.move", person=1, to=table)).ok
        await rig.pass_ms(100)
        back = await rig.join(host.room, "Ana", id="ana")
    assert (back.room, back.you.seat) == (ana.room, ana.you.seat)


async def test_what_could_not_be_read_again_is_read_before_anything_else(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that were refused are neither twins nor on the list, and can be sent again."""
    host = await open_class(rig)
    monkeypatch.setattr(rig.log, "privates", _unavailable)
    rig.log.fail_next()
    assert code(await host.command("class.people", names=["Ana"])) == "unavailable"
    monkeypatch.undo()
    answers = [await host.command("class.people", names=["Ana"]) for _ in range(2)]
    assert next(answer.data for answer in answers if answer.ok) == {"added": 1, "people": 1}
    assert any(b"Ana" in value for value in (await rig.log.privates(host.room)).values())


async def _unavailable(*_: object) -> None:
    raise StoreUnavailable


async def test_an_order_to_a_table_that_could_not_be_stored_is_answered(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The class is read again without that table before it passes the order on: the others carry it out."""
    host = await open_class(rig, people=3)
    append = rig.log.append

    async def refusing(room: str, *args: Any, **more: Any) -> str:  # noqa: ANN401  (passed on)
        if room == host.room:
            raise StoreUnavailable
        return await append(room, *args, **more)

    monkeypatch.setattr(rig.log, "append", refusing)
    monkeypatch.setattr(rig.log, "privates", _unavailable)
    assert code(await host.command("class.table", seats=3)) == "unavailable"
    monkeypatch.undo()
    answer = (await host.command("host.start")).data or {}
    assert (answer["tables"], answer["refused"]["2"]["code"]) == (1, "unavailable")


async def test_what_fails_beside_other_things_is_logged_and_answered(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sender waits for no answer that never comes, and the class goes on."""
    host = await open_class(rig, people=3)
    desk = desk_of(rig, host)
    monkeypatch.setattr(desk, "game_of_now", _broken)
    with capture_logs() as lines:
        assert code(await host.command("host.start")) == "unavailable"
    (line,) = [line for line in lines if line["log_level"] == "error"]
    assert (line["event"], line["command"]) == ("class_command_failed", "host.start")
    monkeypatch.undo()
    assert (await host.command("host.start")).ok


async def _broken() -> int:
    raise KeyError


async def test_a_rejoin_code_of_before_opens_no_place_that_a_personal_code_has_taken_back(rig: Rig) -> None:
    """Whoever had typed the name has asked for one."""
    host = await open_class(rig)
    await host.command("class.people", names=["Ana"])
    other = await rig.join(host.room, "Ana", id="an impostor")
    given = await other.command("rejoin_code")
    assert given.data is not None
    ana = await rig.join(host.room, "", pass_=(await _links(host))["1"])
    assert ana.you.kind == "seat"
    back = Client(rig)
    await back.say(Resume(ana.room, code=given.data["code"]))
    assert back.error().code == "unauthorised"
    assert not ana.connection.closed


async def test_a_table_takes_nobody_who_does_not_come_by_the_class(rig: Rig) -> None:
    """Its code is on the wall; whoever joins by it is told the class's."""
    host = await open_class(rig)
    stranger = await rig.join(rooms_of(host)[0], "Ana")
    assert stranger.error().code == "joining_closed"
    assert host.room in stranger.error().message


async def test_a_listed_name_may_have_a_hosts_word_in_it(rig: Rig) -> None:
    """Nobody who types one gets in by it."""
    host = await open_class(rig)
    await host.command("class.people", names=["Mark Host"])
    listed = await rig.join(host.room, "", pass_=(await _links(host))["1"])
    assert listed.table["seat"][str(listed.you.seat)]["name"] == "Mark Host"
    assert (await rig.join(host.room, "Ann Host")).error().code == "bad_name"


async def test_an_erased_class_is_opened_anew_by_its_create_frame() -> None:
    """It is another class."""
    rig = await Rig(keep_days=1).start()
    host = await open_class(rig, people=0, id="open")
    host.leave()
    rig.clock.now += 25 * _HOUR_MS
    await rig.pass_ms(3 * _HOUR_MS)
    assert not await rig.log.rooms()
    again = await open_class(rig, people=0, id="open")
    assert again.room != host.room
    await rig.stop()


async def test_a_class_that_has_no_space_leaves_nothing() -> None:
    """It is refused before any of its tables is founded."""
    rig = await Rig(most_kept_rooms=3).start()
    refused = Client(rig)
    await refused.say(Create("counter", Options(), class_=ClassOptions(people=30, table=3)))
    assert refused.error().code == "unavailable"
    assert not await rig.log.rooms()
    await rig.stop()


async def test_a_fork_of_a_table_is_none_of_the_class(rig: Rig) -> None:
    """What-if sends nobody to the class's other tables."""
    host = await rig.create("two", options=Options(seats=3, pace="host"), class_=ClassOptions(people=3, table=3))
    console = await _console(rig, rooms_of(host)[0], host.token)
    assert (await console.command("host.start")).ok
    assert (await console.command("host.advance")).ok
    forked = await console.command("host.fork", season=1, phase="first")
    assert forked.data is not None, forked
    fork = await rig.watch(forked.data["room"])
    assert not {"class", "table"} & set(fork.table["room"])


async def test_who_is_cut_before_a_table_lets_them_in_leaves_no_name(rig: Rig) -> None:
    """The same name is free again."""
    host = await open_class(rig)
    gone = Client(rig)
    gone.session.receive(encode(Join(host.room, "Ana", id=long_id("gone"))))
    gone.leave()
    await rig.pass_ms(200)
    assert (await rig.join(host.room, "Ana", id="ana")).you.kind == "seat"


async def test_a_right_personal_code_is_no_guess() -> None:
    """A school behind one address comes by more codes than it may guess wrongly."""
    rig = await Rig(failures_per_address=2).start()
    host = await open_class(rig)
    await host.command("class.people", names=["Ana", "Bo", "Cy", "Di"])
    for link in (await _links(host)).values():
        assert (await rig.join(host.room, "", pass_=link)).you.kind == "seat"
    await rig.stop()


async def test_the_same_frame_twice_at_once_is_one_person_of_the_class(rig: Rig) -> None:
    """A reload or a second click: the older connection gives way, and the person stays on the list."""
    host = await open_class(rig)
    one, two = Client(rig), Client(rig)
    for client in (one, two):
        client.session.receive(encode(Join(host.room, "Ann", id=long_id("ann"))))
    await rig.pass_ms(200)
    assert [person["name"] for person in (await seen(host)).hand["person"].values()] == ["Ann"]
    back = await rig.join(host.room, "Ann", id="ann")
    assert back.you.kind == "seat"

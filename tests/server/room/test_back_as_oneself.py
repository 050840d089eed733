"""A host has freed a seat and lets its person in again, on another phone: that is who they were, and nobody else is."""

from collections.abc import AsyncIterator

import pytest

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import ClassOptions, Options
from makersphere_server.room.model.log.retelling import TEXT_KEY
from makersphere_server.room.model.people.seat_people import Gone
from tests.server.rig.asking import answer, asks, give_pass
from tests.server.rig.classes import lines_of, seen
from tests.server.rig.fakes import Client, Rig, code
from tests.server.rig.finished_rooms import begun, stored, to_the_end

NAME = "Lost Lena"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


@pytest.fixture
async def small_teams() -> AsyncIterator[Rig]:
    """Give a server on which two people may share a seat."""
    rig = await Rig(bots="standard", most_members=2).start()
    yield rig
    await rig.stop()


async def _freed(host: Client, person: Client) -> None:
    assert (await host.command("host.remove", seat=person.you.seat)).ok


async def _let_in(host: Client, name: str, id: str = "another phone", **fields: int) -> Client:
    """Return somebody who asks for a seat by their name alone, and whom the host lets in."""
    await asks(host.rig, host.room, name, id, **fields)
    assert await answer(host, name)
    return await seen(await host.rig.join(host.room, name, id=id, **fields))


async def _decide(rig: Rig, host: Client, person: Client, phases: int) -> list[tuple[int, str]]:
    """Have somebody decide a few phases, each of which is closed afterwards; return which."""
    decided = []
    for _ in range(phases):
        game = dict((await seen(host)).table["game"])
        decided.append((game["season"], game["phase"]))
        assert (await (await seen(person)).command("ready", f"ready {rig.clock.now}", ready=True)).ok
        await rig.pass_ms(1_000)
        if (await seen(host)).table["game"]["phase"] == game["phase"]:
            await host.command("host.advance")
            await rig.pass_ms(1_000)
    return [place for place in decided if place[1] != "policy"]  # which asks makers nothing


@pytest.mark.parametrize("name", [NAME, "LOST lena", "\uff2c\uff4f\uff53\uff54 \uff2c\uff45\uff4e\uff41"])
async def test_everything_of_before_is_theirs(rig: Rig, name: str) -> None:
    """What they decided, were written and answered to the page of consent; the phone that is gone opens nothing."""
    host = await rig.create("quickstart", options=Options(seats=6, seed=7, consent=True))
    lost = await rig.join(host.room, NAME)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    assert (await lost.command("consent", answer="yes")).ok
    assert (await host.command("host.message", seat=1, text="for Lena alone")).ok
    decided = await _decide(rig, host, lost, 3)
    await _freed(host, lost)
    back = await _let_in(host, name)
    assert (back.you.seat, back.you.member) == (1, 1)
    assert back.token != lost.token
    assert lost.connection.closed == Close.REMOVED
    await lost.resume(fresh=True)
    assert lost.error().code == "unauthorised"
    assert "for Lena alone" in [line.values.get("text") for line in back.lines()]
    assert back.hand["consent"]["1"]["answer"] == "yes"
    decided += await _decide(rig, host, back, 1)
    await to_the_end(rig, host)
    (found,) = (await stored(rig, host.room)).game().people
    assert (found.seat, found.member, list(found.own)) == (1, 1, decided)
    assert found.phases[0] == decided[0]


async def test_a_command_that_was_sent_before_counts_once(rig: Rig) -> None:
    """It is the same person who sends it again, by whatever token."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    assert (await lost.command("ask", id="once", what="help")).ok
    await _freed(host, lost)
    back = await _let_in(host, NAME)
    before = len(await rig.log.read(host.room))
    assert (await back.command("ask", id="once", what="help")).ok
    assert len(await rig.log.read(host.room)) == before


async def test_the_time_between_counts_neither_for_nor_against_them(rig: Rig) -> None:
    """Nobody of them had the seat then: nobody is told that they do nothing, nor are they asked if they are there."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    assert (await host.command("host.message", seat=1, text="for Lena alone")).ok
    decided = await _decide(rig, host, lost, 4)
    for _ in range(2):
        await _freed(host, lost)
        for _ in range(3):
            assert (await host.command("host.advance")).ok
            await rig.pass_ms(1_000)
        lost = await _let_in(host, NAME, f"phone {rig.clock.now}")
    assert "for Lena alone" in [line.values.get("text") for line in lost.lines()]
    await rig.pass_ms(20_000)
    assert "trouble" not in (await seen(host)).hand
    assert "still_there" not in (await seen(lost)).hand
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    await lost.resume(fresh=True)
    while (await seen(host)).table["game"]["status"] != "over":
        await _decide(rig, host, lost, 1)
    (found,) = (await stored(rig, host.room)).game().people
    assert len(found.own) > len(decided)
    assert found.phases == found.own


@pytest.mark.parametrize("is_by_pass", [False, True])
async def test_it_holds_through_a_restart(rig: Rig, is_by_pass: bool) -> None:  # noqa: FBT001
    """Between the two presses, by either way in, and afterwards."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    await _decide(rig, host, lost, 2)
    await _freed(host, lost)
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert NAME not in str(await rig.log.privates(host.room))
    if is_by_pass:
        back = await rig.join(host.room, NAME, id="another phone", pass_=await give_pass(host, seat=1))
    else:
        back = await _let_in(host, NAME)
    assert (back.you.seat, back.you.member) == (1, 1)
    await rig.kill()
    await rig.start()
    again = await rig.join(host.room, NAME, id="another phone")
    assert (again.you.seat, again.you.member) == (1, 1)


async def _mistaken(rig: Rig) -> tuple[Client, Client, list[tuple[int, str]], list[tuple[int, str]]]:
    """Return a host, somebody who is back after another one was let in, and what each of both has decided."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    assert (await host.command("host.message", seat=1, text="for Lena alone")).ok
    hers = await _decide(rig, host, lost, 2)
    await _freed(host, lost)
    zoe = await _let_in(host, "Zoe", "of zoe", seat=1)
    assert (zoe.you.seat, zoe.you.member) == (1, 2)
    assert not [line for line in zoe.lines() if "text" in line.values]
    assert (await host.command("host.message", seat=1, text="for Zoe alone")).ok
    zoes = await _decide(rig, host, zoe, 1)
    await _freed(host, zoe)
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    return host, await _let_in(host, NAME), hers, zoes


async def test_whoever_comes_under_another_name_is_another_person(rig: Rig) -> None:
    """Freed once more for the first one, it is who they were, by name alone; neither has what was the other's."""
    host, back, hers, zoes = await _mistaken(rig)
    assert (back.you.seat, back.you.member) == (1, 1)
    assert "for Zoe alone" not in str([line.values for line in back.lines()])
    hers += await _decide(rig, host, back, 1)
    await to_the_end(rig, host)
    found = (await stored(rig, host.room)).game().people
    assert [(part.member, part.name, list(part.own)) for part in found] == [(1, NAME, hers), (2, "", zoes)]


async def test_what_was_told_to_another_one_in_between_stays_theirs(rig: Rig) -> None:
    """Neither reads it again, however often they change places, and erasing one leaves the other what is theirs."""
    host, back, *_ = await _mistaken(rig)
    assert (await host.command("host.message", seat=1, text="for Lena again")).ok
    await _freed(host, back)
    zoe = await _let_in(host, "Zoe", "of zoe again")
    assert zoe.you.member == 2
    assert "for Lena" not in str([line.values for line in zoe.lines()])
    await _freed(host, zoe)
    back = await _let_in(host, NAME, "a third phone")
    assert back.you.member == 1
    assert "for Zoe alone" not in str([line.values for line in back.lines()])
    kept = (await stored(rig, host.room)).private
    assert len([key for key in kept if key.startswith(TEXT_KEY)]) == 3
    assert (await host.command("host.erase_person", seat=1)).ok
    await rig.pass_ms(1_000)
    kept = (await stored(rig, host.room)).private
    assert [kept[key] for key in kept if key.startswith(TEXT_KEY)] == [b"for Zoe alone"]


async def test_of_two_of_one_name_nobody_is_taken_for_the_other(rig: Rig) -> None:
    """A third one had the seat since, so nobody knows which of both it is: somebody new."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    await rig.share(host, "Ben", ann.you.seat)
    await _freed(host, ann)
    ben = await _let_in(host, "Ben", "of ben")
    other = await rig.join(host.room, "Ann", id="of the other", pass_=await give_pass(ben))
    assert (other.you.seat, other.you.member) == (1, 3)
    await _freed(host, ben)
    zoe = await _let_in(host, "Zoe", "of zoe", seat=1)
    assert zoe.you.member == 4
    await _freed(host, zoe)
    assert (await _let_in(host, "Ann", "of one of both", seat=1)).you.member == 5


async def test_as_a_host_has_called_them_they_are_known_too(rig: Rig) -> None:
    """A student may remember the name that stood on the table, or the own one."""
    host, lost = await begun(rig, "quickstart", 6, ("xX",))
    assert (await host.command("host.seat", seat=1, name=NAME)).ok
    await _freed(host, lost)
    assert (await _let_in(host, NAME)).you.member == 1


async def test_who_was_erased_comes_back_to_nothing(rig: Rig) -> None:
    """Under the very name they are somebody new, and what the room keeps has no trace that it was theirs."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    assert (await host.command("host.message", seat=1, text="for Lena alone")).ok
    await _freed(host, lost)
    assert (await host.command("host.erase_person", seat=1, member=1)).ok
    await rig.pass_ms(1_000)
    assert rig.room(host.room)._live.seats[1].gone == ()
    back = await _let_in(host, NAME, seat=1)
    assert back.you.member == 2
    assert not [line for line in back.lines() if "text" in line.values]


async def test_whoever_came_back_is_erased_with_all_that_they_read(rig: Rig) -> None:
    """What was written to them before, to the seat meanwhile, and since then."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    assert (await host.command("host.message", seat=1, text="words of before")).ok
    await _freed(host, lost)
    assert (await host.command("host.message", seat=1, text="words meanwhile")).ok
    back = await _let_in(host, NAME)
    assert (await host.command("host.message", seat=1, text="words since then")).ok
    read = str([line.values for line in (await seen(back)).lines()])
    assert all(words in read for words in ("words of before", "words meanwhile", "words since then"))
    assert (await host.command("host.erase_person", seat=1)).ok
    await rig.pass_ms(1_000)
    kept = await rig.log.privates(host.room)
    assert not [key for key in kept if key.startswith(TEXT_KEY)]


async def test_of_a_team_each_comes_back_as_themselves(rig: Rig) -> None:
    """Whoever is let in first and whoever later; one who is new between them is a third."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    ben = await rig.share(host, "Ben", ann.you.seat)
    decided = await _decide(rig, host, ben, 2)
    await _freed(host, ann)
    back = await _let_in(host, "Ben", "of ben")
    assert (back.you.seat, back.you.member) == (1, 2)
    zoe = await _let_in(host, "Zoe", "of zoe", seat=1)
    assert zoe.you.member == 3
    again = await _let_in(host, "Ann", "of ann")
    assert (again.you.seat, again.you.member) == (1, 1)
    await to_the_end(rig, host)
    found = (await stored(rig, host.room)).game().people
    assert [(part.member, part.name) for part in found] == [(1, "Ann"), (2, "Ben"), (3, "Zoe")]
    assert [list(part.own) for part in found] == [[], decided, []]


async def test_before_the_start_nobody_has_anything_to_come_back_to(rig: Rig) -> None:
    """The seat is free for all then, and no name of who sat there is known any more."""
    host = await rig.create("quickstart", options=Options(seats=6))
    ann = await rig.join(host.room, "Ann")
    await _freed(host, ann)
    assert rig.room(host.room)._live.seats[1].gone[0].called == ()
    assert (await rig.join(host.room, "Ann", id="another phone")).you.member == 2


async def test_a_store_from_before_reads_as_it_did(rig: Rig) -> None:
    """Of somebody who was taken away by an earlier version no name is known: who comes is somebody else."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    await _freed(host, lost)
    await rig.kill()
    private = rig.log._rooms[host.room].private
    written = private["seat:1"].decode()
    start = written.index(',"called"')
    private["seat:1"] = (written[:start] + written[written.index("]", start) + 1 :]).encode()
    await rig.start()
    await host.resume(fresh=True)
    gone = rig.room(host.room)._live.seats[1].gone
    assert [type(one) for one in gone] == [Gone]
    assert (await _let_in(host, NAME, seat=1)).you.member == 2


async def test_at_a_table_of_a_class_who_comes_again_is_who_they_were(rig: Rig) -> None:
    """Freed by the table's host, by the same frame or by the slip that the class's host gives out."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo")]
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    table = Client(rig)
    table.room, table.token, table.you = people[0].room, host.token, host.you
    await table.resume(fresh=True)
    for person in people:
        await _freed(table, person)
    given = await (await seen(host)).command("class.links")
    assert given.data is not None, code(given)
    back = [
        await rig.join(host.room, "Ana", id="Ana"),
        await rig.join(host.room, "", id="another phone", pass_=given.data["links"]["2"]),
    ]
    assert [(one.you.seat, one.you.member) for one in back] == [(one.you.seat, 1) for one in people]


async def test_nor_does_the_time_between_count_over_a_term(rig: Rig) -> None:
    """At a table of a class they are one person with two times, whose points are those of both."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    ana = await rig.join(host.room, "Ana", id="Ana")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    table = Client(rig)
    table.room, table.token, table.you = ana.room, host.token, host.you
    await table.resume(fresh=True)
    await _decide(rig, table, ana, 4)
    await _freed(table, ana)
    for _ in range(4):
        assert (await table.command("host.advance")).ok
        await rig.pass_ms(1_000)
    back = await rig.join(host.room, "Ana", id="Ana")
    while (await seen(table)).table["game"]["status"] != "over":
        await _decide(rig, table, back, 1)
    (line,) = await lines_of(rig, host, "term")
    assert int(line["phases"]) > 4
    assert line["phases"] == line["decided_on_own_phone"]
    assert line["points"] == line["points_of"]


async def test_whom_a_class_moves_to_and_fro_has_had_the_seat_twice(rig: Rig) -> None:
    """In between they were at another table, where what was asked there counts."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=12, table=6))
    ana = await rig.join(host.room, "Ana", id="Ana")
    assert (await host.command("host.start")).ok
    members = [ana.you.member]
    for to in (2, 1):
        await rig.pass_ms(2_000)
        assert (await host.command("class.move", person=1, to=to)).ok
        members.append((await rig.join(host.room, "Ana", id="Ana")).you.member)
    assert members == [1, 1, 2]


@pytest.mark.parametrize("is_by_pass", [False, True])
async def test_whom_others_of_the_team_let_in_is_a_new_person(rig: Rig, is_by_pass: bool) -> None:  # noqa: FBT001
    """Only a host's word gives somebody's past; a name that others know gives a stranger nothing of it."""
    host = await rig.create("quickstart", options=Options(seats=6, seed=7, consent=True, teams=True))
    ann = await rig.join(host.room, "Ann")
    await rig.share(host, "Ben", ann.you.seat)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    assert (await ann.command("consent", answer="yes")).ok
    assert (await ann.command("ask_host", text="for the host alone")).ok
    await _freed(host, ann)
    ben = await _let_in(host, "Ben", "of ben")
    if is_by_pass:
        stranger = await rig.join(host.room, "ann", id="of a stranger", pass_=await give_pass(ben))
    else:
        await asks(rig, host.room, "ann", "of a stranger")
        assert await answer(ben, "ann")
        stranger = await rig.join(host.room, "ann", id="of a stranger")
    await seen(stranger)
    assert (stranger.you.seat, stranger.you.member) == (1, 3)
    assert "for the host alone" not in str(stranger.hand)
    assert "consent" not in stranger.hand


async def test_a_seat_whose_team_is_full_keeps_nobody_waiting(small_teams: Rig) -> None:
    """Whoever was there before has another seat, as everybody else who comes."""
    rig = small_teams
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    await rig.share(host, "Ben", ann.you.seat)
    await _freed(host, ann)
    await _let_in(host, "Ben", "of ben")
    await rig.share(host, "Zoe", ann.you.seat)
    assert (await rig.join(host.room, "Ann", id="of ann")).you.seat == 2

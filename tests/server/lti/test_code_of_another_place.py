"""An account of a platform that shows the personal code of another place: it has its own until it is let in there.

Nobody else has either place meanwhile, and nothing that somebody does is another's.
"""

from __future__ import annotations

import asyncio

import attrs
import pytest

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import ClassOptions, Options, Result
from makersphere_server.classes.book import ClassBook
from makersphere_server.classes.keeping import Keeping
from makersphere_server.lti.entering import Seated, Visit
from makersphere_server.lti.kept import Kept
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.lti.arriving import (
    EVE,
    ROSA,
    VISIT,
    both_seated,
    bound,
    by_link,
    code_of_a_table_that_is_over,
    code_of_the_second_table,
    credited,
    launch,
    links,
    listed,
    refuse_the_class_after_its_table,
    second_table,
)
from tests.server.rig.asking import answer
from tests.server.rig.classes import desk_of, rooms_of
from tests.server.rig.fakes import Client, Rig, settle


async def _where_tom_is_asked_about(rig: Rig) -> tuple[Client, Visit]:
    """Return the host of a class of teams whose second table has no free seat for Tom, and a visit by Tom's code."""
    host = await rig.create("two", options=Options(seats=2, teams=True), class_=ClassOptions(people=6, table=3))
    assert (await host.command("class.people", names=["Tom", "Ana", "Bo"])).ok
    assert (await (await second_table(rig, host)).command("host.seat", seat=3, name="Guest")).ok
    for person in (1, 2, 3):
        assert (await host.command("class.move", person=person, to=2)).ok
    for name in ("Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    return host, attrs.evolve(VISIT, code=(await links(host))["1"])


async def test_a_code_that_lets_nobody_in_leaves_an_account_its_place(rig: Rig) -> None:
    """Else whoever tried it would come back to nothing."""
    host = await listed(rig)
    await launch(rig, host)
    code = await code_of_a_table_that_is_over(rig, host)
    assert await launch(rig, host, visit=attrs.evolve(VISIT, code=code)) == "over"
    again = await launch(rig, host)
    assert isinstance(again, Seated)
    assert (again.room, await credited(rig, host)) == (rooms_of(host)[0], {(1, 1): "eve"})


@pytest.mark.parametrize("codes", [True, False], ids=["twice by the code", "once without it"])
async def test_two_presses_at_once_that_let_nobody_in_leave_an_account_its_place(rig: Rig, *, codes: bool) -> None:
    """As one does; whoever opens the activity beside it is at their own table."""
    host = await listed(rig)
    await launch(rig, host)
    code = await code_of_a_table_that_is_over(rig, host)
    by_code = attrs.evolve(VISIT, code=code)
    told = await asyncio.gather(launch(rig, host, visit=by_code), launch(rig, host, visit=by_code if codes else VISIT))
    assert [told[0], told[1] if codes else isinstance(told[1], Seated)] == ["over", "over" if codes else True]
    again = await launch(rig, host)
    assert isinstance(again, Seated)
    assert (again.room, await credited(rig, host)) == (rooms_of(host)[0], {(1, 1): "eve"})


async def test_an_account_keeps_its_place_while_another_tables_host_is_asked(rig: Rig) -> None:
    """It is there also when nobody has said yes; after a yes the code leads to the other one."""
    host, by_code = await _where_tom_is_asked_about(rig)
    assert (await host.command("class.people", names=[ROSA])).ok
    mine = await launch(rig, host)
    assert isinstance(mine, Seated)
    for _ in range(2):
        assert await launch(rig, host, visit=by_code) == "asks_in"
        again = await launch(rig, host)
        assert isinstance(again, Seated)
        assert (again.room, await credited(rig, host)) == (mine.room, {(1, 1): "eve"})
        await rig.pass_ms(61_000)
    assert await launch(rig, host, visit=by_code) == "asks_in"
    table = await second_table(rig, host)
    assert await answer(table, "Tom")
    for visit in (by_code, VISIT):
        moved = await launch(rig, host, visit=visit)
        assert isinstance(moved, Seated)
        assert moved.room == table.room


async def test_while_a_host_is_asked_about_an_account_its_name_is_nobody_elses(rig: Rig) -> None:
    """Who is called like the place that it has shown the code of is somebody else, at another place."""
    host, by_code = await _where_tom_is_asked_about(rig)
    other = attrs.evolve(EVE, person="other", names=("Tom", "", "Tom"))
    assert await launch(rig, host, visit=by_code) == "asks_in"
    assert isinstance(await launch(rig, host, other, attrs.evolve(VISIT, is_somebody_else=True)), Seated)
    assert await answer(await second_table(rig, host), "Tom")
    assert isinstance(await launch(rig, host, visit=by_code), Seated)
    assert set((await credited(rig, host)).values()) == {"eve", "other"}
    assert [one.person for one in (await Kept.of(rig.log, rooms_of(host)[1])).people.values()] == ["eve"]


@pytest.mark.parametrize("plain_first", [True, False])
@pytest.mark.parametrize("has_sat", [True, False])
async def test_an_account_that_shows_a_code_beside_its_own_place_has_one_of_them(
    rig: Rig,
    *,
    plain_first: bool,
    has_sat: bool,
) -> None:
    """Two presses at once, both of which let it in: it comes back to one of them, and the other is its person's."""
    host = await listed(rig)
    await launch(rig, host)
    visits = [VISIT, attrs.evolve(VISIT, code=await code_of_the_second_table(host))]
    if has_sat:
        await rig.join(host.room, "Tom", id="his phone")
    told = await asyncio.gather(
        *(launch(rig, host, visit=visit) for visit in (visits if plain_first else visits[::-1]))
    )
    assert [isinstance(seated, Seated) for seated in told] == [True, True]
    again = await launch(rig, host)
    assert isinstance(again, Seated)
    assert bound(rig, host) == [rooms_of(host).index(again.room) + 1]


@pytest.mark.parametrize("turns", range(12))
async def test_whoever_knocks_by_name_while_an_account_shows_the_code_has_the_place_or_not(
    rig: Rig, turns: int
) -> None:
    """A few turns of the loop decide whose it is; the account has one place, where it comes in."""
    host = await listed(rig)
    await launch(rig, host)
    by_code = attrs.evolve(VISIT, code=await code_of_the_second_table(host))

    async def show_a_little_later() -> Seated | str:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await launch(rig, host, visit=by_code)

    _, told = await asyncio.gather(rig.join(host.room, "Tom", id="his phone"), show_a_little_later())
    is_in = isinstance(told, Seated)
    assert is_in or told == "comes_in_now"
    assert bound(rig, host) == [2 if is_in else 1]


async def test_an_account_whose_own_table_is_over_has_the_place_of_a_code_that_it_shows_beside(rig: Rig) -> None:
    """Of two presses at once the one without the code leads there too, as the next one does."""
    host, by_code, _ = await both_seated(rig)
    for command in ("host.start", "host.end"):
        assert (await host.command(command, table=1)).ok
        await rig.pass_ms(1_000)
    told = await asyncio.gather(launch(rig, host, visit=by_code), launch(rig, host))
    again = await launch(rig, host)
    rooms = [seated.room for seated in (*told, again) if isinstance(seated, Seated)]
    assert (rooms, bound(rig, host)) == ([rooms_of(host)[1]] * 3, [2])


async def test_an_account_that_the_class_could_not_store_leaves_the_place_to_its_person(rig: Rig) -> None:
    """Its table had let it in; whoever has sat there comes back to it, and the account has its own place."""
    host, by_code, mine = await both_seated(rig)
    refuse_the_class_after_its_table(rig, host)
    assert await launch(rig, host, visit=by_code) == "unavailable"
    assert bound(rig, host) == [1]
    again = await rig.join(host.room, "Tom", id="his phone")
    assert (again.room, again.you.seat, await credited(rig, host)) == (mine.room, mine.you.seat, {(1, 1): "eve"})


async def test_a_place_that_could_not_be_stored_as_given_back_is_its_persons_all_the_same(rig: Rig) -> None:
    """The store takes neither the account's coming in at the table nor, after that, that it has not come in."""
    host, by_code, mine = await both_seated(rig)
    refused: list[str] = []

    async def refuse_both(room: str) -> None:
        if room != host.room or refused:
            refused.append(room)
            raise StoreUnavailable("full")

    rig.log.before_commit = refuse_both
    assert await launch(rig, host, visit=by_code) == "unavailable"
    rig.log.before_commit = None
    assert (set(refused), bound(rig, host)) == ({rooms_of(host)[1], host.room}, [1])
    again = await rig.join(host.room, "Tom", id="his phone")
    assert (again.room, again.you.seat, await credited(rig, host)) == (mine.room, mine.you.seat, {(1, 1): "eve"})


async def test_a_server_that_ends_while_a_table_lets_an_account_in_has_left_the_place_to_its_person(rig: Rig) -> None:
    """What is stored by then says whose it still is; once the account is in, it is the account's."""
    host, by_code, _ = await both_seated(rig)
    stored: list[ClassBook] = []

    async def read(room: str) -> None:
        if not stored and room != host.room:
            await read_class()

    async def read_class() -> None:
        stored.append(ClassBook.stored(host.room, await rig.log.privates(host.room)))

    rig.log.before_commit = read
    assert isinstance(await launch(rig, host, visit=by_code), Seated)
    await read_class()
    opened_by = [[(person.number, person.has_account) for person in book if person.join] for book in stored]
    assert opened_by == [[(1, True), (2, False)], [(2, True)]]


async def test_an_account_whose_place_another_write_has_stored_is_in_though_the_store_fails_later(rig: Rig) -> None:
    """Bo's write takes along where it sits; its own takes Cy along, who came meanwhile, and the disk is full."""
    host, by_code, _ = await both_seated(rig)
    kept = desk_of(rig, host)._kept
    at_the_table, lets_in, goes_on = (asyncio.Event() for _ in range(3))
    others: list[asyncio.Task[None]] = []
    writes = iter(("Ana", "Bo", "Eve"))

    async def write(room: str) -> None:
        if room != host.room:
            at_the_table.set()
            await lets_in.wait()
        elif at_the_table.is_set():
            match next(writes):
                case "Ana":
                    await goes_on.wait()
                case "Bo":
                    others.append(asyncio.create_task(_add(kept, "Cy")))
                    await settle()
                case _:
                    rig.log.before_commit = None
                    raise StoreUnavailable("full")

    rig.log.before_commit = write
    knock = asyncio.create_task(launch(rig, host, visit=by_code))
    await at_the_table.wait()
    others += [asyncio.create_task(_add(kept, name)) for name in ("Ana", "Bo")]
    await settle()
    lets_in.set()
    await settle()
    goes_on.set()
    assert isinstance(await knock, Seated)
    told = await asyncio.gather(*others, return_exceptions=True)
    assert [isinstance(each, Refused) for each in told] == [False, False, True]
    assert (bound(rig, host), [person.name for person in kept.book][2:]) == ([2], ["Ana", "Bo"])


async def _add(kept: Keeping, name: str) -> None:
    kept.book.add(name, is_listed=True)
    await kept.store(kept.book)


async def test_whoever_sits_down_at_this_moment_is_in_before_an_account_has_their_place(rig: Rig) -> None:
    """What their phone is known by has been stored by then, so that it can be given back."""
    host = await listed(rig)
    await launch(rig, host)
    by_code = attrs.evolve(VISIT, code=await code_of_the_second_table(host))
    written: list[str] = []
    shown: list[asyncio.Task[Seated | str]] = []

    async def show_the_code(room: str) -> None:
        written.append(room)
        if room == host.room and rooms_of(host)[1] in written:
            rig.log.before_commit = None
            shown.append(asyncio.create_task(launch(rig, host, visit=by_code)))
            for _ in range(20):
                await asyncio.sleep(0)

    rig.log.before_commit = show_the_code
    mine = await rig.join(host.room, "Tom", id="his phone")
    assert [await task for task in shown] == ["comes_in_now"]
    assert (mine.room, bound(rig, host)) == (rooms_of(host)[1], [1])


async def test_who_goes_back_while_a_host_is_asked_leaves_the_other_place_to_nobody(rig: Rig) -> None:
    """The host's yes is meant for them, and opens the place to no stranger who types its name."""
    host, by_code = await _where_tom_is_asked_about(rig)
    assert (await host.command("class.people", names=[ROSA])).ok
    await launch(rig, host)
    assert await launch(rig, host, visit=by_code) == "asks_in"
    assert isinstance(await launch(rig, host), Seated)
    assert await answer(await second_table(rig, host), "Tom")
    assert (await rig.join(host.room, "Tom", id="a stranger")).error().code == "name_taken"
    assert isinstance(await launch(rig, host, visit=by_code), Seated)


async def test_of_two_accounts_with_one_code_at_once_the_first_has_the_place(rig: Rig) -> None:
    """The other one is told by what it has been taken."""
    host = await listed(rig)
    by_code = attrs.evolve(VISIT, code=(await links(host))["1"])
    tom = attrs.evolve(EVE, person="tom", names=("Tom", "", "Tom"))
    told = await asyncio.gather(launch(rig, host, visit=by_code), launch(rig, host, tom, by_code))
    assert (isinstance(told[0], Seated), told[1]) == (True, "by_the_platform")
    assert await launch(rig, host, tom, by_code) == "by_the_platform"
    assert await credited(rig, host) == {(1, 1): "eve"}


async def test_who_has_sat_keeps_their_place_from_an_account_that_was_let_in_nowhere(rig: Rig) -> None:
    """Their phone comes back to it by itself; nothing of theirs is the account's."""
    host = await listed(rig)
    mine = await rig.join(host.room, ROSA, id="her phone")
    by_code = attrs.evolve(VISIT, code=(await links(host))["1"])

    async def refuse(room: str) -> None:
        if room != host.room:
            raise StoreUnavailable("full")

    rig.log.before_commit = refuse
    assert await launch(rig, host, visit=by_code) == "unavailable"
    rig.log.before_commit = None
    again = await rig.join(host.room, ROSA, id="her phone")
    assert (again.you.seat, again.room, await credited(rig, host)) == (mine.you.seat, mine.room, {})


async def test_what_somebody_does_is_not_credited_to_an_account_that_the_class_did_not_let_in(rig: Rig) -> None:
    """Their table had taken note of it already when the class could not be stored; they come by their own name."""
    host = await listed(rig)
    await launch(rig, host)
    by_code = attrs.evolve(VISIT, code=await code_of_the_second_table(host))
    written: list[str] = []

    async def refuse_afterwards(room: str) -> None:
        if room == host.room and rooms_of(host)[1] in written:
            raise StoreUnavailable("full")
        written.append(room)

    rig.log.before_commit = refuse_afterwards
    assert await launch(rig, host, visit=by_code) == "unavailable"
    rig.log.before_commit = None
    assert (await rig.join(host.room, "Tom", id="his phone")).room == rooms_of(host)[1]
    assert await credited(rig, host) == {(1, 1): "eve"}


async def test_a_new_link_that_is_made_while_the_old_one_lets_an_account_in_is_its_persons(rig: Rig) -> None:
    """The account came in once more by the old one; the place is not its own."""
    host = await listed(rig)
    by_code = attrs.evolve(VISIT, code=(await links(host))["1"])

    async def renew(room: str) -> None:
        if room != host.room:
            rig.log.before_commit = None
            answers.append(await host.command("class.new_link", person=1))

    answers: list[Result] = []
    rig.log.before_commit = renew
    assert isinstance(await launch(rig, host, visit=by_code), Seated)
    assert [answer.ok for answer in answers] == [True]
    assert (await by_link(rig, host)).you.seat == 1
    assert await credited(rig, host) == {}


async def test_a_new_link_that_is_made_while_an_account_shows_the_old_one_leaves_the_place_to_the_phone(
    rig: Rig,
) -> None:
    """Whoever has sat there comes back to it; the account has its own place."""
    host, by_code, mine = await both_seated(rig)

    async def renew(room: str) -> None:
        if room != host.room:
            rig.log.before_commit = None
            assert (await host.command("class.new_link", person=2)).ok

    rig.log.before_commit = renew
    await launch(rig, host, visit=by_code)
    assert bound(rig, host) == [1]
    again = await rig.join(host.room, "Tom", id="his phone")
    assert (again.room, again.you.seat, await credited(rig, host)) == (mine.room, mine.you.seat, {(1, 1): "eve"})

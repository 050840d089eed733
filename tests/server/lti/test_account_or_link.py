"""In a class with personal links, an account of a platform has the place of its own person and of nobody of that name.

Points go to the account that a place is of, so whose it is has to be shown by the personal code where both have come.
"""

from __future__ import annotations

import asyncio

import attrs
import pytest
from websockets.asyncio.client import ClientConnection

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import ClassOptions, Command, Create, Join, Options, Result, Resume, Welcome
from makersphere_protocol.pseudonyms import every_pseudonym
from makersphere_server.lti.entering import Seated, Visit, let_in
from makersphere_server.lti.kept import Activity, Kept, Sent, sent_of
from makersphere_server.lti.launching import Launched
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.asking import answer
from tests.server.rig.classes import desk_of, open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.school import School, in_thread, seat_of, ticket_of
from tests.server.rig.sockets import hear, say

_ROSA = "Rosa D\u00edaz"
_EVE = Launched("https://m", "c", "1", "eve", "link", "T", *(True, (_ROSA, "", _ROSA), "https://m/g"))
_ACTIVITY = Activity("https://m", "c", "1", "link", "T", "https://m/g", "salt")
_VISIT = Visit("en", "192.0.2.7")


async def _launch(rig: Rig, host: Client, launched: Launched = _EVE, visit: Visit = _VISIT) -> Seated | str:
    """Return the seat of somebody whom a platform sends, or why there is none."""
    task = asyncio.create_task(let_in(host.room, _ACTIVITY, launched, visit, rig.lobby, rig.log))
    while not task.done():
        await rig.pass_ms(100)
    try:
        return task.result()
    except Refused as refused:
        return refused.text


async def _links(host: Client) -> dict[str, str]:
    given = (await host.command("class.links")).data
    assert given is not None
    return {str(number): str(code) for number, code in given["links"].items()}


async def _by_link(rig: Rig, host: Client, person: str = "1") -> Client:
    return await rig.join(host.room, "", id="a phone", pass_=(await _links(host))[person])


async def _credited(rig: Rig, host: Client) -> dict[tuple[int, int], str]:
    """Return whose account which place is of, by table and seat."""
    found: dict[tuple[int, int], str] = {}
    for table, room in enumerate(rooms_of(host), 1):
        found |= {(table, seat): one.person for (seat, _), one in (await Kept.of(rig.log, room)).people.items()}
    return found


async def _listed(rig: Rig) -> Client:
    host = await open_class(rig)
    assert (await host.command("class.people", names=[_ROSA])).ok
    return host


async def _second_table(rig: Rig, host: Client) -> Client:
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[1], host_token=host.token))
    return await seen(table)


async def _code_of_a_table_that_is_over(rig: Rig, host: Client) -> str:
    assert (await host.command("class.people", names=["Tom"])).ok
    assert (await host.command("class.move", person=2, to=2)).ok
    for command in ("host.start", "host.end"):
        assert (await host.command(command, table=2)).ok
        await rig.pass_ms(1_000)
    return (await _links(host))["2"]


async def test_where_tables_deal_words_the_list_still_has_the_name(rig: Rig) -> None:
    """An account finds its person on the list, and has no second place beside them; the table has the words alone."""
    host = await open_class(rig, options=Options(seats=3, pseudonyms=True))
    assert (await host.command("class.people", names=[_ROSA])).ok
    assert isinstance(await _launch(rig, host), Seated)
    people = (await seen(host)).hand["person"]
    assert [(one["name"], one["table"]) for one in people.values()] == [(_ROSA, 1)]
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    await rig.pass_ms(100)
    table.read()
    assert table.table["seat"]["1"]["name"] in set(every_pseudonym("en"))
    assert (await _by_link(rig, host)).error().code == "unauthorised"


async def test_an_account_without_a_name_has_the_same_words_on_the_list_and_at_the_table(rig: Rig) -> None:
    """Of a platform that says no names, nobody stands on the list by other words than those that they play under."""
    host = await open_class(rig, options=Options(seats=3, pseudonyms=True))
    assert isinstance(await _launch(rig, host, attrs.evolve(_EVE, names=("", "", ""))), Seated)
    (person,) = (await seen(host)).hand["person"].values()
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    await rig.pass_ms(100)
    table.read()
    assert table.table["seat"]["1"]["name"] == person["name"] in set(every_pseudonym("en"))
    assert "called" not in person


async def test_a_place_that_an_account_has_opens_to_nobody_else(rig: Rig) -> None:
    """Who is called like somebody listed has their place, and their own points; nobody plays for another's account."""
    host = await _listed(rig)
    assert isinstance(await _launch(rig, host), Seated)
    rosa = await _by_link(rig, host)
    refused = rosa.error()
    assert (refused.code, "ask your teacher for a new personal link" in refused.message) == ("unauthorised", True)
    assert isinstance(await _launch(rig, host), Seated)
    assert await _credited(rig, host) == {(1, 1): "eve"}


@pytest.mark.parametrize("is_over", [False, True])
async def test_no_code_opens_the_place_of_an_account_to_another_one(rig: Rig, is_over: bool) -> None:  # noqa: FBT001
    """Nobody sends their points as another's with a slip that they have found, and nobody's place is lost by it."""
    host = await _listed(rig)
    seated = await _launch(rig, host)
    code = (await _links(host))["1"]
    for command in ("host.start", "host.end") if is_over else ():
        assert (await host.command(command)).ok
        await rig.pass_ms(1_000)
    another = attrs.evolve(_EVE, person="mallory", names=("Mal", "", "Mal"))
    told = await _launch(rig, host, another, attrs.evolve(_VISIT, code=code))
    assert (told, await _credited(rig, host)) == ("by_the_platform", {(1, 1): "eve"})
    again = await _launch(rig, host)
    assert isinstance(seated, Seated)
    assert isinstance(again, Seated)
    assert (again.room, await _credited(rig, host)) == (seated.room, {(1, 1): "eve"})


async def test_a_code_that_lets_nobody_in_leaves_an_account_its_place(rig: Rig) -> None:
    """Else whoever tried it would come back to nothing."""
    host = await _listed(rig)
    await _launch(rig, host)
    code = await _code_of_a_table_that_is_over(rig, host)
    assert await _launch(rig, host, visit=attrs.evolve(_VISIT, code=code)) == "over"
    again = await _launch(rig, host)
    assert isinstance(again, Seated)
    assert (again.room, await _credited(rig, host)) == (rooms_of(host)[0], {(1, 1): "eve"})


@pytest.mark.parametrize("codes", [True, False], ids=["twice by the code", "once without it"])
async def test_two_presses_at_once_that_let_nobody_in_leave_an_account_its_place(rig: Rig, *, codes: bool) -> None:
    """As one does; whoever opens the activity beside it is at their own table."""
    host = await _listed(rig)
    await _launch(rig, host)
    code = await _code_of_a_table_that_is_over(rig, host)
    by_code = attrs.evolve(_VISIT, code=code)
    told = await asyncio.gather(
        _launch(rig, host, visit=by_code), _launch(rig, host, visit=by_code if codes else _VISIT)
    )
    assert [told[0], told[1] if codes else isinstance(told[1], Seated)] == ["over", "over" if codes else True]
    again = await _launch(rig, host)
    assert isinstance(again, Seated)
    assert (again.room, await _credited(rig, host)) == (rooms_of(host)[0], {(1, 1): "eve"})


async def test_an_account_keeps_its_place_while_another_tables_host_is_asked(rig: Rig) -> None:
    """It is there also when nobody has said yes; after a yes the code leads to the other one."""
    host = await rig.create("two", options=Options(seats=2, teams=True), class_=ClassOptions(people=6, table=3))
    assert (await host.command("class.people", names=[_ROSA, "Tom", "Ana", "Bo"])).ok
    mine = await _launch(rig, host)
    assert (await (await _second_table(rig, host)).command("host.seat", seat=3, name="Guest")).ok
    for person in (2, 3, 4):
        assert (await host.command("class.move", person=person, to=2)).ok
    for name in ("Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    by_code = attrs.evolve(_VISIT, code=(await _links(host))["2"])
    assert isinstance(mine, Seated)
    for _ in range(2):
        assert await _launch(rig, host, visit=by_code) == "asks_in"
        again = await _launch(rig, host)
        assert isinstance(again, Seated)
        assert (again.room, await _credited(rig, host)) == (mine.room, {(1, 1): "eve"})
        await rig.pass_ms(61_000)
    assert await _launch(rig, host, visit=by_code) == "asks_in"
    table = await _second_table(rig, host)
    assert await answer(table, "Tom")
    for visit in (by_code, _VISIT):
        moved = await _launch(rig, host, visit=visit)
        assert isinstance(moved, Seated)
        assert moved.room == table.room


async def test_while_a_host_is_asked_about_an_account_its_name_is_nobody_elses(rig: Rig) -> None:
    """Who is called like the place that it has shown the code of is somebody else, at another place."""
    host = await rig.create("two", options=Options(seats=2, teams=True), class_=ClassOptions(people=6, table=3))
    assert (await host.command("class.people", names=["Tom", "Ana", "Bo"])).ok
    assert (await (await _second_table(rig, host)).command("host.seat", seat=3, name="Guest")).ok
    for person in (1, 2, 3):
        assert (await host.command("class.move", person=person, to=2)).ok
    for name in ("Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    by_code = attrs.evolve(_VISIT, code=(await _links(host))["1"])
    other = attrs.evolve(_EVE, person="other", names=("Tom", "", "Tom"))
    assert await _launch(rig, host, visit=by_code) == "asks_in"
    assert isinstance(await _launch(rig, host, other, attrs.evolve(_VISIT, is_somebody_else=True)), Seated)
    assert await answer(await _second_table(rig, host), "Tom")
    assert isinstance(await _launch(rig, host, visit=by_code), Seated)
    assert set((await _credited(rig, host)).values()) == {"eve", "other"}
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
    host = await _listed(rig)
    await _launch(rig, host)
    assert (await host.command("class.people", names=["Tom"])).ok
    assert (await host.command("class.move", person=2, to=2)).ok
    if has_sat:
        await rig.join(host.room, "Tom", id="his phone")
    code = (await _links(host))["2"]
    visits = [_VISIT, attrs.evolve(_VISIT, code=code)]
    told = await asyncio.gather(
        *(_launch(rig, host, visit=visit) for visit in (visits if plain_first else visits[::-1]))
    )
    assert [isinstance(seated, Seated) for seated in told] == [True, True]
    again = await _launch(rig, host)
    assert isinstance(again, Seated)
    book = desk_of(rig, host)._kept.book
    bound = [person.table for person in book if person.has_account]
    assert bound == [rooms_of(host).index(again.room) + 1]


async def test_who_goes_back_while_a_host_is_asked_leaves_the_other_place_to_nobody(rig: Rig) -> None:
    """The host's yes is meant for them, and opens the place to no stranger who types its name."""
    host = await rig.create("two", options=Options(seats=2, teams=True), class_=ClassOptions(people=6, table=3))
    assert (await host.command("class.people", names=[_ROSA, "Tom", "Ana", "Bo"])).ok
    await _launch(rig, host)
    assert (await (await _second_table(rig, host)).command("host.seat", seat=3, name="Guest")).ok
    for person in (2, 3, 4):
        assert (await host.command("class.move", person=person, to=2)).ok
    for name in ("Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    by_code = attrs.evolve(_VISIT, code=(await _links(host))["2"])
    assert await _launch(rig, host, visit=by_code) == "asks_in"
    assert isinstance(await _launch(rig, host), Seated)
    assert await answer(await _second_table(rig, host), "Tom")
    assert (await rig.join(host.room, "Tom", id="a stranger")).error().code == "name_taken"
    assert isinstance(await _launch(rig, host, visit=by_code), Seated)


async def test_of_two_accounts_with_one_code_at_once_the_first_has_the_place(rig: Rig) -> None:
    """The other one is told by what it has been taken."""
    host = await _listed(rig)
    by_code = attrs.evolve(_VISIT, code=(await _links(host))["1"])
    tom = attrs.evolve(_EVE, person="tom", names=("Tom", "", "Tom"))
    told = await asyncio.gather(_launch(rig, host, visit=by_code), _launch(rig, host, tom, by_code))
    assert (isinstance(told[0], Seated), told[1]) == (True, "by_the_platform")
    assert await _launch(rig, host, tom, by_code) == "by_the_platform"
    assert await _credited(rig, host) == {(1, 1): "eve"}


async def test_who_has_sat_keeps_their_place_from_an_account_that_was_let_in_nowhere(rig: Rig) -> None:
    """Their phone comes back to it by itself; nothing of theirs is the account's."""
    host = await _listed(rig)
    mine = await rig.join(host.room, _ROSA, id="her phone")
    by_code = attrs.evolve(_VISIT, code=(await _links(host))["1"])

    async def refuse(room: str) -> None:
        if room != host.room:
            raise StoreUnavailable("full")

    rig.log.before_commit = refuse
    assert await _launch(rig, host, visit=by_code) == "unavailable"
    rig.log.before_commit = None
    again = await rig.join(host.room, _ROSA, id="her phone")
    assert (again.you.seat, again.room, await _credited(rig, host)) == (mine.you.seat, mine.room, {})


async def test_what_somebody_does_is_not_credited_to_an_account_that_the_class_did_not_let_in(rig: Rig) -> None:
    """Their table had taken note of it already when the class could not be stored; they come by their own name."""
    host = await _listed(rig)
    await _launch(rig, host)
    assert (await host.command("class.people", names=["Tom"])).ok
    assert (await host.command("class.move", person=2, to=2)).ok
    written: list[str] = []

    async def refuse_afterwards(room: str) -> None:
        if room == host.room and rooms_of(host)[1] in written:
            raise StoreUnavailable("full")
        written.append(room)

    rig.log.before_commit = refuse_afterwards
    assert await _launch(rig, host, visit=attrs.evolve(_VISIT, code=(await _links(host))["2"])) == "unavailable"
    rig.log.before_commit = None
    assert (await rig.join(host.room, "Tom", id="his phone")).room == rooms_of(host)[1]
    assert await _credited(rig, host) == {(1, 1): "eve"}


async def test_a_new_link_that_is_made_while_the_old_one_lets_an_account_in_is_its_persons(rig: Rig) -> None:
    """The account came in once more by the old one; the place is not its own."""
    host = await _listed(rig)
    by_code = attrs.evolve(_VISIT, code=(await _links(host))["1"])

    async def renew(room: str) -> None:
        if room != host.room:
            rig.log.before_commit = None
            answers.append(await host.command("class.new_link", person=1))

    answers: list[Result] = []
    rig.log.before_commit = renew
    assert isinstance(await _launch(rig, host, visit=by_code), Seated)
    assert [answer.ok for answer in answers] == [True]
    assert (await _by_link(rig, host)).you.seat == 1
    assert await _credited(rig, host) == {}


async def test_a_new_personal_link_gives_it_back_to_its_person(rig: Rig) -> None:
    """Nothing that she does is the account's; whoever came by that is asked, and has another place."""
    host = await _listed(rig)
    await _launch(rig, host)
    assert (await host.command("class.new_link", person=1)).ok
    assert await _launch(rig, host) == "is_it_you"
    rosa = await _by_link(rig, host)
    assert (rosa.you.seat, await _credited(rig, host)) == (1, {})
    wrong = attrs.evolve(_VISIT, code="WRONG-CODE")
    assert await _launch(rig, host, visit=wrong) == "wrong_link"
    assert isinstance(await _launch(rig, host, visit=attrs.evolve(_VISIT, is_somebody_else=True)), Seated)
    assert isinstance(await _launch(rig, host), Seated)
    names = [person["name"] for person in (await seen(host)).hand["person"].values()]
    assert (names[0], len(names)) == (_ROSA, 2)
    assert await _credited(rig, host) == {(2, 1): "eve"}


@pytest.mark.parametrize("who", ["theirs", "theirs, after the end", "another's"])
async def test_who_came_by_the_link_is_asked_and_shows_the_code(rig: Rig, who: str) -> None:
    """By it the place is the account's, also after the end; who only has the same name has another one."""
    host = await _listed(rig)
    await _by_link(rig, host)
    if who.endswith("the end"):
        for command in ("host.start", "host.end"):
            assert (await host.command(command)).ok
            await rig.pass_ms(1_000)
    assert await _launch(rig, host) == "is_it_you"
    code = (await _links(host))["1"]
    is_theirs = who.startswith("theirs")
    visit = attrs.evolve(_VISIT, code=code) if is_theirs else attrs.evolve(_VISIT, is_somebody_else=True)
    for said in (visit, _VISIT):
        assert isinstance(await _launch(rig, host, visit=said), Seated)
    assert await _credited(rig, host) == {(1 if is_theirs else 2, 1): "eve"}


async def test_what_was_sent_of_another_account_does_not_stay_with_the_seat(rig: Rig) -> None:
    """Else nothing would be sent of the new one, whose points the platform seems to have."""
    host = await _listed(rig)
    await _launch(rig, host)
    (room, *_) = rooms_of(host)
    await rig.log.put_private(room, sent_of({(1, 1): Sent("sent", 70, 70, 0)}))
    assert isinstance(await _launch(rig, host), Seated)
    assert (await Kept.of(rig.log, room)).sent
    assert (await host.command("class.new_link", person=1)).ok
    rosa = attrs.evolve(_EVE, person="rosa")
    code = (await _links(host))["1"]
    assert isinstance(await _launch(rig, host, rosa, attrs.evolve(_VISIT, code=code)), Seated)
    kept = await Kept.of(rig.log, room)
    assert ([one.person for one in kept.people.values()], kept.sent) == (["rosa"], {})


async def test_an_account_is_one_persons(rig: Rig) -> None:
    """With the code of another place it goes there, and comes back there; the place that it had is free."""
    host = await _listed(rig)
    await _launch(rig, host)
    assert (await host.command("class.people", names=["Tom"])).ok
    code = (await _links(host))["2"]
    for visit in (attrs.evolve(_VISIT, code=code), _VISIT):
        seated = await _launch(rig, host, visit=visit)
        assert isinstance(seated, Seated)
        assert seated.room == rooms_of(host)[1]
    assert (await _by_link(rig, host)).you.seat == 1
    assert await _credited(rig, host) == {(2, 1): "eve"}


async def test_a_listed_name_that_says_most_is_theirs(rig: Rig) -> None:
    """A list has whole names mostly, and they are called by as little as there is where nobody has listed them."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ann", "Ann Lee"])).ok
    ann = attrs.evolve(_EVE, names=("Ann", "Lee", "Ann Lee"))
    assert isinstance(await _launch(rig, host, ann), Seated)
    people = (await seen(host)).hand["person"]
    assert [bool(person.get("table")) for person in people.values()] == [False, True]


@pytest.mark.parametrize("command", ["class.remove", "class.erase_person"])
async def test_who_is_gone_does_not_come_back_by_the_account(rig: Rig, command: str) -> None:
    """They are told who has taken them out, or erased them."""
    host = await open_class(rig)
    await _launch(rig, host)
    assert (await host.command(command, person=1)).ok
    await rig.pass_ms(2_000)
    assert str(await _launch(rig, host)).endswith(("removed_from_class", "erased_from_class"))


async def _opens(host: ClientConnection, room: str) -> str:
    """Return the personal code of the only one on a class's list."""
    await say(host, Command("l" * 16, "class.links", {}))
    result = await hear(host, Result)
    assert result.data is not None, (room, result)
    return str(result.data["links"]["1"])


async def test_pages_ask_who_it_is(school: School) -> None:
    """A wrong code is told beside the field; the right one leads to the seat, and the word to another one."""
    async with school.serving(), school.dial() as host:
        laid = ClassOptions(people=4, table=4)
        await say(host, Create("quickstart", Options(), class_=laid))
        welcome = await hear(host, Welcome)
        await say(host, Command("p" * 16, "class.people", {"names": [_ROSA]}))
        await hear(host, Result)
        await school.bound(welcome.room, welcome.host_token)
        code = await _opens(host, welcome.room)
        async with school.dial() as rosa:
            await say(rosa, Join(welcome.room, "", pass_=code, id="r" * 24))
            seat = await hear(rosa, Welcome)
        eve, known_as = school.browser(), {"sub": "eve", "given_name": _ROSA}
        asked = await in_thread(eve.open, **known_as)
        assert (asked.status_code, f"Are you {_ROSA}?" in asked.text) == (200, True)
        wrong = await in_thread(eve.post, "/lti/place", ticket=ticket_of(asked), code="ABCD-EFGH")
        assert (wrong.status_code, "opens no place" in wrong.text, _ROSA in wrong.text) == (400, True, True)
        other = seat_of(await in_thread(eve.post, "/lti/place", ticket=ticket_of(wrong), other="1"))
        own = seat_of(await in_thread(eve.post, "/lti/place", ticket=ticket_of(wrong), code=code))
        assert other[0] == own[0] == seat.room
        places = [key for key in await school.lti_of(seat.room) if key.startswith("lti:")]
        assert (len(places), f"lti:{seat.you.seat}:1" in places) == (2, True)
        late = await in_thread(eve.post, "/lti/place", ticket="a.b", other="1")
        assert "has been open for too long" in late.text

"""In a class with personal links, an account of a platform has the place of its own person and of nobody of that name.

Points go to the account that a place is of, so whose it is has to be shown by the personal code where both have come.
"""

from __future__ import annotations

import attrs
import pytest
from websockets.asyncio.client import ClientConnection

from makersphere_protocol.messages import ClassOptions, Command, Create, Join, Options, Result, Resume, Welcome
from makersphere_protocol.pseudonyms import every_pseudonym
from makersphere_server.lti.entering import Seated
from makersphere_server.lti.kept import Kept, Sent, sent_of
from tests.server.lti.arriving import (
    EVE,
    ROSA,
    VISIT,
    by_link,
    credited,
    launch,
    links,
    listed,
)
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.school import School, in_thread, seat_of, ticket_of
from tests.server.rig.sockets import hear, say


async def test_where_tables_deal_words_the_list_still_has_the_name(rig: Rig) -> None:
    """An account finds its person on the list, and has no second place beside them; the table has the words alone."""
    host = await open_class(rig, options=Options(seats=3, pseudonyms=True))
    assert (await host.command("class.people", names=[ROSA])).ok
    assert isinstance(await launch(rig, host), Seated)
    people = (await seen(host)).hand["person"]
    assert [(one["name"], one["table"]) for one in people.values()] == [(ROSA, 1)]
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    await rig.pass_ms(100)
    table.read()
    assert table.table["seat"]["1"]["name"] in set(every_pseudonym("en"))
    assert (await by_link(rig, host)).error().code == "unauthorised"


async def test_an_account_without_a_name_has_the_same_words_on_the_list_and_at_the_table(rig: Rig) -> None:
    """Of a platform that says no names, nobody stands on the list by other words than those that they play under."""
    host = await open_class(rig, options=Options(seats=3, pseudonyms=True))
    assert isinstance(await launch(rig, host, attrs.evolve(EVE, names=("", "", ""))), Seated)
    (person,) = (await seen(host)).hand["person"].values()
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    await rig.pass_ms(100)
    table.read()
    assert table.table["seat"]["1"]["name"] == person["name"] in set(every_pseudonym("en"))
    assert "called" not in person


async def test_a_place_that_an_account_has_opens_to_nobody_else(rig: Rig) -> None:
    """Who is called like somebody listed has their place, and their own points; nobody plays for another's account."""
    host = await listed(rig)
    assert isinstance(await launch(rig, host), Seated)
    rosa = await by_link(rig, host)
    refused = rosa.error()
    assert (refused.code, "ask your teacher for a new personal link" in refused.message) == ("unauthorised", True)
    assert isinstance(await launch(rig, host), Seated)
    assert await credited(rig, host) == {(1, 1): "eve"}


@pytest.mark.parametrize("is_over", [False, True])
async def test_no_code_opens_the_place_of_an_account_to_another_one(rig: Rig, is_over: bool) -> None:  # noqa: FBT001
    """Nobody sends their points as another's with a slip that they have found, and nobody's place is lost by it."""
    host = await listed(rig)
    seated = await launch(rig, host)
    code = (await links(host))["1"]
    for command in ("host.start", "host.end") if is_over else ():
        assert (await host.command(command)).ok
        await rig.pass_ms(1_000)
    another = attrs.evolve(EVE, person="mallory", names=("Mal", "", "Mal"))
    told = await launch(rig, host, another, attrs.evolve(VISIT, code=code))
    assert (told, await credited(rig, host)) == ("by_the_platform", {(1, 1): "eve"})
    again = await launch(rig, host)
    assert isinstance(seated, Seated)
    assert isinstance(again, Seated)
    assert (again.room, await credited(rig, host)) == (seated.room, {(1, 1): "eve"})


async def test_a_new_personal_link_gives_it_back_to_its_person(rig: Rig) -> None:
    """Nothing that she does is the account's; whoever came by that is asked, and has another place."""
    host = await listed(rig)
    await launch(rig, host)
    assert (await host.command("class.new_link", person=1)).ok
    assert await launch(rig, host) == "is_it_you"
    rosa = await by_link(rig, host)
    assert (rosa.you.seat, await credited(rig, host)) == (1, {})
    wrong = attrs.evolve(VISIT, code="WRONG-CODE")
    assert await launch(rig, host, visit=wrong) == "wrong_link"
    assert isinstance(await launch(rig, host, visit=attrs.evolve(VISIT, is_somebody_else=True)), Seated)
    assert isinstance(await launch(rig, host), Seated)
    names = [person["name"] for person in (await seen(host)).hand["person"].values()]
    assert (names[0], len(names)) == (ROSA, 2)
    assert await credited(rig, host) == {(2, 1): "eve"}


@pytest.mark.parametrize("who", ["theirs", "theirs, after the end", "another's"])
async def test_who_came_by_the_link_is_asked_and_shows_the_code(rig: Rig, who: str) -> None:
    """By it the place is the account's, also after the end; who only has the same name has another one."""
    host = await listed(rig)
    await by_link(rig, host)
    if who.endswith("the end"):
        for command in ("host.start", "host.end"):
            assert (await host.command(command)).ok
            await rig.pass_ms(1_000)
    assert await launch(rig, host) == "is_it_you"
    code = (await links(host))["1"]
    is_theirs = who.startswith("theirs")
    visit = attrs.evolve(VISIT, code=code) if is_theirs else attrs.evolve(VISIT, is_somebody_else=True)
    for said in (visit, VISIT):
        assert isinstance(await launch(rig, host, visit=said), Seated)
    assert await credited(rig, host) == {(1 if is_theirs else 2, 1): "eve"}


async def test_what_was_sent_of_another_account_does_not_stay_with_the_seat(rig: Rig) -> None:
    """Else nothing would be sent of the new one, whose points the platform seems to have."""
    host = await listed(rig)
    await launch(rig, host)
    (room, *_) = rooms_of(host)
    await rig.log.put_private(room, sent_of({(1, 1): Sent("sent", 70, 70, 0)}))
    assert isinstance(await launch(rig, host), Seated)
    assert (await Kept.of(rig.log, room)).sent
    assert (await host.command("class.new_link", person=1)).ok
    rosa = attrs.evolve(EVE, person="rosa")
    code = (await links(host))["1"]
    assert isinstance(await launch(rig, host, rosa, attrs.evolve(VISIT, code=code)), Seated)
    kept = await Kept.of(rig.log, room)
    assert ([one.person for one in kept.people.values()], kept.sent) == (["rosa"], {})


async def test_an_account_is_one_persons(rig: Rig) -> None:
    """With the code of another place it goes there, and comes back there; the place that it had is free."""
    host = await listed(rig)
    await launch(rig, host)
    assert (await host.command("class.people", names=["Tom"])).ok
    code = (await links(host))["2"]
    for visit in (attrs.evolve(VISIT, code=code), VISIT):
        seated = await launch(rig, host, visit=visit)
        assert isinstance(seated, Seated)
        assert seated.room == rooms_of(host)[1]
    assert (await by_link(rig, host)).you.seat == 1
    assert await credited(rig, host) == {(2, 1): "eve"}


async def test_a_listed_name_that_says_most_is_theirs(rig: Rig) -> None:
    """A list has whole names mostly, and they are called by as little as there is where nobody has listed them."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ann", "Ann Lee"])).ok
    ann = attrs.evolve(EVE, names=("Ann", "Lee", "Ann Lee"))
    assert isinstance(await launch(rig, host, ann), Seated)
    people = (await seen(host)).hand["person"]
    assert [bool(person.get("table")) for person in people.values()] == [False, True]


@pytest.mark.parametrize("command", ["class.remove", "class.erase_person"])
async def test_who_is_gone_does_not_come_back_by_the_account(rig: Rig, command: str) -> None:
    """They are told who has taken them out, or erased them."""
    host = await open_class(rig)
    await launch(rig, host)
    assert (await host.command(command, person=1)).ok
    await rig.pass_ms(2_000)
    assert str(await launch(rig, host)).endswith(("removed_from_class", "erased_from_class"))


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
        await say(host, Command("p" * 16, "class.people", {"names": [ROSA]}))
        await hear(host, Result)
        await school.bound(welcome.room, welcome.host_token)
        code = await _opens(host, welcome.room)
        async with school.dial() as rosa:
            await say(rosa, Join(welcome.room, "", pass_=code, id="r" * 24))
            seat = await hear(rosa, Welcome)
        eve, known_as = school.browser(), {"sub": "eve", "given_name": ROSA}
        asked = await in_thread(eve.open, **known_as)
        assert (asked.status_code, f"Are you {ROSA}?" in asked.text) == (200, True)
        wrong = await in_thread(eve.post, "/lti/place", ticket=ticket_of(asked), code="ABCD-EFGH")
        assert (wrong.status_code, "opens no place" in wrong.text, ROSA in wrong.text) == (400, True, True)
        other = seat_of(await in_thread(eve.post, "/lti/place", ticket=ticket_of(wrong), other="1"))
        own = seat_of(await in_thread(eve.post, "/lti/place", ticket=ticket_of(wrong), code=code))
        assert other[0] == own[0] == seat.room
        places = [key for key in await school.lti_of(seat.room) if key.startswith("lti:")]
        assert (len(places), f"lti:{seat.you.seat}:1" in places) == (2, True)
        late = await in_thread(eve.post, "/lti/place", ticket="a.b", other="1")
        assert "has been open for too long" in late.text

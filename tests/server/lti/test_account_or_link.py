"""In a class with personal links, an account of a platform has the place of its own person and of nobody of that name.

Points go to the account that a place is of, so whose it is has to be shown by the personal code where both have come.
"""

from __future__ import annotations

import asyncio

import attrs
import pytest
from websockets.asyncio.client import ClientConnection

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import ClassOptions, Command, Create, Join, Options, Result, Welcome
from makersphere_server.lti.entering import Seated, Visit, let_in
from makersphere_server.lti.kept import Activity, Kept
from makersphere_server.lti.launching import Launched
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.school import AS_TEACHER, School, in_thread, seat_of, ticket_of
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


async def test_who_is_only_called_like_somebody_listed_is_not_credited_with_their_work(rig: Rig) -> None:
    """Her place is hers once she has shown her code; whose name is the same is asked, and has another place."""
    host = await _listed(rig)
    assert isinstance(await _launch(rig, host), Seated)
    rosa = await _by_link(rig, host)
    assert (rosa.you.seat, await _credited(rig, host)) == (1, {})
    assert await _launch(rig, host) == "code_for_account"
    assert await _launch(rig, host, visit=attrs.evolve(_VISIT, code="WRONG-CODE")) == "wrong_link"
    other = await _launch(rig, host, visit=attrs.evolve(_VISIT, is_somebody_else=True))
    again = await _launch(rig, host)
    assert isinstance(other, Seated)
    assert isinstance(again, Seated)
    names = [person["name"] for person in (await seen(host)).hand["person"].values()]
    assert (names[0], len(names)) == (_ROSA, 2)
    assert await _credited(rig, host) == {(2, 1): "eve"}


async def test_whose_place_it_is_shows_the_code_once(rig: Rig) -> None:
    """From then on the account opens it whatever else does."""
    host = await _listed(rig)
    await _launch(rig, host)
    await _by_link(rig, host)
    code = (await _links(host))["1"]
    assert isinstance(await _launch(rig, host, visit=attrs.evolve(_VISIT, code=code)), Seated)
    for _ in range(2):
        await _by_link(rig, host)
        assert isinstance(await _launch(rig, host), Seated)
        assert await _credited(rig, host) == {(1, 1): "eve"}
    assert len((await seen(host)).hand["person"]) == 1


async def test_it_can_be_shown_after_the_end(rig: Rig) -> None:
    """So that whoever played by the link alone has a grade, too."""
    host = await _listed(rig)
    await _by_link(rig, host)
    for command in ("host.start", "host.end"):
        assert (await host.command(command)).ok
        await rig.pass_ms(1_000)
    code = (await _links(host))["1"]
    assert isinstance(await _launch(rig, host, visit=attrs.evolve(_VISIT, code=code)), Seated)
    assert await _credited(rig, host) == {(1, 1): "eve"}


async def test_an_account_that_came_first_under_no_listed_name_stays_its_persons(rig: Rig) -> None:
    """Their personal link was made for them: nobody is asked, nobody is doubled."""
    host = await open_class(rig)
    await _launch(rig, host)
    await _by_link(rig, host)
    assert await _credited(rig, host) == {(1, 1): "eve"}
    assert isinstance(await _launch(rig, host), Seated)
    assert len((await seen(host)).hand["person"]) == 1


@pytest.mark.parametrize("is_theirs", [False, True])
async def test_who_comes_by_the_link_first_is_not_doubled(rig: Rig, is_theirs: bool) -> None:  # noqa: FBT001
    """They are asked as they open the activity; by the code their place is that of the account, too."""
    host = await _listed(rig)
    await _by_link(rig, host)
    assert await _launch(rig, host) == "code_for_account"
    code = (await _links(host))["1"]
    visit = attrs.evolve(_VISIT, code=code) if is_theirs else attrs.evolve(_VISIT, is_somebody_else=True)
    assert isinstance(await _launch(rig, host, visit=visit), Seated)
    assert await _credited(rig, host) == {(1 if is_theirs else 2, 1): "eve"}


async def test_an_account_is_one_persons(rig: Rig) -> None:
    """With the code of another place it goes there, and the place that it had is nobody's account's."""
    host = await _listed(rig)
    await _launch(rig, host)
    assert (await host.command("class.people", names=["Tom"])).ok
    await _by_link(rig, host)
    code = (await _links(host))["2"]
    assert isinstance(await _launch(rig, host, visit=attrs.evolve(_VISIT, code=code)), Seated)
    assert isinstance(await _launch(rig, host), Seated)
    assert await _credited(rig, host) == {(2, 1): "eve"}


@pytest.mark.parametrize("command", ["class.remove", "class.erase_person"])
async def test_who_is_gone_does_not_come_back_by_the_account(rig: Rig, command: str) -> None:
    """Nor by it does somebody else suffer who has only the same name."""
    host = await open_class(rig)
    await _launch(rig, host)
    await _by_link(rig, host)
    assert (await host.command(command, person=1)).ok
    await rig.pass_ms(2_000)
    assert str(await _launch(rig, host)).endswith(("removed_from_class", "erased_from_class"))


async def _opens(host: ClientConnection, room: str) -> str:
    """Return the personal code of the only one on a class's list."""
    await say(host, Command("l" * 16, "class.links", {}))
    result = await hear(host, Result)
    assert result.data is not None, (room, result)
    return str(result.data["links"]["1"])


async def test_pages_ask_whose_place_it_is_and_tell_the_teacher(school: School) -> None:
    """A wrong code is told beside the field; the right one leads to the seat, and the word to another one."""
    async with school.serving(), school.dial() as host:
        laid = ClassOptions(people=4, table=4)
        await say(host, Create("quickstart", Options(), class_=laid))
        welcome = await hear(host, Welcome)
        await say(host, Command("p" * 16, "class.people", {"names": [_ROSA]}))
        await hear(host, Result)
        await school.bound(welcome.room, welcome.host_token)
        eve, known_as = school.browser(), {"sub": "eve", "given_name": _ROSA}
        first = seat_of(await in_thread(eve.open, **known_as))
        code = await _opens(host, welcome.room)
        async with school.dial() as rosa:
            await say(rosa, Join(welcome.room, "", pass_=code, id="r" * 24))
            await hear(rosa, Welcome)
        asked = await in_thread(eve.open, **known_as)
        assert (asked.status_code, f"Are you {_ROSA}?" in asked.text) == (200, True)
        wrong = await in_thread(eve.post, "/lti/place", ticket=ticket_of(asked), code="ABCD-EFGH")
        assert (wrong.status_code, "opens no place" in wrong.text, _ROSA in wrong.text) == (400, True, True)
        told = await in_thread(school.browser().open, **AS_TEACHER)
        assert f"taken by its personal link: {_ROSA}." in told.text
        other = seat_of(await in_thread(eve.post, "/lti/place", ticket=ticket_of(wrong), other="1"))
        assert other[0] == first[0]
        told = await in_thread(school.browser().open, **AS_TEACHER)
        assert "personal link" not in told.text.partition("<details>")[0]
        late = await in_thread(eve.post, "/lti/place", ticket="a.b", other="1")
        assert "has been open for too long" in late.text

"""What the platform calls somebody goes with that person, and is in what is handed out to them."""

from __future__ import annotations

from pathlib import Path

from makersphere_server.afterwards.kept_rooms import erase_names
from makersphere_server.lti.kept import Kept
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.server.rig.school import School, in_thread, seat_of, until


async def test_the_platforms_word_for_somebody_goes_with_that_person(school: School) -> None:
    """Others' stay, what was decided stays, and the word stands in no private value any more."""
    async with school.serving() as server, school.host(server) as host:
        await school.played(host, "word-of-ann", "word-of-ben")
        room = host.welcome.room
        told = await host.command("export_person", seat=1)
        assert told.data is not None
        (place,) = told.data["places"]
        assert place["platforms"] == [{"platform": school.platform.url, "called_there": "word-of-ann"}]
        await host.command("erase_person", seat=1)
        kept = await Kept.of(school.log, room)
        assert [one.person for one in kept.people.values()] == ["word-of-ben"]
        assert not any(b"word-of-ann" in value for value in (await school.log.privates(room)).values())


async def test_a_grade_that_waits_is_not_sent_of_somebody_who_was_erased(school: School) -> None:
    """Nothing of them goes out, and nothing late brings them back."""
    school.platform.answers = {"/token": [(503, {}, {})]}
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        room = host.welcome.room
        await in_thread(teacher.post, "/lti/send", ticket=ticket, idle="count")
        await until(lambda: "/token" in school.platform.asked)
        await host.command("erase_person", seat=1)
    async with school.serving():
        while (await Kept.of(school.log, room)).sent:
            await in_thread(school.browser().get, "/lti")
    assert school.platform.scores == []
    assert (await Kept.of(school.log, room)).people == {}


async def test_what_a_platform_said_to_somebodys_grade_goes_with_them(school: School) -> None:
    """And stands in what is written out of them before; others' stays."""
    said = {"reason": "word-of-all was not enrolled"}
    school.platform.answers = {"/grades/3/scores": [(403, said, {}), (403, said, {})]}
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann", "Ben")
        room = host.welcome.room
        await in_thread(teacher.post, "/lti/send", ticket=ticket, idle="count")
        while {one.status for one in (await Kept.of(school.log, room)).sent.values()} != {"refused"}:
            await in_thread(school.browser().get, "/lti")
        told = await host.command("export_person", seat=1)
        assert told.data is not None
        (sent,) = told.data["places"][0]["sent_to_platforms"]
        assert (sent["status"], sent["values"]["why"]) == ("refused", "word-of-all was not enrolled")
        await host.command("erase_person", seat=1)
        left = (await Kept.of(school.log, room)).sent
    assert [(person, one.status) for person, one in left.items()] == [((2, 1), "refused")]


async def test_somebody_who_was_erased_comes_back_as_somebody_new(school: School) -> None:
    """If they open the activity again themselves."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        seat_of(await in_thread(school.browser().open))
        await host.command("erase_person", seat=1)
        assert (await Kept.of(school.log, host.welcome.room)).people == {}
        seat_of(await in_thread(school.browser().open))
        assert len((await Kept.of(school.log, host.welcome.room)).people) == 1


async def test_it_goes_with_the_names_of_a_stopped_server_too(school: School, tmp_path: Path) -> None:
    """And with it what was sent; the activity stays: it says of nobody who they are."""
    school.log = await SqliteLog.open(tmp_path)  # type: ignore[assignment]
    try:
        async with school.serving() as server, school.host(server) as host:
            teacher, ticket = await school.played(host, "word-of-ann")
            await in_thread(teacher.post, "/lti/send", ticket=ticket, idle="count")
            room = host.welcome.room
            await until(lambda: school.platform.scores)
            while [one.status for one in (await Kept.of(school.log, room)).sent.values()] != ["sent"]:
                await in_thread(school.browser().get, "/lti")
    finally:
        await school.log.close()
    erase_names(tmp_path, room)
    log = await SqliteLog.open(tmp_path)
    try:
        kept = await Kept.of(log, room)
    finally:
        await log.close()
    assert kept.people == {}
    assert len(kept.activities) == 1
    assert kept.sent == {}
    assert b"word-of-ann" not in _stored(tmp_path)


def _stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("*.sqlite3*"))

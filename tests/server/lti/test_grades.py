"""Grades on their way: what a teacher has said is sent arrives once, or the teacher reads why not and what to do."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from typing import Any

import msgspec
import pytest
from prometheus_client import REGISTRY

from makersphere_server.lti import sending
from makersphere_server.lti.kept import Activity, Kept
from makersphere_server.lti.scores import Score, Scores
from makersphere_server.storage.event_log import EventLog
from tests.server.rig.learning_platform import Browser
from tests.server.rig.school import AS_TEACHER, School, in_thread, seat_of, ticket_of, until
from tests.server.rig.sockets import PATIENCE_S

SCORES = "/grades/3/scores"


async def _send(teacher: Browser, ticket: str, idle: str = "count") -> str:
    page = await in_thread(teacher.post, "/lti/send", ticket=ticket, idle=idle)
    assert page.status_code == 200, page.text
    return page.text


async def _statuses(school: School, room: str) -> list[str]:
    return [sent.status for _, sent in sorted((await Kept.of(school.log, room)).sent.items())]


async def _shown(school: School, room: str, *statuses: str) -> None:
    """Wait until the grades of a room stand so, in order of their seats."""
    async with asyncio.timeout(PATIENCE_S):
        while await _statuses(school, room) != list(statuses):  # noqa: ASYNC110  (threads are waited for)
            await asyncio.sleep(0.02)


async def test_points_of_those_who_came_by_the_activity_arrive(school: School) -> None:
    """Each signed request is believed by the platform, and the teacher reads that they were taken."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann", "Ben")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "sent", "sent")
        page = (await in_thread(teacher.post, "/lti/grades", ticket=ticket)).text
    assert school.platform.wrongs == []
    scores = {score["userId"]: score for score in school.platform.scores}
    assert scores.keys() == {"Ann", "Ben"}
    assert scores["Ann"]["scoreGiven"] > scores["Ben"]["scoreGiven"] == 0
    assert {(one["activityProgress"], one["gradingProgress"]) for one in scores.values()} == {
        ("Completed", "FullyGraded")
    }
    assert "page of consent" not in page  # nobody is asked there
    assert f"{scores['Ann']['scoreGiven']} of {scores['Ann']['scoreMaximum']} was taken." in page
    assert school.platform.asked.count("/token") <= 2  # a right that was given is used again


async def test_what_was_taken_is_sent_once_and_other_points_again(school: School) -> None:
    """A second tap sends nothing; where the teacher counts idle phases otherwise, what differs goes, and later."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann", "Ben")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "sent", "sent")
        await _send(teacher, ticket)
        await _send(teacher, ticket, "leave")
        await until(lambda: len(school.platform.scores) > 2)
        await _shown(school, host.welcome.room, "sent", "sent")
    first, *_, last = [score for score in school.platform.scores if score["userId"] == "Ann"]
    assert last["scoreGiven"] == last["scoreMaximum"] > first["scoreGiven"]
    assert last["timestamp"] > first["timestamp"]
    assert len(school.platform.scores) == 3  # Ben has chosen nothing: nothing, either way


async def test_nothing_is_sent_that_the_teacher_has_not_sent(school: School) -> None:
    """A game's end sends nothing, and a tap does not without a word on idle phases."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        refused = await in_thread(teacher.post, "/lti/send", ticket=ticket)
        assert (refused.status_code, "Choose first" in refused.text) == (400, True)
        assert (await Kept.of(school.log, host.welcome.room)).sent == {}
    assert school.platform.scores == []


async def test_a_game_that_goes_on_has_no_grades_yet(school: School) -> None:
    """The page says so, and has no button to send any."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.bound(host.welcome.room, host.welcome.host_token)
        seat_of(await in_thread(school.browser().open))
        await host.command("start")
        page = (await in_thread(teacher.post, "/lti/grades", ticket=ticket)).text
    assert "One room is still played" in page
    assert "/lti/send" not in page


async def test_what_is_not_taken_now_comes_again_until_it_is(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an answer of 503, of 429 and two that make no sense, the same score arrives."""
    monkeypatch.setattr(sending, "_AGAIN_MS", (10, 10, 10, 10, 10))
    school.platform.answers = {
        SCORES: [(503, {}, {}), (429, {}, {})],
        "/token": [(500, {}, {}), (200, {"no": "token"}, {}), (200, DEEP, {})],
    }
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "sent")
    assert len(school.platform.scores) == 1


async def test_a_score_that_was_taken_with_words_of_nobodys_is_taken(school: School) -> None:
    """Whatever the platform says to it."""
    school.platform.answers = {SCORES: [(200, DEEP, {})]}
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "sent")


async def test_what_nobody_foresaw_holds_up_no_other_grade(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of it than there are workers: the teacher reads that it was this server, and what waits arrives."""
    post, times = Scores.post, iter(range(5))

    def failing(scores: Scores, activity: Activity, score: Score) -> None:
        if next(times, None) is not None:
            raise ZeroDivisionError("nobody foresaw it")
        post(scores, activity, score)

    monkeypatch.setattr(Scores, "post", failing)
    monkeypatch.setattr(sending, "_AGAIN_MS", (1, 1, 1, 1, 3_600_000))
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        await _send(teacher, ticket)
        async with asyncio.timeout(PATIENCE_S):
            while (await Kept.of(school.log, host.welcome.room)).sent[1, 1].tries < 5:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        page = (await in_thread(teacher.post, "/lti/grades", ticket=ticket)).text
        assert "is tried again by itself. This server made a mistake." in page
        await _send(teacher, ticket, "leave")
        await _shown(school, host.welcome.room, "sent")


async def test_a_value_that_cannot_be_read_ends_no_worker(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays stored as it is; other grades go out."""
    of, times = Kept.of, iter(range(4))

    async def failing(log: EventLog, room: str) -> Kept:
        name = getattr(asyncio.current_task(), "get_name", str)()
        if name.startswith("grades ") and next(times, None) is not None:
            raise msgspec.ValidationError("nobody foresaw it")
        return await of(log, room)

    monkeypatch.setattr(Kept, "of", failing)
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann", "Ben", "Cy", "Di", "Eve")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "waiting", "waiting", "waiting", "waiting", "sent")


async def test_a_restart_loses_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited when the server stopped is sent by the next one, as it was said."""
    monkeypatch.setattr(sending, "_AGAIN_MS", (3_600_000,))
    school.platform.answers = {SCORES: [(503, {}, {})]}
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        await _send(teacher, ticket)
        room = host.welcome.room
        await until(lambda: SCORES in school.platform.asked)
        page = ""
        while "is tried again" not in page:
            page = (await in_thread(teacher.post, "/lti/grades", ticket=ticket)).text
    said = (await Kept.of(school.log, room)).sent[1, 1]
    async with school.serving():
        await _shown(school, room, "sent")
    (score,) = school.platform.scores
    assert (score["scoreGiven"], score["scoreMaximum"]) == (said.points, said.most)


DEEP = b"[" * 100_000
ENDLESS = {"Date": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"}
LATE = {"Date": formatdate(1_000_000_000, usegmt=True)}
REFUSALS: dict[str, tuple[str, tuple[int, dict[str, Any] | bytes, dict[str, str]], str]] = {
    "its key is not taken": ("/token", (400, {"error": "invalid_client"}, {}), "does not take this server's key"),
    "clocks are apart": ("/token", (400, {"error": "invalid_client"}, LATE), "seconds apart. Have both set by NTP"),
    "somebody left": (SCORES, (403, {"reason": "not <i>enrolled</i>"}, {}), "answer 403: not &lt;i&gt;enrolled"),
    "the column is gone": (SCORES, (404, {}, {}), "has no column for these grades"),
    "it has a newer one": (SCORES, (409, {}, {}), "has a newer score already"),
    "something else": (SCORES, (422, {"message": "no\nsuch user"}, {}), "answer 422: no such user"),
    "a status of nobody's": (SCORES, (419, {"message": "the page has expired"}, {}), "answer 419: the page has"),
    "a status of nobody's to the key": ("/token", (499, {}, {}), "does not take this server's key (answer 499"),
    "a reason without end": (SCORES, (400, DEEP, {}), "did not take it (answer 400: -)"),
    "a clock of nobody's": ("/token", (400, {"error": "invalid_client"}, ENDLESS), "does not take this server's key"),
    "it has moved": (SCORES, (302, {}, {"Location": "https://127.0.0.1:1/"}), "its addresses have moved"),
}


@pytest.mark.parametrize("why", REFUSALS)
async def test_a_refusal_says_why_and_the_next_tap_sends_again(why: str, school: School) -> None:
    """In words; nothing is sent by itself meanwhile, and once it is put right the grade arrives."""
    path, answer, said = REFUSALS[why]
    before = _counted("refused"), _counted("sent")
    school.platform.answers = {path: [answer]}
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "refused")
        page = (await in_thread(teacher.post, "/lti/grades", ticket=ticket)).text
        assert said in page.replace("&#x27;", "'"), page
        assert school.platform.scores == []
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "sent")
    assert (_counted("refused"), _counted("sent")) == (before[0] + 1, before[1] + 1)


def _counted(how: str) -> float:
    return REGISTRY.get_sample_value("makersphere_grades_total", {"how": how}) or 0


async def test_another_key_than_the_platform_knows_is_refused_in_words(school: School) -> None:
    """As where the tool's key was lost while the platform still has a set of its own."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        school.platform.tool_keys = {"keys": []}
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "refused")
        page = (await in_thread(teacher.post, "/lti/grades", ticket=ticket)).text
        assert "answer 400: no such key" in page


async def test_a_right_that_was_taken_back_is_asked_for_again(school: School) -> None:
    """The platform may let it end before its time."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "Ann")
        await _send(teacher, ticket)
        await _shown(school, host.welcome.room, "sent")
        school.platform.end_rights()
        await _send(teacher, ticket, "leave")
        await until(lambda: len(school.platform.scores) == 2)
    assert school.platform.asked.count("/token") == 2


async def test_grades_go_where_the_activity_says_by_now(school: School) -> None:
    """A teacher who opens it again after the platform was put right brings the place along."""
    endpoint = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
    async with school.serving() as server, school.host(server) as host:
        teacher = school.browser()
        first = await in_thread(teacher.open, **AS_TEACHER, **{endpoint: None})
        link = f"x#/c/{host.welcome.room}/{host.welcome.host_token}"
        page = await in_thread(teacher.post, "/lti/bind", ticket=ticket_of(first), link=link)
        assert "has said no place for grades" in page.text
        again = await in_thread(teacher.open, **AS_TEACHER)
        assert "has said no place for grades" not in again.text

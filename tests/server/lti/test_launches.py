"""Who comes from a platform: into their own seat where everything is right, and nowhere, told why, where it is not."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest
import requests

from makersphere_protocol.messages import ClassOptions, Command, Create, Options, Result, Resume, Welcome
from makersphere_server.clock import SystemClock
from makersphere_server.lti import platform_keys
from makersphere_server.lti.seals import Seals
from tests.server.rig.learning_platform import CLAIM, Browser
from tests.server.rig.school import AS_TEACHER, School, in_thread, seat_of, ticket_of, until
from tests.server.rig.sockets import hear, say

AGS = "https://purl.imsglobal.org/spec/lti-ags/"
ROLES = f"{CLAIM}roles"


async def test_who_opens_the_activity_again_has_the_same_seat(school: School) -> None:
    """On another device too; by as little of their name as tells them from others, and nobody else's seat."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        names = {}
        people = {"p1": ("Ann", "Lee"), "p2": ("Ann", "Bo"), "p3": ("", ""), "p1 again": ("Ann", "Lee")}
        for person, (given, family) in people.items():
            claims = {"sub": person[:2], "given_name": given, "family_name": family, "name": f"{given} {family}"}
            room, token = seat_of(await in_thread(school.browser().open, **claims))
            async with school.dial() as seat:
                await say(seat, Resume(room, seat_token=token))
                welcome = await hear(seat, Welcome)
                number = str(welcome.you.seat)
                names[person] = (number, (welcome.table or {})["seat"][number]["name"])
        assert names["p1"] == names["p1 again"] == ("1", "Ann")
        assert names["p2"] == ("2", "Ann B.")
        number, drawn = names["p3"]
        assert (number, len(drawn.split())) == ("3", 2)  # the platform tells no name: two words of ours


async def test_somebody_keeps_their_seat_when_an_earlier_namesake_has_left(school: School) -> None:
    """They come under the name that they had, though a shorter one is free by now."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        for person in ("p1", "p2"):
            seat_of(await in_thread(school.browser().open, sub=person))
        await host.command("remove", seat=1)
        before = await school.lti_of(host.welcome.room)
        seat_of(await in_thread(school.browser().open, sub="p2"))
        assert await school.lti_of(host.welcome.room) == before


async def test_an_activity_of_a_class_leads_to_its_tables(school: School) -> None:
    """And whoever opens it again comes back to the same table."""
    async with school.serving(), school.dial() as host:
        await say(host, Create("quickstart", Options(), class_=ClassOptions(people=4, table=2)))
        welcome = await hear(host, Welcome)
        await school.bound(welcome.room, welcome.host_token)
        rooms = [seat_of(await in_thread(school.browser().open, sub=one, given_name=one))[0] for one in "ABCA"]
    assert rooms[0] == rooms[3] != welcome.room
    assert len(set(rooms)) == 2


async def test_a_table_that_stands_still_holds_up_no_other_of_its_class(school: School) -> None:
    """The others come back to their seats, and the teacher reads how many stand still and gets the others' points."""
    async with school.serving(), school.dial() as host:
        laid = ClassOptions(people=4, table=2)
        await say(host, Create("quickstart", Options(pace="host", consent=True), class_=laid))
        welcome = await hear(host, Welcome)
        teacher, ticket = await school.bound(welcome.room, welcome.host_token)
        rooms = [seat_of(await in_thread(school.browser().open, sub=one, given_name=one))[0] for one in "ABCD"]
        for name in ("host.start", "host.advance", "host.end"):
            await say(host, Command(name, name))
            assert (await hear(host, Result)).ok
        school.log.damage(rooms[0], 1, "broken", values=True)
        sound = next(index for index, room in enumerate(rooms) if room != rooms[0])
        back = seat_of(await in_thread(school.browser().open, sub="ABCD"[sound], given_name="ABCD"[sound]))
        assert back[0] == rooms[sound]
        page = await in_thread(teacher.post, "/lti/grades", ticket=ticket)
        assert page.status_code == 200, page.text
        assert "One room had to stop" in page.text
        assert page.text.count("Not sent.") == 2
        assert "whatever somebody has said on the page of consent" in page.text
        await in_thread(teacher.post, "/lti/send", ticket=ticket, idle="count")
        await until(lambda: len(school.platform.scores) == 2)
        school.log.damage(welcome.room, 1, "broken", values=True)
        refused = await in_thread(teacher.post, "/lti/grades", ticket=ticket)
    assert (refused.status_code, "This room had to stop." in refused.text) == (503, True)


async def test_a_door_that_is_closed_says_so_as_to_everybody(school: School) -> None:
    """Where the host has locked the room, by the sentence that everybody hears who joins."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        await host.command("lock", joining=False)
        refused = await in_thread(school.browser().open)
    assert refused.status_code == 409
    assert "The door is closed for now." in refused.text


# -- what does not count

NOW = time.time
NO_TOKEN = {"id_token": "a.b.c"}
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_"
SETTINGS = {
    "deep_link_return_url": "https://x.example",
    "accept_types": ["ltiResourceLink"],
    "accept_presentation_document_targets": ["window"],
}
WRONG: dict[str, tuple[Callable[[Browser], requests.Response], str]] = {
    "a wrong key": (lambda b: b.open(key=b.platform.other_key), "is not signed with a key that stands at"),
    "a key that nobody knows": (lambda b: b.open(header={"kid": "nobody's"}), "is not signed with a key"),
    "no signature": (lambda b: b.open(header={"alg": "none"}), "is not signed with a key"),
    "a shared secret": (lambda b: b.open(header={"alg": "HS256"}), "is not signed with a key"),
    "a clock ahead": (lambda b: b.open(iat=int(NOW()) + 500, exp=int(NOW()) + 900), "seconds ahead of this server"),
    "a clock behind": (lambda b: b.open(iat=int(NOW()) - 900, exp=int(NOW()) - 800), "seconds behind this server"),
    "an end that is over": (lambda b: b.open(exp=int(NOW()) - 40), "It took too long."),
    "no end": (lambda b: b.open(exp=None), "is not as LTI 1.3 wants it"),
    "another nonce": (lambda b: b.open(nonce="1.2"), "used already or is over"),
    "a wrong deployment": (lambda b: b.open(**{f"{CLAIM}deployment_id": "99"}), "by its deployment 99"),
    "an issuer that nobody knows": (lambda b: b.open(iss="https://x.example"), "does not know the platform https://x"),
    "another client": (lambda b: b.open(aud="other"), "with the client other"),
    "many clients": (lambda b: b.open(aud=["tool-7", "other"]), "is not as LTI 1.3 wants it"),
    "grades that go elsewhere": (
        lambda b: b.open(
            **{f"{AGS}claim/endpoint": {"scope": [f"{AGS}scope/score"], "lineitem": "https://169.254.1.1/"}}
        ),
        "names https://169.254.1.1/ for its grades",
    ),
    "another message": (
        lambda b: b.open(**{f"{CLAIM}message_type": "LtiDeepLinkingRequest", f"{DEEP_LINKING}settings": SETTINGS}),
        "This is a message of the kind LtiDeepLinkingRequest",
    ),
    "no role": (lambda b: b.open(**{ROLES: []}), "says neither that you learn"),
    "no person": (lambda b: b.open(sub=None), "is not as LTI 1.3 wants it"),
    "a person without end": (lambda b: b.open(sub="x" * 300), "is not as LTI 1.3 wants it"),
    "roles of another form": (lambda b: b.open(**{ROLES: 7}), "is not as LTI 1.3 wants it"),
    "an activity of another form": (lambda b: b.open(**{f"{CLAIM}resource_link": [1]}), "is not as LTI 1.3 wants it"),
    "no token": (lambda b: b.post("/lti/launch", id_token="", state=_state(b)), "is not as LTI 1.3 wants it"),
    "a deep token": (
        lambda b: b.post("/lti/launch", id_token=f"e30.{'W1tb' * 3_000}.x", state=_state(b)),
        "is not as LTI 1.3 wants it",
    ),
    "a state of nobody's": (lambda b: b.post("/lti/launch", **{**NO_TOKEN, "state": "state-x"}), "keeps no cookies"),
    "nothing": (lambda b: b.post("/lti/launch"), "keeps no cookies"),
    "by hand": (lambda b: b.get("/lti/launch"), "keeps no cookies"),
    "a login of nobody": (lambda b: b.login(login_hint=""), "is not as LTI 1.3 wants it"),
    "a login from elsewhere": (lambda b: b.login(iss="https://x.example"), "does not know the platform https://x"),
    "a ticket of nobody's": (lambda b: b.post("/lti/bind", ticket="a.b", link="x"), "has been open for too long"),
    "no ticket": (lambda b: b.post("/lti/send", idle="count"), "has been open for too long"),
}


def _state(browser: Browser) -> str:
    location = browser.login().headers["location"]
    return location.partition("state=")[2].partition("&")[0]


@pytest.mark.parametrize("what", WRONG)
async def test_what_is_not_right_comes_to_nothing_and_says_why(what: str, school: School) -> None:
    """On a page that says what to do; nobody sits down, and what the room keeps is as it was."""
    do, said = WRONG[what]
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        before = await school.log.privates(host.welcome.room)
        answer = await in_thread(do, school.browser())
        assert answer.status_code == 400, answer.text
        assert said in answer.text, answer.text
        assert "nothing is lost" in answer.text
        assert await school.log.privates(host.welcome.room) == before
        chinese = await in_thread(do, school.browser("zh-CN"))
        assert 'lang="zh"' in chinese.text
        assert "没有丢失任何东西" in chinese.text
    assert school.platform.scores == []


async def test_a_message_counts_once_and_for_the_browser_that_began(school: School) -> None:
    """Shown again it is refused, and another browser cannot bring it at all."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        ann, eve = school.browser(), school.browser()
        began = await in_thread(ann.login)
        form = school.platform.authorize(began.headers["location"], {})
        stolen = await in_thread(eve.post, "/lti/launch", **form)
        assert "keeps no cookies" in stolen.text
        cookies = ann.session.cookies.copy()
        seat_of(await in_thread(ann.post, "/lti/launch", **form))
        ann.session.cookies = cookies
        again = await in_thread(ann.post, "/lti/launch", **form)
    assert (again.status_code, "used already or is over" in again.text) == (400, True)


def test_a_nonce_that_is_shown_twice_at_once_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are read in threads: who looks while another one looks waits, or has it taken from under their eyes."""
    met, found = threading.Event(), []
    second = threading.Thread(target=lambda: found.append(seals.use("nonce")))

    class Watched(dict[str, int]):
        def __contains__(self, nonce: object) -> bool:
            is_used = super().__contains__(nonce)
            if threading.current_thread() is second:
                met.set()
            else:
                second.start()
                met.wait()  # until the other one has looked too, or waits at the lock
            return is_used

    class WatchedLock:
        def __init__(self) -> None:
            self._lock = threading.Lock()

        def __enter__(self) -> None:
            if threading.current_thread() is second:
                met.set()
            self._lock.acquire()

        def __exit__(self, *_: object) -> None:
            self._lock.release()

    monkeypatch.setattr("makersphere_server.lti.seals.Lock", WatchedLock, raising=False)
    seals = Seals(SystemClock())
    seals._used = Watched()
    found.append(seals.use("nonce"))
    second.join()
    assert sorted(found) == [False, True]


async def test_the_same_launch_twice_at_once_leads_to_one_seat(school: School) -> None:
    """The other one is told that it was used already."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        ann = school.browser()
        began = await in_thread(ann.login)
        form, cookies = school.platform.authorize(began.headers["location"], {}), ann.session.cookies.copy()
        twins = [school.browser(), school.browser()]
        for twin in twins:
            twin.session.cookies = cookies.copy()
        both = await asyncio.gather(*(in_thread(twin.post, "/lti/launch", **form) for twin in twins))
    assert sorted(one.status_code for one in both) == [303, 400]
    assert any("used already or is over" in one.text for one in both)


async def test_a_state_of_one_platform_takes_no_message_for_another_login(school: School) -> None:
    """A nonce belongs to its own state."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        ann = school.browser()
        begun = [await in_thread(ann.login) for _ in range(2)]
        forms = [school.platform.authorize(one.headers["location"], {}) for one in begun]
        mixed = await in_thread(ann.post, "/lti/launch", id_token=forms[0]["id_token"], state=forms[1]["state"])
    assert "used already or is over" in mixed.text


async def test_a_browser_is_led_to_the_platform_and_back_and_nowhere_else(school: School) -> None:
    """Whatever address a login or a message asks for."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        ann = school.browser()
        began = await in_thread(
            ann.login, target_link_uri="https://evil.example/", redirect_uri="https://evil.example/"
        )
        assert began.headers["location"].startswith(f"{school.platform.url}/auth?")
        assert "evil" not in began.headers["location"]
        cookie = began.headers["set-cookie"]
        assert all(flag in cookie for flag in ("__Host-", "Secure", "HttpOnly", "SameSite=None", "Path=/"))
        came = await in_thread(ann.open, **{f"{CLAIM}target_link_uri": "https://evil.example/"})
    assert came.headers["location"].startswith(f"{school.platform.tool}/#/r/")


async def test_a_platform_that_is_down_or_shows_no_keys_is_named(school: School) -> None:
    """With the address to check; when it is back, people come in."""
    deep, moved = b"[" * 100_000, {"Location": "/x"}
    school.platform.answers = {"/keys": [(404, {}, {}), (200, {"keys": "none"}, {}), (200, deep, {}), (302, {}, moved)]}
    async with school.serving() as server, school.host(server) as host:
        said = [(await in_thread(school.browser().open, **AS_TEACHER)).text for _ in range(4)]
        assert all(f"shows no keys at {school.platform.url}/keys" in one for one in said[:3])
        assert "Moodle does not answer (TooManyRedirects)" in said[3]
        await school.bound(host.welcome.room, host.welcome.host_token)


async def test_a_platform_with_a_certificate_of_nobodys_is_not_believed(school: School) -> None:
    """The keeper is told that the platform's authority is not known here."""
    school.platform.write(ca="")
    async with school.serving():
        refused = await in_thread(school.browser().open)
    assert (refused.status_code, "a certificate that this server does not trust" in refused.text) == (400, True)


async def test_a_platform_may_change_its_key(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that names a new one has the keys fetched again; one that names nobody's does not each time."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        for _ in range(3):
            await in_thread(school.browser().open, header={"kid": "nobody's"})
        assert school.platform.asked.count("/keys") == 1
        monkeypatch.setattr(platform_keys, "_LOOK_AGAIN_S", 0)
        school.platform.key = school.platform.other_key
        seat_of(await in_thread(school.browser().open))
    assert school.platform.asked.count("/keys") == 2


# -- a teacher's page


async def test_a_student_finds_no_room_before_the_teacher_has_connected_one(school: School) -> None:
    """And a student's launch gives no form to connect any."""
    async with school.serving() as server, school.host(server):
        early = await in_thread(school.browser().open)
    assert (early.status_code, "has not connected this activity" in early.text) == (400, True)
    assert "ticket" not in early.text


async def test_only_the_link_of_a_host_who_leads_connects_a_room(school: School) -> None:
    """A wrong token, somebody else's code, an assistant's link and no link at all are refused, each in words."""
    async with school.serving() as server, school.host(server) as host:
        room = host.welcome.room
        helper = await host.command("invite", rank="assistant")
        assert helper.data is not None
        tokens = [value for value in helper.data.values() if isinstance(value, str)]
        teacher = school.browser()
        page = await in_thread(teacher.open, **AS_TEACHER)
        tries = [
            f"#/c/{room}/wrong",
            f"#/c/2222222/{host.welcome.host_token}",
            "https://x.example",
            f"#/c/{room}/{tokens[0]}",
        ]
        for link in tries:
            page = await in_thread(teacher.post, "/lti/bind", ticket=ticket_of(page), link=link)
            assert page.status_code == 400
            last = link == tries[-1]
            assert ("who helps" if last else "opens no console") in page.text
        assert await school.lti_of(room) == {}


async def test_what_a_platform_and_people_write_is_never_part_of_a_page(school: School) -> None:
    """Titles and names are text; the page runs nothing, and its form goes nowhere else."""
    async with school.serving() as server, school.host(server) as host:
        teacher, ticket = await school.played(host, "<i>Eve</i>")
        page = await in_thread(teacher.post, "/lti/grades", ticket=ticket)
    assert "<b>game" not in page.text
    assert "&lt;b&gt;game" in page.text
    assert "<i>Eve" not in page.text
    policy = page.headers["content-security-policy"]
    assert "form-action 'self'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"


async def test_an_activity_may_be_connected_with_another_room(school: School) -> None:
    """Then people come in there, and the room of before keeps nothing of the activity."""
    async with school.serving() as server, school.host(server) as first, school.host(server) as second:
        await school.bound(first.welcome.room, first.welcome.host_token)
        await school.bound(second.welcome.room, second.welcome.host_token)
        room, _ = seat_of(await in_thread(school.browser().open))
        assert room == second.welcome.room
        assert await school.lti_of(first.welcome.room) == {}

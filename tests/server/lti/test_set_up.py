"""LTI is off until it is set up, needs https, and says in words what is missing; its key is its owner's alone."""

from __future__ import annotations

import asyncio
import stat
from http import HTTPStatus
from pathlib import Path

import pytest
from websockets.http11 import Request, Response

from makersphere_server.edge import under_way
from makersphere_server.edge.responses import plain
from makersphere_server.lti.door import Door
from makersphere_server.lti.own_key import FILE, own_key
from makersphere_server.lti.platforms import read
from makersphere_server.settings import CannotStart
from tests.server.rig.learning_platform import Browser
from tests.server.rig.school import School, in_thread, seat_of


async def test_it_is_off_until_the_keeper_names_platforms(school: School) -> None:
    """The page says so; a launch is answered with the same page."""
    async with school.serving(lti=None):
        shown = await in_thread(school.browser().get, "/lti")
        posted = await in_thread(school.browser("zh").post, "/lti/launch")
    assert {found.headers.get("Strict-Transport-Security", "")[:8] for found in (shown, posted)} == {"max-age="}
    assert (shown.status_code, "is not set up for learning platforms" in shown.text) == (404, True)
    assert (posted.status_code, "没有设置教学平台" in posted.text) == (404, True)
    assert not (school.folder / FILE).exists()


@pytest.mark.parametrize(
    ("proxies", "said", "status"), [((), "https", 404), (("127.0.0.1",), "http", 404), (("127.0.0.1",), "https", 200)]
)
async def test_without_https_the_page_says_that_it_cannot_be_had(
    school: School, proxies: tuple[str, ...], said: str, status: int
) -> None:
    """The word of a web server in front counts where the keeper has named one, and nobody's else."""
    async with school.serving(tls_cert=None, proxies=proxies):
        browser = Browser(school.platform)
        browser.session.headers["X-Forwarded-Proto"] = said
        school.platform.tool = school.platform.tool.replace("https", "http")
        shown = await in_thread(browser.get, "/lti")
        login = await in_thread(browser.login)
    assert shown.status_code == status
    assert ("can&#x27;t be had here" in shown.text) == (status == 404)
    assert login.status_code == (303 if status == 200 else 404)


async def test_the_page_says_what_to_enter_in_the_platform(school: School) -> None:
    """Three addresses of this server, as the keeper's file has it; the key's public half is at one of them."""
    async with school.serving():
        shown = (await in_thread(school.browser().get, "/lti")).text
        keys = (await in_thread(school.browser().get, "/lti/jwks")).json()["keys"]
    assert all(f"{school.platform.tool}/lti/{name}" in shown for name in ("login", "launch", "jwks"))
    assert [set(key) for key in keys] == [{"alg", "e", "kid", "kty", "n", "use"}]


async def test_the_key_is_its_owners_alone_and_in_no_log(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Made once; one that others may read is not used."""
    async with school.serving() as server, school.host(server) as host:
        await school.bound(host.welcome.room, host.welcome.host_token)
        await in_thread(school.browser().open, sub="somebody-9", key=school.platform.other_key)
        await in_thread(school.browser().open, sub="somebody-9")
    told = capsys.readouterr().out
    file = school.folder / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = file.read_text().splitlines()[1]
    assert "lti_refused" in told
    assert not any(word in told for word in (secret, "somebody-9", host.welcome.host_token, "id_token", "state-"))
    assert own_key(school.folder) == own_key(school.folder)
    file.chmod(0o640)
    with pytest.raises(CannotStart) as refused:
        own_key(school.folder)
    assert refused.value.text == "lti_key_open"


async def test_without_the_library_the_server_says_what_to_install(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And starts as before where nobody wants it."""
    monkeypatch.setattr("makersphere_server.lti.opening.find_spec", {}.get)
    with pytest.raises(CannotStart) as refused:
        async with school.serving():
            pass
    assert refused.value.text == "lti_extra"
    async with school.serving(lti=None):
        pass


GOOD = """url = "https://play.example"
[[platform]]
name = "Moodle"
issuer = "https://moodle.example"
client_id = "a"
deployment_ids = ["1"]
login_url = "https://moodle.example/auth"
token_url = "https://moodle.example/token"
keys_url = "https://moodle.example/keys"
"""


@pytest.mark.parametrize(
    ("instead", "of", "text"),
    [
        ("", GOOD, "lti_file"),
        ("url = 7", 'url = "https://play.example"', "lti_file"),
        ("", 'client_id = "a"\n', "lti_file"),
        ('more = "x"\nname', "name", "lti_file"),
        ("[[", "[[platform]]", "lti_file"),
        ("http://play", "https://play", "lti_address"),
        ("https://me:pass@moodle", "https://moodle", "lti_address"),
        ("https://moodle.example:99999", "https://moodle.example/keys", "lti_address"),
        ("file:///etc/passwd", "https://moodle.example/token", "lti_address"),
    ],
)
def test_a_file_that_does_not_do_is_refused_by_its_field(tmp_path: Path, instead: str, of: str, text: str) -> None:
    """Each sentence says which; a file that is not there is one more."""
    file = tmp_path / "lti.toml"
    file.write_text(GOOD)
    assert [one.name for one in read(file)] == ["Moodle"]
    file.write_text(GOOD.replace(of, instead))
    with pytest.raises(CannotStart) as refused:
        read(file)
    assert refused.value.text == text
    file.unlink()
    with pytest.raises(CannotStart):
        read(file)


def test_grades_go_to_the_platforms_own_places_alone(tmp_path: Path) -> None:
    """By scheme, name and port; what merely begins alike is another place."""
    file = tmp_path / "lti.toml"
    file.write_text(f'{GOOD}grades_at = ["https://grades.example:8443/x"]\n')
    (platform,) = read(file)
    assert all(
        map(platform.takes, ("https://moodle.example/a", "https://moodle.example:443/", "https://grades.example:8443"))
    )
    others = (
        "http://moodle.example/",
        "https://moodle.example.evil.example/",
        "https://moodle.example@evil.example/",
        "https://moodle.example:8443/",
        "https://evil.example/https://moodle.example/",
        "https://evil.example\\@moodle.example/",
        "https://127.0.0.1/",
        "",
    )
    assert not any(map(platform.takes, others))


async def test_too_many_forms_at_once_are_told_to_come_again(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the game goes on meanwhile: whoever plays notices nothing."""
    monkeypatch.setattr(under_way, "AT_ONCE", 1)
    waits, entered = asyncio.Event(), asyncio.Event()

    async def answer(self: object, request: Request, address: str, body: bytes | None) -> Response:
        entered.set()
        await waits.wait()
        return plain(request, HTTPStatus.OK)

    async with school.serving() as server, school.host(server) as host:
        monkeypatch.setattr(Door, "answer", answer)
        first = asyncio.create_task(in_thread(school.browser().post, "/lti/launch"))
        await entered.wait()
        second = await in_thread(school.browser().post, "/lti/launch")
        assert (await host.command("announce", text="Hello")).ok
        waits.set()
        await first
    assert (second.status_code, int(second.headers["retry-after"]) > 0) == (503, True)


async def test_a_room_that_stands_still_keeps_no_other_from_its_grades(school: School) -> None:
    """A damaged log is no reason not to start, nor for others to lose their activity."""
    async with school.serving() as server, school.host(server) as host, school.host(server) as other:
        await school.bound(host.welcome.room, host.welcome.host_token)
        damaged = other.welcome.room
    school.log.damage(damaged, 1, "broken")
    async with school.serving():
        room, _ = seat_of(await in_thread(school.browser().open))
    assert room == host.welcome.room


async def test_a_form_that_is_too_large_is_not_read(school: School) -> None:
    """By the bound of every post."""
    async with school.serving():
        refused = await in_thread(school.browser().post, "/lti/launch", id_token="x" * 20_000)
    assert refused.status_code == 413

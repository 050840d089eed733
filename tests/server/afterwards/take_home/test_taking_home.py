"""Who may take what home over HTTP, in which language, and what is answered else."""

import asyncio
import csv
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Options
from makersphere_server.afterwards import downloads
from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.export_files import Download
from makersphere_server.afterwards.export_tables import finished_room
from makersphere_server.afterwards.reading_pace import BURST, ReadingPace
from makersphere_server.afterwards.take_home.game import Shown
from tests.server.rig.downloading import ask
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun, to_the_end

NAMES = ("=Canaryanna", "Canaryben")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def over(rig: Rig) -> Client:
    """Return the host of a game that is over."""
    host, *_ = await begun(rig, "quickstart", 6, NAMES)
    await to_the_end(rig, host)
    return host


async def test_a_host_takes_pages_home_for_the_class_and_for_each_student(rig: Rig) -> None:
    """A zip has all of them; each can be had alone; each is one file, with nothing to load and no script."""
    host = await over(rig)
    found = await ask(rig, f"{host.room}/home?what=all", host.token)
    assert found.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        pages = {name: archive.read(name) for name in archive.namelist()}
    students = [name for name in pages if name.startswith("students/")]
    assert set(pages) - set(students) == {"class.html", "teacher.html", "participation.csv"}
    assert [name[:11] for name in students] == [f"students/{seat:02d}" for seat in range(1, 7)]
    for name, body in pages.items():
        assert len(body) < 300 * 1024
        if name.endswith(".html"):
            assert not re.search(rb"<script|<img|<link|<iframe|url\(|@import|https?:", body), name
    for what in ("class", "teacher"):
        alone = await ask(rig, f"{host.room}/home?what={what}", host.token)
        assert alone.headers["Content-Disposition"] == f'attachment; filename="makersphere-{host.room}-{what}.html"'
        assert alone.body == pages[f"{what}.html"]
    table = await ask(rig, f"{host.room}/home?what=participation", host.token)
    assert table.body == pages["participation.csv"]
    people = json.loads((await ask(rig, f"{host.room}/home?what=people", host.token)).body)["people"]
    rows = list(csv.DictReader(io.StringIO(table.body.decode("utf-8-sig"))))
    assert [{name: str(cell) for name, cell in row.items()} for row in people] == [
        {**row, "name": row["name"].removeprefix("'")} for row in rows
    ]


async def test_a_seat_takes_home_its_own_page_and_nothing_else(rig: Rig) -> None:
    """What a seat's token opens is that seat's page; the class, the teacher's copy and the tables are the host's."""
    host = await rig.create("quickstart", options=Options(seats=6))
    ann, ben = [await rig.join(host.room, name) for name in NAMES]
    assert (await host.command("host.start")).ok
    await to_the_end(rig, host)
    own, other = [await ask(rig, f"{host.room}/home?what=mine", client.token) for client in (ann, ben)]
    assert own.status_code == other.status_code == 200
    assert own.body != other.body
    assert b"Canaryanna</h1>" in own.body
    assert b"Canaryben</h1>" in other.body
    for what in ("home?what=all", "home?what=class", "home?what=teacher", "home?what=participation", "debrief"):
        assert (await ask(rig, f"{host.room}/{what}", ann.token)).status_code == 401
    assert (await ask(rig, f"{host.room}/home?what=mine", host.token)).status_code == 401
    assert (await ask(rig, f"{host.room}/home?what=mine", "nonsense")).status_code == 401


@pytest.mark.parametrize("what", ["debrief", "export?format=jsonl"])
async def test_who_has_a_seat_reads_that_files_are_for_hosts(rig: Rig, what: str) -> None:
    """A seat's link that holds has not expired, and who shows none has none that could."""
    host = await rig.create()
    ann = await rig.join(host.room)
    for token in (ann.token, ""):
        found = await ask(rig, f"{host.room}/{what}", token)
        assert found.status_code == 401
        assert "Only hosts of this room get this" in json.loads(found.body)["error"]["message"]


async def test_each_of_a_team_takes_home_its_own_words(rig: Rig) -> None:
    """Not a teammate's; the host's zip has a page for each of them."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",), teams=True)
    ben = await rig.share(host, "Ben", 1)
    await to_the_end(rig, host)
    words = ("Canary of the first", "Canary of the second")
    for client, said in zip((ann, ben), words, strict=True):
        client.read()
        assert (await client.command("reflect", season=0, question="end_outside", text=said)).ok
    for client, said in zip((ann, ben), words, strict=True):
        own = (await ask(rig, f"{host.room}/home?what=mine", client.token)).body.decode()
        assert [one in own for one in words] == [one == said for one in words]
    found = await ask(rig, f"{host.room}/home?what=all", host.token)
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if "/01-" in name}
    assert [*pages] == ["students/01-1-Ann.html", "students/01-2-Ben.html"]
    assert ["Your game, Ann" in page for page in pages.values()] == [True, False]
    assert [[one in page for one in words] for page in pages.values()] == [[True, False], [False, True]]


async def test_whoever_has_a_seat_next_reads_nothing_that_was_said_before(rig: Rig) -> None:
    """The words of whoever was taken away are on the page that the host has of that person."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    while host.table["game"]["phase"] != "recap":
        await host.command("host.advance")
        await rig.pass_ms(1_000)
        host.read()
    ann.read()
    (question,) = ann.hand["question"].values()
    said = {"choice": question["choices"][0]} if "choices" in question else {"text": "Canary"}
    assert (await ann.command("reflect", season=1, question=question["question"], **said)).ok
    assert (await host.command("host.remove", seat=1)).ok
    passed = await host.command("host.seat_pass", seat=1)
    assert passed.data
    zoe = await rig.join(host.room, "Zoe", pass_=passed.data["code"])
    await to_the_end(rig, host)
    own = (await ask(rig, f"{host.room}/home?what=mine", zoe.token)).body
    assert b"What you said" not in own
    found = await ask(rig, f"{host.room}/home?what=all", host.token)
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        pages = {name: archive.read(name) for name in archive.namelist() if "/01-" in name}
    assert [*pages] == ["students/01-1-Maker-1-person-1.html", "students/01-2-Zoe.html"]
    assert [b"Zoe" in page for page in pages.values()] == [False, True]
    assert [b"What you said" in page for page in pages.values()] == [True, False]


async def test_a_page_is_written_in_the_language_that_is_asked_for(rig: Rig) -> None:
    """Named, or else the reader's own; with seats by number where names are not wanted."""
    host = await over(rig)
    named = await ask(rig, f"{host.room}/home?what=class&language=zh", host.token)
    read = await ask(rig, f"{host.room}/home?what=class", host.token, headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    english = await ask(rig, f"{host.room}/home?what=class&names=0", host.token)
    assert named.body == read.body
    assert b'<html lang="zh">' in named.body
    assert b"Canary" in named.body
    assert b'<html lang="en">' in english.body
    assert b"Canary" not in english.body


async def test_what_cannot_be_taken_home_is_answered_with_what_can(rig: Rig) -> None:
    """The answer names the argument; a game that is not over gives no page to anybody."""
    host = (await begun(rig, "quickstart", 6, NAMES))[0]
    assert (await ask(rig, f"{host.room}/home?what=class", host.token)).status_code == 409
    await to_the_end(rig, host)
    found = await ask(rig, f"{host.room}/home?what=grades", host.token)
    problem = json.loads(found.body)["error"]
    assert (found.status_code, problem["field"]) == (400, "what")
    assert "all, class, teacher, participation, people" in problem["message"]


async def test_a_host_hands_the_class_page_out_and_takes_it_back(rig: Rig) -> None:
    """A seat's token opens it from then on, and the table says so; the teacher's copy stays the host's."""
    host, ann, _ = await begun(rig, "quickstart", 6, NAMES)
    assert (await host.command("host.hand_out", page=True)).error is not None  # the game is on
    await to_the_end(rig, host)
    for page in (True, False):
        assert (await host.command("host.hand_out", page=page)).ok
        await rig.pass_ms(100)
        ann.read()
        assert ann.table["room"].get("page", False) is page
        for restarted in (False, True):
            if restarted:
                await rig.stop()
                await rig.start()
            found = await ask(rig, f"{host.room}/home?what=class", ann.token)
            assert found.status_code == (200 if page else 401)
            assert page or json.loads(found.body)["error"]["message"].startswith(
                "The host has not handed out this page"
            )
            teachers = await ask(rig, f"{host.room}/home?what=teacher", ann.token)
            assert teachers.status_code == 401
            assert json.loads(teachers.body)["error"]["message"] == "This page is not yours to take home."
        await host.resume()
        await ann.resume()


async def test_asking_for_pages_has_its_pace(rig: Rig) -> None:
    """Who asks too fast is told when to try again, nobody else is held up, and nor is the same reader later."""
    host, ann, ben = await begun(rig, "quickstart", 6, NAMES)
    await to_the_end(rig, host)
    pages = Downloads(rig.lobby.kept_room, ReadingPace(rig.clock))

    async def own(client: Client) -> None:
        assert (await pages.take_home(host.room, client.token, "", "mine", Shown("en"))).body

    for _ in range(BURST):
        await own(ann)
    with pytest.raises(Refused) as refused:
        await own(ann)
    assert refused.value.code == "rate_limited"
    await own(ben)
    rig.clock.move_to(rig.clock.now + 1_000)
    await own(ann)


async def test_all_that_a_host_takes_home_has_one_pace(rig: Rig) -> None:
    """The tables, the log, the debrief and the pages of several tables in a row are let; a loop is told to wait."""
    host, ann = await begun(rig, "quickstart", 6, NAMES[:1])
    await to_the_end(rig, host)
    pages = Downloads(rig.lobby.kept_room, ReadingPace(rig.clock))
    kinds: list[Callable[[], Awaitable[Download]]] = [
        lambda: pages.export(host.room, host.token, "", "csv", names=True),
        lambda: pages.export(host.room, host.token, "", "jsonl", names=False),
        lambda: pages.debrief(host.room, host.token, ""),
        lambda: pages.take_home(host.room, host.token, "", "participation", Shown("en")),
    ]
    for number in range(BURST):
        assert (await kinds[number % len(kinds)]()).body
    for kind in kinds:
        with pytest.raises(Refused) as refused:
            await kind()
        assert (refused.value.code, refused.value.values) == ("rate_limited", {"retry_after": 1})
    assert (await pages.take_home(host.room, ann.token, "", "mine", Shown("en"))).body
    rig.clock.move_to(rig.clock.now + 1_000)
    for kind in kinds:
        assert (await kind()).body


async def test_what_one_reader_waits_for_holds_up_nobody_else(rig: Rig) -> None:
    """Of each reader one request is in the queue: another one's is next, however many the first has sent at once."""
    host, ann = await begun(rig, "quickstart", 6, NAMES[:1])
    await to_the_end(rig, host)
    pages = Downloads(rig.lobby.kept_room, ReadingPace(rig.clock))
    told: list[str] = []

    async def told_to(who: str, making: Awaitable[Download]) -> None:
        assert (await making).body
        told.append(who)

    many = [told_to("host", pages.export(host.room, host.token, "", "csv", names=False)) for _ in range(5)]
    await asyncio.gather(*many, told_to("ann", pages.take_home(host.room, ann.token, "", "mine", Shown("en"))))
    assert told == ["host", "ann", "host", "host", "host", "host"]


async def test_a_class_at_once_has_the_log_gone_through_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """In memory are a few rooms as their logs tell them; what stands beside the log is as it is now."""
    gone_through: list[str] = []

    def counted(row: Any, records: Any) -> Any:  # noqa: ANN401  (as `finished_room` has them)
        gone_through.append(row.room)
        return finished_room(row, records)

    monkeypatch.setattr(downloads, "finished_room", counted)
    monkeypatch.setattr(downloads, "_KEPT", 1)
    host, ann, ben = await begun(rig, "quickstart", 6, NAMES)
    await to_the_end(rig, host)
    pages = Downloads(rig.lobby.kept_room, ReadingPace(rig.clock))

    async def own(client: Client) -> str:
        return (await pages.take_home(client.room, client.token, "", "mine", Shown("en"))).body.decode()

    assert await own(ann) != await own(ben)
    assert gone_through == [host.room]
    ann.read()
    assert (await ann.command("reflect", season=0, question="end_outside", text="Said late")).ok
    assert "Said late" in await own(ann)
    assert gone_through == [host.room]
    kept = await pages.export(host.room, host.token, "", "csv", names=True)
    anew = await Downloads(rig.lobby.kept_room, ReadingPace(rig.clock)).export(
        host.room, host.token, "", "csv", names=True
    )
    assert kept == anew
    assert "Said late" not in await own(ben)
    other = await over(rig)
    before = len(gone_through)
    for client in (host, other, host):
        await pages.debrief(client.room, client.token, "")
    assert gone_through[before:] == [other.room, host.room]

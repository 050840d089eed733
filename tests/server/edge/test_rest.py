"""Rooms and classes over plain HTTP: opened through the door of the frames, read by hosts, and nothing else of them."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from makersphere_protocol.messages import Create, Join, Options, Resume, Welcome
from makersphere_protocol.openapi import CLASSES, DOCUMENT, ROOMS, document
from makersphere_server.app import Running
from makersphere_server.edge import under_way
from makersphere_server.lobby.lobby import Lobby
from tests.server.rig.limited import met, serving
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.posting import Answered, line, posted
from tests.server.rig.sockets import dial, hear, say

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rest.md"
PROOF = "an-id-that-nobody-guesses"
COUNTER = {"scenario": "counter", "options": {"seats": 2}}
CLASS = {"scenario": "counter", "class": {"people": 4, "table": 2, "name": "7b"}, "options": {"language": "zh"}}


async def read(server: Running, path: str, key: str = "", **headers: str) -> Answered:
    """Ask with a GET."""
    return await posted(server, path, b"", key, method="GET", Content_Length="0", **headers)


def told(answer: Answered) -> Any:  # noqa: ANN401  (JSON of any shape)
    """Return the JSON that was answered."""
    return json.loads(answer.body)


async def opened(server: Running, path: str = ROOMS, body: object = COUNTER, key: str = "") -> Any:  # noqa: ANN401
    """Open something; return what is told of it."""
    answer = await posted(server, path, body, key)
    assert answer.status == 201, answer
    assert answer.headers["location"] == f"{path}/{told(answer)['room']}"
    return told(answer)


async def test_a_room_that_a_program_has_opened_is_like_any_other() -> None:
    """People join by its code, its token is its founder's, and the program reads how it stands."""
    async with serving() as server, dial(server) as host, dial(server) as player:
        found = await opened(server)
        await say(player, Join(found["room"], "Mina"))
        assert (await hear(player, Welcome)).you.kind == "seat"
        await say(host, Resume(found["room"], host_token=found["host_token"]))
        assert (await hear(host, Welcome)).you.kind == "host"
        shown = told(await read(server, f"{ROOMS}/{found['room']}", found["host_token"]))
        assert (shown["scenario"], shown["status"], shown["seats"]) == ("counter", "lobby", 2)
        assert (shown["people"], shown["here"], shown["hosts"]) == (1, 1, 1)
        assert "Mina" not in json.dumps(shown)
        assert {link: found[link] for link in ("join", "console", "wall")} == {
            "join": f"/#/j/{found['room']}",
            "console": f"/#/r/{found['room']}/{found['host_token']}",
            "wall": f"/#/s/{found['room']}",
        }


async def test_a_class_is_opened_with_its_tables_and_its_language() -> None:
    """Its host's program reads tables and people; whoever joins is dealt to a table."""
    async with serving() as server, dial(server) as player:
        found = await opened(server, CLASSES, CLASS)
        await say(player, Join(found["room"], "Mina"))
        await hear(player, Welcome)
        shown = told(await read(server, f"{CLASSES}/{found['room']}", found["host_token"]))
        assert (shown["name"], shown["language"], shown["size"]) == ("7b", "zh", 2)
        assert sorted(shown["tables"]) == ["1", "2"]
        assert shown["people"]["1"] == {"name": "Mina", "table": 1, "seat": 1, "here": True}
        table = shown["tables"]["1"]
        assert (table["status"], table["dealt"], table["places"]) == ("lobby", 1, 2)
        of_table = told(await read(server, f"{ROOMS}/{table['room']}", found["host_token"]))
        assert (of_table["of_class"], of_table["language"]) == (found["room"], "zh")


async def test_the_same_request_names_the_same_room() -> None:
    """The token of before opens nothing any more, as with the frame; without an id there are two rooms."""
    async with serving() as server:
        first = await opened(server, body={**COUNTER, "id": PROOF})
        again = await opened(server, body={**COUNTER, "id": PROOF})
        assert first["room"] == again["room"]
        assert (await read(server, f"{ROOMS}/{first['room']}", first["host_token"])).status == 401
        assert (await read(server, f"{ROOMS}/{first['room']}", again["host_token"])).status == 200
        assert (await opened(server))["room"] != (await opened(server))["room"]


async def test_the_same_frame_and_request_name_the_same_room() -> None:
    """There is one way to open a room, by whichever way it is asked for."""
    async with serving() as server, dial(server) as host:
        await say(host, Create("counter", Options(seats=2), id=PROOF))
        room = (await hear(host, Welcome)).room
        assert (await opened(server, body={**COUNTER, "id": PROOF}))["room"] == room


@pytest.mark.parametrize(("path", "key"), [(ROOMS, "rooms"), (CLASSES, "classes")])
async def test_the_key_that_opens_is_the_frames_own(path: str, key: str) -> None:
    """Where the server wants a key for rooms, and another for classes, nothing is opened without; it is in no body."""
    async with serving(host_key="rooms", class_key="classes") as server:
        for wrong in ("", "no key", "rooms" if key == "classes" else "classes"):
            answer = await posted(server, path, COUNTER, wrong, Accept_Language="zh")
            assert (answer.status, answer.error["code"]) == (401, "unauthorised")
            assert answer.error["field"] == "Authorization"
            assert "Bearer 密钥" in answer.error["message"]
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert (await posted(server, path, {**COUNTER, "key": key})).error["field"] == "key"
        await opened(server, path, COUNTER, key)


async def test_only_a_host_reads() -> None:
    """No token, a wrong one, a seat's and another room's read nothing; nor does a class's code lead to a room."""
    async with serving() as server, dial(server) as player:
        one, other, class_ = await opened(server), await opened(server), await opened(server, CLASSES, CLASS)
        await say(player, Join(one["room"], "Mina"))
        seat = (await hear(player, Welcome)).seat_token
        for token in ("", "no token", seat, other["host_token"]):
            answer = await read(server, f"{ROOMS}/{one['room']}", token)
            assert (answer.status, answer.error["code"]) == (401, "unauthorised")
        assert (await read(server, f"{ROOMS}/{class_['room']}", class_["host_token"])).status == 404
        assert (await read(server, f"{CLASSES}/{one['room']}", one["host_token"])).status == 404
        assert (await read(server, f"{ROOMS}/K7QF234", one["host_token"])).error["code"] == "no_such_room"


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (b"no json", "bad_frame", ""),
        (b'{"scenario":"counter","scenario":"counter"}', "bad_frame", ""),
        (b"[" * 600, "bad_frame", ""),
        ({}, "bad_frame", "scenario"),
        ({**COUNTER, "type": "create"}, "bad_frame", "type"),
        ({**COUNTER, "class": {}}, "bad_frame", "class"),
        ({**COUNTER, "options": {"seats": "2"}}, "bad_frame", "options.seats"),
        ({**COUNTER, "scenario": "nowhere"}, "bad_args", "scenario"),
        ({**COUNTER, "options": {"roles": ["king", "king"]}}, "bad_args", "options"),
    ],
)
async def test_what_cannot_be_opened_is_refused_by_field(body: object, code: str, field: str) -> None:
    """The code, the field, and a sentence; nothing is opened."""
    log = MemoryLog()
    async with serving(log) as server:
        answer = await posted(server, ROOMS, body)
        assert (answer.status, answer.error["code"], answer.error["field"]) == (400, code, field)
        assert answer.error["message"]
        if code == "bad_frame":
            chinese = (await posted(server, ROOMS, body, Accept_Language="zh")).error["message"]
            assert re.findall("[A-Za-z.]+", chinese) == [field] * bool(field)
        assert await log.rooms() == []


async def test_a_class_without_tables_plays_what_there_is() -> None:
    """Where no table is opened yet, nobody finds out later that its scenario is not there."""
    log = MemoryLog()
    async with serving(log) as server:
        for wanted in ({"scenario": "nowhere"}, {**COUNTER, "options": {"choices": ["nothing"]}}):
            answer = await posted(server, CLASSES, {**wanted, "class": {"people": 0}})
            assert (answer.status, answer.error["code"]) == (400, "bad_args")
            assert answer.error["field"] in ("scenario", "choices")
        assert await log.rooms() == []


async def test_a_page_of_another_place_opens_nothing() -> None:
    """No form and no script elsewhere: the type is JSON, the page is ours, and nobody is told that others may ask."""
    async with serving(origins=("https://other.example",)) as server:
        for origin in ("https://evil.example", "https://other.example"):
            answer = await posted(server, ROOMS, COUNTER, Origin=origin)
            assert (answer.status, answer.error["field"]) == (403, "Origin")
            asked = await posted(server, ROOMS, b"", method="OPTIONS", Origin=origin)
            assert (asked.status, asked.headers["allow"]) == (405, "POST")
            assert not [name for answered in (answer, asked) for name in answered.headers if "access-control" in name]
        form = await posted(server, ROOMS, COUNTER, Content_Type="text/plain")
        assert (form.status, form.error["field"]) == (415, "Content-Type")


async def test_two_keys_in_one_request_are_one_too_many() -> None:
    """Nobody guesses which was meant: it is no request, and none of the server's faults."""
    async with serving(host_key="the key") as server:
        two = {"Authorization": "Bearer the key", "authorization": "Bearer another"}
        answer = await posted(server, ROOMS, COUNTER, **two)
        assert (answer.status, answer.error["code"]) == (400, "bad_frame")
        assert not list(server.lobby.open_rooms._rooms)


async def test_programs_are_held_to_the_bounds_of_the_frames() -> None:
    """So many rooms a second and wrong keys an hour, by whichever way they come."""
    async with serving(entry_burst=1, entries_per_s=1) as server:
        await opened(server)
        answer = await posted(server, ROOMS, COUNTER)
        assert (answer.status, answer.error["code"]) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) >= 1
    async with serving(host_key="rooms", failures_per_address=1) as server:
        before = met("failures_per_address")
        assert [(await posted(server, ROOMS, COUNTER, "wrong")).status for _ in range(2)] == [401, 503]
        assert met("failures_per_address") > before


async def test_who_reads_too_often_waits() -> None:
    """A program that asks in a loop is told when to come again."""
    async with serving() as server:
        found = await opened(server)
        answers = [await read(server, f"{ROOMS}/{found['room']}", found["host_token"]) for _ in range(60)]
        assert {answer.status for answer in answers} == {200, 429}
        assert answers[-1].headers["retry-after"]


async def test_what_stands_behind_a_question_mark_changes_nothing() -> None:
    """A program that adds something to the address opens a room all the same; `Location` is without it."""
    async with serving() as server:
        answer = await posted(server, f"{ROOMS}?x=1", COUNTER)
        assert (answer.status, answer.headers["location"]) == (201, f"{ROOMS}/{told(answer)['room']}")


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("PUT", f"{ROOMS}?x=1", 405, "POST"),
        ("GET", f"{CLASSES}?x=1", 405, "POST"),
        ("POST", f"{ROOMS}/K7QF234?x=1", 405, "GET, HEAD"),
        ("POST", DOCUMENT, 405, "GET, HEAD"),
        ("POST", f"{ROOMS}/", 404, None),
        ("GET", f"{ROOMS}/", 404, None),
        ("POST", "/api/v1/nothing", 404, None),
    ],
)
async def test_who_asks_with_another_method_is_told_which_there_is(
    method: str, path: str, status: int, allow: str | None
) -> None:
    """`Allow` names what the address takes; where there is nothing, no method helps."""
    async with serving() as server:
        answer = await posted(server, path, b"", method=method)
        assert (answer.status, answer.headers.get("allow")) == (status, allow)


class _Held:
    """A door at which everybody waits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_reached, self.opens = asyncio.Event(), asyncio.Event()
        enter = Lobby.enter

        async def held(lobby: Lobby, *who: Any) -> Any:  # noqa: ANN401  (as the door's own)
            self.is_reached.set()
            await self.opens.wait()
            return await enter(lobby, *who)

        monkeypatch.setattr(Lobby, "enter", held)


async def test_who_comes_while_too_much_is_being_opened_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are opened at once; one beyond them hears when to ask again, and those before get their rooms."""
    door = _Held(monkeypatch)
    monkeypatch.setattr(under_way, "AT_ONCE", 1)
    async with serving() as server, line(server) as first:
        first.write(ROOMS, COUNTER)
        await door.is_reached.wait()
        late = await posted(server, ROOMS, COUNTER)
        assert (late.status, late.error["code"]) == (503, "unavailable")
        assert int(late.headers["retry-after"]) == late.error["retry_after"] >= 1
        door.opens.set()
        assert (await first.answer()).status == 201
        await opened(server)


async def test_what_is_being_opened_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left behind that would go on when the server has gone."""
    door = _Held(monkeypatch)
    async with serving() as server, line(server) as first:
        first.write(ROOMS, COUNTER)
        await door.is_reached.wait()
    assert [task for task in asyncio.all_tasks() if task.get_name() == "rest"] == []


async def test_the_document_is_there() -> None:
    """Anybody may read what can be asked; what is opened by posts is opened by nothing else."""
    async with serving(host_key="rooms") as server:
        assert told(await read(server, DOCUMENT)) == document()
        for path in (ROOMS, CLASSES):
            assert (await read(server, path)).headers["allow"] == "POST"
        assert (await posted(server, f"{ROOMS}/K7QF234", b"", method="DELETE")).status == 405


def examples() -> Iterator[str]:
    """Yield the commands that the page has, each on one line."""
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        yield from block.replace("\\\n", " ").strip().splitlines()


def filled(command: str, known: dict[str, str]) -> str:
    """Return a command with what its variables stand for."""
    return re.sub(r"\$(\w+)", lambda name: known[name[1]], command)


async def curl(server: Running, command: str) -> Answered:
    """Ask what a command of curl asks, with the options that the page uses."""
    program, url, *options = shlex.split(command)
    given = list(zip(options[::2], options[1::2], strict=True))
    assert program == "curl"
    assert {flag for flag, _ in given} <= {"-H", "-d"}
    headers = dict(value.split(": ", 1) for flag, value in given if flag == "-H")
    body = "".join(value for flag, value in given if flag == "-d").encode()
    method = "POST" if body else "GET"
    named = {"Content_Length": str(len(body)), **{name.replace("-", "_"): value for name, value in headers.items()}}
    return await posted(server, url, body, method=method, **named)


async def test_the_examples_of_the_page_do_what_it_says() -> None:
    """Each command of docs/rest.md, in order, against a server that wants its keys."""
    known = {"SERVER": "", "KEY": "rooms", "CLASS_KEY": "classes"}
    found = list(examples())
    assert len(found) == 4
    async with serving(host_key="rooms", class_key="classes") as server:
        for command, name in zip(found[:2], ("", "CLASS_"), strict=True):
            answer = await curl(server, filled(command, known))
            assert answer.status == 201, command
            known[name.strip("_") or "ROOM"] = told(answer)["room"]
            known[f"{name or 'HOST_'}TOKEN"] = told(answer)["host_token"]
        room, class_ = [told(await curl(server, filled(command, known))) for command in found[2:]]
        assert (room["room"], room["seats"]) == (known["ROOM"], 24)
        assert (class_["name"], class_["language"], len(class_["tables"])) == ("Innovation 1", "zh", 3)

"""Posts: what is taken once however often it comes, and what is refused by one sentence that names the field."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.messages import Command, Create, Options, Result, Welcome
from makersphere_server.app import Running
from makersphere_server.edge.responses import SECURITY
from tests.server.rig.limited import met, serving
from tests.server.rig.posting import Answered, carrier, line, opened, posted
from tests.server.rig.sockets import PATIENCE_S, hear, masked, say

TWO = Options(seats=2)
KEPT_BACK = b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: makersphere.v1\r\n\r\n"
SHAKE = b"GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"


def announced(number: int) -> dict[str, Any]:
    """Return a host's command as it stands in a post."""
    frame: dict[str, Any] = json.loads(encode(Command(f"c{number:07}", "host.announce", {"text": f"line {number}"})))
    return frame


async def fetched(server: Running, key: str, results: int, after: int = 0) -> tuple[list[Any], int]:
    """Fetch until so many results have come; return them and the number of the last frame."""
    found: list[Any] = []
    while True:
        answer = await posted(server, "/carrier/poll", {"after": after}, key)
        assert answer.status == 200, answer
        told = json.loads(answer.body)
        after = told["last"]
        frames = [decode_from_server(json.dumps(frame).encode()) for frame in told["frames"]]
        found += [frame for frame in frames if isinstance(frame, Result)]
        if len(found) >= results:
            return found, after


async def test_a_post_that_comes_twice_or_late_counts_once() -> None:
    """Each time it is answered the same, and there is one result."""
    async with serving() as server:
        key = await opened(server, Create("counter", TWO))
        first = {"from": 2, "frames": [announced(1)]}
        more = {"from": 2, "frames": [announced(1), announced(2)]}
        for body in (first, first, more, more, first):
            answer = await posted(server, "/carrier/up", body, key)
            assert (answer.status, answer.body) == (204, b"")
        results, last = await fetched(server, key, 2)
        assert [result.id for result in results] == ["c0000001", "c0000002"]
        await posted(server, "/carrier/up", {"from": 4, "frames": [announced(3)]}, key)
        results, _ = await fetched(server, key, 1, last)
        assert [result.id for result in results] == ["c0000003"]


async def test_a_post_before_its_turn_says_what_is_missing() -> None:
    """Nothing of it is taken; from the missing one on, all of it is."""
    async with serving() as server:
        key = await opened(server, Create("counter", TWO))
        answer = await posted(server, "/carrier/up", {"from": 3, "frames": [announced(2)]}, key)
        assert (answer.status, answer.error["code"], answer.error["field"]) == (409, "bad_frame", "from")
        assert "from 2 on" in answer.error["message"]
        whole = {"from": 2, "frames": [announced(1), announced(2)]}
        assert (await posted(server, "/carrier/up", whole, key)).status == 204
        assert len((await fetched(server, key, 2))[0]) == 2


async def test_what_was_fetched_in_vain_is_fetched_again() -> None:
    """An answer that got lost is asked for anew; what was confirmed is there no more, what comes is not asked for."""
    async with serving() as server:
        key = await opened(server, Create("counter", TWO))
        once = json.loads((await posted(server, "/carrier/poll", {"after": 0}, key)).body)
        again = json.loads((await posted(server, "/carrier/poll", {"after": 0}, key)).body)
        assert again["frames"][: len(once["frames"])] == once["frames"]
        assert once["frames"][0]["type"] == "welcome"
        await posted(server, "/carrier/up", {"from": 2, "frames": [announced(1)]}, key)
        await fetched(server, key, 1, again["last"])
        for after in (0, 99):
            answer = await posted(server, "/carrier/poll", {"after": after}, key)
            assert (answer.status, answer.error["field"]) == (409, "after")


async def test_of_two_that_fetch_the_newer_waits() -> None:
    """The older is answered with nothing."""
    async with serving() as server, line(server) as older:
        key = await opened(server, Create("counter", TWO))
        last = json.loads((await posted(server, "/carrier/poll", {"after": 0}, key)).body)["last"]
        async with line(server) as newer:
            older.write("/carrier/poll", {"after": last}, key)
            newer.write("/carrier/poll", {"after": last}, key)
            told = json.loads((await older.answer()).body)
            while told["frames"]:
                older.write("/carrier/poll", {"after": told["last"]}, key)
                told = json.loads((await older.answer()).body)


@pytest.mark.parametrize("key", ["", "x", "0" * 43])
@pytest.mark.parametrize("path", ["/carrier/up", "/carrier/poll"])
async def test_a_key_opens_its_own_carrier_alone(path: str, key: str) -> None:
    """None, or one that nobody has: the refusal names it, and is read in the language that is asked for."""
    async with serving() as server:
        await opened(server, Create("counter", TWO))
        answer = await posted(server, path, {"from": 2, "frames": []}, key, Accept_Language="zh")
        assert (answer.status, answer.error["code"], answer.error["field"]) == (401, "unauthorised", "key")
        assert "钥匙" in answer.error["message"]


async def test_a_post_of_another_seat_is_that_seats() -> None:
    """Who acts follows from the key alone: what one posts is answered on one's own way down, and on no other."""
    async with serving() as server:
        keys = [await opened(server, Create("counter", TWO)) for _ in range(2)]
        await posted(server, "/carrier/up", {"from": 2, "frames": [announced(1)]}, keys[0])
        assert len((await fetched(server, keys[0], 1))[0]) == 1
        answer = json.loads((await posted(server, "/carrier/poll", {"after": 0}, keys[1])).body)
        assert [frame["type"] for frame in answer["frames"] if frame["type"] == "result"] == []


BROKEN = {
    "no JSON": (b"{", "frames"),
    "another shape": (b'{"from": 2}', "frames"),
    "one field more": (b'{"from": 2, "frames": [], "x": 1}', "frames"),
    "no number": (b'{"from": "2", "frames": []}', "frames"),
    "a number that none has": (b'{"from": 0, "frames": []}', "from"),
}


@pytest.mark.parametrize(("body", "field"), BROKEN.values(), ids=BROKEN)
async def test_a_post_that_is_none_names_the_field(body: bytes, field: str) -> None:
    """And the carrier goes on."""
    async with serving() as server:
        key = await opened(server, Create("counter", TWO))
        answer = await posted(server, "/carrier/up", body, key)
        assert (answer.status, answer.error["code"], answer.error["field"]) == (400, "bad_frame", field)
        assert (await posted(server, "/carrier/up", {"from": 2, "frames": []}, key)).status == 204


async def test_a_bad_frame_in_a_post_is_answered_as_on_a_socket() -> None:
    """By a result; the third in a row ends it."""
    async with serving() as server:
        key = await opened(server, Create("counter", TWO))
        frames = [{"type": "command"}, [], {"type": "nonsense"}]
        assert (await posted(server, "/carrier/up", {"from": 2, "frames": frames}, key)).status == 204
        after, close = 0, None
        async with asyncio.timeout(PATIENCE_S):
            while close is None:
                told = json.loads((await posted(server, "/carrier/poll", {"after": after}, key)).body)
                after, close = told["last"], told.get("close")
        assert close == {"code": 4400, "reason": "bad frames"}


@pytest.mark.parametrize("declared", [True, False])
async def test_a_post_that_is_too_large_is_told_so(declared: bool) -> None:  # noqa: FBT001  (a case)
    """413, whether its size is said or found out; and nothing of it is kept."""
    async with serving() as server, line(server) as one:
        key = await opened(server, Create("counter", TWO))
        body = b'{"from": 2, "frames": [' + b" " * 30_000 + b"]}"
        before = met("frame_bytes")
        if declared:
            one.write("/carrier/up", body, key)
        else:
            head = f"POST /carrier/up HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {key}\r\n"
            one.writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n".encode() + body)
        answer = await one.answer()
        assert (answer.status, answer.error["code"], answer.error["field"]) == (413, "bad_frame", "frames")
        assert met("frame_bytes") == before + 1


async def test_a_post_that_is_too_slow_is_told_so() -> None:
    """408 after `request_s`; the same again is taken, since nothing of it was."""
    async with serving(request_s=1) as server, line(server) as one:
        key = await opened(server, Create("counter", TWO))
        head = f"POST /carrier/up HTTP/1.1\r\nHost: here\r\nContent-Length: 90\r\nAuthorization: Bearer {key}\r\n\r\n"
        one.writer.write(f'{head}{{"from": 2'.encode())
        answer = await one.answer()
        assert (answer.status, answer.error["code"]) == (408, "bad_frame")
        assert "1 second" in answer.error["message"]
        assert (await posted(server, "/carrier/up", {"from": 2, "frames": [announced(1)]}, key)).status == 204


async def test_a_form_of_another_page_cannot_post() -> None:
    """Only JSON is taken, which no form sends, and only from our own pages or those in `origins`."""
    async with serving(origins=("https://class.example",)) as server:
        first = encode(Create("counter", TWO))
        answer = await posted(server, "/carrier", first, Content_Type="text/plain")
        assert (answer.status, answer.error["field"]) == (415, "Content-Type")
        for origin in ("https://evil.example", "null", "https://class.example.evil"):
            answer = await posted(server, "/carrier", first, Origin=origin)
            assert (answer.status, answer.error["field"]) == (403, "Origin")
            asked = await posted(server, "/carrier", b"", method="OPTIONS", Origin=origin)
            assert (asked.status, "access-control-allow-origin" in asked.headers) == (403, False)
        assert (await posted(server, "/carrier", first, Origin="http://here")).status == 200


async def test_a_page_of_a_listed_place_may_post() -> None:
    """It asks first, as browsers do, and may then read the answers."""
    origin = "https://class.example"
    async with serving(origins=(origin,)) as server:
        asked = await posted(server, "/carrier", b"", method="OPTIONS", Origin=origin)
        assert (asked.status, asked.headers["access-control-allow-origin"]) == (204, origin)
        assert "Authorization" in asked.headers["access-control-allow-headers"]
        answer = await posted(server, "/carrier", encode(Create("counter", TWO)), Origin=origin)
        assert answer.headers["access-control-allow-origin"] == origin
        key = json.loads(answer.body)["key"]
        for path, body in (("/carrier/up", {"from": 2, "frames": []}), ("/carrier/poll", {"after": 0})):
            answer = await posted(server, path, body, key, Origin=origin)
            assert answer.headers["access-control-allow-origin"] == origin


async def test_posts_with_nothing_new_have_a_budget() -> None:
    """As pings have: a flood of them ends the carrier."""
    async with serving(control_per_s=1) as server, line(server) as one:
        key = await opened(server, Create("counter", TWO))
        for _ in range(12):
            one.write("/carrier/up", {"from": 1, "frames": []}, key)
        for _ in range(11):
            assert (await one.answer()).status == 204
        told = json.loads((await posted(server, "/carrier/poll", {"after": 0}, key)).body)
        assert told["close"]["code"] == 4429


async def test_who_sends_too_much_waits_for_the_answer() -> None:
    """A post is answered when its sender may go on; another one meanwhile is told for how long to wait."""
    async with serving(command_burst=1, commands_per_s=1) as server, line(server) as one:
        key = await opened(server, Create("counter", TWO))
        one.write("/carrier/up", {"from": 2, "frames": [announced(number) for number in range(3)]}, key)
        await fetched(server, key, 3)
        answer = await posted(server, "/carrier/up", {"from": 5, "frames": [announced(4)]}, key)
        assert (answer.status, answer.error["code"], answer.error["retry_after"]) == (429, "rate_limited", 1)
        assert (await one.answer()).status == 204


async def test_a_handshake_may_follow_a_post_on_one_connection() -> None:
    """Programs in between keep connections for whatever is asked next: a page and a socket are the library's again."""
    async with serving() as server:
        key = await opened(server, Create("counter", TWO))
        async with line(server) as one:
            assert (await one.ask("/carrier/up", {"from": 2, "frames": []}, key)).status == 204
            one.writer.write(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
            assert (await one.answer()).body == b"OK\n"
        async with line(server) as one, asyncio.timeout(PATIENCE_S):
            one.write("/carrier/up", {"from": 2, "frames": []}, key)
            one.writer.write(SHAKE + KEPT_BACK + masked(0x81, encode(Create("counter", TWO))))
            assert (await one.answer()).status == 204
            heard = await one.until(b"\r\n\r\n")
            assert heard.startswith(b"HTTP/1.1 101 ")
            assert b'"welcome"' in await one.until(b'"welcome"')


async def test_each_answer_has_the_security_headers_and_is_stored_nowhere() -> None:
    """Those of a stream too, which asks whatever is on the way to keep nothing back."""
    async with serving() as server, line(server) as one:
        key = await opened(server, Create("counter", TWO))
        answers: list[Answered] = [
            await posted(server, "/carrier", encode(Create("counter", TWO))),
            await posted(server, "/carrier/up", {"from": 2, "frames": []}, key),
            await posted(server, "/carrier/poll", {"after": 0}, key),
            await posted(server, "/carrier/poll", {"after": 0}, "x"),
            await posted(server, "/carrier", b"", method="PUT"),
        ]
        one.write("/carrier", encode(Create("counter", TWO)), Accept="text/event-stream")
        head = (await one.until(b"\r\n\r\n")).decode().lower()
        for name, value in SECURITY.items():
            assert all(answer.headers[name.lower()] == value for answer in answers)
            assert f"{name}: {value}".lower() in head
        assert all("no-store" in answer.headers["cache-control"] for answer in answers)
        for line_ in ("cache-control: no-store, no-transform", "x-accel-buffering: no", "content-type: text/event-st"):
            assert line_ in head
        assert b"event: key\n" in await one.until(b"event: key\n")


async def test_a_stream_is_not_fetched_from() -> None:
    """A carrier has one way down."""
    async with serving() as server, carrier("stream", server) as host:
        await say(host, Create("counter", TWO))
        await hear(host, Welcome)
        answer = await posted(server, "/carrier/poll", {"after": 0}, host._key)
        assert (answer.status, answer.error["field"]) == (400, "key")

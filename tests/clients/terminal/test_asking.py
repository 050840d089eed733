"""Sharing a seat at a terminal: a pass to read off, and an answer to whoever is asking to be let in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_protocol.messages import Join, Resume, Watch, Welcome, You
from tests.clients.fake import AT_ONCE, Caller, fake_server
from tests.clients.terminal.driver import Opening, Seated, at_terminal, seated


async def _asks(at: Seated, wish: Join) -> ConnectionEnded | Connection:
    """Return how it ends for somebody who asks to be let in, or the connection of whoever is in."""
    connection = Connection(at.app.connection._url, wish, backoff=AT_ONCE)
    try:
        await connection.open()
    except ConnectionEnded as ended:
        return ended
    return connection


@pytest.mark.parametrize("opening", [lambda room: Join(room, "Mina", "maker"), Resume], ids=["seat", "host"])
async def test_who_asks_to_be_let_in_stands_first_and_is_answered(
    tmp_path: Path, opening: Callable[[str], Opening]
) -> None:
    """For those whose seat it is and for a host: the name and the seat, and one key more lets in."""
    async with seated(tmp_path, opening, teams=True, waiting=True) as at:
        seat = at.view.you.seat or next(each["id"] for each in at.view.all("seat") if each.get("name") == "Ann")
        wish = Join(at.app.connection.mirror.room, "Lou", seat=seat, id="lou, drawn at random")
        ended = await _asks(at, wish)
        assert isinstance(ended, ConnectionEnded)
        assert (ended.code, ended.retry_s) == ("joining_closed", 5)
        assert "Lou asks to share a seat" in await at.until_shown("Lou asks")
        (option,) = (each for each in at.commands if each.startswith("asks_in:"))
        assert at.commands[0] == option
        assert not any(each.endswith("let_in") for each in at.commands)
        await at.choose(option)
        await at.until_shown("Let them in")
        await at.press("enter")
        await at.until(lambda: "asks_in" not in at.view.hand)
        lou = await _asks(at, wish)
        assert isinstance(lou, Connection)
        assert (lou.mirror.you.seat, lou.mirror.you.member) == (seat, 2)
        await lou.close()


async def test_nobody_is_asked_while_the_room_stands_still_for_its_host() -> None:
    """The server would refuse the answer, so there is no option; the line above says why the room stands still."""

    async def script(caller: Caller) -> None:
        await caller.hear()
        table = {
            "game": {"status": "running", "season": 1, "phase": "count"},
            "clock": {"paused": True},
            "room": {"behind": True},
            "seat": {"1": {"id": 1, "role": "player", "name": "Ann", "by": "person"}},
        }
        hand = {"asks_in": {"1": {"name": "Lou", "seat": 1}}, "legal": {"let_in": {}, "count": {}}}
        you = You("seat", 1, "player", 1)
        await caller.send(Welcome("R", 1, 3, 1_000, you, 1, seat_token="s", table=table, hand=hand))  # noqa: S106
        await caller.stay()

    async with fake_server(script) as fake, at_terminal(fake.url) as at:
        await at.until_shown("until the host decides.")
        assert at.commands == ["command:count"]


async def test_a_pass_is_there_to_be_read_off(tmp_path: Path) -> None:
    """One key, as for a code to another device; whoever types it sits down there."""
    async with seated(tmp_path, lambda room: Join(room, "Mina", "maker"), teams=True) as at:
        await at.press("i")
        await at.until_shown("Share this seat")
        await at.press("enter")
        page = await at.until_shown("Pass to seat")
        code = page.partition("ten minutes: ")[2].split()[0]
        room = at.app.connection.mirror.room
        lou = await _asks(at, Join(room, "Lou", pass_=code))
        assert isinstance(lou, Connection)
        assert lou.mirror.you.seat == at.view.you.seat
        await lou.close()


async def test_who_watches_is_asked_nothing(tmp_path: Path) -> None:
    """A watcher has no hand."""
    async with seated(tmp_path, Watch, teams=True, waiting=True) as at:
        assert at.commands == []

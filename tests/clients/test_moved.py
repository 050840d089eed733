"""A client goes where its room is: to the address that a server names, and back where that one does not answer."""

from __future__ import annotations

import pytest

from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_clients.ways import Ways
from makersphere_protocol.messages import Error, Join
from tests.clients.fake import AT_ONCE, Caller, Step, fake_server
from tests.loopback import free_port

JOIN = Join("K7QFWXY", "Ann")


def _moved(to: str) -> Step:
    async def step(caller: Caller) -> None:
        await caller.hear()
        await caller.send(Error("moved", f"Another server has this room now: {to}.", to=to))
        await caller.close(4421)

    return step


async def _greets(caller: Caller) -> None:
    await caller.welcome()
    await caller.stay()


async def test_the_first_frame_is_sent_again_where_the_room_is() -> None:
    """Over several servers too: each knows who has the room."""
    async with (
        fake_server(_greets) as three,
        fake_server(_moved(three.url)) as two,
        fake_server(_moved(two.url)) as one,
    ):
        async with Connection(one.url, JOIN, backoff=AT_ONCE) as connection:
            assert connection.dialled == 3
        assert one.heard[0] == two.heard[0] == three.heard[0]


async def test_a_command_without_an_answer_is_answered_where_the_room_went() -> None:
    """In the middle of a game: the seat resumes there, and sends the same again."""

    async def goes_on(caller: Caller) -> None:
        await caller.welcome(seq=2, resumed=True)
        await caller.accept(3)
        await caller.stay()

    async with fake_server(goes_on) as two:

        async def hands_over(caller: Caller) -> None:
            await caller.welcome(seq=2)
            await caller.hear()
            await caller.send(Error("moved", "Another server has this room now.", to=two.url))
            await caller.close(4421)

        async with fake_server(hands_over) as one, Connection(one.url, JOIN, backoff=AT_ONCE) as connection:
            result = await connection.command("count", {"by": 3})
            assert (result.ok, result.seq) == (True, 3)
        resume, repeated = two.heard[0]
        assert (resume["type"], resume["seat_token"], resume["seq"]) == ("resume", "token-1", 2)
        assert repeated == one.heard[0][1]


async def test_where_the_named_server_does_not_answer_the_first_one_is_asked_again() -> None:
    """It knows by then who has the room."""
    async with fake_server(_greets) as two:
        gone = f"ws://127.0.0.1:{free_port()}/ws"
        async with fake_server(_moved(gone), _moved(two.url)) as one:
            async with Connection(one.url, JOIN, backoff=AT_ONCE):
                assert len(two.heard) == 1
            assert len(one.heard) == 2


@pytest.mark.parametrize("to", ["", "https://two.example/ws", "ws://[/ws", "ws://my..school/ws", "two.example"])
async def test_what_is_no_address_ends_it_with_the_servers_sentence(to: str) -> None:
    """Nobody waits for ever."""
    async with fake_server(_moved(to)) as one:
        with pytest.raises(ConnectionEnded) as ended:
            await Connection(one.url, JOIN, backoff=AT_ONCE).open()
    assert (ended.value.code, ended.value.close) == ("moved", 4421)
    assert "Another server" in ended.value.message


def test_a_link_that_was_encrypted_is_led_to_none_that_is_not() -> None:
    """The token would travel in clear."""
    ways = Ways("wss://one.example/ws")
    assert not ways.lead("ws://two.example/ws")
    assert ways.lead("wss://two.example/ws")
    assert Ways("ws://one.example/ws").lead("wss://two.example/ws")

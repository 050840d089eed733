"""Coming in: rooms, seats, tokens, and what a lost welcome leaves behind (nothing)."""

import asyncio

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Create, Join, Options, Resume, Watch
from makersphere_server.codes import ALPHABET
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.fakes import Client, Rig, code, long_id
from tests.server.rig.limited import limited


async def test_a_room_has_a_code_and_a_host(rig: Rig) -> None:
    """Codes have 7 symbols of an alphabet without look-alikes; who creates is the host."""
    host = await rig.create()
    assert len(host.room) == 7
    assert set(host.room) <= set(ALPHABET)
    assert len(ALPHABET) == len(set(ALPHABET)) == 28
    assert host.you.kind == "host"
    assert host.welcome().protocol == 1


async def test_codes_may_be_typed_as_people_do(rig: Rig) -> None:
    """Lower case, blanks and hyphens are no mistake."""
    host = await rig.create()
    ann = await rig.join(f"{host.room[:3].lower()}-{host.room[3:]} ")
    assert ann.you.seat == 1


async def test_create_again_with_the_same_id(rig: Rig) -> None:
    """The same create frame again gives the same room and a fresh token; the old one opens nothing."""
    first = await rig.create(id="abc")
    second = await rig.create(id="abc")
    assert first.room == second.room
    assert first.token != second.token
    assert first.connection.closed == 4409
    first.connect()
    await first.say(Resume(first.room, host_token=first.token))
    assert first.error().code == "unauthorised"
    assert (await rig.create(id="abc", scenario="two")).room != first.room
    assert (await rig.create()).room != first.room


async def test_an_invitation_of_a_host_outlives_a_create_frame_that_comes_again(rig: Rig) -> None:
    """Whoever is invited while the founder's fresh token is being stored keeps the chair, after a restart too."""
    first = await rig.create(id="abc")
    second = await host_by(rig, first.room, await invited(first))
    may_store, waiting = asyncio.Event(), asyncio.Event()

    async def wait(_: str) -> None:
        rig.log.before_commit = None
        waiting.set()
        await may_store.wait()

    rig.log.before_commit = wait
    again = Client(rig)
    await again.say(Create("counter", Options(seats=3), id=long_id("abc")))
    await waiting.wait()
    await second.say(Command("invite", "host.invite"))
    may_store.set()
    await rig.pass_ms(50)
    again.read()
    (result,) = second.results()
    assert result.data is not None
    third = await host_by(rig, first.room, result.data["host_token"])
    assert third.you.kind == "host"
    await rig.kill()
    await rig.start()
    for token in (again.token, second.token, third.token):
        assert (await host_by(rig, first.room, token)).you.kind == "host"


async def test_of_two_create_frames_at_once_only_the_later_ones_token_opens_the_chair(rig: Rig) -> None:
    """Both are decided in one batch, and the console whose token was replaced in it is shown nothing."""
    frame = encode(Create("counter", Options(seats=3), id=long_id("abc")))
    earlier, later = Client(rig), Client(rig)
    earlier.session.receive(frame)
    later.session.receive(frame)
    await rig.pass_ms(50)
    later.read()
    assert later.you.kind == "host"
    assert earlier.error().code == "unauthorised"
    assert len(rig.room(later.room)._live.hosts) == 1


async def invited(host: Client) -> str:
    """Return the token of a further host's chair."""
    result = await host.command("host.invite")
    assert result.data is not None
    return str(result.data["host_token"])


async def host_by(rig: Rig, room: str, token: str) -> Client:
    """Return a host who has come with a token."""
    client = Client(rig)
    client.token = token
    await client.say(Resume(room, host_token=token))
    await rig.pass_ms(50)
    client.read()
    return client


async def test_create_again_after_a_restart(rig: Rig) -> None:
    """A create frame is known for good."""
    first = await rig.create(id="abc")
    await rig.kill()
    await rig.start()
    assert (await rig.create(id="abc")).room == first.room


@pytest.mark.parametrize("writes", [0, 1])
async def test_a_crash_while_a_room_is_founded_leaves_no_half_room(rig: Rig, writes: int) -> None:
    """Whenever the server dies, a room that is there has its host's chair and is known by its create frame."""

    async def die(_: str) -> None:
        if rig.log.commits == writes:
            raise StoreUnavailable("the server is gone")

    rig.log.before_commit = die
    first = await rig.create(id="abc")
    await rig.kill()
    rig.log.before_commit = None
    rooms = [row.room for row in await rig.log.rooms()]
    assert len(rooms) == writes
    assert all(["hosts" in await rig.log.privates(room) for room in rooms])
    await rig.start()
    again = await rig.create(id="abc")
    assert again.room in rooms or not rooms
    assert again.you.kind == "host"
    assert len(await rig.log.rooms()) == 1
    assert first.connection.closed in (0, 1013)


async def test_join_again_with_the_same_id(rig: Rig) -> None:
    """The same join frame again gives the same seat and a fresh token; somebody else's id gives nothing."""
    host = await rig.create()
    first = await rig.join(host.room, id="j")
    second = await rig.join(host.room, id="j")
    other = await rig.join(host.room, "Ben", id="j")
    assert first.you.seat == second.you.seat == 1
    assert first.connection.closed == 4409
    assert other.you.seat == 2
    first.connect()
    await first.say(Resume(host.room, first.token))
    assert first.error().code == "unauthorised"
    assert first.connection.closed == 4401


async def test_join_again_after_a_restart(rig: Rig) -> None:
    """A join that was stored is known after a kill, so it leaves no ghost."""
    host = await rig.create()
    await rig.join(host.room, id="j")
    await rig.kill()
    await rig.start()
    again = await rig.join(host.room, id="j")
    assert again.you.seat == 1
    assert [seat.get("name") for seat in again.table["seat"].values()] == ["Ann", None, None]


async def test_a_connection_that_is_gone_takes_no_seat(rig: Rig) -> None:
    """Somebody whose connection broke before the room came to it has not joined."""
    host = await rig.create()
    ann = Client(rig)
    ann.session.receive(b'{"type":"join","room":"%b","name":"Ann"}' % host.room.encode())
    ann.leave()
    await rig.pass_ms(100)
    host.read()
    assert not any("name" in seat for seat in host.table["seat"].values())


async def test_seats_go_by_role_and_fill_up(rig: Rig) -> None:
    """A join takes the first free seat, or the first of its role; then the room is full."""
    host = await rig.create(options=Options(roles=["player", "player"]))
    nobody = Client(rig)
    await nobody.say(Join(host.room, "Nob", role="operator"))
    assert nobody.error().code == "room_full"
    assert "without a role" in nobody.error().message
    assert nobody.connection.closed == 1013
    assert [(await rig.join(host.room, name)).you.seat for name in ("Ann", "Ben")] == [1, 2]
    late = Client(rig)
    await late.say(Join(host.room, "Cat"))
    assert late.error().code == "room_full"
    assert "Ask the host to add one" in late.error().message
    of_role = Client(rig)
    await of_role.say(Join(host.room, "Dee", role="player"))
    assert of_role.error().message == late.error().message
    assert (await host.command("host.seat", seat=3, role="player")).ok
    assert (await rig.join(host.room, "Cat")).you.seat == 3


async def test_a_team_shares_a_seat(rig: Rig) -> None:
    """`join` with a seat and a pass joins its team: a token each, numbered, the same hand."""
    host = await rig.create(options=Options(teams=True))
    ann = await rig.join(host.room, "Ann")
    ben = await rig.share(host, "Ben", 1)
    assert (ann.you.member, ben.you.member) == (1, 2)
    assert ann.token != ben.token
    assert ben.table["seat"]["1"]["name"] == "Ann & Ben"


async def test_the_newer_connection_wins(rig: Rig) -> None:
    """One token, one connection: the older connection is closed with 4409 and can do nothing more."""
    _, ann = await rig.started()
    older = ann.connection
    token, room = ann.token, ann.room
    newer = Client(rig)
    await newer.say(Resume(room, token))
    await rig.pass_ms(50)
    newer.read()
    assert older.closed == 4409
    assert newer.connection.is_open()
    assert newer.table["seat"]["1"]["by"] == "person"
    assert (await newer.command("count", by=1)).ok


async def test_wrong_tokens_and_codes(rig: Rig) -> None:
    """A wrong token is 4401, a room that is not there 4404, and neither changes anything."""
    host, _ = await rig.started()
    for frame, expected, close in [
        (Resume(host.room, "guess"), "unauthorised", 4401),
        (Resume(host.room, "", "guess"), "unauthorised", 4401),
        (Resume(host.room), "unauthorised", 4401),
        (Resume(host.room, seat_token=host.token), "unauthorised", 4401),
        (Watch("2222222"), "no_such_room", 4404),
        (Join("", "Ann"), "no_such_room", 4404),
    ]:
        stranger = Client(rig)
        await stranger.say(frame)
        assert (stranger.error().code, stranger.connection.closed) == (expected, close)
    assert len(rig.lobby.open_rooms._rooms) == 1


async def test_a_host_key(rig: Rig) -> None:
    """Where the server has a host key, only who knows it opens rooms."""
    locked = await Rig(host_key="sesame").start()
    stranger = Client(locked)
    await stranger.say(Create("counter"))
    assert stranger.error().code == "unauthorised"
    assert "without its key" in stranger.error().message
    assert (await locked.create(key="sesame")).you.kind == "host"
    await locked.stop()


async def test_a_latecomer_takes_a_bots_seat(rig: Rig) -> None:
    """During the game a join takes a seat that a bot plays, with its hand as it is."""
    host, _ = await rig.started()
    assert host.table["seat"]["2"]["by"] == "bot"
    ben = await rig.join(host.room, "Ben")
    assert ben.you.seat == 2
    assert ben.table["seat"]["2"]["by"] == "person"
    assert (await ben.command("count", by=2)).ok


async def test_nobody_joins_a_game_that_is_over(rig: Rig) -> None:
    """After the end the door is closed; who was there may still come back."""
    host, ann = await rig.started()
    await host.command("host.end")
    await rig.pass_ms(50)
    late = Client(rig)
    await late.say(Join(host.room, "Cat"))
    assert late.error().code == "joining_closed"
    assert late.error().message == "The game has ended. Nothing more to play, plenty to talk about."
    assert not late.error().retry_after  # else a phone would knock for ever
    ann.leave()
    await ann.resume()
    assert ann.table["game"]["status"] == "over"
    assert code(await ann.command("count", by=1)) == "over"


async def test_tokens_are_stored_hashed(rig: Rig) -> None:
    """What the store holds opens no seat, and no name stands in the log."""
    host = await rig.create()
    ann = await rig.join(host.room, "Annabel")
    await host.command("host.start")
    stored = b"".join((await rig.log.privates(host.room)).values())
    logged = repr(await rig.log.read(host.room)).encode()
    assert b"Annabel" in stored
    for secret in (ann.token, host.token):
        assert secret.encode() not in stored + logged
    assert b"Annabel" not in logged


async def test_a_room_that_nobody_is_in_is_put_away(rig: Rig) -> None:
    """An idle room leaves memory, and is back as it was when somebody comes."""
    host, ann = await rig.started("two")
    await ann.command("count", by=4)
    await rig.pass_ms(100)
    host.read()
    table = host.table
    await rig.pass_ms(3_600_000)
    assert host.room in rig.lobby.open_rooms._rooms  # somebody is there
    ann.leave()
    host.leave()
    await rig.pass_ms(500_000)
    assert host.room in rig.lobby.open_rooms._rooms
    await rig.pass_ms(200_000)
    assert rig.lobby.open_rooms._rooms == {}
    await host.resume()
    assert host.table["tally"] == table["tally"]
    assert host.table["seat"]["1"]["by"] == "away"


async def test_a_room_that_was_put_away_is_woken_no_more(rig: Rig) -> None:
    """A server that runs for months keeps neither its timer nor what hangs on it."""
    host, ann = await rig.started()
    room = rig.room(host.room)
    ann.leave()
    host.leave()
    await rig.pass_ms(700_000)
    assert rig.lobby.open_rooms._rooms == {}
    await rig.pass_ms(60_000)
    assert room not in [getattr(call, "__self__", None) for *_, call in rig.clock._calls]


async def test_a_pen_that_was_chosen_stands_on_the_table(rig: Rig) -> None:
    """Who joins may choose one of eight colours, also after a restart; who chooses none has none."""
    host = await rig.create()
    await rig.join(host.room, pen=3)
    await rig.join(host.room, "Bo")
    host.read()
    assert [seat.get("pen") for seat in host.table["seat"].values()] == [3, None, None]
    await rig.kill()
    await rig.start()
    watcher = await rig.watch(host.room)
    assert watcher.table["seat"]["1"]["pen"] == 3


async def test_whoever_names_no_language_is_turned_away_in_the_rooms() -> None:
    """A wall that is one too many, and a guest without a word on it; who names one is spoken to in that."""
    async with limited(most_watchers=0) as rig:
        host = await rig.create(options=Options(seats=1, language="zh"))
        await rig.join(host.room, "Ann")
        for frame, words in (
            (Watch(host.room), "旁观的人数已经满了"),
            (Join(host.room, "Ben"), "座位满了"),
            (Join(host.room, "Ben", language="en"), "All seats are taken."),
        ):
            late = Client(rig)
            await late.say(frame)
            await rig.pass_ms(50)
            assert words in late.error().message

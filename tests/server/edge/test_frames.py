"""Frames that break the contract: answered, counted, and without effect."""

import asyncio
import re

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import MEANINGS
from makersphere_protocol.messages import Command, Join, Resume, Watch
from tests.server.rig.fakes import Client, Rig, code, settle
from tests.server.rig.limited import limited, met

BAD = [
    b"",
    b"hello",
    b"[]",
    b"null",
    b'{"type":"fly"}',
    b'{"type":"command"}',
    b'{"type":"command","id":"x","name":"count","args":{"by":1},"args":{"by":2}}',
    b'{"type":"command","id":"x","name":"count","args":{"by":NaN}}',
    b'{"type":"command","id":"x","name":"count","args":{"by":1.0}}',
    b'{"type":"command","id":"x","name":"count","args":{"by":9007199254740992}}',
    b'{"type":"command","id":"x","name":"count","args":{"by":{}}}',
    b'{"type":"command","id":"x","name":"count","extra":1}',
    b'{"type":"command","id":"x","name":"co\\u0000unt"}',
    b'{"type":"command","id":"x","name":"co\\ud800unt"}',
    b'{"type":"command","id":"' + b"x" * 65 + b'","name":"count"}',
    b'{"type":"command","id":"x","name":"\xff"}',
    b"[" * 9_000,
    b'{"type":"command","id":"x","name":"' + b"y" * 17_000 + b'"}',
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
async def test_malformed_frames_change_nothing(rig: Rig, bad: bytes) -> None:
    """Bytes that make no frame are answered with `bad_frame`; the connection stays, the room is as it was."""
    host, ann = await rig.started()
    table = dict(host.table)
    records = len(await rig.log.read(host.room))
    await ann.say(bad)
    await rig.pass_ms(50)
    host.read()
    assert (code(ann.results()[-1]), ann.results()[-1].ok) == ("bad_frame", False)
    assert ann.connection.is_open()
    assert host.table == table
    assert len(await rig.log.read(host.room)) == records


@pytest.mark.parametrize(
    ("bad", "id"),
    [
        (b'{"type":"command","id":"x","name":"count","args":[1]}', "x"),
        (b'{"type":"command","id":"x","name":5}', "x"),
        (b'{"type":"command","id":"x","name":"count","args":{"by":123456789012345678901234567890}}', "x"),
        (b'{"type":"command","id":"x","name":"count","args":{"by":1.5}}', "x"),
        (b'{"type":"command","id":"x","name":"count","args":{"by":"a\\u0000b"}}', "x"),
        (b'{"type":"command","id":"x","name":"count","extra":1}', "x"),
        (b'{"type":"fly","id":"x"}', "x"),
        (b'{"type":"command","id":7,"name":"count"}', ""),
        (b'{"type":"command","id":"","name":"count"}', ""),
        (b'{"type":"command","id":"x\\u0000","name":"count"}', ""),
        (b'{"type":"command","id":"' + b"x" * 65 + b'","name":"count"}', ""),
        (b'{"type":"command","id":"x","name":"' + b"y" * 17_000 + b'"}', ""),
        (b'{"type":"command","id":"x","name":' + b"[" * 501 + b"]" * 501 + b"}", ""),
        (b'["x"]', ""),
        (b'{"id":"x"', ""),
    ],
    ids=range(15),
)
async def test_a_bad_frame_is_answered_by_its_id(rig: Rig, bad: bytes, id: str) -> None:
    """A client learns which command it was, whatever else is wrong with it; of what is too much nothing is read."""
    _, ann = await rig.started()
    await ann.say(bad)
    assert (code(ann.results()[-1]), ann.results()[-1].id) == ("bad_frame", id)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (b'{"type":"command","id":"x","name":"count","args":{"by":"\\u0000"}}', "args.by"),
        (b'{"type":"command","id":"x","name":"count","args":{"by":1.5}}', "args.by"),
        (b"hello", ""),
    ],
    ids=["nul", "float", "no_json"],
)
async def test_a_bad_frame_is_refused_in_the_persons_language(rig: Rig, bad: bytes, field: str) -> None:
    """In Chinese the field is named and no English word of the decoder stands behind, at the third one neither."""
    host, _ = await rig.started()
    mei = Client(rig)
    await mei.say(Join(host.room, "Mei", language="zh"))
    await rig.pass_ms(50)
    for _ in range(3):
        await mei.say(bad)
    refused = mei.results()[-1].error
    assert refused is not None
    assert "没看懂这条消息" in refused.message
    assert re.findall("[A-Za-z.]+", refused.message) == [field] * bool(field)
    assert mei.error().message == refused.message


async def test_a_frame_out_of_turn_is_told_which_ones_are_expected(rig: Rig) -> None:
    """Nobody sends commands before they are in, and nobody comes in twice by one connection."""
    _, ann = await rig.started()
    await ann.say(Join(ann.room, "Bob"))
    stranger = Client(rig)
    for _ in range(3):
        await stranger.say(Command("c", "count", {"by": 1}))
    for client, expected in ((ann, "command or preview"), (stranger, "create, join, resume or watch first")):
        error = client.results()[0].error
        assert error is not None
        assert error.field == "type"
        assert f"expected {expected}" in error.message


async def test_three_in_a_row_close(rig: Rig) -> None:
    """Three bad frames in a row close the connection; a good one in between begins the count anew."""
    _, ann = await rig.started()
    for _ in range(2):
        await ann.say(b"bad")
    assert (await ann.command("count", by=1)).ok
    for _ in range(2):
        await ann.say(b"bad")
    assert ann.connection.is_open()
    await ann.say(b"bad")
    assert ann.error().code == "bad_frame"
    assert ann.connection.closed == 4400


async def test_the_first_frame_comes_first(rig: Rig) -> None:
    """Before it no command is taken, after it no second one."""
    host, ann = await rig.started()
    stranger = Client(rig)
    await stranger.say(Command("x", "count", {"by": 1}))
    assert (code(stranger.results()[-1]), stranger.results()[-1].id) == ("bad_frame", "x")
    await ann.say(Watch(host.room))
    assert code(ann.results()[-1]) == "bad_frame"


async def test_three_frames_out_of_place_close(rig: Rig) -> None:
    """Commands before the first frame are bad frames like any other."""
    stranger = Client(rig)
    for number in range(3):
        assert stranger.connection.is_open()
        await stranger.say(Command(f"c{number}", "count", {"by": 1}))
    assert stranger.error().code == "bad_frame"
    assert stranger.connection.closed == 4400


async def test_commands_before_the_welcome_are_bounded(rig: Rig) -> None:
    """What comes behind the first frame waits for the welcome, up to a bound; more is too much, by its id."""
    host, _ = await rig.started()
    ben = Client(rig)
    ben.session.receive(encode(Join(host.room, "Ben")))
    for number in range(42):
        ben.session.receive(encode(Command(f"c{number}", "count", {"by": 1})))
    await rig.pass_ms(50)
    results = {result.id: result for result in ben.results()}
    assert [id for id, result in results.items() if not result.ok] == ["c40", "c41"]
    assert code(results["c40"]) == "rate_limited"
    assert results["c40"].error is not None
    assert results["c40"].error.retry_after == 1
    assert ben.connection.is_open()


async def test_a_flood_before_the_welcome_is_cut(rig: Rig) -> None:
    """Nobody floods by being slow to come in."""
    host, _ = await rig.started()
    ben = Client(rig)
    ben.session.receive(encode(Join(host.room, "Ben")))
    for number in range(300):
        ben.session.receive(encode(Command(f"c{number}", "count", {"by": 1})))
    assert ben.connection.closed == 4429


async def test_no_first_frame_in_time(rig: Rig) -> None:
    """A connection that says nothing is closed with 4408."""
    stranger = Client(rig)
    await rig.pass_ms(10_001)
    assert stranger.connection.closed == 4408


async def test_who_leaves_before_saying_anything_has_met_no_bound(rig: Rig) -> None:
    """A health check that opens a connection and goes is not counted as one that was too slow."""
    before = met("first_frame_s")
    Client(rig).leave()
    await rig.pass_ms(60_000)
    assert met("first_frame_s") == before


async def test_a_bug_at_the_door_ends_that_connection_alone(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever meets it is told to come again, and everybody who is in plays on."""
    host, ann = await rig.started()

    async def broken(*_: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr(rig.lobby, "enter", broken)
    stranger = Client(rig)
    await stranger.say(Watch(host.room))
    assert (stranger.error().code, stranger.connection.closed) == ("unavailable", 1013)
    assert (await ann.command("count", by=1)).ok


async def test_who_is_gone_at_the_very_moment_of_the_welcome_leaves_no_ghost(rig: Rig) -> None:
    """The room has greeted them and they are not there to hear it: their seat is an away one like any other."""
    host, _ = await rig.started()
    ben = Client(rig)
    ben.session.receive(encode(Join(host.room, "Ben")))
    while not ben.connection.got:
        await asyncio.sleep(0)
        rig.clock.move_to(rig.clock.now + 1)
    ben.leave()
    await rig.pass_ms(100)
    host.read()
    assert (host.table["seat"]["2"]["name"], host.table["seat"]["2"]["by"]) == ("Ben", "away")


async def test_a_watcher_sends_nothing(rig: Rig) -> None:
    """A wall and other watchers have no seat, so no command is theirs."""
    host, _ = await rig.started()
    wall = await rig.watch(host.room)
    assert code(await wall.command("count", by=1)) == "not_your_role"
    assert code(await wall.command("host.end")) == "not_your_role"


async def test_a_watchers_flood_is_cut(rig: Rig) -> None:
    """Whoever only looks on has a budget too, by the connection."""
    host, ann = await rig.started()
    wall, other = await rig.watch(host.room), await rig.watch(host.room)
    for number in range(300):
        wall.session.receive(encode(Command(f"c{number}", "count", {"by": 1})))
    assert wall.connection.closed == 4429
    assert code(await other.command("count", at=ann.at, by=1)) == "not_your_role"


async def test_sentences_about_roles_are_whole(rig: Rig) -> None:
    """Whoever may not send a command reads why, without a gap in the sentence."""
    host, ann = await rig.started()
    wall = await rig.watch(host.room)
    for result in (
        await wall.command("count", by=1),
        await ann.command("host.end"),
        await host.command("count", at=ann.at, by=1),
    ):
        assert result.error is not None
        assert "{" not in result.error.message
        assert result.error.message != MEANINGS["not_your_role"]


async def test_a_seat_cannot_host_nor_a_host_play(rig: Rig) -> None:
    """Who somebody is comes from the connection, not from the command's name."""
    host, ann = await rig.started()
    assert code(await ann.command("host.end")) == "not_your_role"
    assert code(await host.command("count", at=ann.at, by=1)) == "not_your_role"
    assert code(await host.preview("count", by=1)) == "not_your_role"
    assert ann.table["game"]["status"] == "running"


async def test_a_flood_is_slowed_down_and_then_cut(rig: Rig) -> None:
    """A burst of 40 is nobody's fault; beyond it come `rate_limited` and, at last, the close."""
    _, ann = await rig.started()
    frames = [encode(Command(f"c{n}", "count", {"by": 1}, ann.at)) for n in range(300)]
    for frame in frames[:40]:
        ann.session.receive(frame)
    await settle()
    ann.read()
    assert all(result.ok for result in ann.results())
    for frame in frames[40:]:
        ann.session.receive(frame)
    await settle()
    ann.read()
    refused = ann.results()[-1].error
    assert refused is not None
    assert (refused.code, refused.retry_after) == ("rate_limited", 1)
    assert (
        ann.connection.rested_ms == 200 * 50
    )  # after each refusal for as long as a seat's next command takes to be free
    assert ann.connection.closed == 4429


async def test_each_command_that_is_taken_makes_up_for_one_that_was_not() -> None:
    """Who is a little too fast for long is slowed down for long; who has sent so many too many is cut, to the frame."""
    async with limited(commands_per_s=2, command_burst=1, flood=3) as rig:
        host, ann = await rig.started()
        taken: list[bool] = []

        async def send(frames: int) -> None:
            for _ in range(frames):
                taken.append((await ann.command("count", f"c{len(taken)}", ann.at, by=1)).ok)

        await rig.pass_ms(500)
        await send(3)
        for _ in range(2):
            await rig.pass_ms(500)
            await send(2)
        assert taken == [True, False, False, True, False, True, False]
        assert ann.connection.is_open()
        records = await rig.log.read(host.room)
        await rig.pass_ms(499)
        for number in (1, 2):
            await ann.say(Command(f"late{number}", "count", {"by": 1}, ann.at))
            assert ann.connection.is_open() == (number < 2)
        assert ann.connection.closed == 4429
        await rig.pass_ms(5_000)
        await ann.say(Command("after", "count", {"by": 1}, ann.at))
        assert await rig.log.read(host.room) == records


async def test_many_who_come_back_to_one_seat_come_one_after_the_other() -> None:
    """Coming back is paced like a seat's commands, and costs none of them."""
    rig = await Rig(commands_per_s=2).start()
    host, ann = await rig.started()
    first, second = Client(rig), Client(rig)
    await first.say(Resume(host.room, ann.token))
    await second.say(Resume(host.room, ann.token))
    await rig.pass_ms(499)
    assert [client.connection.got != [] for client in (first, second)] == [True, False]
    await rig.pass_ms(51)
    assert second.connection.got != []
    assert first.connection.closed == 4409
    assert second.connection.rested_ms == 500  # in which nothing was read from it
    results = [await second.command("count", f"c{n}", ann.at, by=1) for n in range(40)]
    assert all(result.ok for result in results)


async def test_the_rate_is_the_seats_not_the_connections(rig: Rig) -> None:
    """A new connection brings no new budget; time does."""
    _, ann = await rig.started()
    at = ann.at
    for n in range(40):
        await ann.say(Command(f"c{n}", "count", {"by": 1}, at))
    ann.leave()
    ann.connect()
    await ann.resume()
    assert (await ann.command("count", "late", at, by=1)).ok  # the resume took 50 ms: one more
    assert code(await ann.command("count", "later", at, by=1)) == "rate_limited"
    await rig.pass_ms(1_000)
    assert (await ann.command("count", "later", at, by=1)).ok


async def test_lab_has_no_rate_limit() -> None:
    """`--lab` switches off the rate limit, and nothing else."""
    rig = await Rig(lab=True).start()
    _, ann = await rig.started()
    for n in range(300):
        ann.session.receive(encode(Command(f"c{n}", "count", {"by": 1}, ann.at)))
    await settle()
    ann.read()
    assert len(ann.results()) == 300
    assert all(result.ok for result in ann.results())
    assert code(await ann.command("count", "c1", by=2)) == "id_reused"
    await rig.stop()


async def test_a_name_that_is_taken_or_no_name(rig: Rig) -> None:
    """Names are cleaned, shown once in a room, and refused when there is nothing to show."""
    host = await rig.create()
    await rig.join(host.room, "  Ann   Lee ")
    host.read()
    assert host.table["seat"]["1"]["name"] == "Ann Lee"
    for name, expected in [
        ("ann lee", "name_taken"),
        ("\u1d00nn L\u212fe", "name_taken"),
        ("\u0410nn L\u0435e", "bad_name"),
        ("Host", "bad_name"),
        ("\u200b", "bad_name"),
        (" ", "bad_name"),
    ]:
        client = Client(rig)
        await client.say(Join(host.room, name))
        assert client.error().code == expected
        assert client.connection.closed == 4400

"""The way of a command: decided once, stored, then told to whom it concerns."""

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import At, Command, Create, Join, Options, Update, Welcome
from makersphere_server.room.model.log.answers import REFUSALS_KEPT, Answers
from tests.server.rig.fakes import Client, MemoryConnection, Rig, code, long_id, settle


async def test_a_command_is_answered_and_shown(rig: Rig) -> None:
    """A command changes the table that everybody sees, under the `seq` of its result."""
    host, ann = await rig.started()
    result = await ann.command("count", by=3)
    await rig.pass_ms(50)
    host.read()
    assert result.ok
    assert host.table["tally"] == {"total": 3, "last": 1}
    assert host.seq == result.seq


async def test_nothing_is_told_before_it_is_stored(rig: Rig) -> None:
    """While a write is under way no frame about it leaves; when it is done, all do."""
    host, ann = await rig.started()
    before = len(ann.connection.sent), len(host.connection.sent)
    told: list[tuple[int, int]] = []

    async def look(_: str) -> None:
        await settle()
        told.append((len(ann.connection.sent), len(host.connection.sent)))

    rig.log.before_commit = look
    await ann.say(Command("x", "count", {"by": 1}, ann.at))
    await rig.pass_ms(50)
    assert told == [before]
    assert len(ann.connection.sent) > before[0]
    assert len(host.connection.sent) > before[1]


async def test_who_begins_to_follow_during_a_write_is_told_of_nothing_in_it(rig: Rig) -> None:
    """The broker's mirror asks for the table at any moment: it gets what was told, under the number of that."""
    host, ann = await rig.started()
    await rig.pass_ms(200)
    host.read()
    follower = MemoryConnection()

    async def follow(code: str) -> None:
        rig.room(code).follow(follower)

    rig.log.before_commit = follow
    rig.log.fail_next()
    assert code(await ann.command("count", by=1)) == "unavailable"
    rig.log.before_commit = None
    welcome = follower.got[0]
    assert isinstance(welcome, Welcome)
    assert welcome.seq == host.seq == len(await rig.log.read(host.room))


async def test_the_same_id_gets_the_same_answer(rig: Rig) -> None:
    """The same command again, also on another connection, is answered as before and done once."""
    _, ann = await rig.started()
    first = await ann.command("count", "same", by=3)
    again = await ann.command("count", "same", by=3)
    at = ann.at
    ann.leave()
    await ann.resume()
    elsewhere = await ann.command("count", "same", at, by=3)
    assert first.seq == again.seq == elsewhere.seq
    assert ann.table["tally"]["total"] == 3


async def test_the_same_id_twice_in_one_batch(rig: Rig) -> None:
    """A double tap that arrives before the first is stored is done once, too."""
    _, ann = await rig.started()
    frame = encode(Command("tap", "count", {"by": 3}, ann.at))
    ann.session.receive(frame)
    ann.session.receive(frame)
    await rig.pass_ms(50)
    ann.read()
    assert [result.ok for result in ann.results()] == [True, True]
    assert ann.results()[0].seq == ann.results()[1].seq
    assert ann.table["tally"]["total"] == 3


async def test_the_same_id_after_a_restart(rig: Rig) -> None:
    """What was acknowledged is there once after a kill, and its id is still known."""
    _, ann = await rig.started()
    at = ann.at
    first = await ann.command("count", "same", by=3)
    await rig.kill()
    await rig.start()
    await ann.resume()
    again = await ann.command("count", "same", at, by=3)
    assert again.seq == first.seq
    assert ann.table["tally"]["total"] == 3


async def test_an_id_with_other_content_is_refused(rig: Rig) -> None:
    """An id names one command for good."""
    _, ann = await rig.started()
    await ann.command("count", "same", by=3)
    result = await ann.command("count", "same", by=4)
    assert code(result) == "id_reused"


async def test_ids_are_counted_by_person(rig: Rig) -> None:
    """Another seat's id is no obstacle, and fetches nobody's answer."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, "Ben")
    assert (await ann.command("count", "1", by=3)).seq != (await ben.command("count", "1", by=3)).seq


async def test_a_refusal_is_repeated_too(rig: Rig) -> None:
    """A refused command that is sent again is not taken the second time."""
    _, ann = await rig.started("two")
    late = At(1, "second")
    refused = await ann.command("count", "early", late, by=3)
    await rig.pass_ms(60_000)  # now it is the second phase
    ann.read()
    assert ann.at == late
    again = await ann.command("count", "early", late, by=3)
    assert refused.error == again.error


@pytest.mark.parametrize("is_killed", [False, True])
async def test_a_refusal_is_repeated_after_a_restart(rig: Rig, is_killed: bool) -> None:  # noqa: FBT001
    """What was refused stays refused under its id, whatever happens to the server in between."""
    _, ann = await rig.started("two")
    late = At(1, "second")
    refused = await ann.command("count", "early", late, by=3)
    await (rig.kill() if is_killed else rig.stop())
    await rig.start()
    await ann.resume()
    await rig.pass_ms(60_000)
    ann.read()
    assert ann.at == late
    again = await ann.command("count", "early", late, by=3)
    assert refused.error == again.error
    assert code(await ann.command("count", "early", late, by=4)) == "id_reused"


async def test_a_refusal_is_told_when_it_is_stored(rig: Rig) -> None:
    """A refusal that could not be stored is none: the same id is decided when the store is back."""
    _, ann = await rig.started("two")
    late = At(1, "second")
    rig.log.fail_next()
    assert code(await ann.command("count", "early", late, by=3)) == "unavailable"
    await rig.pass_ms(61_000)
    ann.read()
    assert (await ann.command("count", "early", late, by=3)).ok


def test_the_last_refusals_are_kept() -> None:
    """A room keeps so many refusals and no more, in memory as in the store: the oldest makes way."""
    answers = Answers()
    private: dict[str, bytes] = {}
    for number in range(REFUSALS_KEPT + 3):
        private |= answers.refuse("t", str(number), b"{}", b'{"ok":false}')
    assert len(private) == REFUSALS_KEPT
    for kept in (answers, Answers.stored([], private)):
        assert kept.find("t", "2") is None
        assert kept.find("t", "3") is not None
        assert kept.find("t", str(REFUSALS_KEPT + 2)) is not None
        kept.refuse("t", "more", b"{}", b'{"ok":false}')
        assert kept.find("t", "3") is None


def test_a_refusal_that_an_older_version_has_stored_is_known() -> None:
    """As it stands in the stores that there are, it is repeated to whoever asks again; the next one comes behind it."""
    stored = {"refused:7": b'[7,"ann","c1",{"args":{},"name":"count"},{"ok":false,"error":{"code":"over"}}]'}
    answers = Answers.stored([], {**stored, "name:1": b"Ann"})
    given = answers.find("ann", "c1")
    assert given is not None
    assert (given.command, given.body) == (b'{"args":{},"name":"count"}', b'{"ok":false,"error":{"code":"over"}}')
    assert [*answers.refuse("ann", "c2", b"{}", b"{}")] == ["refused:8"]


async def test_a_late_command_is_refused(rig: Rig) -> None:
    """`at` guards against a command that comes after its phase, and `ready` must have it."""
    _, ann = await rig.started("two")
    then = ann.at
    await rig.pass_ms(60_000)
    ann.read()
    late = await ann.command("ready", at=then, ready=True)
    assert code(late) == "not_your_phase"
    await ann.say(Command("bare", "ready", {"ready": True}))
    bare = ann.results()[-1]
    assert bare.error is not None
    assert bare.error.field == "at"


async def test_a_refusal_without_a_field_names_none(rig: Rig) -> None:
    """What is wrong as a whole is no field's fault, and costs no bytes that say so."""
    host, ann = await rig.started()
    assert (await host.command("host.pause")).ok
    refused = await ann.command("fly")
    assert (code(refused), b'"field"' in ann.connection.sent[-1]) == ("paused", False)
    refused = await ann.command("count", "again", by=1)
    assert (code(refused), b'"field"' in ann.connection.sent[-1]) == ("paused", False)


async def test_all_ready_closes_the_phase(rig: Rig) -> None:
    """When nobody needs more time, the room closes the phase by itself; it is a command with its own `seq`."""
    _, ann = await rig.started("two")
    await ann.command("ready", ready=True)
    await rig.pass_ms(50)
    ann.read()
    assert ann.at == At(1, "second")
    records = await rig.log.read(ann.room)
    assert records[-1].by in ("room", "bot")
    assert any(record.by == "room" for record in records)


async def test_sentences_come_in_the_seats_language(rig: Rig) -> None:
    """A refusal says what was expected in the language of the seat, and names the field."""
    host = await rig.create()
    ann = await rig.join(host.room, language="zh-CN")
    await host.command("host.start")
    await rig.pass_ms(50)
    ann.read()
    result = await ann.command("count", by=99)
    assert result.error is not None
    assert (result.error.code, result.error.field) == ("bad_args", "by")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.error.message)


async def test_updates_are_merged(rig: Rig) -> None:
    """A client gets the newest state at most every 50 ms, and its result does not wait for that."""
    host, ann = await rig.started()
    await rig.pass_ms(100)
    assert (await ann.command("count", by=1)).ok  # shown at once: nothing has been for a while
    before = len(host.connection.got)
    for _ in range(5):
        result = await ann.command("count", by=1)
        assert result.ok
    updates = [frame for frame in host.connection.got[before:] if isinstance(frame, Update)]
    await rig.pass_ms(50)
    later = [frame for frame in host.connection.got[before:] if isinstance(frame, Update)]
    assert len(updates) == 0
    assert len(later) == 1
    assert later[0].log is not None
    assert len(later[0].log) == 5


async def test_a_frame_that_brings_nothing_is_not_sent(rig: Rig) -> None:
    """No frame carries only a new `seq`."""
    host, ann = await rig.started()
    await rig.pass_ms(2_000)
    before = len(host.connection.sent)
    assert (await ann.command("ready", ready=False)).ok
    await rig.pass_ms(50)
    assert len(host.connection.sent) == before


async def test_everyone_gets_the_same_bytes(rig: Rig) -> None:
    """An update that holds nothing of one's own is encoded once for all."""
    host, ann = await rig.started()
    ben, wall = await rig.join(host.room, "Ben"), await rig.watch(host.room)
    await rig.pass_ms(2_000)
    await ann.command("count", by=1)
    await rig.pass_ms(50)
    assert ben.connection.sent[-1] is wall.connection.sent[-1]


async def test_the_choices_of_a_hand_stand_in_the_hand(rig: Rig) -> None:
    """`hand.legal` has a schema for each command, with live bounds; without a game no move is."""
    host = await rig.create()
    ann = await rig.join(host.room)
    assert list(ann.hand["legal"]) == ["change_face"]
    assert ann.hand == {"id": 1, "seat": {"1": {"asked": False}}, "legal": ann.hand["legal"], "default": {}}
    await host.command("host.start")
    await rig.pass_ms(50)
    ann.read()
    assert ann.hand["legal"]["count"]["properties"]["by"] == {"type": "integer", "minimum": 1, "maximum": 10}
    assert set(ann.hand["legal"]) == {"count", "ready", "ask", "lost", "rejoin_code", "shake"}


async def test_commands_right_behind_the_first_frame_wait_for_it(rig: Rig) -> None:
    """A client need not wait for its welcome before it sends again what was not answered."""
    host, ann = await rig.started()
    ann.leave()
    ann.connect()
    at = ann.at
    await ann.say(Join(host.room, "Ben", id=long_id("b")))
    await ann.say(Command("early", "count", {"by": 2}, at))
    await rig.pass_ms(50)
    ann.read()
    assert ann.results()[-1].ok


async def test_a_room_with_a_chosen_seed_says_so(rig: Rig) -> None:
    """The commitment stands on the table from the start, seed and nonce at the end."""
    host = await rig.create(options=Options(seats=1, seed=7))
    assert host.table["room"]["seed_chosen"] is True
    await host.command("host.start")
    await rig.pass_ms(50)
    host.read()
    assert host.table["game"]["commitment"]
    assert "dice" not in host.table
    await host.command("host.end")
    await rig.pass_ms(50)
    host.read()
    assert set(host.table["dice"]) == {"seed", "nonce"}


async def test_unknown_scenarios_are_named(rig: Rig) -> None:
    """An unknown scenario is refused with what there is."""
    client = Client(rig)
    await client.say(Create("chess"))
    assert client.error().code == "bad_args"
    assert "counter" in client.error().message
    assert client.connection.closed == 4400

"""When the store refuses: nothing is told, nothing has happened, and it can be tried again. A broken room stops."""

import asyncio

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import At, Command, Join, Resume, Watch
from makersphere_rules import engine
from makersphere_server.room.model.inbox import Enter
from makersphere_server.storage.event_log import Record, StoreUnavailable
from tests.server.rig.fakes import Client, Rig, code, long_id, settle
from tests.server.rig.memory_log import MemoryLog


async def test_a_refused_write_changes_nothing(rig: Rig) -> None:
    """`unavailable` says that nothing changed; the same id is taken when the store is back."""
    host, ann = await rig.started()
    await ann.command("count", by=1)
    await rig.pass_ms(100)
    ann.read()
    table = dict(ann.table)
    rig.log.fail_next(2)
    assert code(await ann.command("count", "mine", by=5)) == "unavailable"
    await rig.pass_ms(2_000)
    host.read()
    ann.read()
    assert ann.table == table
    assert ann.connection.is_open()
    assert (await ann.command("count", "mine", by=5)).ok
    await rig.pass_ms(100)
    host.read()
    assert host.table["tally"]["total"] == 6


async def test_what_was_not_stored_is_not_played_on_while_the_store_cannot_be_read(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands are refused until memory could be made again of what is stored, and count once then."""
    host, ann = await rig.started()

    async def away(_: str) -> list[Record]:
        raise StoreUnavailable

    with monkeypatch.context() as store:
        store.setattr(rig.log, "read", away)
        rig.log.fail_next()
        assert code(await ann.command("count", "mine", by=5)) == "unavailable"
        await rig.pass_ms(2_000)
        assert code(await ann.command("count", "mine", by=5)) == "unavailable"
    await rig.pass_ms(2_000)
    assert (await ann.command("count", "mine", by=5)).ok
    await rig.pass_ms(100)
    host.read()
    assert host.table["tally"]["total"] == 5


async def test_a_join_that_cannot_be_stored(rig: Rig) -> None:
    """Whoever cannot be written down is not let in, and leaves no ghost."""
    host = await rig.create()
    rig.log.fail_next()
    ann = Client(rig)
    await ann.say(Join(host.room, "Ann", id=long_id("j")))
    assert ann.error().code == "unavailable"
    assert ann.connection.closed == 1013
    await rig.pass_ms(2_000)
    host.read()
    assert not any("name" in seat for seat in host.table["seat"].values())
    assert (await rig.join(host.room, "Ann", id="j")).you.seat == 1


async def test_whoever_only_reads_is_let_in_meanwhile(rig: Rig) -> None:
    """While the disk is full people may watch and come back with their tokens, and see what is stored."""
    host, ann = await rig.started()
    await ann.command("count", by=3)
    await rig.pass_ms(100)
    rig.log.fail_next(1_000)
    assert code(await ann.command("count", "mine", by=5)) == "unavailable"
    seen = len(ann.connection.sent)
    await rig.pass_ms(200)
    assert ann.connection.sent[seen:] == [], "told what is not stored"
    watcher, again = Client(rig), Client(rig)
    await watcher.say(Watch(host.room))
    await again.say(Resume(host.room, seat_token=ann.token))
    await rig.pass_ms(200)
    watcher.read()
    again.read()
    assert watcher.table["tally"] == again.table["tally"] == {"total": 3, "last": 1}
    assert code(await again.command("count", "mine", by=5)) == "unavailable"
    rig.log.fail_next(0)
    await rig.pass_ms(2_000)
    assert (await again.command("count", "mine", by=5)).ok


async def test_a_pause_that_cannot_be_stored_is_none(rig: Rig) -> None:
    """What lies beside the game goes back, too."""
    host, ann = await rig.started("two")
    rig.log.fail_next()
    assert code(await host.command("host.pause")) == "unavailable"
    await rig.pass_ms(2_000)
    assert (await ann.command("count", by=1)).ok


async def test_whoever_finds_a_room_that_has_just_ended_is_turned_away(rig: Rig) -> None:
    """Nobody waits for a room that decides nothing any more."""
    host, _ = await rig.started()
    room = rig.room(host.room)
    await room.finish()
    room.close()
    client = Client(rig)
    client.connect()
    done = asyncio.get_running_loop().create_future()
    enter = Enter(frame=Watch(host.room), connection=client.connection, done=done)
    entering = asyncio.create_task(room.enter(enter))
    await settle()
    assert entering.done()
    with pytest.raises(Refused, match="unavailable"):
        await entering


async def test_what_was_refused_is_not_stored_at_the_end(rig: Rig) -> None:
    """A server that stops before it could read a room again leaves it as the store has it."""
    host, _ = await rig.started("two")
    rig.log.fail_next()
    host.session.receive(encode(Command("p", "host.pause", {})))
    await rig.stop()
    assert code(host.results()[-1]) == "unavailable"
    assert b'"paused":true' not in (await rig.log.privates(host.room))["standing"]


async def test_bots_play_on_after_a_refused_write() -> None:
    """Moves of bots that were on their way when the store refused are forgotten, and the bots are asked again."""
    rig = await Rig(bots="standard").start()
    host = await rig.create("classroom", 24)
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    room = rig.room(host.room)
    queued: list[bool] = []

    async def look(room_code: str) -> None:
        for _ in range(6):
            await asyncio.sleep(0)
        queued.append(room.inbox.is_waiting)

    rig.log.before_commit = look
    rig.log.fail_next()
    await rig.pass_ms(3_000)
    assert queued[0]
    assert not room.failure
    records = await rig.log.read(host.room)
    assert len({record.actor for record in records if record.by == "bot"}) == 23
    await rig.stop()


class _NoClose(MemoryLog):
    """A store that does not take the room's own close."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses = False

    async def append(self, room: str, expected_seq: int, records: list[Record], private: object = ()) -> str:  # type: ignore[override]
        """Write, save a close."""
        if self.refuses and any(b'"close"' in record.command for record in records):
            raise StoreUnavailable("not that one")
        return await super().append(room, expected_seq, records, dict(private))  # type: ignore[call-overload]


@pytest.mark.parametrize("is_killed", [False, True])
async def test_a_lost_close_is_tried_again(is_killed: bool) -> None:  # noqa: FBT001
    """Where all are ready and the close of the phase was not stored, it comes later: also after a kill."""
    rig = Rig()
    rig.log = log = _NoClose()
    await rig.start()
    _, ann = await rig.started("two", 1)
    log.refuses = True
    assert (await ann.command("ready", ready=True)).ok
    await rig.pass_ms(2_500)
    if is_killed:
        await rig.kill()
        await rig.start()
    log.refuses = False
    if is_killed:
        await ann.resume()
    await rig.pass_ms(2_500)
    ann.read()
    assert ann.at == At(1, "second")
    await rig.stop()


async def _seat(client: Client) -> dict[str, object]:
    await client.rig.pass_ms(50)
    client.read()
    seat: dict[str, object] = client.table["seat"]["1"]
    return seat


async def test_the_minute_of_who_is_away_goes_on_when_a_room_is_read_again(rig: Rig) -> None:
    """Since when somebody has been away is not stored, and yet not lost: a bot stands in at that very minute."""
    host, ann = await rig.started()
    ann.leave()
    await rig.pass_ms(20_000)
    await ann.resume()
    ann.leave()
    seen = (await _seat(host))["seen"]
    await rig.pass_ms(20_000)
    rig.log.fail_next()
    assert code(await host.command("host.announce", text="hello")) == "unavailable"
    await rig.pass_ms(22_000)  # a minute after the first time
    seat = await _seat(host)
    assert (seat["by"], seat["seen"]) == ("away", seen)
    await rig.pass_ms(19_000)
    assert (await _seat(host))["by"] == "bot"


async def test_a_bot_that_stands_in_does_so_when_a_room_is_read_again(rig: Rig) -> None:
    """A seat that a bot plays for somebody does not fall idle because the store refused."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, "Ben")
    assert (await ben.command("ready", ready=False)).ok  # so that the game goes on
    ann.leave()
    await rig.pass_ms(61_000)
    assert (await _seat(host))["by"] == "bot"
    rig.log.fail_next()
    assert code(await host.command("host.announce", text="hello")) == "unavailable"
    await rig.pass_ms(2_000)
    assert (await _seat(host))["by"] == "bot"


class _Unsure(MemoryLog):
    """A store that fails after it has written, as a disk may."""

    def __init__(self) -> None:
        super().__init__()
        self.unsure = False

    async def append(self, room: str, expected_seq: int, records: list[Record], private: object = ()) -> str:  # type: ignore[override]
        """Write, and say that it failed."""
        chain = await super().append(room, expected_seq, records, dict(private))  # type: ignore[call-overload]
        if self.unsure and records:
            self.unsure = False
            self.fail_next()
            await self._commit(room)
        return chain


async def test_a_write_of_unknown_outcome_is_looked_up() -> None:
    """Where a write failed and yet is there, the same id gets its answer, once."""
    rig = Rig()
    rig.log = log = _Unsure()
    await rig.start()
    host, ann = await rig.started()
    log.unsure = True
    assert code(await ann.command("count", "mine", by=5)) == "unavailable"
    await rig.pass_ms(2_000)
    again = await ann.command("count", "mine", by=5)
    assert again.ok
    await rig.pass_ms(100)
    ann.read()
    host.read()
    assert ann.table["tally"]["total"] == host.table["tally"]["total"] == 5
    await rig.stop()


async def test_a_broken_room_stops_alone(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed invariant stops its room before anything is stored, tells its people, and leaves other rooms alone."""
    host, ann = await rig.started()
    other, ben = await rig.started()
    records = len(await rig.log.read(host.room))
    broken = rig.room(host.room)._live.state
    real = engine.invariants
    monkeypatch.setattr(engine, "invariants", lambda state: ["a coin is gone"] if state is broken else real(state))
    ann.session.receive(b'{"type":"command","id":"x","name":"count","args":{"by":1}}')
    await rig.pass_ms(50)
    assert ann.error().code == "unavailable"
    assert ann.connection.closed == host.connection.closed == 1013
    assert len(await rig.log.read(host.room)) == records
    rows = {row.room: row for row in await rig.log.rooms()}
    assert rows[host.room].state == "quarantined"
    assert "a coin is gone" in rows[host.room].reason
    again = Client(rig)
    await again.say(Watch(host.room))
    assert again.error().code == "unavailable"
    assert "had to stop" in again.error().message
    assert (await ben.command("count", by=1)).ok
    assert other.connection.is_open()


async def test_a_room_that_has_stopped_stays_so_when_it_is_put_away(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes out of memory like any other; who comes then does not open again what the store calls stopped."""
    host, ann = await rig.started()
    broken = rig.room(host.room)._live.state
    real = engine.invariants
    monkeypatch.setattr(engine, "invariants", lambda state: ["a coin is gone"] if state is broken else real(state))
    ann.session.receive(b'{"type":"command","id":"x","name":"count","args":{"by":1}}')
    ann.leave()
    host.leave()
    await rig.pass_ms(int(rig.settings.idle_s * 1_000) + 61_000)
    assert host.room not in rig.lobby.open_rooms._rooms
    again = Client(rig)
    await again.say(Watch(host.room))
    assert again.error().code == "unavailable"
    assert rig.lobby.stopped_rooms == 1


async def test_nobody_waits_at_the_door_of_a_broken_room(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes in the very batch that stops the room is turned away, not left waiting."""
    host, ann = await rig.started()
    monkeypatch.setattr(engine, "invariants", lambda _: ["a coin is gone"])
    ben = Client(rig)
    ann.session.receive(b'{"type":"command","id":"x","name":"count","args":{"by":1}}')
    ben.session.receive(encode(Join(host.room, "Ben", id=long_id("j"))))
    await rig.pass_ms(100)
    assert ben.error().code == "unavailable"
    assert ben.connection.closed == 1013


async def test_nobody_waits_at_the_door_of_a_server_that_stops(rig: Rig) -> None:
    """Whoever was let in and not yet greeted when the server stops is told to come again."""
    host, ann = await rig.started()
    assert (await ann.command("count", by=1)).ok  # the next welcome waits for 50 ms
    ben = Client(rig)
    ben.session.receive(encode(Join(host.room, "Ben", id=long_id("j"))))
    await settle()
    assert ben.connection.is_open()
    await rig.stop()
    assert ben.error().code == "unavailable"
    assert ben.connection.closed == 1013


async def test_a_damaged_room_is_not_opened(rig: Rig) -> None:
    """A room whose log is not what was acknowledged is turned away, not gone on with."""
    host, _ = await rig.started()
    await rig.kill()
    rig.log.damage(host.room, 1, "cut")
    await rig.start()
    stranger = Client(rig)
    await stranger.say(Watch(host.room))
    assert stranger.error().code == "unavailable"
    assert stranger.connection.closed == 1013

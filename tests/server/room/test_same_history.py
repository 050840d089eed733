"""The same history: by the mark of the last record seen, both sides know whether they have lived the same game."""

import asyncio
import copy
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from makersphere_protocol.messages import Error, Resume, Update
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.coming_back import compare_history
from makersphere_server.room.model.log.missing import Missing
from tests.server.rig.fakes import Client, Rig, code
from tests.server.rig.lost_marks import lost_mark


async def _game(rig: Rig) -> tuple[Client, Client, Client]:
    """Return a host, Ann and Ben in a game that has begun."""
    host, ann = await rig.started()
    return host, ann, await rig.join(host.room, "Ben", id="b")


async def _counted(rig: Rig, who: Client, *steps: int) -> None:
    for by in steps:
        assert (await who.command("count", by=by)).ok
        await rig.pass_ms(50)
    who.read()


async def _restored(rig: Rig, *, lost: int, again: int) -> tuple[Client, Client, Client]:
    """Return people of a room whose store lost `lost` commands and has taken `again` others by other people since."""
    host, ann, ben = await _game(rig)
    await _counted(rig, ben, 1)
    before = copy.deepcopy(rig.log._rooms)
    await _counted(rig, ben, *[2] * lost)
    for one in (host, ann):
        one.read()
    await rig.kill()
    rig.log._rooms = before
    await rig.start()
    await ben.resume(fresh=True)
    await _counted(rig, ben, *[5] * again)
    return host, ann, ben


async def test_each_record_has_a_mark_of_its_own(rig: Rig) -> None:
    """A mark is 16 random bytes, drawn for each record of every author; welcome and update tell the last one's."""
    host, ann, ben = await _game(rig)
    await _counted(rig, ben, 3, 4)
    ann.read()
    records = await rig.log.read(host.room)
    marks = [record.mark for record in records]
    assert len({*marks}) == len(records) == ann.seq
    assert {len(urlsafe_b64decode(mark + "==")) for mark in marks} == {16}
    updates = [frame for frame in ann.connection.got if isinstance(frame, Update)]
    assert all(frame.mark == ["", *marks][frame.seq] for frame in updates)
    await ann.resume(fresh=True)
    assert (ann.welcome().seq, ann.welcome().mark) == (len(records), marks[-1])


async def test_a_fork_draws_marks_of_its_own(rig: Rig) -> None:
    """A forked room is another history, so none of its marks is its origin's."""
    host, _ = await rig.started("two")
    result = await host.command("host.fork", season=1, phase="first")
    assert result.data is not None
    records = [await rig.log.read(room) for room in (host.room, result.data["room"])]
    own, forked = ({record.mark for record in each} for each in records)
    assert forked
    assert own.isdisjoint(forked)


async def test_who_quotes_the_mark_goes_on(rig: Rig) -> None:
    """Where number and mark are the room's, only what was missed comes."""
    _, ann, ben = await _game(rig)
    ann.leave()
    await _counted(rig, ben, 3)
    await ann.resume()
    assert (ann.welcome().resumed, ann.welcome().diverged) == (True, False)
    assert ann.table["tally"]["total"] == 3


@pytest.mark.parametrize("again", [2, 3])
async def test_another_record_under_the_same_number_is_told(rig: Rig, again: int) -> None:
    """Who has seen another history gets the whole picture, told so; the hosts see what is missing; the epoch rises."""
    host, ann, ben = await _restored(rig, lost=2, again=again)
    seq, epoch = ann.seq, ann.epoch
    await ann.resume()
    welcome = ann.welcome()
    assert (welcome.resumed, welcome.diverged, welcome.epoch) == (False, True, epoch + 1)
    await ben.resume(fresh=True)
    assert ann.table == ben.table
    await host.resume()
    assert host.welcome().diverged
    lost = {"from": seq - 1, "to": seq}
    assert host.hand["behind"] == {**lost, "by": {"0": seq, "1": seq}, "known": lost}
    assert "behind" not in host.hand["host"]
    assert (await ann.command("count", by=1)).ok


async def test_a_client_of_before_is_not_taken_for_one_of_this_history_once_it_is_known(rig: Rig) -> None:
    """Who quotes no mark gets the whole picture too, since the epoch rose when somebody else's mark differed."""
    host, ann, _ = await _restored(rig, lost=2, again=3)
    await ann.resume()
    host.mark = ""
    await host.resume()
    assert not host.welcome().resumed


async def test_of_several_who_come_back_the_last_number_counts(rig: Rig) -> None:
    """What is missing reaches from the first record after the room was opened to the last that anybody has seen."""
    host, ann, _ = await _restored(rig, lost=3, again=3)
    last, ann.seq, ann.mark = ann.seq, ann.seq - 1, lost_mark(rig, ann, ann.seq - 1)
    await ann.resume()
    host.mark, host.seq, host.epoch = "", last, ann.epoch - 1
    await host.resume()
    lost = {"from": last - 2, "to": last - 1}
    assert host.hand["behind"] == {**lost, "by": {"1": last - 1}, "known": lost}
    host.seq = last + 4
    await host.resume()
    lost = {"from": last - 2, "to": last + 4}
    assert host.hand["behind"] == {**lost, "by": {"0": last + 4, "1": last - 1}, "known": lost}


async def test_records_from_before_have_no_mark(rig: Rig) -> None:
    """A log without marks opens; its room tells none, and goes on with whoever has seen it so."""
    host, ann, ben = await _game(rig)
    await _counted(rig, ben, 3)
    await rig.stop()
    kept = rig.log._rooms[host.room]
    kept.records[:] = [replace(record, mark="") for record in kept.records]
    await rig.start()
    ann.read()
    ann.mark = ""
    await ann.resume()
    assert (ann.welcome().mark, ann.welcome().diverged) == ("", False)
    await _counted(rig, ann, 1)
    assert ann.mark


# -- the room is behind


async def _behind(rig: Rig) -> tuple[Client, Client, Client]:
    """Return people of a room whose store lost three commands that Ann and the host have seen; Ben is back."""
    return await _restored(rig, lost=3, again=0)


async def test_a_host_gets_in_while_the_room_is_behind(rig: Rig) -> None:
    """A host who has seen more is let in, reads what the server misses, and may do one thing: let the room go on."""
    host, ann, ben = await _behind(rig)
    seq = host.seq
    await host.resume()
    assert (host.welcome().resumed, host.welcome().diverged) == (False, True)
    lost = {"from": seq - 2, "to": seq}
    assert host.hand["behind"] == {**lost, "by": {"0": seq}, "known": lost}
    assert host.hand["host"]["behind"] is True
    assert [*host.hand["legal"]] == ["host.resume"]
    for name in ("host.advance", "host.end", "host.lock"):
        assert code(await host.command(name)) == "paused"
    assert code(await ben.command("count", by=1)) == "paused"
    assert code(await ben.command("ask", what="help")) == "paused"
    assert len(await rig.log.read(host.room)) == seq - 3
    await ann.resume()
    assert ann.error().code == "server_behind"
    assert "until its host decides" in ann.error().message


async def test_who_takes_a_bots_seat_while_the_room_is_behind_changes_nothing_of_the_game(rig: Rig) -> None:
    """The bot's word that it was ready stands until the host lets the room go on, and is taken back then."""
    host, ann = await rig.started("two")
    await rig.pass_ms(200)
    ahead = Client(rig)
    await ahead.say(Resume(host.room, ann.token, seq=99, epoch=ann.epoch))
    assert ahead.error().code == "server_behind"
    before = await rig.log.read(host.room)
    ben = await rig.join(host.room, "Ben")
    assert (ben.you.seat, ben.table["seat"]["2"]["ready"]) == (2, True)
    assert await rig.log.read(host.room) == before
    assert (await host.command("host.resume")).ok
    await rig.pass_ms(50)
    ben.read()
    assert not ben.table["seat"]["2"]["ready"]


async def test_nothing_is_acknowledged_before_the_epoch_rose(rig: Rig) -> None:
    """The host's word raises the epoch in the same write as its record, and whoever had seen more is told."""
    host, ann, _ = await _behind(rig)
    epoch = host.epoch
    await host.resume()
    assert (await host.command("host.resume", "go")).ok
    await rig.kill()
    await rig.start()
    await ann.resume()
    assert (ann.welcome().epoch, ann.welcome().diverged) == (epoch + 1, True)
    await host.resume(fresh=True)
    assert host.hand["behind"]["to"] == ann.seq + 2
    assert "behind" not in host.hand["host"]
    assert (await ann.command("count", by=1)).ok


async def test_what_is_missing_outlives_a_restart(rig: Rig) -> None:
    """A room that is behind stands still after a restart too, and its host reads the same."""
    host, ann, _ = await _behind(rig)
    await ann.resume()
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    lost = {"from": ann.seq - 2, "to": ann.seq}
    assert host.hand["behind"] == {**lost, "by": {"1": ann.seq}, "known": lost}
    assert [*host.hand["legal"]] == ["host.resume"]


@pytest.mark.parametrize("is_over", [False, True])
async def test_a_host_decides_before_the_start_and_after_the_end(rig: Rig, is_over: bool) -> None:  # noqa: FBT001
    """A room that is behind can go on at any time of its life, so that nobody is locked out of it for good."""
    host = await rig.create()
    ann = await rig.join(host.room)
    if is_over:
        for name in ("host.start", "host.end"):
            assert (await host.command(name)).ok
    ahead = Client(rig)
    await ahead.say(Resume(host.room, ann.token, seq=99, epoch=ann.epoch))
    assert ahead.error().code == "server_behind"
    assert (await host.command("host.resume")).ok
    await ann.resume()
    assert ann.welcome().epoch == host.epoch + 1


async def test_whoever_knew_a_later_epoch_has_seen_more(rig: Rig) -> None:
    """A store that was put back to before an epoch rose is behind for whoever saw more in that epoch."""
    host, ann, _ = await _game(rig)
    ahead = Client(rig)
    await ahead.say(Resume(host.room, ann.token, seq=ann.seq + 5, epoch=ann.epoch + 1))
    assert ahead.error().code == "server_behind"
    assert (await host.command("host.resume")).ok
    ahead.connect()
    await ahead.say(Resume(host.room, ann.token, seq=ann.seq + 5, epoch=ann.epoch + 1))
    await rig.pass_ms(50)
    ahead.read()
    assert (ahead.welcome().epoch, ahead.welcome().diverged) == (ann.epoch + 2, True)


async def test_an_epoch_that_cannot_be_stops_no_room(rig: Rig) -> None:
    """Whoever makes up an epoch gets the whole picture, and the room's own stays a number that clients can send."""
    host, ann, _ = await _game(rig)
    ahead = Client(rig)
    await ahead.say(Resume(host.room, ann.token, seq=2**53 - 1, epoch=2**53 - 1))
    await rig.pass_ms(50)
    ahead.read()
    assert ahead.welcome().epoch == ann.epoch
    live = rig.room(host.room)._live
    assert (live.standing.behind, live.missing) == (False, Missing())


async def test_nobody_is_told_of_a_loss_before_it_is_stored(rig: Rig) -> None:
    """While nothing can be stored, who has seen another history waits; who has seen the room's own gets in."""
    host, ann, ben = await _restored(rig, lost=2, again=3)
    ben.leave()
    rig.log.fail_next(3)
    await asyncio.gather(ann.resume(), ben.resume())
    assert (ann.error().code, ann.connection.closed) == ("unavailable", 1013)
    assert ben.welcome().epoch == 1
    await rig.pass_ms(10_000)
    await ann.resume()
    assert (ann.welcome().diverged, ann.welcome().epoch) == (True, 2)
    await host.resume(fresh=True)
    assert host.hand["behind"]["to"] == ann.seq - 1


async def test_who_says_nothing_has_seen_nothing(rig: Rig) -> None:
    """Without number or epoch nobody is ahead, and nothing is missing."""
    host, _, _ = await _game(rig)
    live = rig.room(host.room)._live
    for frame in (Resume(host.room), Resume(host.room, seq=99), Resume(host.room, epoch=99)):
        assert not compare_history(live, frame, Batch())
    assert live.missing == Missing()


async def test_a_rejoin_code_brings_what_was_seen_too(rig: Rig) -> None:
    """Who comes back by a code and has seen another history is told as well."""
    _, ann, _ = await _restored(rig, lost=2, again=3)
    seen = (ann.seq, ann.epoch, ann.mark)
    await ann.resume(fresh=True)
    result = await ann.command("rejoin_code")
    assert result.data is not None
    second = Client(rig)
    seq, epoch, mark = seen
    await second.say(Resume(ann.room, code=result.data["code"], seq=seq, epoch=epoch, mark=mark))
    await rig.pass_ms(50)
    second.read()
    assert second.welcome().diverged


def test_what_is_missing_is_joined() -> None:
    """The first and the last number of all that anybody misses are kept, and nothing where nothing is missing."""
    assert Missing().to_store() == {}
    assert Missing().tree(()) == {}
    joined = Missing().joined(7, 9, 3).joined(8, 12, 2)
    assert joined == Missing(7, 12, 3)
    assert len(joined) == 6
    private = {key: value for key, value in joined.to_store().items() if value is not None}
    assert Missing.stored(private) == joined


# -- any order of copies that are put back

STEPS = st.sampled_from(["play", "play", "look", "save", "put_back", "back", "make_up"])


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=6, max_size=24))
def test_in_any_order_nobody_goes_on_from_another_history(steps: list[str]) -> None:
    """Whoever has seen what the room does not have is told, nobody else is, and all see the same in the end."""
    asyncio.run(_live_through(steps))


async def _live_through(steps: list[str]) -> None:
    rig = await Rig().start()
    host, ann, ben = await _game(rig)
    kept = copy.deepcopy(rig.log._rooms)
    for step in steps:
        match step:
            case "play":
                await ben.command("count", by=1)
                await rig.pass_ms(50)
            case "look":
                ann.read()
            case "make_up":
                ben.seq += 9
                await ben.resume()
                if any(isinstance(frame, Error) for frame in ben.connection.got):
                    assert (await host.command("host.resume")).ok
                    await ben.resume(fresh=True)
            case "save":
                kept = copy.deepcopy(rig.log._rooms)
            case "put_back":
                await rig.kill()
                rig.log._rooms = copy.deepcopy(kept)
                await rig.start()
                for one in (host, ben):
                    await one.resume(fresh=True)
            case _:
                await _come_back(rig, ann, host)
    await _come_back(rig, ann, host)
    await rig.stop()


async def _come_back(rig: Rig, ann: Client, host: Client) -> None:
    """Have Ann come back from what she saw last; what she is told is what the log says."""
    records = await rig.log.read(host.room)
    is_other = ann.seq > len(records) or (ann.seq > 0 and records[ann.seq - 1].mark != ann.mark)
    await ann.resume()
    if any(isinstance(frame, Error) for frame in ann.connection.got):
        assert ann.error().code == "server_behind"
        assert ann.seq > len(records)
        assert (await host.command("host.resume")).ok
        await ann.resume()
    assert ann.welcome().diverged == is_other
    assert not (ann.welcome().resumed and is_other)
    wall = await rig.watch(host.room)
    ann.read()
    assert ann.table == wall.table

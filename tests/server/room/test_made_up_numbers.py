"""Made-up numbers: hosts read who said them, no seat stops a room twice by one, and no loss is hidden by one."""

import copy

import pytest

from makersphere_protocol.messages import Line, Resume
from makersphere_server.room.model.log.missing import Claim, Missing
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.lost_marks import lost_mark

FAR = 99


async def _claim(rig: Rig, ann: Client, seq: int = FAR, *, later: int = 0, mark: str = "") -> Client:
    """Have Ann come back with a number of the room's epoch, or of a later one; return the connection."""
    ahead = Client(rig)
    epoch = rig.room(ann.room)._live.epoch + later
    await ahead.say(Resume(ann.room, ann.token, seq=seq, epoch=epoch, mark=mark))
    await rig.pass_ms(50)
    ahead.read()
    return ahead


async def _game(rig: Rig) -> tuple[Client, Client, Client]:
    """Return a host, Ann and Ben in a game that has begun."""
    host, ann = await rig.started()
    return host, ann, await rig.join(host.room, "Ben", id="b")


async def _decided(rig: Rig) -> tuple[Client, Client, Client]:
    """Return people of a room that Ann has stopped with a number, and that goes on by its host's word."""
    host, ann, ben = await _game(rig)
    assert (await _claim(rig, ann)).error().code == "server_behind"
    assert (await host.command("host.resume")).ok
    assert (await ben.command("count", by=1)).ok
    await rig.pass_ms(50)
    host.read()
    return host, ann, ben


def _said(client: Client) -> list[Line]:
    return [line for line in client.lines() if line.text.endswith("seen_more")]


async def test_the_hosts_read_who_stopped_the_room(rig: Rig) -> None:
    """A line and the hand tell the hosts, and nobody else, which seat says to have seen more, and what."""
    host, ann, ben = await _game(rig)
    wall = await rig.watch(host.room)
    has = rig.room(host.room)._live.seq
    await _claim(rig, ann)
    for one in (host, ben, wall):
        one.read()
    assert [(line.text, line.values) for line in _said(host)] == [("seen_more", {"seat": 1, "to": FAR, "has": has})]
    assert host.hand["behind"]["by"] == {"1": FAR}
    assert (_said(ben), _said(wall)) == ([], [])
    assert "behind" not in ben.hand
    await _claim(rig, ann, FAR + 1)
    host.read()
    assert len(_said(host)) == 1
    assert host.hand["behind"]["by"] == {"1": FAR + 1}


async def test_what_a_seat_alone_says_is_not_known(rig: Rig) -> None:
    """Known is what a mark proves or a host has seen; a number that may be made up is told beside it.

    So it is after a restart too, and a number that a seat says later makes nothing known less.
    """
    host, ann, ben = await _game(rig)
    has = rig.room(host.room)._live.seq
    await _claim(rig, ann)
    host.read()
    assert host.hand["behind"] == {"from": has + 1, "to": FAR, "by": {"1": FAR}}
    assert len(rig.room(host.room)._live.missing) == 0
    await _claim(rig, ben, FAR - 9, mark=lost_mark(rig, ben, FAR - 9))
    await _claim(rig, ann, FAR + 1)
    host.read()
    known = {"from": has + 1, "to": FAR - 9}
    both = {"from": has + 1, "to": FAR + 1, "by": {"1": FAR + 1, "2": FAR - 9}, "known": known}
    assert host.hand["behind"] == both
    assert len(rig.room(host.room)._live.missing) == FAR - 9 - has
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert host.hand["behind"] == both


def test_what_a_head_file_tells_is_known_whatever_a_seat_says_then() -> None:
    """A room that was reopened shorter knows what it lacks; so does one that an earlier version has kept so."""
    told = Missing.stored({"missing": b'{"first":7,"last":9,"epoch":1,"claims":[],"undecided":0}'})
    for one in (told, Missing().joined(7, 9, 1)):
        said = one.joined(7, FAR, 1, Claim(FAR, 1, 1), is_sure=False)
        assert (one.known, said.known, said.last) == ((7, 9), (7, 9), FAR)


async def test_everybody_reads_why_the_room_stands_still(rig: Rig) -> None:
    """The table says that the room waits for its host's decision, and no longer once that has come."""
    host, ann, ben = await _game(rig)
    await _claim(rig, ann)
    ben.read()
    assert ben.table["room"]["behind"] is True
    assert (await host.command("host.resume")).ok
    await rig.pass_ms(50)
    ben.read()
    assert "behind" not in ben.table["room"]


async def test_who_said_so_is_known_after_a_restart(rig: Rig) -> None:
    """The hosts of a room that stands still read the same when it is opened again."""
    host, ann, _ = await _game(rig)
    await _claim(rig, ann)
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert host.hand["behind"]["by"] == {"1": FAR}


async def test_nobody_is_blamed_for_who_sat_there_before(rig: Rig) -> None:
    """When whoever said so has been taken away, the hand names the seat no more, whoever sits there then."""
    host, _, ben = await _decided(rig)
    await _claim(rig, ben, FAR - 1)
    host.read()
    assert host.hand["behind"]["by"] == {"1": FAR, "2": FAR - 1}
    assert (await host.command("host.remove", seat=1)).ok
    given = await host.command("host.seat_pass", seat=1)
    assert given.data is not None
    await rig.join(host.room, "Cem", pass_=given.data["code"])
    host.read()
    assert host.hand["behind"]["by"] == {"2": FAR - 1}
    assert host.hand["behind"]["to"] == FAR


@pytest.mark.parametrize("is_proved", [False, True])
async def test_what_was_said_and_not_proved_goes_with_whoever_said_it(rig: Rig, is_proved: bool) -> None:  # noqa: FBT001
    """A host who takes the only one away who said a number reads of no loss any more; what a mark proves stays."""
    host, ann, _ = await _game(rig)
    await _claim(rig, ann, mark=lost_mark(rig, ann, FAR) if is_proved else "")
    assert (await host.command("host.resume")).ok
    await rig.pass_ms(50)
    host.read()
    assert host.hand["behind"]["by"] == {"1": FAR}
    assert (await host.command("host.remove", seat=1)).ok
    await rig.pass_ms(50)
    host.read()
    assert ("behind" in host.hand) is is_proved
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert ("behind" in host.hand) is is_proved


def test_while_a_room_stands_still_its_hosts_read_why() -> None:
    """Whoever said so may be gone; nor is it hidden where so many have said so that not all of them are known."""
    said = Missing().joined(7, FAR, 1, Claim(FAR, 1, 1), is_sure=False)
    assert said.tree(is_still=True) == {"behind": {"from": 7, "to": FAR}}
    assert said.tree() == {}
    for seat in range(2, 25):
        said = said.joined(7, FAR, 1, Claim(FAR, seat, 1), is_sure=False)
    assert said.tree() == {"behind": {"from": 7, "to": FAR}}


@pytest.mark.parametrize("later", [0, 3])
async def test_a_seat_stops_a_room_once(rig: Rig, later: int) -> None:
    """After a host's decision a seat that says a number gets the whole picture, and everybody plays on."""
    host, ann, ben = await _decided(rig)
    for seq in (FAR, FAR + 1, FAR + 2):
        before = rig.room(ann.room)._live.epoch
        ahead = await _claim(rig, ann, seq, later=later)
        welcome = ahead.welcome()
        assert (welcome.resumed, welcome.diverged) == (False, True)
        assert welcome.epoch == before
        assert (await ben.command("count", by=1)).ok
        host.read()
        assert "behind" not in host.hand["host"]
        assert host.hand["behind"]["by"] == {"1": seq}
    assert len(_said(host)) == 1  # of the one that stopped it


async def test_a_number_that_stops_nothing_is_told_once_for_each_person(rig: Rig) -> None:
    """After a host's decision the hosts get one line of each person who says a number, however often it is said."""
    host, _, ben = await _decided(rig)
    for seq in (FAR, FAR + 1):
        await _claim(rig, ben, seq)
    host.read()
    assert [line.values["seat"] for line in _said(host)] == [1, 2]
    assert host.hand["behind"]["by"] == {"1": FAR, "2": FAR + 1}


async def test_the_epoch_is_above_a_number_that_was_seen_before_anything_is_acknowledged(rig: Rig) -> None:
    """Who proves its number by the mark stops nothing then, and the epoch rises in the same write as what follows."""
    _, ann, ben = await _decided(rig)
    ahead = await _claim(rig, ann, later=5, mark=lost_mark(rig, ann, FAR))
    assert ahead.welcome().epoch > rig.room(ann.room)._live.missing.epoch
    assert (await ben.command("count", by=1)).ok
    await rig.kill()
    await rig.start()
    ben.connect()
    await ben.resume(fresh=True)
    assert ben.welcome().epoch == ahead.welcome().epoch


async def test_a_host_stops_the_room_again(rig: Rig) -> None:
    """A host who says a number is believed each time: whoever leads the room need not stop it by a trick."""
    host, _, ben = await _decided(rig)
    await host.resume(fresh=True)
    host.seq = FAR
    await host.resume()
    assert host.hand["host"]["behind"] is True
    assert host.hand["behind"]["by"]["0"] == FAR
    host.read()
    assert (await ben.command("count", by=1)).ok is False


async def test_while_it_stands_still_a_seat_waits(rig: Rig) -> None:
    """A seat that says a number while the room stands still by a host's word waits for the host like at first."""
    host, ann, _ = await _decided(rig)
    await host.resume(fresh=True)
    host.seq = FAR
    await host.resume()
    assert (await _claim(rig, ann, FAR)).error().code == "server_behind"


async def test_in_a_room_that_is_opened_again_a_seat_stops_it_again(rig: Rig) -> None:
    """History may be lost wherever a room is opened, so what a host decided before counts no more."""
    host, ann, _ = await _decided(rig)
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert (await _claim(rig, ann)).error().code == "server_behind"


async def test_a_pause_that_ends_is_no_decision(rig: Rig) -> None:
    """Only a host who has read that something is missing has decided."""
    host, ann, _ = await _game(rig)
    for name in ("host.pause", "host.resume"):
        assert (await host.command(name)).ok
    assert (await _claim(rig, ann)).error().code == "server_behind"


async def test_a_decision_that_was_not_stored_is_none(rig: Rig) -> None:
    """Where the store refused the host's word, the room stands still, and a seat that says a number waits."""
    host, ann, _ = await _game(rig)
    await _claim(rig, ann)
    rig.log.fail_next()
    assert not (await host.command("host.resume")).ok
    await rig.pass_ms(2_000)
    assert (await _claim(rig, ann)).error().code == "server_behind"
    assert (await host.command("host.resume", "again")).ok
    assert (await _claim(rig, ann)).welcome().diverged


async def test_a_decision_outlives_a_store_that_refuses(rig: Rig) -> None:
    """A room that is read again after a refused write is not opened again: its host has decided."""
    _, ann, ben = await _decided(rig)
    rig.log.fail_next()
    assert not (await ben.command("count", by=1)).ok
    await rig.pass_ms(2_000)
    assert (await _claim(rig, ann)).welcome().diverged


def test_only_the_newest_who_say_so_are_kept() -> None:
    """Each person counts once, by what was said last, and a large class fills no value of the store."""
    missing = Missing()
    for seat in range(1, 60):
        missing = missing.joined(7, 9, 1, Claim(8, seat, 1)).joined(7, 9, 1, Claim(9, seat, 1))
    assert [claim.seat for claim in missing.claims] == [*range(36, 60)]
    assert {claim.seq for claim in missing.claims} == {9}
    private = {key: value for key, value in missing.to_store().items() if value is not None}
    assert Missing.stored(private) == missing


@pytest.mark.parametrize("mark", ["q" * 22, "x", ""])
@pytest.mark.parametrize("later", [0, 1_000, 1_001, 2**40])
async def test_a_made_up_mark_moves_nothing(rig: Rig, mark: str, later: int) -> None:
    """Who says another mark, under whichever epoch, gets the whole picture, and nothing of the room changes."""
    host, ann, _ = await _game(rig)
    live = rig.room(host.room)._live
    before = live.epoch
    for seq in (2, 3):
        told = (await _claim(rig, ann, seq, later=later, mark=mark)).welcome()
        assert (told.diverged, told.epoch) == (bool(mark), before)
    assert (live.epoch, live.missing, live.standing.behind) == (before, Missing(), False)


@pytest.mark.parametrize("first", ["nobody", "made up", "lost"])
async def test_a_loss_is_noticed_whatever_others_said_before(rig: Rig, first: str) -> None:
    """Neither made-up epochs before an older copy was put back nor marks after it keep a true number from being heard.

    Nor does somebody who comes back first, has lost something, too, and does not know more than the room has.
    """
    host, ann, ben = await _game(rig)
    before = copy.deepcopy(rig.log._rooms)
    await _claim(rig, ben, 2, later=1_000, mark="q" * 22)
    await ben.resume(fresh=True)
    for _ in range(3):
        assert (await ben.command("count", by=1)).ok
        await rig.pass_ms(50)
    ann.read()
    await rig.kill()
    rig.log._rooms = before
    await rig.start()
    await host.resume(fresh=True)
    if first != "nobody":
        mark = lost_mark(rig, ben, 2) if first == "lost" else "q" * 22
        assert (await _claim(rig, ben, 2, mark=mark)).welcome().diverged
    back = Client(rig)
    await back.say(Resume(ann.room, ann.token, seq=ann.seq, epoch=ann.epoch, mark=ann.mark))
    await rig.pass_ms(50)
    back.read()
    assert back.error().code == "server_behind"
    host.read()
    assert host.hand["host"]["behind"] is True
    assert (await host.command("host.resume")).ok
    assert rig.room(host.room)._live.epoch > ann.epoch

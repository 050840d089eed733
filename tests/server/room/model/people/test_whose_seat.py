"""Whose seat it is: nobody gets into a seat that somebody has by its number, and who shares one was let in."""

import pytest

from makersphere_protocol.messages import Options
from makersphere_server.room.model.people.asks_in import ASK_AGAIN_S
from makersphere_server.room.model.people.seat_passes import PASS_LASTS_MS
from makersphere_server.room.model.people.seats import STAND_IN_AFTER_MS
from makersphere_server.storage.record import encode_record
from tests.server.rig.asking import answer, asks, give_pass, told_by, wishes
from tests.server.rig.fakes import Rig, code

# -- without a pass


@pytest.mark.parametrize("teams", [False, True])
async def test_a_stranger_in_mid_game_gets_nobodys_seat_by_its_number(rig: Rig, teams: bool) -> None:  # noqa: FBT001
    """A person's, one that is away, one with a stand-in, one just vacated, one that is not there: one answer."""
    host, ann = await rig.started("two", 5, teams=teams)
    ben, cem, dan = [await rig.join(host.room, name) for name in ("Ben", "Cem", "Dan")]
    ben.leave()
    await rig.pass_ms(STAND_IN_AFTER_MS)
    cem.leave()
    assert (await host.command("host.remove", seat=dan.you.seat)).ok
    await rig.pass_ms(50)
    seats = (ann.you.seat, ben.you.seat, cem.you.seat, dan.you.seat, 9, 0)
    told = [told_by(await asks(rig, host.room, f"Zed {seat}", seat=seat)) for seat in seats]
    assert told == len(seats) * [("joining_closed", told[0][1], ASK_AGAIN_S)]
    assert (await rig.join(host.room, "Zed", seat=5)).you.seat == 5  # a bot's that nobody has had


async def test_without_a_pass_a_full_seat_and_a_taken_one_look_alike(rig: Rig) -> None:
    """Whether there is a place left in a team is told to nobody who has no pass."""
    host, _ = await rig.started("two", 3, teams=True)
    for name in "BCDEF":
        await rig.share(host, name, 1)
    assert told_by(await asks(rig, host.room, "Zed", seat=1)) == told_by(await asks(rig, host.room, "Yan", seat=9))


async def test_in_a_room_without_teams_nobody_is_asked_to_share(rig: Rig) -> None:
    """No wish stands in a hand, and nobody gives out a pass to a seat that somebody has."""
    host, ann = await rig.started("two", 3)
    await asks(rig, host.room, "Zed", seat=1)
    assert (await wishes(host), await wishes(ann)) == ({}, {})
    assert code(await ann.command("seat_pass")) == "rule"
    assert not {"seat_pass", "let_in"} & ann.hand["legal"].keys()
    assert code(await host.command("host.seat_pass", seat=1)) == "rule"
    assert "teams" not in host.table["room"]


async def test_who_waits_learns_nothing_and_is_read_by_the_right_hands_alone(rig: Rig) -> None:
    """The wish stands in the hosts' hand and in that seat's; no other seat's, no watcher's, and never in the log."""
    host, ann = await rig.started("two", 3, teams=True)
    ben = await rig.join(host.room, "Ben")
    wall = await rig.watch(host.room)
    await asks(rig, host.room, "Zed", seat=1)
    assert list(await wishes(host)) == list(await wishes(ann)) == ["Zed"]
    assert (await wishes(ann))["Zed"]["seat"] == 1
    for other in (ben, wall):
        assert await wishes(other) == {}
        assert b"Zed" not in b"".join(other.connection.sent)
    assert await answer(ann, "Zed")
    assert b"Zed" not in b"".join(map(encode_record, await rig.log.read(host.room)))
    assert not any(b"Zed" in value for value in (await rig.log.privates(host.room)).values())


# -- let in


@pytest.mark.parametrize("by_host", [False, True])
async def test_who_is_let_in_is_welcomed_by_the_same_frame(rig: Rig, by_host: bool) -> None:  # noqa: FBT001
    """By a host or by the seat; the frame is known by its digest, and another one of the same name is not let in."""
    host, ann = await rig.started("two", 3, teams=True)
    await asks(rig, host.room, "Zed", seat=1)
    assert await answer(host if by_host else ann, "Zed")
    assert await wishes(host) == await wishes(ann) == {}
    assert (await asks(rig, host.room, "Zed", "another", seat=1)).code == "joining_closed"
    zed = await rig.join(host.room, "Zed", id="Zed", seat=1)
    assert (zed.you.seat, zed.you.member) == (1, 2)
    again = await rig.join(host.room, "Zed", id="Zed", seat=1)
    assert (again.you.seat, again.you.member) == (1, 2)
    assert zed.connection.closed == 4409
    assert list(await wishes(host)) == ["Zed"]  # the other one still asks


async def test_the_people_of_a_seat_are_told_that_they_share_it(rig: Rig) -> None:
    """Those who sat there, whoever let the other one in, and nobody else; who comes back is nobody new."""
    host, ann = await rig.started("two", 3, teams=True)
    ben, wall = await rig.join(host.room, "Ben"), await rig.watch(host.room)
    zed = await rig.share(host, "Zed", 1, id="z")
    await rig.join(host.room, "Zed", id="z")
    everybody = (ann, zed, host, ben, wall)
    for one in everybody:
        one.read()
    told = [[line.values for line in one.lines() if line.text == "seat_shared"] for one in everybody]
    assert told == [[{"seat": 1}], [], [], [], []]
    assert ann.table["seat"]["1"]["name"] == "Ann & Zed"


async def test_that_somebody_has_been_let_in_outlives_a_crash(rig: Rig) -> None:
    """It was acknowledged; what was not answered is asked again by the frame that comes again."""
    host, _ = await rig.started("two", 3, teams=True)
    await asks(rig, host.room, "Yan", seat=1)
    await asks(rig, host.room, "Zed", seat=1)
    before = (await wishes(host))["Yan"]["join"]
    assert await answer(host, "Zed")
    await rig.kill()
    await rig.start()
    assert (await rig.join(host.room, "Zed", id="Zed", seat=1)).you.member == 2
    await asks(rig, host.room, "Yan", seat=1)
    await host.resume(fresh=True)
    assert (await wishes(host))["Yan"]["join"] != before  # what a stale screen shows answers nobody else


async def test_who_is_turned_away_stands_in_no_hand_again(rig: Rig) -> None:
    """The frame is told so, without being sent to try again; another seat's people can answer no wish."""
    host, ann = await rig.started("two", 3, teams=True)
    ben = await rig.join(host.room, "Ben")
    await asks(rig, host.room, "Zed", seat=1)
    number = (await wishes(host))["Zed"]["join"]
    assert code(await ben.command("let_in", join=number)) == "bad_args"
    assert await answer(ann, "Zed", accept=False)
    told = await asks(rig, host.room, "Zed", seat=1)
    assert (told.code, told.retry_after) == ("joining_closed", 0)
    assert await wishes(host) == {}


async def test_a_wish_is_forgotten_when_its_frame_comes_no_more(rig: Rig) -> None:
    """A minute after it came last, while one that comes again stays; ten minutes are the most."""
    host, _ = await rig.started("two", 3, teams=True)
    await asks(rig, host.room, "Yan", seat=1)
    for _ in range(3):
        await asks(rig, host.room, "Zed", seat=1)
        await rig.pass_ms(30_000)
    assert list(await wishes(host)) == ["Zed"]
    number = (await wishes(host))["Zed"]["join"]
    for _ in range(20):
        await asks(rig, host.room, "Zed", seat=1)
        await rig.pass_ms(30_000)
    assert number not in [wish["join"] for wish in (await wishes(host)).values()]


async def test_a_flood_of_wishes_fills_no_hand(rig: Rig) -> None:
    """So many wait for one seat and so many in all; the answer is the same, and the other seats can be asked still."""
    host, _ = await rig.started("two", 12, teams=True)
    for name in "BCDEFGHIJK":
        await rig.join(host.room, name)
    told = {told_by(await asks(rig, host.room, f"Zed {n}", seat=1)) for n in range(40)}
    assert len(told) == 1
    assert len(await wishes(host)) == 6
    for n in range(200):
        await asks(rig, host.room, f"Yan {n}", seat=n % 11 + 1)
    assert len(await wishes(host)) == 24


async def test_two_who_ask_never_look_alike(rig: Rig) -> None:
    """The second one is told that the name is taken, whichever seat they ask for, until the first has been answered."""
    host, _ = await rig.started("two", 3, teams=True)
    await asks(rig, host.room, "Mina", seat=1)
    for name, seat in (("Mina", 1), ("MINA", 1), ("ᴍɪɴᴀ", 9)):
        assert (await asks(rig, host.room, name, f"{name} {seat}", seat=seat)).code == "name_taken"
    for seat in (1, 9):
        assert (await asks(rig, host.room, "Mina", seat=seat)).code == "joining_closed"  # the same person
    assert list(await wishes(host)) == ["Mina"]
    assert await answer(host, "Mina", accept=False)
    assert (await asks(rig, host.room, "Mina", "Mina 1", seat=1)).code == "joining_closed"
    assert list(await wishes(host)) == ["Mina"]


@pytest.mark.parametrize("by_host", [False, True])
async def test_nobody_is_let_in_where_no_place_is_left(rig: Rig, by_host: bool) -> None:  # noqa: FBT001
    """Whoever answers is told that the team is full; they can turn the wish away, and it waits until they do."""
    host, ann = await rig.started("two", 3, teams=True)
    for name in "BCDEF":
        await rig.share(host, name, 1)
    await asks(rig, host.room, "Zed", seat=1)
    answering = host if by_host else ann
    command, number = ("host.let_in" if by_host else "let_in"), (await wishes(answering))["Zed"]["join"]
    refused = await answering.command(command, join=number)
    assert (code(refused), refused.error and refused.error.field) == ("rule", "join")
    assert "6" in (refused.error.message if refused.error else "")
    assert list(await wishes(host)) == ["Zed"]
    assert await answer(answering, "Zed", accept=False)


async def test_a_locked_door_takes_no_wish_and_no_pass(rig: Rig) -> None:
    """Who has been let in comes in all the same; a pass that was turned away is good still."""
    host, _ = await rig.started("two", 3, teams=True)
    given = await give_pass(host, seat=1)
    await asks(rig, host.room, "Zed", seat=1)
    assert (await host.command("host.lock", joining=False)).ok
    await asks(rig, host.room, "Yan", seat=1)
    assert (await asks(rig, host.room, "Xia", seat=1, pass_=given)).code == "joining_closed"
    assert list(await wishes(host)) == ["Zed"]
    assert await answer(host, "Zed")
    assert (await rig.join(host.room, "Zed", id="Zed", seat=1)).you.member == 2
    assert (await host.command("host.lock", joining=True)).ok
    assert (await rig.join(host.room, "Xia", seat=1, pass_=given)).you.member == 3


async def test_who_finds_no_seat_in_a_room_with_teams_asks_the_smallest_team(rig: Rig) -> None:
    """Before the start too, so that more people than seats can play."""
    host = await rig.create("two", options=Options(seats=2, teams=True))
    for name in ("Ann", "Ben"):
        await rig.join(host.room, name)
    await rig.share(host, "Cem", 1)
    await asks(rig, host.room, "Zed")
    assert (await wishes(host))["Zed"]["seat"] == 2
    assert await answer(host, "Zed")
    assert (await rig.join(host.room, "Zed", id="Zed")).you.seat == 2


# -- by a pass


@pytest.mark.parametrize("by_host", [False, True])
async def test_a_pass_lets_one_person_in_once(rig: Rig, by_host: bool) -> None:  # noqa: FBT001
    """The same frame again is welcomed again; others are told that the code is wrong, whatever the seat."""
    host, ann = await rig.started("two", 3, teams=True)
    given = await give_pass(host, seat=1) if by_host else await give_pass(ann)
    assert ann.table["room"]["teams"] is True
    wrong = [
        await asks(rig, host.room, "Yan", seat=seat, pass_=typed)
        for seat, typed in ((2, given), (9, given), (1, "22222222"), (9, "22222222"))
    ]
    zed = await rig.join(host.room, "Zed", id="Zed", seat=1, pass_=f" {given[:4].lower()}-{given[4:]}")
    assert (zed.you.seat, zed.you.member) == (1, 2)
    assert (await rig.join(host.room, "Zed", id="Zed", seat=1, pass_=given)).you.member == 2
    wrong.append(await asks(rig, host.room, "Yan", seat=1, pass_=given))
    assert {told_by(error) for error in wrong} == {("unauthorised", wrong[0].message, 0)}


async def test_a_pass_that_was_used_without_an_id_opens_nothing_again(rig: Rig) -> None:
    """Nothing but the pass would say who it is, and whoever has overheard it could have said it."""
    host, _ = await rig.started("two", 3, teams=True)
    given = await give_pass(host, seat=1)
    zed = await rig.join(host.room, "Zed", seat=1, pass_=given)
    assert (await asks(rig, host.room, "Zed", seat=1, pass_=given)).code == "unauthorised"
    again = await rig.join(host.room, "Zed", seat=1, pass_=given)
    assert again.error().code == "unauthorised"
    assert zed.connection.is_open()


async def test_a_pass_alone_says_which_seat(rig: Rig) -> None:
    """A person types one code more and no number."""
    host, _ = await rig.started("two", 3, teams=True)
    assert (await rig.join(host.room, "Zed", pass_=await give_pass(host, seat=1))).you.seat == 1


async def test_a_pass_is_over_after_ten_minutes(rig: Rig) -> None:
    """And good until then, through a crash; it is kept as a digest alone."""
    host = await rig.create("two", options=Options(seats=3, teams=True))
    await rig.join(host.room)
    early, late = await give_pass(host, seat=1), await give_pass(host, seat=1)
    assert not any(early.encode() in value for value in (await rig.log.privates(host.room)).values())
    assert early.encode() not in b"".join(map(encode_record, await rig.log.read(host.room)))
    await rig.pass_ms(PASS_LASTS_MS - 10_000)
    await rig.kill()
    await rig.start()
    assert (await rig.join(host.room, "Zed", seat=1, pass_=early)).you.member == 2
    await rig.pass_ms(10_000)
    assert (await asks(rig, host.room, "Yan", seat=1, pass_=late)).code == "unauthorised"


async def test_the_same_command_gives_out_another_pass_instead(rig: Rig) -> None:
    """A lost answer leaves no code behind that somebody may find."""
    host, ann = await rig.started("two", 3, teams=True)
    first, second = await give_pass(ann, "p"), await give_pass(ann, "p")
    assert (await asks(rig, host.room, "Yan", seat=1, pass_=first)).code == "unauthorised"
    assert (await rig.join(host.room, "Zed", seat=1, pass_=second)).you.member == 2


async def test_a_pass_to_a_seat_that_is_not_there_opens_nothing(rig: Rig) -> None:
    """The log may have lost the seat, and the room goes on: neither a pass nor an answer of before stops it."""
    host, _ = await rig.started("two", 3, teams=True)
    await asks(rig, host.room, "Zed", seat=1)
    assert await answer(host, "Zed")
    given = await give_pass(host, seat=1)
    await rig.kill()
    private = rig.log._rooms[host.room].private
    for key in ("seat_passes", "let_in"):
        private[key] = private[key].replace(b'"seat":1', b'"seat":9')
    await rig.start()
    assert (await asks(rig, host.room, "Yan", pass_=given)).code == "unauthorised"
    assert (await rig.join(host.room, "Zed", id="Zed", seat=1)).error().code == "joining_closed"
    assert not rig.room(host.room).failure


async def test_a_pass_opens_nothing_in_another_room(rig: Rig) -> None:
    """Nor does it hold back a room where nobody has given one out."""
    host, _ = await rig.started("two", 3, teams=True)
    other, _ = await rig.started("two", 3, teams=True)
    assert (await asks(rig, other.room, "Zed", seat=1, pass_=await give_pass(host, seat=1))).code == "unauthorised"


async def test_passes_go_with_the_people_who_gave_them_out(rig: Rig) -> None:
    """Whoever is taken away has let nobody in behind the host's back."""
    host, ann = await rig.started("two", 3, teams=True)
    given = await give_pass(ann)
    await asks(rig, host.room, "Yan", seat=1)
    assert await answer(ann, "Yan")
    assert (await host.command("host.remove", seat=1)).ok
    assert (await asks(rig, host.room, "Zed", seat=1, pass_=given)).code == "unauthorised"
    assert (await asks(rig, host.room, "Yan", seat=1)).code == "joining_closed"


async def test_who_joins_a_team_reads_its_hand_and_no_line_of_before(rig: Rig) -> None:
    """A member of a team knows what it knows; what happened before they came is told to nobody again."""
    host, ann = await rig.started("counter", 3, teams=True)
    assert (await ann.command("count", by=3)).ok
    zed = await rig.share(host, "Zed", 1)
    await rig.pass_ms(100)
    ann.read()
    own = {kind: tree for kind, tree in ann.hand.items() if kind != "asks_in"}
    assert {kind: zed.hand[kind] for kind in own} == own
    assert not [line for line in zed.lines() if line.text == "counted"]

"""Who comes when the game has begun: a bot's seat, a seat of one's own, or a part in a team."""

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Create, Join, Options, Resume
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.model.people.seats import SEAT_KEY
from tests.server.rig.fakes import Client, Rig, long_id
from tests.server.rig.limited import limited


async def full(rig: Rig, *, teams: bool = False) -> Client:
    """Return the host of a game of `quickstart` that has begun, with a person in each of its three seats."""
    host = await rig.create("quickstart", options=Options(seats=3, teams=teams))
    for name in ("Ann", "Ben", "Cat"):
        await rig.join(host.room, name)
    assert (await host.command("host.start")).ok
    return host


async def advance(host: Client, season: int, phase: str) -> None:
    """Close phases until one is open."""
    host.read()
    while (host.table["game"]["season"], host.table["game"]["phase"]) != (season, phase):
        assert (await host.command("host.advance")).ok
        await host.rig.pass_ms(100)
        host.read()


async def test_a_latecomer_takes_a_bots_seat_first(rig: Rig) -> None:
    """With its hand as it is; no seat is added."""
    host = await rig.create("quickstart", 3)
    await rig.join(host.room, "Ann")
    assert (await host.command("host.start")).ok
    ben = await rig.join(host.room, "Ben")

    assert ben.you.seat == 2
    assert len(ben.table["seat"]) == 3


async def test_a_latecomer_without_a_free_seat_gets_one_and_is_dealt_in(rig: Rig) -> None:
    """At the next admission it is a maker, with a hand of its own; until then it waits."""
    host = await full(rig)
    dan = await rig.join(host.room, "Dan")

    assert (dan.you.seat, dan.you.role) == (4, "waiting")
    assert not {"ready", "pitch", "set_terms"} & set(dan.hand["legal"])
    await advance(host, 1, "admission")
    dan.read()
    assert dan.table["seat"]["4"] | {"ready": False} == {
        "id": 4,
        "role": "maker",
        "ready": False,
        "name": "Dan",
        "by": "person",
    }
    assert {"ambition", "hours"} <= set(dan.hand["maker"]["4"])
    assert "pitch" in dan.hand["legal"]
    host.read()
    assert "ambition" not in host.table["maker"]["4"]


async def test_no_seat_is_added_while_the_room_is_behind(rig: Rig) -> None:
    """Whatever the room did now could stand elsewhere under the same number: a latecomer waits for the host's word."""
    host = await full(rig)
    host.read()
    host.seq += 9
    await host.resume()
    assert host.hand["host"]["behind"]
    before = await rig.log.read(host.room)
    dan = Client(rig)
    await dan.say(Join(host.room, "Dan"))
    assert dan.error().code == "room_full"
    assert await rig.log.read(host.room) == before
    assert (await host.command("host.resume")).ok
    assert (await rig.join(host.room, "Dan")).you.seat == 4


async def test_seats_that_wait_pause_no_room(rig: Rig) -> None:
    """Latecomers who play nothing yet are not missed when they drop, however many."""
    host = await full(rig)
    for client in [await rig.join(host.room, f"Late {number}") for number in range(9)]:
        client.leave()
    await rig.pass_ms(50)
    host.read()
    assert "paused" not in host.table["clock"]
    assert "dropped" not in host.hand["host"]


async def test_seats_that_wait_hide_nobody_who_drops(rig: Rig) -> None:
    """The share is one of the seats that are played: ten who wait make it no smaller."""
    host = await rig.create("quickstart", options=Options(seats=3))
    class_ = [await rig.join(host.room, name) for name in ("Ann", "Ben", "Cat")]
    assert (await host.command("host.start")).ok
    for number in range(10):
        await rig.join(host.room, f"Late {number}")
    for client in class_:
        client.leave()
    await rig.pass_ms(50)
    host.read()
    assert host.table["clock"]["paused"] is True


async def test_the_seat_is_there_after_a_crash(rig: Rig) -> None:
    """It was stored with its person in one write, and the same join is known again."""
    host = await full(rig)
    dan = await rig.join(host.room, "Dan", id="j")
    await rig.kill()
    await rig.start()
    again = await rig.join(host.room, "Dan", id="j")

    assert again.you.seat == dan.you.seat == 4
    assert again.table["seat"]["4"]["name"] == "Dan"
    eve = await rig.join(host.room, "Eve")
    assert eve.you.seat == 5


async def test_nobody_asks_for_a_seat_that_was_not_stored(rig: Rig) -> None:
    """It was added in the very batch that the store refused: the wish goes with it, and no host can answer it."""
    host = await full(rig, teams=True)
    dan, eve = Client(rig), Client(rig)
    rig.log.fail_next()
    dan.session.receive(encode(Join(host.room, "Dan", id=long_id("d"))))
    await eve.say(Join(host.room, "Eve", id=long_id("e"), seat=4))
    assert (dan.error().code, eve.error().code) == ("unavailable", "joining_closed")
    await rig.pass_ms(2_000)
    host.read()
    assert "asks_in" not in host.hand
    assert (await rig.join(host.room, "Dan", id="d")).you.seat == 4


async def test_the_log_with_a_latecomer_is_right(rig: Rig) -> None:
    """The order that added the seat is decided again by whoever verifies the room."""
    host = await full(rig)
    await rig.join(host.room, "Dan")
    await advance(host, 1, "exchange")
    (row,) = await rig.log.rooms()
    records = await rig.log.read(host.room)
    report = verify_room(row, records)

    assert (report.wrong_seq, report.reason) == (None, "")
    assert any(b'"seat_added"' in record.events for record in records)


async def test_a_what_if_of_before_has_nothing_of_a_latecomer(rig: Rig) -> None:
    """The seat that was added is not there yet: its person is neither stored there nor to be erased from there."""
    host = await full(rig)
    late = await rig.join(host.room, "Dan")
    await advance(host, 1, "exchange")
    kept = f"{SEAT_KEY}{late.you.seat}"
    rooms = [(await host.command("host.fork", season=1, phase=phase)).data for phase in ("policy", "exchange")]
    before, after = [await rig.log.privates(str((data or {})["room"])) for data in rooms]
    assert (kept in before, kept in after) == (False, True)
    assert f"{SEAT_KEY}1" in before


async def test_in_the_last_season_a_place_in_a_team_is_asked_for(rig: Rig) -> None:
    """In the smallest one, of equals in the first; a role that is asked for is kept to, and a host lets them in."""
    host = await full(rig, teams=True)
    await advance(host, 2, "policy")
    wishes = (("Dan", ""), ("Eve", "operator"), ("Fay", ""))
    found = []
    for name, role in wishes:
        asking = await rig.join(host.room, name, role=role, id=name)
        assert asking.error().code == "joining_closed"
        host.read()
        (number,) = host.hand["asks_in"]
        assert (await host.command("host.let_in", join=int(number))).ok
        found.append(await rig.join(host.room, name, role=role, id=name))

    assert [(one.you.seat, one.you.member) for one in found] == [(1, 2), (3, 2), (2, 2)]
    assert len(found[-1].table["seat"]) == 3


async def test_without_teams_who_comes_in_the_last_season_watches(rig: Rig) -> None:
    """Nobody is put into a seat that somebody has, and nobody is asked to take them in."""
    host = await full(rig)
    await advance(host, 2, "policy")
    dan = await rig.join(host.room, "Dan", id="d")
    assert dan.error().code == "room_full"
    assert "Watch" in dan.error().message
    host.read()
    assert "asks_in" not in host.hand


async def test_only_makers_come_late(rig: Rig) -> None:
    """Who asks for another role, and finds no free seat of it, is told so."""
    host = await full(rig)
    dan = Client(rig)
    await dan.say(Join(host.room, "Dan", role="investor"))

    assert dan.error().code == "room_full"
    assert "without a role" in dan.error().message


async def test_nobody_is_sent_to_the_host_for_a_seat_that_cannot_be_added() -> None:
    """In the last season with every team full, the sentence says what is left to do."""
    async with limited(most_members=1) as rig:
        host = await full(rig)
        await advance(host, 2, "policy")
        dan = Client(rig)
        await dan.say(Join(host.room, "Dan"))

        assert dan.error().code == "room_full"
        assert "none can be added during play" in dan.error().message
        assert "host" not in dan.error().message


async def test_a_room_grows_no_further_than_the_server_lets_it() -> None:
    """Neither before the start nor during play, and nobody is sent to the host for a seat."""
    async with limited(most_seats=3) as rig:
        host = await rig.create("quickstart", 3)
        for name in ("Ann", "Ben", "Cat"):
            await rig.join(host.room, name)

        async def said() -> str:
            dan = Client(rig)
            await dan.say(Join(host.room, "Dan"))
            assert dan.error().code == "room_full"
            return dan.error().message

        assert "this room can have no more" in await said()
        assert (await host.command("host.start")).ok
        assert "none can be added during play" in await said()
        host.read()
        assert len(host.table["seat"]) == 3


async def test_a_name_that_is_taken_leaves_no_seat(rig: Rig) -> None:
    """A refused join changes nothing."""
    host = await full(rig)
    dan = Client(rig)
    await dan.say(Join(host.room, "Ann"))

    assert dan.error().code == "name_taken"
    await rig.pass_ms(100)
    host.read()
    assert len(host.table["seat"]) == 3


async def test_a_room_may_be_opened_with_a_practice_season(rig: Rig) -> None:
    """Its option; the table then says which run is played, and the seat's token goes on opening the seat."""
    host = Client(rig)
    await host.say(Create("quickstart", Options(seats=3, practice=True)))
    host.read()
    ann = await rig.join(host.room, "Ann")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(100)
    host.read()
    assert host.table["run"] == {"number": 1, "of": 2, "name": "practice", "practice": True, "first_season": 1}

    await advance(host, 2, "policy")
    assert host.table["run"]["name"] == "counted"
    assert host.table["game"]["seasons"] == 3
    assert host.table["result"]["1"]["practice"] is True
    await rig.kill()
    await rig.start()
    ann.connect()
    await ann.say(Resume(host.room, ann.token))
    await rig.pass_ms(100)
    ann.read()
    assert ann.table["run"]["number"] == 2
    assert "maker" in ann.hand

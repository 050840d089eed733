"""Several servers on one database: any of them answers, the room's own one plays, and people are sent on."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import attrs
import pytest

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import (
    ClassOptions,
    ClientFrame,
    Command,
    Create,
    Join,
    Options,
    Result,
    Resume,
    Watch,
    Welcome,
)
from makersphere_server.storage.event_log import Record
from makersphere_server.storage.place import Database
from tests.beside import Beside, Person, beside, until
from tests.postgres import ask, end_all
from tests.server.rig.fakes import MemoryConnection, long_id

_ROOM = Create("counter", Options(seats=3, seed=7), id=long_id("room"))
_CLASS = Create("counter", Options(seats=3), id=long_id("class"), class_=ClassOptions(people=6, table=3, name="10b"))


@attrs.frozen
class Pair:
    """Two servers, and a room of the first one's with its host and somebody in a seat."""

    one: Beside
    two: Beside
    host: Person
    ann: Person
    room: str
    host_token: str
    seat_token: str

    def frames(self) -> Iterator[ClientFrame]:
        """Yield what brings people to the room."""
        yield Join(self.room, "Bo", id=long_id("bo"))
        yield Resume(self.room, seat_token=self.seat_token)
        yield Resume(self.room, host_token=self.host_token)
        yield Watch(self.room)


@pytest.fixture
async def pair(database: Database) -> AsyncIterator[Pair]:
    """Return two servers that work side by side."""
    async with beside(database, "two") as two, beside(database, "one") as one:
        host = await Person.come(one.address, _ROOM)
        opened = await host.welcome()
        ann = await Person.come(one.address, Join(opened.room, "Ann", id=long_id("ann")))
        seated = await ann.welcome()
        yield Pair(one, two, host, ann, opened.room, opened.host_token or "", seated.seat_token or "")
        await asyncio.gather(host.go(), ann.go())


async def _led_to(address: str, frame: ClientFrame) -> str:
    """Return where a server sends somebody on to."""
    person = await Person.come(address, frame)
    error = await person.error()
    assert (error.code, person.closed) == ("moved", 4421)
    assert f"open http{error.to[2:-2]} and" in error.message
    return error.to


async def _let_in(address: str, frame: ClientFrame) -> Welcome:
    person = await Person.come_in(address, frame)
    welcome = await person.welcome()
    await person.go()
    return welcome


async def test_a_server_sends_people_on_to_the_one_that_has_their_room(pair: Pair) -> None:
    """However they come; there is no such room that none of them has."""
    for frame in pair.frames():
        assert await _led_to(pair.two.address, frame) == pair.one.address
    assert pair.room not in pair.two.server.lobby
    person = await Person.come(pair.two.address, Watch("NOSUCH2"))
    assert (await person.error()).code == "no_such_room"


async def test_a_create_frame_that_comes_again_leads_to_the_room_that_it_has_founded(pair: Pair) -> None:
    """Of a class too; and where its server is dead, the room is opened by whoever is asked."""
    founder = await Person.come(pair.one.address, _CLASS)
    code = (await founder.welcome()).room
    await founder.go()
    for frame in (_ROOM, _CLASS):
        assert await _led_to(pair.two.address, frame) == pair.one.address
    await pair.one.fall_asleep()
    assert (await _let_in(pair.two.address, _CLASS)).room == code
    assert (await _let_in(pair.two.address, _ROOM)).room == pair.room


async def test_an_id_that_can_be_guessed_leads_nowhere(pair: Pair) -> None:
    """It proves nothing at another server either, and says so."""
    frame = attrs.evolve(_ROOM, id="short")
    await _let_in(pair.one.address, frame)
    for address in (pair.one.address, pair.two.address):
        assert (await (await Person.come(address, frame)).error()).code == "bad_args"


async def test_requests_are_told_the_address_and_led_nowhere(pair: Pair) -> None:
    """A redirection would take the token along."""
    for path in ("api/v1/rooms/{}", "api/rooms/{}/export?format=csv", "api/rooms/{}/debrief"):
        told = await _refused(pair.two, path.format(pair.room), pair.host_token)
        assert told == (421, "moved", pair.one.address)


async def test_a_class_is_laid_beside_none_of_another_server(pair: Pair) -> None:
    """The sentence says so; nobody is led away from the own class."""
    founder = await Person.come(pair.two.address, _CLASS)
    opened = await founder.welcome()
    await founder.go()
    told = await _refused(pair.two, f"api/classes/{opened.room}/compare?with={pair.room}", opened.host_token or "")
    assert told == (409, "rule", "")
    assert await _refused(pair.one, f"api/classes/{opened.room}/compare", "") == (421, "moved", pair.two.address)


async def _refused(server: Beside, path: str, token: str) -> tuple[int, str, str]:
    """Return the status, the code and the address by which a request is refused."""
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"{server.server.url}/{path}", headers=shown)  # noqa: S310  (our own)
    with pytest.raises(urllib.error.HTTPError) as caught:
        await asyncio.to_thread(urllib.request.urlopen, request)
    with caught.value as answer:
        told = json.load(answer)["error"]
        return answer.code, told["code"], told["to"]


async def test_the_rooms_of_a_dead_server_are_opened_where_somebody_asks(pair: Pair) -> None:
    """All of them: and nothing that was answered is missing there."""
    assert (await pair.host.command("host.start")).ok
    done = await pair.ann.command("count", by=3)
    assert done.ok
    other = await _let_in(pair.one.address, attrs.evolve(_ROOM, id=long_id("other")))
    await pair.one.fall_asleep()
    back = await Person.come_in(pair.two.address, Resume(pair.room, seat_token=pair.seat_token))
    welcome = await back.welcome()
    assert welcome.seq >= (done.seq or 0)
    assert welcome.table is not None
    assert welcome.table["game"]["status"] == "running"
    assert other.room in pair.two.server.lobby
    await back.go()


async def test_a_server_that_was_frozen_writes_nothing_and_sends_its_people_on(pair: Pair) -> None:
    """It had no idea; what was under way is answered by the server that has the room now, and once."""
    assert (await pair.host.command("host.start")).ok
    await pair.one.fall_asleep()
    back = await Person.come_in(pair.two.address, Resume(pair.room, seat_token=pair.seat_token))
    await back.welcome()
    assert (await back.command("count", "here", by=2)).ok
    before = await pair.two.log.read(pair.room)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pair.ann.command("count", "there", by=1), 0.3)
    pair.one.wake_up()
    for person in (pair.ann, pair.host):
        assert (await person.error()).to == pair.two.address
        assert person.closed == 4421
    assert pair.room not in pair.one.server.lobby
    assert _persons(await pair.two.log.read(pair.room)) == _persons(before)
    assert (await back.command("count", "there", by=1)).ok
    assert await _led_to(pair.one.address, Watch(pair.room)) == pair.two.address
    await back.go()


def _persons(records: list[Record]) -> list[tuple[int, str]]:
    return [(record.seq, record.command_id) for record in records if record.by == "person"]


async def test_who_was_frozen_tells_nothing_before_it_has_asked_whose_its_rooms_are(pair: Pair) -> None:
    """Not even a picture to somebody who only looks on: a renewal comes before whatever it does after a thaw."""
    await pair.one.fall_asleep()
    await pair.two.log.take_over()
    pair.one.log._alive_until = 0  # as a clock says that has gone on meanwhile
    assert await _led_to(pair.one.address, Watch(pair.room)) == pair.two.address


async def test_who_was_frozen_while_it_asked_tells_nothing_either(pair: Pair, database: Database) -> None:
    """The database has ended its session meanwhile: that it connects anew is no sign that the rooms are its own."""
    await pair.one.fall_asleep()
    await pair.two.log.take_over()
    end_all(database.url)
    pair.one.log._alive_until = 0
    assert await _led_to(pair.one.address, Watch(pair.room)) == pair.two.address


async def test_rooms_of_the_dead_are_taken_over_although_nobody_asks(database: Database) -> None:
    """A class and its tables go to one server together; there the console shows them, and people sit where they sat."""
    async with beside(database, "two", lease_s=3.0) as two, beside(database, "one") as one:  # it looks often
        founder = await Person.come(one.address, _CLASS)
        opened = await founder.welcome()
        ann = await Person.come(one.address, Join(opened.room, "Ann", id=long_id("ann")))
        seated = await ann.welcome()
        codes = [opened.room, *(table["room"] for table in (opened.table or {})["tables"].values())]
        assert len(codes) == 3
        await one.fall_asleep()
        await until(lambda: all(code in two.server.lobby for code in codes))
        back = await Person.come_in(two.address, Resume(opened.room, host_token=opened.host_token or ""))
        shown = (await back.welcome()).table or {}
        assert [table["room"] for table in shown["tables"].values()] == codes[1:]
        again = await _let_in(two.address, Join(opened.room, "Ann", id=long_id("ann")))
        assert (again.room, again.you) == (seated.room, seated.you)
        assert (await back.command("host.start")).ok
        one.wake_up()
        assert (await founder.error()).to == (await ann.error()).to == two.address
        assert await _led_to(one.address, Watch(opened.room)) == two.address
        await back.go()


async def test_a_class_whose_host_has_just_sent_something_is_sent_on_too(database: Database) -> None:
    """It waits for a table, which is another server's by then; nobody else waits for it, nor does a stop."""
    async with beside(database, "two") as two, beside(database, "one") as one:
        host = await Person.come(one.address, _ROOM)
        await host.welcome()
        founder = await Person.come(one.address, _CLASS)
        opened = await founder.welcome()
        ann = await Person.come(one.address, Join(opened.room, "Ann", id=long_id("ann")))
        table = one.server.lobby.open_rooms.get((await ann.welcome()).room)
        assert table is not None
        await one.fall_asleep()
        await _let_in(two.address, Resume(opened.room, host_token=opened.host_token or ""))
        await founder.say(Command("away", "class.remove", {"person": 1}))
        await until(lambda: table._is_lost)  # as it hears where it would store that
        one.wake_up()
        for person in (founder, ann, host):
            assert (await person.error()).to == two.address
        assert not any(isinstance(frame, Result) for frame in founder.got)  # it is sent again there
        founder = await Person.come_in(two.address, Resume(opened.room, host_token=opened.host_token or ""))
        await founder.welcome()
        assert (await founder.command("class.remove", "away", person=1)).ok
        await founder.go()


async def test_a_room_that_cannot_be_let_go_keeps_nobody_of_another(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said loudly; everybody else is sent on."""
    other = await Person.come(pair.one.address, attrs.evolve(_ROOM, id=long_id("other")))
    code = (await other.welcome()).room
    broken, sound = (pair.one.server.lobby.open_rooms.get(room) for room in (pair.room, code))
    assert broken is not None
    assert sound is not None
    monkeypatch.setattr(broken, "finish", _fail)
    monkeypatch.setattr(broken, "close", _fail)
    await pair.one.fall_asleep()
    await _let_in(pair.two.address, Watch(code))
    pair.one.wake_up()
    assert (await other.error()).to == pair.two.address
    monkeypatch.undo()


def _fail(*_: object) -> None:
    raise RuntimeError("a bug in one room")


async def test_who_stops_hands_its_rooms_over_and_sends_people_on(database: Database) -> None:
    """Nobody waits for a lease: the other server lets them in at once, and everything that was answered is there."""
    async with beside(database, "two") as two:
        async with beside(database, "one") as one:
            host = await Person.come(one.address, _ROOM)
            opened = await host.welcome()
            ann = await Person.come(one.address, Join(opened.room, "Ann", id=long_id("ann")))
            seated = await ann.welcome()
            founder = await Person.come(one.address, _CLASS)
            class_ = (await founder.welcome()).room
            assert (await host.command("host.start")).ok
            answered = await ann.command("count", "counted", by=3)
        for person in (host, ann, founder):
            assert ((await person.error()).to, person.closed) == (two.address, 4421)
        with pytest.raises(Refused) as late:  # a line was open, and its first frame comes only now
            await one.server.lobby.enter(Watch(class_), MemoryConnection())
        assert late.value.values["to"] == two.address
        back = await Person.come(two.address, Resume(opened.room, seat_token=seated.seat_token or ""))
        assert (await back.welcome()).seq >= (answered.seq or 0)
        again = await back.command("count", "counted", by=3)
        assert (again.ok, again.seq) == (True, answered.seq)
        assert (await _let_in(two.address, Watch(class_))).room == class_
        await back.go()


@pytest.mark.parametrize("has_rooms", [True, False])
async def test_who_stops_answers_for_some_seconds_who_still_comes(database: Database, *, has_rooms: bool) -> None:
    """Whoever knows this address alone is told where the rooms are; a proxy, that nobody is to be led here."""
    async with beside(database, "two") as two, AsyncExitStack() as stack:
        one = await stack.enter_async_context(beside(database, "one", drain_s=10.0))
        if has_rooms:
            host = await Person.come(one.address, _ROOM)
            await host.welcome()
        stopping = asyncio.create_task(stack.aclose())
        await until(lambda: one.server.lobby.sharing.sends_on)
        assert await _led_to(one.address, _CLASS) == two.address
        with pytest.raises(urllib.error.HTTPError) as caught:
            await asyncio.to_thread(urllib.request.urlopen, f"{one.server.url}/readyz")
        with caught.value as answer:
            assert answer.code == 503
        assert not stopping.done()
        stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)


async def test_who_stops_alone_keeps_its_rooms_and_closes_as_ever(database: Database) -> None:
    """Whoever starts next has them: of whatever name."""
    async with beside(database, "one") as one:
        host = await Person.come(one.address, _ROOM)
        opened = await host.welcome()
    await until(lambda: host.closed)
    assert host.closed == 1012
    async with beside(database, "three") as three:
        assert (
            await _let_in(three.address, Resume(opened.room, host_token=opened.host_token or ""))
        ).room == opened.room


async def test_while_the_database_is_away_commands_wait_and_nothing_is_lost(pair: Pair) -> None:
    """Both servers go on by themselves when it is back; no room has changed hands."""
    assert (await pair.host.command("host.start")).ok
    end_all(pair.one.database.url)
    results = [await pair.ann.command("count", "counted", by=3)]
    while not results[-1].ok:
        assert results[-1].error is not None
        assert results[-1].error.code == "unavailable"
        await asyncio.sleep(0.1)
        results.append(await pair.ann.command("count", "counted", by=3))
    assert len(results) > 1
    assert [name for _, name in _persons(await pair.one.log.read(pair.room))] == ["counted"]
    assert (await pair.one.log.owner(pair.room)).server == "one"
    assert pair.ann.closed == 0


async def test_a_server_whose_name_another_process_has_taken_lets_everybody_go(pair: Pair) -> None:
    """It was frozen, cut off and started anew: what it knew is nobody's to tell, and it lets nobody in."""
    ask(pair.one.database.url, "UPDATE room_servers SET number = 'another' WHERE name = 'one'")
    await until(lambda: pair.host.closed and pair.ann.closed)
    assert (pair.host.closed, pair.ann.closed) == (1012, 1012)
    assert (await (await Person.come(pair.one.address, Watch(pair.room))).error()).code == "unavailable"
    assert not pair.one.server.lobby.is_ready


async def test_a_room_that_came_back_before_it_was_missed_is_read_again(pair: Pair) -> None:
    """What its first server has in memory is from before the other one had it: nobody is told of it any more."""
    assert (await pair.host.command("host.start")).ok
    await pair.one.fall_asleep()
    back = await Person.come_in(pair.two.address, Resume(pair.room, seat_token=pair.seat_token))
    await back.welcome()
    done = await back.command("count", by=2)
    other = await _let_in(pair.two.address, attrs.evolve(_ROOM, id=long_id("other")))
    await pair.two.fall_asleep()
    assert (await _let_in(pair.one.address, Watch(other.room))).room == other.room
    await until(lambda: pair.ann.closed)
    again = await _let_in(pair.one.address, Resume(pair.room, seat_token=pair.seat_token))
    assert again.seq >= (done.seq or 0) > 0
    await back.go()


async def test_a_room_that_goes_back_and_forth_has_one_history(pair: Pair) -> None:
    """Each time its owner freezes while both servers are sent commands: what either has answered stands there, once."""
    assert (await pair.host.command("host.start")).ok
    owner, other, person = pair.one, pair.two, pair.ann
    answered: dict[int, str] = {}
    for turn in range(6):
        await owner.fall_asleep()
        sent = [f"{turn} {number}" for number in range(4)]
        late = [asyncio.create_task(person.command("count", f"late {id_}", by=1)) for id_ in sent]
        there = await Person.come_in(other.address, Resume(pair.room, seat_token=pair.seat_token))
        await there.welcome()
        results = await asyncio.gather(*(there.command("count", f"there {id_}", by=1) for id_ in sent))
        owner.wake_up()
        await person.error()
        results += [task.result() for task in late if await _is_answered(task)]
        answered |= {result.seq: result.id for result in results if result.ok and result.seq is not None}
        await person.go()
        owner, other, person = other, owner, there
    records = await owner.log.read(pair.room)
    assert [record.seq for record in records] == [*range(1, len(records) + 1)]
    kept = {record.seq: record.command_id for record in records if record.by == "person"}
    assert {seq: kept.get(seq) for seq in answered} == answered
    assert len(set(kept.values())) == len(kept) >= len(answered) >= 6 * 4
    await person.go()


async def _is_answered(task: asyncio.Task[Result]) -> bool:
    """Return whether a command had an answer before its connection was closed."""
    await asyncio.wait([task])
    return task.exception() is None

"""The life of a seat, and who is on record for each of its decisions."""

import itertools
from typing import Any

import msgspec
import pytest

from makersphere_protocol.messages import Command, Options
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.model.people.seat_life import (
    BY,
    LIFE,
    VACATED,
    WITH_BOT_PUT_IN,
    SeatChange,
    SeatState,
)
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.people.seats import STAND_IN_AFTER_MS
from makersphere_server.storage.record import Record, decode_record, encode_record
from tests.server.rig.fakes import Client, Rig, code

Moves = set[tuple[SeatState, SeatChange]]
MOVES: Moves = {(state, change) for state, moves in LIFE.items() for change in moves}


class _Facts:
    """A seat as four facts, which each move changes by themselves: what the table has to agree with."""

    def __init__(self) -> None:
        self.people, self.is_here, self.is_bot_put_in, self.stands_in = 0, False, False, False
        self.is_vacated = False

    def after(self, change: SeatChange) -> None:
        """Let something happen."""
        match change:
            case SeatChange.SITS_DOWN:
                stays = self.is_bot_put_in and self.people > 0
                self.people, self.is_here, self.is_bot_put_in, self.stands_in = self.people + 1, True, stays, False
                self.is_vacated = False
            case SeatChange.COMES:
                self.is_here, self.stands_in = True, self.stands_in and self.is_here and not self.is_bot_put_in
            case SeatChange.LAST_LEAVES:
                self.is_here = False
            case SeatChange.STANDS_IN:
                self.stands_in, self.is_bot_put_in = not self.is_vacated, self.is_vacated
            case SeatChange.STANDS_BACK | SeatChange.SPEAKS:
                self.stands_in = False
            case SeatChange.BOT_IN | SeatChange.BOT_OUT:
                self.stands_in = self.stands_in and not self.is_here
                self.is_bot_put_in = change is SeatChange.BOT_IN
            case SeatChange.FREED:
                self.people, self.is_here, self.is_bot_put_in, self.stands_in = 0, False, False, False
            case SeatChange.VACATED:
                self.people, self.is_here, self.is_bot_put_in, self.stands_in = 0, False, False, False
                self.is_vacated = True

    @property
    def by(self) -> str:
        """Return who plays."""
        if self.is_bot_put_in or self.stands_in:
            return "bot"
        if self.people:
            return "person" if self.is_here else "away"
        return "away" if self.is_vacated else ""

    def may(self, change: SeatChange) -> bool:
        """Return whether it can happen at all."""
        match change:
            case SeatChange.COMES:
                return self.people > 0
            case SeatChange.LAST_LEAVES:
                return self.is_here
            case SeatChange.STANDS_IN:
                return self.by in ("person", "away")
            case SeatChange.STANDS_BACK:
                return self.stands_in and not self.is_bot_put_in
            case SeatChange.SPEAKS:
                return self.stands_in and self.is_here and not self.is_bot_put_in
            case SeatChange.VACATED:
                return self.people > 0
            case SeatChange.BOT_OUT | SeatChange.FREED:
                is_of_play = self.is_vacated or (self.stands_in and change is SeatChange.FREED)
                return not is_of_play  # a bot stays in a vacated seat; and what stands before the start is freed
            case _:
                return True


def test_the_table_of_a_seats_life_agrees_with_the_facts_on_every_walk() -> None:
    """Walks of up to six moves: the table has the moves that can happen, and says who plays and what is stored."""
    walked: Moves = set()
    for walk in itertools.chain.from_iterable(itertools.product(SeatChange, repeat=length) for length in range(1, 7)):
        state, facts = SeatState.EMPTY, _Facts()
        for change in walk:
            assert (change in LIFE[state]) == facts.may(change), (walk, state, change)
            if not facts.may(change):
                break
            walked.add((state, change))
            state = LIFE[state][change]
            facts.after(change)
        shown = (BY[state], state in WITH_BOT_PUT_IN, state in VACATED)
        assert shown == (facts.by, facts.is_bot_put_in, facts.is_vacated), walk
    assert walked == MOVES


def test_a_move_that_is_not_in_the_table_is_a_bug() -> None:
    """Nobody can come back to a seat that nobody has taken."""
    with pytest.raises(KeyError):
        SeatPeople(1).happens(SeatChange.COMES)


async def test_a_running_room_makes_every_move_of_the_table_and_no_other(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hosts, people and the clock do to seats before, in and after play is in the table, and all of it happens."""
    made: Moves = set()
    honest = SeatPeople.happens

    def noted(place: SeatPeople, change: SeatChange) -> None:
        made.add((place.state, change))
        honest(place, change)

    monkeypatch.setattr(SeatPeople, "happens", noted)
    await _close_by_a_stand_in(rig)
    await _close_for_somebody_silent(rig)
    for state in SeatState:
        for change in SeatChange:
            host = await rig.create("two", options=Options(seats=2, pace="host", teams=True))
            people = await _bring_about(rig, host, state, in_play=change is not SeatChange.FREED)
            await (_speak(people) if change is SeatChange.SPEAKS else _do(rig, host, people, change))
            assert not rig.room(host.room).failure
    assert made == MOVES


async def _close_by_a_stand_in(rig: Rig) -> None:
    """Have a phase closed in a room where bots stand in at the close, for somebody who is away."""
    host = await rig.create("two", options=Options(seats=1, pace="host", stand_in="close"))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    ann.leave()
    await host.say(Command("close", "host.advance"))
    await rig.pass_ms(200)


async def _close_for_somebody_silent(rig: Rig) -> None:
    """Have a phase closed in such a room for somebody who is there and has done nothing in it, nor in two before."""
    host = await rig.create("two", options=Options(seats=2, pace="host", stand_in="close"))
    await rig.join(host.room)
    ben = await rig.join(host.room, "Ben")
    assert (await host.command("host.start")).ok
    for _ in range(2):
        await rig.pass_ms(200)
        ben.read()
        assert (await ben.command("count", by=1)).ok
        assert (await host.command("host.advance")).ok
    await rig.pass_ms(STAND_IN_AFTER_MS)
    await host.say(Command("close", "host.advance"))
    await rig.pass_ms(200)


_OF_PLAY = frozenset({SeatState.STAND_IN, SeatState.HELPED, SeatState.BOT_AFTER_STAND_IN, *VACATED})


async def _bring_about(rig: Rig, host: Client, state: SeatState, *, in_play: bool) -> list[Client]:
    """Bring a seat into one of the states, of a game that runs where the seat has had people; return its people."""
    people = [] if state in (SeatState.EMPTY, SeatState.BOT) else [await rig.join(host.room)]
    if people and (in_play or state in _OF_PLAY):
        assert (await host.command("host.start")).ok
    if state in VACATED:
        assert (await host.command("host.remove", seat=1)).ok
        people = []
    elif people and state not in (SeatState.PERSON, SeatState.WATCHING, SeatState.HELPED):
        people[0].leave()
        await rig.pass_ms(50)
    if state in (SeatState.STAND_IN, SeatState.BOT_AFTER_STAND_IN):
        await rig.pass_ms(STAND_IN_AFTER_MS)
    if state is SeatState.HELPED:
        seats = rig.room(host.room)._live.seats
        seats.call_in(seats[1])  # by hand: it takes two phases
    if state in WITH_BOT_PUT_IN:
        assert (await host.command("host.seat", seat=1, bot=True)).ok
    assert rig.room(host.room)._live.seats[1].state is state
    return people


async def _speak(people: list[Client]) -> None:
    """Have everybody who is here say so."""
    for person in people:
        if person.connection.is_open():
            assert (await person.command("still_here")).ok


async def _do(rig: Rig, host: Client, people: list[Client], change: SeatChange) -> None:
    """Do to the seat what brings a change about, if its state allows it."""
    match change:
        case SeatChange.SITS_DOWN:
            seat = rig.room(host.room)._live.seats[1]
            await (rig.join(host.room, "Ben", seat=1) if seat.is_free else rig.share(host, "Ben", 1))
        case SeatChange.COMES:
            for person in people:
                await person.resume()
        case SeatChange.LAST_LEAVES:
            for person in people:
                person.leave()
        case SeatChange.STANDS_IN:
            await rig.pass_ms(STAND_IN_AFTER_MS)
        case SeatChange.STANDS_BACK | SeatChange.SPEAKS:
            pass  # by the closes alone, since no other room has bots that stand in for one; and by `_speak`
        case SeatChange.BOT_IN | SeatChange.BOT_OUT:
            assert (await host.command("host.seat", seat=1, bot=change is SeatChange.BOT_IN)).ok
        case SeatChange.FREED | SeatChange.VACATED:
            assert (await host.command("host.remove", seat=1)).ok
    await rig.pass_ms(50)


async def _by(host: Client, seat: int = 1) -> str | None:
    """Return who plays a seat, as everybody reads it."""
    await host.rig.pass_ms(50)
    host.read()
    found: str | None = host.table["seat"][str(seat)].get("by")
    return found


async def test_a_seat_from_free_to_free(rig: Rig) -> None:
    """Free, a person's, away, stood in for, theirs again, a team's, a bot's by a host's word, vacated, a bot's."""
    host = await rig.create("two", options=Options(seats=2, pace="host", teams=True))
    assert await _by(host) is None
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    assert (await _by(host), await _by(host, 2)) == ("person", "bot")
    ann.leave()
    assert await _by(host) == "away"
    await rig.pass_ms(60_000)
    assert await _by(host) == "bot"
    await ann.resume()
    assert await _by(host) == "person"
    ben = await rig.share(host, "Ben", 1)
    ann.leave()
    assert await _by(host) == "person"  # the team has somebody left
    ben.leave()
    assert await _by(host) == "away"
    await ben.resume()
    assert (await host.command("host.seat", seat=1, bot=True)).ok
    assert await _by(host) == "bot"
    assert (await host.command("host.seat", seat=1, bot=False)).ok
    assert await _by(host) == "person"
    assert (await host.command("host.remove", seat=1)).ok
    assert await _by(host) == "away"
    await rig.pass_ms(60_000)
    assert await _by(host) == "bot"
    assert (await rig.join(host.room, "Cem")).you.seat == 2  # a bot's, and never anybody's
    assert (await rig.share(host, "Dan", 1)).you.seat == 1
    assert await _by(host) == "person"


async def test_a_watcher_sees_the_table_and_does_nothing(rig: Rig) -> None:
    """Whoever looks on has no hand, no seat and no word."""
    host, _ = await rig.started("two")
    wall = await rig.watch(host.room)
    assert (wall.you.kind, wall.you.seat, wall.hand) == ("watcher", 0, {})
    assert code(await wall.command("count", by=1)) == "not_your_role"
    assert await _by(host) == "person"


async def test_each_decision_is_stored_with_who_made_it(rig: Rig) -> None:
    """A person of a team by number, a bot, the clock, a host by number; what a default did says so in its event."""
    host, ann = await rig.started("classroom", 6, teams=True)
    ben = await rig.share(host, "Ben", 1)
    for client in (ann, ben):
        assert (await client.command("ready", ready=False)).ok
    await rig.pass_ms(300_000)
    assert (await host.command("host.pause")).ok
    records = await rig.log.read(host.room)
    makers = {(record.by, record.member) for record in records}
    assert {("person", 1), ("person", 2), ("bot", 0), ("clock", 0), ("host", 1)} <= makers
    assert all((record.member > 0) == (record.by in {"person", "host"}) for record in records)
    closing = next(record for record in records if record.by == "clock")
    assert {choice["data"]["by_default"] for choice in _events(closing) if choice["type"] == "choice_made"} == {True}
    assert [decode_record(encode_record(record)) for record in records] == records
    (row,) = await rig.log.rooms()
    assert verify_room(row, records).is_right


def _events(record: Record) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = msgspec.json.decode(record.events)
    return found


def test_a_record_of_before_has_no_member() -> None:
    """A log that does not know members yet reads and hashes as it did."""
    line = (
        b'{"seq":1,"season":1,"phase":"count","actor":1,"by":"person","token":"t","id":"a",'
        b'"command":{"args":{},"name":"count"},"events":[],"at_ms":5,"answer":{"ok":true,"seq":1}}'
    )
    assert decode_record(line).member == 0
    assert encode_record(decode_record(line)) == line

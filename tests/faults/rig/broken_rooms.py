"""Builds whose rooms are broken on purpose: somebody is told too much, too little, the wrong thing, or is let in.

Each is a function that changes the server in the process that it is about to run in (`builds.py`). The product has no
switch for any of it.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
from msgspec.structs import replace

from makersphere_protocol.errors import Close
from makersphere_rules import bookkeeping, entity
from makersphere_rules.entity import Sight
from makersphere_rules.events import Event
from makersphere_rules.ledger import WORLD
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen import views
from makersphere_rules.state import Choice, State
from makersphere_server.clock import SystemClock
from makersphere_server.edge.session import Session
from makersphere_server.edge.ws import Socket
from makersphere_server.lobby import founding, lobby, pacing
from makersphere_server.room import joining
from makersphere_server.room.commands import decisions
from makersphere_server.room.commands.asked import Asked
from makersphere_server.room.commands.host import doors
from makersphere_server.room.connections import Connections
from makersphere_server.room.model.batch import Arrival, Batch
from makersphere_server.room.model.feed import TABLE, Feed, LogLine, Step
from makersphere_server.room.model.inbox import Enter, Presence, Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.answers import Answers
from makersphere_server.room.model.people.seat_people import Member, SeatPeople
from makersphere_server.room.model.people.seats import SEAT_KEY, Seats
from makersphere_server.room.model.timers import PhaseTimer
from makersphere_server.room.shown.outbox import Outbox
from makersphere_server.room.shown.room_view import RoomView
from makersphere_server.storage.event_log import Private, Record
from makersphere_server.storage.tables import RECORDS
from makersphere_server.storage.transaction import Plan

__all__ = ["BROKEN", "IN_STEP", "wall_clock_decides"]

Tree = dict[str, Any]
_SEQ: Final = re.compile(rb'"seq":\d+')
_LONG: Final = 2_000


# -- what was answered


def forgets_ids() -> None:
    """Know no answer that was given, in memory or in the store."""

    def find(self: Answers, author: str, command_id: str) -> None:
        return None

    Answers.find = find  # type: ignore[method-assign]
    RECORDS.indexes.clear()


def answers_anew() -> None:
    """Answer a command that comes again by where the room is now."""
    repeat = decisions._repeat

    def by_now(asked: Asked, is_same: bool, body: bytes) -> None:  # noqa: FBT001
        repeat(asked, is_same, _SEQ.sub(b'"seq":%d' % asked.live.seq, body))

    decisions._repeat = by_now


def allows_reuse() -> None:
    """Take other content under an id for the same command."""
    repeat = decisions._repeat
    decisions._repeat = lambda asked, is_same, body: repeat(asked, is_same or True, body)


def reuses_seq() -> None:
    """Acknowledge each fifth command with the number of the one before it."""
    carry_out = decisions._carry_out

    def again(live: LiveRoom, sent: Sent, command: bytes, events: tuple[Event, ...], batch: Batch) -> Record:
        record = carry_out(live, sent, command, events, batch)
        if record.seq % 5:
            return record
        return replace(record, answer=_SEQ.sub(b'"seq":%d' % (record.seq - 1), record.answer))

    decisions._carry_out = again


def ids_per_token() -> None:
    """Know a command again by the token that its sender holds, as versions before did."""
    seated = joining._seated

    def by_token(live: LiveRoom, enter: Enter, people: SeatPeople, member: Member) -> Presence:
        return attrs.evolve(seated(live, enter, people, member), author=member.token)

    joining._seated = by_token


# -- who is let in, and who is told


def forgets_people() -> None:
    """Keep the people of seats in memory alone."""
    overlay = Plan._overlay

    def keep(self: Plan, room: str, values: Private) -> None:
        overlay(self, room, {key: value for key, value in values.items() if not key.startswith(SEAT_KEY)})

    Plan._overlay = keep  # type: ignore[method-assign]


def stores_tokens() -> None:
    """Keep tokens as they are, not a hash of each."""
    for module in (joining, founding, lobby, pacing, doors):
        module.token_id = str  # type: ignore[attr-defined]


def keeps_old_token() -> None:
    """Let the token that was replaced open the seat as before."""
    give = Seats.give_token

    def keep(self: Seats, people: SeatPeople, member: Member, token: str, *, by_origin: bool = False) -> None:
        old = member.token
        give(self, people, member, token, by_origin=by_origin)
        self._tokens[old] = (people, member)

    Seats.give_token = keep  # type: ignore[method-assign]


def leaves_old_connection() -> None:
    """Leave the older connection of a token as it is."""
    let_go = Connections._let_go

    def leave(self: Connections, presence: Presence, code: Close, reason: str) -> None:
        if code is not Close.REPLACED:
            let_go(self, presence, code, reason)

    Connections._let_go = leave  # type: ignore[method-assign]


def never_says_1012() -> None:
    """Cut everybody where the server stops."""
    end = Socket.end

    def cut(self: Socket, code: int, reason: str) -> None:
        if code == Close.RESTART:
            self.cut()
        else:
            end(self, code, reason)

    Socket.end = cut  # type: ignore[method-assign]


def posts_twice() -> None:
    """Carry out every payment of the world's twice; all accounts together stay at zero, and none of a seat's sinks."""
    move, times = bookkeeping._move, 1

    def again(state: State, name: str, amount: int) -> None:
        nonlocal times
        times = 2 if amount < 0 and name in WORLD else times if amount > 0 else 1  # source first, then target
        for _ in range(times):
            move(state, name, amount)

    bookkeeping._move = again


def trips_on_frames() -> None:
    """Fall over a frame that is long."""
    receive = Session.receive

    def trip(self: Session, data: bytes | str) -> None:
        if len(data) > _LONG:
            raise IndexError("a frame is too long")
        receive(self, data)

    Session.receive = trip  # type: ignore[method-assign]


# -- what is shown


def stale_welcome() -> None:
    """Show whoever comes the table as it was for the first who came."""
    table, first = Connections._table_bytes, dict[Connections, bytes]()

    def stale(self: Connections, room_view: RoomView) -> bytes:
        return first.setdefault(self, table(self, room_view))

    Connections._table_bytes = stale  # type: ignore[method-assign]


def forgets_tail() -> None:
    """Tell whoever comes back only what is new from now on."""

    def rewind(self: Outbox, number: int) -> None:
        self.catch_up()

    Outbox.rewind = rewind  # type: ignore[method-assign]


def tells_refusals() -> None:
    """Tell everybody why a command of somebody was refused."""
    refuse = decisions._refuse

    def tell(asked: Asked, answers: Answers, command: bytes, refusal: Refusal) -> None:
        refuse(asked, answers, command, refusal)
        asked.batch.tell("refused", asked.live.seq, {"why": f"{refusal.code} {refusal.field}"}, (TABLE,))

    decisions._refuse = tell


def tells_whispers() -> None:
    """Tell everybody what a host has written to one seat."""
    tell = Batch.tell

    def aloud(self: Batch, text: str, seq: int, values: Mapping[str, int | str], audience: Iterable[int]) -> None:
        tell(self, text, seq, values, (TABLE,) if "text" in values else audience)

    Batch.tell = aloud  # type: ignore[method-assign]


def logs_names() -> None:
    """Write in the server's log who has come, by name."""
    greet = Connections.greet

    def name(self: Connections, arrival: Arrival, room_view: RoomView) -> None:
        greet(self, arrival, room_view)
        found = self._live.seats.find(arrival.presence.token)
        if found is not None:
            print(found[1].name, file=sys.stderr)

    Connections.greet = name  # type: ignore[method-assign]


def leaks_field() -> None:
    """Put the arguments of sealed choices on the table."""
    owners_alone = entity.sight_of
    leaking = attrs.fields(Choice).args

    def sight_of(field: attrs.Attribute[Any]) -> tuple[Sight, bool]:
        return ("table", False) if field == leaking else owners_alone(field)

    views.sight_of = sight_of  # type: ignore[attr-defined]
    Choice.shows_at_once = True  # else nobody would look at the table for it


def leaks_length() -> None:
    """Pad what anybody is told by the size of all that any hand of the room has got so far."""
    honest_publish, honest_frame = Feed.publish, Step.frame
    sizes: dict[Feed, int] = {}
    blanks = b""

    def publish(
        self: Feed, seq: int, table: Tree, hands: dict[int, Tree], lines: Iterable[LogLine], mark: str = ""
    ) -> None:
        nonlocal blanks
        sizes[self] = sizes.get(self, 0) + sum(len(str(hand)) for hand in hands.values())
        blanks = b" " * (sizes[self] % 31)
        honest_publish(self, seq, table, hands, lines, mark)

    def frame(self: Step, view: int) -> bytes:
        told = honest_frame(self, view)
        return told + blanks if told else told

    Feed.publish, Step.frame = publish, frame  # type: ignore[method-assign]


# -- time


def freeze_costs_time() -> None:
    """Count the time in which the process stood still."""

    def now_ms(self: SystemClock) -> int:
        return time.monotonic_ns() // 1_000_000

    SystemClock.now_ms = now_ms  # type: ignore[method-assign]


def restart_costs_time() -> None:
    """Go on with half of what remained of a phase when the room is read again."""
    restore = PhaseTimer.restore

    def half(self: PhaseTimer, left_ms: int | None, extra_ms: Mapping[int, int], due_ms: int) -> None:
        restore(self, left_ms and left_ms // 2, extra_ms, due_ms)

    PhaseTimer.restore = half  # type: ignore[method-assign]


def wall_clock_decides() -> None:
    """Decide by the wall clock."""
    SystemClock.now_ms = lambda self: self.wall_ms()  # type: ignore[method-assign]


# Those of what is shown are looked for between two rooms in step, for which they need `lockstep`.
IN_STEP: Final = (leaks_field, leaks_length, tells_refusals, tells_whispers, logs_names)
BROKEN: Final = (
    forgets_ids,
    answers_anew,
    allows_reuse,
    reuses_seq,
    ids_per_token,
    forgets_people,
    stores_tokens,
    keeps_old_token,
    leaves_old_connection,
    never_says_1012,
    posts_twice,
    trips_on_frames,
    stale_welcome,
    forgets_tail,
    freeze_costs_time,
    restart_costs_time,
)

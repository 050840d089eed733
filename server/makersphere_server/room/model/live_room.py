"""A room's game as it stands in memory: the rules' state and all that lies beside it.

Answers whether its phase may close and what has to be stored with the next write. Everything in here can be made again
from the store: the state from the log, the rest from the private values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs

from makersphere_protocol.messages import StandsIn
from makersphere_rules import engine
from makersphere_rules.state import WAITING, Seat, State
from makersphere_server.clock import Clock
from makersphere_server.codes import digest
from makersphere_server.limits import Limits
from makersphere_server.room.model.bookmarks import Bookmark
from makersphere_server.room.model.dates import next_date
from makersphere_server.room.model.devices import Broker, Devices
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.forked import Forked
from makersphere_server.room.model.inbox import InStep, Sent
from makersphere_server.room.model.last_changes import LastChanges
from makersphere_server.room.model.log.marks import Marks
from makersphere_server.room.model.log.missing import Missing
from makersphere_server.room.model.log.stood_in import StoodIn
from makersphere_server.room.model.log.tally import Tally
from makersphere_server.room.model.log.troubles import Troubles
from makersphere_server.room.model.people.asks_in import AsksIn
from makersphere_server.room.model.people.consents import Consents
from makersphere_server.room.model.people.handshakes import Handshakes
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.people.own_words import AskedHosts
from makersphere_server.room.model.people.seat_life import STANDING_IN, SeatState
from makersphere_server.room.model.people.seat_passes import SeatPasses
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.people.silent import Silent
from makersphere_server.room.model.reflection.questions import open_season
from makersphere_server.room.model.reflection.reflections import Reflections
from makersphere_server.room.model.room_settings import SETTINGS_KEY, RoomSettings
from makersphere_server.room.model.standing import KEY as STANDING_KEY
from makersphere_server.room.model.standing import PhaseTime, Standing
from makersphere_server.room.model.timers import PAUSED, PhaseTimer
from makersphere_server.room.model.why import Why, WhyMoved
from makersphere_server.storage.event_log import RoomRow

__all__ = ["FORK_KEY", "SETTINGS_KEY", "STORE_CLOCK_MS", "LiveRoom", "RoomSettings"]

STORE_CLOCK_MS: Final = 5_000
FORK_KEY: Final = "fork:"  # of private values
_CLOCK_OFF_MS: Final = 1_000

Tree = dict[str, Any]


@attrs.define
class Headcount:
    """How many hosts and watchers are connected; the people of the seats are counted at their seats.

    Attributes:
        chairs: the numbers of the hosts who are connected.
    """

    hosts: int = 0
    watchers: int = 0
    chairs: frozenset[int] = frozenset()


@attrs.define(eq=False)
class LiveRoom:
    """One room in memory.

    Attributes:
        settings: what it was given when it was opened.
        limits: the server's bounds.
        seq: of the last accepted command, stored or about to be.
        marks: of each record up to there.
        opened_seq: of the last record that was there when the room was opened.
        decided_seq: of the record by which a host has let it go on without what is missing; 0: not since it was opened.
        passes: what lets one more person sit down in a seat.
        asks_in: who asks to be let into a seat.
        hosts: who may host it.
        standing: how it stands beside the game.
        missing: what somebody has seen of it and it does not have.
        tally: what is counted of its log.
        troubles: who may need the hosts, by its log.
        forks: codes of the rooms that were forked from it, by the digest of the command that asked.
        devices: the devices of the room, and the codes that are out.
        broker: how it stands with the MQTT broker; None: the server has none.
        here: how many are connected.
        dirty: what of the overlay has changed since it was last shown.
        clock_tree: the clock as the table shows it.
        last_changes: when what commands act on has last changed.
        reflections: what people have answered beside the game.
        asked_hosts: what people have asked the hosts in their own words.
        consents: who has agreed that their data leave the server.
        stood_in: what bots have done in its seats.
        silent: who is here, does nothing, and has been asked.
        bookmarks: moments that hosts have marked, by the `seq` of their command.
        why: what has been told of why the finished game went as it did.
        held: a host's orders to close the phase, which wait for bots that stand in first.
        forked: what each of the forks was asked for with, by the digest of the command.
        step: whether its phases end with those of the class's other tables.
    """

    row: RoomRow
    settings: RoomSettings
    limits: Limits
    clock: Clock
    timer: PhaseTimer
    state: State
    seq: int
    marks: Marks = attrs.field(repr=False)
    opened_seq: int
    seats: Seats
    passes: SeatPasses
    asks_in: AsksIn
    hosts: Hosts
    standing: Standing
    missing: Missing
    tally: Tally
    troubles: Troubles
    forks: dict[str, str]
    devices: Devices
    dirty: Dirty
    decided_seq: int = 0
    broker: Broker | None = None
    handshakes: Handshakes = attrs.field(factory=Handshakes)
    reflections: Reflections = attrs.field(factory=Reflections)
    asked_hosts: AskedHosts = attrs.field(factory=AskedHosts)
    consents: Consents = attrs.field(factory=Consents)
    here: Headcount = attrs.field(factory=Headcount)
    clock_tree: Tree = attrs.field(factory=dict)
    last_changes: LastChanges = attrs.field(factory=LastChanges)
    stood_in: StoodIn = attrs.field(factory=StoodIn)
    silent: Silent = attrs.field(factory=Silent)
    bookmarks: dict[int, Bookmark] = attrs.field(factory=dict)
    why: Why = attrs.field(factory=Why)
    held: list[Sent] = attrs.field(factory=list)
    forked: dict[str, Forked] = attrs.field(factory=dict)
    step: InStep = attrs.field(factory=InStep)
    _stored_at: int | None = None

    @property
    def ends_now(self) -> bool:
        """Return whether the close of this phase is the end of the game, by a host's word: the recap of that season."""
        game = self.state.game
        is_recap = game.phase_number + 1 == len(self.state.scenario.phases)
        return self.is_running and is_recap and game.season == self.standing.last_season

    @property
    def epoch(self) -> int:
        """Return the number of the room's history: it rises when the room goes on from a shorter one."""
        return self.row.epoch + self.standing.epochs

    def begin_epoch(self) -> None:
        """Begin an epoch that nobody has seen anything of."""
        more = max(self.missing.epoch - self.epoch, 0) + 1
        self.standing.epochs += more
        if not self.decided_seq:
            self.missing = attrs.evolve(self.missing, undecided=self.missing.undecided + more)

    @property
    def topic(self) -> str:
        """Return the room's id on an MQTT broker: it says nothing of the code, by which people come in."""
        return digest(self.settings.salt, "topic", self.row.room)[:16]

    def class_digest(self, id: str) -> str:
        """Return the digest by which the room knows somebody again whom its class sends, whatever name they give."""
        return self.settings.class_digest(id)

    @property
    def is_running(self) -> bool:
        """Return whether the game takes commands of seats, were it not paused."""
        return self.state.game.status == "running"

    def is_open_to_all(self, people: SeatPeople) -> bool:
        """Return whether whoever comes may have a seat: it is free, and its hand is no secret of another game."""
        return people.is_free and not self.settings.sealed

    @property
    def asks_questions(self) -> bool:
        """Return whether people are asked: as a host has said last, else as the room and its scenario were made."""
        said = self.standing.questions
        return self.settings.questions and self.state.scenario.questions if said is None else said

    def take_over(self, older: LiveRoom) -> None:
        """Take over what is stored nowhere, or not yet: when it was opened, the broker, why, codes, who asks in."""
        self.opened_seq = older.opened_seq
        self.decided_seq = older.decided_seq if older.decided_seq <= self.seq else 0  # the store may have refused it
        self.broker = older.broker
        self.held = older.held
        self.step = older.step
        self.why = older.why
        self.why.store_again()
        self._forget_why()
        self.devices.take_over(older.devices)
        self.asks_in.take_over(older.asks_in, self.seats.numbers)

    def show_anew(self, seats: Iterable[int]) -> None:
        """Have the table, the hosts' hand and the hands of some seats read anew."""
        self.dirty.table = True
        self.dirty.hands.update(seats)

    def forget_wishes(self) -> None:
        """Forget who has asked to come in and asks no more."""
        forgotten = self.asks_in.forget(self.clock.now_ms())
        if forgotten:
            self.show_anew(forgotten)

    def speaks(self, seat: int) -> bool:
        """Take a seat's word for its people being there; return whether a bot that stood in has stopped."""
        was_helped = self.seats.speaks(self.seats[seat])
        if self.silent.answered(seat, (self.state.game.season, self.state.game.phase)) or was_helped:
            self.show_anew([seat])
        return was_helped

    def see_broker(self, broker: Broker) -> None:
        """Have the hosts see how it stands with the broker, and every seat whether it can connect devices."""
        self.broker = broker
        self.dirty.table = True
        self.dirty.hands.update(self.state.seats())

    def see_why(self, moved: WhyMoved) -> None:
        """Have everybody see how far the telling of why is, as long as the game is over."""
        if self.state.game.status == "over":
            self.why.move(moved)
            self.dirty.table = True

    def _forget_why(self) -> None:
        if self.state.game.status != "over":
            self.why.forget()

    # -- time

    @property
    def is_time_up(self) -> bool:
        """Return whether no seat that is not ready has time left."""
        return self.timer.is_over(seat.id for seat in self.state.all(Seat).values() if not seat.done)

    @property
    def is_done(self) -> bool:
        """Return whether the phase may close because no seat needs more time, at this room's pace."""
        pace = self.settings.pace
        waits = pace == "host" or (pace == "clock" and self.timer.has_limit)
        return not waits and engine.all_ready(self.state) and (not self.is_left_to_stand_ins or self._goes_with_others)

    @property
    def is_left_to_stand_ins(self) -> bool:
        """Return whether bots stand in for all the people who play: they would end the game in a moment."""
        states = {people.state for people in self.seats if self.state.role(people.seat) != WAITING}
        return SeatState.PERSON not in states and not states.isdisjoint(STANDING_IN)

    @property
    def _goes_with_others(self) -> bool:
        """Return whether the tables of the class with which this one keeps in step are done with the phase."""
        return self.step.is_kept and self.step.may_close == self.at

    @property
    def at(self) -> engine.At:
        """Return the season and phase that the game is in."""
        return engine.At(self.state.game.season, self.state.game.phase)

    @property
    def is_over_here(self) -> bool:
        """Return whether the phase is over as far as this room is concerned: its time is up, or all are ready."""
        return self.is_running and not self.standing.is_still and (self.is_time_up or self.is_done)

    @property
    def is_held_back(self) -> bool:
        """Return whether the phase may not close before those of other tables; a date is a date for all of them."""
        return self.step.holds_back(self.at) and not (self.timer.due_ms and self.is_time_up)

    @property
    def waits_for_others(self) -> bool:
        """Return whether the phase is over here and waits for the class's other tables."""
        return self.is_held_back and self.is_over_here

    def phase_opened(self) -> None:
        """Start the clock of the phase that the game is in now."""
        self._forget_why()
        if self.stands_in == "close":
            self.seats.dismiss_stand_ins()
        game = self.state.game
        limit_s = self.state.scenario.phase(game.phase).seconds(game.season) if self._has_clock else 0
        self.timer.start(limit_s * 10 * self.settings.scale)
        self.timer.end_at(self._next_date())
        self.standing.asks, self.standing.lost = {}, set()
        self.reflections.ask(open_season(self.state), self.clock.now_ms())
        self.clock_changed()

    @property
    def _has_clock(self) -> bool:
        return self.is_running and self.settings.pace != "host"

    def _next_date(self) -> int:
        return next_date(self.settings.dates, self.clock.wall_ms()) if self.settings.dates and self._has_clock else 0

    @property
    def stands_in(self) -> StandsIn:
        """Return when a bot plays for people who are away: where a phase has a date, never after a minute."""
        said = self.settings.stand_in
        return "close" if said == "minute" and self.timer.due_ms else said

    def level_of(self, seat: int) -> str:
        """Return how well a bot plays a seat: as the host has said of it, else as all bots of the room."""
        return self.seats[seat].level or self.settings.bots

    def pause(self, dropped: int = 0) -> None:
        """Let the room stand still, because a host says so or many seats have dropped."""
        self.standing.paused, self.standing.dropped = True, dropped
        self.hold()

    def go_on(self) -> None:
        """Let time go on in a room that was paused."""
        self.standing.paused, self.standing.dropped, self.standing.broken = False, 0, {}
        if 0 < self.timer.due_ms <= self.clock.wall_ms():
            self.timer.end_at(self._next_date())  # it has gone by, and nobody could play
        self.hold()

    def clock_changed(self) -> None:
        """Have the clock shown and stored anew."""
        left = self.timer.left_ms()
        tree: Tree = {}
        if self.standing.is_still:
            tree["paused"] = True
            if left is not None:
                tree["remaining_ms"] = max(left, 0)
        elif left is not None:
            tree["deadline"] = self.timer.due_ms or self.clock.wall_ms() + left
        if tree and self.timer.due_ms:
            tree["dated"] = True
        self.clock_tree = tree
        self.dirty.hands.update(self.timer.extra_ms)
        self.standing_changed()

    def tick(self) -> None:
        """See every few seconds to what only time changes: the clock as it is shown, and who asks to come in."""
        self.check_clock()
        self.forget_wishes()

    def check_clock(self) -> None:
        """Put the clock right where it has become wrong: the wall clock was set, or the server stood still."""
        self.timer.keep_date()
        deadline, left = self.clock_tree.get("deadline"), self.timer.left_ms()
        if deadline is not None and left is not None and abs(self.clock.wall_ms() + left - deadline) > _CLOCK_OFF_MS:
            self.clock_changed()

    def standing_changed(self) -> None:
        """Have what lies beside the game shown and stored anew."""
        self.dirty.table = True
        self._stored_at = None

    def hold(self) -> None:
        """Let time stand still or go on, as the room is paused or not."""
        if self.standing.is_still:
            self.timer.hold(PAUSED)
        else:
            self.timer.release(PAUSED)
        self.clock_changed()

    def unstored(self) -> dict[str, bytes | None]:
        """Return the private values that are to be stored with the next write."""
        private = {**self.seats.take_unsaved(), **self.why.take_unsaved()}
        now = self.clock.now_ms()
        late = self._stored_at is not None and now - self._stored_at >= STORE_CLOCK_MS
        if self._stored_at is None or (late and self.timer.has_limit and not self.timer.is_held):
            self._stored_at = now
            private[STANDING_KEY] = self.standing.to_bytes(self.time_left())
            private.update(self.missing.to_store())
        return private

    def time_left(self) -> PhaseTime:
        """Return how much time the phase has left."""
        game = self.state.game
        return PhaseTime(game.season, game.phase, self.timer.left_ms(), self.timer.extra_ms, self.timer.due_ms)

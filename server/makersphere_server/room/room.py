"""The centre: one room, one task, one inbox.

People, bots, timers and hosts all come in through the inbox. The room takes all that is queued, decides it
in memory, and stores it in one write; only when that is on disk is anything told: results at once, changes
at most every 50 ms, encoded once for all who see the same. If the store refuses, memory is thrown away and
made again from the log. A bug or a failed invariant stops this room, loudly, and no other.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import Final, Self, assert_never

import structlog

from makersphere_protocol.errors import Close, ProtocolError, Refused
from makersphere_rules import engine
from makersphere_rules.seen.views import merge_patch
from makersphere_server import logs, metrics
from makersphere_server.clock import Clock
from makersphere_server.limits import Limits
from makersphere_server.room.commands.decisions import answer, may_speak, take_back_ready
from makersphere_server.room.commands.device_pairing import do_errand
from makersphere_server.room.commands.reopening import reopen
from makersphere_server.room.commands.rewind_and_fork import FoundFork, goes_back, no_fork, prepare, take_batch
from makersphere_server.room.connections import Connections
from makersphere_server.room.device_directory import DeviceDirectory
from makersphere_server.room.joining import let_in
from makersphere_server.room.model.answers import Answers
from makersphere_server.room.model.batch import Arrival, Batch, refusal_frame, turn_away_all
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import LONGEST_LOG, TABLE, Feed, Told
from makersphere_server.room.model.inbox import (
    BrokerChanged,
    Enter,
    Inbox,
    Item,
    Lapse,
    Leave,
    Notice,
    Pair,
    Presence,
    PreviewAsked,
    Sent,
    Unled,
)
from makersphere_server.room.model.live_room import STORE_CLOCK_MS, LiveRoom
from makersphere_server.room.model.policies import Policies
from makersphere_server.room.pulse import Pulse
from makersphere_server.room.shown.overlay import RoomOverlay
from makersphere_server.room.shown.preview import preview
from makersphere_server.room.shown.room_view import RoomView
from makersphere_server.room.stand_ins import Bots
from makersphere_server.storage.event_log import EventLog, RoomRow, SeqConflict, StoreUnavailable

__all__ = ["Room"]

_RETRY_MS: Final = 1_000  # after the store has refused


class Room:
    """A room that is open: its game in memory, who is connected, and the task that carries it.

    Attributes:
        inbox: the way in.
        failure: why the room stands still for good, or "".
        found_fork: founds a room that goes on from the start of a phase of this one.
    """

    def __init__(self, log: EventLog, live: LiveRoom, answers: Answers, policies: Policies, limits: Limits) -> None:
        """Take over a live room as it is stored; `open` reads one and lets the room run."""
        self.code = live.row.room
        self.inbox = Inbox(limits.most_waiting)
        self._limits = limits
        self.failure = ""
        self.found_fork: FoundFork = no_fork
        self._log = log
        self._clock: Clock = live.clock
        self._policies = policies
        self._logger = structlog.get_logger("makersphere.room").bind(room=self.code)
        self._journal = logs.Journal(self._clock.wall_ms)
        self._feed = Feed(live.seq, self._clock.wall_ms, live.told)
        self._connections = Connections(live, self._feed, self.inbox, self._clock)
        self._adopt(live, answers)
        self._lines: deque[Told] = deque(maxlen=LONGEST_LOG)
        self._arrivals: list[Arrival] = []
        self._batch: list[Item] = []  # what is being handled, for when that fails
        self._pulse = Pulse(self._clock, self.inbox.wake)
        self._must_reread = self._stopping = False
        self._marked_over = live.row.state == "over"
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, log: EventLog, row: RoomRow, clock: Clock, policies: Policies, limits: Limits) -> Self:
        """Read a room from the store and let it run; its time stands still until somebody comes."""
        room = cls(log, *await reopen(log, row, clock), policies, limits)
        room._task = asyncio.create_task(room._run(), name=f"room {row.room}")
        room._tick()
        return room

    def _adopt(self, live: LiveRoom, answers: Answers) -> None:
        live.timer.expired = partial(self._put_close, "clock")
        live.limits = self._limits
        self._live = self._connections.live = live
        self._answers = answers
        self._stored_seq = live.seq
        self._room_view = RoomView(live.state, RoomOverlay(live))
        self._bots = Bots(live, self._room_view, self.inbox, self._policies)

    # -- from outside

    def is_idle(self, since_ms: int) -> bool:
        """Return whether nobody has been here since `since_ms`, and nothing waits."""
        return self._connections.is_empty and self._connections.left_at < since_ms and not self.inbox.is_waiting

    @property
    def waits_for_store(self) -> bool:
        """Return whether the store has refused this room's last batch and has not been read since."""
        return self._must_reread

    @property
    def devices(self) -> DeviceDirectory:
        """Return which devices the room knows now."""
        return DeviceDirectory(self._live)

    def follow(self, connection: ConnectionPort) -> None:
        """Tell a wire what watchers are told, from the whole table on; it is nobody's presence."""
        self._connections.follow(connection, self._room_view)

    async def enter(self, enter: Enter) -> Presence:
        """Let somebody in; returns when the welcome has been sent.

        Raises:
            ProtocolError: why not.
        """
        if self.failure or self._stopping:
            raise Refused("unavailable", "quarantined" if self.failure else "")
        self.inbox.put(enter)
        return await enter.done

    async def stop(self, code: Close = Close.RESTART, reason: str = "the server restarts") -> None:
        """Finish the batch that is under way, store how time stands, and let everybody go."""
        self._stopping = True
        self.inbox.wake()
        if self._task is not None:
            await self._task
        self._connections.close_all(code, reason)

    def _put_close(self, by: str) -> None:
        game = self._live.state.game
        at = engine.At(game.season, game.phase)
        self.inbox.put(Sent(engine.ROOM, by, "", "", "close", {}, at, "", None, self._clock.now_ms()))

    def _tick(self) -> None:
        """Look around now and then, so that the time that is left gets stored, and is shown as it is."""
        if self._task is not None and not self._task.done():
            self._live.look_at_clock()
            self._clock.call_later(STORE_CLOCK_MS, self._tick)
            self.inbox.wake()

    # -- the task

    async def _run(self) -> None:
        try:
            while not self._stopping:
                await self.inbox.wait()
                if self.inbox.is_waiting:  # else it only tells, and that need not wait
                    await self._log.turn(self._pulse.left_ms())
                await self._turn()
            if not self._must_reread:  # else memory is not what is stored
                self._live.clock_changed()
                await self._commit(Batch(), [])
            self._turn_door_away()
        except Exception as error:  # noqa: BLE001  (the task boundary: this room stops, loudly)
            await self._quarantine(error)
        finally:
            self._live.timer.stop()
            self._bots.stop()
            self._pulse.stop()

    async def _turn(self) -> None:
        """Handle all that is waiting: decide, store, tell."""
        items = self._batch = take_batch(self.inbox)
        if self._must_reread and not await self._reread():
            self._refuse_all(items)
            return
        alone = goes_back(items)
        if alone and not await prepare(self._log, self._live, items[0], self.found_fork):
            self._refuse_all(items)
            return
        batch = Batch()
        for item in items:
            self._handle(item, batch)
        if alone and batch.has_events:
            self._live.state.pasts = {}
            self._bots.begin_again()
        if batch.has_events and (broken := engine.invariants(self._live.state)):
            raise AssertionError(broken[0])
        if await self._commit(batch, items):
            self._deliver(batch)
            await self._look_ahead()
            self._flush_when_due()
        if self._bots.error is not None:
            raise self._bots.error

    def _handle(self, item: Item, batch: Batch) -> None:
        match item:
            case Sent():
                self._decide(item, batch)
            case PreviewAsked():
                batch.replies.append((item.connection, preview(self._live, item)))
            case Pair() | Notice():
                do_errand(self._live, item, batch)
            case Enter():
                self._let_in(item, batch)
                take_back_ready(self._live, batch)
            case Leave():
                self._connections.leave(item.presence, is_empty_now=not self._arrivals)
            case Lapse():
                self._connections.lapse(item.seat)
            case Unled():
                self._connections.go_on_unled()
            case BrokerChanged():
                self._live.see_broker(item.broker)
            case _:
                assert_never(item)

    def _decide(self, sent: Sent, batch: Batch) -> None:
        if sent.by == "bot":
            self._pulse.is_wanted = True
            if not self._bots.take_back(sent):
                return
        if may_speak(self._live, sent):
            answer(self._live, self._answers, sent, batch)
        elif sent.connection is not None:
            batch.replies.append((sent.connection, refusal_frame(sent, self._clock.wall_ms(), "unauthorised")))

    def _let_in(self, enter: Enter, batch: Batch) -> None:
        if not enter.connection.is_open():
            enter.done.cancel()
            return
        try:
            batch.arrivals.append(let_in(self._live, enter, batch))
        except ProtocolError as error:
            enter.reject(error)

    async def _commit(self, batch: Batch, items: list[Item]) -> bool:
        """Make a batch durable; where the store refuses, nothing has happened."""
        private = {**batch.private, **self._live.unstored()}
        if not batch.records and not private:
            return True
        started = time.perf_counter()
        try:
            await self._log.append(self.code, self._stored_seq, batch.records, private)
        except (StoreUnavailable, SeqConflict) as error:
            self._logger.error("store_refused", reason=str(error), commands=len(batch.records))  # noqa: TRY400
            metrics.STORE_REFUSALS.inc()
            self._must_reread = True
            readers = [item for item in items if isinstance(item, Enter) and item.only_reads]
            self._refuse_all(item for item in items if item not in readers)
            await self._let_read(readers)
            return False
        self._stored_seq = self._live.seq
        metrics.COMMITS.observe(time.perf_counter() - started)
        if batch.records:
            metrics.BATCHES.observe(len(batch.records))
        return True

    async def _let_read(self, readers: list[Enter]) -> None:
        """Let in who only reads, although nothing can be stored now; that they came is stored with the next write."""
        if not readers or not await self._reread():  # memory is not what is stored, and nobody may be told of it
            self._refuse_all(readers)
            return
        batch = Batch()
        for enter in readers:
            self._let_in(enter, batch)
        self._deliver(batch)
        self._flush(self._clock.now_ms())  # at once: the next turn may find the store as it is now

    def _refuse_all(self, items: Iterable[Item]) -> None:
        for item in turn_away_all(items, self._clock.wall_ms()):
            self._handle(item, Batch())
        self._clock.call_later(_RETRY_MS, self.inbox.wake)

    def _deliver(self, batch: Batch) -> None:
        """Tell what is durable now."""
        for connection, frame in batch.replies:
            connection.tell(frame)
        self._lines.extend(batch.lines)
        self._arrivals += batch.arrivals
        for token, code in batch.cut_tokens.items():
            self._connections.cut(token, code, batch.farewells.get(token, ""))
        self._pulse.is_wanted |= bool(batch.records or batch.lines or self._arrivals or self._live.dirty.table)
        self._journal.write(batch.events(self.code, self._clock.now_ms()))
        for outcome, count in batch.outcomes().items():
            metrics.COMMANDS.labels(outcome).inc(count)

    async def _look_ahead(self) -> None:
        """Close a phase that nobody needs any more, and mark a game that is over."""
        live = self._live
        goes_on = live.is_running and not live.paused and not live.behind
        if goes_on and live.is_time_up:
            self._put_close("clock")  # whoever had more time than the others has become ready
        elif goes_on and live.is_done:
            self._put_close("room")  # in a turn without commands too: an earlier close may not have been stored
        if live.state.game.status == "over" and not self._marked_over:
            self._marked_over = True
            try:
                await self._log.set_state(self.code, "over")
            except StoreUnavailable:
                self._marked_over = False

    # -- telling

    def _flush_when_due(self) -> None:
        now = self._clock.now_ms()
        if self._pulse.is_due(now, self._room_view.wants_look_at):
            self._flush(now)

    def _flush(self, now: int) -> None:
        """Show what has changed, greet who has come, and wake the bots."""
        self._pulse.told(now)
        shown = self._room_view.look(now)
        if shown.table or shown.hands or self._lines:
            self._feed.publish(self._live.seq, shown.table, shown.hands, self._lines)
            self._lines.clear()
        for arrival in self._arrivals:
            self._connections.greet(arrival, self._room_view)
        self._arrivals.clear()
        self._pulse.is_wanted = self._live.dirty.table
        self._bots.look_around()
        self._flush_when_due()

    # -- when things go wrong

    async def _reread(self) -> bool:
        """Make memory again from the store; return whether that was possible."""
        try:
            live, answers = await reopen(self._log, self._live.row, self._clock)
        except StoreUnavailable:
            return False
        self._must_reread = False
        old_board, old_sitting = self._room_view, self._live
        old_sitting.timer.stop()
        self._bots.stop()
        views = {TABLE, *(presence.view for presence in self._connections)}
        before = {view: old_board.hand(view) for view in views if view != TABLE}
        table = old_board.table()
        live.take_over(old_sitting)
        self._adopt(live, answers)
        self._connections.seat_again(old_sitting.seats, self._arrivals)
        hands = {view: merge_patch(hand, self._room_view.hand(view)) for view, hand in before.items()}
        self._feed.publish(live.seq, merge_patch(table, self._room_view.table()), hands, [])
        return True

    def _turn_door_away(self) -> None:
        """Refuse everything that waits, and everybody who has not been greeted."""
        while self.inbox.is_waiting:
            self._refuse_all(self.inbox.take())
        entering = [item for item in self._batch if isinstance(item, Enter)]
        for enter in (*entering, *(arrival.enter for arrival in self._arrivals)):
            enter.reject(Refused("unavailable"))

    async def _quarantine(self, error: Exception) -> None:
        self.failure = f"{type(error).__name__}: {error}"
        self._logger.error("room_stopped", seq=self._stored_seq, exc_info=error)
        self._turn_door_away()
        self._connections.turn_all_away(Refused("unavailable", "quarantined"))
        try:
            await self._log.set_state(self.code, "quarantined", self.failure)
        except Exception as second:  # noqa: BLE001  (it stands still already; the store may be why)
            self._logger.warning("quarantine_not_stored", reason=str(second))

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

import attrs
import msgspec
import structlog

from makersphere_protocol.errors import Close, ProtocolError, Refused
from makersphere_rules import engine
from makersphere_rules.views import merge_patch
from makersphere_server import logs, metrics
from makersphere_server.answers import Answers
from makersphere_server.audience import Audience
from makersphere_server.board import Board
from makersphere_server.bots import Bots, Policies
from makersphere_server.clock import Clock, Handle
from makersphere_server.decisions import answer, may_speak, take_back_ready
from makersphere_server.devices import do_errand
from makersphere_server.door import let_in
from makersphere_server.event_log import EventLog, RoomRow, SeqConflict, StoreUnavailable
from makersphere_server.feed import LONGEST_LOG, TABLE, Feed, Told
from makersphere_server.going_back import FoundFork, goes_back, no_fork, prepare, take_batch
from makersphere_server.inbox import Enter, Inbox, Item, Lapse, Leave, Look, Notice, Pair, Presence, Sent, Unled
from makersphere_server.limits import Limits
from makersphere_server.overlay import RoomOverlay
from makersphere_server.preview import preview
from makersphere_server.reopen import reopen
from makersphere_server.sitting import STORE_CLOCK_MS, Host, Sitting
from makersphere_server.wire import Wire
from makersphere_server.work import Arrival, Work, refusal_frame, turn_away_all

__all__ = ["FLUSH_MS", "Room"]

FLUSH_MS: Final = 50
_RETRY_MS: Final = 1_000  # after the store has refused


class Room:
    """A room that is open: its sitting, who is connected, and the task that carries it.

    Attributes:
        inbox: the way in.
        failure: why the room stands still for good, or "".
        found_fork: founds a room that goes on from the start of a phase of this one.
    """

    def __init__(self, log: EventLog, sitting: Sitting, answers: Answers, policies: Policies, limits: Limits) -> None:
        """Take over a sitting as it is stored; `open` reads one and lets the room run."""
        self.code = sitting.row.room
        self.inbox = Inbox(limits.most_waiting)
        self._limits = limits
        self.failure = ""
        self.found_fork: FoundFork = no_fork
        self._log = log
        self._clock: Clock = sitting.clock
        self._policies = policies
        self._logger = structlog.get_logger("makersphere.room").bind(room=self.code)
        self._journal = logs.Journal(self._clock.wall_ms)
        self._feed = Feed(sitting.seq, self._clock.wall_ms, sitting.told)
        self._audience = Audience(sitting, self._feed, self.inbox, self._clock)
        self._adopt(sitting, answers)
        self._lines: deque[Told] = deque(maxlen=LONGEST_LOG)
        self._arrivals: list[Arrival] = []
        self._batch: list[Item] = []  # what is being handled, for when that fails
        self._flushed_at = self._clock.now_ms() - FLUSH_MS
        self._alarm: Handle | None = None
        self._alarm_at = 0
        self._wants_flush = self._must_reread = self._stopping = False
        self._marked_over = sitting.row.state == "over"
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, log: EventLog, row: RoomRow, clock: Clock, policies: Policies, limits: Limits) -> Self:
        """Read a room from the store and let it run; its time stands still until somebody comes."""
        room = cls(log, *await reopen(log, row, clock), policies, limits)
        room._task = asyncio.create_task(room._run(), name=f"room {row.room}")
        room._tick()
        return room

    def _adopt(self, sitting: Sitting, answers: Answers) -> None:
        sitting.timer.expired = partial(self._put_close, "clock")
        sitting.limits = self._limits
        self._sitting = self._audience.sitting = sitting
        self._answers = answers
        self._stored_seq = sitting.seq
        self._board = Board(sitting.state, RoomOverlay(sitting))
        self._bots = Bots(sitting, self._board, self.inbox, self._policies)

    # -- from outside

    def is_idle(self, since_ms: int) -> bool:
        """Return whether nobody has been here since `since_ms`, and nothing waits."""
        return self._audience.is_empty and self._audience.left_at < since_ms and not self.inbox.is_waiting

    @property
    def waits_for_store(self) -> bool:
        """Return whether the store has refused this room's last batch and has not been read since."""
        return self._must_reread

    async def give_host_token(self, token: str) -> None:
        """Let a token open the founder's chair; an older one of it opens nothing any more.

        Raises:
            Refused: it cannot be stored now.
        """
        hosts = self._sitting.hosts
        founder = next((host for host in hosts.values() if host.is_founder), Host(token, is_founder=True))
        if founder.token == token:
            return
        kept = [host for host in hosts.values() if host is not founder]
        kept.append(attrs.evolve(founder, token=token))
        try:
            await self._log.put_private(self.code, {"hosts": msgspec.json.encode(kept)})
        except StoreUnavailable as error:
            raise Refused("unavailable") from error
        self._sitting.hosts = {host.token: host for host in kept}
        self._audience.cut(founder.token, Close.REPLACED)

    @property
    def sitting(self) -> Sitting:
        """Return the game as it stands in memory; it is another one after the room has been read again."""
        return self._sitting

    def follow(self, wire: Wire) -> None:
        """Tell a wire what watchers are told, from the whole table on; it is nobody's presence."""
        self._audience.follow(wire, self._board)

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
        self._audience.close_all(code, reason)

    def _put_close(self, by: str) -> None:
        game = self._sitting.state.game
        at = engine.At(game.season, game.phase)
        self.inbox.put(Sent(engine.ROOM, by, "", "", "close", {}, at, "", None, self._clock.now_ms()))

    def _tick(self) -> None:
        """Look around now and then, so that the time that is left gets stored, and is shown as it is."""
        if self._task is not None and not self._task.done():
            self._sitting.look_at_clock()
            self._clock.call_later(STORE_CLOCK_MS, self._tick)
            self.inbox.wake()

    # -- the task

    async def _run(self) -> None:
        try:
            while not self._stopping:
                await self.inbox.wait()
                if self.inbox.is_waiting:  # else it only tells, and that need not wait
                    await self._log.turn(max(self._flushed_at + FLUSH_MS - self._clock.now_ms(), 0))
                await self._turn()
            if not self._must_reread:  # else memory is not what is stored
                self._sitting.clock_changed()
                await self._commit(Work(), [])
            self._turn_door_away()
        except Exception as error:  # noqa: BLE001  (the task boundary: this room stops, loudly)
            await self._quarantine(error)
        finally:
            self._sitting.timer.stop()
            self._bots.stop()
            self._silence()

    async def _turn(self) -> None:
        """Handle all that is waiting: decide, store, tell."""
        items = self._batch = take_batch(self.inbox)
        if self._must_reread and not await self._reread():
            self._refuse_all(items)
            return
        alone = goes_back(items)
        if alone and not await prepare(self._log, self._sitting, items[0], self.found_fork):
            self._refuse_all(items)
            return
        work = Work()
        for item in items:
            self._handle(item, work)
        if alone and work.has_events:
            self._sitting.state.pasts = {}
            self._bots.begin_again()
        if work.has_events and (broken := engine.invariants(self._sitting.state)):
            raise AssertionError(broken[0])
        if await self._commit(work, items):
            self._deliver(work)
            await self._look_ahead()
            self._flush_when_due()
        if self._bots.error is not None:
            raise self._bots.error

    def _handle(self, item: Item, work: Work) -> None:
        match item:
            case Sent(by="bot"):
                self._wants_flush = True
                if self._bots.take_back(item):
                    answer(self._sitting, self._answers, item, work)
            case Sent():
                if may_speak(self._sitting, item):
                    answer(self._sitting, self._answers, item, work)
                elif item.wire is not None:
                    work.replies.append((item.wire, refusal_frame(item, self._clock.wall_ms(), "unauthorised")))
            case Look():
                work.replies.append((item.wire, preview(self._sitting, item)))
            case Pair() | Notice():
                do_errand(self._sitting, item, work)
            case Enter():
                self._let_in(item, work)
                take_back_ready(self._sitting, work)
            case Leave():
                self._audience.leave(item.presence, is_empty_now=not self._arrivals)
            case Lapse():
                self._audience.lapse(item.seat)
            case Unled():
                self._audience.go_on_unled()
            case _:
                assert_never(item)

    def _let_in(self, enter: Enter, work: Work) -> None:
        if not enter.wire.is_open():
            enter.done.cancel()
            return
        try:
            work.arrivals.append(let_in(self._sitting, enter, work))
        except ProtocolError as error:
            enter.reject(error)

    async def _commit(self, work: Work, items: list[Item]) -> bool:
        """Make a batch durable; where the store refuses, nothing has happened."""
        private = {**work.private, **self._sitting.unstored()}
        if not work.records and not private:
            return True
        started = time.perf_counter()
        try:
            await self._log.append(self.code, self._stored_seq, work.records, private)
        except (StoreUnavailable, SeqConflict) as error:
            self._logger.error("store_refused", reason=str(error), commands=len(work.records))  # noqa: TRY400
            metrics.STORE_REFUSALS.inc()
            self._must_reread = True
            readers = [item for item in items if isinstance(item, Enter) and item.only_reads]
            self._refuse_all(item for item in items if item not in readers)
            await self._let_read(readers)
            return False
        self._stored_seq = self._sitting.seq
        metrics.COMMITS.observe(time.perf_counter() - started)
        if work.records:
            metrics.BATCHES.observe(len(work.records))
        return True

    async def _let_read(self, readers: list[Enter]) -> None:
        """Let in who only reads, although nothing can be stored now; that they came is stored with the next write."""
        if not readers or not await self._reread():  # memory is not what is stored, and nobody may be told of it
            self._refuse_all(readers)
            return
        work = Work()
        for enter in readers:
            self._let_in(enter, work)
        self._deliver(work)
        self._flush(self._clock.now_ms())  # at once: the next turn may find the store as it is now

    def _refuse_all(self, items: Iterable[Item]) -> None:
        for item in turn_away_all(items, self._clock.wall_ms()):
            self._handle(item, Work())
        self._clock.call_later(_RETRY_MS, self.inbox.wake)

    def _deliver(self, work: Work) -> None:
        """Tell what is durable now."""
        for wire, frame in work.replies:
            wire.tell(frame)
        self._lines.extend(work.lines)
        self._arrivals += work.arrivals
        for token, code in work.cut_tokens.items():
            self._audience.cut(token, code, work.farewells.get(token, ""))
        self._wants_flush |= bool(work.records or work.lines or self._arrivals or self._sitting.dirty.table)
        self._journal.write(work.events(self.code, self._clock.now_ms()))
        for outcome, count in work.outcomes().items():
            metrics.COMMANDS.labels(outcome).inc(count)

    async def _look_ahead(self) -> None:
        """Close a phase that nobody needs any more, and mark a game that is over."""
        sitting = self._sitting
        goes_on = sitting.is_running and not sitting.paused and not sitting.behind
        if goes_on and sitting.is_time_up:
            self._put_close("clock")  # whoever had more time than the others has become ready
        elif goes_on and sitting.is_done:
            self._put_close("room")  # in a turn without commands too: an earlier close may not have been stored
        if sitting.state.game.status == "over" and not self._marked_over:
            self._marked_over = True
            try:
                await self._log.set_state(self.code, "over")
            except StoreUnavailable:
                self._marked_over = False

    # -- telling

    def _flush_when_due(self) -> None:
        now = self._clock.now_ms()
        stale_at = self._board.wants_look_at
        if self._wants_flush:
            due = self._flushed_at + FLUSH_MS
        elif stale_at is not None:
            due = max(stale_at, self._flushed_at + FLUSH_MS)
        else:
            return
        if now >= due:
            self._flush(now)
        elif self._alarm is None or due < self._alarm_at:
            self._silence()
            self._alarm, self._alarm_at = self._clock.call_later(due - now, self._ring), due

    def _ring(self) -> None:
        self._alarm = None
        self.inbox.wake()

    def _silence(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _flush(self, now: int) -> None:
        """Show what has changed, greet who has come, and wake the bots."""
        self._flushed_at = now
        self._wants_flush = False
        shown = self._board.look(now)
        if shown.table or shown.hands or self._lines:
            self._feed.publish(self._sitting.seq, shown.table, shown.hands, self._lines)
            self._lines.clear()
        for arrival in self._arrivals:
            self._audience.greet(arrival, self._board)
        self._arrivals.clear()
        self._wants_flush = self._sitting.dirty.table
        self._bots.look_around()
        self._flush_when_due()

    # -- when things go wrong

    async def _reread(self) -> bool:
        """Make memory again from the store; return whether that was possible."""
        try:
            sitting, answers = await reopen(self._log, self._sitting.row, self._clock)
        except StoreUnavailable:
            return False
        self._must_reread = False
        old_board, old_sitting = self._board, self._sitting
        old_sitting.timer.stop()
        self._bots.stop()
        views = {TABLE, *(presence.view for presence in self._audience)}
        before = {view: old_board.hand(view) for view in views if view != TABLE}
        table = old_board.table()
        sitting.take_over(old_sitting)
        self._adopt(sitting, answers)
        self._audience.seat_again(old_sitting.seats, self._arrivals)
        hands = {view: merge_patch(hand, self._board.hand(view)) for view, hand in before.items()}
        self._feed.publish(sitting.seq, merge_patch(table, self._board.table()), hands, [])
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
        self._audience.turn_all_away(Refused("unavailable", "quarantined"))
        try:
            await self._log.set_state(self.code, "quarantined", self.failure)
        except Exception as second:  # noqa: BLE001  (it stands still already; the store may be why)
            self._logger.warning("quarantine_not_stored", reason=str(second))

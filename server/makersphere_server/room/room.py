"""The centre: one room, one task, one inbox.

People, bots, timers and hosts all come in through the inbox. The room takes all that is queued, decides it
in memory, and stores it in one write; only when that is on disk is anything told: results at once, changes
at most every 50 ms, encoded once for all who see the same. If the store refuses, memory is thrown away and
made again from the log. A bug or a failed invariant stops this room, loudly, and no other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from functools import partial
from typing import Any, Final, Self

import structlog

from makersphere_protocol.errors import Refused
from makersphere_rules import engine
from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.limits import Limits
from makersphere_server.room.commands.asked import Lookups
from makersphere_server.room.commands.broken_rules import why_stopped
from makersphere_server.room.commands.closing import orders_due
from makersphere_server.room.commands.reopening import StoredRoom, reopen
from makersphere_server.room.commands.rewind_and_fork import FoundFork, look_up, needs_store, take_batch
from makersphere_server.room.commands.stored_state import mark_over, mark_quarantined
from makersphere_server.room.device_directory import DeviceDirectory
from makersphere_server.room.handling import LOOKUPS, Handling
from makersphere_server.room.model.batch import NOT_NOW, Batch, turn_away_all
from makersphere_server.room.model.coming_back import has_seen_other
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Enter, HostsOfClass, Inbox, Item, Presence, Sent, TakeAway
from makersphere_server.room.model.live_room import STORE_CLOCK_MS
from makersphere_server.room.model.own_data.wiping import wiped
from makersphere_server.room.model.policies import Policies
from makersphere_server.room.shown.glance import glance
from makersphere_server.room.stand_ins import StandIns
from makersphere_server.room.telling import Telling
from makersphere_server.room.why_desk import WhyDesk
from makersphere_server.storage.event_log import Elsewhere, EventLog, RoomRow, SeqConflict, StoreUnavailable

__all__ = ["Room"]

_RETRY_MS: Final = 1_000  # after the store has refused


class Room:
    """A room that is open: its game in memory, who is connected, and the task that carries it.

    Attributes:
        code: by which people come in.
        inbox: the way in.
        failure: why the room stands still for good, or "".
    """

    def __init__(
        self, log: EventLog, stored: StoredRoom, inbox: Inbox, policies: Policies, found_fork: FoundFork
    ) -> None:
        """Take over a room as it is stored; `open` reads one and lets the room run."""
        live = stored.live
        self.code, self.inbox, self.failure = live.row.room, inbox, ""
        self._log = log
        self._clock: Clock = live.clock
        self._policies = policies
        self._found_fork = found_fork
        self._logger = structlog.get_logger("makersphere.room").bind(room=self.code)
        self._telling = Telling(live, stored.told, inbox)
        self._adopt(stored)
        self._batch: list[Item] = []  # what is being handled, for when that fails
        self._must_reread, self._stopping, self._marked_over = False, False, live.row.state == "over"
        self._is_lost = False  # to another server: nothing is stored or told any more
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, log: EventLog, row: RoomRow, clock: Clock, policies: Policies, limits: Limits, found_fork: FoundFork
    ) -> Self:
        """Read a room from the store and let it run; its time stands still until somebody comes."""
        inbox = Inbox(limits.most_waiting)
        room = cls(log, await reopen(log, row, clock, limits, inbox.wake), inbox, policies, found_fork)
        room._task = asyncio.create_task(room._run(), name=f"room {row.room}")
        room._wake_for_clock()
        return room

    def _adopt(self, stored: StoredRoom) -> None:
        self._live = live = stored.live
        self._stored_seq = live.seq
        self._stand_ins = StandIns(live, self._telling.view, self.inbox, self._policies)
        self._handling = Handling(live, stored.answers, self._stand_ins, self._telling.connections)

    # -- from outside

    def is_idle(self, since_ms: int) -> bool:
        """Return whether nobody has been here since `since_ms`, and nothing waits."""
        here = self._telling.connections
        return here.is_empty and here.left_at < since_ms and not self.inbox.is_waiting

    @property
    def waits_for_store(self) -> bool:
        """Return whether the store has refused this room's last batch, and the room has not been read again since."""
        return self._must_reread and not self.failure

    @property
    def devices(self) -> DeviceDirectory:
        """Return which devices the room knows now."""
        return DeviceDirectory(self._live)

    @property
    def why(self) -> WhyDesk | None:
        """Return where it is told why its game went as it did; None: the room has stopped."""
        return None if self.failure or self._stopping else WhyDesk(self._live, self.inbox)

    def glance(self) -> dict[str, Any]:
        """Return how the room stands, for whoever leads several."""
        return glance(self._live)

    def follow(self, connection: ConnectionPort) -> None:
        """Tell a connection what watchers are told, from the whole table on; it counts as nobody's presence."""
        self._telling.follow(connection)

    async def enter(self, enter: Enter) -> Presence:
        """Let somebody in; returns when the welcome has been sent.

        Raises:
            ProtocolError: why not.
        """
        if self.failure or self._stopping:
            raise Refused("unavailable", "quarantined" if self.failure else "")
        self.inbox.put(enter)
        return await enter.done

    async def finish(self) -> None:
        """Finish the batch that is under way, and store how time stands; but for a room that is lost."""
        self._stopping = True
        self.inbox.wake()
        if self._task is not None:
            await self._task

    def lose(self) -> None:
        """Store and tell nothing any more: another server has the room."""
        self._stopping = self._is_lost = True
        self.inbox.wake()

    def close(self, moved: Refused | None = None) -> None:
        """Let everybody go, or send everybody on to where the room is: what they wait for is answered there."""
        if not self.failure:
            self._turn_away_all_waiting(moved)
        self._telling.connections.close_all(moved)

    def _wake_for_clock(self) -> None:
        """Wake the room every few seconds, so that the time that is left is stored, and shown as it is."""
        if self._task is not None and not self._task.done():
            self._live.tick()
            self._stand_ins.ask_silent()
            self._clock.call_later(STORE_CLOCK_MS, self._wake_for_clock)
            self.inbox.wake()

    # -- the task

    async def _run(self) -> None:
        try:
            while not self._stopping:
                await self.inbox.wait()
                if self.inbox.is_waiting:  # else there is only something to tell, and that need not wait for a write
                    await self._log.next_group(self._telling.pulse.left_ms())
                if not self._is_lost:
                    await self._handle_batch()
            if not (self._must_reread or self._is_lost):  # else memory is not what is stored
                self._live.clock_changed()
                await self._commit(Batch(), [])
        except Exception as error:  # noqa: BLE001  (the task boundary: this room stops, loudly)
            await self._quarantine(error)
        finally:
            self._live.timer.stop()
            self._stand_ins.stop()
            self._telling.pulse.stop()

    async def _handle_batch(self) -> None:
        """Handle all that is waiting: decide, store, tell."""
        items = self._batch = take_batch(self.inbox, self._live)
        alone = needs_store(items, self._live)
        lookups: Lookups | Refused = NOT_NOW
        if not self._must_reread or await self._reread():
            lookups = await look_up(self._log, self._live, items[0], self._found_fork, LOOKUPS) if alone else LOOKUPS
        if isinstance(lookups, Refused):
            self._refuse_all(items, lookups)
            return
        batch = Batch()
        self._handle(items, batch, lookups)
        if alone and batch.has_events:
            self._stand_ins.begin_again()
        if batch.has_events and (broken := engine.invariants(self._live.state)):
            raise AssertionError(broken[0])
        if await self._commit(batch, items):
            if batch.erased:
                await wiped(self._log, self.code, self._clock)
            self._telling.deliver(batch)
            if batch.erased:
                self._telling.forget(batch.erased)
                self._must_reread = not await self._reread()  # the rest of memory still has them
            for order in orders_due(self._live):  # a phase that nobody needs any more, once stand-ins have played it
                self.inbox.put(order)
            if not self._marked_over and self._live.state.game.status == "over":
                self._marked_over = await mark_over(self._log, self.code)
            while self._telling.flush_when_due():
                self._stand_ins.look_around()
        if self._stand_ins.error is not None:
            raise self._stand_ins.error

    def _handle(self, items: Iterable[Item], batch: Batch, lookups: Lookups = LOOKUPS) -> None:
        for item in items:
            self._handling.handle(item, batch, lookups, is_empty_now=not self._telling.arrivals)
        self._telling.pulse.is_wanted |= batch.has_bots  # they are asked again only after something was told

    async def _commit(self, batch: Batch, items: list[Item]) -> bool:
        """Make a batch durable; where the store refuses, nothing has happened."""
        private = {**batch.private, **self._live.unstored()}
        if not batch.records and not private:
            return True
        started = time.perf_counter()
        try:
            await self._log.append(self.code, self._stored_seq, batch.records, private)
        except Elsewhere:
            self.lose()  # whoever waits for an answer gets it where the room is
            return False
        except (StoreUnavailable, SeqConflict) as error:
            self._logger.error("store_refused", reason=str(error), commands=len(batch.records))  # noqa: TRY400
            metrics.STORE_REFUSALS.inc()
            self._must_reread = True
            self._live.asks_in.put_back(batch.wishes)
            readers = [item for item in items if isinstance(item, Enter) and item.only_reads]
            self._refuse_all(item for item in items if item not in readers)
            await self._let_readers_in(readers)
            return False
        self._stored_seq = self._live.seq
        metrics.COMMITS.observe(time.perf_counter() - started)
        if batch.records:
            metrics.BATCHES.observe(len(batch.records))
        return True

    async def _let_readers_in(self, readers: list[Enter]) -> None:
        """Let people in who only read, although nothing can be stored now; the next write stores that they came.

        Whoever has seen another history of the room waits: that they have must be stored before they are told of it.
        """
        if not readers or not await self._reread():  # memory is not what is stored, and nobody may be told of it
            self._refuse_all(readers)
            return
        batch = Batch()
        waiting = [enter for enter in readers if has_seen_other(self._live, enter.frame)]
        for enter in readers:
            if enter not in waiting:
                self._handling.let_in(enter, batch)
        self._refuse_all(waiting)
        self._telling.deliver(batch)
        self._telling.flush(self._clock.now_ms())  # at once: the next turn may find the store as it is now
        self._stand_ins.look_around()

    def _refuse_all(self, items: Iterable[Item], why: Refused = NOT_NOW, moved: Refused | None = None) -> None:
        refused = list(items)
        self._handle(turn_away_all(refused, self._clock.wall_ms(), why, moved), Batch())
        for item in (one for one in refused if isinstance(one, HostsOfClass)):
            self._clock.call_later(_RETRY_MS, partial(self.inbox.put, item))
        self._clock.call_later(_RETRY_MS, self.inbox.wake)

    # -- when things go wrong

    async def _reread(self) -> bool:
        """Make memory again from the store; return whether that was possible."""
        older = self._live
        try:
            stored = await reopen(self._log, older.row, self._clock, older.limits, self.inbox.wake)
        except StoreUnavailable:
            return False
        self._must_reread = False
        older.timer.stop()
        self._stand_ins.stop()
        stored.live.take_over(older)
        self._telling.adopt(stored.live)
        self._adopt(stored)
        return True

    def _turn_away_all_waiting(self, moved: Refused | None = None) -> None:
        """Refuse everything that waits, and everybody who has not been greeted."""
        while self.inbox.is_waiting:
            self._refuse_all(self.inbox.take(), moved=moved)
        begun = (*self._batch, *(arrival.enter for arrival in self._telling.arrivals))
        self._refuse_all((item for item in begun if isinstance(item, Enter | Sent | TakeAway)), moved=moved)

    async def _quarantine(self, error: Exception) -> None:
        self.failure = f"{type(error).__name__}: {error}"
        self._logger.error("room_stopped", seq=self._stored_seq, exc_info=error)
        self._turn_away_all_waiting()
        self._telling.connections.turn_all_away(why_stopped(error, self._live.state.scenario))
        await mark_quarantined(self._log, self.code, self.failure)

"""The rooms that are in memory: read from the store when somebody comes, put away when nobody has been there for long.

Those whose phase ends at a date are read again when it has come, although nobody does: one after the other, and never
so many that people find no space. Answers a room by its code. A room that cannot be opened touches no other: why is
kept for whoever runs the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping

import attrs
import structlog

from makersphere_protocol.errors import Refused
from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.codes import tidy_code
from makersphere_server.lobby import leaving
from makersphere_server.lobby.cannot_open import forget_why, keep_why
from makersphere_server.lobby.space import Space
from makersphere_server.room.commands.founded_rules import RulesMissing
from makersphere_server.room.commands.rewind_and_fork import FoundFork
from makersphere_server.room.model.policies import Policies
from makersphere_server.room.model.standing import PhaseTime, Standing
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import Elsewhere, EventLog, RoomRow, StoreUnavailable

__all__ = ["OpenRooms"]

_SWEEP_MS = 60_000
_AFTER_DATE_MS = 2 * _SWEEP_MS  # for the bots; a room that was read for its date alone makes space for the next then

_log = structlog.get_logger("makersphere.lobby")


class OpenRooms:
    """The rooms of a server that are in memory, being opened, or being put away."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        policies: Policies,
        settings: Settings,
        rows: dict[str, RoomRow],
        fork: FoundFork,
        lose: Callable[[Collection[str]], object],
    ) -> None:
        """Prepare.

        Args:
            log: the store.
            clock: what time it is.
            policies: who plays the seats that no person plays.
            settings: of the server.
            rows: all rooms of the store by code, shared with the lobby: who cannot be opened stands there.
            fork: founds a room that goes on from another one.
            lose: knows rooms no more that turn out to be another server's.
        """
        self._log, self._clock, self._policies, self._settings = log, clock, policies, settings
        self._rows = rows
        self._fork, self._lose = fork, lose
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._putting_away: dict[str, asyncio.Task[None]] = {}
        self._followers: list[Callable[[Room], None]] = []
        self._reading: asyncio.Task[None] | None = None  # because their date has come
        self._for_date: set[str] = set()  # the rooms that were read for that
        self._due_ms: dict[str, int] = {}  # the dates of the rooms that are not in memory
        self._is_sweeping = False
        self._refusal: Refused | None = None  # of a server that stops
        self._lacks: dict[str, Refused] = {}  # what rooms are told whose rules are not all here
        self.space = Space(settings, lambda: len(self._rooms) + len(self._opening), lambda: len(rows))

    def __iter__(self) -> Iterator[Room]:
        """Yield the rooms that are in memory."""
        return iter(self._rooms.values())

    def get(self, code: str) -> Room | None:
        """Return a room that is in memory, or None."""
        return self._rooms.get(code)

    def follow(self, opened: Callable[[Room], None]) -> None:
        """Have each room handed over that is opened from now on, before anybody is let into it."""
        self._followers.append(opened)

    def note_stored(self, code: str, private: Mapping[str, bytes]) -> None:
        """Note the date that a room which is put away waits for, by its private values."""
        due_ms = PhaseTime.stored(private).due_ms
        if due_ms and not Standing.stored(private).is_still:
            self._due_ms[code] = due_ms

    def is_in_use(self, code: str) -> bool:
        """Return whether a room is in memory, being opened, or being put away."""
        return code in self._rooms or code in self._opening or code in self._putting_away

    async def find(self, typed: str) -> Room:
        """Return a room by its code as people type it, read from the store if it is not in memory.

        Raises:
            Refused: there is none, or nobody can come in.
        """
        code = tidy_code(typed)
        if code not in self._rows or self._rows[code].is_class:
            raise Refused("no_such_room", field="room")
        if code in self._putting_away:
            await asyncio.wait([self._putting_away[code]])
            return await self.find(code)  # another server may have it by now
        room = self._rooms.get(code)
        if room is not None and not room.failure:
            return room
        state = self._rows[code].state
        if state == "quarantined" or (room is not None and room.failure):
            raise self._lacks.get(code, Refused("unavailable", "quarantined"))
        if state == "closed":
            raise Refused("joining_closed", "room_closed")
        if self._refusal is not None:
            raise self._refusal
        task = self._opening.get(code)
        if task is None:
            self.space.check_memory()
            task = self._opening[code] = asyncio.create_task(self._open(code))
        try:
            return await asyncio.shield(task)
        except Elsewhere as error:
            self._lose({code})  # so whoever comes next is sent on
            raise Refused("unavailable", retry_after=1) from error

    async def _open(self, code: str) -> Room:
        try:
            row = self._rows[code]
            room = await Room.open(self._log, row, self._clock, self._policies, self._settings, self._fork)
        except Elsewhere:
            raise
        except StoreUnavailable as error:
            raise Refused("unavailable") from error
        except RulesMissing as missing:  # the room is whole, and waits for what is to be installed
            _log.error("rules_missing", room=code, reason=str(missing))
            self._rows[code] = await keep_why(self._log, self._rows[code], missing)
            names = ", ".join(one.name for one in missing.missing)
            self._lacks[code] = Refused("unavailable", "rules_missing", module=names)
            raise self._lacks[code] from missing
        except Exception as error:  # a boundary: what goes wrong in this room is said loudly and touches no other
            _log.exception("room_not_opened", room=code)
            self._rows[code] = await keep_why(self._log, self._rows[code], error)
            raise Refused("unavailable", "quarantined") from error
        finally:
            del self._opening[code]
        self._rooms[code] = room
        for follow in self._followers:
            follow(room)
        self._rows[code] = await forget_why(self._log, row)
        metrics.ROOMS.labels("open").set(len(self._rooms))
        return room

    # -- putting away

    def start(self) -> None:
        """Put away, every minute, the rooms that have been empty for long."""
        self._is_sweeping = True
        self._sweep()

    def refuse(self) -> None:
        """Open no room any more."""
        self._is_sweeping, self._refusal = False, Refused("unavailable")
        for task in [*self._opening.values(), *([self._reading] if self._reading else [])]:
            task.cancel()

    async def finish(self) -> None:
        """Let every room finish what it has begun."""
        finishing = [leaving.finish(code, room) for code, room in self._rooms.items()]
        await asyncio.gather(*finishing, *self._putting_away.values(), return_exceptions=True)

    def close(self, moved: Refused | None = None) -> None:
        """Close every connection, or send everybody on to the server that has the rooms now."""
        self._refusal = moved or self._refusal
        for code, room in self._rooms.items():
            leaving.close(code, room, moved)
        self._rooms.clear()

    def lose(self, codes: Collection[str]) -> dict[str, Room]:
        """Have rooms here no more; return those that were in memory, of which nothing is stored or told from now on."""
        for code in codes:
            self._due_ms.pop(code, None)
            self._for_date.discard(code)
            if code in self._opening:
                self._opening[code].cancel()
        lost = {code: self._rooms.pop(code) for code in codes if code in self._rooms}
        for room in lost.values():
            room.lose()
        metrics.ROOMS.labels("open").set(len(self._rooms))
        return lost

    def _sweep(self) -> None:
        """Put away the rooms that have been empty since the last sweep, and those that have stopped."""
        if not self._is_sweeping:
            return
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_due(), name="dates")
        now, idle_ms = self._clock.now_ms(), int(self._settings.idle_s * 1000)
        for code, room in list(self._rooms.items()):
            may_be_idle_ms = min(idle_ms, _AFTER_DATE_MS) if code in self._for_date else idle_ms
            if room.failure or room.is_idle(now - may_be_idle_ms):
                self._for_date.discard(code)
                del self._rooms[code]
                self._putting_away[code] = asyncio.create_task(self._put_away(code, room))
        self._clock.call_later(_SWEEP_MS, self._sweep)

    async def _read_due(self) -> None:
        """Read the rooms whose date has come; what cannot be read now is tried again at the next sweep."""
        now, most = self._clock.wall_ms(), self._settings.most_rooms
        for due_ms, code in sorted((due_ms, code) for code, due_ms in self._due_ms.items()):
            if due_ms > now or len(self._rooms) + len(self._opening) >= most - most // 4:
                return
            if code not in self._rows or code in self._rooms:
                self._due_ms.pop(code, None)
            else:
                await self._read(code)

    async def _read(self, code: str) -> None:
        try:
            await self.find(code)
            self._for_date.add(code)
        except Refused as refused:
            _log.warning("room_not_read_at_its_date", room=code, reason=refused.text or refused.code)
            if code not in self._rows or self._rows[code].state in ("quarantined", "closed"):
                self._due_ms.pop(code, None)

    async def _put_away(self, code: str, room: Room) -> None:
        try:
            await leaving.let_go(code, room)
            self._note_put_away(code, room)
        finally:
            del self._putting_away[code]
            metrics.ROOMS.labels("open").set(len(self._rooms))

    def _note_put_away(self, code: str, room: Room) -> None:
        """Remember what there is to know of a room that is in memory no more."""
        if code not in self._rows:
            pass  # another server has it by now
        elif room.failure:  # for good: whoever comes next is not to open it again
            self._rows[code] = attrs.evolve(self._rows[code], state="quarantined", reason=room.failure)
        elif room.glance()["status"] == "over":
            self._rows[code] = attrs.evolve(self._rows[code], state="over")
        clock = room.glance().get("clock", {})
        if clock.get("dated") and not clock.get("paused"):
            self._due_ms[code] = clock["deadline"]
        else:
            self._due_ms.pop(code, None)  # a paused one has no date to be read at until somebody lets it go on

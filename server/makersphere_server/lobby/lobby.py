"""The centre: where rooms are found and opened.

Answers the first frame of a connection with a room and a presence in it. A room is read from the store when somebody
comes, and put away when nobody has been there for long. Nothing is made for a code that does not exist. How a room is
founded stands in `founding.py`, how often somebody may try to come in, in `entry_limits.py`, how long rooms are kept in
`retention.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, assert_never

import attrs
import structlog

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import ClientFrame, Command, Create, Join, Preview, Resume, Watch
from makersphere_rules.scenario import Scenario
from makersphere_rules.shipped import scenario
from makersphere_server import metrics
from makersphere_server.afterwards.downloads import KeptRoom, kept_room
from makersphere_server.clock import Clock
from makersphere_server.codes import new_token, tidy_code, token_id
from makersphere_server.limits import Limits
from makersphere_server.lobby.cannot_open import forget_why, keep_why
from makersphere_server.lobby.entry_limits import EntryLimits
from makersphere_server.lobby.founding import Founding
from makersphere_server.lobby.pacing import Pacing
from makersphere_server.lobby.retention import Retention
from makersphere_server.room.commands.fork import OtherRules, found_fork
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Enter, Presence
from makersphere_server.room.model.live_room import LiveRoom, RoomSettings
from makersphere_server.room.model.log.timeline import Start
from makersphere_server.room.model.policies import Policies
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import Damaged, EventLog, RoomRow, StoreUnavailable

__all__ = ["Lobby"]

_FULL_RETRY_S: Final = 60  # empty rooms are put away by the minute

_log = structlog.get_logger("makersphere.lobby")


class Lobby:
    """All rooms of a server."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        policies: Policies,
        settings: Settings,
        find_scenario: Callable[[str], Scenario] = scenario,
    ) -> None:
        """Prepare; `start` reads which rooms there are.

        Args:
            log: the store.
            clock: what time it is.
            policies: who plays the seats that no person plays.
            settings: of the server.
            find_scenario: finds a scenario by name; a KeyError says that there is none.
        """
        self._log = log
        self._clock = clock
        self._policies = policies
        self._settings = settings
        self._rows: dict[str, RoomRow] = {}
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._entry_limits = EntryLimits(clock, settings)
        self._putting_away: dict[str, asyncio.Task[None]] = {}
        self._founding = Founding(log, clock, settings, find_scenario, self._check_space)
        self._retention = Retention(log, clock, settings.keep_days, self._idle_rows, self._erase)
        self._followers: list[Callable[[Room], None]] = []
        self.pacing = Pacing(settings, is_lab=settings.lab)
        self.is_open = False

    @property
    def is_ready(self) -> bool:
        """Return whether rooms can be entered and played: open, and the store takes what comes."""
        return self.is_open and not any(room.waits_for_store for room in self._rooms.values())

    @property
    def stopped_rooms(self) -> int:
        """Return how many rooms cannot go on, because their history is not what was acknowledged."""
        return sum(row.state == "quarantined" for row in self._rows.values())

    async def start(self) -> None:
        """Learn which rooms the store has."""
        for row in await self._log.rooms():
            self._rows[row.room] = row
            if row.state != "quarantined":
                try:
                    private = await self._log.privates(row.room)
                except Damaged as damage:
                    self._rows[row.room] = attrs.evolve(row, state="quarantined", reason=str(damage))
                else:
                    self._founding.remember(row.room, RoomSettings.stored(private))
        self.is_open = True
        self._entry_limits.load.start()
        self._sweep()
        self._retention.start()
        _log.info("rooms_found", rooms=len(self._rows))

    async def stop(self) -> None:
        """Let every room finish what it has begun, then close every connection."""
        self.is_open = False
        self._entry_limits.load.stop()
        for task in list(self._opening.values()):
            task.cancel()
        await self._retention.stop()
        stopping = [room.stop() for room in self._rooms.values()]
        await asyncio.gather(*stopping, *self._putting_away.values(), return_exceptions=True)
        self._rooms.clear()

    def follow_rooms(self, opened: Callable[[Room], None]) -> None:
        """Have each room handed over that is opened from now on, before anybody is let into it."""
        self._followers.append(opened)

    # -- coming in

    async def enter(self, frame: ClientFrame, connection: ConnectionPort) -> tuple[Room, Presence]:
        """Answer a first frame.

        Raises:
            ProtocolError: why not.
        """
        if not self.is_open:
            raise Refused("unavailable")
        address = connection.address
        self._entry_limits.admit(frame, address, len(self._rows))
        try:
            return await self._answer(frame, connection)
        except ProtocolError as error:
            raise await self._entry_limits.failed(error, frame, address, len(self._rows)) from None

    async def _answer(self, frame: ClientFrame, connection: ConnectionPort) -> tuple[Room, Presence]:
        match frame:
            case Create():
                return await self._create(frame, connection)
            case Join() | Resume() | Watch():
                room = await self._find(frame.room)
                return room, await room.enter(Enter(frame=frame, connection=connection, done=_future()))
            case Command() | Preview():
                raise Refused("bad_frame")
        assert_never(frame)

    async def _find(self, typed: str) -> Room:
        code = tidy_code(typed)
        if code not in self._rows:
            raise Refused("no_such_room", field="room")
        if code in self._putting_away:
            await asyncio.wait([self._putting_away[code]])
        room = self._rooms.get(code)
        if room is not None and not room.failure:
            return room
        state = self._rows[code].state
        if state == "quarantined" or (room is not None and room.failure):
            raise Refused("unavailable", "quarantined")
        if state == "closed":
            raise Refused("joining_closed", "room_closed")
        task = self._opening.get(code)
        if task is None:
            self._check_space_in_memory()
            task = self._opening[code] = asyncio.create_task(self._open(code))
        return await asyncio.shield(task)

    async def _open(self, code: str) -> Room:
        try:
            row = self._rows[code]
            room = await Room.open(self._log, row, self._clock, self._policies, self._settings, self._fork)
        except StoreUnavailable as error:
            raise Refused("unavailable") from error
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

    async def kept_room(self, room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        """Return what the store has of a room, open or not, to one of its hosts, or to anyone who may watch it.

        Raises:
            ProtocolError: why not.
        """
        if not self.is_open:
            raise Refused("unavailable")
        try:
            row = self._rows.get(tidy_code(room))
            return await kept_room(self._log, row, token_id(token) if token else "", anyone=anyone)
        except ProtocolError as error:
            knock = Resume(room, host_token=token)
            raise await self._entry_limits.failed(error, knock, address, len(self._rows)) from None

    # -- opening a room

    async def _fork(self, origin: LiveRoom, start: Start, rules: OtherRules, key: str) -> str:
        """Found a room that goes on from a start in another one; return its code, or "" if there is no such start."""
        self._check_space_in_store()
        row = await found_fork(self._log, origin, start, rules, key)
        if row is None:
            return ""
        self._rows[row.room] = row
        _log.info("room_forked", room=row.room, origin=origin.row.room)
        return row.room

    async def _create(self, frame: Create, connection: ConnectionPort) -> tuple[Room, Presence]:
        token = new_token()
        code, row = await self._founding.found(frame, token)
        if row is not None:
            self._rows[code] = row
        room = await self._find(code)
        enter = Enter(
            frame=Resume(code, host_token=token),
            connection=connection,
            done=_future(),
            host_token=token,
            renews_founder=row is None,
        )
        return room, await room.enter(enter)

    # -- keeping order

    @property
    def limits(self) -> Limits:
        """Return the server's bounds."""
        return self._settings

    def _sweep(self) -> None:
        """Put away the rooms that have been empty since the last sweep, and those that have stopped."""
        if not self.is_open:
            return
        for code, room in list(self._rooms.items()):
            if room.failure or room.is_idle(self._clock.now_ms() - int(self._settings.idle_s * 1000)):
                del self._rooms[code]
                self._putting_away[code] = asyncio.create_task(self._put_away(code, room))
        self._clock.call_later(60_000, self._sweep)

    async def _put_away(self, code: str, room: Room) -> None:
        await room.stop()
        if room.failure:  # for good: whoever comes next is not to open it again
            self._rows[code] = attrs.evolve(self._rows[code], state="quarantined", reason=room.failure)
        del self._putting_away[code]
        metrics.ROOMS.labels("open").set(len(self._rooms))

    def _check_space(self) -> None:
        self._check_space_in_memory()
        self._check_space_in_store()

    def _check_space_in_memory(self) -> None:
        if len(self._rooms) + len(self._opening) >= self._settings.most_rooms:
            raise _full("most_rooms")

    def _check_space_in_store(self) -> None:
        if len(self._rows) >= self._settings.most_kept_rooms:
            raise _full("most_kept_rooms")

    def _idle_rows(self) -> list[RoomRow]:
        return [row for code, row in self._rows.items() if not self._is_in_use(code)]

    def _is_in_use(self, code: str) -> bool:
        return code in self._rooms or code in self._opening or code in self._putting_away

    async def _erase(self, code: str) -> bool:
        """Erase a room for good, unless somebody is in it; return whether it is erased."""
        if not self.is_open or self._is_in_use(code):
            return False
        row = self._rows.pop(code)  # first: from now on nobody finds it
        try:
            await self._log.erase(code)
        except Exception:
            self._rows[code] = row
            raise
        self._founding.forget(code)
        metrics.ROOMS_ERASED.inc()
        _log.info("room_erased", room=code)
        return True


def _future() -> asyncio.Future[Presence]:
    return asyncio.get_running_loop().create_future()


def _full(bound: str) -> Refused:
    metrics.LIMITED.labels(bound).inc()
    return Refused("unavailable", "busy", retry_after=_FULL_RETRY_S)

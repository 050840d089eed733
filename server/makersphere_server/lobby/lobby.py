"""The centre: where rooms are found and opened.

Answers the first frame of a connection with a room and a presence in it. A room is read from the store when somebody
comes, and put away when nobody has been there for long. Nothing is made for a code that does not exist. How a room is
founded stands in `founding.py`, how often somebody may try to come in, in `entry_limits.py`, how long rooms are kept in
`retention.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import assert_never

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
from makersphere_server.lobby.class_port import ClassesPort, Place
from makersphere_server.lobby.entry_limits import EntryLimits
from makersphere_server.lobby.founding import Founding
from makersphere_server.lobby.open_rooms import OpenRooms
from makersphere_server.lobby.pacing import Pacing
from makersphere_server.lobby.retention import Retention
from makersphere_server.room.commands.fork import OtherRules, found_fork
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Enter, Presence
from makersphere_server.room.model.live_room import LiveRoom, RoomSettings
from makersphere_server.room.model.log.timeline import Start
from makersphere_server.room.model.own_data.wiping import WIPING_KEY, wiped
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.policies import Policies
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import Damaged, EventLog, RoomRow

__all__ = ["Lobby"]

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
        self._settings = settings
        self._rows: dict[str, RoomRow] = {}
        self.open_rooms = OpenRooms(log, clock, policies, settings, self._rows, self._fork)
        self._entry_limits = EntryLimits(clock, settings)
        self.founding = Founding(log, clock, settings, find_scenario, self.open_rooms.space.check)
        self._retention = Retention(log, clock, settings.keep_days, self._idle_rows, self._erase)
        self._classes: ClassesPort | None = None
        self.pacing = Pacing(settings, is_lab=settings.lab)
        self.is_open = False

    @property
    def is_ready(self) -> bool:
        """Return whether rooms can be entered and played: open, and the store takes what comes."""
        return self.is_open and not any(room.waits_for_store for room in self.open_rooms)

    @property
    def stopped_rooms(self) -> int:
        """Return how many rooms cannot go on, because their history is not what was acknowledged."""
        return sum(row.state == "quarantined" for row in self._rows.values())

    async def start(self) -> None:
        """Learn which rooms the store has."""
        to_wipe: list[str] = []
        for row in await self._log.rooms():
            self._rows[row.room] = row
            if row.state != "quarantined":
                try:
                    private = await self._log.privates(row.room)
                except Damaged as damage:
                    self._rows[row.room] = attrs.evolve(row, state="quarantined", reason=str(damage))
                else:
                    self._remember(row, private)
                    to_wipe += [row.room] if WIPING_KEY in private else []  # the server was killed before it had
        await asyncio.gather(*(wiped(self._log, room, self._clock) for room in to_wipe))
        self.is_open = True
        self._entry_limits.load.start()
        self.open_rooms.start()
        self._retention.start()
        _log.info("rooms_found", rooms=len(self._rows))

    def _remember(self, row: RoomRow, private: Mapping[str, bytes]) -> None:
        """Remember by which create frame a room or a class was founded."""
        if not row.is_class:
            self.founding.remember(row.room, RoomSettings.stored(private))
            self.open_rooms.note_stored(row.room, private)
        elif self._classes is not None:
            self._classes.remember(row, private)

    async def stop(self) -> None:
        """Let every room finish what it has begun, then close every connection."""
        self.is_open = False
        self._entry_limits.load.stop()
        if self._classes is not None:
            await self._classes.stop()
        self.open_rooms.refuse()
        await self._retention.stop()
        await self.open_rooms.stop()

    def follow_rooms(self, opened: Callable[[Room], None]) -> None:
        """Have each room handed over that is opened from now on, before anybody is let into it."""
        self.open_rooms.follow(opened)

    def take_classes(self, classes: ClassesPort) -> None:
        """Have classes opened and entered by somebody who knows them; before `start`."""
        self._classes = classes

    # -- coming in

    async def enter(self, frame: ClientFrame, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Answer a first frame.

        Raises:
            ProtocolError: why not.
        """
        if not self.is_open:
            raise Refused("unavailable")
        address = connection.address
        self._entry_limits.admit(frame, address, len(self._rows))
        try:
            found = await self._answer(frame, connection)
        except ProtocolError as error:
            raise await self._entry_limits.failed(error, frame, address, len(self._rows)) from None
        self._entry_limits.succeeded(frame, address, len(self._rows))
        return found

    async def _answer(self, frame: ClientFrame, connection: ConnectionPort) -> tuple[Place, Presence]:
        match frame:
            case Create():
                if frame.class_ is not None and self._classes is not None:
                    return await self._classes.create(frame, connection)
                return await self._create(frame, connection)
            case Join() | Resume() | Watch():
                row = self._rows.get(tidy_code(frame.room))
                if row is not None and row.is_class and self._classes is not None:
                    return await self._classes.enter(row, frame, connection)
                room = await self.open_rooms.find(frame.room)
                return room, await room.enter(Enter(frame=frame, connection=connection, done=asyncio.Future()))
            case Command() | Preview():
                raise Refused("bad_frame")
        assert_never(frame)

    async def kept_room(self, room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        """Return what the store has of a room, open or not, to one of its hosts, or to anyone who may watch it.

        Raises:
            ProtocolError: why not.
        """
        return await self._kept(room, token, address, anyone=anyone, is_class=False)

    async def kept_class(self, room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        """Return what the store has of a class, to one of its hosts, or to anyone who may watch it.

        Raises:
            ProtocolError: why not.
        """
        return await self._kept(room, token, address, anyone=anyone, is_class=True)

    async def _kept(self, room: str, token: str, address: str | None, *, anyone: bool, is_class: bool) -> KeptRoom:
        if not self.is_open:
            raise Refused("unavailable")
        try:
            row = self._rows.get(tidy_code(room))
            row = row if row is not None and row.is_class is is_class else None  # a class has no game to be told
            return await kept_room(self._log, row, token_id(token) if token else "", anyone=anyone)
        except ProtocolError as error:
            knock = Resume(room, host_token=token)
            raise await self._entry_limits.failed(error, knock, address, len(self._rows)) from None

    def is_class(self, code: str) -> bool:
        """Return whether a code is that of a class."""
        row = self._rows.get(tidy_code(code))
        return row is not None and row.is_class

    def goes_on(self, code: str) -> bool:
        """Return whether a room is known to be played at this moment; the store is not asked."""
        room = self.open_rooms.get(code)
        return room is not None and room.glance()["status"] == "running"

    def state_of(self, code: str) -> str:
        """Return how a room stands in the store, or "" where there is none any more."""
        return self._rows[code].state if code in self._rows else ""

    def row(self, code: str) -> RoomRow:
        """Return the row of a room or a class that there is."""
        return self._rows[code]

    # -- opening a room

    async def found_table(self, frame: Create, hosts: Hosts, of_class: str, table: int) -> str:
        """Found a room that is a table of a class, by its number there; return its code.

        Raises:
            Refused: why there is no such room.
        """
        row = await self.founding.for_class(frame, hosts, of_class, table)
        self._rows[row.room] = row
        return row.room

    def check_tables(self, more: int) -> None:
        """See that a class may open so many tables more.

        Raises:
            Refused: there is no space for them, or they are too many in so short a time.
        """
        self.open_rooms.space.check_store(more)
        self._entry_limits.charge(more)

    def add_class(self, row: RoomRow) -> None:
        """Take note of a class that has been founded."""
        self._rows[row.room] = row

    async def _fork(self, origin: LiveRoom, start: Start, rules: OtherRules, key: str) -> str:
        """Found a room that goes on from a start in another one; return its code, or "" if there is no such start."""
        self.open_rooms.space.check_store()
        row = await found_fork(self._log, origin, start, rules, key)
        if row is None:
            return ""
        self._rows[row.room] = row
        _log.info("room_forked", room=row.room, origin=origin.row.room)
        return row.room

    async def _create(self, frame: Create, connection: ConnectionPort) -> tuple[Room, Presence]:
        token = new_token()
        code, row = await self.founding.found(frame, token)
        if row is not None:
            self._rows[code] = row
        room = await self.open_rooms.find(code)
        enter = Enter(
            frame=Resume(code, host_token=token),
            connection=connection,
            done=asyncio.Future(),
            host_token=token,
            renews_founder=row is None,
        )
        return room, await room.enter(enter)

    @property
    def limits(self) -> Limits:
        """Return the server's bounds."""
        return self._settings

    def _idle_rows(self) -> list[RoomRow]:
        return [row for code, row in self._rows.items() if not self._is_in_use(code)]

    def _is_in_use(self, code: str) -> bool:
        is_kept = self._classes is not None and self._rows[code].is_class and self._classes.is_kept(code)
        return is_kept or self.open_rooms.is_in_use(code)

    async def _erase(self, code: str) -> bool:
        """Erase a room for good, unless somebody is in it; return whether it is erased."""
        if not self.is_open or self._is_in_use(code):
            return False
        row = self._rows.pop(code)  # first: from now on nobody finds it
        try:
            await self._log.erase(code)
        except KeyError:
            pass  # it went the last time: the store was cut off before it could say so
        except Exception:
            self._rows[code] = row
            raise
        self.founding.forget(code)
        if self._classes is not None:
            self._classes.forget(code)
        metrics.ROOMS_ERASED.inc()
        _log.info("room_erased", room=code)
        return True

"""The centre: where rooms are found and opened.

Answers the first frame of a connection with a room and a presence in it. A room is read from the store when somebody
comes, and put away when nobody has been there for long. Nothing is made for a code that does not exist. How a room is
founded stands in `founding.py`, how often somebody may try to come in, in `entry_limits.py`, how long rooms are kept in
`retention.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import assert_never

import structlog

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import ClientFrame, Command, Create, Join, Preview, Resume, Watch
from makersphere_rules.scenario import Scenario
from makersphere_rules.shipped import scenario
from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.codes import new_token, tidy_code
from makersphere_server.limits import Limits
from makersphere_server.lobby.class_port import ClassesPort, Place
from makersphere_server.lobby.entry_limits import EntryLimits
from makersphere_server.lobby.founding import Founding
from makersphere_server.lobby.kept_rooms import KeptRooms
from makersphere_server.lobby.learning import Learning
from makersphere_server.lobby.leaving import Leaving
from makersphere_server.lobby.open_rooms import OpenRooms
from makersphere_server.lobby.pacing import Pacing
from makersphere_server.lobby.retention import Retention
from makersphere_server.lobby.sharing import Sharing
from makersphere_server.room.commands.fork import OtherRules, found_fork
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Enter, Presence
from makersphere_server.room.model.live_room import LiveRoom, RoomSettings
from makersphere_server.room.model.log.timeline import Start
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.policies import Policies
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import EventLog, RoomRow

__all__ = ["Lobby"]

_log = structlog.get_logger("makersphere.lobby")


class Lobby:
    """All rooms of a server.

    Attributes:
        sharing: how it stands with servers that share its store; whoever has it alone asks nobody.
    """

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
        self._log, self._clock, self._settings = log, clock, settings
        self._rows: dict[str, RoomRow] = {}
        self.open_rooms = OpenRooms(log, clock, policies, settings, self._rows, self._fork, self.lose)
        self._learning = Learning(log, clock)
        self._entry_limits = EntryLimits(clock, settings, lambda: max(len(self._rows), self.sharing.in_all))
        self.sharing = sharing = Sharing(log, self, clock)
        self.founding = Founding(log, clock, settings, find_scenario, self.open_rooms.space.check, sharing.find_founded)
        self._kept = KeptRooms(log, self._rows, self._entry_limits, lambda: self.is_open, sharing.fetch)
        self.kept_room, self.kept_class = self._kept.room, self._kept.class_
        self._retention = Retention(log, clock, settings.keep_days, self._idle_rows, self._erase)
        self._classes: ClassesPort | None = None
        self.pacing, self.is_open = Pacing(settings, is_lab=settings.lab), False

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
        await self.learn(await self._log.rooms())
        self.is_open = True
        self._entry_limits.load.start()
        self.open_rooms.start()
        self._retention.start()
        self.sharing.start()
        _log.info("rooms_found", rooms=len(self._rows))

    async def learn(self, rows: Iterable[RoomRow]) -> None:
        """Have rooms among those of this server that the store has, all at once: a class and its tables."""
        found = await self._learning.read(rows)
        for row, private in found:
            self._rows[row.room] = row
            if private is not None:
                self._remember(row, private)
        await self._learning.wipe_what_was_left(found)

    def __contains__(self, code: str) -> bool:
        """Return whether a room or a class is among those of this server."""
        return code in self._rows

    def lose(self, codes: Collection[str]) -> dict[str, Leaving]:
        """Know rooms no more that another server has; return by code what was in memory, which tells nothing now."""
        self._learning.lose(codes)
        gone = {code: self._rows.pop(code) for code in codes if code in self._rows}
        self.founding.forget(gone)
        left: dict[str, Leaving] = {**self.open_rooms.lose(codes)}
        return left if self._classes is None else left | self._classes.lose(gone)

    def lose_all(self) -> dict[str, Leaving]:
        """Know no room any more, and let nobody in: another server has all that this one has worked with."""
        self.is_open = False
        return self.lose([*self._rows])

    def _remember(self, row: RoomRow, private: Mapping[str, bytes]) -> None:
        """Remember by which create frame a room or a class was founded."""
        if not row.is_class:
            self.founding.remember(row.room, RoomSettings.stored(private))
            self.open_rooms.note_stored(row.room, private)
        elif self._classes is not None:
            self._classes.remember(row, private)

    async def stop(self) -> None:
        """Let every room finish what it has begun, hand it over if somebody takes it, then close every connection."""
        self.is_open = False
        self._entry_limits.load.stop()
        await self.sharing.stop()
        if self._classes is not None:
            await self._classes.finish()
        self.open_rooms.refuse()
        await self._retention.stop()
        await self.open_rooms.finish()
        moved = await self.sharing.hand_over()
        if self._classes is not None:
            self._classes.close(moved)
        self.open_rooms.close(moved)

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
            raise self.sharing.sends_on or Refused("unavailable")
        address = connection.address
        self._entry_limits.admit(frame, address)
        try:
            found = await self._answer(frame, connection)
        except ProtocolError as error:
            raise await self._entry_limits.failed(error, frame, address) from None
        self._entry_limits.succeeded(frame, address)
        return found

    async def _answer(self, frame: ClientFrame, connection: ConnectionPort) -> tuple[Place, Presence]:
        match frame:
            case Create():
                if frame.class_ is not None and self._classes is not None:
                    return await self._classes.create(frame, connection)
                return await self._create(frame, connection)
            case Join() | Resume() | Watch():
                code = tidy_code(frame.room)
                await self.sharing.fetch(code, lambda: self._entry_limits.check_guess(frame, connection.address))
                row = self._rows.get(code)
                if row is not None and row.is_class and self._classes is not None:
                    return await self._classes.enter(row, frame, connection)
                room = await self.open_rooms.find(frame.room)
                return room, await room.enter(Enter(frame=frame, connection=connection, done=asyncio.Future()))
            case Command() | Preview():
                raise Refused("bad_frame")
        assert_never(frame)

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
        row = await found_fork(self._log, origin, start, rules, key, self._settings.codes_begin_with)
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
        if not self.is_open or code not in self._rows or self._is_in_use(code):
            return False
        row = self._rows.pop(code)  # first: from now on nobody finds it
        try:
            await self._log.erase(code)
        except KeyError:
            pass  # it went the last time: the store was cut off before it could say so
        except Exception:
            self._rows[code] = row
            raise
        self.founding.forget({code})
        if self._classes is not None:
            self._classes.lose({code})
        metrics.ROOMS_ERASED.inc()
        _log.info("room_erased", room=code)
        return True

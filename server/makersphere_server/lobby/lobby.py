"""Where rooms are opened and found.

Answers the first frame of a connection with a room and a presence in it. Rooms are read from the store when
somebody comes, and put away when nobody has been there for long. Nothing is made for a code that does not
exist, and who knocks too often is not looked at (`guard.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, assert_never

import attrs
import msgspec
import structlog

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import ClientFrame, Command, Create, Join, Options, Preview, Resume, Watch
from makersphere_protocol.texts import known
from makersphere_rules import engine
from makersphere_rules.scenario import Scenario, ScenarioError, build
from makersphere_rules.shipped import modules, scenario, scenario_names
from makersphere_server import metrics
from makersphere_server.afterwards.downloads import History, history_of
from makersphere_server.clock import Clock
from makersphere_server.codes import digest, is_same, new_code, new_token, seed_of, tidy_code, token_id
from makersphere_server.limits import Limits
from makersphere_server.lobby.entry_limits import EntryLimits
from makersphere_server.lobby.retention import LOOK_MS, Retention
from makersphere_server.rates import Bucket
from makersphere_server.room.commands.fork import found_fork
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Enter, Presence
from makersphere_server.room.model.live_room import Host, LiveRoom, RoomSettings
from makersphere_server.room.model.playable_roles import known_roles, missing_role
from makersphere_server.room.model.timeline import Start
from makersphere_server.room.room import Room
from makersphere_server.room.stand_ins import Policies
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import EventLog, Private, RoomRow, RoomTaken, StoreUnavailable

__all__ = ["Lobby"]

_MOST_BUCKETS: Final = 10_000
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
            policies: the bots.
            settings: of the server.
            find_scenario: finds a scenario by name; a KeyError says that there is none.
        """
        self._log = log
        self._clock = clock
        self._policies = policies
        self._settings = settings
        self._find_scenario = find_scenario
        self._rows: dict[str, RoomRow] = {}
        self._created: dict[str, str] = {}  # digest of a create frame: its room
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._creating = asyncio.Lock()
        self._buckets: dict[str, Bucket] = {}
        self._paces: dict[str, Bucket] = {}
        self._entry_limits = EntryLimits(clock, settings)
        self._putting_away: dict[str, asyncio.Task[None]] = {}
        self._retention = Retention(log, clock, settings.keep_days)
        self._retiring: asyncio.Task[None] | None = None
        self.opened: Callable[[Room], None] = lambda _: None  # told of each room that is in memory from now on
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
                private = await self._log.privates(row.room)
                created = RoomSettings.stored(private).create
                if created:
                    self._created[created] = row.room
        self.is_open = True
        self._entry_limits.load.start()
        self._sweep()
        self._retire()
        _log.info("rooms_found", rooms=len(self._rows))

    async def stop(self) -> None:
        """Let every room finish what it has begun, and everybody go."""
        self.is_open = False
        self._entry_limits.load.stop()
        for task in list(self._opening.values()):
            task.cancel()
        if self._retiring is not None:
            await self._retiring
        stopping = [room.stop() for room in self._rooms.values()]
        await asyncio.gather(*stopping, *self._putting_away.values(), return_exceptions=True)
        self._rooms.clear()

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
                return room, await self._enter(room, frame, connection)
            case Command() | Preview():
                raise Refused("bad_frame")
        assert_never(frame)

    async def _enter(
        self, room: Room, frame: Join | Resume | Watch, connection: ConnectionPort, host_token: str = ""
    ) -> Presence:
        done = asyncio.get_running_loop().create_future()
        return await room.enter(Enter(frame, connection, done, host_token))

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
        if task is None and len(self._rooms) + len(self._opening) >= self._settings.most_rooms:
            raise _full("most_rooms")
        if task is None:
            task = self._opening[code] = asyncio.create_task(self._open(code))
        return await asyncio.shield(task)

    async def _open(self, code: str) -> Room:
        try:
            room = await Room.open(self._log, self._rows[code], self._clock, self._policies, self._settings)
        except StoreUnavailable as error:
            raise Refused("unavailable") from error
        except Exception as error:  # a boundary: this room's trouble, said loudly, is no other's
            _log.exception("room_not_opened", room=code)
            self._rows[code] = attrs.evolve(self._rows[code], state="quarantined", reason=str(error))
            raise Refused("unavailable", "quarantined") from error
        finally:
            del self._opening[code]
        room.found_fork = self._fork
        self._rooms[code] = room
        self.opened(room)
        metrics.ROOMS.labels("open").set(len(self._rooms))
        return room

    async def history(self, room: str, host_token: str, address: str) -> History:
        """Return what the store has of a room to somebody who hosts it, whether it is open or not.

        Raises:
            ProtocolError: why not.
        """
        if not self.is_open:
            raise Refused("unavailable")
        try:
            return await history_of(self._log, self._rows.get(tidy_code(room)), token_id(host_token))
        except ProtocolError as error:
            knock = Resume(room, host_token=host_token)
            raise await self._entry_limits.failed(error, knock, address, len(self._rows)) from None

    # -- opening a room

    async def _fork(self, origin: LiveRoom, start: Start, scenario: bytes) -> str:
        """Found a room that goes on from the start of a phase of another; return its code, or "" if there is none."""
        if len(self._rows) >= self._settings.most_kept_rooms:
            raise _full("most_kept_rooms")
        row = await found_fork(self._log, origin, start, scenario)
        if row is None:
            return ""
        self._rows[row.room] = row
        _log.info("room_forked", room=row.room, origin=origin.row.room)
        return row.room

    async def _create(self, frame: Create, connection: ConnectionPort) -> tuple[Room, Presence]:
        if self._settings.host_key and not is_same(frame.key, self._settings.host_key):
            raise Refused("unauthorised", field="key")
        token = new_token()
        async with self._creating:
            code = await self._found(frame, token)
        room = await self._find(code)
        await room.give_host_token(token_id(token))
        return room, await self._enter(room, Resume(code, host_token=token), connection, token)

    async def _found(self, frame: Create, token: str) -> str:
        """Return the code of the room of a create frame, founding it if the frame is new."""
        options = msgspec.json.encode(attrs.asdict(frame.options)).decode()
        created = digest("", frame.id, frame.scenario, options) if frame.id else ""
        if created in self._created:
            return self._created[created]
        chosen = self._scenario(frame.scenario)
        if frame.options.practice is not None:
            chosen = build({**chosen.source, "practice": frame.options.practice}, modules())
        language = known(frame.options.language)
        kept = self._kept(frame.options, language, created)
        hosts = [Host(token_id(token), language, is_founder=True)]
        private = {"settings": msgspec.json.encode(kept), "hosts": msgspec.json.encode(hosts)}
        row = await self._new_row(frame, chosen, private)
        self._rows[row.room] = row
        if created:
            self._created[created] = row.room
        _log.info("room_created", room=row.room, scenario=chosen.name, seats=len(row.roles))
        return row.room

    def _kept(self, options: Options, language: str, created: str) -> RoomSettings:
        """Return what a new room is given besides its scenario."""
        server = self._settings
        return RoomSettings(
            language,
            options.timers.scale,
            new_token(),
            created,
            options.pace,
            options.lesson,
            drop_share=server.drop_share,
            drop_ms=int(server.drop_s * 1000),
            bots=options.bots,
        )

    def _scenario(self, name: str) -> Scenario:
        try:
            return self._find_scenario(name)
        except KeyError:
            options = ", ".join(scenario_names())
            raise Refused("bad_args", "expected_one_of", "scenario", options=options) from None
        except ScenarioError as error:
            _log.warning("scenario_unplayable", scenario=name, reason=str(error))
            raise Refused("bad_args", "scenario_unplayable", "scenario") from None

    async def _new_row(self, frame: Create, chosen: Scenario, private: Private) -> RoomRow:
        settings, options = self._settings, frame.options
        if len(self._rooms) + len(self._opening) >= settings.most_rooms:
            raise _full("most_rooms")
        if len(self._rows) >= settings.most_kept_rooms:
            raise _full("most_kept_rooms")
        if (len(options.roles) if options.roles else options.seats or chosen.seats) > settings.most_seats:
            metrics.LIMITED.labels("most_seats").inc()
            raise Refused("bad_args", "expected_whole", "seats", lo=1, hi=settings.most_seats)
        roles = tuple(options.roles or engine.seating(chosen, options.seats or chosen.seats))
        _check_roles(chosen, roles)
        while True:
            row = RoomRow(
                room=new_code(),
                scenario=msgspec.json.encode(chosen.source),
                roles=roles,
                seed=seed_of(options.seed),
                nonce=seed_of(None)[:16],
                seed_chosen=options.seed is not None,
                epoch=1,
                created_ms=self._clock.wall_ms(),
            )
            try:
                await self._log.create(row, private)
            except RoomTaken:
                continue
            except StoreUnavailable as error:
                raise Refused("unavailable") from error
            return row

    # -- keeping order

    @property
    def limits(self) -> Limits:
        """Return the server's bounds."""
        return self._settings

    def bucket(self, token: str) -> Bucket | None:
        """Return what counts the commands of a token, on whatever connection, or None where nothing does.

        Whoever has no token is counted by the connection.
        """
        if not token:
            return Bucket(self._settings.commands_per_s, self._settings.command_burst)
        if self._settings.lab:
            return None
        if token not in self._buckets:
            if len(self._buckets) >= _MOST_BUCKETS:
                self._buckets.clear()
                self._paces.clear()
            self._buckets[token] = Bucket(self._settings.commands_per_s, self._settings.command_burst)
        return self._buckets[token]

    def pace_of(self, frame: ClientFrame) -> Bucket | None:
        """Return what paces those who come back to one seat, as fast as it may send; None: it has sent nothing."""
        token = token_id(frame.seat_token) if isinstance(frame, Resume) else ""
        if token not in self._buckets:
            return None
        return self._paces.setdefault(token, Bucket(self._settings.commands_per_s, 1))

    def _sweep(self) -> None:
        """Put away the rooms that have been empty since the last sweep."""
        if not self.is_open:
            return
        for code, room in list(self._rooms.items()):
            if room.is_idle(self._clock.now_ms() - int(self._settings.idle_s * 1000)):
                del self._rooms[code]
                self._putting_away[code] = asyncio.create_task(self._put_away(code, room))
        self._clock.call_later(60_000, self._sweep)

    async def _put_away(self, code: str, room: Room) -> None:
        await room.stop()
        del self._putting_away[code]
        metrics.ROOMS.labels("open").set(len(self._rooms))

    def _retire(self) -> None:
        """Erase the rooms whose time is over, now and every hour."""
        if not self.is_open:
            return
        self._retiring = asyncio.create_task(self._erase_old())
        self._clock.call_later(LOOK_MS, self._retire)

    async def _erase_old(self) -> None:
        try:
            idle = [row for code, row in self._rows.items() if not self._is_in_use(code)]
            for code in await self._retention.over_time(idle):
                if self.is_open and not self._is_in_use(code):
                    await self._erase(code)
        except StoreUnavailable as error:
            _log.warning("rooms_not_erased", reason=str(error))  # tried again in an hour

    def _is_in_use(self, code: str) -> bool:
        return code in self._rooms or code in self._opening or code in self._putting_away

    async def _erase(self, code: str) -> None:
        row = self._rows.pop(code)  # first: from now on nobody finds it
        try:
            await self._log.erase(code)
        except StoreUnavailable:
            self._rows[code] = row
            raise
        self._retention.forget(code)
        self._created = {created: room for created, room in self._created.items() if room != code}
        metrics.ROOMS_ERASED.inc()
        _log.info("room_erased", room=code)


def _full(bound: str) -> Refused:
    metrics.LIMITED.labels(bound).inc()
    return Refused("unavailable", "busy", retry_after=_FULL_RETRY_S)


def _check_roles(chosen: Scenario, roles: tuple[str, ...]) -> None:
    options = known_roles(chosen, len(roles))
    if not options.issuperset(roles):
        raise Refused("bad_args", "expected_one_of", "options", options=", ".join(sorted(options)))
    missing = missing_role(chosen, roles)
    if missing:
        raise Refused("bad_args", "role_missing", "options", role=missing)

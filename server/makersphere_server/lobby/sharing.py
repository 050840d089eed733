"""How a server stands with others that share its database: which rooms are its own, and who is sent on to whom.

Five times in a lease it says that it is alive, and takes what is nobody's: the rooms of servers that are dead or have
handed theirs over. It hears which of its rooms another server has by then: these are told of no more, and their people
sent on with its address. A code that is not among its rooms is asked for in the database. Whose a room is, the database
says alone (`storage/shared/`); a server that has it to itself asks nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, Protocol

import structlog

from makersphere_protocol.errors import Refused
from makersphere_server.clock import Clock, pass_ms
from makersphere_server.codes import check_proof
from makersphere_server.lobby.leaving import Leaving, let_go
from makersphere_server.storage.event_log import EventLog, RoomRow, StoreUnavailable, TakenOver
from makersphere_server.storage.shared.owners import Owner, Server
from makersphere_server.storage.shared.shared_log import SharedLog

__all__ = ["Rooms", "Sharing"]

_RENEWALS: Final = 5  # in the time of a lease
_SPREAD: Final = 0.2  # of the time between two: so that servers that were started together ask apart

_log = structlog.get_logger("makersphere.sharing")


class Rooms(Protocol):
    """The rooms and classes of a server, as the lobby has them."""

    def __contains__(self, code: str) -> bool:
        """Return whether a room or a class is among them."""
        ...

    async def learn(self, rows: Iterable[RoomRow]) -> None:
        """Have rooms among them that the store has got, all at once.

        Raises:
            StoreUnavailable: none is.
        """
        ...

    def lose(self, codes: Collection[str]) -> dict[str, Leaving]:
        """Know rooms no more; return by code what was in memory, of which nothing is stored or told from now on."""
        ...

    def lose_all(self) -> dict[str, Leaving]:
        """Know no room any more, and let nobody in: this server is out."""
        ...


class Sharing:
    """How one server stands with the others of its store; one that has it to itself asks nothing.

    Attributes:
        sends_on: what everybody is told who comes once another server has all rooms; None: none has.
    """

    def __init__(self, log: EventLog, rooms: Rooms, clock: Clock) -> None:
        """Prepare; `start` begins.

        Args:
            log: the store.
            rooms: where rooms come and go.
            clock: what time it is.
        """
        self._rooms, self._clock = rooms, clock
        self._log = log if isinstance(log, SharedLog) else None
        self._gained: set[str] = set()  # which the lobby does not know yet
        self._one_at_a_time = asyncio.Lock()  # whoever comes for a room waits until the lobby knows all
        self._sending: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._is_well = True
        self.sends_on: Refused | None = None
        if self._log is not None:
            self._log.lost = self._lose

    @property
    def is_shared(self) -> bool:
        """Return whether other servers may work on the same store."""
        return self._log is not None

    @property
    def in_all(self) -> int:
        """Return how many rooms the servers of the store had together when the lease was renewed; 0: there is one."""
        return self._log.in_all if self._log is not None else 0

    def start(self) -> None:
        """Renew the lease and take what is nobody's, from now on."""
        if self._log is not None:
            self._task = asyncio.create_task(self._go_on(self._log), name="sharing")

    async def stop(self) -> None:
        """Take nothing more; the lease runs on for as long as it was renewed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, *self._sending, return_exceptions=True)
            self._task = None

    async def _go_on(self, log: SharedLog) -> None:
        while True:
            spread = 1 + random.uniform(-_SPREAD, _SPREAD)
            await pass_ms(self._clock, int(log.server.lease_s * 1_000 / _RENEWALS * spread))
            try:
                await log.renew()
                async with self._one_at_a_time:
                    await self._take_over(log)
            except TakenOver as error:
                _log.critical("put_out", reason=str(error))
                self._send_on(self._rooms.lose_all())
                return
            except StoreUnavailable as error:
                if self._is_well:
                    _log.warning("lease_not_renewed", reason=str(error))
                self._is_well = False
            except Exception as error:  # noqa: BLE001  (a task's boundary: said loudly, and tried again)
                _log.error("sharing_failed", exc_info=error)
            else:
                self._is_well = True

    # -- rooms that come

    async def _take_over(self, log: SharedLog) -> None:
        """Take what is nobody's, and have it in the lobby; what cannot be read now is there the next time."""
        gained = await log.take_over()
        again = [code for code in gained if code in self._rooms]
        if again:
            self._lose(again)  # which were another's for a moment: what is in memory is from before
        self._gained.update(gained)
        if self._gained:
            rows = [row for row in await log.rooms() if row.room in self._gained]
            await self._rooms.learn(rows)
            _log.info("rooms_taken_over", rooms=len(rows))
            self._gained.clear()

    async def fetch(self, code: str, check: Callable[[], None]) -> None:
        """Have a room in the lobby that is not there, if it can be ours; nothing happens where there is none.

        Args:
            code: of the room.
            check: called before the database is asked; what it raises comes instead.

        Raises:
            Refused: another server has it, or the store cannot say.
        """
        log = self._log
        if log is None or code in self._rooms:
            return
        async with self._one_at_a_time:
            if code in self._rooms:
                return
            check()  # by now those who came before have been counted
            try:
                owner = await log.owner(code)
                if not owner.is_alive or owner.server == log.server.name:
                    await self._take_over(log)
                    owner = await log.owner(code)
            except KeyError:
                return
            except StoreUnavailable as error:
                raise Refused("unavailable") from error
        if owner.server != log.server.name:
            raise _moved(owner)

    async def find_founded(self, known_by: str, frame_id: str) -> None:
        """Have the room in the lobby that a create frame has founded at another server, if it has.

        Raises:
            Refused: another server has it, the frame's id proves nothing, or the store cannot say.
        """
        try:
            code = await self._log.founded_by(known_by) if self._log is not None and known_by else ""
        except StoreUnavailable as error:
            raise Refused("unavailable") from error
        if code:
            check_proof(frame_id)
            await self.fetch(code, lambda: None)

    # -- rooms that go

    def _lose(self, codes: Sequence[str]) -> None:
        """Let rooms go that another server has by now."""
        self._gained.difference_update(codes)
        leaving = self._rooms.lose(codes)
        _log.warning("rooms_lost", rooms=len(codes))
        self._send_on(leaving)

    def _send_on(self, leaving: dict[str, Leaving]) -> None:
        if leaving:
            task = asyncio.create_task(self._sent_on(leaving), name="sending on")
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _sent_on(self, leaving: dict[str, Leaving]) -> None:
        to = await self._where(leaving)
        going = [let_go(code, one, to[code]) for code, one in leaving.items()]
        await asyncio.gather(*going, return_exceptions=True)

    async def _where(self, codes: Collection[str]) -> dict[str, Refused | None]:
        """Return what the people of rooms are told; None: nobody has the room now, or nobody knows."""
        found: dict[str, Refused | None] = dict.fromkeys(codes)
        if self._log is not None:
            try:
                owners = await self._log.owners(codes)
            except Exception as error:  # noqa: BLE001  (a boundary: people are let go all the same)
                _log.warning("owners_unknown", reason=str(error))
                return found
            for code, owner in owners.items():
                if owner.is_alive and owner.server != self._log.server.name:
                    found[code] = _moved(owner)
        return found

    async def hand_over(self) -> Refused | None:
        """Give all rooms to another server that is alive; return what their people are told, or None: there is none.

        To be called when every room has finished; nothing is stored by this server afterwards.
        """
        if self.sends_on is not None:
            return self.sends_on
        try:
            to = await self._log.hand_over() if self._log is not None else None
        except StoreUnavailable as error:
            _log.warning("rooms_not_handed_over", reason=str(error))
            return None
        if to is None:
            return None
        _log.info("rooms_handed_over", to=to.name)
        self.sends_on = _moved(to)
        return self.sends_on


def _moved(to: Owner | Server) -> Refused:
    page = f"http{to.address.removeprefix('ws').removesuffix('ws')}"  # what people open, who read of it
    return Refused("moved", to=to.address, page=page)

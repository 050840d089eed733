"""What the store has of a room or a class, open or not, for those who ask for it without coming in.

Answers who shows a host's token, and others only where anyone may have it. Wrong codes and tokens count as at the door.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import Resume
from makersphere_server.afterwards.downloads import KeptRoom, kept_room
from makersphere_server.codes import tidy_code, token_id
from makersphere_server.lobby.entry_limits import EntryLimits
from makersphere_server.storage.event_log import EventLog, RoomRow

__all__ = ["KeptRooms"]


class KeptRooms:
    """Finds rooms and classes for readers."""

    def __init__(
        self,
        log: EventLog,
        rows: Mapping[str, RoomRow],
        entry_limits: EntryLimits,
        is_open: Callable[[], bool],
        fetch: Callable[[str, Callable[[], None]], Awaitable[None]],
    ) -> None:
        """Prepare.

        Args:
            log: the store.
            rows: all rooms and classes of this server by code.
            entry_limits: how often somebody may try wrongly.
            is_open: whether anybody is answered.
            fetch: has a room of a dead server among the rows, or refuses where another server has it, or a check does.
        """
        self._log, self._rows, self._entry_limits, self._is_open, self._fetch = log, rows, entry_limits, is_open, fetch

    async def room(self, room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        """Return what the store has of a room, open or not, to one of its hosts, or to anyone who may watch it.

        Raises:
            ProtocolError: why not.
        """
        return await self._kept(room, token, address, anyone=anyone, is_class=False)

    async def class_(self, room: str, token: str, address: str | None, *, anyone: bool = False) -> KeptRoom:
        """Return what the store has of a class, to one of its hosts, or to anyone who may watch it.

        Raises:
            ProtocolError: why not.
        """
        return await self._kept(room, token, address, anyone=anyone, is_class=True)

    async def _kept(self, room: str, token: str, address: str | None, *, anyone: bool, is_class: bool) -> KeptRoom:
        if not self._is_open():
            raise Refused("unavailable")
        knock = Resume(room, host_token=token)
        try:
            await self._fetch(tidy_code(room), lambda: self._entry_limits.check_guess(knock, address))
            row = self._rows.get(tidy_code(room))
            row = row if row is not None and row.is_class is is_class else None  # a class has no game to be told
            return await kept_room(self._log, row, token_id(token) if token else "", anyone=anyone)
        except ProtocolError as error:
            raise await self._entry_limits.failed(error, knock, address) from None

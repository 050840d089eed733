"""What-if rooms beside their origins, for hosts at any time, and for everybody when both games are over.

Answers what a page shows of both, or why not. Two logs are gone through in a thread beside the loop; what is final is
kept for the few rooms that were asked for last.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any, Final

from makersphere_protocol.codec import encode_tree
from makersphere_protocol.errors import Refused
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.written.notation import UnknownEvent
from makersphere_server.afterwards.comparing import compared
from makersphere_server.afterwards.downloads import KeptRoom
from makersphere_server.afterwards.replays import Find
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.hosts import Hosts

__all__ = ["Comparisons"]

_KEPT: Final = 8


class Comparisons:
    """Shows forks beside their origins."""

    def __init__(self, find: Find) -> None:
        """Prepare.

        Args:
            find: returns what the store has of a room.
        """
        self._find = find
        self._one_at_a_time = asyncio.Lock()
        self._final: OrderedDict[str, bytes] = OrderedDict()

    async def answer(self, room: str, token: str, address: str, _step: int | None = None) -> bytes:
        """Return a fork beside its origin, as JSON.

        Raises:
            ProtocolError: why not.
        """
        fork = await self._find(room, token, address, anyone=True)
        async with self._one_at_a_time:
            found = self._final.get(fork.row.room)
            if found is None:
                found = await self._compared(fork)
        return found

    async def _compared(self, fork: KeptRoom) -> bytes:
        code = RoomSettings.stored(fork.private).origin
        if not code:
            raise Refused("rule", "no_origin")
        origin = await self._find(code, "", "", anyone=True)
        both = [(kept.row, await kept.records()) for kept in (origin, fork)]
        try:
            tree = await asyncio.to_thread(compared, *both)
        except (UnknownEvent, ScenarioError) as error:  # of rules that are not here
            raise Refused("unavailable", "quarantined") from error
        if not _is_final(tree) and not _leads(fork):
            raise Refused("rule", "not_over_yet")
        found = encode_tree(tree)
        if _is_final(tree):
            self._final[fork.row.room] = found
            if len(self._final) > _KEPT:
                self._final.popitem(last=False)
        return found


def _is_final(tree: dict[str, Any]) -> bool:
    return "decisions" in tree


def _leads(kept: KeptRoom) -> bool:
    """Return whether a room was opened by a host's token."""
    return kept.reader in Hosts.stored(kept.private)

"""Who is connected to a class itself, hosts and walls, and what they are told.

Answers a newcomer with the whole picture and everybody with what has changed, at most once a second besides what
follows a host's command at once. Whoever reads slowly is told the more later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import attrs

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import Close, Refused
from makersphere_protocol.messages import PROTOCOL, Update, Welcome, You
from makersphere_rules.seen.views import merge_patch
from makersphere_server import metrics
from makersphere_server.classes.shown import Shown
from makersphere_server.clock import Clock
from makersphere_server.room.connections import turn_away
from makersphere_server.room.model.addresses import network, who_gives_way
from makersphere_server.room.model.inbox import Presence, Sent
from makersphere_server.room.model.people.hosts import Hosts

__all__ = ["Watchers"]

Tree = dict[str, Any]

_TELL_EVERY_MS: Final = 1_000
_NOTHING: Final = Shown({}, {})


@attrs.define(eq=False)
class _Here:
    """Somebody who is connected, and what they have been told last."""

    presence: Presence
    told: Shown


class Watchers:
    """The connections of one class."""

    def __init__(self, code: str, most: int, clock: Clock, look: Callable[[Sequence[int]], Shown]) -> None:
        """Begin with nobody.

        Args:
            code: of the class.
            most: how many may look on who host nothing.
            clock: what time it is.
            look: returns what is shown now, where hosts of these numbers are connected.
        """
        self._code, self._most, self._clock, self._look_with = code, most, clock, look
        self._here: list[_Here] = []
        self._number = 0  # of what was told; a class has no past to come back to
        self._is_ticking = False
        self._is_silent = False

    @property
    def is_empty(self) -> bool:
        """Return whether nobody is connected."""
        return not self._here

    def greet(self, presence: Presence, host_token: str, epoch: int) -> None:
        """Tell a newcomer the whole picture.

        Raises:
            Refused: as many look on as may.
        """
        if presence.kind == "watcher" and not self._has_place(presence):
            raise Refused("room_full", "watchers_full")
        here = _Here(presence, _NOTHING)
        self._here.append(here)
        here.told = shown = self._look()
        self._number += 1
        welcome = Welcome(
            self._code,
            epoch,
            self._number,
            self._clock.wall_ms(),
            You(presence.kind, member=presence.member),
            protocol=PROTOCOL,
            host_token=host_token,
            table=shown.table,
            hand=shown.hand if presence.kind == "host" else None,
        )
        presence.connection.tell(encode(welcome))
        self._tick_later()

    def _has_place(self, watcher: Presence) -> bool:
        """Return whether somebody may look on; where too many do, one of the address that has most gives way."""
        watching = [here for here in self._here if here.presence.kind == "watcher"]
        if len(watching) < self._most:
            return True
        metrics.LIMITED.labels("most_watchers").inc()
        addresses = [network(here.presence.connection.address) for here in watching]
        place = who_gives_way(addresses, network(watcher.connection.address))
        if place is not None:
            self._here.remove(watching[place])
            watching[place].presence.connection.end(Close.TRY_LATER, "room_full")
        return place is not None

    def leave(self, presence: Presence) -> None:
        """Take note that a connection is gone."""
        self._here = [here for here in self._here if here.presence is not presence]

    def cut_gone(self, hosts: Hosts) -> None:
        """Close the connections of hosts whose tokens open nothing any more: let go, or come again with others."""
        for here in [one for one in self._here if one.presence.kind == "host" and one.presence.token not in hosts]:
            code = Close.REMOVED if hosts.get(here.presence.member) is None else Close.REPLACED
            self._here.remove(here)
            here.presence.connection.end(code, code.name.lower())

    def close_all(self, moved: Refused | None = None) -> None:
        """Close every connection; where another server has the class now, say so."""
        for here in self._here:
            connection = here.presence.connection
            if moved is None:
                connection.end(Close.RESTART, "the server restarts")
            else:
                turn_away(connection, moved, here.presence.language, self._clock.wall_ms())
        self._here.clear()

    def answer(self, sent: Sent, frame: bytes) -> None:
        """Answer what a host has sent; of a class that is another server's, it is answered there."""
        if sent.connection is not None and not self._is_silent:
            sent.connection.tell(frame)

    def fall_silent(self) -> None:
        """Tell nobody anything any more but farewell."""
        self._is_silent = True

    def tell(self) -> None:
        """Tell everybody what has changed since they were told last."""
        if self._is_silent:
            return
        shown = self._look()
        patches: dict[tuple[int, bool], bytes] = {}
        for here in self._here:
            connection, is_host = here.presence.connection, here.presence.kind == "host"
            if connection.is_clogged():
                continue
            key = (id(here.told), is_host)
            if key not in patches:
                patches[key] = self._update(here.told, shown, is_host=is_host)
            if patches[key]:
                connection.tell(patches[key])
            here.told = shown

    def _update(self, told: Shown, shown: Shown, *, is_host: bool) -> bytes:
        """Return the frame that says what has changed, or nothing."""
        table = merge_patch(told.table, shown.table)
        hand = merge_patch(told.hand, shown.hand) if is_host else {}
        if not table and not hand:
            return b""
        self._number += 1
        return encode(Update(self._number, self._clock.wall_ms(), table=table or None, hand=hand or None))

    def _look(self) -> Shown:
        return self._look_with([here.presence.member for here in self._here if here.presence.kind == "host"])

    def _tick_later(self) -> None:
        if not self._is_ticking:
            self._is_ticking = True
            self._clock.call_later(_TELL_EVERY_MS, self._tick)

    def _tick(self) -> None:
        self._is_ticking = False
        if self._here:
            self.tell()
            self._tick_later()

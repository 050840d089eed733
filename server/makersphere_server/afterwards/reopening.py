"""How a room goes on whose names or tokens are in doubt: without them, so that no token in doubt opens anything.

Answers what stands instead of each value that was changed or is older than what was acknowledged. A seat in doubt has
no people: a bot plays it, and a host lets its person in again. Where the hosts are in doubt, they are replaced by one
whose token the person gets who runs the server. Where it is not known which values are in doubt, all tokens are. The
rest of a room, names of seats that are sound and texts, goes on as it is.
"""

from __future__ import annotations

from typing import Final

import attrs
import msgspec

from makersphere_server.codes import new_token, token_id
from makersphere_server.room.model.devices import KEY as DEVICES
from makersphere_server.room.model.live_room import SETTINGS_KEY, RoomSettings
from makersphere_server.room.model.people.asks_in import KEY as LET_IN
from makersphere_server.room.model.people.hosts import KEY as HOSTS
from makersphere_server.room.model.people.hosts import Host, Hosts
from makersphere_server.room.model.people.seat_passes import KEY as PASSES
from makersphere_server.room.model.people.seats import SEAT_KEY, bot_instead
from makersphere_server.storage.store import Store

__all__ = ["OPENED_BY_PEOPLE", "Reopened", "reopen_without_doubt"]

OPENED_BY_PEOPLE: Final = (DEVICES, PASSES, LET_IN)  # what people gave to somebody, good as long as they are known


@attrs.frozen
class Reopened:
    """A room that goes on.

    Attributes:
        left_behind: the keys of the values that were in doubt.
        host_token: opens the host's chair, where the hosts were in doubt; else "".
    """

    room: str
    left_behind: tuple[str, ...] = ()
    host_token: str = attrs.field(default="", repr=False)


def reopen_without_doubt(store: Store, room: str) -> Reopened:
    """Reopen a room without its values in doubt.

    Raises:
        Damaged: not even its founding can be read.
        KeyError: there is no such room, or nothing is left of it.
        StoreUnavailable: nothing changed.
    """
    sound, doubtful, all_are = store.in_doubt(room)
    if all_are:
        doubtful |= {HOSTS, *OPENED_BY_PEOPLE, *(key for key in sound if key.startswith(SEAT_KEY))}
    if not doubtful:
        store.reopen(room)
        return Reopened(room)
    token = new_token() if HOSTS in doubtful else ""
    store.reopen(room, {key: _instead(key, token) for key in doubtful})
    return Reopened(room, tuple(sorted(doubtful)), token)


def _instead(key: str, host_token: str) -> bytes | None:
    """Return what stands instead of a value in doubt; None: nothing."""
    if key == HOSTS:
        return Hosts([Host(token_id(host_token), is_founder=True)]).to_store()[HOSTS]
    if key == SETTINGS_KEY:  # a seed may belong to a game that is still played, and people may have been asked
        return msgspec.json.encode(RoomSettings(salt=new_token(), keeps_seed=True, consent=True))
    if key.startswith(SEAT_KEY):
        return bot_instead()
    return None

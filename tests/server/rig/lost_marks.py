"""Marks that a room has given out in another history, as after an older copy of it was put back."""

from __future__ import annotations

from makersphere_server.room.model.log.marks import Marks
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.made_up_logs import records

__all__ = ["lost_mark"]


def lost_mark(rig: Rig, who: Client, seq: int) -> str:
    """Return a mark that the room has given out for a number in another history."""
    key = rig.room(who.room)._live.settings.mark_key(who.room)
    return Marks(key, records(1, seq - 1)).add()

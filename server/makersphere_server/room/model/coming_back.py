"""What somebody who comes back has seen, held against what the room has.

Answers whether the room's history is the one that was seen: its records up to there, not fewer, and not others under
the same numbers. By number and mark alone: a mark is random and tells nothing of its record. Where the room has less it
stands still until a host decides; where it has other records of the same epoch, the epoch is raised, so that nobody
goes on from a picture of the other history. Lets nobody in by itself. Source: the contract's "`seq`" and "The same
history".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import Resume
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["compare_history", "is_ahead"]

_MOST_EPOCHS_LOST: Final = 1_000  # whoever says more makes it up, and an epoch has to stay a number that clients hold


def is_ahead(live: LiveRoom, frame: Resume) -> bool:
    """Return whether somebody has seen more of this epoch, or of a later one, than the room has."""
    if frame.seq is None or frame.epoch is None:
        return False
    return frame.seq > live.seq and 0 <= frame.epoch - live.epoch <= _MOST_EPOCHS_LOST


def compare_history(live: LiveRoom, frame: Resume) -> bool:
    """Return whether somebody has seen what is not in the room's history; note for the hosts what that is."""
    if frame.seq is None or frame.epoch is None or frame.epoch - live.epoch > _MOST_EPOCHS_LOST:
        return False
    if frame.seq > live.seq:
        first = live.seq + 1
    elif frame.mark and frame.mark != live.mark_at(frame.seq):
        first = min(frame.seq, live.opened_seq + 1)  # a room goes another way only where it is opened again
    else:
        return False
    live.missing = live.missing.joined(first, frame.seq, frame.epoch)
    if is_ahead(live, frame):
        live.standing.behind = True
        live.hold()
    elif frame.epoch >= live.epoch:
        live.begin_epoch()
    live.standing_changed()
    return True

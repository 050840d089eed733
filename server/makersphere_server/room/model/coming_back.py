"""What somebody who comes back has seen, held against what the room has.

Answers whether the room's history is the one that was seen: its records up to there, not fewer, and not others under
the same numbers. By number and mark alone: a mark is random and tells nothing of its record. Where the room has less it
stands still until a host decides; where it has other records of the same epoch, the epoch is raised, so that nobody
goes on from a picture of the other history. A number can be made up, so the hosts are told who said it, and after their
decision no seat stops the room again. Lets nobody in by itself. Source: the contract's "`seq`" and "The same history".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import Resume
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.feed import HOST
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.missing import Claim

__all__ = ["compare_history", "is_ahead"]

_MOST_EPOCHS_LOST: Final = 1_000  # whoever says more makes it up, and an epoch has to stay a number that clients hold


def is_ahead(live: LiveRoom, frame: Resume) -> bool:
    """Return whether somebody has seen more of this epoch, or of a later one, than the room has."""
    if frame.seq is None or frame.epoch is None:
        return False
    return frame.seq > live.seq and 0 <= frame.epoch - live.epoch <= _MOST_EPOCHS_LOST


def compare_history(live: LiveRoom, frame: Resume, batch: Batch, seat: int = 0, member: int = 0) -> bool:
    """Return whether somebody has seen what is not in the room's history; note for the hosts what that is.

    Args:
        live: the room.
        frame: by which somebody comes back.
        batch: takes the line that tells the hosts who has seen more.
        seat: whose person it is; 0: a host.
        member: the person's number there.
    """
    if frame.seq is None or frame.epoch is None or frame.epoch - live.epoch > _MOST_EPOCHS_LOST:
        return False
    if frame.seq > live.seq:
        first = live.seq + 1
    elif frame.mark and frame.mark != live.marks.at(frame.seq):
        first = min(frame.seq, live.opened_seq + 1)  # a room goes another way only where it is opened again
    else:
        return False
    is_new = not live.missing.is_claimed_by((seat, member))
    live.missing = live.missing.joined(first, frame.seq, frame.epoch, Claim(frame.seq, seat, member))
    if is_ahead(live, frame):
        stops = _may_stop(live, seat)
        if (stops and not live.standing.behind) or (not stops and is_new):
            text = "seen_more" if seat else "host_has_seen_more"
            batch.tell(text, live.seq, {"seat": seat, "to": frame.seq, "has": live.seq}, (HOST,))
        if stops:
            live.standing.behind = True
            live.hold()
        else:
            live.begin_epoch()
    elif frame.epoch >= live.epoch:
        live.begin_epoch()
    live.standing_changed()
    return True


def _may_stop(live: LiveRoom, seat: int) -> bool:
    """Return whether a claim to have seen more stops the room: a host's always, a seat's once for each opening.

    History is lost only where a room is opened, and a host who has decided since then knows of the loss; what is
    acknowledged from then on is kept. So a later claim of a seat has nothing to wait for: what it needs is an epoch
    above its own, so that no number of an epoch that somebody may truly have seen is given out again.
    """
    return not seat or live.standing.behind or not live.decided_seq

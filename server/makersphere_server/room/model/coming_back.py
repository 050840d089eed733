"""What somebody who comes back has seen, held against what the room has.

Answers whether the room's history is the one that was seen: its records up to there, not fewer, and not others under
the same numbers. By number and mark alone: a mark tells nothing of its record, and cannot be made up. Where the room
has less it stands still until a host decides; where it has other records of the same epoch, the epoch is raised, so
that nobody goes on from a picture of the other history. A number without the mark that was given out for it may be made
up: it stops the room once, since it may be right, and moves no epoch by itself. Lets nobody in. Source: the
contract's "`seq`" and "The same history".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Join, Resume, Watch
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.feed import HOST
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.missing import Claim

__all__ = ["compare_history", "has_seen_other"]

_MOST_EPOCHS_LOST: Final = 1_000  # whoever says more makes it up, and an epoch has to stay a number that clients hold


def has_seen_other(live: LiveRoom, frame: Join | Resume | Watch) -> bool:
    """Return whether somebody who comes back says to have seen what is not in the room's history."""
    if not isinstance(frame, Resume) or frame.seq is None or frame.epoch is None:
        return False
    return frame.seq > live.seq or frame.mark not in ("", live.marks.at(frame.seq))


def compare_history(live: LiveRoom, frame: Resume, batch: Batch, seat: int = 0, member: int = 0) -> bool:
    """Return whether somebody has seen what is not in the room's history; note for the hosts what may be true of it.

    Args:
        live: the room.
        frame: by which somebody comes back.
        batch: takes the line that tells the hosts who has seen more.
        seat: whose person it is; 0: a host.
        member: the person's number there.

    Raises:
        Refused: the room stands still until a host decides, and the person is none (`server_behind`).
    """
    if frame.seq is None or frame.epoch is None or not has_seen_other(live, frame):
        return False
    has_more = frame.seq > live.seq
    is_sure = not seat or live.marks.were_given(frame.seq, frame.mark)
    if not is_sure and (not has_more or frame.epoch > live.epoch + _MOST_EPOCHS_LOST):
        return True
    epoch = min(frame.epoch, live.epoch + _MOST_EPOCHS_LOST)
    is_new = not live.missing.is_claimed_by((seat, member))
    first = live.seq + 1 if has_more else min(frame.seq, live.opened_seq + 1)  # another way begins at an opening
    live.missing = live.missing.joined(first, frame.seq, epoch, Claim(frame.seq, seat, member), is_sure=is_sure)
    is_ahead = has_more and epoch >= live.epoch - live.missing.undecided
    if is_ahead:
        _see_more(live, frame.seq, batch, seat, is_new=is_new, is_sure=is_sure)
    elif epoch >= live.epoch:
        live.begin_epoch()
    live.standing_changed()
    if seat and is_ahead and live.standing.behind:
        raise Refused("server_behind")
    return True


def _see_more(live: LiveRoom, seq: int, batch: Batch, seat: int, *, is_new: bool, is_sure: bool) -> None:
    """Have the room stand still where somebody has seen more than it has, and tell the hosts.

    A host's word stops it always, a seat's once for each opening. History is lost only where a room is opened, and a
    host who has decided since then knows of the loss; what is acknowledged from then on is kept. So a later claim of a
    seat has nothing to wait for: what it needs, if it is true, is an epoch above its own, so that no number of an epoch
    that somebody has truly seen is given out again.
    """
    stops = not seat or live.standing.behind or not live.decided_seq
    if (stops and not live.standing.behind) or (not stops and is_new):
        text = "seen_more" if seat else "host_has_seen_more"
        batch.tell(text, live.seq, {"seat": seat, "to": seq, "has": live.seq}, (HOST,))
    if stops:
        live.standing.behind = True
        live.hold()
    elif is_sure:
        live.begin_epoch()

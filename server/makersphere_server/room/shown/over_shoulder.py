"""Over the shoulder: a host's sight of one seat's whole hand.

Answers the hand as it stands now. It goes out in the answer to the host's command alone: it is stored nowhere and
shown to nobody else. That a host has looked, and at which seat, stands in the log.
"""

from __future__ import annotations

from typing import Any

from makersphere_rules.seen.views import hand_of, ordered
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.shown.overlay import LOST, RoomOverlay
from makersphere_server.room.shown.room_view import beside_hand

__all__ = ["hand_over_shoulder"]

Tree = dict[str, Any]


def hand_over_shoulder(live: LiveRoom, seat: int) -> Tree:
    """Return the whole hand of a seat as it stands now."""
    overlay, hand = RoomOverlay(live), ordered(hand_of(live.state, seat))
    if "story" in hand:
        hand["story"] = overlay.own_story(seat, hand["story"])
    beside = beside_hand(live.state, overlay, seat)
    beside.pop(LOST, None)  # that somebody is lost is told, and never who
    return {**hand, **beside}

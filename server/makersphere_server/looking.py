"""What a seat sees, for a host who looks over its shoulder.

Answers the seat's whole hand as of now, in the command's `data` alone: it is stored nowhere and shown to nobody else.
That somebody has looked, and at which seat, stands in the log.
"""

from __future__ import annotations

from typing import Any

from makersphere_rules.views import hand_of, ordered
from makersphere_server.board import beside_hand
from makersphere_server.inbox import Sent
from makersphere_server.overlay import RoomOverlay
from makersphere_server.sitting import Sitting
from makersphere_server.work import Work

__all__ = ["give_look"]


def give_look(sitting: Sitting, sent: Sent, _: Work) -> dict[str, Any]:
    """Return the hand of the seat that the command names."""
    seat = int(str(sent.args["seat"]))
    hand = ordered(hand_of(sitting.state, seat))
    return {"hand": {**hand, **beside_hand(sitting.state, RoomOverlay(sitting), seat)}}

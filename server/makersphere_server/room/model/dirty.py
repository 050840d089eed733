"""What has changed, since it was last shown, of the overlay: what lies over the game's table and hands.

Every change of seats, devices or the standing of a room is marked here; the room's view reads and resets it.
"""

from __future__ import annotations

import attrs

__all__ = ["Dirty"]


@attrs.define(eq=False)
class Dirty:
    """Which parts of an overlay the room's view has to show anew.

    Attributes:
        table: what lies over the table, or the hosts' hand.
        hands: seats with something else over their hands.
    """

    table: bool = True
    hands: set[int] = attrs.field(factory=set)

"""What lies over the game's table and hands and has changed since it was last shown.

Whoever changes seats, devices or the standing of a room marks it here; the room's view reads and resets it.
"""

from __future__ import annotations

import attrs

__all__ = ["Dirty"]


@attrs.define(eq=False)
class Dirty:
    """What of an overlay has changed since the board last looked.

    Attributes:
        table: what lies over the table, or the hosts' hand.
        hands: seats with something else over their hands.
    """

    table: bool = True
    hands: set[int] = attrs.field(factory=set)

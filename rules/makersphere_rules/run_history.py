"""What a run has been so far, which no entity says: every posting, and the entities as each season left them.

Events alone write it, as they apply, so a replay makes it anew; no view shows it and no hash is taken of it. It is
what the debrief is made of when the run is over, and costs a season of play next to nothing: an entry for each
posting, and a copy of the dicts of (frozen) entities when a season is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from makersphere_rules.entity import Entity, Key
from makersphere_rules.ledger import Posting

__all__ = ["History", "Kinds", "Posted"]

Kinds = Mapping[type[Entity], Mapping[Key, Any]]
Posted = tuple[int, str, Posting]  # season, phase, and what moved


@attrs.define(eq=False)
class History:
    """The history of one run.

    Attributes:
        postings: all of them, in order.
        seasons: by season the entities as they stood when it was counted.
    """

    postings: list[Posted] = attrs.field(factory=list)
    seasons: dict[int, Kinds] = attrs.field(factory=dict)

    def copy(self) -> History:
        """Return an independent history that shares its postings and entities."""
        return History(self.postings.copy(), self.seasons.copy())

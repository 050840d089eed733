"""An introduction made by an operator: for one season its pair trusts each other.

The operator's hand shows its own at once, everyone sees it when the exchange phase closes.
Source: the rulebook's "Ties and trust" and "3. Exchange".
"""

from __future__ import annotations

from makersphere_rules.entity import Entity, settled
from makersphere_rules.frozen import frozen

__all__ = ["Introduction", "introduction_key"]


@frozen
class Introduction(Entity):
    """A lead maker and an investor who were introduced by a space."""

    season: int = settled()
    space: int = settled(owner=True)
    maker: int = settled()
    investor: int = settled()

    @property
    def key(self) -> str:
        """Return season, space and the two seats as one key."""
        return introduction_key(self.season, self.space, self.maker, self.investor)


def introduction_key(season: int, space: int, maker: int, investor: int) -> str:
    """Return the key of an introduction."""
    return f"{season}:{space}:{maker}:{investor}"

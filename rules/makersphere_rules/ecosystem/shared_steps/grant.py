"""A grant from a treasury to a tenant venture: a gift, once a venture, no shares, and it does not count for birth.

If the venture moves up that season, the government pays the space twice as much.
Its two sides see it at once, everyone when matching closes. Source: the rulebook's "4. Matching" (grant).
"""

from __future__ import annotations

from makersphere_rules.entity import Entity, settled
from makersphere_rules.frozen import frozen

__all__ = ["Grant", "grant_key"]


@frozen
class Grant(Entity):
    """Credits that a space has given a venture in a season."""

    season: int = settled()
    space: int = settled(owner=True)
    venture: int = settled()
    maker: int = settled(owner=True)  # its lead
    credits: int = settled()

    @property
    def key(self) -> str:
        """Return season and venture as one key."""
        return grant_key(self.season, self.venture)


def grant_key(season: int, venture: int) -> str:
    """Return the key of a grant."""
    return f"{season}:{venture}"

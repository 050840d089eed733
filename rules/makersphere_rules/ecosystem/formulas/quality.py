"""Quality: what three tracks of progress are worth to consumers.

Source: the rulebook's "6. Market and payout".
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.ecosystem.table.entities import Venture

__all__ = ["HIGHEST_QUALITY", "quality"]

HIGHEST_QUALITY: Final = 10
_PROGRESS_PER_POINT: Final = 10


def quality(venture: Venture) -> int:
    """Return clamp(sum of the three tracks div 10, 1, 10)."""
    return min(max(sum(venture.tracks) // _PROGRESS_PER_POINT, 1), HIGHEST_QUALITY)

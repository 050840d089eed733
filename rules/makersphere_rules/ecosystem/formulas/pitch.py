"""What a pitch scores at a door. Source: the rulebook's "2. Admission"."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["pitch_score"]


def pitch_score(skills: Iterable[int], difficulty: int, seen: tuple[int, int], bonus: int) -> int:
    """Return the lead's skills + 3 (lo + hi) + 2 (10 - difficulty) + 3 x spirit bonus.

    Args:
        skills: of whoever leads.
        difficulty: of the idea, up to 10.
        seen: the lowest and the highest appeal by the look of the space.
        bonus: the spirit bonus of the space.
    """
    return sum(skills) + 3 * sum(seen) + 2 * (10 - difficulty) + 3 * bonus

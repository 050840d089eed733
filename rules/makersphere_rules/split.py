"""Share a whole by weights so that the parts always sum to the whole.

Hamilton's method of largest remainders (Balinski and Young 1982). Integers only.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["split"]


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """Split `whole` by `weights`, the units left going to the largest remainders.

    Args:
        whole: what is shared, in any unit; not negative.
        weights: one weight per receiver, not negative, in table order (equal remainders go to the earlier).

    Returns:
        One part per weight, summing to `whole`; all zero when all weights are zero.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    parts = [whole * weight // total for weight in weights]
    left = whole - sum(parts)
    if left:
        remainders = [whole * weight % total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)  # equals stay in order
        for i in by_remainder[:left]:
            parts[i] += 1
    return parts

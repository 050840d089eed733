"""Share a whole by weights so that the parts always sum to the whole, and keep parts within bounds.

Hamilton's method of largest remainders (Balinski and Young 1982). Integers only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["split", "within"]


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


def within(parts: Mapping[str, int], bounds: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Move units one at a time from part to part until each is within its bounds, as far as that can be had.

    A part that is too small takes from the one that is furthest above its own least; a part that is too large gives to
    the first that has room.

    Args:
        parts: how many units each part has, not negative.
        bounds: the least and the most units of a part; one that is not named may have any number.

    Returns:
        As many units in the same parts, in the same order.
    """
    moved = dict(parts)
    least = {name: bounds.get(name, (0, 0))[0] for name in parts}
    most = {name: bounds[name][1] if name in bounds else sum(parts.values()) for name in parts}
    for name in parts:
        while moved[name] < least[name]:
            other = max(parts, key=lambda each: moved[each] - least[each])
            if moved[other] <= least[other]:
                break
            moved[name], moved[other] = moved[name] + 1, moved[other] - 1
        for other in parts:
            while moved[name] > most[name] and moved[other] < most[other]:
                moved[name], moved[other] = moved[name] - 1, moved[other] + 1
    return moved

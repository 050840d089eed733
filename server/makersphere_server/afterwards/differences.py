"""What differs between a game as it was and as it might have been: which sentence says it, with which numbers.

Answers the key of a text and what fills it, for whatever tells it in words. A difference whose interval holds 0 may be
none, and is said to be so; an interval whose ends read alike is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["difference_said"]

_WHOLE: Final = 1_000  # hundredths from which on a decimal says nothing
_KEY: Final = "home.class.why.difference"


def difference_said(told: Mapping[str, Any]) -> tuple[str, dict[str, int | str]]:
    """Return the key of the sentence about one difference, and its numbers as people read them.

    Args:
        told: means in hundredths: as it `was`, as it `might` have been, the `mean` difference from `lo` to `hi`.
    """
    numbers: dict[str, int | str] = {name: _number(told[name]) for name in ("was", "might")}
    numbers |= {name: _number(told[name], is_change=True) for name in ("mean", "lo", "hi")}
    if told["lo"] == told["hi"] == 0:
        return f"{_KEY}.same", numbers
    if numbers["lo"] == numbers["hi"]:
        return f"{_KEY}.alike", numbers
    is_sure = told["lo"] > 0 or told["hi"] < 0
    return _KEY if is_sure else f"{_KEY}.unsure", numbers


def _number(hundredths: int, *, is_change: bool = False) -> str:
    """Return a number of hundredths as people read it: a half goes away from 0, as in the browser's `why_data.ts`."""
    size = abs(hundredths)
    tenths = (size + 50) // 100 * 10 if size >= _WHOLE else (size + 5) // 10
    said = f"{tenths // 10:,}.{tenths % 10}".removesuffix(".0")
    if not tenths:
        return said
    return f"\N{MINUS SIGN}{said}" if hundredths < 0 else f"+{said}" if is_change else said

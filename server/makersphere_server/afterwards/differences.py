"""What differs between a game as it was and as it might have been: which sentence says it, with which numbers.

Answers the key of a text and what fills it, for whatever tells it in words. A difference whose interval holds 0 may be
none, and is said to be so; an interval whose ends read alike is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["difference_said"]

_SCALE: Final = 100
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
    value = round(hundredths / _SCALE, 1) or 0.0  # and no 0 with a sign
    said = f"{value:+,.1f}" if is_change and value else f"{value:,.1f}"
    return said.removesuffix(".0").replace("-", "\N{MINUS SIGN}")

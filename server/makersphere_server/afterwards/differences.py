"""What differs between a game as it was and as it might have been: which sentence says it, with which numbers.

Answers the key of a text and what fills it, for whatever tells it in words. A difference whose interval holds 0 may be
none, and is said to be so; an interval whose ends read alike is left out. The numbers of a sentence are rounded to one
grain, the coarsest in which the difference is what lies between both sides as they are read; only the ends of an
interval that holds 0 are each rounded by their own size. The browser's `why_data.ts` does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["difference_said"]

_WHOLE: Final = 1_000  # hundredths from which on a decimal says nothing
_GRAINS: Final = (100, 10, 1)  # in hundredths: whole numbers, tenths, hundredths
_KEY: Final = "home.class.why.difference"


def difference_said(told: Mapping[str, Any]) -> tuple[str, dict[str, int | str]]:
    """Return the key of the sentence about one difference, and its numbers as people read them.

    Args:
        told: means in hundredths: as it `was`, as it `might` have been, the `mean` difference from `lo` to `hi`.
    """
    is_same = told["lo"] == told["hi"] == 0
    grain = _usual_grain(told["was"]) if is_same else _grain(told)
    was, might = _rounded(told["was"], grain), _rounded(told["might"], grain)
    is_sure = _is_sure(told)
    ends = {each: _rounded(told[each], grain if is_sure else _usual_grain(told[each])) for each in ("lo", "hi")}
    numbers: dict[str, int | str] = {"was": _number(was), "might": _number(might)}
    numbers |= {name: _number(value, is_change=True) for name, value in ({"mean": might - was} | ends).items()}
    if is_same:
        return f"{_KEY}.same", numbers
    if numbers["lo"] == numbers["hi"]:
        return f"{_KEY}.alike", numbers
    return _KEY if is_sure else f"{_KEY}.unsure", numbers


def _is_sure(told: Mapping[str, Any]) -> bool:
    return bool(told["lo"] > 0 or told["hi"] < 0)


def _grain(told: Mapping[str, Any]) -> int:
    """Return the coarsest grain in which the sides differ by the difference, and a sure one's interval leaves out 0."""
    for grain in _GRAINS[_GRAINS.index(_usual_grain(told["mean"])) :]:
        was, might, mean, lo, hi = (_rounded(told[name], grain) for name in ("was", "might", "mean", "lo", "hi"))
        if might - was == mean and not (_is_sure(told) and 0 in (lo, hi)):
            return grain
    return _GRAINS[-1]


def _usual_grain(hundredths: int) -> int:
    return _GRAINS[0] if abs(hundredths) >= _WHOLE else _GRAINS[1]


def _rounded(hundredths: int, grain: int) -> int:
    """Return hundredths rounded to a grain: a half goes away from 0."""
    size = (abs(hundredths) + grain // 2) // grain * grain
    return -size if hundredths < 0 else size


def _number(hundredths: int, *, is_change: bool = False) -> str:
    """Return a number of hundredths as people read it, with as many decimals as it has."""
    size = abs(hundredths)
    said = f"{size // 100:,}.{size % 100:02}".rstrip("0").removesuffix(".")
    if not size:
        return said
    return f"\N{MINUS SIGN}{said}" if hundredths < 0 else f"+{said}" if is_change else said

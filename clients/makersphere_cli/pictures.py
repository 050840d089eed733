"""Pictures of intervals as SVG, and the look of pages that are saved as one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

import attrs

from makersphere_playtest.estimates import Estimate

__all__ = ["Bar", "intervals", "style"]

_WIDTH: Final = 360
_ROW: Final = 40  # height of a bar
_PAD: Final = 8


@attrs.frozen
class Bar:
    """One interval: what it is of, and its mean as people read it."""

    name: str
    value: str
    estimate: Estimate


@cache
def style() -> str:
    """Return the style sheet of a page, for its head."""
    return (files("makersphere_cli") / "report.css").read_text("utf-8")


def intervals(label: str, bars: Sequence[Bar], reference: float | None = None) -> str:
    """Return bars one below the other on one scale.

    Args:
        label: what the picture shows, for who does not see it.
        bars: at least one.
        reference: a value that all are compared with: a dashed line through them.
    """
    known = [] if reference is None else [reference]
    lo, hi = min([bar.estimate.lo for bar in bars] + known), max([bar.estimate.hi for bar in bars] + known)

    def x(value: float) -> float:
        return _PAD + (value - lo) / (hi - lo) * (_WIDTH - 2 * _PAD) if hi > lo else _WIDTH / 2

    height = _ROW * len(bars)
    parts = [f'<line class="control" x1="{x(at):.1f}" x2="{x(at):.1f}" y1="0" y2="{height}"/>' for at in known]
    for number, bar in enumerate(bars):
        parts += _bar(bar, _ROW * number, x(bar.estimate.lo), x(bar.estimate.mean), x(bar.estimate.hi))
    parts.append(f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{height}" y2="{height}"/>')
    parts.append(f'<text class="soft" x="{_PAD}" y="{height + 16}">{lo:.1f}</text>')
    parts.append(f'<text class="soft" x="{_WIDTH - _PAD}" y="{height + 16}" text-anchor="end">{hi:.1f}</text>')
    says = escape(label, quote=True)
    return f'<svg viewBox="0 0 {_WIDTH} {height + 22}" role="img" aria-label="{says}">{"".join(parts)}</svg>'


def _bar(bar: Bar, top: int, first: float, mean: float, last: float) -> Iterator[str]:
    at = top + _ROW - 12
    yield f'<text x="0" y="{top + 15}">{escape(bar.name)}</text>'
    yield f'<text class="soft" x="{_WIDTH}" y="{top + 15}" text-anchor="end">{escape(bar.value)}</text>'
    yield f'<line class="whisker" x1="{first:.1f}" x2="{last:.1f}" y1="{at}" y2="{at}"/>'
    yield f'<circle cx="{mean:.1f}" cy="{at}" r="5"/>'

"""Pictures as SVG (intervals, and trade-offs), and the style sheet of pages that are saved as one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

import attrs

from makersphere_playtest.measured.intervals import Estimate

__all__ = ["Bar", "Dot", "intervals", "style", "trade"]

_WIDTH: Final = 360
_ROW: Final = 40  # height of a bar
_PAD: Final = 8
_EDGE: Final = 34  # for the numbers beside an axis


@attrs.frozen
class Bar:
    """One interval, with its label and its mean as people read it."""

    name: str
    value: str
    estimate: Estimate


@attrs.frozen
class Dot:
    """A point of a trade-off; a marked point stands out."""

    x: float
    y: float
    is_marked: bool = False


@cache
def style() -> str:
    """Return the style sheet of a page, for its head."""
    return (files("makersphere_cli.reports") / "report.css").read_text("utf-8")


def intervals(label: str, bars: Sequence[Bar], *known: float) -> str:
    """Return bars one below the other on one scale.

    Args:
        label: what the picture shows, in words for a reader who does not see it.
        bars: at least one.
        known: values that all are compared with: dashed lines through them.
    """
    lo = min([*(bar.estimate.lo for bar in bars), *known])
    hi = max([*(bar.estimate.hi for bar in bars), *known])

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


def trade(label: str, across: str, up: str, dots: Sequence[Dot], line: Sequence[Dot]) -> str:
    """Return dots over two axes that begin at 0, and a line that joins the best dots.

    Args:
        label: what the picture shows, in words for a reader who does not see it.
        across: what goes to the right, in whole numbers.
        up: what goes up.
        dots: at least one.
        line: the dots that the line joins, in order.
    """
    right, top = max(1.0, *(dot.x for dot in (*dots, *line))), max(0.01, *(dot.y for dot in (*dots, *line)))
    height = 6 * _ROW

    def at(dot: Dot) -> tuple[float, float]:
        return _EDGE + dot.x / right * (_WIDTH - _EDGE - 2 * _PAD), height - dot.y / top * (height - 30)

    def circle(dot: Dot) -> str:
        x, y = at(dot)
        look = "" if dot.is_marked else ' class="faint"'
        return f'<circle{look} cx="{x:.1f}" cy="{y:.1f}" r="5"/>'

    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, line))
    steps = range(0, int(right) + 1, -(-int(right) // 8))
    parts = [
        f'<text class="soft" x="0" y="12">{escape(up)}</text>',
        f'<line class="grid" x1="{_EDGE}" x2="{_WIDTH}" y1="{height}" y2="{height}"/>',
        *(f'<text class="soft" x="0" y="{at(Dot(0, y))[1] + 4:.1f}">{y:.1f}</text>' for y in (0.0, top / 2, top)),
        *(f'<text class="soft" x="{at(Dot(x, 0))[0] - 4:.1f}" y="{height + 18}">{x}</text>' for x in steps),
        f'<text class="soft" x="{_WIDTH}" y="{height + 36}" text-anchor="end">{escape(across)}</text>',
        *(circle(dot) for dot in dots if not dot.is_marked),
        f'<polyline class="whisker" fill="none" points="{path}"/>',
        *(circle(dot) for dot in line),
    ]
    says = escape(label, quote=True)
    return f'<svg viewBox="0 0 {_WIDTH} {height + 40}" role="img" aria-label="{says}">{"".join(parts)}</svg>'

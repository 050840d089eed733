"""Pictures as SVG, and the style sheet of pages that are saved as one file.

Intervals on one scale, columns of how values are spread, a curve of what each dose does, and a trade-off of two things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

import attrs

from makersphere_playtest.measured.intervals import Estimate

__all__ = ["Bar", "Dose", "Dot", "columns", "curve", "intervals", "style", "trade"]

_WIDTH: Final = 360
_ROW: Final = 40  # height of a bar
_PAD: Final = 8
_EDGE: Final = 34  # for the numbers beside an axis


@attrs.frozen
class Bar:
    """One interval, with its label and its mean as people read it.

    Attributes:
        band: where the mean is wanted; None: a side without a bound.
    """

    name: str
    value: str
    estimate: Estimate
    band: tuple[float | None, float | None] = (None, None)


@attrs.frozen
class Dose:
    """What a value brings: a point of a curve with its interval, with a mark where it surely differs."""

    value: float
    estimate: Estimate
    mark: str = ""


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
    bounds = [bound for bar in bars for bound in bar.band if bound is not None]
    lo = min([*(bar.estimate.lo for bar in bars), *known, *bounds])
    hi = max([*(bar.estimate.hi for bar in bars), *known, *bounds])

    def x(value: float) -> float:
        return _PAD + (value - lo) / (hi - lo) * (_WIDTH - 2 * _PAD) if hi > lo else _WIDTH / 2

    height = _ROW * len(bars)
    parts = [_band(bar.band, _ROW * number, x) for number, bar in enumerate(bars) if bar.band != (None, None)]
    parts += [f'<line class="control" x1="{x(at):.1f}" x2="{x(at):.1f}" y1="0" y2="{height}"/>' for at in known]
    for number, bar in enumerate(bars):
        parts += _bar(bar, _ROW * number, x(bar.estimate.lo), x(bar.estimate.mean), x(bar.estimate.hi))
    parts.append(f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{height}" y2="{height}"/>')
    parts.append(f'<text class="soft" x="{_PAD}" y="{height + 16}">{lo:.1f}</text>')
    parts.append(f'<text class="soft" x="{_WIDTH - _PAD}" y="{height + 16}" text-anchor="end">{hi:.1f}</text>')
    says = escape(label, quote=True)
    return f'<svg viewBox="0 0 {_WIDTH} {height + 22}" role="img" aria-label="{says}">{"".join(parts)}</svg>'


def _band(band: tuple[float | None, float | None], top: int, x: Callable[[float], float]) -> str:
    first, last = (edge if bound is None else x(bound) for bound, edge in zip(band, (0.0, float(_WIDTH)), strict=True))
    return f'<rect class="band" x="{first:.1f}" y="{top + 18}" width="{last - first:.1f}" height="{_ROW - 18}"/>'


def _bar(bar: Bar, top: int, first: float, mean: float, last: float) -> Iterator[str]:
    at = top + _ROW - 12
    yield f'<text x="0" y="{top + 15}">{escape(bar.name)}</text>'
    yield f'<text class="soft" x="{_WIDTH}" y="{top + 15}" text-anchor="end">{escape(bar.value)}</text>'
    yield f'<line class="whisker" x1="{first:.1f}" x2="{last:.1f}" y1="{at}" y2="{at}"/>'
    yield f'<circle cx="{mean:.1f}" cy="{at}" r="5"/>'


def columns(label: str, spread: Sequence[tuple[float, float, int]], known: Sequence[tuple[float, str]]) -> str:
    """Return columns side by side: how often each value was there.

    Args:
        label: what the picture shows, in words for a reader who does not see it.
        spread: at least one column: where it begins and ends, and how many values it has.
        known: values with what they are called, marked under the columns.
    """
    lo, hi, most = spread[0][0], spread[-1][1], max(count for _, _, count in spread)
    height = 3 * _ROW

    def x(value: float) -> float:
        return _PAD + (value - lo) / (hi - lo) * (_WIDTH - 2 * _PAD)

    parts = [
        f'<rect class="column" x="{x(first):.1f}" y="{height * (1 - count / most):.1f}"'
        f' width="{max(x(last) - x(first) - 1, 0.5):.1f}" height="{height * count / most:.1f}"/>'
        for first, last, count in spread
    ]
    parts.append(f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{height}" y2="{height}"/>')
    for number, (value, name) in enumerate(known):
        at, below = x(value), height + 18 + 16 * number
        parts.append(f'<line class="control" x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="{below - 10}"/>')
        anchor = "end" if at > _WIDTH / 2 else "start"
        parts.append(f'<text class="soft" x="{at:.1f}" y="{below}" text-anchor="{anchor}">{escape(name)}</text>')
    says, whole = escape(label, quote=True), height + 8 + 16 * len(known)
    return f'<svg viewBox="0 0 {_WIDTH} {whole}" role="img" aria-label="{says}">{"".join(parts)}</svg>'


def curve(label: str, doses: Sequence[Dose], as_is: Estimate) -> str:
    """Return what each value of a parameter brings, with intervals, and the scenario as it is as a band across.

    Args:
        label: what the picture shows, in words for a reader who does not see it.
        doses: at least one, in order of values.
        as_is: what the scenario as it is brings.
    """
    found = [as_is, *(dose.estimate for dose in doses)]
    lo, hi = min(one.lo for one in found), max(one.hi for one in found)
    left, right, height = doses[0].value, doses[-1].value, 4 * _ROW

    def x(value: float) -> float:
        wide = _WIDTH - 2 * _EDGE
        return _EDGE + (value - left) / (right - left) * wide if right > left else _WIDTH / 2

    def y(value: float) -> float:
        return height - 12 - (value - lo) / (hi - lo) * (height - 36) if hi > lo else height / 2

    top = y(as_is.hi)
    parts = [
        f'<rect class="band" x="{_EDGE}" y="{top:.1f}" width="{_WIDTH - _EDGE}" height="{y(as_is.lo) - top:.1f}"/>',
        f'<line class="control" x1="{_EDGE}" x2="{_WIDTH}" y1="{y(as_is.mean):.1f}" y2="{y(as_is.mean):.1f}"/>',
        f'<line class="grid" x1="{_EDGE}" x2="{_WIDTH}" y1="{height}" y2="{height}"/>',
        *(f'<text class="soft" x="0" y="{y(end) + 4:.1f}">{_short(end)}</text>' for end in dict.fromkeys((lo, hi))),
    ]
    points = " ".join(f"{x(dose.value):.1f},{y(dose.estimate.mean):.1f}" for dose in doses)
    parts.append(f'<polyline class="path" fill="none" points="{points}"/>')
    for dose in doses:
        parts += _dose(dose, x(dose.value), y, height)
    says = escape(label, quote=True)
    return f'<svg viewBox="0 0 {_WIDTH} {height + 22}" role="img" aria-label="{says}">{"".join(parts)}</svg>'


def _short(value: float) -> str:
    return f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"


def _dose(dose: Dose, at: float, y: Callable[[float], float], height: int) -> Iterator[str]:
    first, mean, last = (y(value) for value in (dose.estimate.lo, dose.estimate.mean, dose.estimate.hi))
    yield f'<line class="whisker" x1="{at:.1f}" x2="{at:.1f}" y1="{first:.1f}" y2="{last:.1f}"/>'
    yield f'<circle cx="{at:.1f}" cy="{mean:.1f}" r="5"/>'
    yield f'<text class="soft" x="{at:.1f}" y="{height + 16}" text-anchor="middle">{dose.value:g}</text>'
    if dose.mark:
        yield f'<text x="{at:.1f}" y="{last - 6:.1f}" text-anchor="middle">{escape(dose.mark)}</text>'


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

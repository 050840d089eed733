"""Pictures of a page that is taken home, as SVG made here: curves, a spread, what lived how long, bonds, money.

Each is drawn from the very numbers that stand in the table below it. Nothing is loaded, and nothing needs a colour:
curves differ in dashes too, so that they can be told apart on grey paper. Lengths are units of the picture's own box.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final
from unicodedata import east_asian_width

import attrs

__all__ = ["Curve", "bonds", "curves", "spread", "steps", "streams"]

_WIDTH: Final = 640
_NARROW: Final = 420  # of a curve, two of which stand side by side
_HEIGHT: Final = 220
_LEFT: Final = 52  # for the numbers of the axis
_MARGIN: Final = 20  # of a spread
_RIGHT: Final = 14
_TOP: Final = 12
_BOTTOM: Final = 26  # for the seasons
_TICKS: Final = 4
_DOT: Final = 7  # radius of a seat in a spread
_LETTER: Final = 13  # as `page.css` has them


@attrs.frozen
class Curve:
    """A curve: what it is called, and its values by season; where it has none it is not drawn.

    Attributes:
        sort: what colours it, 1 to 6; each has dashes of its own.
    """

    name: str
    sort: int
    values: Mapping[int, float]


def _svg(label: str, height: float, parts: Iterator[str] | Sequence[str], width: int = _WIDTH) -> str:
    says = escape(label, quote=True)
    return f'<svg viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{says}">{"".join(parts)}</svg>'


def _text(x: float, y: float, said: str, anchor: str = "middle", sort: str = "") -> str:
    named = f' class="{sort}"' if sort else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, sort: str) -> str:
    return f'<line class="{sort}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _step(span: float) -> float:
    """Return a round step that parts a span into about four."""
    raw = max(span, 1e-9) / _TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    return power * next(round_ for round_ in (1, 2, 5, 10) if raw <= round_ * power * 1.0001)


def _bounds(values: Sequence[float]) -> tuple[float, float, float]:
    """Return where an axis begins and ends, and its step; 0 is always on it."""
    lo, hi = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    step = max(_step(hi - lo), 1.0) if all(value == int(value) for value in values) else _step(hi - lo)
    return math.floor(lo / step) * step, max(math.ceil(hi / step) * step, step), step


def _axis(lo: float, hi: float, step: float, plain: str) -> Iterator[tuple[float, str]]:
    for number in range(round((hi - lo) / step) + 1):
        value = lo + number * step
        said = f"{value:,.0f}" if step >= 1 else f"{value:.1f}"
        yield value, said.replace("-", plain)


def curves(label: str, seasons: Sequence[int], drawn: Sequence[Curve], names: Mapping[int, str]) -> str:
    """Return curves over the seasons, each with a dot at every season.

    Args:
        label: what the picture shows, for a reader who does not see it.
        seasons: at least one.
        drawn: at least one curve with a value.
        names: of the seasons, under the picture.
    """
    lo, hi, step = _bounds([value for curve in drawn for value in curve.values.values()])
    wide = _NARROW - _LEFT - _RIGHT

    def x(season: int) -> float:
        place = seasons.index(season)
        return _LEFT + wide * (place + 0.5) / len(seasons)

    def y(value: float) -> float:
        return _TOP + (hi - value) / (hi - lo) * (_HEIGHT - _TOP - _BOTTOM)

    parts: list[str] = []
    for value, said in _axis(lo, hi, step, "\N{MINUS SIGN}"):
        parts += [_line(_LEFT, y(value), _NARROW - _RIGHT, y(value), "base" if value == 0 else "grid")]
        parts.append(_text(_LEFT - 8, y(value) + 4, said, "end"))
    parts += [_text(x(season), _HEIGHT - 6, names[season]) for season in seasons]
    for curve in drawn:
        points = [(x(season), y(curve.values[season])) for season in seasons if season in curve.values]
        path = " ".join(f"{at:.1f},{up:.1f}" for at, up in points)
        parts.append(f'<polyline class="curve c{curve.sort}" points="{path}"/>')
        parts += [f'<circle class="dot c{curve.sort}" cx="{at:.1f}" cy="{up:.1f}" r="4"/>' for at, up in points]
    return _svg(label, _HEIGHT, parts, _NARROW)


def spread(label: str, values: Sequence[int], own: int, marks: Sequence[tuple[int, str]]) -> str:
    """Return values as dots over one scale, those that are near each other one above the other; one's own stands out.

    Args:
        label: what the picture shows, for a reader who does not see it.
        values: of all, one's own among them.
        own: one's own.
        marks: further values on the scale, such as a standard, with what they are called.
    """
    lo, hi, step = _bounds([*values, *(value for value, _ in marks)])
    wide = _NARROW - 2 * _MARGIN

    def x(value: float) -> float:
        return _MARGIN + (value - lo) / (hi - lo) * wide

    piles: dict[int, int] = {}
    dots: list[tuple[float, int, bool]] = []
    is_shown = False
    for value in sorted(values):
        column = round(x(value) / (2 * _DOT))
        is_own = value == own and not is_shown
        is_shown = is_shown or is_own
        dots.append((column * 2 * _DOT, piles.get(column, 0), is_own))
        piles[column] = piles.get(column, 0) + 1
    floor = 30 + 2 * _DOT * max(piles.values(), default=1)
    parts = [_line(_MARGIN, floor, _NARROW - _MARGIN, floor, "base")]
    parts += [_text(x(value), floor + 20, said) for value, said in _axis(lo, hi, step, "\N{MINUS SIGN}")]
    for value, said in marks:
        parts += [_line(x(value), 16, x(value), floor, "mark"), _text(_inside(x(value), said), 11, said)]
    for at, height, is_own in dots:
        sort = "own" if is_own else "other"
        parts.append(
            f'<circle class="{sort}" cx="{at:.1f}" cy="{floor - _DOT * (2 * height + 1):.1f}" r="{_DOT - 1}"/>'
        )
    return _svg(label, floor + 26, parts, _NARROW)


def steps(label: str, survival: Sequence[tuple[int, int]]) -> str:
    """Return which share of ventures lived past each age, as steps that go down.

    Args:
        label: what the picture shows, for a reader who does not see it.
        survival: age in seasons and thousandths, in order.
    """
    wide = (_NARROW - _LEFT - _RIGHT) / len(survival)

    def y(share: float) -> float:
        return _TOP + (1000 - share) / 1000 * (_HEIGHT - _TOP - _BOTTOM)

    parts: list[str] = []
    for share in (0, 250, 500, 750, 1000):
        parts.append(_line(_LEFT, y(share), _NARROW - _RIGHT, y(share), "grid" if share else "base"))
        parts.append(_text(_LEFT - 8, y(share) + 4, f"{share // 10}%", "end"))
    points = [(float(_LEFT), y(1000))]
    for number, (age, share) in enumerate(survival, 1):
        at = _LEFT + wide * number
        points += [(at, points[-1][1]), (at, y(share))]
        parts.append(_text(at, _HEIGHT - 6, str(age), "end"))
    path = " ".join(f"{at:.1f},{up:.1f}" for at, up in points)
    return _svg(label, _HEIGHT, [*parts, f'<polyline class="curve c1" points="{path}"/>'], _NARROW)


def bonds(
    label: str, left: Mapping[int, str], right: Mapping[int, str], ties: Sequence[str], deals: Sequence[str]
) -> str:
    """Return makers at the left with their ties as arcs beside them, investors at the right, and deals as lines across.

    Args:
        label: what the picture shows, for a reader who does not see it.
        left: names of the makers by seat.
        right: names of the investors by seat.
        ties: pairs of makers, `3:7`.
        deals: pairs of a maker and an investor.
    """
    row = 26
    height = row * max(len(left), len(right), 1) + 8
    x_left = max(250.0, 112 + 8 + max(map(_wide, left.values()), default=0))
    x_right = x_left + 180
    width = max(_WIDTH, math.ceil(x_right + 12 + 8 + max(map(_wide, right.values()), default=0)))

    def places(some: Mapping[int, str]) -> dict[int, float]:
        return {seat: height * (number + 0.5) / len(some) for number, seat in enumerate(some)}

    makers, investors = places(left), places(right)
    parts: list[str] = []
    for one, other in (map(int, pair.split(":")) for pair in ties):
        if one in makers and other in makers:
            first, last = sorted((makers[one], makers[other]))
            bulge = x_left - 20 - min(90.0, (last - first) / 3)
            at = f"M{x_left:.0f} {first:.1f}Q{bulge:.1f} {(first + last) / 2:.1f} {x_left:.0f} {last:.1f}"
            parts.append(f'<path class="tie" d="{at}"/>')
    for one, other in (map(int, pair.split(":")) for pair in deals):
        if one in makers and other in investors:
            parts.append(_line(x_left, makers[one], x_right, investors[other], "deal"))
    parts += [f'<circle class="maker" cx="{x_left}" cy="{y:.1f}" r="5"/>' for y in makers.values()]
    parts += [f'<circle class="investor" cx="{x_right}" cy="{y:.1f}" r="5"/>' for y in investors.values()]
    parts += [_text(x_left - 112, makers[seat] + 4, name, "end") for seat, name in left.items()]
    parts += [_text(x_right + 12, investors[seat] + 4, name, "start") for seat, name in right.items()]
    return _svg(label, height, parts, width)


def _inside(x: float, said: str) -> float:
    """Return where the middle of a text stands, as near to a place as the picture's edges let it stand whole."""
    half = _wide(said) / 2
    return min(max(x, half), _NARROW - half)


def _wide(said: str) -> float:
    """Return how wide a text is at most, in the letters of a page: a wide sign, as a Chinese one, is a square."""
    return sum(_LETTER * (1 if east_asian_width(each) in "WF" else 0.7) for each in said)


@attrs.frozen
class _Node:
    key: str
    x: float
    y: float
    height: float


def streams(label: str, links: Mapping[tuple[str, str], int], names: Mapping[str, str], columns: Sequence[str]) -> str:
    """Return money as streams between columns of nodes, each as high as the credits that go through it.

    Args:
        label: what the picture shows, for a reader who does not see it.
        links: credits by where from and where to; a node's key begins with its column's name and a colon.
        names: of the nodes, in the order in which they stand.
        columns: their names, from the left.
    """
    sizes = {
        key: max(
            sum(paid for (one, _), paid in links.items() if one == key),
            sum(paid for (_, other), paid in links.items() if other == key),
        )
        for key in names
    }
    total = max(1, *(sum(size for key, size in sizes.items() if key.startswith(f"{column}:")) for column in columns))
    gap, high = 24, 240.0
    nodes: dict[str, _Node] = {}
    for number, column in enumerate(columns):
        at = 6 + (_WIDTH - 18) * number / max(len(columns) - 1, 1)
        y = 20.0
        for key in (key for key in names if key.startswith(f"{column}:")):
            nodes[key] = _Node(key, at, y, max(1.5, high * sizes[key] / total))
            y += nodes[key].height + gap
    parts = [*_ribbons(links, nodes, high / total), *_boxes(nodes, names, sizes, columns[-1])]
    lowest = max((node.y + node.height for node in nodes.values()), default=high)
    return _svg(label, lowest + 8, parts)


def _ribbons(links: Mapping[tuple[str, str], int], nodes: Mapping[str, _Node], scale: float) -> Iterator[str]:
    left, right = dict.fromkeys(nodes, 0.0), dict.fromkeys(nodes, 0.0)
    order = {key: number for number, key in enumerate(nodes)}
    for (one, other), paid in sorted(links.items(), key=lambda link: (order[link[0][0]], order[link[0][1]])):
        start, end, thick = nodes[one], nodes[other], paid * scale
        y1, y2 = start.y + right[one] + thick / 2, end.y + left[other] + thick / 2
        right[one] += thick
        left[other] += thick
        x1, x2 = start.x + 6, end.x
        bend = (x1 + x2) / 2
        at = f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        yield f'<path class="stream" d="{at}" stroke-width="{max(thick, 0.7):.1f}"/>'


def _boxes(nodes: Mapping[str, _Node], names: Mapping[str, str], sizes: Mapping[str, int], last: str) -> Iterator[str]:
    for node in nodes.values():
        is_last = node.key.startswith(f"{last}:")
        yield f'<rect class="node" x="{node.x:.1f}" y="{node.y:.1f}" width="6" height="{node.height:.1f}"/>'
        anchor, at = ("end", node.x + 6) if is_last else ("start", node.x)
        yield _text(at, node.y - 5, f"{names[node.key]} {sizes[node.key]:,}", anchor, "halo")

"""A comparison as one page that needs nothing else: pictures first, the table under them, light, dark and on paper."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from makersphere_cli import comparison_words as words
from makersphere_cli.words import language, say
from makersphere_playtest.comparison import Cell, Comparison, Row

__all__ = ["page"]

_WIDTH: Final = 360
_ROW: Final = 40  # height of an arm
_PAD: Final = 8


def page(found: Comparison) -> str:
    """Return the page."""
    rows = {row.outcome: row for row in found.rows}
    order = [*found.headline, *(name for name in rows if name not in found.headline)]
    pictures = "\n".join(_figure(found, rows[name]) for name in order)
    return f"""<!doctype html>
<html lang="{language()}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(words.title(found))}</title>
<style>{_style()}</style>
<main>
<h1>{escape(words.title(found))}</h1>
<p>{escape(words.question(found))}</p>
<p class="soft">{escape(words.subtitle(found))}<br>{escape(words.answer())}</p>
<div class="pictures">
{pictures}
</div>
<div class="scroll">{_table(found)}</div>
</main>
</html>
"""


@cache
def _style() -> str:
    return (files("makersphere_cli") / "report.css").read_text("utf-8")


def _figure(found: Comparison, row: Row) -> str:
    name = escape(words.outcome(row.outcome))
    return f"<figure><h2>{name}</h2>{_picture(found, row)}</figure>"


def _picture(found: Comparison, row: Row) -> str:
    """Return a picture of intervals: an arm to a row, the control's mean as a dashed line through all of them."""
    lo, hi = min(cell.estimate.lo for cell in row.cells), max(cell.estimate.hi for cell in row.cells)

    def x(value: float) -> float:
        return _PAD + (value - lo) / (hi - lo) * (_WIDTH - 2 * _PAD) if hi > lo else _WIDTH / 2

    height = _ROW * len(row.cells)
    control = x(row.cells[0].estimate.mean)
    parts = [f'<line class="control" x1="{control:.1f}" x2="{control:.1f}" y1="0" y2="{height}"/>']
    for number, cell in enumerate(row.cells):
        parts.append(
            _whisker(found, cell, _ROW * number, x(cell.estimate.lo), x(cell.estimate.mean), x(cell.estimate.hi))
        )
    parts.append(f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{height}" y2="{height}"/>')
    parts.append(f'<text class="soft" x="{_PAD}" y="{height + 16}">{lo:.1f}</text>')
    parts.append(f'<text class="soft" x="{_WIDTH - _PAD}" y="{height + 16}" text-anchor="end">{hi:.1f}</text>')
    label = escape(words.outcome(row.outcome), quote=True)
    return f'<svg viewBox="0 0 {_WIDTH} {height + 22}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def _whisker(found: Comparison, cell: Cell, top: int, first: float, mean: float, last: float) -> str:
    name, at = escape(words.arm(found.experiment, cell.arm)), top + _ROW - 12
    value = f"{cell.estimate.mean:.1f} {words.change(cell)}".rstrip()
    return (
        f'<text x="0" y="{top + 15}">{name}</text>'
        f'<text class="soft" x="{_WIDTH}" y="{top + 15}" text-anchor="end">{value}</text>'
        f'<line class="whisker" x1="{first:.1f}" x2="{last:.1f}" y1="{at}" y2="{at}"/>'
        f'<circle cx="{mean:.1f}" cy="{at}" r="5"/>'
    )


def _table(found: Comparison) -> str:
    heads = "".join(
        f'<th scope="col">{escape(words.arm(found.experiment, cell.arm))}</th>' for cell in found.rows[0].cells
    )
    body = "".join(
        f'<tr><th scope="row">{escape(words.outcome(row.outcome))}</th>{"".join(map(_cell, row.cells))}</tr>'
        for row in found.rows
    )
    head = f'<tr><th scope="col">{escape(say("column.outcome"))}</th>{heads}</tr>'
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell) -> str:
    mark = words.change(cell)
    shown = f' <b class="mark">{mark}</b>' if mark else ""
    return f"<td>{cell.estimate.mean:.1f}{shown}<br><small>{words.interval(cell.estimate)}</small></td>"

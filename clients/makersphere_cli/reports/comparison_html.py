"""A comparison as one page that needs nothing else: pictures first, the table under them, light, dark and on paper."""

from __future__ import annotations

from html import escape

from makersphere_cli.reports import comparison_words as words
from makersphere_cli.reports.html_page import document
from makersphere_cli.reports.svg_pictures import Bar, intervals
from makersphere_cli.speech.words import say
from makersphere_playtest.plans.comparison import Comparison
from makersphere_playtest.plans.sides import Cell, Row

__all__ = ["page"]


def page(found: Comparison) -> str:
    """Return the page."""
    rows = {row.outcome: row for row in found.rows}
    order = [*found.headline, *(name for name in rows if name not in found.headline)]
    pictures = "\n".join(_figure(found, rows[name]) for name in order)
    body = f"""<p>{escape(words.question(found))}</p>
<p class="soft">{escape(words.subtitle(found))}<br>{escape(words.answer())}</p>
<div class="pictures">
{pictures}
</div>
<div class="scroll">{_table(found)}</div>"""
    return document(words.title(found), body)


def _figure(found: Comparison, row: Row) -> str:
    name = escape(words.outcome(row.outcome))
    return f"<figure><h2>{name}</h2>{_picture(found, row)}</figure>"


def _picture(found: Comparison, row: Row) -> str:
    """Return a picture of intervals: an arm to a row, the control's mean as a line through all of them."""
    bars = [
        Bar(
            words.arm(found.experiment, cell.arm),
            f"{cell.estimate.mean:.1f} {words.change(cell)}".rstrip(),
            cell.estimate,
        )
        for cell in row.cells
    ]
    return intervals(words.outcome(row.outcome), bars, row.cells[0].estimate.mean)


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

"""Pages that are saved as one file: their frame, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from makersphere_cli.reports.svg_pictures import style
from makersphere_cli.speech.words import language

__all__ = ["bullets", "document", "table"]


def document(title: str, body: str) -> str:
    """Return a page that needs nothing else."""
    return f"""<!doctype html>
<html lang="{language()}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{style()}</style>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</html>
"""


def bullets(sentences: Iterable[str]) -> str:
    """Return sentences as a list; "" where there are none."""
    items = "".join(f"<li>{escape(one)}</li>" for one in sentences)
    return f"<ul>{items}</ul>" if items else ""


def table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table with a heading; the first cell of each row is its head."""
    return f'<h2>{escape(title)}</h2><div class="scroll"><table>{"".join(_rows(heads, rows))}</table></div>'


def _rows(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield f"<thead><tr>{columns}</tr></thead><tbody>"
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody>"

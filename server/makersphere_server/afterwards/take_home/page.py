"""The frame of a page that is taken home: one file that opens without a network and prints.

Answers HTML with its style sheet in it, and no script. Whatever comes from people is escaped here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

import attrs

__all__ = ["Cell", "Text", "document", "figure", "items", "pairs", "paragraph", "section", "table"]


_FEW: Final = 4  # columns of numbers that half a page holds


@attrs.frozen
class Cell:
    """A number in a table: as people read it, and by which name of the debrief it is known.

    On the page the names of a row's numbers stand parted: `data-of` of the row with a `*`, and `data-at` of the number,
    which takes its place. So a name is there in full, and a long game stays a small file.
    """

    said: str
    key: str = ""


Text = str | Cell


@cache
def _style() -> str:
    folder = files("makersphere_server.afterwards.take_home")
    found = "".join((folder / name).read_text("utf-8") for name in ("page.css", "paper.css"))
    return "\n".join(line.strip() for line in found.splitlines() if line.strip())


def document(language: str, title: str, lead: Iterable[str], body: Iterable[str]) -> bytes:
    """Return a whole page.

    Args:
        language: in which it is written.
        title: what it is, for the tab and the top.
        lead: short facts under the title.
        body: its sections as HTML.
    """
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in lead if fact)
    return f"""<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{_style()}</style>
<body>
<header><p class="brand">Makersphere · 创客圈</p><h1>{escape(title)}</h1><ul class="facts">{facts}</ul></header>
<main>
{"".join(body)}
</main>
</body>
</html>
""".encode()


def section(title: str, *inner: str, sort: str = "") -> str:
    """Return a section with a heading, or nothing where there is nothing in it; `inner` is HTML."""
    whole = "".join(inner)
    named = f' class="{sort}"' if sort else ""
    return f"<section{named}><h2>{escape(title)}</h2>{whole}</section>" if whole else ""


def pairs(parts: Iterable[str], columns: int) -> str:
    """Return blocks of HTML two by two, or one below the other where their tables have too many columns for that."""
    inner = "".join(f"<div>{part}</div>" for part in parts)
    return f'<div class="{"pairs" if columns <= _FEW else "singles"}">{inner}</div>' if inner else ""


def paragraph(said: str, sort: str = "") -> str:
    """Return a sentence or two, or nothing for no words."""
    named = f' class="{sort}"' if sort else ""
    return f"<p{named}>{escape(said)}</p>" if said else ""


def items(said: Iterable[str | tuple[str, str]], *, is_ordered: bool = False, sort: str = "") -> str:
    """Return sentences as a list, each alone or with something smaller behind it; nothing where there are none."""
    tag = "ol" if is_ordered else "ul"
    named = f' class="{sort}"' if sort else ""
    inner = "".join(f"<li>{_item(one)}</li>" for one in said if one)
    return f"<{tag}{named}>{inner}</{tag}>" if inner else ""


def _item(one: str | tuple[str, str]) -> str:
    if isinstance(one, str):
        return escape(one)
    return f"{escape(one[0])} <small>{escape(one[1])}</small>" if one[1] else escape(one[0])


def figure(drawn: str, legend: Sequence[tuple[int, str]] = (), note: str = "", *, is_wide: bool = False) -> str:
    """Return a picture with a legend of its curves, by sort and name, and a note below it.

    Args:
        drawn: the picture as SVG.
        legend: of its curves.
        note: said below it.
        is_wide: on a narrow screen it is swiped, so that its words stay large enough to read.
    """
    entries = "".join(
        f'<li><svg viewBox="0 0 28 8" aria-hidden="true"><line class="curve c{sort}" x1="1" y1="4" x2="27" '
        f'y2="4"/></svg>{escape(name)}</li>'
        for sort, name in legend
    )
    named = f'<ul class="legend">{entries}</ul>' if len(legend) > 1 else ""
    sort = ' class="wide" tabindex="0"' if is_wide else ""
    return f"<figure{sort}>{named}{drawn}{f'<figcaption>{escape(note)}</figcaption>' if note else ''}</figure>"


def table(heads: Sequence[str], rows: Iterable[Sequence[Text]], caption: str = "", sort: str = "") -> str:
    """Return a table whose first cell of each row is its head; nothing where it has no rows."""
    listed = [tuple(row) for row in rows]
    if not listed:
        return ""
    numbers = {place for row in listed for place, cell in enumerate(row) if isinstance(cell, Cell)}
    columns = "".join(_head(head, is_number=place in numbers) for place, head in enumerate(heads))
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    whole = f"<table>{named}<thead><tr>{columns}</tr></thead><tbody>{''.join(_rows(listed))}</tbody></table>"
    return f'<div class="{f"scroll {sort}".rstrip()}" tabindex="0">{whole}</div>'


def _head(said: str, *, is_number: bool) -> str:
    sort = ' class="n"' if is_number else ""
    return f'<th scope="col"{sort}>{escape(said)}</th>' if said else f"<td{sort}></td>"


def _rows(rows: Iterable[Sequence[Text]]) -> Iterator[str]:
    """Yield rows; what the names of a row's numbers have in common stands once, on the row."""
    for first, *rest in rows:
        said = first.said if isinstance(first, Cell) else first
        keys = [cell.key for cell in rest if isinstance(cell, Cell) and cell.key]
        before = _in_common(keys)
        after = _in_common([key[len(before) :][::-1] for key in keys])[::-1]
        known = f' data-of="{escape(f"{before}*{after}", quote=True)}"' if keys else ""
        cells = "".join(_cell(cell, len(before), len(after)) for cell in rest)
        yield f'<tr{known}><th scope="row">{escape(said)}</th>{cells}</tr>'


def _in_common(texts: Sequence[str]) -> str:
    """Return what all texts begin with: the first and the last in their order differ where any two do."""
    if not texts:
        return ""
    first, last = min(texts), max(texts)
    same = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return first[:same]


def _cell(cell: Text, before: int, after: int) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    own = cell.key[before : len(cell.key) - after]
    known = f'data-at="{escape(own, quote=True)}"' if cell.key else 'class="n"'
    return f"<td {known}>{escape(cell.said)}</td>"

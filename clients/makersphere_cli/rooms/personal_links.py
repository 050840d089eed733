"""The personal links of a class's people, to be handed out: as lines, and as a sheet of QR codes to print and cut.

Whoever has a link sits in that person's place: a sheet is made for its owner alone to read, and says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Final

import attrs
import segno

from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_protocol import texts

__all__ = ["PersonalLink", "personal_links", "see_that_it_is_free", "write_sheet"]

_STYLE: Final = """
body { font: 12pt/1.4 system-ui, sans-serif; margin: 1cm; }
ul { list-style: none; margin: 0; padding: 0; display: grid; }
ul { grid-template-columns: repeat(auto-fill, minmax(8cm, 1fr)); }
li { display: flex; gap: .4cm; align-items: center; padding: .4cm; border: 1px dashed #777; break-inside: avoid; }
li b, li span { display: block; } li svg { flex: none; width: 3cm; height: 3cm; } .code { font-family: monospace; }
.where { overflow-wrap: anywhere; font-size: 9pt; } @media print { .note { display: none; } }
"""


@attrs.frozen
class PersonalLink:
    """Somebody's way into a class, on any device."""

    number: int
    name: str = attrs.field(repr=False)
    code: str = attrs.field(repr=False)
    link: str = attrs.field(repr=False)


def personal_links(base: str, room: str, people: Iterable[tuple[int, str, str]]) -> list[PersonalLink]:
    """Return the links of people, who are a number, a name and a personal code each, behind a server's address."""
    return [PersonalLink(number, name, code, f"{base}/#/j/{room}/me/{code}") for number, name, code in people]


def see_that_it_is_free(file: Path) -> None:
    """See that a sheet can be written, before anything is done that would be lost with it.

    Raises:
        Trouble: the file is there already, or cannot be written.
    """
    with _said(file):
        os.close(_made(file))
        file.unlink()


def write_sheet(file: Path, room: str, title: str, language: str, links: Iterable[PersonalLink]) -> None:
    """Write a page that needs nothing else and prints a slip for each person, in the language of the class.

    Each slip names the class, since they are cut apart: by its `title`, where it has one, and by its code `room`.

    Raises:
        Trouble: the file is there already, or cannot be written.
    """
    with _said(file), os.fdopen(_made(file), "w", encoding="utf-8") as out:
        out.write(_sheet(room, title, language, links))


def _made(file: Path) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _said(file: Path) -> Iterator[None]:
    """Say why a sheet is not written."""
    try:
        yield
    except FileExistsError:
        raise Trouble("sheet_exists", file=str(file)) from None
    except OSError as error:
        raise Trouble("file_unwritable", file=str(file), why=cause(error)) from None


def _sheet(room: str, title: str, language: str, links: Iterable[PersonalLink]) -> str:
    def said(key: str) -> str:
        return escape(texts.say(language, f"terminal.class.{key}", {"room": room}))

    heading = escape(title) or said("sheet")
    of_class = ": ".join(filter(None, (escape(title), said("sheet_room"))))
    slips = "".join(_slip(of_class, room, language, link) for link in links)
    return f"""<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>{heading}</title>
<style>{_STYLE}</style>
<h1>{heading}</h1>
<p class="note">{said("sheet_secret")}</p>
<ul>{slips}</ul>
</html>
"""


def _slip(of_class: str, room: str, language: str, link: PersonalLink) -> str:
    """Return one person's slip, with the words of those that the class page prints."""

    def said(key: str, **values: str) -> str:
        return escape(texts.say(language, key, values))

    drawn = segno.make(link.link, micro=False, error="m").svg_inline(border=2, omitsize=True)
    groups = " ".join(link.code[at : at + 4] for at in range(0, len(link.code), 4))
    address = link.link.partition("/#/")[0].partition("://")[2]
    field = texts.say(language, "ui.join.has_pass")
    return (
        f"<li>{drawn}<div><b><bdi>{escape(link.name)}</bdi></b>"
        f"<span>{of_class}</span>"
        f'<span class="code">{said("ui.class.slip.pass", **{"pass": groups})}</span>'
        f'<span class="where">{said("ui.class.slip.typed", address=address, code=room, field=field)}</span>'
        f"</div></li>"
    )

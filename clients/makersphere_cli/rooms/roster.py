"""Names of a file, as schools have them: a line each, or a table with a column of names, in whichever encoding.

Answers as the page of a class does with the same file, with the column of groups where there is one. Where a table has
no column of whole names, those of first and last names are put together. A quotation mark that is open at a line's end
is refused here, for nobody sees what became of it. Which names can be shown, and which are there already, the server
says.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import attrs

from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble

__all__ = ["MOST_NAMES", "Listed", "NoRow", "in_pieces", "list_in", "list_of"]

MOST_NAMES: Final = 1_000
_LONGEST: Final = 200  # what a command takes of a name
_MOST_BYTES: Final = 4 << 20
_HEADERS: Final = re.compile("names?|full name|student|student name|pupil|姓名|名字|学生|学生姓名|名称", re.IGNORECASE)
_FIRST: Final = re.compile("first[ _-]?names?|given[ _-]?names?|forenames?|名", re.IGNORECASE)
_LAST: Final = re.compile("last[ _-]?names?|family[ _-]?names?|surnames?|姓|姓氏", re.IGNORECASE)
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_GROUPS: Final = re.compile("groups?|teams?|sections?|classes|class|级别|组|小组|组别|分组|班|班级", re.IGNORECASE)
_BETWEEN: Final = ("\t", ";", ",")  # cells
_ONE_IN: Final = 16  # bytes is a zero at least, in UTF-16: where all names are Chinese, their ends of lines are
_LINE_END: Final = re.compile(r"\r\n?|\n")
_LATIN: Final = re.compile(
    "[\xa0\xaa\xb0\xb4\xb7\xba\xc0-\xd6\xd8-\xf6\xf8-\xff\u0152-\u0178\u017d\u017e\u2013-\u201e\u2026\u20ac]"
)
_CHINESE: Final = re.compile(
    "[\xa7\xb0\xb7\xd7\xf7\u2010-\u203b\u20ac\u2100-\u22ff\u2460-\u249b\u25a0-\u26ff\u3000-\u3017\u3220-\u33ff"
    "\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e\uffe5\U00020000-\U0003ffff]"
)
_STRANGE_ONE_IN: Final = 4  # one letter in so many, of those beyond ASCII: more are a sign of another encoding
_HIGH: Final = re.compile(rb"[\x81-\xff]+")


@attrs.frozen
class Listed:
    """One line of a list.

    Attributes:
        mark: what the list says besides, such as a group; "": nothing.
    """

    name: str = attrs.field(repr=False)
    mark: str = attrs.field(default="", repr=False)


def list_of(file: Path) -> list[Listed]:
    """Return the list that a file is.

    Raises:
        Trouble: it cannot be read, or has no names, or more than a class can have, or one that is too long,
            or is no table.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Trouble("roster_unreadable", file=str(file), why=cause(error)) from None
    try:
        found = list_in(_decoded(raw)) if len(raw) <= _MOST_BYTES else []
    except UnicodeError:
        raise Trouble("roster_unknown_letters", file=str(file)) from None
    except NoRow as no:
        raise Trouble("roster_no_row", file=str(file), line=no.line, max=f"{csv.field_size_limit():,}") from None
    if not found:
        raise Trouble("roster_empty", file=str(file))
    if len(found) > MOST_NAMES:
        raise Trouble("roster_too_many", file=str(file), n=f"{len(found):,}", max=f"{MOST_NAMES:,}")
    long = next((number for number, listed in enumerate(found, 1) if len(listed.name) > _LONGEST), 0)
    if long:
        raise Trouble("roster_too_long", file=str(file), number=long, max=_LONGEST)
    return found


def in_pieces(names: Iterable[Listed], most: int) -> list[list[Listed]]:
    """Return a list in pieces of so many names; a name that stands twice is in one, for the server to see."""
    by_name: defaultdict[str, list[Listed]] = defaultdict(list)
    for listed in names:
        by_name["".join(unicodedata.normalize("NFKC", listed.name).casefold().split())].append(listed)
    found: list[list[Listed]] = [[]]
    for twins in by_name.values():
        if len(found[-1]) + len(twins) > most:
            found.append([])
        for listed in twins:
            if len(found[-1]) == most:
                found.append([])
            found[-1].append(listed)
    return [piece for piece in found if piece]


def list_in(text: str) -> list[Listed]:
    """Return the list that a text is: a name a line, or the column called *name* with the one called *group*.

    Two columns, of the first and the last name, are as good as one of the whole name. Empty lines are left out.

    Raises:
        NoRow: a line is no row of a table.
    """
    lines = {at: line for at, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1) if line.strip()}
    between = _between_cells(*next(iter(lines.items()))) if lines else ""
    rows = [_cells(at, line, between) for at, line in lines.items()]
    columns = _columns(rows[0]) if rows else []
    group = _heading(_GROUPS, rows[0]) if columns else None
    named = rows[1:] if columns else rows
    found = [Listed(_name(row, columns or [0]), _cell(row, group)[:_LONGEST]) for row in named]
    return [listed for listed in found if listed.name]


def _columns(row: list[str]) -> list[int]:
    """Return which columns have the names, by a row of headings: one, or the first and the last names; else none."""
    whole = _heading(_HEADERS, row)
    found = [whole] if whole is not None else [_heading(_FIRST, row), _heading(_LAST, row)]
    return [at for at in found if at is not None]


def _name(row: list[str], columns: list[int]) -> str:
    """Return the name that a row has in some columns."""
    parts = [part for part in (_cell(row, at) for at in columns) if part]
    is_chinese = len(parts) > 1 and all(map(_HAN.fullmatch, parts))
    return "".join(reversed(parts)) if is_chinese else " ".join(parts)


def _heading(of: re.Pattern[str], row: list[str]) -> int | None:
    """Return which cell of a row is the heading of a column, if there is one."""
    return next((at for at, cell in enumerate(row) if of.fullmatch(cell)), None)


def _cell(row: list[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _between_cells(at: int, line: str) -> str:
    """Return what parts the cells of a table, or "" where the first line is one name."""
    found = (each for each in _BETWEEN if each in line and _columns(_cells(at, line, each)))
    return next(found, "")


def _cells(at: int, line: str, between: str) -> list[str]:
    """Return the cells of a line."""
    if not between:
        return [line.strip().strip('"').strip()]
    read = csv.reader([line, ""], delimiter=between, skipinitialspace=True)
    try:
        row = next(read)
    except csv.Error:
        raise NoRow(at) from None
    if read.line_num > 1:  # a cell goes on behind the end of the line
        raise NoRow(at)
    return [cell.strip() for cell in row]


class NoRow(Exception):
    """A line, counted from 1, is no row of a table."""

    def __init__(self, line: int) -> None:
        """Keep which."""
        super().__init__(line)
        self.line = line


def _decoded(raw: bytes) -> str:
    """Return a file's text: by its mark or its zeros, else as UTF-8, GBK or Windows-1252, as its bytes look like.

    A zero that is left over is no sign of a name; where several follow each other the file is no text.

    Raises:
        UnicodeError: it is in none of them, or holds bytes that its encoding has not: names would come out as others.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    if sixteen := _sixteen(raw):
        return raw.decode(sixteen)
    if b"\0\0" in raw:
        return ""
    raw = raw.replace(b"\0", b"")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _is_nearly_utf8(raw):
            raise
    is_chinese = _is_paired(raw)
    text = raw.decode("gb18030" if is_chinese else "cp1252")
    beyond, usual = _beyond_ascii(text), _CHINESE if is_chinese else _LATIN
    if sum(usual.fullmatch(letter) is None for letter in beyond) * _STRANGE_ONE_IN > len(beyond):
        raise UnicodeError
    return text


def _beyond_ascii(text: str) -> list[str]:
    return [letter for letter in text if letter > "\x7f"]


def _is_nearly_utf8(raw: bytes) -> bool:
    """Return whether more of the letters beyond ASCII are right in UTF-8 than wrong."""
    beyond = _beyond_ascii(raw.decode("utf-8", "replace"))
    return beyond.count("\ufffd") * 2 < len(beyond)


def _sixteen(raw: bytes) -> str:
    """Return which UTF-16 a file without a mark is in, or "": there every other byte of plain letters is a zero.

    A few zeros stand at the other end: those of letters such as the Chinese *one* (U+4E00).
    """
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if len(raw) % 2 or min(even, odd) * 2 > max(even, odd) or max(even, odd) * _ONE_IN < len(raw):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_paired(raw: bytes) -> bool:
    """Return whether high bytes mostly come in pairs, as Chinese letters do; an accent stands between plain letters."""
    runs = [len(run) for run in _HIGH.findall(raw)]
    return sum(run // 2 for run in runs if run % 2 == 0) > sum(run % 2 for run in runs)

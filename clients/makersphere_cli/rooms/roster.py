"""Names of a file, as schools have them: a line each, or a table with a column of names, in whichever encoding.

Answers as the page of a class does with the same file. Which names can be shown, and which are there already, the
server says.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Final

from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble

__all__ = ["MOST_NAMES", "names_in", "names_of"]

MOST_NAMES: Final = 1_000
_LONGEST: Final = 200  # what a command takes of a name
_MOST_BYTES: Final = 4 << 20
_HEADERS: Final = re.compile("names?|full name|student|student name|pupil|姓名|名字|学生|学生姓名|名称", re.IGNORECASE)
_MARKS: Final = ("\t", ";", ",")
_HIGH: Final = re.compile(rb"[\x81-\xff]+")


def names_of(file: Path) -> list[str]:
    """Return the names of a file.

    Raises:
        Trouble: it cannot be read, or has no names, or more than a class can have, or one that is too long.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Trouble("roster_unreadable", file=str(file), why=cause(error)) from None
    found = names_in(_decoded(raw)) if len(raw) <= _MOST_BYTES and b"\0\0" not in raw else []
    if not found:
        raise Trouble("roster_empty", file=str(file))
    if len(found) > MOST_NAMES:
        raise Trouble("roster_too_many", file=str(file), n=f"{len(found):,}", max=f"{MOST_NAMES:,}")
    long = next((number for number, name in enumerate(found, 1) if len(name) > _LONGEST), 0)
    if long:
        raise Trouble("roster_too_long", file=str(file), number=long, max=_LONGEST)
    return found


def names_in(text: str) -> list[str]:
    """Return the names of a text: a line each, or the column that is called *name*; empty lines are left out."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    rows = _rows(lines, _mark_of(lines[0])) if lines else []
    header = next((at for at, cell in enumerate(rows[0]) if _HEADERS.fullmatch(cell)), -1) if rows else -1
    column = max(header, 0)
    named = rows if header < 0 else rows[1:]
    return [row[column] for row in named if len(row) > column and row[column]]


def _mark_of(line: str) -> str:
    """Return what parts the cells of a table, or "" where the first line is one name."""
    return next((mark for mark in _MARKS if mark in line and any(map(_HEADERS.fullmatch, *_rows([line], mark)))), "")


def _rows(lines: list[str], mark: str) -> list[list[str]]:
    if not mark:
        return [[line.strip().strip('"').strip()] for line in lines]
    read = csv.reader(io.StringIO("\n".join(lines)), delimiter=mark, skipinitialspace=True)
    return [[cell.strip() for cell in row] for row in read if row]


def _decoded(raw: bytes) -> str:
    """Return a file's text: by its mark, else as UTF-8, else as GBK or Windows-1252, whichever its bytes look like."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030" if _is_paired(raw) else "cp1252", "replace")


def _is_paired(raw: bytes) -> bool:
    """Return whether high bytes mostly come in pairs, as Chinese letters do; an accent stands between plain letters."""
    runs = [len(run) for run in _HIGH.findall(raw)]
    return sum(run // 2 for run in runs if run % 2 == 0) > sum(run % 2 for run in runs)

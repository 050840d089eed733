"""A file of rows that a command goes on with: why it can't be, in one sentence for every command that keeps one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble

__all__ = ["going_on_with"]


@contextmanager
def going_on_with(rows: Path | None, other: str) -> Iterator[None]:
    """Say what is wrong with the file of rows; `other` is the text where it holds rows of other work."""
    from makersphere_playtest.games.kept_rows import OtherWork  # noqa: PLC0415  (quick --help)

    try:
        yield
    except OtherWork:
        raise Trouble(other, file=str(rows)) from None
    except OSError as error:
        if rows is None or error.filename is None:
            raise
        raise Trouble("file_unwritable", file=str(rows), why=cause(error)) from None

"""A file of rows that a command goes on with: what is wrong with it, in the same sentence for every command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_playtest.games.kept_rows import OtherWork

__all__ = ["folder_of_rows", "saying_what_is_wrong_with"]


@contextmanager
def folder_of_rows(asked: Path | None) -> Iterator[Path]:
    """Yield where rows are kept: rows of many games do not fit in memory, so that there is a folder in any case."""
    if asked is not None:
        yield asked
        return
    with TemporaryDirectory(prefix="makersphere-") as folder:
        yield Path(folder)


@contextmanager
def saying_what_is_wrong_with(rows: Path | None, other: str) -> Iterator[None]:
    """Play games that a file keeps a row of each of.

    Args:
        rows: the file; None: no rows are kept.
        other: the text for a file that holds rows of other work.

    Raises:
        Trouble: the file holds other work, or cannot be written.
    """
    try:
        yield
    except OtherWork:
        raise Trouble(other, file=str(rows)) from None
    except OSError as error:
        if rows is None or error.filename is None:
            raise
        raise Trouble("file_unwritable", file=str(rows), why=cause(error)) from None

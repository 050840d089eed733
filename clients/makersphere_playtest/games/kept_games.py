"""A folder that keeps the rows of a playtest: Parquet, a file for each wave of games, and JSON lines of the last wave.

- `games-0000000.parquet`: a wave that was played, named by its first game; a row for each game and side, in order. Each
  outcome is a column of numbers; what is nested in a row (seats, idle, sent, ...) is a column of JSON text.
- `_plan.jsonl`: which playtest it is; the rows of another one are refused.
- `_open.jsonl`: the rows of the wave that is being played, one by one as they come; a row that was torn by a crash is
  dropped.

Readers of folders of Parquet pass over names that begin with `_`. What a row means is not known here.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from makersphere_playtest.games.kept_rows import Kept, OtherWork

__all__ = ["HeldGames", "KeptGames", "Rows", "read_rows", "write_rows"]

Row = dict[str, Any]

_PLAN: Final = "_plan.jsonl"
_OPEN: Final = "_open.jsonl"
_OUTCOMES: Final = "outcomes"
_NUMBERS: Final = ("game", "seasons")
_TEXTS: Final = ("cell", "failed", "seed")  # all others are nested


class Rows(Protocol):
    """Where the rows of a playtest are."""

    def wave(self, first: int) -> list[Row]:
        """Return the rows that are there of a wave, by its first game."""
        ...

    def add(self, row: Row) -> None:
        """Add a row of the wave that is being played."""
        ...

    def close(self, first: int, rows: Sequence[Row]) -> None:
        """Keep a wave with all of its rows."""
        ...


class HeldGames:
    """Rows in memory, for as few games as fit there."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._waves: dict[int, list[Row]] = {}

    def wave(self, first: int) -> list[Row]:
        """Return the rows of a wave."""
        return self._waves.get(first, [])

    def add(self, row: Row) -> None:
        """Hold nothing of an open wave: it is lost with the process anyway."""

    def close(self, first: int, rows: Sequence[Row]) -> None:
        """Hold a wave."""
        self._waves[first] = [*rows]


class KeptGames:
    """Rows in a folder."""

    def __init__(self, head: Row, folder: Path, games: int) -> None:
        """Open a folder, or make it; what an open wave has there becomes a file of its own.

        Args:
            head: which playtest it is.
            folder: where.
            games: of a wave.

        Raises:
            OtherWork: the folder holds something else.
            OSError: the folder cannot be read or written.
        """
        if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / _PLAN).is_file()):
            raise OtherWork(str(folder))
        folder.mkdir(exist_ok=True)
        Kept(head, folder / _PLAN)
        self._folder = folder
        self._open = Kept(head, folder / _OPEN)
        self._games = games
        self._recover()

    def _recover(self) -> None:
        """Write what was played of a wave before its process ended without a word."""
        waves: dict[int, list[Row]] = defaultdict(list)
        for row in self._open.lines:
            waves[row["game"] // self._games * self._games].append(row)
        for first, rows in waves.items():
            once = {(row["cell"], row["game"]): row for row in [*self.wave(first), *rows]}
            self._write(first, [*once.values()])
        if waves:
            self._open.clear()

    def wave(self, first: int) -> list[Row]:
        """Return the rows of a wave."""
        file = self._file(first)
        return read_rows(file) if file.is_file() else []

    def add(self, row: Row) -> None:
        """Write a row of the open wave."""
        self._open.add(row)

    def close(self, first: int, rows: Sequence[Row]) -> None:
        """Write a wave; only then its rows are no longer those of an open one."""
        self._write(first, rows)
        self._open.clear()

    def _write(self, first: int, rows: Sequence[Row]) -> None:
        """Write a file whole or not at all."""
        file = self._file(first)
        whole = file.with_suffix(".new")
        write_rows(rows, whole)
        whole.replace(file)

    def _file(self, first: int) -> Path:
        return self._folder / f"games-{first:07}.parquet"


def write_rows(rows: Sequence[Row], file: Path) -> None:
    """Write rows as Parquet.

    Raises:
        OSError: the file cannot be written.
    """
    from arro3.core import Array, DataType, Table  # noqa: PLC0415  (of an extra; a search of values needs none)
    from arro3.io import write_parquet  # noqa: PLC0415

    columns: dict[str, Array] = {}
    keys = list(dict.fromkeys(key for row in rows for key in row))
    for key in keys:
        if key in _NUMBERS:
            columns[key] = Array([row.get(key) for row in rows], DataType.int64())
        elif key in _TEXTS:
            columns[key] = Array([row.get(key) for row in rows], DataType.utf8())
        elif key != _OUTCOMES:
            columns[key] = Array([_text(row, key) for row in rows], DataType.utf8())
    outcomes = [row.get(_OUTCOMES, {}) for row in rows]
    for name in dict.fromkeys(name for found in outcomes for name in found):
        columns[name] = Array([_number(found.get(name)) for found in outcomes], DataType.float64())
    with file.open("wb") as written:
        write_parquet(Table.from_arrays(list(columns.values()), names=list(columns)), written, compression="zstd(3)")
        written.flush()
        os.fsync(written.fileno())


def read_rows(file: Path) -> list[Row]:
    """Return the rows of a file that `write_rows` has written.

    Raises:
        OSError: the file cannot be read.
    """
    from arro3.core import DataType  # noqa: PLC0415  (of an extra)
    from arro3.io import read_parquet  # noqa: PLC0415

    table = read_parquet(file).read_all()
    plain: list[tuple[str, list[Any]]] = []
    outcomes: list[tuple[str, list[Any]]] = []
    for name in table.schema.names:
        values = [*table[name].to_pylist()]
        if table.schema.field(name).type == DataType.float64():
            outcomes.append((name, values))
        elif name in (*_NUMBERS, *_TEXTS):
            plain.append((name, values))
        else:
            plain.append((name, [None if one is None else msgspec.json.decode(one) for one in values]))
    return [*_rows(plain, outcomes, table.num_rows)]


def _rows(
    plain: Sequence[tuple[str, list[Any]]], outcomes: Sequence[tuple[str, list[Any]]], number: int
) -> Iterator[Row]:
    for at in range(number):
        row = {name: values[at] for name, values in plain if values[at] is not None}
        if "failed" not in row:
            row[_OUTCOMES] = {name: values[at] for name, values in outcomes if values[at] is not None}
        yield row


def _text(row: Row, key: str) -> str | None:
    return json.dumps(row[key], ensure_ascii=False) if key in row else None


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)

"""Tables and logs as files: a zip of CSV for spreadsheets, a zip of Parquet for notebooks, JSON lines for `verify`.

Answers bytes, their media type and the end of a file's name. A zip of tidy tables, since one table cannot be tidy for
seats, figures, postings and events at once. CSV is what every spreadsheet opens right: UTF-8 with its mark, so that
Chinese is read as Chinese, lines ended as RFC 4180 has them, and no text that a spreadsheet would take for a formula
(OWASP: CSV injection); numbers stay numbers. Parquet needs the extra `parquet`.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from makersphere_server.afterwards.codebook import meaning
from makersphere_server.afterwards.export_tables import Cell, Table

__all__ = [
    "FORMATS",
    "Download",
    "ExtraMissing",
    "Format",
    "csv_file",
    "csv_text",
    "csv_zip",
    "parquet_zip",
    "zipped",
]

_FULL_WIDTH: Final = tuple(map(chr, (0xFF1D, 0xFF0B, 0xFF0D, 0xFF20)))
_FORMULA: Final = (*"=+-@\t\r\n", *_FULL_WIDTH)
_MARK: Final = "\ufeff".encode()
_DATED: Final = (1980, 1, 1, 0, 0, 0)  # so that the same room gives the same bytes


class ExtraMissing(Exception):
    """A format needs packages that are not installed; `extra` names them."""

    def __init__(self, extra: str) -> None:
        """Keep the extra's name."""
        super().__init__(f"pip install 'makersphere[{extra}]'")
        self.extra = extra


@attrs.frozen
class Download:
    """A file: its name, media type and bytes."""

    name: str
    media_type: str
    body: bytes


@attrs.frozen
class Format:
    """What a file of a format is called and served as."""

    suffix: str
    media_type: str


FORMATS: Final = {
    "csv": Format(".csv.zip", "application/zip"),
    "parquet": Format(".parquet.zip", "application/zip"),
    "psych-ds": Format(".psych-ds.zip", "application/zip"),
    "jsonl": Format(".jsonl", "application/jsonl"),
}


def csv_zip(tables: Iterable[Table], beside: Mapping[str, bytes] | None = None) -> bytes:
    """Return the tables as a zip of CSV files, with other files beside them."""
    return zipped({f"{table.name}.csv": csv_file(table) for table in tables} | dict(beside or {}))


def parquet_zip(tables: Iterable[Table], beside: Mapping[str, bytes] | None = None) -> bytes:
    """Return the tables as a zip of Parquet files, with other files beside them.

    Raises:
        ExtraMissing: the packages for it are not installed.
        KeyError: the codebook does not know a column.
    """
    return zipped({f"{table.name}.parquet": _parquet(table) for table in tables} | dict(beside or {}))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files, by name, as a zip that is the same whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return file.getvalue()


def csv_file(table: Table) -> bytes:
    """Return one table as a CSV file that every spreadsheet reads as UTF-8."""
    return _MARK + csv_text(table).encode()


def csv_text(table: Table) -> str:
    """Return one table as comma-separated values."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _parquet(table: Table) -> bytes:
    try:
        from arro3.core import Array, DataType  # noqa: PLC0415  (an extra)
        from arro3.core import Table as Columns  # noqa: PLC0415
        from arro3.io import write_parquet  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing("parquet") from error
    types = {"integer": DataType.int64(), "string": DataType.utf8(), "datetime": DataType.int64()}
    columns: list[Array] = []
    for number, column in enumerate(table.columns):
        type_ = meaning(table.name, column).type
        cells = [_in_ms(row[number]) if type_ == "datetime" else row[number] for row in table.rows]
        made = Array(cells, types[type_])
        columns.append(made.cast(DataType.timestamp("ms", tz="UTC")) if type_ == "datetime" else made)
    file = io.BytesIO()
    write_parquet(Columns.from_arrays(columns, names=table.columns), file)
    return file.getvalue()


def _in_ms(cell: Cell) -> int | None:
    """Return a time in milliseconds since 1970."""
    return round(datetime.fromisoformat(str(cell)).timestamp() * 1000) if cell else None

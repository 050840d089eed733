"""What each table, column and word of an export means: a table of its own, and a description that programs read.

Answers the table `codebook` in English and Chinese, and `datapackage.json` by the Frictionless Data Package
specification, version 1. What is said of tables and columns stands in `codebook.toml`; figures and reasons are called
what the screens call them.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import attrs

from makersphere_protocol import texts
from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.storage.record import RoomRow

__all__ = ["CODEBOOK", "Meaning", "codebook", "data_package", "meaning"]

CODEBOOK: Final = "codebook"
_LANGUAGES: Final = ("en", "zh")
_WORDS: Final = {"figure": "figure", "reason": "reason"}  # by column: what the screens' texts of its words begin with
_OF: Final = {
    "csv": ("tabular-data-resource", "text/csv"),
    "parquet": ("data-resource", "application/vnd.apache.parquet"),
}
Tree = dict[str, Any]


@attrs.frozen
class Meaning:
    """What a table or a column holds.

    Attributes:
        says: in English and in Chinese.
        type: of a column's cells: integer, string or datetime.
        unit: what its numbers count, or "".
        key: of a table: the columns that tell its rows apart, or none.
    """

    says: tuple[str, str]
    type: str = ""
    unit: str = ""
    key: tuple[str, ...] = ()


def meaning(table: str, column: str = "") -> Meaning:
    """Return what a table or one of its columns holds.

    Raises:
        KeyError: nobody has said so.
    """
    book = _book()
    if not column:
        return _told(book[table])
    columns: Tree = {**book["common"]["columns"], **book[table].get("columns", {})}
    families = (name for name in columns if name.endswith("*") and column.startswith(name[:-1]))
    return _told(columns[column if column in columns else next(families, column)])


def codebook(tables: Sequence[Table]) -> Table:
    """Return a table that says what each table of an export holds, each of its columns, and its figures and reasons."""
    columns = tuple(_book()[CODEBOOK]["columns"])
    return Table(CODEBOOK, columns, [row for table in (*tables, Table(CODEBOOK, columns, [])) for row in _of(table)])


def data_package(tables: Sequence[Table], form: str, rooms: Sequence[RoomRow]) -> bytes:
    """Return the description of an export's files, as JSON.

    Args:
        tables: with the codebook.
        form: csv or parquet.
        rooms: of which the tables tell.
    """
    codes = [row.room for row in rooms]
    profile, media_type = _OF[form]
    resources: list[Tree] = [
        {
            "name": table.name,
            "path": f"{table.name}.{form}",
            "profile": profile,
            "format": form,
            "mediatype": media_type,
            **({"encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}} if form == "csv" else {}),
            "description": meaning(table.name).says[0],
            "schema": _schema(table),
        }
        for table in tables
    ]
    found = {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": f"makersphere-{'-'.join(codes).lower()}",
        "title": f"Makersphere: {', '.join(codes)}",
        "description": "Games of a maker space ecosystem, as tidy tables. A text that a spreadsheet would take for a formula has ' before it.",  # noqa: E501
        "resources": resources,
    }
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


def _schema(table: Table) -> Tree:
    key = meaning(table.name).key
    return {
        "fields": [_field(table.name, column) for column in table.columns],
        "missingValues": [""],
        **({"primaryKey": ["room", *key]} if key and "room" in table.columns else {}),
    }


def _field(table: str, column: str) -> Tree:
    told = meaning(table, column)
    unit = {"unit": told.unit} if told.unit else {}
    return {"name": column, "type": told.type, "description": told.says[0], **unit}


def _of(table: Table) -> Iterator[list[Cell]]:
    """Yield what is said of a table, of each of its columns, and of the words in them that screens have a name for."""
    yield [table.name, "", "", "", "", *meaning(table.name).says]
    for place, column in enumerate(table.columns):
        told = meaning(table.name, column)
        yield [table.name, column, "", told.type, told.unit, *told.says]
        if column in _WORDS:
            for word in dict.fromkeys(str(row[place]) for row in table.rows):
                says = _screens(_WORDS[column], word)
                if says:
                    yield [table.name, column, word, "", "", *says]


def _screens(kind: str, word: str) -> tuple[str, ...]:
    """Return what the screens call a word; a figure of one space or sort is called what all of them are, or nothing."""
    parts = word.split("_")
    for size in range(len(parts), 0, -1):
        key = f"{kind}.{'_'.join(parts[:size])}"
        if key in texts.catalogue(_LANGUAGES[0]):
            rest = " ".join(parts[size:])
            return tuple(_filled(texts.catalogue(language)[key], rest) for language in _LANGUAGES)
    return ()


def _filled(text: str, rest: str) -> str:
    return text.replace("{n}", rest) if "{n}" in text or not rest else f"{text} ({rest})"


def _told(tree: Mapping[str, Any]) -> Meaning:
    return Meaning((tree["en"], tree["zh"]), tree.get("type", ""), tree.get("unit", ""), tuple(tree.get("key", ())))


@cache
def _book() -> Tree:
    return tomllib.loads(files("makersphere_server.afterwards").joinpath("codebook.toml").read_text("utf-8"))

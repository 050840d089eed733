"""An export as a dataset of Psych-DS, which archives of the behavioural sciences take and check.

Answers the tables as CSV files under the names that Psych-DS asks for, and `dataset_description.json`, which says in
schema.org's words what each column holds. Of a column that several tables have it says what it is in each of them.
Source: Psych-DS's *Rules and Conventions*; this format's names of files and its description alone, no side files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from makersphere_server.afterwards.codebook import CODEBOOK, meaning
from makersphere_server.afterwards.export_files import csv_text, zipped
from makersphere_server.afterwards.export_tables import Table
from makersphere_server.storage.record import RoomRow

__all__ = ["dataset"]

_README: Final = """# A game of a maker space ecosystem

`data/` holds tidy tables as CSV. `dataset_description.json` says what each column holds; the table `codebook` says it
in English and Chinese, with each figure and reason. A text that a spreadsheet would take for a formula has ' before it.
"""


def dataset(tables: Sequence[Table], rooms: Sequence[RoomRow]) -> bytes:
    """Return a zip with the dataset.

    Args:
        tables: with the codebook.
        rooms: of which the tables tell.

    Raises:
        KeyError: the codebook does not know a column.
    """
    description = json.dumps(_description(tables, [row.room for row in rooms]), ensure_ascii=False, indent=2)
    return zipped(
        {
            "dataset_description.json": description.encode(),
            "README.md": _README.encode(),
            **{_file(table.name): csv_text(table).encode() for table in tables},
        }
    )


def _file(table: str) -> str:
    """Return a table's file: pairs of a keyword and a value, which has letters and digits alone."""
    return f"data/study-makersphere_description-{table.replace('_', '')}_data.csv"


def _description(tables: Sequence[Table], rooms: Sequence[str]) -> Mapping[str, Any]:
    columns = dict.fromkeys(column for table in tables for column in table.columns)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"Makersphere: {', '.join(rooms)}",
        "description": "Games of a maker space ecosystem, as tidy tables: "
        + "; ".join(f"{table.name}: {meaning(table.name).says[0]}" for table in tables),
        "variableMeasured": [_variable(column, tables) for column in columns],
    }


def _variable(column: str, tables: Sequence[Table]) -> Mapping[str, str]:
    """Return what a column holds; where tables differ in it, what it holds in each."""
    told = {table.name: meaning(table.name, column) for table in tables if column in table.columns}
    said = dict.fromkeys(each.says[0] for each in told.values())
    parts = [
        f"{', '.join(name for name, each in told.items() if each.says[0] == sentence)}: {sentence}" for sentence in said
    ]
    units = {each.unit for name, each in told.items() if name != CODEBOOK}
    unit = units.pop() if len(units) == 1 else ""
    return {
        "@type": "PropertyValue",
        "name": column,
        "description": next(iter(said)) if len(said) == 1 else "; ".join(parts),
        **({"unitText": unit} if unit else {}),
    }

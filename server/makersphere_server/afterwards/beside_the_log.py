"""What is exported of a finished room beside what its log tells: why it went as it did, and its host's bookmarks.

Answers trees and tables. A bookmark's word may be about somebody, so it stands there only where names were asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.room.model.bookmarks import marked
from makersphere_server.room.model.why import Why

__all__ = ["tables_beside", "tree_beside"]

_BOOKMARKS: Final = ("seq", "time", "season", "phase")
_WHY: Final = ("moment", "season", "phase", "sort", "seq", "futures", "alike")
_DIFFERENCES: Final = ("what", "seat", "was", "might", "mean", "lo", "hi")


def tree_beside(private: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what goes into the debrief; what there is nothing of is left out."""
    found = {
        "why": _in_order(private),
        "bookmark": {
            str(seq): {"season": each.season, "phase": each.phase, "at": each.at}
            for seq, each in marked(private).items()
        },
    }
    return {name: tree for name, tree in found.items() if tree}


def tables_beside(private: Mapping[str, bytes], *, names: bool) -> list[Table]:
    """Return the tables of the bookmarks and of what might have been; one with nothing in it is left out."""
    bookmarks: list[list[Cell]] = [
        [seq, _time(each.at), each.season, each.phase, *((each.word,) if names else ())]
        for seq, each in marked(private).items()
    ]
    why: list[list[Cell]] = [
        [*(moment[name] for name in ("number", *_WHY[1:])), *(told[name] for name in _DIFFERENCES)]
        for moment in _in_order(private).values()
        for told in moment["differences"]
    ]
    found = [
        Table("bookmarks", (*_BOOKMARKS, *(("word",) if names else ())), bookmarks),
        Table("why", (*_WHY, *_DIFFERENCES), why),
    ]
    return [table for table in found if table.rows]


def _in_order(private: Mapping[str, bytes]) -> dict[str, Any]:
    return dict(sorted(Why.stored(private).moments.items(), key=lambda moment: int(moment[0])))


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")

"""What is exported of a finished room beside its game: why it went as it did, and what its hosts did and marked.

Answers trees and tables. A bookmark's word may be about somebody, so it stands there only where names were asked for;
so do the names of hosts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.room.model.bookmarks import marked
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.why import Why
from makersphere_server.storage.record import Record

__all__ = ["host_commands", "tables_beside", "tree_beside"]

_BOOKMARKS: Final = ("seq", "time", "season", "phase")
_HOSTS: Final = ("seq", "time", "season", "phase", "host")
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


def host_commands(records: Sequence[Record], private: Mapping[str, bytes], *, names: bool) -> Table:
    """Return what hosts did, a row for each command: the number of the host (0 in a log from before there were any)."""
    called = {host.number: host.name for host in Hosts.stored(private).everybody()}
    rows: list[list[Cell]] = [
        [
            *(record.seq, _time(record.at_ms), record.season, record.phase, record.member),
            *((called.get(record.member, ""),) if names else ()),
            *_what(record),
        ]
        for record in records
        if record.by == "host"
    ]
    return Table("host_commands", (*_HOSTS, *(("name",) if names else ()), "command", "seat"), rows)


class _Command(msgspec.Struct):
    name: str
    args: dict[str, Any] = {}


def _what(record: Record) -> tuple[Cell, Cell]:
    """Return a command's name, and the seat that it was about or None."""
    command = msgspec.json.decode(record.command, type=_Command)
    seat = command.args.get("seat")
    return command.name, seat if isinstance(seat, int) else None


def _in_order(private: Mapping[str, bytes]) -> dict[str, Any]:
    return dict(sorted(Why.stored(private).moments.items(), key=lambda moment: int(moment[0])))


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")

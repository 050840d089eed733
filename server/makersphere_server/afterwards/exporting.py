"""Finished rooms as one file: their tables with a codebook and a description for programs, or the log of one.

Answers a file. Tables of several rooms are one table of each sort, whose first columns name the room, the scenario and
the version; where the scores of two scenarios have other parts, a cell stays empty. A log is of one room.
Source: the contract's "Over HTTP".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from makersphere_protocol.errors import Refused
from makersphere_rules.written.notation import state_hash
from makersphere_server.afterwards.beside_the_log import host_commands, tables_beside
from makersphere_server.afterwards.codebook import codebook, data_package
from makersphere_server.afterwards.consented import tables_with_consent, withheld_seats
from makersphere_server.afterwards.export_files import FORMATS, Download, csv_zip, parquet_zip
from makersphere_server.afterwards.export_tables import Cell, FinishedRoom, Table, answers_table, tables, with_programs
from makersphere_server.afterwards.phase_table import phases_table
from makersphere_server.afterwards.psych_ds import dataset
from makersphere_server.afterwards.season_tables import season_tables
from makersphere_server.room.model.chosen_rules import in_own_words
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.reflection.reflections import answers_of
from makersphere_server.room.model.room_settings import RoomSettings
from makersphere_server.storage.log_file import log_lines
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["PACKED", "ToldRoom", "exported", "tables_of"]

_OF_ROOM: Final = ("room", "scenario", "version")
PACKED: Final = ("csv", "parquet", "psych-ds")  # formats that hold tables, of any number of rooms


@attrs.frozen
class ToldRoom:
    """A finished room as its log tells it, with its log and what stands beside it."""

    finished: FinishedRoom
    records: Sequence[Record]
    private: Mapping[str, bytes]


def exported(rooms: Sequence[ToldRoom], format_: str, *, names: bool) -> Download:
    """Return finished rooms in a format; one at least, and of a log no more.

    Raises:
        ExtraMissing: the format needs packages that are not installed.
        Refused: the log of this room is not given, or not everybody in it has agreed.
    """
    form, rows = FORMATS[format_], [told.finished.row for told in rooms]
    if format_ in PACKED:
        pooled = _pooled([(told, tables_of(told, names=names)) for told in rooms])
        packed = [*pooled, codebook(pooled)]
        body = _packed(packed, format_, rows)
    else:
        body = _log(rooms[0])
    name = rows[0].room if len(rows) == 1 else f"{len(rows)}-rooms"
    return Download(f"makersphere-{name}{form.suffix}", form.media_type, body)


def _packed(found: Sequence[Table], format_: str, rows: Sequence[RoomRow]) -> bytes:
    if format_ == "psych-ds":
        return dataset(found, rows)
    zip_of = csv_zip if format_ == "csv" else parquet_zip
    return zip_of(found, {"datapackage.json": data_package(found, format_, rows)})


def tables_of(told: ToldRoom, *, names: bool) -> list[Table]:
    """Return the tables of a room, with those of what stands beside its log; of who has not agreed there is nothing."""
    private = told.private
    seats = Seats(told.finished.state.seats(), private, Dirty())
    finished = with_programs(told.finished, told.records, seats.programs())
    settings, answers = RoomSettings.stored(private), answers_of(private)
    called = {people.seat: people.called for people in seats} if names else None
    found = tables(finished, called, keeps_seed=settings.keeps_seed, chosen=settings.chosen)
    decisions = next(table for table in found if table.name == "decisions")
    found += [
        *season_tables(finished, decisions),
        phases_table(finished.row, told.records, keeps_hands=settings.keeps_seed),
        *tables_beside(private, names=names),
        host_commands(told.records, private, names=names),
        *([answers_table(answers, called)] if answers else []),
    ]
    return tables_with_consent(found, finished.state, private)


def _pooled(rooms: Sequence[tuple[ToldRoom, Sequence[Table]]]) -> list[Table]:
    """Return one table of each sort, each row with the room that it is of."""
    columns: dict[str, dict[str, None]] = {}
    for _, found in rooms:
        for table in found:
            columns.setdefault(table.name, {}).update(dict.fromkeys(table.columns))
    rows: dict[str, list[list[Cell]]] = {name: [] for name in columns}
    for told, found in rooms:
        of_room: dict[str, Cell] = dict(zip(_OF_ROOM, _told(told), strict=True))
        for table in found:
            for row in table.rows:
                cells = of_room | dict(zip(table.columns, row, strict=True))
                rows[table.name].append([cells.get(column) for column in (*_OF_ROOM, *columns[table.name])])
    return [Table(name, (*_OF_ROOM, *columns[name]), rows[name]) for name in columns]


def _told(told: ToldRoom) -> tuple[Cell, Cell, Cell]:
    row = told.finished.row
    return row.room, told.finished.state.game.scenario, row.version


def _log(told: ToldRoom) -> bytes:
    settings = RoomSettings.stored(told.private)
    if settings.keeps_seed:
        raise Refused("rule", "seed_is_kept" if settings.sealed else "seed_is_shared", "format")
    if withheld_seats(told.finished.state, told.private):  # without a record it would be no log
        raise Refused("rule", "not_all_agreed", "format")
    chosen = [in_own_words(choice) for choice in settings.changes]
    return b"".join(log_lines(told.finished.row, told.records, state_hash(told.finished.state), chosen))

"""`makersphere export`: a finished room as a file, also while the server runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import attrs
from cyclopts import Parameter

from makersphere_cli.commands.rooms import explained
from makersphere_cli.flags import Json, Name
from makersphere_cli.kept import HERE, Kept
from makersphere_cli.rooms.rules_missing import say_if_rules_are_missing
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_protocol.errors import Refused
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.written.notation import UnknownEvent
from makersphere_server.afterwards.downloads import debrief_file
from makersphere_server.afterwards.export_files import Download, ExtraMissing
from makersphere_server.afterwards.export_tables import NotOver, finished_room, has_begun
from makersphere_server.afterwards.exporting import PACKED, ToldRoom, exported
from makersphere_server.afterwards.kept_rooms import list_rooms, read_room
from makersphere_server.codes import tidy_code
from makersphere_server.storage.place import Place
from makersphere_server.storage.whole_file import write_whole

__all__ = ["export"]

DEBRIEF = "debrief"
_OVER: Final = "over"  # of a room whose game has ended
_ZIP: Final = "application/zip"
_WHY_NOT: Final = {  # by the text of a refusal
    "not_all_agreed": "export_not_all_agreed",
    "seed_is_kept": "export_seed_is_kept",
    "seed_is_shared": "export_seed_is_shared",
}
Form = Literal["csv", "parquet", "psych-ds", "jsonl", "debrief"]


def export(
    *rooms: Name,
    format: Form = "csv",  # noqa: A002  (the flag's name)
    all_rooms: Annotated[bool, Parameter(name="--all", negative=())] = False,
    out: Path | None = None,
    replace: Annotated[bool, Parameter(negative=())] = False,
    names: bool = False,
    kept: Kept = HERE,
    as_json: Json = False,
) -> int:
    """Write finished rooms to a file.

    csv: a zip of tables for a spreadsheet, with a codebook that says what is in them. parquet: the same for
    a notebook. psych-ds: the same for an archive, in the layout and with the description of Psych-DS. jsonl: the
    room's log, which `makersphere verify` checks; it holds the seed and everybody's choices. debrief: what table and
    hands show at the end, as JSON. Tables may be of several rooms; a log and a debrief are of one.

    Args:
        rooms: their codes.
        format: csv, parquet, psych-ds, jsonl or debrief.
        all_rooms: the tables of all rooms that are over; one that cannot be read is left out, named, and makes it
            exit code 1.
        out: the file; by default makersphere-ROOM.csv.zip or the like, here.
        replace: write it even if the file is there already.
        names: with the names of the people, in the table of the seats.
        kept: where the rooms are.
        as_json: print one JSON object.
    """
    codes = _over(kept.place) if all_rooms else [tidy_code(room) for room in rooms]
    if not codes:
        raise Trouble("export_none_over" if all_rooms else "export_which")
    if len(codes) > 1 and format not in PACKED:
        raise Trouble("export_of_one", format=format)
    codes = list(dict.fromkeys(codes))
    told = _readable(kept.place, codes) if all_rooms else [_told(kept.place, code) for code in codes]
    if not told:
        raise Trouble("export_none_left")
    found = _made(told, format, names=names)
    file = out or Path(found.name)
    try:
        if file.is_dir():
            raise Trouble("file_is_folder", file=str(file), example=str(file / found.name))
        write_whole(file, found.body, replaces=replace)
    except FileExistsError:
        raise Trouble("file_exists", file=str(file)) from None
    except OSError as error:
        raise Trouble("file_unwritable", file=str(file), why=cause(error)) from None
    facts = attrs.asdict(found, filter=attrs.filters.include(attrs.fields(Download).media_type))
    print(json.dumps({"file": str(file), **facts}) if as_json else _said(file, found))
    return 0 if len(told) == len(codes) else 1


def _said(file: Path, found: Download) -> str:
    """Return the sentence about a written file; tables are a zip, whatever ending was asked for."""
    if found.media_type != _ZIP:
        return say("exported", file=str(file))
    key = "exported_zip" if file.suffix == ".zip" else "exported_zip_misnamed"
    return say(key, file=str(file), name=found.name)


def _over(place: Place) -> list[str]:
    """Return the codes of the rooms that are over, oldest first."""
    with explained(place, ""):
        return [one.room for one in list_rooms(place) if one.state == _OVER]


def _readable(place: Place, codes: Sequence[str]) -> list[ToldRoom]:
    """Return the rooms that can be exported, and say of each other one why it is left out."""
    told: list[ToldRoom] = []
    for code in codes:
        try:
            told.append(_told(place, code))
        except Trouble as trouble:
            complain(say("export_left_out", room=code, why=str(trouble)))
    return told


def _made(told: Sequence[ToldRoom], form: Form, *, names: bool) -> Download:
    try:
        if form == DEBRIEF:
            return debrief_file(told[0].finished, told[0].private)
        return exported(told, form, names=names)
    except Refused as refused:
        raise Trouble(_WHY_NOT[refused.text], room=told[0].finished.row.room) from None
    except ExtraMissing as error:
        raise Trouble("export_extra_missing", extra=error.extra) from None


def _told(place: Place, room: str) -> ToldRoom:
    """Return a room as its log tells it."""
    with explained(place, room):
        row, records, private = read_room(place, room)
    say_if_rules_are_missing(row)
    try:
        return ToldRoom(finished_room(row, records), records, private)
    except NotOver:
        raise Trouble("export_not_over" if has_begun(records) else "room_not_begun", room=room) from None
    except (UnknownEvent, ScenarioError) as error:
        raise Trouble("room_beyond_help", room=room, why=str(error)) from None

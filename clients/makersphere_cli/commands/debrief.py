"""`makersphere debrief`: what a class takes home of a finished room, as pages and a gradebook's table in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from makersphere_cli.flags import Json, Name
from makersphere_cli.kept import HERE, Kept
from makersphere_cli.many_games.progress_bar import progress_of
from makersphere_cli.rooms.rules_missing import say_if_rules_are_missing
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import language as spoken
from makersphere_cli.speech.words import say
from makersphere_protocol import texts

if TYPE_CHECKING:
    from makersphere_server.afterwards.take_home.game import Game, Shown
    from makersphere_server.storage.record import Record, RoomRow

__all__ = ["debrief"]


def _language(_: object, value: object) -> None:
    if isinstance(value, str) and value not in texts.languages():
        raise ValueError(say("needs_one_of", options=", ".join(texts.languages())))


Language = Annotated[str, Parameter(validator=_language)]


def debrief(
    log: Annotated[Name, Parameter(name="ROOM")],
    /,
    *,
    out: Path | None = None,
    language: Language | None = None,
    names: bool = True,
    replace: Annotated[bool, Parameter(negative=())] = False,
    kept: Kept = HERE,
    as_json: Json = False,
) -> int:
    """Write what a class takes home: a page for the class, one for each student, a teacher's copy, and who took part.

    Each page is one file that opens without a network and prints. participation.csv is for a gradebook; its points are
    given for taking part, by the scenario's own table, and never for a score or a place.

    Args:
        log: a room's code, or a file that the room was exported to; a file knows no names.
        out: the folder; by default makersphere-ROOM, here.
        language: en or zh; by default the terminal's.
        names: whether people are named; else seats have numbers.
        replace: write into a folder that is there already.
        kept: where the rooms are.
        as_json: print one JSON object.
    """
    from makersphere_server.afterwards.take_home.game import Shown  # noqa: PLC0415  (quick --help)

    game = _found(log, kept, Shown(language or spoken(), names))
    folder = out or Path(f"makersphere-{game.finished.row.room}")
    if folder.exists() and not (replace and folder.is_dir()):
        raise Trouble("debrief_is_there", folder=str(folder))
    try:
        written = _write(game, folder)
    except OSError as error:
        raise Trouble("file_unwritable", file=str(folder), why=cause(error)) from None
    if as_json:
        print(json.dumps({"folder": str(folder), "files": written}, ensure_ascii=False))
    else:
        print(say("debriefed", folder=str(folder), students=len(list(game.seats()))))
    return 0


def _write(game: Game, folder: Path) -> list[str]:
    """Write all files, and say meanwhile how many are there; return their names."""
    from makersphere_server.afterwards.take_home.files import count, files  # noqa: PLC0415  (quick --help)
    from makersphere_server.storage.whole_file import write_whole  # noqa: PLC0415

    written: list[str] = []
    with progress_of() as (began, done):
        began(count(game))
        for file in files(game):
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, file.body)
            written.append(file.name)
            done(1)
    return written


def _found(log: str, kept: Kept, shown: Shown) -> Game:
    """Return the finished game of a room or of a file."""
    from makersphere_cli.commands.verify import kept_log  # noqa: PLC0415  (quick --help)

    return _game(*kept_log(log, kept), shown)


def _game(row: RoomRow, records: Sequence[Record], private: Mapping[str, bytes], shown: Shown) -> Game:
    from makersphere_rules.mistakes import ScenarioError  # noqa: PLC0415  (quick --help)
    from makersphere_rules.written.notation import UnknownEvent  # noqa: PLC0415
    from makersphere_server.afterwards.downloads import game_of  # noqa: PLC0415
    from makersphere_server.afterwards.export_tables import NotOver, finished_room, has_begun  # noqa: PLC0415

    say_if_rules_are_missing(row)
    try:
        return game_of(finished_room(row, records), records, private, shown)
    except NotOver:
        raise Trouble("export_not_over" if has_begun(records) else "room_not_begun", room=row.room) from None
    except (UnknownEvent, ScenarioError) as error:
        raise Trouble("room_beyond_help", room=row.room, why=str(error)) from None

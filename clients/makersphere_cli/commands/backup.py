"""`makersphere backup` and `makersphere restore`: a copy of all rooms, and rooms put into a PostgreSQL."""

from __future__ import annotations

import json
from pathlib import Path

import attrs

from makersphere_cli.commands.verify import reports_on, say_verified
from makersphere_cli.flags import Folder, Json, NewFolder
from makersphere_cli.kept import HERE, Kept, unreadable
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say
from makersphere_server.storage.backup import back_up
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.folder_lock import FolderInUse
from makersphere_server.storage.place import Database
from makersphere_server.storage.restore import HasRooms, Restored, put_into

__all__ = ["backup", "restore"]


def backup(folder: NewFolder, /, *, kept: Kept = HERE, as_json: Json = False) -> int:
    """Copy all rooms as they are at this moment into a new folder; a server may go on meanwhile.

    The copy is a folder of rooms like any other: name it with --data to look at it, or to go on from it.

    Args:
        folder: the new folder; it must not be there yet.
        kept: where the rooms are.
        as_json: print one JSON object.
    """
    source = kept.place
    try:
        found = back_up(source, folder)
    except FileExistsError:
        raise Trouble("backup_is_there", folder=str(folder)) from None
    except StoreUnavailable as error:
        raise unreadable(source, error) from None
    except OSError as error:
        raise Trouble("backup_failed", source=str(source), folder=str(folder), why=cause(error)) from None
    if as_json:
        print(json.dumps({"folder": str(folder), **attrs.asdict(found)}, ensure_ascii=False))
    else:
        print(say("backed_up", folder=str(folder), rooms=found.rooms, records=found.records))
    return 0


def restore(folder: Folder, /, *, kept: Kept = HERE, as_json: Json = False) -> int:
    """Put all rooms and classes of a data folder, or of a backup, into a PostgreSQL that has none, and verify them.

    The folder stays as it is. Ends with exit code 1 when a room is found wrong then, and names it.

    Args:
        folder: a data folder that no server works in, or a backup.
        kept: the database; name it by --database.
        as_json: print one JSON object.
    """
    database = kept.place
    if not isinstance(database, Database):
        raise Trouble("restore_needs_database", folder=str(folder))
    put = _put(folder, database)
    reports = reports_on(database)
    wrong = [report.room for report in reports if not report.is_right]
    if as_json:
        told = {"database": str(database), **attrs.asdict(put), "verified": len(reports), "wrong": wrong}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(say("restored", database=str(database), folder=str(folder), rooms=put.rooms, records=put.records))
        say_verified(reports)
    return 1 if wrong else 0


def _put(folder: Path, database: Database) -> Restored:
    try:
        return put_into(database, folder)
    except HasRooms as error:
        raise Trouble("restore_not_empty", database=str(database), rooms=error.rooms) from None
    except Damaged as error:
        raise Trouble("restore_damaged", folder=str(folder), room=error.room, why=error.reason) from None
    except FolderInUse:
        raise Trouble("stop_the_server", folder=str(folder)) from None
    except StoreUnavailable as error:
        raise unreadable(database, error) from None
    except OSError as error:
        raise unreadable(folder, error) from None

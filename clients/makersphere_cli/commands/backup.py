"""`makersphere backup`: a copy of all rooms, also while the server runs."""

from __future__ import annotations

import json

import attrs

from makersphere_cli.flags import Json, NewFolder
from makersphere_cli.kept import HERE, Kept, unreadable
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say
from makersphere_server.storage.backup import back_up
from makersphere_server.storage.event_log import StoreUnavailable

__all__ = ["backup"]


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

"""The file of the rooms that `makersphere play` has opened: one record a room, the one played last at the end.

It stands in the data folder and only its owner can read it. No record is ever dropped: the token of a host
chair is nowhere else. Whether a room is still there is not asked here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

import attrs
import msgspec

from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_server.storage.whole_file import write_whole

__all__ = ["OwnRoom", "keep_room", "kept_rooms"]

_FILE: Final = "own-rooms.json"
_OLD_FILE: Final = "own-room.json"  # had one room; its token counts on


_Shape = TypeVar("_Shape")


@attrs.frozen
class OwnRoom:
    """One room of this person, as the file keeps it."""

    room: str
    host_token: str = attrs.field(repr=False)
    scenario: str
    seats: int
    bots: str = "normal"
    teams: bool = False
    pseudonyms: bool = False


def kept_rooms(folder: Path) -> list[OwnRoom]:
    """Return the rooms of a data folder, the one played last at the end.

    Raises:
        OSError: the file cannot be read.
        Trouble: it is damaged.
    """
    rooms = _read(folder / _FILE, list[OwnRoom])
    if rooms is None:
        old = _read(folder / _OLD_FILE, OwnRoom)
        rooms = [] if old is None else [old]
    return rooms


def _read(path: Path, shape: type[_Shape]) -> _Shape | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Trouble("own_rooms_damaged", file=str(path), why=cause(error)) from None


def keep_room(folder: Path, own: OwnRoom) -> None:
    """Keep a room beside the others, in one step and for its owner's eyes.

    Raises:
        OSError: the file cannot be written.
        Trouble: it is damaged.
    """
    others = [room for room in kept_rooms(folder) if room.room != own.room]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it is not there yet where a database keeps the rooms
    write_whole(folder / _FILE, msgspec.json.encode([*others, own]), is_private=True)

"""The room that `makersphere play` opens, found again at the next start.

Which room it is and the token of its host chair stand in a file of the data folder that only its owner can
read. A room whose game is over, that cannot be opened any more, or that is of another scenario is replaced.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Final

import attrs
import msgspec

from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_protocol.messages import Create, Options, Resume

__all__ = ["Found", "OwnRoom", "open_room"]

_FILE: Final = "own-room.json"
_PATIENCE_S: Final = 5.0


@attrs.frozen
class OwnRoom:
    """A room of one's own, as it is kept."""

    room: str
    host_token: str = attrs.field(repr=False)
    scenario: str
    seats: int


@attrs.frozen
class Found:
    """A room to play in, and whether it was there before."""

    own: OwnRoom
    is_new: bool


async def open_room(url: str, folder: Path, scenario: str, seats: int | None, language: str, key: str) -> Found:
    """Return the room of last time as it was, or a new one.

    Args:
        url: of the server's socket.
        folder: the data folder.
        scenario: which one; "" for any that is there, else `quickstart`.
        seats: how many; None for any that is there, else the scenario's own number.
        language: of a new room.
        key: the server's host key, where one is set.

    Raises:
        ConnectionEnded: the server opens no room.
    """
    before = _read(folder)
    if before is not None and scenario in ("", before.scenario) and seats in (None, before.seats):
        again = await _resume(url, before)
        if again is not None:
            return Found(again, is_new=False)
    options = Options(seats=seats, language=language)
    frame = Create(scenario or "quickstart", options, key)
    async with Connection(url, frame) as connection:
        mirror = connection.mirror
        own = OwnRoom(mirror.room, connection.host_token, frame.scenario, len(mirror.table.get("seat", {})))
    _write(folder, own)
    return Found(own, is_new=True)


async def _resume(url: str, own: OwnRoom) -> OwnRoom | None:
    """Return the room with the token that opens its host chair now, or None where there is no going on."""
    connection = Connection(url, Resume(own.room, host_token=own.host_token))
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await connection.open()
        is_over = connection.mirror.game.get("status") == "over"
    except (ConnectionEnded, TimeoutError):
        return None
    finally:
        await connection.close()
    return None if is_over else attrs.evolve(own, host_token=connection.host_token)


def _read(folder: Path) -> OwnRoom | None:
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=OwnRoom)
    except (OSError, msgspec.MsgspecError):  # none yet, or of no use
        return None


def _write(folder: Path, own: OwnRoom) -> None:
    """Keep a room, in one step and for its owner's eyes."""
    new = folder / f"{_FILE}.new"
    with open(new, "wb", opener=_private) as file:
        file.write(msgspec.json.encode(own))
    new.replace(folder / _FILE)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

"""The chairs that are held here: seats and host's chairs by server, room and name, with the token that opens each.

Answers with the token that opens a chair again after this program was closed. The chairs stand in one small file that
only its owner can read; beyond a number of chairs the oldest are dropped. Nothing here opens a connection. A damaged
file counts as an empty one: a seat can still be had back with a rejoin code.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import attrs
import msgspec

from makersphere_clients.terminal.address import Address
from makersphere_protocol.names import looks

__all__ = ["Chairs", "Held"]

_FILE: Final = "chairs.json"
_MOST: Final = 20


@attrs.frozen
class Held:
    """A chair that is held: its room, the token that opens it, and the name of its person."""

    url: str
    room: str
    chair: str
    token: str = attrs.field(repr=False)
    name: str = ""


class Chairs:
    """The file of a person's chairs."""

    def __init__(self, folder: Path) -> None:
        """Keep chairs in a folder, which need not be there yet."""
        self._path = folder / _FILE

    def find(self, address: Address, name: str = "") -> Held | None:
        """Return the chair that is held at an address, if any: the newest one, or that of a given name."""
        return next((held for held in reversed(self._all()) if _same(held, address, name)), None)

    def keep(self, address: Address, token: str, name: str = "") -> None:
        """Keep a chair as the newest one, in the place of a chair of the same name.

        Raises:
            OSError: the file cannot be written.
        """
        new = Held(address.url, address.room, address.chair, token, name)
        self._write([*(held for held in self._all() if not _same(held, address, name)), new][-_MOST:])

    def forget(self, address: Address, name: str = "") -> None:
        """Drop the chairs that are held at an address, or only that of a given name.

        Raises:
            OSError: the file cannot be written.
        """
        kept = self._all()
        left = [held for held in kept if not _same(held, address, name)]
        if len(left) < len(kept):
            self._write(left)

    def _all(self) -> list[Held]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=list[Held])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return []

    def _write(self, chairs: list[Held]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)  # it keeps no mode of another hand
        with open(new, "wb", opener=_private) as file:
            file.write(msgspec.json.encode(chairs))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)


def _same(held: Held, address: Address, name: str) -> bool:
    is_there = (held.url, held.room, held.chair) == (address.url, address.room, address.chair)
    return is_there and (not name or not looks(held.name).isdisjoint(looks(name)))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

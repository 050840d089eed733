"""Writes, at the end of the loop's turn, what connections have been told in it: each write asks the system once.

Frames a message that many are told only once; how it is framed is its carrier's to say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

__all__ = ["TurnWriter", "Written"]


class Written(Protocol):
    """A connection that is written to at the end of a turn."""

    def write_told(self) -> None:
        """Write what has been told in this turn."""
        ...


class TurnWriter:
    """What waits for the end of this turn."""

    def __init__(self, frame: Callable[[bytes], bytes]) -> None:
        """Begin with nothing.

        Args:
            frame: makes what is written of a message.
        """
        self._frame_one = frame
        self._waiting: list[Written] = []
        self._text = self._frame = b""  # the last one

    def framed(self, text: bytes) -> bytes:
        """Return the frame of a message; the same one that hundreds are told, one after the other, is framed once."""
        if text is not self._text:
            self._text, self._frame = text, self._frame_one(text)
        return self._frame

    def add(self, connection: Written) -> None:
        """Have something to be written for a connection."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._write)
        self._waiting.append(connection)

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        for connection in waiting:
            connection.write_told()

"""What one client has sent and was told, and when, a line of JSON each, written as it happens.

The first line says who it was. What each kind of line means stands in `checker.py`, which reads them. Times are
nanoseconds of the machine's monotonic clock; whoever sends notes it before, whoever hears notes it after.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

__all__ = ["Journal"]

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Journal:
    """A client's journal.

    Attributes:
        unavailable: how many answers said that the store takes nothing now.
    """

    def __init__(self, folder: Path, room: str, seat: int, token: str) -> None:
        """Begin one."""
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{room}-{seat}.jsonl"
        self._file = self.path.open("w", encoding="utf-8")
        self.unavailable = 0
        self.note("who", room, seat, token)

    def note(self, kind: str, *values: object) -> None:
        """Add a line with the time that it is now."""
        self._file.write(_encode([kind, time.monotonic_ns(), *values]) + "\n")

    def result(self, frame: Mapping[str, Any]) -> None:
        """Note an answer whole but for the server's time."""
        self.unavailable += frame.get("error", {}).get("code") == "unavailable"
        self.note("result", frame["id"], {key: value for key, value in frame.items() if key not in ("now", "type")})

    def close(self) -> None:
        """Put everything on disk."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

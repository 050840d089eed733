"""Moments that a host has marked while the game is played, to talk about afterwards.

Answers which there are, in their order. A bookmark has its place in the room's log; the word that a host may give it is
kept beside the log, so that it can be erased. Nobody but hosts sees it: it may be about somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

__all__ = ["KEY", "MOST", "Bookmark", "marked", "tree", "without_word"]

KEY: Final = "bookmark:"  # of private values; the `seq` follows
MOST: Final = 99


class Bookmark(msgspec.Struct, frozen=True):
    """One bookmark.

    Attributes:
        season: in which it was set.
        phase: in which it was set.
        at: wall clock in milliseconds since 1970, a label only.
        word: what the host says of it, or "".
    """

    season: int
    phase: str
    at: int
    word: str = ""

    def to_store(self, seq: int) -> dict[str, bytes | None]:
        """Return the private value of a bookmark that stands in the log under `seq`."""
        return {f"{KEY}{seq}": msgspec.json.encode(self)}


def marked(private: Mapping[str, bytes]) -> dict[int, Bookmark]:
    """Return a room's bookmarks by the `seq` of their command, in its order."""
    found = {
        int(key.removeprefix(KEY)): msgspec.json.decode(value, type=Bookmark)
        for key, value in private.items()
        if key.startswith(KEY)
    }
    return dict(sorted(found.items()))


def tree(bookmarks: Mapping[int, Bookmark]) -> dict[str, Any]:
    """Return bookmarks as hosts see them."""
    return {str(seq): msgspec.to_builtins(bookmark) for seq, bookmark in bookmarks.items()}


def without_word(stored: bytes) -> bytes:
    """Return the private value of a bookmark with its word erased."""
    return msgspec.json.encode(msgspec.structs.replace(msgspec.json.decode(stored, type=Bookmark), word=""))

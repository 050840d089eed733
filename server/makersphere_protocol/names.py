"""What people may be called in a room.

Answers which name is shown for what somebody typed, and when two names are the same.
"""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["LONGEST", "clean", "same_as"]

LONGEST: Final = 40
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def clean(name: str) -> str:
    """Return the name as it is shown, or "" where nothing can be shown."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(letter) in _HIDDEN for letter in shown):
        return ""
    return shown if len(shown) <= LONGEST else ""


def same_as(name: str) -> str:
    """Return the form in which equal-looking names are equal."""
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "")

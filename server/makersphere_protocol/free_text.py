"""What people write to each other, as it may be shown.

Answers a text without what moves a cursor, rings a bell, turns the line around or hides: control characters, the
embeddings, overrides and isolates of the bidirectional algorithm, line and paragraph separators, what has no
character. Letters, marks and emoji of every script stay, and the joiners and direction marks that they are written
with; names are mended further (`names.py`). Sources: Unicode Standard Annex 9, "Directional Formatting Characters";
Unicode Technical Report 36, "Bidirectional Text Spoofing".
"""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["shown"]

_UNSHOWN: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
_APART: Final = frozenset("\t\v\f\r\x85\u2028\u2029")  # stands between words
_KEPT: Final = frozenset(  # of formats: joiners, direction marks, and the signs that Arabic numbers stand under
    ("\n", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u06dd", *map(chr, range(0x0600, 0x0606)))
)


def shown(text: str) -> str:
    """Return a text as it may be shown to others, on a page and in a terminal; a good one is returned as it is."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(letter: str) -> str:
    if letter in _APART:
        return " "
    return "" if letter not in _KEPT and unicodedata.category(letter) in _UNSHOWN else letter

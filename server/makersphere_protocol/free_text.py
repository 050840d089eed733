"""What people write to each other, as it may be shown.

Answers a text without what moves a cursor, rings a bell, turns the line around or hides: control characters, the
embeddings, overrides and isolates of the bidirectional algorithm, line and paragraph separators, what has no
character, marks that tower over a letter; and whether anything is left to be read. Letters, marks and emoji of every
script stay, and the joiners and direction marks that they are written with; names are mended further (`names.py`).
Sources: Unicode Standard Annex 9, "Directional Formatting Characters";
Unicode Technical Report 36, "Bidirectional Text Spoofing".
"""

from __future__ import annotations

import unicodedata
from typing import Final

from makersphere_protocol.names import BLANK, MOST_MARKS

__all__ = ["is_blank", "shown"]

_UNSHOWN: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
_MARKS: Final = frozenset({"Mn", "Me"})  # stand above, below or around a letter
_APART: Final = frozenset("\t\v\f\r\x85\u2028\u2029")  # stands between words
_KEPT: Final = frozenset(  # of formats: joiners, direction marks, and the signs that Arabic numbers stand under
    ("\n", "\u200c", "\u200d", "\u200e", "\u200f", "\u06dd", *map(chr, range(0x0600, 0x0606)))
)


def shown(text: str) -> str:
    """Return a text as it may be shown to others, on a page and in a terminal; a good one is returned as it is."""
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for letter in map(_shown, text.replace("\r\n", "\n")):
        category = unicodedata.category(letter) if letter else "Cf"
        if category in _MARKS:
            marks += 1
        elif category != "Cf":  # a joiner between marks begins no letter
            marks = 0
        if marks <= MOST_MARKS or category not in _MARKS:
            kept.append(letter)
    return "".join(kept)


def is_blank(text: str) -> bool:
    """Return whether nothing in a text can be read: no letter, digit, sign or emoji."""
    return not any(unicodedata.category(letter)[0] in "LNPS" and letter not in BLANK for letter in text)


def _shown(letter: str) -> str:
    if letter in _APART:
        return " "
    return "" if letter not in _KEPT and unicodedata.category(letter) in _UNSHOWN else letter

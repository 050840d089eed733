"""Which names wait for a host before others read them, as the room was opened.

Answers why a name that somebody typed is kept off the wall, if it is. A name that a host has given waits for nobody,
and no more do two words of the server's own. Never keeps anybody out: that is `joining.py`'s to say, by other rules.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import Screened
from makersphere_server.room.model.people.rude_words import is_rude

__all__ = ["RUDE", "WAITS", "why_kept"]

RUDE: Final = "rude"  # a word in it is in the lists
WAITS: Final = "waits"  # a host has not seen it yet


def why_kept(text: str, screened: Screened) -> str:
    """Return why what somebody typed is shown to hosts alone at first; "": everybody may read it."""
    if screened == "none":
        return ""
    if is_rude(text):
        return RUDE
    return WAITS if screened == "all" else ""

"""What a class's list makes of names as they were typed: which are kept for hosts, and which stand there otherwise.

Answers what a teacher is told once, and how many would be new. Which names are taken at all the command decides
(`commands.py`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from makersphere_protocol.names import LONGEST, clean, looks, why_not
from makersphere_server.classes.book import ClassBook

__all__ = ["new_among", "told_of_names"]


def new_among(book: ClassBook, typed: Iterable[str]) -> int:
    """Return how many people names would add to a class: those that are there, or that nobody may have, add none."""
    names = {looks(name) for name in map(clean, typed) if name and not why_not(name)}
    return len(names - {looks(person.name) for person in book})


def told_of_names(typed: Iterable[str]) -> dict[str, Any]:
    """Return what to tell of names that somebody has put on the list; what is empty is left out.

    `reserved` are those that nobody may have since they would pass for a host, as they were typed and cut to what is
    told; `changed` are those that were shortened or had signs taken out that cannot be seen, as they are shown.
    """
    cleaned = [(each, clean(each)) for each in typed]
    reserved = [each[:LONGEST] for each, name in cleaned if why_not(name) == "reserved_name"]
    changed = [name for each, name in cleaned if name and not why_not(name) and name != _tidy(each)]
    return ({"reserved": reserved} if reserved else {}) | ({"changed": changed} if changed else {})


def _tidy(typed: str) -> str:
    """Return a name with the spaces and the spelling that nobody notices a change of."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))

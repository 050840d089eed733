"""What a class's list makes of names as they were typed: which are kept for hosts, and which stand there otherwise.

Answers what a teacher is told once, and how many would be new. Whether a list is taken at all the command decides
(`commands.py`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from makersphere_protocol.names import LONGEST, clean, looks, why_not
from makersphere_server.classes.book import ClassBook
from makersphere_server.classes.regrouping import tidy_mark

__all__ = ["new_among", "put_on_list", "told_of_names"]


def new_among(book: ClassBook, typed: Iterable[str]) -> int:
    """Return how many people names would add to a class: those that are there, or that nobody may have, add none."""
    known, new = {look for person in book for look in looks(person.name)}, 0
    for name in map(clean, typed):
        if name and not why_not(name) and known.isdisjoint(looks(name)):
            known |= looks(name)
            new += 1
    return new


def put_on_list(book: ClassBook, typed: Sequence[str], marks: Sequence[str]) -> dict[str, Any]:
    """Put names on a class's list, each with what is said of it; return what to tell, as `told_of_names` does too.

    Of a name that is there already, what is said of it takes the place of what was said before. Where the list has that
    name twice nobody knows who is meant, so nothing changes. `left` counts from 0 which of the names were not taken.
    """
    cleaned = [clean(each) for each in typed]
    known = [book.named(name) if name else None for name in cleaned]
    times = Counter(person.number for person in known if person is not None)
    marked: list[str] = []
    told: dict[str, list[Any]] = {"twins": [], "bad": [], "left": []}
    added = 0
    for at, name in enumerate(cleaned):
        person, mark = known[at], tidy_mark(marks[at]) if marks else ""
        if not name or (person is None and why_not(name)):
            told["bad"].append(typed[at][:LONGEST])
        elif person is None and book.named(name) is None:
            book.add(name, is_listed=True, mark=mark)
            added += 1
            continue
        elif person is not None and mark and mark != person.mark and times[person.number] == 1:
            person.mark = mark
            book.changed(person)
            marked.append(person.name)
            continue
        else:
            told["twins"].append(name)
        told["left"].append(at)
    told = {"marked": marked, **told, **told_of_names(typed)}
    return {"added": added, "people": len(book)} | {what: found for what, found in told.items() if found}


def told_of_names(typed: Iterable[str]) -> dict[str, Any]:
    """Return what to tell of names that somebody has put on the list; what is empty is left out.

    `reserved` are those that nobody may have since they would pass for a host, and `mixed` those that mix alphabets, as
    they were typed and cut to what is told; `changed` are those that were shortened or had signs taken out that cannot
    be seen, as they are shown.
    """
    cleaned = [(each, clean(each)) for each in typed]
    told = {
        "reserved": [each[:LONGEST] for each, name in cleaned if why_not(name) == "reserved_name"],
        "mixed": [each[:LONGEST] for each, name in cleaned if why_not(name) == "mixed_scripts"],
        "changed": [name for each, name in cleaned if name and not why_not(name) and name != _tidy(each)],
    }
    return {what: names for what, names in told.items() if names}


def _tidy(typed: str) -> str:
    """Return a name with the spaces and the spelling that nobody notices a change of."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))

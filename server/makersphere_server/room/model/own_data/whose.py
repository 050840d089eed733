"""Whose data are meant: some of the people who sit or have sat in one seat.

Answers by which numbers, authors and stretches of the log what is stored is known to be theirs. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import attrs
import msgspec

from makersphere_server.room.model.log.retelling import TEXT_KEY
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.storage.record import Record

__all__ = ["Kept", "Whose", "named_in", "texts_to", "who_is_meant", "whose", "without_names"]

_TO_A_SEAT: Final = frozenset({"host.answer", "host.message", "host.remove"})
_SHORTEST_NAME: Final = 2  # of one letter it cannot be told where it is a name
_NOT_KNOWN: Final = 2**53 - 1  # since when people of a seat sit there that an earlier version has stored
_LEFT_OUT: Final = "…"
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # words follow each other without a blank


@attrs.frozen
class Kept:
    """A room's log and its private values, as the store has them."""

    records: Sequence[Record] = attrs.field(repr=False)
    private: Mapping[str, bytes] = attrs.field(repr=False)


@attrs.frozen
class Whose:
    """Some of the people of one seat.

    Attributes:
        numbers: which of the seat's people.
        is_last: nobody else sits there, nor is the seat kept for anybody else.
        authors: by which their commands are known.
        stretches: from which `seq`, itself not included, to which one they sat there; None: they still do.
        names: what they are called, as far as that is known.
    """

    seat: int
    numbers: frozenset[int]
    is_last: bool
    authors: frozenset[str] = attrs.field(repr=False)
    stretches: tuple[tuple[int, int | None], ...]
    names: frozenset[str] = attrs.field(repr=False)

    @property
    def is_known(self) -> bool:
        """Return whether the seat itself still knows anything of them."""
        return bool(self.authors or self.names)

    def sat_there(self, seq: int) -> bool:
        """Return whether they sat in the seat when a record was made."""
        return any(since < seq and (until is None or seq <= until) for since, until in self.stretches)


def who_is_meant(people: SeatPeople, member: int = 0) -> list[int]:
    """Return the numbers of those who are meant by a seat: who sits there, or where nobody does, who has sat there.

    Args:
        people: of the seat.
        member: the number of the one who is meant alone; 0: nobody said.

    Returns:
        No number where nobody of that number, or nobody at all, sits or has sat there.
    """
    here, gone = [each.number for each in people.members], [one.number for one in people.gone]
    if member:
        return [number for number in (*here, *gone) if number == member]
    return here or list(range(1, people.came + 1))


def whose(people: SeatPeople, numbers: Iterable[int], called: Iterable[str] = ()) -> Whose:
    """Return some of the people of a seat.

    Args:
        people: of the seat.
        numbers: which of them.
        called: names of theirs that are known from elsewhere.
    """
    wanted = frozenset(numbers)
    here = [member for member in people.members if member.number in wanted]
    gone = [one for one in people.gone if one.number in wanted]
    is_last = len(here) == len(people.members) and bool(here or not wanted)
    names = {member.name for member in here} | ({people.name} if is_last else set()) | set(called)
    since = people.reads_since if people.reads_since < _NOT_KNOWN else 0
    stretches: list[tuple[int, int | None]] = [stay for one in here for stay in one.stays]
    stretches += [(since, None)] if here and is_last else []
    return Whose(
        seat=people.seat,
        numbers=wanted,
        is_last=is_last,
        authors=frozenset([*(member.author for member in here), *(one.author for one in gone)]),
        stretches=(*stretches, *(stay for one in gone for stay in (*one.stays, (one.reads_since, one.until)))),
        names=frozenset(name for name in names if name),
    )


class _Command(msgspec.Struct):
    name: str
    args: dict[str, Any] = {}


def texts_to(kept: Kept, found: Whose) -> Iterator[tuple[Record, str]]:
    """Yield what hosts wrote to these people alone, with the record of each: messages, and why they were taken away."""
    for record in kept.records:
        if record.by != "host" or f"{TEXT_KEY}{record.seq}" not in kept.private or not found.sat_there(record.seq):
            continue
        command = msgspec.json.decode(record.command, type=_Command)
        if command.name in _TO_A_SEAT and command.args.get("seat") == found.seat:
            yield record, kept.private[f"{TEXT_KEY}{record.seq}"].decode()


def without_names(text: str, names: frozenset[str]) -> str:
    """Return a text with names left out wherever they stand as words of their own, in whatever case."""
    pattern = _pattern(names)
    return pattern.sub(_LEFT_OUT, text) if pattern is not None else text


def named_in(text: str, names: frozenset[str]) -> bool:
    """Return whether a text has one of the names in it."""
    pattern = _pattern(names)
    return pattern is not None and pattern.search(text) is not None


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    wanted = sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True)
    return re.compile("|".join(map(_as_a_word, wanted)), re.IGNORECASE) if wanted else None


def _as_a_word(name: str) -> str:
    before = "" if _UNSPACED.match(name[0]) else r"(?<!\w)"
    after = "" if _UNSPACED.match(name[-1]) else r"(?!\w)"
    return before + re.escape(name) + after

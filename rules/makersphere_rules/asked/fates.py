"""What may go, as a rule module tells a seat: what it must reach, by when, and what the close would make of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

__all__ = ["Fate", "Foreseen"]

Foreseen = dict[int, dict[str, int | tuple[int, ...]]]  # by venture, numbers by name


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What something must reach so as not to go, and what the close would make of it, as far as a seat knows.

    Attributes:
        kind: venture, badge or space.
        number: the venture's, or the space's.
        seat: whose badge it is; 0 for the others.
        what: born (capital in credits), sells (credits), score (points of 100), treasury (credits), place (in a class,
            1 the best: at `must` or better it stays).
        must: how much of it. A venture that sells nothing yet has what a pilot must sell.
        by: the season at whose appraisal it must be there; 0: once it is a pilot.
        value: how much there would be; None: nobody can say yet.
        last: how much there was last; None: nothing yet.
        why: for which reason it would go then; "": it would not.
        of: among how many there are places; 0: it is not judged by rank.
        by_what: what places are given for: progress (points), sales (credits), score (points); "": for nothing.
        tries: of other choices of the seat the same two, by name.
    """

    kind: str
    number: int
    seat: int = 0
    what: str
    must: int
    by: int
    value: int | None = None
    last: int | None = None
    why: str = ""
    of: int = 0
    by_what: str = ""
    tries: Mapping[str, tuple[int, str]] = msgspec.field(default_factory=dict)

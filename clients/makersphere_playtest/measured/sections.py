"""The sections of a playtest's report: numbers of one kind, each with its interval and how it is spread over games.

Answers with plain data, made of the sums of a `Tally`. Says nothing in any language: names are keys of texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from makersphere_playtest.measured.intervals import Estimate, Share, Sums
from makersphere_playtest.measured.measures import GROUPS, order
from makersphere_playtest.measured.spread import Spread
from makersphere_playtest.measured.tally import COURSE, Tally
from makersphere_rules.ecosystem.table.vocabulary import KINDS

__all__ = ["Line", "Section", "sections"]

_CONTEST = ("kept", "ahead", "comeback", "decided", "first")


@attrs.frozen
class Line:
    """One number with its label, its interval, and the number of games of which it is the mean.

    Attributes:
        sums: of which it is made.
        spread: how its values are spread over the games, where that is kept.
    """

    name: str
    estimate: Estimate
    games: int
    sums: Sums = attrs.field(repr=False)
    spread: Spread | None = attrs.field(default=None, repr=False)

    @classmethod
    def of(cls, name: str, sums: Sums, spread: Spread | None = None) -> Line:
        """Return a line of some sums."""
        return cls(name, sums.estimate(), sums.count, sums, spread)


@attrs.frozen
class Section:
    """Numbers of one kind."""

    name: str
    lines: tuple[Line, ...]


def sections(tally: Tally) -> Iterator[Section]:
    """Yield the sections of some games; a section may be empty."""
    roles = list(tally.suspense)
    yield Section("course", _outcomes(tally, COURSE))
    yield Section("exits", _outcomes(tally, tally.exits))
    yield Section("scores", _outcomes(tally, [f"score_{role}" for role in roles]))
    yield Section("bids", _outcomes(tally, [f"bids_{kind}" for kind in KINDS]))
    yield Section("spread", _outcomes(tally, [f"spread_{role}" for role in roles]))
    yield Section("better_than", _lines(tally.better_than.all()))
    for role, name in GROUPS.items():
        yield Section(name, _away(tally, role, name))
    yield Section("seat", tuple(line for role in roles for line in _away(tally, role, "seat")))
    yield Section("contest", _outcomes(tally, [f"{name}_{role}" for name in _CONTEST for role in roles]))
    moved = {f"{season}_{role}": sums for role in roles for season, sums in tally.suspense[role].all().items()}
    yield Section("suspense", _lines(moved))
    yield Section("changes", _outcomes(tally, [f"changes_{role}" for role in roles]))
    yield Section("idle", _lines(tally.idle.all()))
    seats = tally.idle_seat.all()
    yield Section("idle_seat", _lines({seat: seats[seat] for seat in sorted(seats, key=order)}))
    yield Section("modules", _lines(tally.modules.all()))
    commands = sorted(tally.offered | tally.sent.keys())
    yield Section("commands", _lines({name: Share(tally.games, tally.sent[name]) for name in commands}))


def _lines(sums: Mapping[str, Sums]) -> tuple[Line, ...]:
    return tuple(Line.of(name, some) for name, some in sums.items() if some.count)


def _outcomes(tally: Tally, names: Iterable[str]) -> tuple[Line, ...]:
    known: dict[str, Sums] = {**tally.outcomes.all(), **tally.shares.all()}
    return tuple(Line.of(name, known[name], tally.spreads.get(name)) for name in names if name in known)


def _away(tally: Tally, role: str, by: str) -> tuple[Line, ...]:
    """Return how far each group of a role is from the role's mean, in per cent of that mean."""
    whole, groups = tally.scores[role].mean, tally.away[role, by].all()
    if whole <= 0 or len(groups) < 2:
        return ()
    return _lines({group: groups[group].scaled(100 / whole) for group in sorted(groups, key=order)})

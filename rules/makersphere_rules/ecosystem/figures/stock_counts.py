"""The stocks beside money, counted the same way: hours of a season, and progress points by source.

Events alone count here, each once as it applies, so that what is counted is what happened: hours that are
given, used or lent, and points that a venture gained or lost. Hours that
nobody used are not counted but found in the hands, which is what makes the balance a check and no
definition: given = used + lent + lost. Points that living ventures hold, and those in the commons, are
what came in less what went out. The third stock, shares, is the cap tables themselves (10,000 each).

Nobody sees a stock before the end: with two makers in the room, a sum tells each the other's hours.
Source: the rulebook's "Ledger accounts", last sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.tenancy import living
from makersphere_rules.entity import Entity, nobody
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = [
    "CLOSED",
    "GIVEN",
    "LENT",
    "SOURCES",
    "TO_COMMONS",
    "USES",
    "Stocks",
    "count",
    "stocks_of",
    "unbalanced",
]

Counts = Mapping[str, int]

GIVEN: Final = "given"
LENT: Final = "lent"
USES: Final = (
    "exchange",
    "study",
    "clinic",
    "scouting",
    "delivered",
    "resold",  # promised and not delivered: sold to consumers
    "work",  # of makers on their own venture
    "day_job",
    "workshop",
)
SOURCES: Final = ("makers", "investors", "workshop", "commons", "know_how", "lent", "founding")
CLOSED: Final = "closed"  # points of ventures that were wound up
TO_COMMONS: Final = "to_commons"  # the part of them that their space keeps
_COMMONS: Final = "commons"
_NOTHING: Final[Counts] = {}


@frozen
class Stocks(Entity):
    """What moved in the stocks of one season: hours by use, progress points by source."""

    season: int = nobody(opens=True, key=True)
    hours: Counts = nobody(factory=dict, opens=True)
    progress: Counts = nobody(factory=dict, opens=True)


def stocks_of(state: State) -> Stocks:
    """Return the stocks of this season so far."""
    season = state.game.season
    return state.find(Stocks, season) or Stocks(season)


def count(state: State, hours: Counts = _NOTHING, progress: Counts = _NOTHING) -> None:
    """Count what a fact moves. For events alone.

    Args:
        state: the game.
        hours: by what became of them: given, lent, or one of `USES`.
        progress: points, by one of `SOURCES`, or of a venture that closed.
    """
    before = stocks_of(state)
    after = Stocks(before.season, _more(before.hours, hours), _more(before.progress, progress))
    if after.hours is not before.hours or after.progress is not before.progress:
        state.put(after, before.season)


def _more(counts: Counts, more: Counts) -> Counts:
    """Return counts with more added, the same where that is nothing."""
    for name, added in more.items():
        if added:
            counts = {**counts, name: counts.get(name, 0) + added}
    return counts


def unbalanced(state: State) -> Iterator[str]:
    """Yield a sentence for each stock of progress that differs from what came in less what went out."""
    counted = list(state.all(Stocks).values())
    came = sum(stocks.progress.get(source, 0) for stocks in counted for source in SOURCES)
    went = sum(stocks.progress.get(CLOSED, 0) for stocks in counted)
    held = sum(sum(venture.tracks) for venture in living(state))
    if came - went != held:
        yield f"living ventures hold {held} progress points, of {came} that came and {went} that went"
    kept = sum(stocks.progress.get(TO_COMMONS, 0) for stocks in counted)
    drawn = sum(stocks.progress.get(_COMMONS, 0) for stocks in counted)
    commons = sum(space.commons for space in state.all(Space).values())
    if kept - drawn != commons:
        yield f"the commons hold {commons} points, of {kept} that came and {drawn} that were drawn"

"""Recap: what the season moved, for everyone to read; no hurry and nothing to decide.

Purpose: standings and the ecosystem's figures, season by season, with the ties and the energy picture of each; when
the run is over, its debrief.
Phase: recap; when it opens, everything is counted.
Commands: none but `ready`.
Events: `season_recapped`; at the end `debrief_opened`.
Parameters: none.
Secrets: figures that rest on secrets or on sealed choices, until the end; standings and all other figures
come from what is on the table alone.
Source: the rulebook's "A season", "The end" (standing) and "Where the rules come from" (figures).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import attrs

from makersphere_rules.debrief.opened import Debrief, DebriefOpened, Story, opened
from makersphere_rules.debrief.past_season import PastSeason, past_season
from makersphere_rules.ecosystem.figures.all_figures import opened_figures, season_figures
from makersphere_rules.ecosystem.figures.scores import Books, standing_parts
from makersphere_rules.ecosystem.figures.stock_counts import unbalanced
from makersphere_rules.ecosystem.figures.stocks import unbalanced_hours
from makersphere_rules.ecosystem.table.ratings import Figures, Score
from makersphere_rules.ecosystem.table.verdicts import StandingParts
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.state import State

__all__ = ["Recap", "SeasonRecapped"]


@frozen
class SeasonRecapped(Event):
    """A season has been counted: each seat's standing, and the figures."""

    season: int
    standings: Mapping[int, int]
    figures: Mapping[str, int]
    opened: Mapping[str, int] = attrs.field(factory=dict)
    parts: Mapping[int, Mapping[str, int]] = attrs.field(factory=dict)  # of each standing; none in old logs

    def apply(self, state: State) -> None:
        """Write it down, and settle at once: the recap is there to be read."""
        for seat, standing in self.standings.items():
            before = state.find(Score, seat) or Score(seat)
            state.put(changed(before, standings=(*before.standings, standing)), seat)
        for seat, parts in self.parts.items():
            state.put(StandingParts(seat, self.season, parts))
        state.put(Figures(self.season, self.figures, self.opened))
        state.keep_season()
        if state.retells:
            state.put(past_season(state))
        state.settle()

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("season_recapped", {"season": self.season}),)


class Recap(RuleModule):
    """What moved."""

    name: ClassVar[str] = "recap"
    phase: ClassVar[str | None] = "recap"
    part: ClassVar[str] = "recap"
    needs: ClassVar[Sequence[str]] = ("world",)
    reading: ClassVar[bool] = True
    events: ClassVar[Sequence[type[Event]]] = (SeasonRecapped, DebriefOpened)
    entities: ClassVar[Sequence[type[Entity]]] = (Score, StandingParts, Figures, PastSeason, Debrief, Story)

    def open(self, draft: Draft) -> None:
        """Count the season."""
        state = draft.state
        books = Books(state)
        figures, secret = {**season_figures(books), **_of_modules(state)}, opened_figures(state)
        parts = standing_parts(books)
        sums = {seat: sum(each.values()) for seat, each in parts.items()}
        draft.emit(SeasonRecapped(state.game.season, sums, figures, secret, parts))

    def end(self, draft: Draft) -> None:
        """Open the debrief."""
        event = opened(draft.state)
        if event is not None:
            draft.emit(event)

    def invariants(self, state: State) -> Iterator[str]:
        """During the recap the stocks balance: the hours of the season, and the progress of all seasons."""
        if state.game.phase == self.name:
            yield from unbalanced_hours(state)
            yield from unbalanced(state)


def _of_modules(state: State) -> dict[str, int]:
    """Return the figures that rule modules of somebody else count, each with its module's name before it."""
    return {
        f"{module.name}_{name}": value
        for module in state.scenario.modules
        for name, value in module.figures(state).items()
    }

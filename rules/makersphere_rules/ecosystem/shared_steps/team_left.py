"""Leaving a team: a co-founder goes with its shares, or has to go without them since it hardly worked.

Source: the rulebook's "2. Admission".
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from makersphere_rules.ecosystem.table.entities import Maker, Venture
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["TeamLeft"]


@frozen
class TeamLeft(Event):
    """A co-founder has left its team.

    Attributes:
        maker: who.
        venture: whose team it was.
        lead: of the venture, who sees its own team; 0 in old logs.
        has_to: it was idle, and what it held of the venture is the lead's now; never in old logs.
        given_up: so many shares.
        shares: the cap table, where it has to.
    """

    maker: int
    venture: int
    lead: int = 0
    has_to: bool = False
    given_up: int = 0
    shares: Mapping[int, int] = attrs.field(factory=dict)

    def apply(self, state: State) -> None:
        """Free the maker."""
        venture = state.one(Venture, self.venture)
        cofounders = tuple(seat for seat in venture.cofounders if seat != self.maker)
        shares = self.shares if self.has_to else venture.shares
        state.put(changed(venture, cofounders=cofounders, shares=shares))
        state.put(changed(state.one(Maker, self.maker), venture=0), self.maker)

    def lines(self) -> tuple[Line, ...]:
        """Tell the one who left and the lead, since everyone sees it when the phase closes; who has to go: all."""
        values = {"maker": self.maker, "venture": self.venture}
        if self.has_to:
            return (Line("cofounder_dropped", {**values, "shares": self.given_up}),)
        told = (self.maker, self.lead) if self.lead else (self.maker,)
        return (Line("team_left", values, told),)

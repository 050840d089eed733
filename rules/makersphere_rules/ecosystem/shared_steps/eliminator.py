"""The base of the modules that eliminate: who would go as things stand, which the form of a wild card asks too.

Answers from what ventures are and sold, never from what was told of it, so that a form rests on what is hashed.
Source: the rulebook's "7. Appraisal".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from makersphere_rules.ecosystem.shared_steps.elimination import INSOLVENT, Bars, Going, tell_dangers
from makersphere_rules.ecosystem.shared_steps.elimination_events import ENTITIES, EVENTS
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.state import State

__all__ = ["Eliminator", "spareable"]

_ALL: Final = 100  # per cent


class Eliminator(RuleModule):
    """A module of elimination. A subclass says who goes and by which bars, and closes."""

    phase: ClassVar[str | None] = "appraisal"
    part: ClassVar[str] = "elimination"
    needs: ClassVar[Sequence[str]] = ("appraisal",)
    after: ClassVar[Sequence[str]] = ("appraisal",)
    events: ClassVar[Sequence[type[Event]]] = EVENTS
    entities: ClassVar[Sequence[type[Entity]]] = ENTITIES

    def going(self, state: State) -> Going:
        """Return the ventures that would go as things stand, each with the reason."""
        raise NotImplementedError  # each module of elimination has its own

    def bars(self, state: State) -> Bars:
        """Return the bars by which they go, as far as there are any."""
        return Bars()

    def open(self, draft: Draft) -> None:
        """Tell everyone concerned how each venture stands."""
        tell_dangers(draft, self.going(draft.state), self.bars(draft.state))


def spareable(state: State, space: int) -> list[Venture]:
    """Return the tenants of a space that would go this season and sold nearly enough, but for the insolvent."""
    module = next((one for one in state.scenario.modules if isinstance(one, Eliminator)), None)
    if module is None:
        return []
    bars, least = module.bars(state), world(state).wild_card_sales
    return [
        venture
        for venture, reason in module.going(state)
        if venture.space == space and reason != INSOLVENT and _ALL * venture.sales >= least * (bars.sales(venture) or 0)
    ]

"""What both planners share: who takes part, and the plan that brings the highest match value.

The plan is the best assignment of ventures to investors, one package a venture; among equally good ones the one whose
row of investors, ventures in table order, comes first in lexicographic order, investors by seat, and a venture
that stays alone counting last. It rests on appeal and thesis, which nobody may see: nothing of it shows but the
deals themselves.
Source: the rulebook's "4. Matching" (planner, match value); Kuhn 1955.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import attrs

from makersphere_rules.ecosystem.formulas.assignment import NOBODY, assign
from makersphere_rules.ecosystem.shared_steps import matching
from makersphere_rules.ecosystem.shared_steps.contracts import keeps_enough, signed
from makersphere_rules.ecosystem.shared_steps.goods import Good, Package
from makersphere_rules.ecosystem.shared_steps.matching import GRANT, LOOK, Matching, MatchingParams
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.param_checks import above, printed
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, MAKER, WHOLE
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.forms import Form, Whole, whole
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Move
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.state import State

__all__ = ["MatchingByPlan", "PlannerParams", "Planning"]


@attrs.frozen
class PlannerParams(MatchingParams):
    """The parameters that both planners have."""

    shares: int = param(300, 0, 9000, "The shares that every planned package brings its investor.")


class Planning:
    """How one good is planned.

    Attributes:
        good: what is planned.
        command: how a seat says how many packages it gives or takes at most.
    """

    def __init__(self, good: Good, command: str, params: type[PlannerParams]) -> None:
        """Name what differs."""
        self.good = good
        self.command = command
        self.params = params

    def commands(self) -> tuple[Command, ...]:
        """Return what seats may send."""
        return (LOOK, Command.sealed(self.command, self._form, roles=(MAKER, INVESTOR)), GRANT)

    def _form(self, state: State, seat: int) -> Form | Refusal:
        if state.role(seat) == MAKER:
            venture = tenancy.leading(state, seat)
            if isinstance(venture, Refusal):
                return venture
            if self.good.by_badge and venture.space == GARAGE:
                return refuse("rule", "needs_desk")
            return Form({"packages": Whole(0, 1)})
        investor = state.one(Investor, seat)
        if self.good.by_badge and not investor.badges:
            return refuse("rule", "no_badge")
        return Form({"packages": Whole(0, self.good.packages(state, investor))})

    def default(self, state: State, seat: int) -> int | None:
        """Return how many packages a seat gives or takes if it says nothing; None if it has no part in the plan."""
        if isinstance(self._form(state, seat), Refusal):
            return None
        if state.role(seat) == MAKER:
            venture = tenancy.led_venture(state, seat)
            return int(venture is not None and self.good.wanted(venture))
        return self.good.unasked(state, state.one(Investor, seat))

    def plan(self, state: State) -> list[Package]:
        """Return the packages of the plan, ventures in table order."""
        ventures = [one for one in tenancy.living(state) if self._says(state, one.lead)]
        investors = [state.one(Investor, seat) for seat in state.seats(INVESTOR)]
        given = [min(self._says(state, one.seat), self.good.packages(state, one)) for one in investors]
        shares = state.scenario.params(self.params).shares
        values = [self._values(state, venture, investors, shares) for venture in ventures]
        left = [self.good.left(state, one) for one in investors]
        packages = []
        for venture, column in zip(ventures, assign(values, given), strict=True):
            if column != NOBODY:
                amount = min(self.good.size(state), left[column])
                left[column] -= amount
                packages.append(Package(venture.id, investors[column].seat, amount, shares))
        return packages

    def _values(self, state: State, venture: Venture, investors: Sequence[Investor], shares: int) -> dict[int, int]:
        """Return the match value of each investor that a venture may get, by the investor's place."""
        return {
            column: self.good.value(state, venture, investor)
            for column, investor in enumerate(investors)
            if self.good.may_meet(venture, investor) and keeps_enough(state, venture, investor.seat, shares)
        }

    def _says(self, state: State, seat: int) -> int:
        return whole(state.choice(seat, self.command) or {}, "packages")


class MatchingByPlan(Matching):
    """A planner of one good."""

    planning: ClassVar[Planning]
    entities: ClassVar[Sequence[type[Entity]]] = matching.ENTITIES
    events: ClassVar[Sequence[type[Event]]] = matching.EVENTS

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """A planned package can be paid for."""
        params, free = scenario.params(self.planning.params), WHOLE - printed(scenario).lead_keeps
        yield from above(f"{self.name}.shares", params.shares, "10000 - world.lead_keeps", free)

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """A venture that wants a package takes part; an investor that says nothing gives hours and no money."""
        packages = self.planning.default(state, seat) if state.role(seat) in (MAKER, INVESTOR) else None
        if packages is not None:
            yield self.planning.command, {"packages": packages}

    def close(self, draft: Draft) -> None:
        """Sign the packages of the plan; nobody has searched, so nobody pays for it."""
        state, good = draft.state, self.planning.good
        for package in self.planning.plan(state):
            draft.emit(signed(state, good.deal(state, package), shown=True))

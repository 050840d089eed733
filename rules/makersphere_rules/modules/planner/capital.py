"""Planner of capital: packages of 60 credits go where their match value is highest, and nobody chooses.

Purpose: the yardstick of integration for money.
Phase: matching; its close comes before that of the module for hours.
Commands: investors and leads: `take_part_capital` {`packages` given, or taken (0 or 1), at most} (sealed);
investors: `look`; operators: `grant`.
Defaults: investors give none, since no money is spent unasked; every unborn venture takes one.
Close: the best assignment of ventures to investors, wherever they sit, one package a venture (`plan.py`);
each brings 3,000 shares, and nobody pays for a search. Money's match value is appeal x (2, or 4 in the thesis).
Events: `deal_signed`, and those that every module of matching has (`ecosystem/shared_steps/matching.py`).
Parameters: `CapitalPlannerParams`; the size of a package is what a birth takes (`WorldParams`).
Secrets: what each seat says (the seat); the values of the plan (nobody: they rest on appeal and thesis).
Source: the rulebook's "4. Matching" (planner, match value); Kuhn 1955.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.shared_steps.goods import CAPITAL
from makersphere_rules.module import Command
from makersphere_rules.modules.planner.plan import MatchingByPlan, PlannerParams, Planning
from makersphere_rules.scenario import param

__all__ = ["CapitalPlannerParams", "PlannerCapital"]


@attrs.frozen
class CapitalPlannerParams(PlannerParams):
    """The parameters of the planner of capital."""

    shares: int = param(3000, 0, 9000, "The shares that every planned package brings its investor.")


_PLANNING: Final = Planning(CAPITAL, "take_part_capital", CapitalPlannerParams)


class PlannerCapital(MatchingByPlan):
    """Packages of capital by plan."""

    name: ClassVar[str] = "planner_capital"
    params: ClassVar[type | None] = CapitalPlannerParams
    planning: ClassVar[Planning] = _PLANNING
    commands: ClassVar[Sequence[Command]] = _PLANNING.commands()

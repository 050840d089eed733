"""Planner: packages of hours go where their match value is highest, and nobody chooses.

Purpose: the yardstick of integration for those who play under it; what it reaches, no market can exceed.
Phase: matching; its close comes after that of the module for capital.
Commands: investors with a badge and leads with a desk: `take_part` {`packages` given, or taken (0 or 1), at
most} (sealed); investors: `look`; operators: `grant`.
Defaults: investors give all they have, every venture takes one but a product.
Close: the best assignment of ventures with a desk to holders of their space's badge, one package a venture
(`plan.py`); each brings 300 shares and no fee, and nobody pays for a search.
Events: `deal_signed`, and those that every module of matching has (`ecosystem/shared_steps/matching.py`).
Parameters: `HoursPlannerParams`; the size of a package is printed (`WorldParams`).
Secrets: what each seat says (the seat); the values of the plan (nobody: they rest on appeal and thesis).
Source: the rulebook's "4. Matching" (planner, match value); Kuhn 1955.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.shared_steps.goods import HOURS
from makersphere_rules.module import Command
from makersphere_rules.modules.planner.plan import MatchingByPlan, PlannerParams, Planning

__all__ = ["HoursPlannerParams", "Planner"]


@attrs.frozen
class HoursPlannerParams(PlannerParams):
    """The parameters of the planner of hours."""


_PLANNING: Final = Planning(HOURS, "take_part", HoursPlannerParams)


class Planner(MatchingByPlan):
    """Packages of hours by plan."""

    name: ClassVar[str] = "planner"
    params: ClassVar[type | None] = HoursPlannerParams
    planning: ClassVar[Planning] = _PLANNING
    commands: ClassVar[Sequence[Command]] = _PLANNING.commands()

"""Threshold: who falls short of a bar goes.

Purpose: the metabolism of exit: eliminate ventures, appraise investors, charge upkeep, count the indices.
Phase: appraisal, after the module `appraisal`.
Commands: none; it reads the operators' `wild_card` of the module `appraisal`.
Events: `venture_closed`, `wild_card_spared`, `appraised`, `upkeep_paid`, `indices_counted`.
Parameters: `ThresholdParams`.
Secrets: single ratings (their giver); the four measures of an appraisal (the log alone).
Closing, in this order: ventures that are insolvent, unfunded or unsold; winding up; investors, badge by
badge; operators' upkeep; indices, as things stand then (`ecosystem/shared_steps/elimination.py`).
Source: the rulebook's "7. Appraisal".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.formulas.investor_appraisal import Judged
from makersphere_rules.ecosystem.shared_steps import elimination
from makersphere_rules.ecosystem.shared_steps.elimination_events import EVENTS
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import PILOT, PRODUCT
from makersphere_rules.events import Event
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["REASONS", "Threshold", "ThresholdParams"]

REASONS: Final = (elimination.INSOLVENT, "unfunded", "unsold")  # the first that holds is told


@attrs.frozen
class ThresholdParams(elimination.AppraisalParams):
    """The parameters of elimination by threshold."""

    unborn_seasons: int = param(2, 1, 40, "Seasons after which a venture that is not born is eliminated.")
    pilot_bar: int = param(25, 0, 1000, "Sales in credits under which a pilot is eliminated.")
    product_bar: int = param(90, 0, 5000, "Sales in credits under which a product is eliminated.")


class Threshold(RuleModule):
    """Bars for ventures and for investors."""

    name: ClassVar[str] = "threshold"
    phase: ClassVar[str | None] = "appraisal"
    part: ClassVar[str] = "elimination"
    needs: ClassVar[Sequence[str]] = ("appraisal",)
    after: ClassVar[Sequence[str]] = ("appraisal",)
    params: ClassVar[type | None] = ThresholdParams
    events: ClassVar[Sequence[type[Event]]] = EVENTS

    def close(self, draft: Draft) -> None:
        """Eliminate who falls short of a bar."""
        params = draft.state.scenario.params(ThresholdParams)
        elimination.carry_out(draft, params, list(_going(draft.state, params)), _losing)


def reason_to_go(venture: Venture, season: int, params: ThresholdParams) -> str:
    """Return the first reason that holds for eliminating a venture, or ""."""
    if venture.insolvent:
        return elimination.INSOLVENT
    if not venture.born and season - venture.founded + 1 >= params.unborn_seasons:
        return "unfunded"
    bar = {PILOT: params.pilot_bar, PRODUCT: params.product_bar}.get(venture.stage, 0)
    return "unsold" if venture.sales < bar else ""


def _going(state: State, params: ThresholdParams) -> Iterator[tuple[Venture, str]]:
    for venture in tenancy.living(state):
        reason = reason_to_go(venture, state.game.season, params)
        if reason:
            yield venture, reason


def _losing(state: State, judged: Sequence[Judged]) -> set[elimination.Badge]:
    """Return the badges whose score is under the appraisal bar of their space."""
    return {(one.investor, one.space) for one in judged if one.score < state.one(Space, one.space).appraisal_bar}

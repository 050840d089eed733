"""Threshold: who falls short of a bar goes.

Purpose: the metabolism of exit: eliminate ventures, appraise investors, keep house, count the indices.
Phase: appraisal, after the module `appraisal`.
Commands: none; it reads the operators' `wild_card` of the module `appraisal`.
Events: `venture_closed`, `wild_card_spared`, `appraised`, `upkeep_paid`, `indices_counted`.
Parameters: `ThresholdParams`.
Secrets: single ratings (their giver); the four measures of an appraisal (the log alone).
Closing, in this order: ventures that are insolvent, unfunded or unsold; winding up; investors, badge by
badge; operators' upkeep; indices, as things stand then.
Source: the rulebook's "7. Appraisal".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs

from makersphere_rules.ecosystem import appraisals, elimination, places
from makersphere_rules.ecosystem.elimination_events import EVENTS, WildCardSpared
from makersphere_rules.ecosystem.entities import Space, Venture
from makersphere_rules.ecosystem.winding_up import wind_up
from makersphere_rules.ecosystem.words import GARAGE, OPERATOR, PILOT, PRODUCT
from makersphere_rules.events import Event
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["Threshold", "ThresholdParams"]


@attrs.frozen
class ThresholdParams:
    """The parameters of elimination by threshold."""

    unborn_seasons: int = param(2, 1, 40, "Seasons after which a venture that is not born is eliminated.")
    pilot_bar: int = param(25, 0, 1000, "Sales in credits under which a pilot is eliminated.")
    product_bar: int = param(90, 0, 5000, "Sales in credits under which a product is eliminated.")
    served: int = param(30, 1, 100, "What a point served counts in an investor's appraisal.")
    growth: int = param(50, 1, 100, "What a served venture that moved up counts in it.")
    upkeep: int = param(20, 0, 500, "Upkeep of a space in credits.")
    upkeep_station: int = param(5, 0, 100, "Upkeep of each station still in use, in credits.")


class Threshold(RuleModule):
    """Bars for ventures and for investors."""

    name: ClassVar[str] = "threshold"
    params: ClassVar[type | None] = ThresholdParams
    events: ClassVar[Sequence[type[Event]]] = EVENTS

    def close(self, draft: Draft) -> None:
        """Go through the five steps."""
        state = draft.state
        params = state.scenario.params(ThresholdParams)
        marked = appraisals.read(state)
        ratings = elimination.house_ratings(state)
        for venture, reason in list(_going(draft, params)):
            draft.emit(wind_up(state, venture, reason))
        judged = list(appraisals.judged(state, marked, params.served, params.growth))
        for appraisal in judged:
            elimination.appraise(draft, appraisal, lost=_loses(draft, appraisal))
        elimination.keep_house(draft, params.upkeep, params.upkeep_station)
        elimination.count(draft, judged, ratings)


def reason_to_go(venture: Venture, season: int, params: ThresholdParams) -> str:
    """Return the first reason that holds for eliminating a venture, or ""."""
    if venture.insolvent:
        return "insolvent"
    if not venture.born and season - venture.founded + 1 >= params.unborn_seasons:
        return "unfunded"
    bar = {PILOT: params.pilot_bar, PRODUCT: params.product_bar}.get(venture.stage, 0)
    return "unsold" if venture.sales < bar else ""


def _going(draft: Draft, params: ThresholdParams) -> Iterator[tuple[Venture, str]]:
    """Yield the ventures that are eliminated and why; a wild card spares one, but never from insolvency."""
    state = draft.state
    spared = {space: _named(state, space, "venture") for space in state.seats(OPERATOR)}
    for venture in places.living(state):
        reason = reason_to_go(venture, state.game.season, params)
        if not reason:
            continue
        if reason != "insolvent" and venture.space != GARAGE and spared[venture.space] == venture.id:
            draft.emit(WildCardSpared(venture.space, venture.id, 0))
        else:
            yield venture, reason


def _loses(draft: Draft, appraisal: appraisals.Judged) -> bool:
    """Return whether a badge is lost: a score under the space's bar, unless the wild card spares it."""
    state = draft.state
    if appraisal.score >= state.one(Space, appraisal.space).appraisal_bar:
        return False
    if _named(state, appraisal.space, "seat") == appraisal.investor:
        draft.emit(WildCardSpared(appraisal.space, 0, appraisal.investor))
        return False
    return True


def _named(state: State, space: int, what: str) -> int:
    """Return the venture or seat that a space's wild card names, or 0."""
    choice = state.choice(space, "wild_card")
    return int(str(choice.get(what, 0))) if choice else 0

"""Threshold: who falls short of a bar goes, and who is idle in a team.

Purpose: the metabolism of exit: eliminate ventures, appraise investors, charge upkeep, count the indices.
Phase: appraisal, after the module `appraisal`.
Commands: none; it reads the operators' `wild_card` of the module `appraisal`.
Events: `danger_told`, `team_left`, `venture_closed`, `wild_card_spared`, `appraised`, `upkeep_paid`,
`indices_counted`.
Parameters: `ThresholdParams`.
Secrets: single ratings (their giver); the four measures of an appraisal (its investor).
Opening: the team, the shareholders and the operator of each venture are told what it sold, at which bar, and for what
it would go.
Closing, in this order: co-founders who were idle lose their place; ventures that are insolvent, unfunded or unsold;
winding up; investors, badge by badge; operators' upkeep; indices, as things stand then
(`ecosystem/shared_steps/elimination.py`).
Source: the rulebook's "7. Appraisal".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.formulas.investor_appraisal import Judged
from makersphere_rules.ecosystem.shared_steps import elimination, fates
from makersphere_rules.ecosystem.shared_steps.eliminator import Eliminator
from makersphere_rules.ecosystem.shared_steps.team_left import TeamLeft
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.agreements import Idleness
from makersphere_rules.ecosystem.table.cap_table import board, move
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import MAKER, PILOT, PRODUCT
from makersphere_rules.module import Draft, Fate, Foreseen
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["REASONS", "Threshold", "ThresholdParams"]

REASONS: Final = (elimination.INSOLVENT, "unfunded", elimination.UNSOLD)  # the first that holds is told

_OUTSIDE: Final = 3  # an attraction, in shares of the outside world that one maker brings


@attrs.frozen
class ThresholdParams(elimination.AppraisalParams):
    """The parameters of elimination by threshold."""

    unborn_seasons: int = param(2, 1, 40, "Seasons after which a venture that is not born is eliminated.")
    pilot_bar: int = param(25, 0, 1000, "Sales in credits under which a pilot is eliminated.")
    upkeep_badge: int = param(30, 0, 200, "Upkeep for each badge that is taken back in the season, in credits.")
    product_bar: int = param(90, 0, 5000, "Sales in credits under which a product is eliminated.")
    bar_makers: int = param(
        0, 0, 40, "Makers in the room for whom both bars are meant: fewer lower them, more raise them; 0: neither."
    )


class Threshold(Eliminator):
    """Bars for ventures and for investors."""

    name: ClassVar[str] = "threshold"
    params: ClassVar[type | None] = ThresholdParams
    foresees: ClassVar[Sequence[str]] = ("market",)

    def going(self, state: State) -> elimination.Going:
        """Return the ventures that fall short of a bar."""
        return list(_going(state, state.scenario.params(ThresholdParams)))

    def bars(self, state: State) -> elimination.Bars:
        """Return the bars of sales and of badges, and the seasons that the unborn have."""
        return _bars(state, state.scenario.params(ThresholdParams))

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """Return what the ventures of which a seat is the board have to sell."""
        params = draft.state.scenario.params(ThresholdParams)
        makers = len(draft.state.seats(MAKER))
        bars = {one.id: sales_bar(one, params, makers) for one in tenancy.living(draft.state) if board(one) == seat}
        return {venture: {"must_sell": bar} for venture, bar in bars.items() if bar is not None}

    def fates(self, draft: Draft, seat: int, foreseen: Foreseen, *, most: bool) -> Iterator[Fate]:
        """Yield how far ventures and badges are from their bars, and a treasury from nothing."""
        state, params = draft.state, draft.state.scenario.params(ThresholdParams)
        makers, season = len(state.seats(MAKER)), state.game.season
        judging = fates.Judging(
            params=params,
            reason=lambda venture: reason_to_go(venture, season, params, makers),
            bar=lambda venture: sales_bar(venture, params, makers),
            unborn_seasons=params.unborn_seasons,
            upkeep_badge=params.upkeep_badge,
            takes_badges=True,
        )
        yield from fates.of_all(draft, judging, seat, foreseen, most=most)

    def close(self, draft: Draft) -> None:
        """Eliminate who falls short of a bar."""
        params = draft.state.scenario.params(ThresholdParams)
        for event in list(_dropped(draft.state)):
            draft.emit(event)
        elimination.carry_out(draft, params, self.going(draft.state), _losing, self.bars(draft.state))


def sales_bar(venture: Venture, params: ThresholdParams, makers: int) -> int | None:
    """Return what a venture has to sell in a season; None: nothing at its stage.

    In a larger room the same good sells more: with a demand of D for each maker, and an outside world of o for each, an
    attraction of w sells D x w div (w div makers + o), which with w = 3 x o grows as makers div (makers + 3), and so
    do both bars above `bar_makers`. Below it, m, they fall a little faster, since one bad season is all that a small
    room has: bar x (makers + 3) div (m + 3).
    """
    bar = {PILOT: params.pilot_bar, PRODUCT: params.product_bar}.get(venture.stage)
    meant = params.bar_makers
    if bar is None or not meant:
        return bar
    if makers <= meant:
        return bar * (makers + _OUTSIDE) // (meant + _OUTSIDE)
    return bar * makers * (meant + _OUTSIDE) // (meant * (makers + _OUTSIDE))


def _bars(state: State, params: ThresholdParams) -> elimination.Bars:
    def seasons_left(venture: Venture) -> int | None:
        return None if venture.born else max(0, venture.founded + params.unborn_seasons - 1 - state.game.season)

    makers = len(state.seats(MAKER))
    return elimination.Bars(
        lambda venture: sales_bar(venture, params, makers),
        badges=True,
        upkeep_badge=params.upkeep_badge,
        seasons_left=seasons_left,
    )


def reason_to_go(venture: Venture, season: int, params: ThresholdParams, makers: int) -> str:
    """Return the first reason that holds for eliminating a venture, or ""."""
    if venture.insolvent:
        return elimination.INSOLVENT
    if not venture.born and season - venture.founded + 1 >= params.unborn_seasons:
        return "unfunded"
    return elimination.UNSOLD if venture.sales < (sales_bar(venture, params, makers) or 0) else ""


def _going(state: State, params: ThresholdParams) -> Iterator[tuple[Venture, str]]:
    makers = len(state.seats(MAKER))
    for venture in tenancy.living(state):
        reason = reason_to_go(venture, state.game.season, params, makers)
        if reason:
            yield venture, reason


def _dropped(state: State) -> Iterator[TeamLeft]:
    """Yield who loses its place in a team: the co-founders who were idle this season."""
    for idle in state.all(Idleness).values():
        venture = state.one(Venture, idle.venture)
        if idle.season == state.game.season and not venture.closed and idle.seat in venture.cofounders:
            given_up = venture.shares.get(idle.seat, 0)
            shares = move(venture.shares, idle.seat, venture.lead, given_up)
            yield TeamLeft(idle.seat, venture.id, venture.lead, has_to=True, given_up=given_up, shares=shares)


def _losing(state: State, judged: Sequence[Judged]) -> set[elimination.Badge]:
    """Return the badges whose score is under the appraisal bar of their space."""
    return {(one.investor, one.space) for one in judged if one.score < state.one(Space, one.space).appraisal_bar}

"""Bottom share: whoever comes last goes, however good.

Purpose: the metabolism of exit by rank: the lowest part of each class is eliminated, whatever it has reached.
Phase: appraisal, after the module `appraisal`.
Commands: none; it reads the operators' `wild_card` of the module `appraisal`.
Events: `danger_told`, `venture_closed`, `wild_card_spared`, `appraised`, `upkeep_paid`, `indices_counted`.
Parameters: `BottomShareParams`.
Secrets: as in `threshold`.
Closing, in the same order as `threshold`. The insolvent go first and count in no class. Classes: unborn ventures
from their second season on, by progress; born pilots and products together, by sales; the badge holders of
each space, by score. Of each class the lowest 20 % go, rounded down, at least one; of a class of one nobody.
Of equals the better lot stays. Whom a wild card spares is replaced by nobody. The appraisal bar is not read.
Source: the rulebook's "7. Appraisal" (`bottom_share`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

import attrs

from makersphere_rules.ecosystem.formulas.investor_appraisal import Judged
from makersphere_rules.ecosystem.shared_steps import elimination
from makersphere_rules.ecosystem.shared_steps.eliminator import Eliminator
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import PILOT
from makersphere_rules.module import Draft
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["BottomShare", "BottomShareParams", "lowest"]

_BOTTOM = "bottom"
T = TypeVar("T")


@attrs.frozen
class BottomShareParams(elimination.AppraisalParams):
    """The parameters of elimination by rank."""

    share: int = param(20, 1, 100, "Per cent of a class that is eliminated, rounded down, at least one.")
    unborn_seasons: int = param(2, 1, 40, "The season of its life from which an unborn venture is ranked.")


class BottomShare(Eliminator):
    """The last of each class go."""

    name: ClassVar[str] = "bottom_share"
    params: ClassVar[type | None] = BottomShareParams

    def going(self, state: State) -> elimination.Going:
        """Return the insolvent and the lowest of each class."""
        return _going(state, state.scenario.params(BottomShareParams))

    def close(self, draft: Draft) -> None:
        """Eliminate the lowest of each class."""
        params = draft.state.scenario.params(BottomShareParams)
        elimination.carry_out(draft, params, self.going(draft.state), _losing)


def lowest(ranked: Sequence[T], share: int, key: Callable[[T], tuple[int, int]]) -> list[T]:
    """Return the lowest part of a class, the lowest first.

    Args:
        ranked: the class.
        share: per cent of it that goes, rounded down, at least one; of a class of one nobody goes.
        key: what is ranked by, and the lot, of which the smaller is the better.
    """
    if len(ranked) <= 1:
        return []

    def order(one: T) -> tuple[int, int]:
        value, lot = key(one)
        return value, -lot

    return sorted(ranked, key=order)[: max(1, len(ranked) * share // 100)]


def _going(state: State, params: BottomShareParams) -> elimination.Going:
    """Return the insolvent and the last of both classes, in table order."""
    season = state.game.season
    sound = [venture for venture in tenancy.living(state) if not venture.insolvent]
    unborn = [one for one in sound if not one.born and season - one.founded + 1 >= params.unborn_seasons]
    selling = [one for one in sound if one.born and one.stage >= PILOT]

    def by_progress(venture: Venture) -> tuple[int, int]:
        return sum(venture.tracks), tenancy.lot(state, venture.lead)

    def by_sales(venture: Venture) -> tuple[int, int]:
        return venture.sales, tenancy.lot(state, venture.lead)

    last = [*lowest(unborn, params.share, by_progress), *lowest(selling, params.share, by_sales)]
    going = [*elimination.insolvent(state), *((venture, _BOTTOM) for venture in last)]
    return sorted(going, key=lambda one: one[0].id)


def _losing(state: State, judged: Sequence[Judged]) -> set[elimination.Badge]:
    """Return the badges of each space whose scores are lowest."""
    share = state.scenario.params(BottomShareParams).share

    def by_score(one: Judged) -> tuple[int, int]:
        return one.score, tenancy.lot(state, one.investor)

    holders: dict[int, list[Judged]] = {int(space): [] for space in state.all(Space)}
    for one in judged:
        holders[one.space].append(one)
    last = (one for rivals in holders.values() for one in lowest(rivals, share, by_score))
    return {(one.investor, one.space) for one in last}

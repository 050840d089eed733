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

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar, TypeVar

import attrs

from makersphere_rules.ecosystem.formulas.investor_appraisal import Judged
from makersphere_rules.ecosystem.shared_steps import elimination, fates
from makersphere_rules.ecosystem.shared_steps.eliminator import Eliminator
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.verdicts import Payout
from makersphere_rules.ecosystem.table.vocabulary import PILOT
from makersphere_rules.module import Draft, Fate, Foreseen
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

    def fates(self, draft: Draft, seat: int, foreseen: Foreseen, *, most: bool) -> Iterator[Fate]:
        """Yield where each venture stands among those that it is ranked with, by what everybody sees; and a treasury.

        Of badges it says how many there are at a space and how many of them go: scores are nobody's before the close.
        """
        state, params = draft.state, draft.state.scenario.params(BottomShareParams)
        yield from _of_ventures(state, params)
        yield from _of_badges(state, params, seat)
        going = {venture.id: why for venture, why in self.going(state)}
        judging = fates.Judging(params=params, reason=lambda one: going.get(one.id, ""), bar=lambda _: None)
        yield from fates.of_space(draft, judging, seat, (), most=most)

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

    def order(one: T) -> tuple[int, int]:
        value, lot = key(one)
        return value, -lot

    return sorted(ranked, key=order)[: _count_going(len(ranked), share)]


def _going(state: State, params: BottomShareParams) -> elimination.Going:
    """Return the insolvent and the last of both classes, in table order."""
    unborn, selling = _classes(state, tenancy.living(state), params)

    def by_progress(venture: Venture) -> tuple[int, int]:
        return sum(venture.tracks), tenancy.lot(state, venture.lead)

    def by_sales(venture: Venture) -> tuple[int, int]:
        return venture.sales, tenancy.lot(state, venture.lead)

    last = [*lowest(unborn, params.share, by_progress), *lowest(selling, params.share, by_sales)]
    going = [*elimination.insolvent(state), *((venture, _BOTTOM) for venture in last)]
    return sorted(going, key=lambda one: one[0].id)


def _classes(state: State, living: Iterable[Venture], params: BottomShareParams) -> tuple[list[Venture], list[Venture]]:
    """Return the ventures that are ranked by progress this season, and those that are by sales."""
    sound = [venture for venture in living if not venture.insolvent]
    unborn = [one for one in sound if not one.born and state.game.season >= _ranked_from(one, params)]
    return unborn, [one for one in sound if one.born and one.stage >= PILOT]


def _ranked_from(venture: Venture, params: BottomShareParams) -> int:
    """Return the first season in which a venture is ranked that is not born."""
    return venture.founded + params.unborn_seasons - 1


# -- fates


def _of_ventures(state: State, params: BottomShareParams) -> Iterator[Fate]:
    """Yield the places of all living ventures, as everybody sees them: nothing of this phase is in them."""
    shown = [state.as_settled(Venture, number) for number in state.all(Venture)]
    living = [venture for venture in shown if venture is not None and not venture.closed]
    unborn, selling = _classes(state, living, params)
    is_open = fates.is_judged_next(state)
    progress = _places(state, unborn, lambda one: sum(one.tracks))
    sold = _places(state, selling, lambda one: one.sales if fates.is_after(state, "market") else _sold_last(state, one))
    for one in living:
        if one.id in progress:
            yield _placed(state, one, "progress", progress, params, is_final=is_open)
        elif one.id in sold:
            yield _placed(state, one, "sales", sold, params, is_final=is_open and fates.is_after(state, "market"))
        else:
            yield _unplaced(one, params)


def _sold_last(state: State, venture: Venture) -> int:
    paid = state.as_settled(Payout, venture.id)  # what this phase may bring the seat itself is not in it
    return paid.sales if paid is not None else 0


def _places(state: State, ranked: Sequence[Venture], counted: Callable[[Venture], int]) -> dict[int, int]:
    """Return the place of each venture of a class, 1 the best; of equals the better lot is before the other."""
    order = sorted(ranked, key=lambda one: (-counted(one), tenancy.lot(state, one.lead)))
    return {one.id: place for place, one in enumerate(order, 1)}


def _placed(
    state: State, venture: Venture, by_what: str, places: dict[int, int], params: BottomShareParams, *, is_final: bool
) -> Fate:
    """Return the fate of a venture that is ranked: final once nothing of what it is ranked by can move."""
    must, place = len(places) - _count_going(len(places), params.share), places[venture.id]
    return Fate(
        kind="venture",
        number=venture.id,
        what="place",
        must=must,
        by=state.game.season,
        value=place if is_final else None,
        last=place,
        why=_BOTTOM if is_final and place > must else "",
        of=len(places),
        by_what=by_what,
    )


def _unplaced(venture: Venture, params: BottomShareParams) -> Fate:
    """Return the fate of a venture that is not ranked yet, or that goes before anybody is."""
    why = elimination.INSOLVENT if venture.insolvent else ""
    by = 0 if venture.born else _ranked_from(venture, params)
    return Fate(kind="venture", number=venture.id, what="place", must=0, by=by, value=0, why=why)


def _count_going(ranked: int, share: int) -> int:
    return max(1, ranked * share // 100) if ranked > 1 else 0


def _of_badges(state: State, params: BottomShareParams, seat: int) -> Iterator[Fate]:
    """Yield how many badges stay at a space: to its operator, and to each who has one."""
    shown = (state.as_settled(Investor, number) for number in state.all(Investor))
    holders = [investor for investor in shown if investor is not None]
    for space in state.all(Space):
        at = [investor for investor in holders if space in investor.badges]
        going = _count_going(len(at), params.share)
        for investor in at:
            if seat in (investor.seat, space):
                yield Fate(
                    kind="badge",
                    number=int(space),
                    seat=investor.seat,
                    what="place",
                    must=len(at) - going,
                    by=state.game.season,
                    value=None if going else 1,
                    of=len(at),
                    by_what="score",
                )


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

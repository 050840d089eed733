"""Latecomers: a seat that was added during play becomes a maker when admission opens.

It gets the printed credits of a background that the dice choose, an ambition, whole hours, and for each season
missed 1 skill point, each in the skill that is lowest by then. It stands at the end of the makers in table
order. Desks follow the new number of makers at once, demand when it walks the next time.
Source: the rulebook's "Seats" (latecomers).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.stock_counts import GIVEN, count
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import maker_account
from makersphere_rules.ecosystem.table.entities import Maker, Space, Triple
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import AMBITIONS, BACKGROUNDS, MAKER, SKILL_MOST
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import GOVERNMENT, Account, Posting
from makersphere_rules.module import Draft
from makersphere_rules.state import WAITING, Seat, State

__all__ = ["LatecomersSeated", "seat_latecomers"]


@frozen
class LatecomersSeated(Event):
    """Those who have been waiting are makers now."""

    makers: tuple[Maker, ...]
    postings: tuple[Posting, ...]
    stations: Mapping[int, int]  # by space

    def apply(self, state: State) -> None:
        """Give them their hands, and show them at once."""
        for maker in self.makers:
            state.put(Seat(maker.seat, MAKER))
            state.put(maker)
            state.put(Account(maker_account(maker.seat), maker.seat))
        count(state, {GIVEN: sum(maker.hours for maker in self.makers)})
        post(state, self.postings)
        for space, desks in self.stations.items():
            state.put(changed(state.one(Space, space), stations=desks), space)
        state.settle()

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return tuple(
            Line("latecomer_seated", {"maker": maker.seat, "background": maker.background}) for maker in self.makers
        )


def seat_latecomers(draft: Draft) -> None:
    """Turn every waiting seat into a maker."""
    state = draft.state
    waiting = state.seats(WAITING)
    if not waiting:
        return
    makers = tuple(_maker(draft, seat) for seat in waiting)
    params = world(state)
    postings = (
        Posting(GOVERNMENT, maker_account(maker.seat), params.background(maker.background).credits, "endowment")
        for maker in makers
    )
    desks = {
        space.id: max(space.stations, tenancy.desks(state, space, len(waiting))) for space in state.all(Space).values()
    }
    draft.emit(LatecomersSeated(makers, tuple(postings), desks))


def _maker(draft: Draft, seat: int) -> Maker:
    params = world(draft.state)
    background = BACKGROUNDS[draft.draw("latecomer_background", seat, len(BACKGROUNDS)) - 1]
    ambition = AMBITIONS[draft.draw("latecomer_ambition", seat, len(AMBITIONS)) - 1]
    skills = _caught_up(params.background(background).skills, draft.state.run_season - 1)
    return Maker(seat, background, skills, params.spirit, hours=params.maker_hours, ambition=ambition)


def _caught_up(skills: Triple, missed: int) -> Triple:
    """Return skills with a point for each season missed, each in the lowest (equal: the first)."""
    raised = list(skills)
    for _ in range(missed):
        lowest = raised.index(min(raised))
        raised[lowest] = min(raised[lowest] + 1, SKILL_MOST)
    return cast(Triple, tuple(raised))

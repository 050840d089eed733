"""Swaps of shares at their edges: bounds, strangers, closed ventures, live holdings, control, and there and back."""

from __future__ import annotations

from typing import ClassVar

import attrs
import pytest

from makersphere_rules.ecosystem.shared_steps.winding_up import VentureClosed, wind_up
from makersphere_rules.ecosystem.table.agreements import Proposal
from makersphere_rules.ecosystem.table.cap_table import board
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.modules.exchange import Exchange
from makersphere_rules.written.notation import state_hash
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_exchange
from tests.rules.table import Table, maker, space, venture


class Closing(RuleModule):
    """Winds up Ann's venture after the exchange."""

    name: ClassVar[str] = "closing"
    events: ClassVar[tuple[type[Event], ...]] = (VentureClosed,)

    def close(self, draft: Draft) -> None:
        """Close it."""
        draft.emit(wind_up(draft.state, draft.state.one(Venture, A), "unsold"))


def harbour(*more: Entity, modules: tuple[RuleModule, ...] = (Exchange(),)) -> Table:
    """Return the exchange phase of the rulebook's "A season in numbers"."""
    return before_exchange(*more, modules=modules)


def offer(table: Table, sender: int, receiver: int, give: tuple[int, int], take: tuple[int, int]) -> Table:
    """Let a maker offer so many shares of one venture for so many of another."""
    (give_venture, give_shares), (take_venture, take_shares) = give, take
    sizes = {"give_venture": give_venture, "give_shares": give_shares}
    return table.when(
        sender, "propose_swap", maker=receiver, **sizes, take_venture=take_venture, take_shares=take_shares
    )


@pytest.mark.parametrize(
    ("give", "take", "code", "field"),
    [
        ((A, 0), (B, 1), "bad_args", "give_shares"),
        ((A, 7001), (B, 1), "bad_args", "give_shares"),
        ((A, 1), (B, 0), "bad_args", "take_shares"),
        ((A, 1), (B, 10_001), "bad_args", "take_shares"),
        ((A, 1), (99, 1), "bad_args", "take_venture"),
        ((99, 1), (B, 1), "bad_args", "give_venture"),
        ((B, 1), (A, 1), "bad_args", "give_venture"),
        ((A, 1), (C, 1), "rule", "take_shares"),
    ],
)
def test_a_swap_out_of_bounds_changes_nothing(
    give: tuple[int, int], take: tuple[int, int], code: str, field: str
) -> None:
    """No shares, more than there are, of ventures that there are not or that the other has none of."""
    table = harbour()
    before = state_hash(table.state)
    offer(table, ANN, BO, give, take).refused(code, field)
    assert state_hash(table.state) == before


def test_the_whole_of_two_holdings_may_be_swapped() -> None:
    """Who has no share left leads on, and is not the board any more."""
    table = offer(harbour(), ANN, BO, (A, 7000), (B, 10_000)).when(BO, "answer", proposal=1, accept=True)
    a, b = table.one(Venture, A), table.one(Venture, B)
    assert (a.shares, b.shares) == ({IVY: 3000, BO: 7000}, {ANN: 10_000})
    assert ([a.lead, board(a)], [b.lead, board(b)]) == ([ANN, BO], [BO, ANN])


def test_a_swap_there_and_back_leaves_all_as_it_was() -> None:
    """Nothing is issued and nothing lost by shuffling, and it takes two seasons: the table shows no new holding yet."""
    table = offer(harbour(), ANN, BO, (A, 2000), (B, 3000)).when(BO, "answer", proposal=1, accept=True)
    offer(table, BO, ANN, (A, 2000), (B, 3000)).refused("bad_args", "take_venture")
    table.put()  # settled, as when the phase has closed
    offer(table, BO, ANN, (A, 2000), (B, 3000)).when(ANN, "answer", proposal=2, accept=True)
    assert table.one(Venture, A).shares == {ANN: 7000, IVY: 3000}
    assert table.one(Venture, B).shares == {BO: 10_000}


def test_shares_that_came_in_the_same_phase_can_be_given() -> None:
    """One's own holding is live, the other's is what the table shows: Chen cannot ask yet for what Bo has just got."""
    table = offer(harbour(), ANN, BO, (A, 2000), (B, 1000)).when(BO, "answer", proposal=1, accept=True)
    offer(table, CHEN, BO, (C, 1), (A, 1)).refused("rule", "take_shares")
    offer(table, BO, CHEN, (A, 2000), (C, 500)).when(CHEN, "answer", proposal=2, accept=True)
    assert table.one(Venture, A).shares == {ANN: 5000, IVY: 3000, CHEN: 2000}
    assert table.one(Venture, C).shares == {CHEN: 9500, BO: 500}


def test_a_receiver_who_has_given_its_shares_away_cannot_say_yes() -> None:
    """The table showed them; its own live holding is the bound, and nothing changes."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 6000))
    offer(table, CHEN, BO, (C, 1000), (B, 6000)).when(BO, "answer", proposal=2, accept=True)
    before = state_hash(table.state)
    table.when(BO, "answer", proposal=1, accept=True).refused("cannot_afford", "proposal", "cannot_afford.shares")
    assert state_hash(table.state) == before
    assert table.one(Proposal, 1).status == "open"
    assert table.one(Venture, B).shares == {BO: 4000, CHEN: 6000}


def test_a_swap_is_answered_once_and_by_its_receiver() -> None:
    """A second yes and a stranger's yes find nothing open."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 1000))
    table.when(CHEN, "answer", proposal=1, accept=True).refused("rule", None, "no_such_request")
    table.when(BO, "answer", proposal=1, accept=True)
    table.when(BO, "answer", proposal=1, accept=True).refused("rule", None, "no_such_request")
    assert table.one(Venture, A).shares == {ANN: 6000, IVY: 3000, BO: 1000}


def test_shares_of_a_third_makers_venture_may_be_swapped() -> None:
    """Wherever that sits, the garage included; its lead neither gives nor gets."""
    held = venture(C, CHEN, shares={CHEN: 6000, ANN: 3000, MAX: 1000})
    table = offer(harbour(held), ANN, BO, (C, 3000), (B, 100)).when(BO, "answer", proposal=1, accept=True)
    assert table.one(Venture, C).shares == {CHEN: 6000, BO: 3000, MAX: 1000}
    assert table.one(Venture, B).shares == {BO: 9900, ANN: 100}


def test_nobody_swaps_with_another_space_the_garage_or_an_investor() -> None:
    """The two sit at one space."""
    table = harbour(venture(C, CHEN), venture(4, 8, space=9), maker(8), space(9))
    for other, its in ((CHEN, C), (8, 4), (IVY, B), (ANN, B)):
        offer(table, ANN, other, (A, 1), (its, 1)).refused("bad_args", "maker")
    offer(table, CHEN, ANN, (C, 1), (A, 1)).refused("rule", None, "needs_desk")


def test_shares_of_a_closed_venture_are_no_shares() -> None:
    """They ended with it, whatever a cap table was before."""
    table = harbour(attrs.evolve(venture(4, 8, space=OLGA, shares={ANN: 10_000}), closed="unsold"), maker(8))
    offer(table, ANN, BO, (4, 1), (B, 1)).refused("bad_args", "give_venture")
    offer(table, BO, ANN, (B, 1), (4, 1)).refused("bad_args", "take_venture")


def test_swapped_shares_of_a_venture_that_closes_are_paid_by_shares_alone() -> None:
    """40 of 58 credits go to who paid them in; the preference does not move with shares. 18 by shares, 6 : 3 : 1."""
    funded = attrs.evolve(harbour().one(Venture, A), capital={IVY: 40})
    table = harbour(funded, modules=(Exchange(), Closing()))
    offer(table, ANN, BO, (A, 1000), (B, 1500)).when(BO, "answer", proposal=1, accept=True)
    had = [table.balance(name) for name in ("maker:1", "investor:4", "maker:2")]
    table.close()
    has = [table.balance(name) for name in ("maker:1", "investor:4", "maker:2")]
    assert [now - before for before, now in zip(had, has, strict=True)] == [11, 40 + 5, 2]
    assert (table.one(Venture, A).closed, table.one(Venture, A).shares) == ("unsold", {})
    assert table.one(Venture, B).shares == {BO: 8500, ANN: 1500}


def test_an_open_swap_lapses_with_the_close() -> None:
    """And nothing has moved."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 1000)).close()
    assert table.one(Proposal, 1).status == "lapsed"
    assert table.one(Venture, B).shares == {BO: 10_000}

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
        ((A, 1001), (B, 1000), "bad_args", "give_shares"),
        ((A, 1), (B, 0), "bad_args", "take_shares"),
        ((A, 1000), (B, 1001), "bad_args", "take_shares"),
        ((A, 1), (99, 1), "bad_args", "take_venture"),
        ((99, 1), (B, 1), "bad_args", "give_venture"),
        ((B, 1), (A, 1), "bad_args", "give_venture"),
        ((A, 1), (C, 1), "rule", "take_shares"),
        ((A, 1000), (B, 499), "rule", "take_shares"),
        ((A, 100), (B, 201), "rule", "take_shares"),
    ],
)
def test_a_swap_out_of_bounds_changes_nothing(
    give: tuple[int, int], take: tuple[int, int], code: str, field: str
) -> None:
    """No shares, too many, of ventures that there are not or that the other has none of, or far more than come back."""
    table = harbour()
    before = state_hash(table.state)
    offer(table, ANN, BO, give, take).refused(code, field)
    assert state_hash(table.state) == before


@pytest.mark.parametrize(("given", "taken"), [(1000, 500), (500, 1000), (1, 2)])
def test_one_side_gives_at_most_twice_as_much(given: int, taken: int) -> None:
    """Up to 1,000 shares each: a swap is no gift."""
    table = offer(harbour(), ANN, BO, (A, given), (B, taken)).when(BO, "answer", proposal=1, accept=True)
    assert table.one(Venture, A).shares == {ANN: 7000 - given, IVY: 3000, BO: given}
    assert table.one(Venture, B).shares == {BO: 10_000 - taken, ANN: taken}


def test_two_makers_swap_once_a_season() -> None:
    """Whoever asks; with others they may."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 1000)).when(BO, "answer", proposal=1, accept=True)
    table.put()
    for sender, receiver, give, take in ((ANN, BO, A, B), (BO, ANN, B, A)):
        offer(table, sender, receiver, (give, 10), (take, 10)).refused("rule", "maker", "swapped_already")
    offer(table, ANN, CHEN, (A, 10), (C, 10)).then("proposed")


def test_nobody_swaps_in_the_last_season() -> None:
    """What is worth nothing any more to one is worth points to another."""
    table = harbour()
    table.put(attrs.evolve(table.state.game, seasons=table.state.game.season))
    offer(table, ANN, BO, (A, 10), (B, 10)).refused("rule", None, "not_in_last_season")


def test_who_swaps_its_last_shares_leads_on() -> None:
    """And is not the board any more."""
    rich = venture(A, ANN, space=OLGA, shares={ANN: 1000, IVY: 9000})
    table = offer(harbour(rich), ANN, BO, (A, 1000), (B, 1000)).when(BO, "answer", proposal=1, accept=True)
    a = table.one(Venture, A)
    assert (a.shares, a.lead, board(a)) == ({IVY: 9000, BO: 1000}, ANN, IVY)


def test_a_swap_there_and_back_leaves_all_as_it_was() -> None:
    """Nothing is issued and nothing lost by shuffling, and it takes two seasons: the table shows no new holding yet."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 800)).when(BO, "answer", proposal=1, accept=True)
    offer(table, BO, ANN, (A, 1000), (B, 800)).refused("bad_args", "take_venture")
    table.state.clear(Proposal)
    table.put()  # settled, as when the season is over
    offer(table, BO, ANN, (A, 1000), (B, 800)).when(ANN, "answer", proposal=2, accept=True)
    assert table.one(Venture, A).shares == {ANN: 7000, IVY: 3000}
    assert table.one(Venture, B).shares == {BO: 10_000}


def test_shares_that_came_in_the_same_phase_can_be_given() -> None:
    """One's own holding is live, the other's is what the table shows: Chen cannot ask yet for what Bo has just got."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 1000)).when(BO, "answer", proposal=1, accept=True)
    offer(table, CHEN, BO, (C, 1), (A, 1)).refused("rule", "take_shares")
    offer(table, BO, CHEN, (A, 1000), (C, 500)).when(CHEN, "answer", proposal=2, accept=True)
    assert table.one(Venture, A).shares == {ANN: 6000, IVY: 3000, CHEN: 1000}
    assert table.one(Venture, C).shares == {CHEN: 9500, BO: 500}


def test_a_receiver_who_has_given_its_shares_away_cannot_say_yes() -> None:
    """The table showed them; its own live holding is the bound, and nothing changes."""
    poor = venture(B, BO, space=OLGA, shares={BO: 1000, MAX: 9000})
    table = offer(harbour(poor), ANN, BO, (A, 1000), (B, 600))
    offer(table, CHEN, BO, (C, 1000), (B, 600)).when(BO, "answer", proposal=2, accept=True)
    before = state_hash(table.state)
    table.when(BO, "answer", proposal=1, accept=True).refused("cannot_afford", "proposal", "cannot_afford.shares")
    assert state_hash(table.state) == before
    assert table.one(Proposal, 1).status == "open"
    assert table.one(Venture, B).shares == {BO: 400, MAX: 9000, CHEN: 600}


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
    table = offer(harbour(held), ANN, BO, (C, 200), (B, 100)).when(BO, "answer", proposal=1, accept=True)
    assert table.one(Venture, C).shares == {CHEN: 6000, ANN: 2800, BO: 200, MAX: 1000}
    assert table.one(Venture, B).shares == {BO: 9900, ANN: 100}


def test_nobody_swaps_with_another_space_or_an_investor() -> None:
    """The two meet: at one space, or because one of them works in the garage."""
    table = harbour(venture(C, CHEN), venture(4, 8, space=9), maker(8), space(9))
    for other, its in ((8, 4), (IVY, B), (ANN, B)):
        offer(table, ANN, other, (A, 1), (its, 1)).refused("bad_args", "maker")
    offer(table, CHEN, 8, (C, 1), (4, 1)).then("proposed")


def test_shares_of_a_closed_venture_are_no_shares() -> None:
    """They ended with it, whatever a cap table was before."""
    table = harbour(attrs.evolve(venture(4, 8, space=OLGA, shares={ANN: 10_000}), closed="unsold"), maker(8))
    offer(table, ANN, BO, (4, 1), (B, 1)).refused("bad_args", "give_venture")
    offer(table, BO, ANN, (B, 1), (4, 1)).refused("bad_args", "take_venture")


def test_swapped_shares_of_a_venture_that_closes_are_paid_by_shares_alone() -> None:
    """40 of 58 credits go to who paid them in; the preference does not move with shares. 18 by shares, 6 : 3 : 1."""
    funded = attrs.evolve(harbour().one(Venture, A), capital={IVY: 40})
    table = harbour(funded, modules=(Exchange(), Closing()))
    offer(table, ANN, BO, (A, 1000), (B, 1000)).when(BO, "answer", proposal=1, accept=True)
    had = [table.balance(name) for name in ("maker:1", "investor:4", "maker:2")]
    table.close()
    has = [table.balance(name) for name in ("maker:1", "investor:4", "maker:2")]
    assert [now - before for before, now in zip(had, has, strict=True)] == [11, 40 + 5, 2]
    assert (table.one(Venture, A).closed, table.one(Venture, A).shares) == ("unsold", {})
    assert table.one(Venture, B).shares == {BO: 9000, ANN: 1000}


def test_an_open_swap_lapses_with_the_close() -> None:
    """And nothing has moved."""
    table = offer(harbour(), ANN, BO, (A, 1000), (B, 1000)).close()
    assert table.one(Proposal, 1).status == "lapsed"
    assert table.one(Venture, B).shares == {BO: 10_000}

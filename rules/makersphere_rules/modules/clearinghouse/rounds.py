"""The rounds of a clearinghouse, from sealed lists to packages: who serves whom, in which round, with how much.

Reads a state, changes nothing. The matching itself is `ecosystem/formulas/deferred_acceptance.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import attrs

from makersphere_rules.ecosystem.formulas.deferred_acceptance import (
    UNMATCHED,
    blocking_pairs,
    deferred_acceptance,
)
from makersphere_rules.ecosystem.shared_steps.contracts import table_after
from makersphere_rules.ecosystem.shared_steps.goods import Package
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR
from makersphere_rules.entity import changed
from makersphere_rules.frozen import frozen
from makersphere_rules.modules.clearinghouse.commands import Listing, numbers
from makersphere_rules.state import State

__all__ = ["Lists", "Round", "filled", "lists_of", "places", "rounds"]

_ONE_MORE_ROUND_FROM: Final = 2  # level of resources, and of integration


@attrs.frozen
class Lists:
    """Who ranked whom: investors by venture, ventures by investor, both by number, the best first."""

    ventures: Mapping[int, Sequence[int]]
    investors: Mapping[int, Sequence[int]]


@frozen
class Round:
    """The pairs (venture, investor) of a round, in order of the ventures, and how many pairs block it."""

    matched: tuple[tuple[int, int], ...]
    blocking: int


def lists_of(state: State, listing: Listing, unpaid: Collection[int]) -> Lists:
    """Return the sealed lists, without those of the garage and of leads who owe for theirs; no list ranks nobody."""
    ventures: dict[int, Sequence[int]] = {}
    for venture in tenancy.living(state):
        choice = state.choice(venture.lead, listing.rank)
        if choice is not None and venture.space != GARAGE and venture.lead not in unpaid:
            ventures[venture.id] = numbers(choice["investors"])
    investors: dict[int, Sequence[int]] = {}
    for seat in state.seats(INVESTOR):
        choice = state.choice(seat, listing.rank)
        investors[seat] = numbers(choice["ventures"]) if choice is not None else ()
    return Lists(ventures, investors)


def rounds(state: State, listing: Listing, lists: Lists, capacities: Mapping[int, int]) -> list[Round]:
    """Return the first round and the further ones: a venture enters 1 more if its space has r >= 2, and 1 if i >= 2.

    A further round has the same lists, without the pairs that are matched already, and the capacity that is left.
    """
    entering = places(state, listing, lists)
    left, taken, found = dict(capacities), set[tuple[int, int]](), list[Round]()
    for number in range(max(entering.values(), default=1)):
        entered = [venture for venture, count in entering.items() if count > number]
        one = _round(lists, entered, left, taken)
        taken |= set(one.matched)
        for _, investor in one.matched:
            left[investor] -= 1
        found.append(one)
    return found


def places(state: State, listing: Listing, lists: Lists) -> dict[int, int]:
    """Return how many rounds each venture with a list enters, and so how many packages it can take."""
    return {number: 1 + (_further_rounds(state, number) if listing.further_rounds else 0) for number in lists.ventures}


def _further_rounds(state: State, venture: int) -> int:
    space = state.one(Space, state.one(Venture, venture).space)
    return (space.resources >= _ONE_MORE_ROUND_FROM) + (space.integration >= _ONE_MORE_ROUND_FROM)


def _round(lists: Lists, entered: Sequence[int], left: Mapping[int, int], taken: set[tuple[int, int]]) -> Round:
    """Match the ventures that entered a round; they propose."""
    seats = list(lists.investors)
    place_of_venture = {number: place for place, number in enumerate(entered)}
    place_of_seat = {seat: place for place, seat in enumerate(seats)}
    proposers = [
        [place_of_seat[seat] for seat in lists.ventures[number] if (number, seat) not in taken] for number in entered
    ]
    receivers = [
        [
            place_of_venture[number]
            for number in lists.investors[seat]
            if number in place_of_venture and (number, seat) not in taken
        ]
        for seat in seats
    ]
    places_left = [left[seat] for seat in seats]
    matched = deferred_acceptance(proposers, receivers, places_left)
    pairs = tuple((number, seats[place]) for number, place in zip(entered, matched, strict=True) if place != UNMATCHED)
    return Round(pairs, len(blocking_pairs(proposers, receivers, places_left, matched)))


def filled(state: State, listing: Listing, lists: Lists, found: Sequence[Round]) -> list[Package]:
    """Return the packages that are signed, with what they hold, in the order in which shares are issued.

    Round by round, investors in table order, each in the order of its list; a package that would leave
    the lead too few shares is not signed. What an investor has goes to packages in the order of its list, so
    that the last one is short if a clinic took its hour.
    """
    signed = _signed(state, listing, lists, found)
    size, given = listing.good.size(state), dict[tuple[int, int], int]()
    for seat, wanted in lists.investors.items():
        left = listing.good.left(state, state.one(Investor, seat))
        mine = {package.venture for package in signed if package.investor == seat}
        for number in wanted:
            if number in mine:
                given[(number, seat)] = min(size, left)
                left -= given[(number, seat)]
    return [
        Package(one.venture, one.investor, amount, one.shares, one.fee, one.round)
        for one in signed
        if (amount := given[(one.venture, one.investor)])
    ]


def _signed(state: State, listing: Listing, lists: Lists, found: Sequence[Round]) -> list[Package]:
    signed: list[Package] = []
    ventures = {number: state.one(Venture, number) for number in lists.ventures}
    for number, one in enumerate(found, 1):
        for seat, wanted in lists.investors.items():
            mine = {venture for venture, investor in one.matched if investor == seat}
            terms = listing.terms(state, seat)
            for venture in (ventures[listed] for listed in wanted if listed in mine):
                table = table_after(state, venture, seat, terms.shares)
                if table is not None:
                    if terms.shares:
                        ventures[venture.id] = changed(venture, shares=table)
                    signed.append(Package(venture.id, seat, 0, terms.shares, terms.fee, number))
    return signed

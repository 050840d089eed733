"""The rounds of the clearinghouse, from sealed lists to packages: who serves whom, in which round, for how long.

Reads a state, changes nothing. The matching itself is `ecosystem/deferred_acceptance.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from makersphere_rules.ecosystem import places
from makersphere_rules.ecosystem.deals import keeps_enough
from makersphere_rules.ecosystem.deferred_acceptance import (
    UNMATCHED,
    blocking_pairs,
    deferred_acceptance,
)
from makersphere_rules.ecosystem.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.params import world
from makersphere_rules.ecosystem.shares import issue
from makersphere_rules.ecosystem.words import GARAGE, INVESTOR
from makersphere_rules.entity import changed
from makersphere_rules.state import State

__all__ = ["Lists", "Package", "Round", "filled", "lists_of", "rounds"]

_ONE_MORE_ROUND_FROM: Final = 2  # level of resources, and of integration


@attrs.frozen
class Lists:
    """Who ranked whom: investors by venture, ventures by investor, both by number, the best first."""

    ventures: Mapping[int, Sequence[int]]
    investors: Mapping[int, Sequence[int]]


@attrs.frozen
class Package:
    """A matched package: the round it comes from, and its hours."""

    round: int
    venture: int
    investor: int
    hours: int = 0


@attrs.frozen
class Round:
    """The pairs (venture, investor) of a round, in order of the ventures, and how many pairs block it."""

    matched: tuple[tuple[int, int], ...]
    blocking: int


def lists_of(state: State) -> Lists:
    """Return the sealed lists, those of the garage left out; who sent none ranked nobody."""
    ventures: dict[int, Sequence[int]] = {}
    for venture in places.living(state):
        choice = state.choice(venture.lead, "rank")
        if choice is not None and venture.space != GARAGE:
            ventures[venture.id] = _numbers(choice["investors"])
    investors: dict[int, Sequence[int]] = {}
    for seat in state.seats(INVESTOR):
        choice = state.choice(seat, "rank")
        investors[seat] = _numbers(choice["ventures"]) if choice is not None else ()
    return Lists(ventures, investors)


def _numbers(listed: object) -> tuple[int, ...]:
    return tuple(int(str(one)) for one in listed) if isinstance(listed, (list, tuple)) else ()


def rounds(state: State, lists: Lists, capacities: Mapping[int, int]) -> list[Round]:
    """Return the first round and the further ones, 1 for r >= 2 and 1 for i >= 2 of a venture's space.

    Same lists, without the pairs already matched, with the capacity left.
    """
    further = {number: _further_rounds(state, number) for number in lists.ventures}
    left, taken, found = dict(capacities), set[tuple[int, int]](), list[Round]()
    for number in range(1 + max(further.values(), default=0)):
        entered = [venture for venture, more in further.items() if more >= number]
        one = _round(lists, entered, left, taken)
        taken |= set(one.matched)
        for _, investor in one.matched:
            left[investor] -= 1
        found.append(one)
    return found


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


def filled(state: State, lists: Lists, found: Sequence[Round], hours: Mapping[int, int]) -> list[Package]:
    """Return the packages that are signed, with their hours, in the order in which shares are issued.

    Round by round, investors in table order, each in the order of its list; a package that would leave
    the lead too few shares is not signed. Hours go to packages in the order of the investor's list, so
    that the last one is short if a clinic took its hour.
    """
    signed = _signed(state, lists, found)
    size, given = world(state).package_hours, dict[tuple[int, int], int]()
    for seat, wanted in lists.investors.items():
        left = hours[seat]
        mine = {package.venture for package in signed if package.investor == seat}
        for number in wanted:
            if number in mine:
                given[(number, seat)] = min(size, left)
                left -= given[(number, seat)]
    with_hours = (attrs.evolve(package, hours=given[(package.venture, package.investor)]) for package in signed)
    return [package for package in with_hours if package.hours]


def _signed(state: State, lists: Lists, found: Sequence[Round]) -> list[Package]:
    signed: list[Package] = []
    ventures = {number: state.one(Venture, number) for number in lists.ventures}
    for number, one in enumerate(found, 1):
        for seat, wanted in lists.investors.items():
            mine = {venture for venture, investor in one.matched if investor == seat}
            shares = state.one(Investor, seat).shares
            for venture in (ventures[listed] for listed in wanted if listed in mine):
                if keeps_enough(state, venture, seat, shares):
                    if shares:
                        table = issue(venture.shares, seat, shares)
                        ventures[venture.id] = changed(venture, shares=table)
                    signed.append(Package(number, venture.id, seat))
    return signed

"""Who sits where: the tenants, desks and badges of each space, and which ventures live.

Source: the rulebook's "Things on the table" (space).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture, World
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import State

__all__ = [
    "badge_holders",
    "by_lot",
    "desks",
    "investors",
    "is_rent_paid",
    "leading",
    "led_venture",
    "living",
    "living_numbers",
    "lot",
    "place_of_maker",
    "tenants",
    "venture_of",
    "ventures_at",
]


def living(state: State) -> list[Venture]:
    """Return the ventures that are not closed, in table order."""
    return list(state.derived(Venture, _living))


def _living(ventures: Iterable[Venture]) -> tuple[Venture, ...]:
    return tuple(venture for venture in ventures if not venture.closed)


def living_numbers(state: State) -> tuple[int, ...]:
    """Return the numbers of the ventures that are not closed, in table order."""
    return state.derived(Venture, _living_numbers, "closed")


def _living_numbers(ventures: Iterable[Venture]) -> tuple[int, ...]:
    return tuple(venture.id for venture in ventures if not venture.closed)


def venture_of(state: State, maker: int) -> Venture | None:
    """Return the venture that a maker leads or has joined, or None."""
    number: int = state.kinds[Maker][maker].venture
    return state.kinds[Venture][number] if number else None


def led_venture(state: State, maker: int) -> Venture | None:
    """Return the living venture that a maker leads, or None."""
    venture = venture_of(state, maker)
    return venture if venture is not None and venture.lead == maker else None


def leading(state: State, seat: int) -> Venture | Refusal:
    """Return the venture that a maker leads, or why it has none to decide for."""
    venture = venture_of(state, seat)
    if venture is None:
        return refuse("rule", "no_venture")
    return venture if venture.lead == seat else refuse("rule", "lead_only")


def place_of_maker(state: State, maker: int) -> int:
    """Return the space where a maker sits, or `GARAGE`."""
    venture = venture_of(state, maker)
    return venture.space if venture else GARAGE


def ventures_at(state: State, space: int) -> list[Venture]:
    """Return the living ventures with a desk at a space, in table order."""
    here = state.derived(Venture, _numbers_by_space, "closed", "space").get(space, ())
    ventures = state.all(Venture)
    return [ventures[number] for number in here]


def _numbers_by_space(ventures: Iterable[Venture]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for venture in ventures:
        if not venture.closed:
            found[venture.space].append(venture.id)
    return found


def tenants(state: State, space: int) -> list[int]:
    """Return the makers who sit at a space, in order of seat."""
    return list(state.derived(Venture, _teams_by_space, "closed", "space", "lead", "cofounders").get(space, ()))


def _teams_by_space(ventures: Iterable[Venture]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for venture in ventures:
        if not venture.closed:
            found[venture.space] += venture.team
    return {space: sorted(seats) for space, seats in found.items()}


def investors(state: State) -> tuple[int, ...]:
    """Return the seats of all investors, in order."""
    return state.derived(Investor, _seats, "seat")


def _seats(investors: Iterable[Investor]) -> tuple[int, ...]:
    return tuple(investor.seat for investor in investors)


def badge_holders(state: State, space: int) -> list[int]:
    """Return the investors who hold a space's badge, in order of seat."""
    return list(state.derived(Investor, _seats_by_badge, "badges").get(space, ()))


def _seats_by_badge(investors: Iterable[Investor]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for investor in investors:
        for space in investor.badges:
            found[space].append(investor.seat)
    return found


def desks(state: State, space: Space, more: int = 0) -> int:
    """Return how many desks a space has: max(2, its equal part of the makers - 2) + community level.

    Args:
        state: the game.
        space: the space.
        more: makers who are about to come in.
    """
    params = world(state)
    makers, spaces = len(state.all(Maker)) + more, len(state.all(Space))
    part = -(-makers // spaces)
    return max(params.stations_least, part - params.stations_less) + space.community


def lot(state: State, seat: int) -> int:
    """Return a seat's place in this season's lots; the smaller is the better."""
    places = state.derived(World, _places_by_lot, "lots")
    return places.get(seat, len(places))


def by_lot(state: State, ventures: list[Venture]) -> list[Venture]:
    """Return ventures in order of lots; a venture has its lead's lot."""
    places = state.derived(World, _places_by_lot, "lots")
    return sorted(ventures, key=lambda venture: (places.get(venture.lead, len(places)), venture.id))


def _places_by_lot(worlds: Iterable[World]) -> dict[int, int]:
    return {seat: place for world in worlds for place, seat in enumerate(world.lots)}


def is_rent_paid(state: State) -> bool:
    """Return whether ventures pay the rent of their space when their income is shared out."""
    return any(module.name == "waterfall" for module in state.scenario.modules)

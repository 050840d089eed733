"""What resources a space offered this season, and how well the packages of hours fitted.

Measured once, when matching has closed and before anybody works, since stages and needs move on. The
space's part is public and enters its indices; the room's *integration efficiency* rests on appeal and
thesis, so nobody sees it before the end.
Source: the rulebook's "7. Appraisal" (used share, fit share) and "Match value"; Kuhn 1955.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from makersphere_rules.ecosystem.figures.clearing_record import CLINIC_HOURS
from makersphere_rules.ecosystem.figures.stock_counts import GIVEN, count
from makersphere_rules.ecosystem.formulas.assignment import NOBODY, best_value, blocking_pairs
from makersphere_rules.ecosystem.formulas.indices import per_cent
from makersphere_rules.ecosystem.formulas.progress import public_value, value_of_match
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.season_agreements import season_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.tenancy import living
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.entity import Entity, nobody, settled, table
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["EVENTS", "Efficiency", "Service", "ServiceMeasured", "measure"]

PACKAGE: Final = "package"
Worth = Callable[[State, Venture, Investor], int]


@frozen
class Service(Entity):
    """A space's resources this season: hours offered by badge holders and workshop, and its packages' fit."""

    space: int = settled(key=True)
    offered: int = settled(0)  # hours of badge holders at the start of matching, and of the workshop
    workshop: int = settled(0)  # hours of the workshop alone
    value: int = settled(0)  # public value of all packages
    best: int = settled(0)  # the most that one package per venture could be worth

    @property
    def fit(self) -> int:
        """Return the fit share in per cent."""
        return per_cent(self.value, self.best)


@frozen
class Efficiency(Entity):
    """The room's match value of a season: reached by the first round's packages, and the best there was.

    `blocking` counts the pairs that would both rather have each other than what that round gave them, by the
    same value: whoever is offered more leaves (Gale and Shapley 1962).
    """

    season: int = table(key=True)
    value: int = nobody(0, opens=True)
    best: int = nobody(0, opens=True)
    blocking: int = nobody(0, opens=True)

    @property
    def share(self) -> int:
        """Return integration efficiency in per cent."""
        return per_cent(self.value, self.best)


@frozen
class ServiceMeasured(Event):
    """What was offered and matched this season has been measured."""

    services: tuple[Service, ...]
    efficiency: Efficiency

    def apply(self, state: State) -> None:
        """Keep the measures."""
        for service in self.services:
            state.put(service)
        state.put(self.efficiency)
        count(state, {GIVEN: sum(service.workshop for service in self.services)})


EVENTS: Final = (ServiceMeasured,)


@attrs.define
class _Books:
    """What the measures need, each looked up once."""

    ventures: dict[int, list[Venture]]  # by space, without the garage
    holders: dict[int, list[Investor]]  # by space
    packages: list[Deal]  # deals of a package, and signed sheets that promise as many hours
    hours: dict[int, int]  # of each investor at the start of matching
    places: dict[int, int]  # capacity of each investor in the clearinghouse


def measure(state: State, workshop: Mapping[int, int]) -> ServiceMeasured:
    """Measure the season, at the moment when matching has closed.

    Args:
        state: the game.
        workshop: hours that each space's workshop offers.
    """
    books = _read(state)
    services = []
    for space in state.all(Space):
        number = int(space)
        holders = books.holders.get(number, [])
        own = workshop.get(number, 0)
        offered = sum(books.hours[investor.seat] for investor in holders) + own
        services.append(Service(number, offered, own, *_fit(state, books, number)))
    return ServiceMeasured(tuple(services), _efficiency(state, books))


def _read(state: State) -> _Books:
    ventures: dict[int, list[Venture]] = {}
    for venture in living(state):
        if venture.space != GARAGE:
            ventures.setdefault(venture.space, []).append(venture)
    holders: dict[int, list[Investor]] = {}
    hours: dict[int, int] = {}
    places: dict[int, int] = {}
    for investor in state.all(Investor).values():
        hours[investor.seat] = investor.hours
        places[investor.seat] = investor.hours + CLINIC_HOURS * investor.clinic_used
        for space in investor.badges:
            holders.setdefault(space, []).append(investor)
    packages = []
    size = world(state).package_hours
    for deal in season_deals(state):
        hours[deal.investor] += deal.hours
        if deal.source == PACKAGE or deal.hours >= size:
            packages.append(deal)
            places[deal.investor] += deal.hours
    capacities = {seat: left // size for seat, left in places.items()}
    return _Books(ventures, holders, packages, hours, capacities)


def _fit(state: State, books: _Books, space: int) -> tuple[int, int]:
    """Return the public value of a space's packages, and the highest value that one package a venture could have."""
    ventures = {venture.id: venture for venture in books.ventures.get(space, [])}
    holders = books.holders.get(space, [])
    worth = _Worth(state, public_value)
    fitted = sum(
        worth.of(ventures[deal.venture], state.one(Investor, deal.investor))
        for deal in books.packages
        if deal.venture in ventures
    )
    rows = [
        {column: worth.of(venture, investor) for column, investor in enumerate(holders)}
        for venture in ventures.values()
    ]
    return fitted, best_value(rows, [books.places[investor.seat] for investor in holders])


def _efficiency(state: State, books: _Books) -> Efficiency:
    """Return the match value of the first round's packages and of the best assignment; both keep to the badges.

    Of several packages that a venture has signed for, the best is the one that counts.
    """
    worth = _Worth(state, value_of_match)
    first: dict[int, tuple[int, int]] = {}  # by venture: what its package is worth, and whose it is
    for deal in books.packages:
        venture, investor = state.one(Venture, deal.venture), state.one(Investor, deal.investor)
        if deal.round <= 1 and venture.space in investor.badges:
            value = worth.of(venture, investor)
            first[deal.venture] = max(first.get(deal.venture, (0, 0)), (value, deal.investor))
    reached = sum(value for value, _ in first.values())
    columns = {seat: column for column, seat in enumerate(books.places)}
    matched = {venture: columns[seat] for venture, (_, seat) in first.items()}
    rows: list[dict[int, int]] = []
    partners: list[int] = []
    for space, ventures in books.ventures.items():
        for venture in ventures:
            rows.append({columns[held.seat]: worth.of(venture, held) for held in books.holders.get(space, [])})
            partners.append(matched.get(venture.id, NOBODY))
    places = list(books.places.values())
    blocking = blocking_pairs(rows, partners, places)
    return Efficiency(state.game.season, reached, best_value(rows, places), blocking)


class _Worth:
    """A package's value, worked out once for each venture, speciality and thesis: nothing else enters it."""

    def __init__(self, state: State, worth: Worth) -> None:
        self._state = state
        self._worth = worth
        self._known: dict[tuple[int, str, bool], int] = {}

    def of(self, venture: Venture, investor: Investor) -> int:
        """Return what a package of this investor is worth to this venture."""
        key = (venture.id, investor.speciality, venture.sector in investor.thesis_sectors)
        value = self._known.get(key)
        if value is None:
            value = self._known[key] = self._worth(self._state, venture, investor)
        return value

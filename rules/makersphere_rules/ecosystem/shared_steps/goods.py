"""What investors have to give, each in packages of one size: capital, and hours of their speciality.

A class for each good says how it differs from the other, so that a clearinghouse, an auction and a planner are each
written once. A package of hours is 4 hours (the last one is short if a clinic took its hour), a package of
capital is what a birth takes, 60 credits, and always whole.
Source: the rulebook's "4. Matching" (clearinghouse, auction, planner, match value).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Final

import msgspec

from makersphere_rules.ecosystem.figures.clearing_record import capacity
from makersphere_rules.ecosystem.formulas.progress import greatest_need, thesis_fit, value_of_match
from makersphere_rules.ecosystem.table.accounts import investor_account
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.own_hand import number_between
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import ANY, GARAGE, KINDS, PRODUCT, TRACKS
from makersphere_rules.state import State

__all__ = ["CAPITAL", "HOURS", "Good", "Package"]


class Package(msgspec.Struct, frozen=True):
    """A package that an investor gives a venture: how much it holds, and on which terms."""

    venture: int
    investor: int
    amount: int  # credits or hours
    shares: int
    fee: int = 0
    round: int = 1


class Good(ABC):
    """One of the two goods.

    Attributes:
        source: what a deal for one of its packages names as its source.
        sort: the field of a command that names a sort of givers: `kind`, or `track`.
        sorts: the values of that field, `any` left out.
        by_badge: whether only a venture with a desk and a holder of its space's badge may come together.
    """

    source: ClassVar[str]
    sort: ClassVar[str]
    sorts: ClassVar[tuple[str, ...]]
    by_badge: ClassVar[bool]

    @abstractmethod
    def size(self, state: State) -> int:
        """Return what a whole package holds, in credits or hours."""

    @abstractmethod
    def left(self, state: State, investor: Investor) -> int:
        """Return what an investor has left to give, in credits or hours."""

    @abstractmethod
    def packages(self, state: State, investor: Investor) -> int:
        """Return how many packages an investor can give."""

    @abstractmethod
    def unasked(self, state: State, investor: Investor) -> int:
        """Return how many packages an investor gives if it says nothing."""

    @abstractmethod
    def wanted(self, venture: Venture) -> bool:
        """Return whether a venture wants a package if its lead says nothing."""

    @abstractmethod
    def wanted_sort(self, state: State, venture: Venture) -> str:
        """Return which sort of givers a venture wants if its lead says nothing, or `any`."""

    @abstractmethod
    def is_of(self, investor: Investor, sort: str) -> bool:
        """Return whether an investor's packages are of a sort; all are of `any`."""

    @abstractmethod
    def value(self, state: State, venture: Venture, investor: Investor) -> int:
        """Return a package's match value, a secret."""

    def amount(self, state: State, investor: Investor) -> int:
        """Return what the next package of an investor would hold."""
        return min(self.size(state), self.left(state, investor))

    def may_meet(self, venture: Venture, investor: Investor) -> bool:
        """Return whether the two may come together at all."""
        return not self.by_badge or (venture.space != GARAGE and venture.space in investor.badges)

    def deal(self, state: State, package: Package) -> Deal:
        """Return the contract that a package becomes when it is signed."""
        lead = state.one(Venture, package.venture).lead
        credits_, hours = self.halves(package.amount)
        return Deal(
            id=number_between(state, Deal, lead, package.investor),
            season=state.game.season,
            investor=package.investor,
            venture=package.venture,
            maker=lead,
            credits=credits_,
            hours=hours,
            shares=package.shares,
            fee=package.fee,
            source=self.source,
            round=package.round,
        )

    @abstractmethod
    def halves(self, amount: int) -> tuple[int, int]:
        """Return an amount as credits and hours."""


class _Hours(Good):
    """Hours of an investor's speciality."""

    source: ClassVar[str] = "package"
    sort: ClassVar[str] = "track"
    sorts: ClassVar[tuple[str, ...]] = TRACKS
    by_badge: ClassVar[bool] = True

    def size(self, state: State) -> int:
        return world(state).package_hours

    def left(self, state: State, investor: Investor) -> int:
        return investor.hours

    def packages(self, state: State, investor: Investor) -> int:
        return min(capacity(state, investor), -(-investor.hours // self.size(state)))

    def unasked(self, state: State, investor: Investor) -> int:
        return self.packages(state, investor)

    def wanted(self, venture: Venture) -> bool:
        return venture.stage < PRODUCT

    def wanted_sort(self, state: State, venture: Venture) -> str:
        return TRACKS[greatest_need(state, venture)]

    def is_of(self, investor: Investor, sort: str) -> bool:
        return sort == ANY or investor.speciality in (ANY, sort)

    def value(self, state: State, venture: Venture, investor: Investor) -> int:
        return value_of_match(state, venture, investor)

    def halves(self, amount: int) -> tuple[int, int]:
        return 0, amount


class _Capital(Good):
    """Credits for the venture. An investor that says nothing gives none.

    Fit counts what hours are good for, so money's match value leaves it out.
    """

    source: ClassVar[str] = "capital"
    sort: ClassVar[str] = "kind"
    sorts: ClassVar[tuple[str, ...]] = KINDS
    by_badge: ClassVar[bool] = False

    def size(self, state: State) -> int:
        return world(state).birth_credits

    def left(self, state: State, investor: Investor) -> int:
        return state.balance(investor_account(investor.seat))

    def packages(self, state: State, investor: Investor) -> int:
        return self.left(state, investor) // self.size(state)

    def unasked(self, state: State, investor: Investor) -> int:
        return 0

    def wanted(self, venture: Venture) -> bool:
        return not venture.born

    def wanted_sort(self, state: State, venture: Venture) -> str:
        return ANY

    def is_of(self, investor: Investor, sort: str) -> bool:
        return sort in (ANY, investor.type)

    def value(self, state: State, venture: Venture, investor: Investor) -> int:
        return venture.appeal * (2 + thesis_fit(venture, investor))

    def halves(self, amount: int) -> tuple[int, int]:
        return amount, 0


HOURS: Final[Good] = _Hours()
CAPITAL: Final[Good] = _Capital()

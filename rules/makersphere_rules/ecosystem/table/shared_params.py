"""The parameters that several modules share: what is printed on the cards and boards.

Source: the rulebook's "Things on the table"; the values in backticks there are the defaults here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Final

import attrs

from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, KINDS
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["FIXED_BY", "Background", "Kind", "WorldParams", "world"]


@attrs.frozen
class Background:
    """What a maker begins with: three skills (technology, network, business) and credits."""

    skills: tuple[int, int, int]
    credits: int


@attrs.frozen
class Kind:
    """What an investor begins with, and its printed terms per package of hours."""

    credits: int
    hours: int
    credential: int
    fee: int
    shares: int


@attrs.frozen
class WorldParams:
    """Everything printed."""

    first_stage: int = param(0, 0, 3, "The stage at which ventures are founded: 0 idea to 3 product.")
    spaces: int = param(0, 0, 40, "Spaces, each with an operator; 0: one for every 12 seats or part of it.")
    space_seats: int = param(0, 0, 100, "Seats to each space of `spaces`: a small room has fewer; 0: any room has all.")
    treasury: int = param(90, 0, 1000, "Credits of a space at the start.")
    rent: int = param(12, 0, 200, "Rent of a desk until the operator sets another, in credits.")
    maker_bar: int = param(36, 0, 100, "Pitch score from which makers are admitted until the operator sets another.")
    investor_bar: int = param(45, 0, 100, "Credential that admits investors until the operator sets another.")
    appraisal_bar: int = param(34, 0, 100, "Score under which a badge is lost until the operator sets another.")
    stations_least: int = param(2, 1, 20, "Desks that a space has at least, before its community level.")
    stations_less: int = param(2, 0, 20, "Desks fewer than a space's equal part of the makers.")
    maker_hours: int = param(10, 1, 40, "Hours of a maker in a season.")
    spirit: int = param(5, 0, 10, "Spirit of a maker at the start.")
    spirit_bonus_most: int = param(2, 0, 5, "The largest spirit bonus of a space.")
    cofounders: int = param(2, 0, 5, "Co-founders that a venture may have.")
    materials_idea: int = param(4, 0, 100, "Materials of an idea in a season, in credits.")
    materials_prototype: int = param(10, 0, 100, "Materials of a prototype in a season, in credits.")
    materials_pilot: int = param(18, 0, 100, "Materials of a pilot in a season, in credits.")
    materials_product: int = param(8, 0, 100, "Materials of a product in a season, in credits.")
    need_prototype_technology: int = param(10, 0, 200, "Technology progress that an idea needs to become a prototype.")
    need_prototype_customers: int = param(6, 0, 200, "Customers progress that an idea needs to become a prototype.")
    need_prototype_business: int = param(4, 0, 200, "Business progress that an idea needs to become a prototype.")
    need_pilot_technology: int = param(24, 0, 200, "Technology progress that a prototype needs to become a pilot.")
    need_pilot_customers: int = param(19, 0, 200, "Customers progress that a prototype needs to become a pilot.")
    need_pilot_business: int = param(14, 0, 200, "Business progress that a prototype needs to become a pilot.")
    need_product_technology: int = param(42, 0, 200, "Technology progress that a pilot needs to become a product.")
    need_product_customers: int = param(38, 0, 200, "Customers progress that a pilot needs to become a product.")
    need_product_business: int = param(34, 0, 200, "Business progress that a pilot needs to become a product.")
    harder_idea: int = param(1, 0, 10, "Added to the difficulty of an idea's roll.")
    harder_prototype: int = param(2, 0, 10, "Added to the difficulty of a prototype's roll.")
    harder_pilot: int = param(3, 0, 10, "Added to the difficulty of a pilot's roll.")
    search_cost: int = param(10, 0, 100, "Search cost in credits before the space lowers it.")
    search_lower: int = param(16, 0, 20, "Per cent by which each level of integration lowers the search cost.")
    search_garage: int = param(
        2, 1, 10, "How many times the search cost is paid without the badge of the maker's space."
    )
    search_known: int = param(50, 0, 100, "Per cent of the search cost that is left with trust.")
    materials_lower: int = param(10, 0, 20, "Per cent by which each level of resources lowers materials.")
    package_hours: int = param(4, 1, 12, "Hours of a package.")
    birth_credits: int = param(60, 1, 500, "Capital in credits by which a venture is born.")
    lead_keeps: int = param(1000, 0, 10_000, "Shares that a lead must keep in a deal.")
    look_garage: int = param(2, 0, 5, "Width of a look in the garage or at integration 0.")
    look_middle: int = param(1, 0, 5, "Width of a look at integration 1 to 3.")
    look_sharp: int = param(0, 0, 5, "Width of a look at integration 4 and 5.")
    demand_per_maker: int = param(88, 1, 1000, "Base demand of a sector for each maker in the room, in credits.")
    tax: int = param(10, 0, 50, "The usual tax in per cent of what is left.")
    birth_grant: int = param(10, 0, 100, "What the government pays a space for a birth.")
    backer_grant: int = param(20, 0, 100, "What the government pays the backers of a birth, split by their capital.")
    purse_growth: int = param(
        0, 0, 100, "Per cent of their credits that follow the makers for each investor in the room, beside 7 for 4."
    )
    wild_card_reach: int = param(10, 0, 100, "Points below a bar from which a wild card still lifts a guest.")
    wild_card_sales: int = param(75, 0, 100, "Per cent of its bar that a venture has sold which a wild card spares.")
    clearing: int = param(10, 0, 100, "What a space pays to clear the desk of a venture that is wound up.")
    student_technology: int = param(2, 0, 10, "Technology of a student.")
    student_network: int = param(6, 0, 10, "Network of a student.")
    student_business: int = param(4, 0, 10, "Business of a student.")
    student_credits: int = param(60, 0, 500, "Credits of a student.")
    entrepreneur_technology: int = param(4, 0, 10, "Technology of an entrepreneur.")
    entrepreneur_network: int = param(5, 0, 10, "Network of an entrepreneur.")
    entrepreneur_business: int = param(4, 0, 10, "Business of an entrepreneur.")
    entrepreneur_credits: int = param(46, 0, 500, "Credits of an entrepreneur.")
    senior_manager_technology: int = param(4, 0, 10, "Technology of a senior manager.")
    senior_manager_network: int = param(3, 0, 10, "Network of a senior manager.")
    senior_manager_business: int = param(5, 0, 10, "Business of a senior manager.")
    senior_manager_credits: int = param(54, 0, 500, "Credits of a senior manager.")
    returnee_technology: int = param(3, 0, 10, "Technology of a returnee.")
    returnee_network: int = param(3, 0, 10, "Network of a returnee.")
    returnee_business: int = param(5, 0, 10, "Business of a returnee.")
    returnee_credits: int = param(52, 0, 500, "Credits of a returnee.")
    scientist_technology: int = param(7, 0, 10, "Technology of a scientist.")
    scientist_network: int = param(2, 0, 10, "Network of a scientist.")
    scientist_business: int = param(3, 0, 10, "Business of a scientist.")
    scientist_credits: int = param(50, 0, 500, "Credits of a scientist.")
    technician_technology: int = param(6, 0, 10, "Technology of a technician.")
    technician_network: int = param(3, 0, 10, "Network of a technician.")
    technician_business: int = param(3, 0, 10, "Business of a technician.")
    technician_credits: int = param(50, 0, 500, "Credits of a technician.")
    angel_credits: int = param(200, 0, 1000, "Credits of an angel.")
    angel_hours: int = param(8, 0, 40, "Hours of an angel in a season.")
    angel_credential: int = param(50, 0, 100, "Credential of an angel.")
    angel_fee: int = param(0, 0, 20, "Printed fee of an angel per package.")
    angel_shares: int = param(300, 0, 1000, "Printed shares of an angel per package.")
    fund_credits: int = param(230, 0, 1000, "Credits of a venture fund.")
    fund_hours: int = param(12, 0, 40, "Hours of a venture fund in a season.")
    fund_credential: int = param(50, 0, 100, "Credential of a venture fund.")
    fund_fee: int = param(0, 0, 20, "Printed fee of a venture fund per package.")
    fund_shares: int = param(300, 0, 1000, "Printed shares of a venture fund per package.")
    mentor_credits: int = param(110, 0, 1000, "Credits of a mentor.")
    mentor_hours: int = param(12, 0, 40, "Hours of a mentor in a season.")
    mentor_credential: int = param(60, 0, 100, "Credential of a mentor.")
    mentor_fee: int = param(2, 0, 20, "Printed fee of a mentor per package.")
    mentor_shares: int = param(300, 0, 1000, "Printed shares of a mentor per package.")
    professional_credits: int = param(110, 0, 1000, "Credits of a professional.")
    professional_hours: int = param(8, 0, 40, "Hours of a professional in a season.")
    professional_credential: int = param(60, 0, 100, "Credential of a professional.")
    professional_fee: int = param(7, 0, 20, "Printed fee of a professional per package.")
    professional_shares: int = param(0, 0, 1000, "Printed shares of a professional per package.")
    industry_credits: int = param(140, 0, 1000, "Credits of an industry partner.")
    industry_hours: int = param(8, 0, 40, "Hours of an industry partner in a season.")
    industry_credential: int = param(55, 0, 100, "Credential of an industry partner.")
    industry_fee: int = param(0, 0, 20, "Printed fee of an industry partner per package.")
    industry_shares: int = param(300, 0, 1000, "Printed shares of an industry partner per package.")

    def background(self, name: str) -> Background:
        """Return what a background begins with."""
        technology, network, business, credits_ = (
            getattr(self, f"{name}_{what}") for what in ("technology", "network", "business", "credits")
        )
        return Background((technology, network, business), credits_)

    def kind(self, name: str) -> Kind:
        """Return what a kind of investor begins with."""
        return Kind(*_values_of_kind(name)(self))

    def materials(self, stage: int) -> int:
        """Return the materials of a stage in credits, before discounts."""
        return (self.materials_idea, self.materials_prototype, self.materials_pilot, self.materials_product)[stage]

    def requirement(self, stage: int) -> tuple[int, int, int]:
        """Return the progress on the three tracks that a stage needs to reach the next; a product needs none."""
        if stage == 0:
            return (
                self.need_prototype_technology,
                self.need_prototype_customers,
                self.need_prototype_business,
            )
        if stage == 1:
            return (self.need_pilot_technology, self.need_pilot_customers, self.need_pilot_business)
        if stage == 2:
            return (self.need_product_technology, self.need_product_customers, self.need_product_business)
        return (0, 0, 0)

    def harder(self, stage: int) -> int:
        """Return what a stage adds to the difficulty of its roll."""
        return (self.harder_idea, self.harder_prototype, self.harder_pilot, 0)[stage]


_DEALT: Final = (
    *("treasury", "rent", "maker_bar", "investor_bar", "appraisal_bar", "spirit", "purse_growth"),
    *(f"{name}_{what}" for name in BACKGROUNDS for what in ("technology", "network", "business", "credits")),
    *(f"{name}_{what}" for name in KINDS for what in ("credits", "credential", "fee", "shares")),
)
FIXED_BY: Final[Mapping[str, str]] = {
    **dict.fromkeys(_DEALT, "game"),
    **dict.fromkeys(("maker_hours", *(f"{name}_hours" for name in KINDS)), "season"),
    "demand_per_maker": "policy",
}


@cache
def _values_of_kind(name: str) -> attrgetter[tuple[int, ...]]:
    """Return a function that reads a kind's values, in the order of `Kind`."""
    return attrgetter(*(f"{name}_{what}" for what in ("credits", "hours", "credential", "fee", "shares")))


def world(state: State) -> WorldParams:
    """Return the shared parameters of a game."""
    found: WorldParams = state.scenario.values[WorldParams]  # without the way round: nothing is asked for as often
    return found

"""What an investor may ask for a package of hours: what the tenants of its spaces can pay for all they have room for.

A price is raised alike for all kinds, on top of what is printed, so that no kind is dearer than its rivals for it. The
figures are estimates of the policy, not rules.

Source: the rulebook's "4. Matching" (clearinghouse).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from makersphere_bots.legal import Form, bounds
from makersphere_bots.policy import Move, Tree, View
from makersphere_bots.standard.balances import venture_and_lead
from makersphere_bots.standard.investor_values import InvestorValues
from makersphere_bots.standard.printed_values import PRODUCT, Printed, materials
from makersphere_bots.standard.venture_worth import living, seasons_left

__all__ = ["highest_fee", "most_shares", "post_terms"]

_RISE: Final = 3  # credits on top of the printed fee, at most
_EACH: Final = 3  # packages of an investor in a season, about
_ROUND_FROM: Final = 2  # level of resources or of integration that brings one more round


def highest_fee(printed: Printed, shares: int) -> int:
    """Return the highest fee that may be posted beside these shares."""
    return max(0, printed.package_most - shares) // printed.fee_shares


def most_shares(printed: Printed, fee: int) -> int:
    """Return the most shares that may be posted beside this fee."""
    return printed.package_most - printed.fee_shares * fee


def post_terms(values: InvestorValues, legal: Mapping[str, Form]) -> list[Move]:
    """Post a dearer fee, which holds from the next season on, where leads can bear it; once in a game."""
    form, mine = legal.get("post_package"), values.mine
    module = values.table.get("module", {}).get("world", {})
    if form is None or seasons_left(values.table) == 1 or mine["fee"] != module.get(f"{mine['type']}_fee"):
        return []
    highest = min(highest_fee(values.printed, mine["shares"]), bounds(form.fields["fee"])[1])
    rise = min(_RISE, highest - mine["fee"], _bearable(values.view, mine["badges"]))
    return [("post_package", {"fee": mine["fee"] + rise, "shares": mine["shares"]})] if rise > 0 else []


def _bearable(view: View, spaces: list[int]) -> int:
    """Return the highest fee at which the tenants of some spaces can pay for all packages that they have room for."""
    offered = sum(_EACH for one in view.table["investor"].values() if any(space in spaces for space in one["badges"]))
    tenants = [one for one in living(view) if one["space"] in spaces and one["stage"] < PRODUCT]
    taken = [(_places(view, one), venture_and_lead(view.table, one) - materials(view, one)) for one in tenants]
    room = min(offered, sum(places for places, _ in taken))
    for fee in range(_RISE, 0, -1):
        if room and sum(min(places, max(0, purse) // fee) for places, purse in taken) >= room:
            return fee
    return 0


def _places(view: View, venture: Tree) -> int:
    """Return how many packages a tenant can take in a season."""
    space = view.table["space"][str(venture["space"])]
    return 1 + int(space["resources"] >= _ROUND_FROM) + int(space["integration"] >= _ROUND_FROM)

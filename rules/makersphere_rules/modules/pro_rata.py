"""Pro rata: what a venture's income leaves is split by what each has contributed so far.

Purpose: the contrast to the waterfall: nobody comes before anybody, and shares pay no dividend.
Phase: market, after the module `market`.
Commands: none; `set_reserve` (module `market`) is not offered, since nothing stays.
Events: `income_shared`.
Parameters: `ProRataParams`.
Secrets: none; hours worked, capital paid in and sales are on the table.
Of the sales: goods, then tax, then the rest by contribution: hours of makers, delivered hours and workshop hours
x 2, capital paid in div 5. No wage, no fee, no rent, no reserve; the profit is what was split. Contributions are
those to this venture in all its seasons (`Venture.work` and `Venture.capital`), whoever has left it since.
Source: the rulebook's "6. Market and payout" (`pro_rata`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.shared_steps.payout import GoodsParams, governed, steps_of, tax_on, tell_paid
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import account_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.cap_table import share_out
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.season_agreements import deals_by_venture
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import GOVERNMENT, SUPPLIERS, Posting
from makersphere_rules.module import Draft, Foreseen, RuleModule
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["STEPS", "IncomeShared", "ProRata", "ProRataParams", "contributions"]

STEPS: Final = ("goods", "tax", "dividend")


@attrs.frozen
class ProRataParams(GoodsParams):
    """The parameters of the split by contribution."""

    hour: int = param(2, 0, 100, "What an hour of a maker, an investor or the workshop counts.")
    capital_div: int = param(5, 1, 1000, "How many credits of capital count 1.")


@frozen
class IncomeShared(Event):
    """A venture has split its income by contribution.

    Attributes:
        venture: its number.
        profit: what was split.
        deals: those whose fee falls away.
        postings: goods, tax, and each contributor's part.
    """

    venture: int
    profit: int
    deals: tuple[int, ...]
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay; nothing is owed to anybody."""
        post(state, self.postings)
        state.put(changed(state.one(Venture, self.venture), profit=self.profit), self.venture)
        for number in self.deals:
            state.put(changed(state.one(Deal, number), fee_due=0), number)
        tell_paid(state, self.venture, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone what there was to split."""
        return (Line("income_shared", {"venture": self.venture, "credits": self.profit}),) if self.profit else ()


class ProRata(RuleModule):
    """Income goes where the work and the capital came from."""

    name: ClassVar[str] = "pro_rata"
    phase: ClassVar[str | None] = "market"
    part: ClassVar[str] = "payout"
    needs: ClassVar[Sequence[str]] = ("market",)
    after: ClassVar[Sequence[str]] = ("market",)
    params: ClassVar[type | None] = ProRataParams
    events: ClassVar[Sequence[type[Event]]] = (IncomeShared,)
    withholds: ClassVar[frozenset[str]] = frozenset(("set_reserve",))

    def close(self, draft: Draft) -> None:
        """Let every venture split what it has sold for, and drop the fees of this season's deals."""
        _split(draft, tenancy.living(draft.state))

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """Each step for the ventures that the seat brings to market."""
        before = len(draft.events)
        _split(draft, governed(draft.state, seat))
        shared = [event for event in draft.events[before:] if isinstance(event, IncomeShared)]
        return steps_of(draft.state, seat, [(event.venture, event.postings) for event in shared])


def _split(draft: Draft, ventures: Iterable[Venture]) -> None:
    state = draft.state
    deals = deals_by_venture(state)
    for venture in ventures:
        fees = tuple(deal.id for deal in deals.get(venture.id, ()) if deal.fee_due)
        if venture.sales or fees:
            draft.emit(_shared(state, venture, fees))


def contributions(venture: Venture, params: ProRataParams) -> dict[int, int]:
    """Return what each seat has contributed so far: its hours x 2 + its capital div 5."""
    found = {seat: params.hour * hours for seat, hours in venture.work.items()}
    for seat, paid in venture.capital.items():
        found[seat] = found.get(seat, 0) + paid // params.capital_div
    return found


def _shared(state: State, venture: Venture, fees: tuple[int, ...]) -> IncomeShared:
    params = state.scenario.params(ProRataParams)
    goods = params.cost(venture.sales, venture.price)
    tax = tax_on(state, venture.sales - goods)
    parts = share_out(venture.sales - goods - tax, contributions(venture, params))
    postings = tuple(_postings(state, venture, goods, tax, parts))
    return IncomeShared(venture.id, sum(parts.values()), fees, postings)


def _postings(state: State, venture: Venture, goods: int, tax: int, parts: dict[int, int]) -> Iterator[Posting]:
    purse = venture_account(venture.id)
    paid = [(SUPPLIERS, goods, "goods"), (GOVERNMENT, tax, "tax")]
    paid += [(account_of(state, seat), part, "dividend") for seat, part in parts.items()]
    for target, amount, reason in paid:
        if amount:
            yield Posting(purse, target, amount, reason)

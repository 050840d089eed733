"""Waterfall: how a venture's income is paid out, step by step, to the last credit.

Purpose: hand sales on along the chain: goods, wages, fees, rent, tax, reserve, dividends.
Phase: market, after the module `market`.
Commands: none.
Events: `paid_out`, `dividends_paid`; `rent_relieved` of games from before.
Parameters: `WaterfallParams`.
Secrets: none.
All ventures go through steps 1 to 6 before anybody gets a dividend, so that no step reads a later one.
Source: the rulebook's "6. Market and payout" (table of the waterfall).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar, Final

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.shared_steps.payout import GoodsParams, governed, steps_of, tax_on, tell_paid
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import account_of, treasury_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Deal, Idleness
from makersphere_rules.ecosystem.table.cap_table import share_out
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.season_agreements import deals_by_venture
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import GOVERNMENT, SUPPLIERS, Posting
from makersphere_rules.module import Draft, Foreseen, RuleModule
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["STEPS", "DividendsPaid", "PaidOut", "RentRelieved", "Waterfall", "WaterfallParams"]

STEPS: Final = ("goods", "wage", "fee", "rent", "tax", "reserve", "dividend")


@attrs.frozen
class WaterfallParams(GoodsParams):
    """The parameters of the waterfall."""

    wage: int = param(8, 0, 100, "Wage of each maker of the team, in credits, as far as sales reach.")


@frozen
class PaidOut(Event):
    """A venture has paid what it owes, down to its profit.

    Attributes:
        venture: its number.
        space: who was owed rent; 0: nobody.
        profit: what is left after tax; reserve: what of it stays in the venture.
        fees: credits paid by deal.
        insolvent: a fee stayed unpaid; rent_unpaid: part of the rent did.
        postings: goods, wages, fees, rent and tax.
    """

    venture: int
    space: int
    profit: int
    reserve: int
    fees: Mapping[int, int]
    insolvent: bool
    rent_unpaid: bool
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay, and mark what stayed unpaid."""
        post(state, self.postings)
        venture = state.one(Venture, self.venture)
        after = changed(venture, profit=self.profit, insolvent=self.insolvent, rent_unpaid=self.rent_unpaid)
        if after != venture:
            state.put(after, self.venture)
        for number, paid in self.fees.items():
            state.put(changed(state.one(Deal, number), fee_paid=paid), number)
        tell_paid(state, self.venture, self.postings, self.reserve)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone what was earned, and what could not be paid."""
        told = []
        if self.profit:
            told.append(Line("profit", {"venture": self.venture, "credits": self.profit, "reserve": self.reserve}))
        if self.insolvent:
            told.append(Line("insolvent", {"venture": self.venture}))
        if self.rent_unpaid:
            told.append(Line("rent_unpaid", {"venture": self.venture, "space": self.space}))
        return tuple(told)


@frozen
class RentRelieved(Event):
    """An operator has let a tenant off the rent. Nobody can any more; games from before tell of it."""

    space: int
    venture: int
    credits: int

    def apply(self, state: State) -> None:
        """Change nothing: what was not due was not posted."""

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        values = {"space": self.space, "venture": self.venture, "credits": self.credits}
        return (Line("rent_relieved", values),)


@frozen
class DividendsPaid(Event):
    """A venture's holders have got their part of the profit."""

    venture: int
    credits: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay."""
        post(state, self.postings)
        tell_paid(state, self.venture, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("dividends", {"venture": self.venture, "credits": self.credits}),)


class Waterfall(RuleModule):
    """Income runs down the steps."""

    name: ClassVar[str] = "waterfall"
    phase: ClassVar[str | None] = "market"
    part: ClassVar[str] = "payout"
    needs: ClassVar[Sequence[str]] = ("market",)
    after: ClassVar[Sequence[str]] = ("market",)
    params: ClassVar[type | None] = WaterfallParams
    events: ClassVar[Sequence[type[Event]]] = (PaidOut, RentRelieved, DividendsPaid)

    def close(self, draft: Draft) -> None:
        """Let all ventures pay down to their profit, then pay dividends."""
        _pay(draft, tenancy.living(draft.state))

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """Each step for the ventures that the seat brings to market."""
        before = len(draft.events)
        _pay(draft, governed(draft.state, seat))
        paid = [event for event in draft.events[before:] if isinstance(event, PaidOut | DividendsPaid)]
        found = steps_of(draft.state, seat, [(event.venture, event.postings) for event in paid])
        for event in paid:
            if isinstance(event, PaidOut) and event.venture in found:
                found[event.venture]["reserve"] = event.reserve
        return found


def _pay(draft: Draft, ventures: Iterable[Venture]) -> None:
    """Let ventures pay, each by the table as it was before any of them did."""
    state = draft.state
    deals = deals_by_venture(state)
    runs = [_Run(state, venture) for venture in ventures]
    for run in runs:
        run.pay(deals.get(run.venture.id, ()))
    for run in runs:
        if run.worth_telling():
            draft.emit(run.paid_out())
    for run in runs:
        if run.dividends:
            postings = tuple(_dividends(state, run.venture, run.dividends))
            draft.emit(DividendsPaid(run.venture.id, run.dividends, postings))


def _dividends(state: State, venture: Venture, amount: int) -> Iterator[Posting]:
    purse = venture_account(venture.id)
    for seat, part in share_out(amount, venture.shares).items():
        if part:
            yield Posting(purse, account_of(state, seat), part, "dividend")


class _Run:
    """One venture's way down the steps. Reads the table as it was before anybody was paid."""

    def __init__(self, state: State, venture: Venture) -> None:
        self.state = state
        self.venture = venture
        self.purse = venture_account(venture.id)
        self.left = venture.sales  # of the sales
        self.capital = state.balance(self.purse) - venture.sales  # the venture's credits beside them
        self.lead_has = state.balance(account_of(state, venture.lead))
        self.postings: list[Posting] = []
        self.fees: dict[int, int] = {}
        self.insolvent = self.rent_unpaid = False
        self.profit = self.reserve = self.dividends = 0

    def pay(self, deals: Sequence[Deal]) -> None:
        """Go down the steps, one after another."""
        steps: dict[str, Callable[[], None]] = {
            "goods": self._goods,
            "wage": self._wages,
            "fee": partial(self._fees, deals),
            "rent": self._rent,
            "tax": self._tax,
            "reserve": self._keep,
            "dividend": self._share,
        }
        for step in STEPS:
            steps[step]()

    def worth_telling(self) -> bool:
        """Return whether anything was paid, earned or left unpaid."""
        return bool(self.postings or self.profit or self.insolvent or self.rent_unpaid)

    def paid_out(self) -> PaidOut:
        """Return the fact."""
        return PaidOut(
            venture=self.venture.id,
            space=self.venture.space,
            profit=self.profit,
            reserve=self.reserve,
            fees=self.fees,
            insolvent=self.insolvent,
            rent_unpaid=self.rent_unpaid,
            postings=tuple(self.postings),
        )

    def _post(self, target: str, amount: int, reason: str) -> None:
        if amount:
            self.postings.append(Posting(self.purse, target, amount, reason))

    def _goods(self) -> None:
        """Step 1, which the sales always cover."""
        params = self.state.scenario.params(WaterfallParams)
        goods = params.cost(self.venture.sales, self.venture.price)
        self._post(SUPPLIERS, goods, "goods")
        self.left -= goods

    def _wages(self) -> None:
        """Step 2, from the sales alone; what they do not cover is not owed, nor anything to who was idle."""
        state, params = self.state, self.state.scenario.params(WaterfallParams)
        for seat in sorted(self.venture.team):
            idle = state.find(Idleness, seat)
            wage = 0 if idle and idle.season == state.game.season else min(params.wage, self.left)
            self._post(account_of(self.state, seat), wage, "wage")
            self.left -= wage
            if seat == self.venture.lead:
                self.lead_has += wage

    def _take(self, amount: int) -> int:
        """Take up to an amount from the sales, then from the venture's credits; return what there was."""
        from_sales = min(amount, self.left)
        from_capital = min(amount - from_sales, self.capital)
        self.left -= from_sales
        self.capital -= from_capital
        return from_sales + from_capital

    def _fees(self, deals: Sequence[Deal]) -> None:
        """Step 3, investors in table order; a fee that stays unpaid makes the venture insolvent."""
        for deal in deals:
            if deal.fee_due:
                paid = self._take(deal.fee_due)
                self.fees[deal.id] = paid
                self._post(account_of(self.state, deal.investor), paid, "fee")
                self.insolvent = self.insolvent or paid < deal.fee_due

    def _rent(self) -> None:
        """Step 4, from the sales, the venture's credits, then the lead's own; what is short is dropped."""
        space = self.venture.space
        if space == GARAGE:
            return
        due = self.state.one(Space, space).rent
        paid = self._take(due)
        self._post(treasury_of(space), paid, "rent")
        own = min(due - paid, self.lead_has)
        if own:
            purse = account_of(self.state, self.venture.lead)
            self.postings.append(Posting(purse, treasury_of(space), own, "rent"))
        self.rent_unpaid = paid + own < due

    def _tax(self) -> None:
        """Step 5, of what is left; the profit is what is left then."""
        tax = tax_on(self.state, self.left)
        self._post(GOVERNMENT, tax, "tax")
        self.left -= tax
        self.profit = self.left

    def _keep(self) -> None:
        """Step 6: what of the profit stays in the venture."""
        self.reserve = self.profit * self.venture.reserve // 100

    def _share(self) -> None:
        """Step 7: what is left for the holders."""
        self.dividends = self.profit - self.reserve

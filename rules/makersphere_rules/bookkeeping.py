"""The books: postings carried out on a state's accounts, and what they add up to.

Answers how accounts, the flows of a season and the entries of a purse change when money moves. It knows no rule: the
event that carries the postings says who pays whom, how much and why. Source: the rulebook's "Ledger accounts" and
principle 5.
"""

from __future__ import annotations

from collections.abc import Iterable

from makersphere_rules.ledger import (
    PURSES,
    SET_ASIDE,
    SUPPLIERS,
    WORLD,
    Account,
    Flow,
    Posting,
    Undeclared,
    account_sort,
    flow_key,
    postings_in,
    unknown_in,
)
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["post", "refuse_undeclared"]


def post(state: State, postings: Iterable[Posting]) -> None:
    """Carry out postings; for events alone, as they apply.

    Raises:
        AssertionError: an account that may not go below zero would; a bug, which stops this room.
    """
    game = state.game
    for posting in postings:
        source, target, amount, reason = posting.source, posting.target, posting.amount, posting.reason
        if amount:
            _move(state, source, -amount)
            _move(state, target, amount)
            _flow(state, account_sort(source), account_sort(target), reason, amount)
            if state.retells:
                state.history.postings.append((game.season, game.phase, posting))
                _enter(state, source, target, reason, -amount)
                _enter(state, target, source, reason, amount)


def refuse_undeclared(scenario: Scenario, event: object) -> None:
    """Refuse an event of somebody else's module whose postings the ledger does not know, before it is a fact.

    Raises:
        Undeclared: it names the module, and what it would have to declare.
    """
    for posting in postings_in(event):
        for what, word in unknown_in(posting, scenario.accounts, scenario.reasons):
            kind = type(event)
            whose = next((module.name for module in scenario.modules if kind in module.events), kind.__module__)
            should = (
                "a whole number, not negative" if what == "amount" else f"one of the ledger's, or of {whose}.{what}"
            )
            raise Undeclared(f"{whose}: {kind.__name__} has a posting with {word!r}; expected {should}", event)


def _move(state: State, name: str, amount: int) -> None:
    """Add an amount, which may be negative, to an account; one that was never used is opened."""
    account = state.find(Account, name)
    seat, balance = (account.seat, account.balance + amount) if account is not None else (0, amount)
    if balance < 0 and name not in WORLD and account_sort(name) != "operator":
        raise AssertionError(f"{name} would stand at {balance}")
    state.put(Account(name, seat, balance), name)


def _flow(state: State, source: str, target: str, reason: str, amount: int) -> None:
    """Add an amount to what has flowed this season between two sorts of account; a flow of nothing is not kept.

    What a module has declared flows as whose it is, in the step that it counts in; what it sets aside does not flow.
    """
    accounts, reasons = state.scenario.accounts, state.scenario.reasons
    if accounts:
        source, target = accounts.get(source, source), accounts.get(target, target)
    if reasons:
        reason = reasons.get(reason, reason)
        if reason == SET_ASIDE:
            return
    if source == SUPPLIERS:  # they only give back, which is taken off: a list that was changed leaves no trace
        source, target, amount = target, source, -amount
    season = state.game.season
    key = flow_key(season, reason, source, target)
    before = state.find(Flow, key)
    if before is not None:
        amount += before.amount
    if amount:
        state.put(Flow(season, source, target, reason, amount), key)
    else:
        state.remove(Flow, key)


def _enter(state: State, account: str, other: str, reason: str, amount: int) -> None:
    """Write a posting down for the seat whose purse it moves; what was given back is taken off."""
    if account_sort(account) in PURSES:
        seat, key = state.one(Account, account).seat, (state.game.season, reason, other)
        before = state.entries.get(seat, {})
        state.entries[seat] = {**before, key: before.get(key, 0) + amount}

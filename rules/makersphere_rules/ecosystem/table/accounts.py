"""Whose account is whose: the names under which the ledger keeps seats and ventures.

Source: the rulebook's "Ledger accounts".
"""

from __future__ import annotations

from makersphere_rules.state import State

__all__ = ["account_of", "treasury_of", "venture_account"]


def account_of(state: State, seat: int) -> str:
    """Return the account of a seat: a maker's or investor's own credits, an operator's treasury."""
    return f"{state.role(seat)}:{seat}"


def treasury_of(space: int) -> str:
    """Return the account of a space's treasury."""
    return f"operator:{space}"


def venture_account(venture: int) -> str:
    """Return the account of a venture."""
    return f"venture:{venture}"

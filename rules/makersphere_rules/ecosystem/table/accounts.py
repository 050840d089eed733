"""Whose account is whose: the names under which the ledger keeps seats, spaces and ventures.

Every name is made here and nowhere else. Source: the rulebook's "Ledger accounts".
"""

from __future__ import annotations

from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.state import State

__all__ = ["account_of", "escrow_of", "investor_account", "maker_account", "treasury_of", "venture_account"]


def account_of(state: State, seat: int) -> str:
    """Return the account of a seat: a maker's or investor's own credits, an operator's treasury."""
    return f"{state.role(seat)}:{seat}"


def maker_account(seat: int) -> str:
    """Return the account of a maker's own credits."""
    return f"{MAKER}:{seat}"


def investor_account(seat: int) -> str:
    """Return the account of an investor's own credits."""
    return f"{INVESTOR}:{seat}"


def escrow_of(investor: int) -> str:
    """Return the account in which an investor's open term sheets set credits aside."""
    return f"escrow:{investor}"


def treasury_of(space: int) -> str:
    """Return the account of a space's treasury; a space has its operator's seat as its number."""
    return f"{OPERATOR}:{space}"


def venture_account(venture: int) -> str:
    """Return the account of a venture."""
    return f"venture:{venture}"

"""How many credits a seat, an investor or a venture has, as the accounts in a hand or on the table tell.

Source: the wire contract's accounts, named by their sort and the number of their seat or venture.
"""

from __future__ import annotations

from makersphere_bots.policy import INVESTOR, MAKER, Tree, View

__all__ = ["credits_of_investor", "credits_of_venture", "own_credits", "venture_and_lead"]


def own_credits(view: View) -> int:
    """Return the seat's own credits; an operator's are its treasury."""
    return int(view.hand["account"][f"{view.role}:{view.seat}"]["balance"])


def credits_of_venture(tree: Tree, venture: Tree) -> int:
    """Return the credits of a venture as a hand or the table tells them; 0 where it says nothing of them."""
    account = tree["account"].get(f"venture:{venture['id']}")
    return account["balance"] if account else 0


def credits_of_investor(table: Tree, investor: int | str) -> int:
    """Return the credits that the table says an investor has."""
    return int(table["account"][f"{INVESTOR}:{investor}"]["balance"])


def venture_and_lead(table: Tree, venture: Tree) -> int:
    """Return the credits that a venture and its lead have together, as the table tells."""
    return credits_of_venture(table, venture) + int(table["account"][f"{MAKER}:{venture['lead']}"]["balance"])

"""Money: whole credits, moved by postings between two accounts.

The world outside (consumers, suppliers, government) has accounts too, so the sum over all accounts is
zero at every moment. Each posting has one of the rulebook's reasons. Flows add postings up by season,
reason and sort of account; the energy picture of the debrief is drawn from them.

Source: the rulebook's "Ledger accounts" and principle 5.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from makersphere_rules.entity import KEYS_AT_HAND, Entity, settled
from makersphere_rules.frozen import frozen

__all__ = [
    "CONSUMERS",
    "GOVERNMENT",
    "PURSES",
    "REASONS",
    "SUPPLIERS",
    "WORLD",
    "Account",
    "Entries",
    "Flow",
    "Posting",
    "account_sort",
]

CONSUMERS: Final = "consumers"
SUPPLIERS: Final = "suppliers"
GOVERNMENT: Final = "government"
WORLD: Final = (CONSUMERS, SUPPLIERS, GOVERNMENT)  # the accounts outside, which may always be below zero
PURSES: Final = ("maker", "investor", "operator")  # the accounts that are a seat's own
REASONS: Final = frozenset(
    [
        "endowment",
        "platform",
        "badge",
        "search",
        "look",
        "lend",
        "escrow",
        "release",
        "capital",
        "subsidy",
        "birth_grant",
        "backer_grant",
        "product_grant",
        "grant_back",
        "space_grant",
        "own_money",
        "day_job",
        "resale",
        "materials",
        "sales",
        "goods",
        "wage",
        "fee",
        "rent",
        "tax",
        "dividend",
        "preference",
        "liquidation",
        "clearing",
        "upkeep",
        "rescue",
    ]
)

Entries = dict[
    tuple[int, str, str], int
]  # credits that a purse took in, less those it gave out, by season, reason and the other account


class Posting(msgspec.Struct, frozen=True):
    """`amount` credits (not negative) from one account to another, for a reason of the list."""

    source: str
    target: str
    amount: int
    reason: str


@frozen
class Account(Entity, keeps_owners=True):
    """An account: `maker:3`, `investor:8`, `operator:12`, `venture:2`, `escrow:8` or one of the world's.

    Only the world's accounts may always be below zero, and a treasury for the length of one appraisal.
    """

    name: str = settled(key=True)  # an account that was opened in this phase must not show before its close
    seat: int = settled(0, owner=True)
    balance: int = settled(0)


@frozen
class Flow(Entity):
    """What flowed in a season from one sort of account to another, for one reason, in credits, less what came back."""

    season: int = settled()
    source: str = settled()
    target: str = settled()
    reason: str = settled()
    amount: int = settled(0)

    @property
    def key(self) -> str:
        """Return season, reason and the two sorts as one key."""
        return flow_key(self.season, self.reason, self.source, self.target)


@lru_cache(maxsize=KEYS_AT_HAND)
def account_sort(name: str) -> str:
    """Return the sort of an account: what stands before the colon."""
    return name.partition(":")[0]


@lru_cache(maxsize=KEYS_AT_HAND)
def flow_key(season: int, reason: str, source: str, target: str) -> str:
    """Return the key under which a flow is kept."""
    return f"{season}:{reason}:{source}:{target}"

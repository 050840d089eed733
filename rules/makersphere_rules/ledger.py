"""Money: whole credits, moved by postings between two accounts.

The world outside (consumers, suppliers, government) has accounts too, so the sum over all accounts is
zero at every moment. Each posting has one of the rulebook's reasons. Flows add postings up by season,
reason and sort of account; the energy picture of the debrief is drawn from them.

A rule module of somebody else may bring sorts of account and reasons of its own. It says whose credits such an account
holds and in which step of the picture such a reason counts, so that all who read flows know them already.

Source: the rulebook's "Ledger accounts" and principle 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, cast

import attrs
import msgspec

from makersphere_rules.entity import KEYS_AT_HAND, Entity, settled
from makersphere_rules.frozen import frozen

__all__ = [
    "CONSUMERS",
    "GOVERNMENT",
    "HOLDERS",
    "KEPT",
    "NO_STEPS",
    "PURSES",
    "REASONS",
    "SET_ASIDE",
    "SORTS",
    "SUPPLIERS",
    "WORLD",
    "Account",
    "Entries",
    "Flow",
    "Posting",
    "Undeclared",
    "account_sort",
    "misplaced",
    "postings_in",
    "unknown_in",
]

CONSUMERS: Final = "consumers"
SUPPLIERS: Final = "suppliers"
GOVERNMENT: Final = "government"
WORLD: Final = (CONSUMERS, SUPPLIERS, GOVERNMENT)  # the accounts outside, which may always be below zero
PURSES: Final = ("maker", "investor", "operator")  # the accounts that are a seat's own
SORTS: Final = frozenset((*PURSES, *WORLD, "venture", "escrow"))  # of accounts that the game has itself
HOLDERS: Final = (*PURSES, GOVERNMENT)  # whose credits an account of a module's own may hold
KEPT: Final = "kept"  # the step of the money picture that is no reason: what ventures keep
NO_STEPS: Final = ("endowment", "escrow", "release")  # reasons that the money picture leaves out
SET_ASIDE: Final = ""  # the place of a reason that only moves credits to where they wait, and back
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


class Undeclared(Exception):
    """A rule module moves credits in a way that no module of the game has declared; a bug of that module.

    Attributes:
        event: that would move them.
    """

    def __init__(self, sentence: str, event: object) -> None:
        """Keep the event."""
        super().__init__(sentence)
        self.event = event


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


def misplaced(accounts: Mapping[str, str], reasons: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a rule module cannot declare: `accounts` or `reasons`, the word, its place, and the places there are.

    No places are told where the word is the ledger's own. A reason's place is a step of the money picture, which the
    rulebook's reasons are; or itself, a step of its own.
    """
    for sort, holder in accounts.items():
        if sort in SORTS:
            yield "accounts", sort, holder, ""
        elif holder not in HOLDERS:
            yield "accounts", sort, holder, ", ".join(HOLDERS)
    for reason, step in reasons.items():
        if reason in REASONS or reason == KEPT:
            yield "reasons", reason, step, ""
        elif step not in (SET_ASIDE, reason) and (step not in REASONS or step in NO_STEPS):
            yield "reasons", reason, step, ", ".join((reason, "SET_ASIDE", *sorted(REASONS.difference(NO_STEPS))))


def unknown_in(posting: Posting, accounts: Mapping[str, str], reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a posting, as what it is and the word: `accounts`, `reasons` or `amount`.

    Args:
        posting: of a rule module.
        accounts: the sorts of account that the modules of the game have declared.
        reasons: likewise.
    """
    for sort in map(account_sort, (posting.source, posting.target)):
        if sort not in SORTS and sort not in accounts:
            yield "accounts", sort
    if posting.reason not in REASONS and posting.reason not in reasons:
        yield "reasons", posting.reason
    if type(posting.amount) is not int or posting.amount < 0:
        yield "amount", str(posting.amount)


def postings_in(value: object) -> Iterator[Posting]:
    """Yield the postings in a value of an event, however deep they lie."""
    match value:
        case Posting():
            yield value
        case tuple() | list():
            for one in value:
                yield from postings_in(one)
        case Mapping():
            yield from postings_in(list(value.values()))
        case _ if attrs.has(type(value)):
            kind = type(cast(attrs.AttrsInstance, value))
            yield from postings_in([getattr(value, field.name) for field in attrs.fields(kind)])
        case _:
            pass

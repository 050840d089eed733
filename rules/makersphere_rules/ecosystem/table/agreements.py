"""What seats agree on and know of each other: deals, sheets, pairs, proposals, looks, clinics, lent hours, idleness.

Each field's sight is the rulebook's "Who sees what"; a field without one would be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from makersphere_rules.entity import KEYS_AT_HAND, Entity, owner, settled
from makersphere_rules.frozen import frozen

__all__ = [
    "Clinic",
    "Deal",
    "Idleness",
    "Lending",
    "Look",
    "Pair",
    "Proposal",
    "Sheet",
    "look_key",
    "pair_key",
]


@frozen
class Deal(Entity, keeps_owners=True):
    """A signed contract between an investor and a venture. Its two sides see it at once, all others at the close."""

    id: int = settled(key=True)
    season: int = settled()
    investor: int = settled(owner=True)
    venture: int = settled()
    maker: int = settled(owner=True)  # the lead that signed
    credits: int = settled(0)
    hours: int = settled(0)  # promised
    shares: int = settled(0)
    fee: int = settled(0)
    source: str = settled("sheet")  # sheet, floor, package
    round: int = settled(0)  # of the clearinghouse
    delivered: int = settled(0)  # hours
    fee_due: int = settled(0)
    fee_paid: int = settled(0)


@frozen
class Sheet(Entity, keeps_owners=True):
    """A term sheet between a maker's venture and an investor; one a pair, a counter replaces it."""

    id: int = owner(key=True)
    venture: int = owner()
    maker: int = owner(owner=True)
    investor: int = owner(owner=True)
    by: str = owner()  # maker or investor: whoever sent it last
    credits: int = owner(0)
    hours: int = owner(0)
    shares: int = owner(0)
    fee: int = owner(0)
    status: str = owner("open")  # open, signed, declined, withdrawn, lapsed
    by_investor: bool = owner(default=False)  # the investor has sent one to this pair this season
    number: int = owner(1)  # which of the pair's sheets this season: what people are shown


@frozen
class Pair(Entity, keeps_owners=True):
    """What there is between a maker and an investor: trust, an introduction, a paid search, a lost bid."""

    maker: int = settled(owner=True)
    investor: int = settled(owner=True)
    trust: bool = settled(default=False)
    introduced: int = settled(0)  # the season it holds
    searched: int = owner(0)  # the season in which the search cost was paid
    lost: int = owner(0)  # the season of a lost bid

    @property
    def key(self) -> str:
        """Return the two seats as one key."""
        return pair_key(self.maker, self.investor)


@frozen
class Proposal(Entity, keeps_owners=True):
    """Something one maker asks of another: an exchange, lent hours, a swap of shares, or a place in the team.

    `terms` by what: exchange {teach, learn}, lending {venture, hours, credits, shares}, swap {give_venture,
    give_shares, take_venture, take_shares}, join {venture}.
    """

    id: int = owner(key=True)
    what: str = owner()  # exchange, lending, swap, join
    sender: int = owner(owner=True)
    receiver: int = owner(owner=True)
    terms: Mapping[str, int | str] = owner(factory=dict)
    status: str = owner("open")  # open, accepted, declined, lapsed
    number: int = owner(1)  # which of the pair's proposals this season: what people are shown


@frozen
class Look(Entity, keeps_owners=True):
    """What a seat knows of a venture's appeal: its range, how many looks it took, and this season's free look."""

    seat: int = owner(owner=True)
    venture: int = owner()
    lo: int = owner(1)
    hi: int = owner(6)
    count: int = owner(0)
    list_lo: int = owner(1)
    list_hi: int = owner(6)

    @property
    def key(self) -> str:
        """Return seat and venture as one key."""
        return look_key(self.seat, self.venture)


@frozen
class Clinic(Entity):
    """A clinic held this season."""

    season: int = settled(key=True)
    investor: int = settled(key=True, owner=True)
    maker: int = settled(owner=True)
    venture: int = settled()


@frozen
class Lending(Entity):
    """Hours that a maker has lent to another's venture for this season's incubation."""

    id: int = settled(key=True)
    season: int = settled()
    lender: int = settled(owner=True)
    venture: int = settled()
    hours: int = settled()
    credits: int = settled(0)
    shares: int = settled(0)


@frozen
class Idleness(Entity, kind="idle"):
    """The last season in which a co-founder hardly worked on its team's venture, though there was work to do."""

    seat: int = settled(key=True)
    season: int = settled()
    venture: int = settled()


@lru_cache(maxsize=KEYS_AT_HAND)
def pair_key(maker: int, investor: int) -> str:
    """Return the key of a pair."""
    return f"{maker}:{investor}"


@lru_cache(maxsize=KEYS_AT_HAND)
def look_key(seat: int, venture: int) -> str:
    """Return the key of what a seat knows of a venture."""
    return f"{seat}:{venture}"

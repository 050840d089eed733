"""What lies on the table: sectors, spaces, makers, investors, ventures and the decks.

Each field's sight is the rulebook's "Who sees what"; a field without one would be seen by nobody.
Skills and tracks are triples in the order technology, network or customers, business.
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.entity import Entity, nobody, owner, settled, table
from makersphere_rules.frozen import frozen

__all__ = [
    "Deck",
    "Idea",
    "Investor",
    "Maker",
    "Sector",
    "Space",
    "Triple",
    "Venture",
    "World",
]

Triple = tuple[int, int, int]


@frozen
class World(Entity, single=True):
    """This season's cards, tax rate (per cent) and lots (seats, the best first; a venture has its lead's lot)."""

    policy: str = table("")
    effect: str = table("")
    market: str = table("")
    up: str = table("")
    down: str = table("")
    tax: int = table(0)
    lots: tuple[int, ...] = table(())


@frozen
class Sector(Entity):
    """A sector of consumers: the walk of its demand, and this season's demand after the market card, in credits."""

    name: str = table(key=True)
    walk: int = table(0)
    demand: int = table(0)


@frozen
class Deck(Entity):
    """A shuffled deck: card names from the top, and how many copies of the printed deck have gone into it."""

    name: str = nobody(key=True)
    cards: tuple[str, ...] = nobody(())
    edition: int = nobody(1)


@frozen
class Space(Entity):
    """A space; its number is its operator's seat. Its treasury is the account `operator:N`."""

    id: int = table(fixed=True, key=True, owner=True)
    rent: int = settled(12)
    maker_bar: int = settled(36)
    investor_bar: int = settled(45)
    weights: tuple[int, int, int, int] = settled((3, 3, 2, 2))  # served, growth, rating, competition
    appraisal_bar: int = settled(34)
    community: int = settled(0)
    resources: int = settled(0)
    integration: int = settled(0)
    stations: int = settled(0)
    commons: int = settled(0)
    spirit_bonus: int = settled(0)
    wild_card_used: bool = settled(default=False)  # this season
    receivership: bool = settled(default=False)  # this season
    vitality: int = settled(0)
    community_index: int = settled(0)
    resources_index: int = settled(0)
    integration_index: int = settled(0)
    rating_mean: int = settled(0)  # hundredths of a point; 0 with fewer than two ratings
    vitalities: tuple[int, ...] = settled(())  # one a season
    workshop_used: int = settled(0)  # hours given this season
    introductions: int = owner(0)  # used this season
    passed: tuple[int, ...] = owner(())  # who passed at its own door at the last admission


@frozen
class Maker(Entity):
    """A maker. `venture` is the one it leads or has joined (0: none); its place is that venture's space."""

    seat: int = table(fixed=True, key=True, owner=True)
    background: str = table(fixed=True)
    skills: Triple = settled()
    spirit: int = settled()
    venture: int = settled(0)
    ties: tuple[int, ...] = settled(())  # makers, in order of seat
    hours: int = owner(0)  # left this season
    exchanges: int = owner(0)  # this season
    exchange_spirit: int = owner(0)  # spirit gained by exchange this season
    studied: bool = owner(default=False)  # this season
    ambition: str = owner("", opens=True)


@frozen
class Idea(Entity, keeps_owners=True):
    """An idea card in a maker's hand: its number 1 to 3, and the range of the free look."""

    card: str = owner(key=True)  # the card's name, with #N from the Nth edition on
    seat: int = owner(owner=True)
    number: int = owner()
    sector: str = owner()
    difficulty: int = owner()
    lo: int = owner()
    hi: int = owner()
    appeal: int = nobody(0)


@frozen
class Investor(Entity):
    """An investor. `speciality` is a track, or `any` for a mentor; `fee` and `shares` are its posted terms."""

    seat: int = table(fixed=True, key=True, owner=True)
    type: str = table(fixed=True)  # angel, fund, mentor, professional, industry
    speciality: str = table(fixed=True)
    credential: int = table(fixed=True)
    badges: tuple[int, ...] = settled(())  # spaces, in order of seat
    fee: int = settled(0)
    shares: int = settled(0)
    appraisal: int = settled(0)  # the latest
    appraisals: tuple[int, ...] = settled(())  # all of them, in order
    best_appraisals: Mapping[int, int] = settled(factory=dict)  # season -> best of the season
    lost_badges: Mapping[int, int] = settled(factory=dict)  # space -> season of the loss, until it is back
    hours: int = owner(0)  # left this season, neither promised nor spent
    clinic_used: bool = owner(default=False)  # this season
    thesis_sectors: tuple[str, ...] = owner((), opens=True)
    thesis_stage: int = owner(0, opens=True)  # 1 prototype, 2 pilot, 3 product
    thesis_points: int = owner(0, opens=True)
    start_credits: int = table(0, fixed=True)


@frozen
class Venture(Entity, keeps_owners=True):
    """A venture. Closed ventures stay, with the reason, so that stories can be told of them."""

    id: int = settled(key=True)
    card: str = settled()
    sector: str = settled()
    difficulty: int = settled()
    lead: int = settled(owner=True)
    cofounders: tuple[int, ...] = settled(())
    space: int = settled(0)  # 0: the garage
    founded: int = settled(0)  # season
    stage: int = settled(0)
    born: bool = settled(default=False)
    tracks: Triple = settled((0, 0, 0))
    misses: int = settled(0)
    shares: Mapping[int, int] = settled(factory=dict)  # seat -> shares, in order of first holding; sums to 10,000
    capital: Mapping[int, int] = settled(factory=dict)  # seat -> credits paid in
    price: str = settled("fair")
    reserve: int = settled(30)  # per cent
    sales: int = settled(0)  # this season
    profit: int = settled(0)  # this season, before reserve and dividends
    materials: int = settled(0)  # paid this season
    moved_up: bool = settled(default=False)  # this season
    rent_unpaid: bool = settled(default=False)  # this season: the desk is lost after it
    insolvent: bool = settled(default=False)  # a fee stayed unpaid this season
    closed: str = settled("")  # insolvent, unfunded, unsold, bottom, closed by its lead; "": alive
    closed_season: int = settled(0)
    dice: tuple[int, ...] = settled(())  # the last roll of this season
    roll: Mapping[str, int] = settled(factory=dict)  # its parts: dice, spirit, help, misses, needed
    work: Mapping[int, int] = settled(factory=dict)  # seat -> hours of makers, delivered, workshop so far
    appeal: int = nobody(0, opens=True)
    lo: int = owner(1)  # the lead's own range
    hi: int = owner(6)

    @property
    def team(self) -> tuple[int, ...]:
        """Return the lead and the co-founders."""
        return (self.lead, *self.cofounders)

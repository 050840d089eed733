"""Dealing: who sits where, with which background, kind, thesis and ambition, and the shuffled decks.

Backgrounds and kinds are shuffled and dealt in turn, so that each appears before one repeats; ambitions
and theses likewise. Of kinds a mentor comes first from 8 seats on, and from 12 on the next kind comes twice, so that
two compete; which seat gets which is drawn. Source: the rulebook's "Things on the table", "Private cards", "Decks" and
"Seats".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from makersphere_rules.ecosystem.shared_steps.setup_events import Dealt
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.accounts import escrow_of, investor_account, maker_account, treasury_of
from makersphere_rules.ecosystem.table.entities import Deck, Investor, Maker, Sector, Space
from makersphere_rules.ecosystem.table.shared_params import WorldParams, world
from makersphere_rules.ecosystem.table.vocabulary import (
    AMBITIONS,
    ANY,
    BACKGROUNDS,
    INVESTOR,
    KINDS,
    MAKER,
    OPERATOR,
    PATHS,
    SECTORS,
    TRACKS,
)
from makersphere_rules.ledger import GOVERNMENT, Account, Posting
from makersphere_rules.module import Draft
from makersphere_rules.split import split
from makersphere_rules.state import State

__all__ = ["SEATS_PER_SPACE", "dealt", "purse_of", "seating"]

SEATS_PER_SPACE: Final = 12
_FEWEST: Final = 3  # one seat of each role
_MENTOR: Final = "mentor"
_WITH_MENTOR, _WITH_RIVALS = 8, 12  # seats from which a mentor is dealt first, and one kind twice
_USUAL: Final = (7, 4)  # makers and investors for whom purses are printed
_TECHNOLOGY, _CUSTOMERS, _BUSINESS = TRACKS
_SPECIALITIES: Final = {
    "angel": (_CUSTOMERS,),
    "fund": (_CUSTOMERS, _BUSINESS),
    _MENTOR: (ANY,),
    "professional": (_TECHNOLOGY, _BUSINESS),
    "industry": (_TECHNOLOGY, _CUSTOMERS),
}


def seating(seats: int, spaces: int = 0, space_seats: int = 0) -> tuple[str, ...]:
    """Return the roles of n seats in order: makers, investors, operators; at least one of each.

    Args:
        seats: people and bots, 1 or more.
        spaces: how many operators; 0: one per 12 seats or part of it.
        space_seats: no more of them than one per so many seats or part of it; 0: all of them in any room.
    """
    operators = spaces or -(-seats // SEATS_PER_SPACE)
    if spaces and space_seats:
        operators = min(spaces, -(-seats // space_seats))
    seats = max(seats, _FEWEST, operators + 2)
    makers, investors = split(seats - operators, (2, 1))
    if investors == 0:
        makers, investors = makers - 1, 1
    return (MAKER,) * makers + (INVESTOR,) * investors + (OPERATOR,) * operators


def dealt(draft: Draft) -> Dealt:
    """Return everything that is dealt at the start of a game."""
    state, params = draft.state, world(draft.state)
    makers = tuple(_makers(draft, state.seats(MAKER), params))
    investors = tuple(_investors(draft, state.seats(INVESTOR), params))
    spaces = tuple(_space(seat, params) for seat in state.seats(OPERATOR))
    base = params.demand_per_maker * len(makers)
    decks = tuple(_deck(draft, name) for name in printed_decks.DECKS)
    endowments = {
        **{maker_account(maker.seat): params.background(maker.background).credits for maker in makers},
        **{investor_account(investor.seat): investor.start_credits for investor in investors},
        **{treasury_of(space.id): params.treasury for space in spaces},
    }
    accounts = [Account(name, int(name.partition(":")[2])) for name in endowments]
    accounts += [Account(escrow_of(investor.seat), investor.seat) for investor in investors]
    postings = (Posting(GOVERNMENT, name, amount, "endowment") for name, amount in endowments.items())
    sectors = tuple(Sector(name, base, base) for name in SECTORS)
    return Dealt(sectors, spaces, makers, investors, decks, tuple(accounts), tuple(postings))


def _space(seat: int, params: WorldParams) -> Space:
    return Space(seat, params.rent, params.maker_bar, params.investor_bar, appraisal_bar=params.appraisal_bar)


def in_turn(draft: Draft, purpose: str, cards: Sequence[str]) -> Iterator[str]:
    """Yield cards without end: the whole set in a drawn order, then the set again in another order."""
    round_number = 0
    while True:
        for place in draft.shuffle(purpose, len(cards), round_number):
            yield cards[place]
        round_number += 1


def _makers(draft: Draft, seats: Sequence[int], params: WorldParams) -> Iterator[Maker]:
    backgrounds = in_turn(draft, "background", BACKGROUNDS)
    ambitions = in_turn(draft, "ambition", AMBITIONS)
    for seat in seats:
        background = next(backgrounds)
        yield Maker(
            seat,
            background,
            params.background(background).skills,
            params.spirit,
            hours=params.maker_hours,
            ambition=next(ambitions),
        )


def _kinds(draft: Draft, count: int) -> list[str]:
    """Return the kinds of so many investors, in the order of their seats."""
    seats, shuffled = len(draft.state.seats()), in_turn(draft, "kind", KINDS)
    if seats < _WITH_MENTOR:
        return [*islice(shuffled, count)]
    others = [kind for kind in islice(shuffled, len(KINDS)) if kind != _MENTOR]
    twice = others[:1] if seats >= _WITH_RIVALS else []
    kinds = [*islice(chain((_MENTOR, *twice, *others), shuffled), count)]
    return [kinds[place] for place in draft.shuffle("kind_seat", count)]


def _investors(draft: Draft, seats: Sequence[int], params: WorldParams) -> Iterator[Investor]:
    kinds, makers = iter(_kinds(draft, len(seats))), len(draft.state.seats(MAKER))
    sectors = in_turn(draft, "thesis_sector", SECTORS)
    stages = in_turn(draft, "thesis_stage", ("1", "2", "3"))
    for seat in seats:
        name = next(kinds)
        kind, choices = params.kind(name), _SPECIALITIES[name]
        picked = draft.draw("speciality", seat, len(choices)) if len(choices) > 1 else 1
        yield Investor(
            seat,
            name,
            choices[picked - 1],
            kind.credential,
            fee=kind.fee,
            shares=kind.shares,
            hours=kind.hours,
            thesis_sectors=(next(sectors), next(sectors)),
            thesis_stage=int(next(stages)),
            start_credits=purse_of(kind.credits, params.purse_growth, makers, len(seats)),
        )


def purse_of(printed: int, growth: int, makers: int, investors: int) -> int:
    """Return the credits of an investor: in part they follow the makers for each investor, who are 7 for 4 at 12 seats.

    printed x (1 - growth + growth x 4 makers div (7 investors)), growth in per cent.
    """
    usual_makers, usual_investors = _USUAL
    even = usual_makers * investors
    return printed * ((100 - growth) * even + growth * usual_investors * makers) // (100 * even)


def _deck(draft: Draft, name: str) -> Deck:
    cards = printed_decks.names(name)
    return Deck(name, tuple(cards[place] for place in draft.shuffle(f"deck_{name}", len(cards))))


def take(draft: Draft, deck: Deck, count: int) -> tuple[tuple[str, ...], Deck]:
    """Take cards from the top; an empty deck is refilled with a freshly shuffled copy of a new edition."""
    while len(deck.cards) < count:
        edition = deck.edition + 1
        names = printed_decks.names(deck.name)
        order = draft.shuffle(f"deck_{deck.name}", len(names), edition)
        fresh = tuple(f"{names[place]}#{edition}" for place in order)
        deck = Deck(deck.name, deck.cards + fresh, edition)
    return deck.cards[:count], Deck(deck.name, deck.cards[count:], deck.edition)


def put_under(deck: Deck, cards: Sequence[str]) -> Deck:
    """Put cards under a deck."""
    return Deck(deck.name, (*deck.cards, *cards), deck.edition)


def level(state: State, space: int, path: str) -> int:
    """Return a space's level on a path."""
    found = state.one(Space, space)
    return (found.community, found.resources, found.integration)[PATHS.index(path)]

"""What lies hidden on the table, drawn anew for a seat that imagines the game: decks, appeals, private cards, hours.

Answers for the world's part of an imagined game (`imagined_game.py`). Everything is drawn from what the seat itself
knows: an appeal lies in its own range, a card that lies open is in no deck, and the private cards of others are those
that its own leaves. What others have left of their hours is what they were given less what everybody has seen them
promise.

Source: the rulebook's "Decks", "Private cards", "Looks" and "Who sees what".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from makersphere_rules.ecosystem.figures.clearing_record import CLINIC_HOURS
from makersphere_rules.ecosystem.table import printed_decks, tenancy
from makersphere_rules.ecosystem.table.accounts import investor_account, venture_account
from makersphere_rules.ecosystem.table.agreements import Clinic, Deal
from makersphere_rules.ecosystem.table.cap_table import issue
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Venture, World
from makersphere_rules.ecosystem.table.looks import Range, cut, look
from makersphere_rules.ecosystem.table.own_hand import in_hand, seen
from makersphere_rules.ecosystem.table.season_agreements import season_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import AMBITIONS, SECTORS
from makersphere_rules.entity import changed
from makersphere_rules.ledger import Account
from makersphere_rules.module import Draft

__all__ = ["imagine"]

_THESIS_STAGES: Final = 3
_THESIS_SECTORS: Final = 2


def imagine(draft: Draft, seat: int) -> None:
    """Draw what the table hides from a seat, and carry out the deals that the seat has signed in this phase."""
    _decks(draft, seat)
    _appeals(draft, seat)
    _cards(draft, seat)
    _hours(draft, seat)
    for deal in in_hand(draft.state, seat, Deal):
        if draft.state.as_settled(Deal, deal.id) is None:
            _hold(draft, seat, deal)


# -- decks and appeals


def _decks(draft: Draft, seat: int) -> None:
    """Shuffle the cards that the seat sees nowhere; those that are turned now are at the bottom."""
    state = draft.state
    turned = state.find(World)
    open_cards = [venture.card for venture in state.all(Venture).values()]
    open_cards += [idea.card for idea in in_hand(state, seat, Idea)]
    bottom = [card for card in (turned.policy, turned.market) if card] if turned is not None else []
    edition = max((_edition(card) for card in open_cards), default=1)
    for name in printed_decks.DECKS:
        printed = printed_decks.names(name)
        under = [card for card in bottom if card.partition("#")[0] in printed]
        cards = [one for one in _of_edition(printed, edition) if one not in open_cards and one not in under]
        order = draft.shuffle(f"imagined_{name}", len(cards))
        state.put(Deck(name, (*(cards[place] for place in order), *under), edition))


def _edition(card: str) -> int:
    return int(card.partition("#")[2] or 1)


def _of_edition(printed: Sequence[str], edition: int) -> Sequence[str]:
    return printed if edition == 1 else [f"{card}#{edition}" for card in printed]


def _appeals(draft: Draft, seat: int) -> None:
    """Draw each appeal within the seat's own range, and for another lead the range that its card once showed."""
    state = draft.state
    for idea in in_hand(state, seat, Idea):
        state.put(changed(idea, appeal=_within(draft, "imagined_idea", idea.card, (idea.lo, idea.hi))))
    for venture in tenancy.living(state):
        own = venture.lead == seat
        known = seen(state, seat, venture.id)
        if own:
            span = venture.lo, venture.hi
        else:
            span = cut((known.lo, known.hi), (known.list_lo, known.list_hi))
        appeal = _within(draft, "imagined_appeal", venture.id, span)
        lo, hi = span if own else look(draft, "imagined_card", venture.id, appeal, world(state).look_garage)
        state.put(changed(venture, appeal=appeal, lo=lo, hi=hi))


def _within(draft: Draft, purpose: str, entity: int | str, span: Range) -> int:
    lo, hi = span
    return lo - 1 + draft.draw(purpose, entity, hi - lo + 1)


# -- what others hold


def _cards(draft: Draft, seat: int) -> None:
    """Deal ambitions and theses to all other seats, evenly as at the start, without the seat's own."""
    state = draft.state
    makers, investors = list(state.all(Maker).values()), list(state.all(Investor).values())
    mine = state.find(Maker, seat)
    ambitions = _left(draft, "imagined_ambition", AMBITIONS, len(makers), [mine.ambition] if mine else [])
    for maker in makers:
        if maker.seat != seat:
            state.put(changed(maker, ambition=next(ambitions)))
    own = state.find(Investor, seat)
    sectors = _left(
        draft, "imagined_sectors", SECTORS, _THESIS_SECTORS * len(investors), own.thesis_sectors if own else ()
    )
    for investor in investors:
        if investor.seat != seat:
            stage = draft.draw("imagined_stage", investor.seat, _THESIS_STAGES)
            thesis = tuple(next(sectors) for _ in range(_THESIS_SECTORS))
            state.put(changed(investor, thesis_sectors=thesis, thesis_stage=stage))


def _left(draft: Draft, purpose: str, cards: Sequence[str], count: int, mine: Sequence[str]) -> Iterator[str]:
    """Yield, shuffled, what is left of so many evenly dealt cards when some are taken out."""
    dealt = [cards[number % len(cards)] for number in range(count)]
    for card in mine:
        if card in dealt:
            dealt.remove(card)
        else:
            dealt.pop()
    for place in draft.shuffle(purpose, len(dealt)):
        yield dealt[place]


def _hours(draft: Draft, seat: int) -> None:
    """Give all others the hours that they can have left."""
    state, params = draft.state, world(draft.state)
    promised: dict[int, int] = {}
    for deal in season_deals(state):
        if state.as_settled(Deal, deal.id) is not None:
            promised[deal.investor] = promised.get(deal.investor, 0) + deal.hours
    clinics = {one.investor for one in state.all(Clinic).values() if one.season == state.game.season}
    for maker in list(state.all(Maker).values()):
        if maker.seat != seat:
            state.put(changed(maker, hours=params.maker_hours))
    for investor in list(state.all(Investor).values()):
        if investor.seat != seat:
            held = investor.seat in clinics
            given = params.kind(investor.type).hours - promised.get(investor.seat, 0) - held * CLINIC_HOURS
            state.put(changed(investor, hours=max(given, 0), clinic_used=held))


def _hold(draft: Draft, seat: int, deal: Deal) -> None:
    """Carry out a deal that only its two sides see: the seat knows what the other side got and gave."""
    state = draft.state
    if deal.investor != seat:
        investor = state.one(Investor, deal.investor)
        state.put(changed(investor, hours=max(investor.hours - deal.hours, 0)))
        _move(draft, investor_account(deal.investor), -deal.credits)
        return
    venture = state.one(Venture, deal.venture)
    capital = dict(venture.capital)
    if deal.credits:
        capital[seat] = capital.get(seat, 0) + deal.credits
    born = venture.born or sum(capital.values()) >= world(state).birth_credits
    shares = issue(venture.shares, seat, deal.shares) if deal.shares else venture.shares
    state.put(changed(venture, capital=capital, born=born, shares=shares))
    _move(draft, venture_account(deal.venture), deal.credits)


def _move(draft: Draft, account: str, credits_: int) -> None:
    found = draft.state.find(Account, account) or Account(account)
    draft.state.put(changed(found, balance=max(found.balance + credits_, 0)))

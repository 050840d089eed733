"""Recorded facts on which a game may have turned, each with the change that takes it back.

Answers facts of six families, found line by line: a deal that was signed, one that was not, a roll that was won or lost
by little, a bar at a door that somebody just reached or missed, a price, and a level that an operator bought. Each has
the `seq` of the line that proves it. What a fact tells is open when a game is over: deals, dice, doors, prices,
levels. It never tells the terms of a sheet that nobody signed, what a pitch scored, or a rating.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import attrs

from makersphere_playtest.why.changes import Change, Draw
from makersphere_playtest.why.recorded import Lived, Stretch, Told
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned
from makersphere_rules.ecosystem.table.agreements import Sheet
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.verdicts import BELOW, GIVEN, Pitch
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR, PRICES
from makersphere_rules.engine import At, Order
from makersphere_rules.events import ChoiceMade
from makersphere_rules.modules.admission.events import DoorJudged
from makersphere_rules.modules.incubation.events import Rolled
from makersphere_rules.modules.negotiation.events import SheetsLapsed, TermsRefused, TermsSent
from makersphere_rules.modules.policy import LevelBought

__all__ = ["FAMILIES", "Fact", "facts"]

FAMILIES: Final = {  # of each sort of fact
    "roll_lost": "roll",
    "roll_won": "roll",
    "signed": "signed",
    "missed": "missed",
    "bar_missed": "bar",
    "bar_reached": "bar",
    "price": "price",
    "level": "level",
}
_LEAST, _MOST_PIPS, _SIDES = 2, 12, 6  # of two dice
_NARROW_ROLL: Final = 3  # pips; a roll that failed by more was no near thing
_NARROW_BAR: Final = 12  # points
_BIRTH: Final = 40  # what a birth, a roll and a door weigh beside credits
_ROLL: Final = 40
_DOOR: Final = 30
_APPEAL: Final = 10  # a credit that nobody paid is worth what people would have liked
_OTHER_PRICE: Final = dict(zip(PRICES, (PRICES[1], PRICES[2], PRICES[1]), strict=True))
_Values = Mapping[str, int | str]
_Find = Callable[[Past, Stretch], Iterator["Fact"]]


@attrs.frozen
class Fact:
    """A fact and what would take it back.

    Attributes:
        sort: a key of `FAMILIES`.
        seq: the number of the line that proves it.
        role: whose fact it is above all.
        seats: who is concerned, that role's first.
        venture: of which venture it is; 0: none.
        values: what fills its sentences.
        weight: how much it may have mattered, in credits or a credit's worth.
    """

    sort: str
    season: int
    phase: str
    seq: int
    role: str
    seats: tuple[int, ...]
    venture: int
    values: _Values
    weight: int
    change: Change = attrs.field(repr=False)


def facts(lived: Lived) -> list[Fact]:
    """Return the facts of a game in the order of its log."""
    past = Past(lived.end)
    return [fact for stretch in lived.stretches for find in _FINDERS for fact in find(past, stretch)]


def _here(stretch: Stretch, name: str, **args: int | str) -> Order:
    return Order(name, args, At(stretch.season, stretch.phase))


def _answer(stretch: Stretch, sheet: int, answer: str) -> Order:
    return _here(stretch, "answer_terms", sheet=sheet, answer=answer)


def _events(stretch: Stretch) -> Iterator[tuple[Told, object]]:
    for told in stretch.told:
        for event in told.events:
            yield told, event


# -- signatures


def _signed(past: Past, stretch: Stretch) -> Iterator[Fact]:
    """Yield each deal for capital that two sides signed, and that one of them might have declined."""
    for told, event in _events(stretch):
        if isinstance(event, DealSigned) and event.sheet and event.deal.credits:
            deal, line = event.deal, told.line
            if line.actor:
                change = Change(instead={line.seq: ((line.actor, _answer(stretch, event.sheet, "decline")),)})
            else:  # a floor has signed it
                change = Change(before_close=((deal.maker, _answer(stretch, event.sheet, "decline")),))
            yield Fact(
                "signed",
                stretch.season,
                stretch.phase,
                line.seq,
                INVESTOR,
                (deal.investor, deal.maker),
                deal.venture,
                {**_pair(deal.investor, deal.maker, deal.venture), "credits": deal.credits, "shares": deal.shares},
                deal.credits + _BIRTH * event.birth,
                change,
            )


def _pair(investor: int, maker: int, venture: int) -> dict[str, int]:
    return {"investor": investor, "maker": maker, "venture": venture}


def _missed(past: Past, stretch: Stretch) -> Iterator[Fact]:
    """Yield each sheet for capital that came to nothing over a venture without any, and might have been signed."""
    sheets: dict[int, Sheet] = {}
    funded: set[int] = set()
    gone: dict[int, tuple[Told, str]] = {}
    for told, event in _events(stretch):
        match event:
            case TermsSent(sheet):
                sheets[sheet.id] = sheet
                gone.pop(sheet.id, None)
            case TermsRefused(sheet=number, status=status):
                gone[number] = told, status
            case SheetsLapsed(sheets=numbers):
                gone |= dict.fromkeys(numbers, (told, "lapsed"))
            case DealSigned(deal):
                funded.add(deal.venture)
            case _:
                pass
    for number, (told, status) in gone.items():
        refused = sheets.get(number)
        venture = past.ventures.get(refused.venture) if refused is not None and refused.credits else None
        if refused is None or venture is None or venture.id in funded or _was_born(stretch, venture):
            continue
        yield _missed_fact(stretch, told, refused, venture, status)


def _was_born(stretch: Stretch, venture: Venture) -> bool:
    before = stretch.opened.find(Venture, venture.id)
    return before is not None and before.born


def _missed_fact(stretch: Stretch, told: Told, sheet: Sheet, venture: Venture, status: str) -> Fact:
    signer = sheet.investor if sheet.by == MAKER else sheet.maker
    said = ((signer, _answer(stretch, sheet.id, "accept")),)
    return Fact(
        "missed",
        stretch.season,
        stretch.phase,
        told.line.seq,
        MAKER,
        (sheet.maker, sheet.investor),
        venture.id,
        {**_pair(sheet.investor, sheet.maker, venture.id), "appeal": venture.appeal},
        _BIRTH + _APPEAL * venture.appeal,
        Change(before_close=said) if status == "lapsed" else Change(instead={told.line.seq: said}),
    )


# -- chance


def _rolls(past: Past, stretch: Stretch) -> Iterator[Fact]:
    """Yield each roll that was won or lost by little."""
    for told, event in _events(stretch):
        if not isinstance(event, Rolled):
            continue
        roll, won = event.roll, event.success
        beside = sum(roll.get(part, 0) for part in ("spirit", "help", "misses"))
        needed = roll["needed"] - beside
        turned = needed - won  # the pips of the least that wins, or of the most that loses
        total, off = roll["dice"] + beside, abs(roll["dice"] - needed)
        if off > _NARROW_ROLL or not _LEAST <= turned <= _MOST_PIPS:
            continue
        first = max(1, turned - _SIDES)
        draws: dict[Draw, int] = {("roll", event.venture, 0): first, ("roll", event.venture, 1): turned - first}
        values: _Values = {"maker": event.maker, "venture": event.venture, "total": total}
        values = {**values, "needed": roll["needed"], "stage": event.stage + (not won), "other": turned + beside}
        sort = "roll_won" if won else "roll_lost"
        weight = _ROLL + _BIRTH // 2 * (event.stage + (not won)) - _APPEAL * off
        seats = (event.maker, *_backers(stretch, event.venture))
        where = (stretch.season, stretch.phase, told.line.seq, MAKER, seats, event.venture)
        yield Fact(sort, *where, values, weight, Change(draws=draws))


def _backers(stretch: Stretch, venture: int) -> tuple[int, ...]:
    """Return the investor who has paid most into a venture, if there is one."""
    found = stretch.opened.find(Venture, venture)
    paid = found.capital if found is not None else {}
    return (max(paid, key=lambda seat: paid[seat]),) if paid else ()


# -- doors


def _bars(past: Past, stretch: Stretch) -> Iterator[Fact]:
    """Yield of each door the pitch that just reached its bar and the one that just missed it, where a desk was free.

    Whoever a space's wild card names comes in at a higher bar too, so of that one's bar nothing would have come.
    """
    guests: dict[int, int] = {}
    for told, event in _events(stretch):
        if isinstance(event, ChoiceMade) and event.command == "wild_card":
            guests[event.seat] = int(str(event.args.get("seat") or 0))
        if isinstance(event, DoorJudged):
            below = [pitch for pitch in event.pitches if pitch.outcome == BELOW]
            guest = guests.get(event.space, 0)
            given = [pitch for pitch in event.pitches if pitch.outcome == GIVEN and pitch.maker != guest]
            came_in = len(event.pitches) - len(event.refused)
            if below and below[0].desks > came_in:
                yield from _bar_fact(stretch, told, max(below, key=lambda pitch: pitch.score), "bar_missed")
            if given:
                yield from _bar_fact(stretch, told, min(given, key=lambda pitch: pitch.score), "bar_reached")


def _bar_fact(stretch: Stretch, told: Told, pitch: Pitch, sort: str) -> Iterator[Fact]:
    off = abs(pitch.bar - pitch.score)
    bar = pitch.score + (sort == "bar_reached")
    if off > _NARROW_BAR or bar == pitch.bar:
        return
    values = {"space": pitch.space, "maker": pitch.maker, "venture": pitch.venture}
    values |= {"bar": pitch.bar}  # the score is the maker's and that door's
    seats = (pitch.space, pitch.maker)
    where = (stretch.season, stretch.phase, told.line.seq, OPERATOR, seats, pitch.venture)
    yield Fact(sort, *where, values, _DOOR - off, Change(bar=(pitch.space, bar)))


# -- choices


def _prices(past: Past, stretch: Stretch) -> Iterator[Fact]:
    """Yield the price of each venture that sold, as it was said last."""
    said: dict[int, tuple[Told, ChoiceMade]] = {}
    for told, event in _events(stretch):
        if isinstance(event, ChoiceMade) and event.command == "set_price":
            said[int(str(event.args["venture"]))] = told, event
    for number, (told, event) in said.items():
        venture = past.all(Venture, stretch.season).get(number)
        if venture is None or not venture.sales:
            continue
        price = str(event.args["price"])
        order = _here(stretch, "set_price", venture=number, price=_OTHER_PRICE[price])
        change = Change(instead={told.line.seq: ((event.seat, order),)})
        if event.by_default:
            change = Change(before_close=((event.seat, order),))
        values: _Values = {"maker": venture.lead, "venture": number, "credits": venture.sales, "price": price}
        values = {**values, "other_price": _OTHER_PRICE[price]}
        where = (stretch.season, stretch.phase, told.line.seq, MAKER, (venture.lead,), number)
        yield Fact("price", *where, values, venture.sales // 4, change)


def _levels(past: Past, stretch: Stretch) -> Iterator[Fact]:
    """Yield each level of a path that an operator bought, of several in one season the last."""
    bought: dict[tuple[int, str], tuple[Told, LevelBought]] = {}
    for told, event in _events(stretch):
        if isinstance(event, LevelBought) and told.line.actor:
            bought[event.space, event.path] = told, event
    for told, event in bought.values():
        paid = sum(posting.amount for posting in event.postings)
        values: _Values = {"space": event.space, "path": event.path, "level": event.level, "credits": paid}
        left = past.counted[-1] - stretch.season + 1 if past.counted else 1
        where = (stretch.season, stretch.phase, told.line.seq, OPERATOR, (event.space,), 0)
        yield Fact("level", *where, values, paid * left // 3, Change(instead={told.line.seq: ()}))


_FINDERS: Final[tuple[_Find, ...]] = (
    _signed,
    _missed,
    _rolls,
    _bars,
    _prices,
    _levels,
)

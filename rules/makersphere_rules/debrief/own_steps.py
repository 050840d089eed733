"""Steps on the way that turned a seat's game besides deals, sales and ends: doors, badges, hours, answers, teams.

Answers each with its weight, as `own_turns` does, which chooses. Each is a choice of the seat's own, with what came of
it; of others it tells what both sides of an offer know and what everybody saw. Never a single rating.
Source: the rulebook's "The end" and "Who sees what".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from makersphere_rules.debrief.moments import Moment, Values
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.figures.scores import worth_of
from makersphere_rules.ecosystem.table import vocabulary
from makersphere_rules.ecosystem.table.accounts import account_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Clinic, Proposal, Sheet
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.verdicts import (
    BELOW,
    GIVEN,
    WILD_CARD,
    Application,
    BadgeAppraisal,
    Pitch,
)
from makersphere_rules.ecosystem.table.vocabulary import SKILLS

__all__ = ["Weighed", "badges_lost", "got", "joined", "steps_of_investor", "steps_of_maker", "steps_of_operator"]

Weighed = tuple[int, Moment]
_ROLL: Final = ("dice", "spirit", "help", "misses")
_OWN: Final = ("wage", "dividend")  # from a venture to one of its team
_WHOLE: Final = 10_000  # shares
_DOOR_WEIGHT: Final = 12
_ROLL_WEIGHT: Final = 20
_LOST_WEIGHT: Final = 30  # a badge
_NO_WEIGHT: Final = 5
_OFFER_DIV: Final = 4  # a credit that was offered and not taken, beside one that moved


def steps_of_maker(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the steps of a maker: doors that opened, lessons, dice, and offers on either side."""
    yield from _let_in(past, seat)
    yield from _learnt(past, seat)
    yield from _rolled(past, seat)
    yield from _left_offers(past, seat)
    yield from _asked_and_refused(past, seat)


def steps_of_investor(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the steps of an investor: badges, lessons, dice, a thesis that was kept to, and offers on either side."""
    yield from _badges(past, seat)
    yield from _taught(past, seat)
    yield from _rolled(past, seat)
    yield from _thesis(past, seat)
    yield from _passed(past, seat)
    yield from _offered_in_vain(past, seat)


def steps_of_operator(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the steps of an operator: what a bar made of those who knocked, and a space that stayed empty."""
    for season in past.counted:
        space = past.all(Space, season).get(seat)
        asked = [each for each in past.all(Pitch, season).values() if (each.space, each.season) == (seat, season)]
        if space is not None and asked:
            admitted = sum(each.outcome in (GIVEN, WILD_CARD) for each in asked)
            values: Values = {"bar": space.maker_bar, "asked": len(asked), "admitted": admitted}
            yield len(asked), Moment(season, "admission", "own_bar", values)
        if space is not None and not any(each.space == seat for each in past.all(Venture, season).values()):
            values = {"bar": space.maker_bar, "rent": space.rent}
            yield _NO_WEIGHT, Moment(season, "admission", "own_empty", values)


def got(past: Past, seat: int, venture: int, season: int, reasons: tuple[str, ...]) -> int:
    """Return the credits that came from a venture to a seat in a season, for some reasons."""
    source, target = venture_account(venture), account_of(past.state, seat)
    moved = (posting for _, posting in past.posted(season) if posting.source == source and posting.target == target)
    return sum(posting.amount for posting in moved if posting.reason in reasons)


# -- makers


def _let_in(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each door that opened, by the pitch or by the operator's wild card."""
    for season in past.counted:
        pitch = past.all(Pitch, season).get(seat)
        if pitch is not None and pitch.season == season and pitch.outcome in (GIVEN, WILD_CARD):
            values: Values = {"space": pitch.space, "venture": pitch.venture, "score": pitch.score, "bar": pitch.bar}
            text = "own_door_in" if pitch.outcome == GIVEN else "own_door_card"
            yield _DOOR_WEIGHT, Moment(season, "admission", text, values)


def _learnt(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each lesson from another maker, with the skill that it had come to when the season was over."""
    for season in past.counted:
        for found in past.all(Proposal, season).values():
            if found.what != "exchange" or found.status != "accepted" or seat not in (found.sender, found.receiver):
                continue
            asks = seat == found.sender
            skill = str(found.terms["learn" if asks else "teach"])
            if skill in SKILLS:
                values: Values = {"maker": found.receiver if asks else found.sender, "skill": skill}
                level = past.all(Maker, season)[seat].skills[SKILLS.index(skill)]
                yield _NO_WEIGHT, Moment(season, "exchange", "own_lesson", {**values, "level": level})


def joined(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each team that was joined, with what came of it."""
    for venture in past.ventures.values():
        season = next((at for at in past.seasons if seat in _team(past, venture, at)), None)
        if season is None:
            continue
        back = sum(got(past, seat, venture.id, each, _OWN) for each in past.seasons if each >= season)
        worth = 0 if venture.closed else worth_of(past.state, venture).get(seat, 0)
        values: Values = {"maker": venture.lead, "venture": venture.id, "back": back, "worth": worth}
        yield _DOOR_WEIGHT + back + worth, Moment(season, "admission", "own_joined", values)


def _team(past: Past, venture: Venture, season: int) -> tuple[int, ...]:
    """Return who has joined a venture's lead, as a season left it."""
    found = past.all(Venture, season).get(venture.id)
    return found.cofounders if found is not None else ()


def _left_offers(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each offer of money that was left in a season in which nobody else's was signed."""
    for season in past.counted:
        if any(deal.maker == seat and deal.season == season and deal.credits for deal in past.deals):
            continue
        for sheet in past.all(Sheet, season).values():
            if sheet.maker == seat and sheet.by == vocabulary.INVESTOR and _is_left(sheet):
                yield _offer_weight(sheet), Moment(season, "matching", "own_left_offer", _offer(sheet, sheet.investor))


def _asked_and_refused(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each offer of a maker that its investor left."""
    for season in past.counted:
        for sheet in past.all(Sheet, season).values():
            if sheet.maker == seat and sheet.by == vocabulary.MAKER and _is_left(sheet):
                yield _NO_WEIGHT, Moment(season, "matching", "own_ask_no", _offer(sheet, sheet.investor))


# -- makers and investors


def _rolled(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the dice of ventures into which a seat had put hours in that season."""
    for season in past.counted:
        for venture in past.all(Venture, season).values():
            hours = venture.work.get(seat, 0) - _worked(past, venture, seat, season - 1)
            if hours <= 0 or not venture.roll or venture.closed_season not in (0, season):
                continue
            total = sum(venture.roll.get(part, 0) for part in _ROLL)
            values: Values = {"venture": venture.id, "hours": hours, "total": total, "needed": venture.roll["needed"]}
            if venture.moved_up:
                yield _ROLL_WEIGHT, Moment(season, "incubation", "own_roll_won", {**values, "stage": venture.stage})
            else:
                yield _ROLL_WEIGHT, Moment(season, "incubation", "own_roll_lost", values)


def _worked(past: Past, venture: Venture, seat: int, season: int) -> int:
    before = past.all(Venture, season).get(venture.id) if season in past.counted else None
    return before.work.get(seat, 0) if before is not None else 0


# -- investors


def _badges(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what spaces made of applications."""
    for season in past.counted:
        for asked in past.all(Application, season).values():
            if asked.investor != seat or asked.season != season:
                continue
            values: Values = {"space": asked.space, "score": asked.score, "bar": asked.bar}
            if asked.outcome in (GIVEN, WILD_CARD):
                text = "own_badge" if asked.outcome == GIVEN else "own_badge_card"
                yield _DOOR_WEIGHT, Moment(season, "admission", text, values)
            if asked.outcome == BELOW:
                yield _DOOR_WEIGHT + asked.bar - asked.score, Moment(season, "admission", "own_badge_no", values)


def _taught(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each hour in which an investor has taught, with how far that venture came."""
    for season in past.counted:
        for clinic in past.all(Clinic, season).values():
            if (clinic.investor, clinic.season) != (seat, season):
                continue
            values: Values = {"maker": clinic.maker, "venture": clinic.venture}
            stage = past.ventures[clinic.venture].stage
            yield _NO_WEIGHT, Moment(season, "exchange", "own_clinic", {**values, "stage": stage})


def badges_lost(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each badge that an appraisal has ended: what it came to, and what was asked."""
    for season in past.counted:
        for found in past.all(BadgeAppraisal, season).values():
            if (found.investor, found.season) == (seat, season) and found.lost and found.bar is not None:
                values: Values = {"space": found.space, "score": found.score, "bar": found.bar, "served": found.served}
                yield _LOST_WEIGHT, Moment(season, "appraisal", "own_badge_lost", values)


def _thesis(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what an investor's thesis gave whose deals have kept to it, in the season of the first of them."""
    investor = past.state.one(Investor, seat)
    kept = [
        deal.season
        for deal in past.deals
        if deal.investor == seat and past.ventures[deal.venture].sector in investor.thesis_sectors
    ]
    if kept and investor.thesis_points:
        values: Values = {"count": len(kept), "points": investor.thesis_points}
        yield investor.thesis_points, Moment(min(kept), "matching", "own_thesis", values)


def _passed(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each venture whose offer an investor left: what that part counts in the end, or why it closed."""
    for season in past.counted:
        for sheet in past.all(Sheet, season).values():
            if sheet.investor != seat or sheet.by != vocabulary.MAKER or not _is_left(sheet):
                continue
            venture = past.ventures[sheet.venture]
            values = _offer(sheet, sheet.maker)
            if venture.closed:
                moment = Moment(season, "matching", "own_passed_well", {**values, "reason": venture.closed})
                yield _offer_weight(sheet), moment
            elif venture.born:
                worth = sum(worth_of(past.state, venture).values()) * sheet.shares // _WHOLE
                moment = Moment(season, "matching", "own_passed", {**values, "worth": worth})
                yield max(_offer_weight(sheet), worth - sheet.credits), moment


def _offered_in_vain(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each offer of an investor that its maker left."""
    for season in past.counted:
        for sheet in past.all(Sheet, season).values():
            if sheet.investor == seat and sheet.by == vocabulary.INVESTOR and _is_left(sheet):
                yield _offer_weight(sheet), Moment(season, "matching", "own_offer_no", _offer(sheet, sheet.maker))


# -- offers


def _is_left(sheet: Sheet) -> bool:
    """Return whether an offer of money was not taken by the side that was asked last."""
    return sheet.credits > 0 and sheet.status in ("declined", "lapsed")


def _offer(sheet: Sheet, other: int) -> Values:
    side = "investor" if other == sheet.investor else "maker"
    return {side: other, "venture": sheet.venture, "credits": sheet.credits, "shares": sheet.shares}


def _offer_weight(sheet: Sheet) -> int:
    return sheet.credits // _OFFER_DIV

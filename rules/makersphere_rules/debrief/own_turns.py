"""What turned one seat's game: its own choices with what came of them, the weightiest three in order of time.

Answers for a maker, an investor and an operator alike; each names the choice, what it caused, and the number. Tells of
others only what everybody saw: deals, dice, sales, ends. Never a single rating. Weights are credits, or what a
credit's worth of standing is. Source: the rulebook's "The end" and "Who sees what".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from makersphere_rules.debrief.moments import Moment, Values, place_of_phase
from makersphere_rules.debrief.own_steps import (
    Weighed,
    badges_lost,
    got,
    joined,
    steps_of_investor,
    steps_of_maker,
    steps_of_operator,
)
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.figures.scores import worth_of
from makersphere_rules.ecosystem.table import vocabulary
from makersphere_rules.ecosystem.table.accounts import account_of, treasury_of
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.verdicts import Pitch

__all__ = ["MOST", "own_turns"]

MOST: Final = 3
_BACK: Final = ("dividend", "fee", "preference", "liquidation")  # from a venture to whoever paid in
_OWN: Final = ("wage", "dividend")  # of a sale, to one of the team
_BIRTHS: Final = ("birth_grant", "product_grant", "grant_back")  # from the government to a space
_ROLL: Final = ("dice", "spirit", "help", "misses")
_BIRTH_WEIGHT: Final = 40  # a birth, an end and a roll have no credits of their own
_END_WEIGHT: Final = 50
_ROLL_WEIGHT: Final = 25
_DOOR_WEIGHT: Final = 15
_TREASURY_DIV: Final = 3  # a credit of a treasury counts a third in the score


def own_turns(past: Past, seat: int) -> list[Moment]:
    """Return what turned a seat's game: at most three moments, of different sorts where there are as many."""
    steps: list[Weighed] = []
    match past.state.role(seat):
        case vocabulary.MAKER:
            found = [*_signed(past, seat), *_sold(past, seat), *_ended(past, seat), *_helped(past, seat)]
            found += [*_turned_away(past, seat), *_asked_in_vain(past, seat), *joined(past, seat)]
            steps += steps_of_maker(past, seat)
        case vocabulary.INVESTOR:
            found = [*_stakes(past, seat), *_helped(past, seat), *badges_lost(past, seat)]
            steps += steps_of_investor(past, seat)
        case _:
            found = [*_levels(past, seat), *_backed(past, seat), *_cleared(past, seat), *_rented(past, seat)]
            steps += steps_of_operator(past, seat)
    return sorted(_weightiest(found, steps), key=lambda each: (each.season, place_of_phase(each.phase)))


def _weightiest(found: list[Weighed], steps: list[Weighed]) -> list[Moment]:
    """Return the weightiest, then steps on the way: one of each sort before a second of any, each thing once."""
    in_order = [
        moment for each in (found, steps) for weight, moment in sorted(each, key=lambda one: -one[0]) if weight > 0
    ]
    taken: list[Moment] = []
    for only_new_sorts in (True, False):
        for moment in in_order:
            is_new = all(_differ(moment, other) for other in taken)
            if len(taken) < MOST and is_new and not (only_new_sorts and moment.text in {each.text for each in taken}):
                taken.append(moment)
    return taken


def _differ(one: Moment, other: Moment) -> bool:
    """Return whether two moments tell two things: of one sort, not of one venture; of one venture, not of one close."""
    if _about(one) != _about(other):
        return True
    return one.text != other.text and (one.season, one.phase) != (other.season, other.phase)


def _about(moment: Moment) -> int | str | None:
    """Return the venture or space that a moment is about, if any."""
    return moment.values.get("venture", moment.values.get("space"))


# -- makers


def _led(past: Past, seat: int) -> list[Venture]:
    return [venture for venture in past.ventures.values() if venture.lead == seat]


def _signed(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the deal by which an own venture was born."""
    for venture in _led(past, seat):
        deals = [deal for deal in past.deals if deal.venture == venture.id and deal.credits]
        if not venture.born or not deals:
            continue
        season = next((at for at in past.seasons if _born(past, venture, at)), past.seasons[-1])
        deal = max((each for each in deals if each.season <= season), key=lambda each: each.credits, default=None)
        if deal is not None:
            values: Values = {"investor": deal.investor, "venture": venture.id, "credits": deal.credits}
            moment = Moment(deal.season, "matching", "own_birth", {**values, "shares": deal.shares})
            yield _BIRTH_WEIGHT + deal.credits, moment


def _born(past: Past, venture: Venture, season: int) -> bool:
    found = past.all(Venture, season).get(venture.id)
    return found is not None and found.born


def _sold(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what an own venture sold at the price that its lead asked, and what of it was the lead's."""
    for season in past.seasons:
        for venture in past.all(Venture, season).values():
            if venture.lead == seat and venture.sales and venture.closed_season in (0, season):
                own = got(past, seat, venture.id, season, _OWN)
                values: Values = {"venture": venture.id, "price": venture.price, "credits": venture.sales, "got": own}
                yield venture.sales + own, Moment(season, "market", "own_sale", values)


def _ended(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the end of an own venture."""
    for venture in _led(past, seat):
        if venture.closed:
            phase = "admission" if venture.closed == "closed" else "appraisal"
            values: Values = {"venture": venture.id, "stage": venture.stage, "reason": venture.closed}
            yield _END_WEIGHT, Moment(venture.closed_season, phase, "own_end", values)


def _turned_away(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield each door that said no: by how much the pitch fell short, or that the desks had gone."""
    for season in past.counted:
        pitch = past.all(Pitch, season).get(seat)
        if pitch is None or pitch.season != season or pitch.outcome not in ("below", "full"):
            continue
        values: Values = {"space": pitch.space, "score": pitch.score, "bar": pitch.bar}
        text = "own_door" if pitch.outcome == "below" else "own_door_full"
        yield _DOOR_WEIGHT + max(pitch.bar - pitch.score, 0), Moment(season, "admission", text, values)


def _asked_in_vain(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what was paid for asking in a season in which nobody signed."""
    account = account_of(past.state, seat)
    for season in past.counted:
        spent = sum(_moved(past, season, ("search",), source=account))
        if spent and not any(deal.maker == seat and deal.season == season for deal in past.deals):
            yield spent, Moment(season, "matching", "own_search", {"credits": spent})


# -- makers and investors: hours and dice


def _helped(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield the dice that help made, or that hours which never came might have made."""
    for deal in past.deals:
        if seat not in (deal.maker, deal.investor) or not deal.hours or deal.season not in past.counted:
            continue
        venture = past.all(Venture, deal.season).get(deal.venture)
        if venture is None or not venture.roll or venture.closed_season not in (0, deal.season):
            continue
        total = sum(venture.roll.get(part, 0) for part in _ROLL)
        needed, help_ = venture.roll["needed"], venture.roll.get("help", 0)
        side = "lead" if seat == deal.maker else "investor"
        values: Values = {"investor": deal.investor, "venture": venture.id, "hours": deal.delivered}
        values |= {"total": total, "needed": needed, "promised": deal.hours}
        if venture.moved_up and deal.delivered and total - help_ < needed:
            yield _ROLL_WEIGHT + deal.delivered, Moment(deal.season, "incubation", f"own_help_{side}", values)
        if not venture.moved_up and deal.delivered < deal.hours:
            kept = deal.hours - deal.delivered
            yield _ROLL_WEIGHT + kept, Moment(deal.season, "incubation", f"own_kept_{side}", values)


# -- investors


def _stakes(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield for each venture that a seat has paid into what it put in, what came back, and what its part counts."""
    in_order = sorted(past.deals, key=lambda deal: (deal.season, deal.id))
    for venture in past.ventures.values():
        deals = [deal for deal in in_order if deal.venture == venture.id and deal.investor == seat]
        paid = sum(deal.credits for deal in deals)
        if not paid:
            continue
        back = sum(got(past, seat, venture.id, season, _BACK) for season in past.seasons)
        worth = 0 if venture.closed else worth_of(past.state, venture).get(seat, 0)
        values: Values = {"venture": venture.id, "credits": paid, "back": back, "worth": worth}
        gain = back + worth - paid
        season = next(deal.season for deal in deals if deal.credits)
        if venture.closed:
            text = "own_stake_ended" if gain < 0 else "own_stake_back"
            yield abs(gain) + 1, Moment(season, "matching", text, {**values, "reason": venture.closed})
        else:
            yield abs(gain) + 1, Moment(season, "matching", "own_stake_up" if gain > 0 else "own_stake_down", values)


# -- operators


def _moved(past: Past, season: int, reasons: tuple[str, ...], *, source: str = "", target: str = "") -> list[int]:
    """Return the amounts that moved in a season for some reasons, out of one account or into one."""
    postings = (posting for _, posting in past.posted(season) if posting.reason in reasons)
    return [each.amount for each in postings if (each.source == source if source else each.target == target)]


def _levels(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what was put into the space in a season, and how alive it was afterwards."""
    for season in past.counted:
        spent = sum(_moved(past, season, ("platform",), source=treasury_of(seat)))
        space = past.all(Space, season).get(seat)
        if spent and space is not None:
            values: Values = {"credits": spent, "vitality": space.vitality}
            yield spent // _TREASURY_DIV, Moment(season, "policy", "own_levels", values)


def _backed(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what the government paid a space for what was born and grew there."""
    for season in past.seasons:
        paid = _moved(past, season, _BIRTHS, target=treasury_of(seat))
        if paid:
            values: Values = {"count": len(paid), "credits": sum(paid)}
            yield sum(paid) // _TREASURY_DIV + 1, Moment(season, "incubation", "own_backed", values)


def _cleared(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what ends of tenants have cost."""
    for season in past.seasons:
        paid = _moved(past, season, ("clearing",), source=treasury_of(seat))
        if paid:
            values: Values = {"count": len(paid), "credits": sum(paid)}
            yield sum(paid) // _TREASURY_DIV + _ROLL_WEIGHT, Moment(season, "appraisal", "own_cleared", values)


def _rented(past: Past, seat: int) -> Iterator[Weighed]:
    """Yield what the rent of a season brought."""
    for season in past.seasons:
        paid = _moved(past, season, ("rent",), target=treasury_of(seat))
        space = past.all(Space, season).get(seat)
        if paid and space is not None:
            values: Values = {"rent": space.rent, "count": len(paid), "credits": sum(paid)}
            yield sum(paid) // _TREASURY_DIV, Moment(season, "market", "own_rent", values)

"""A seat's own story: its seasons, its money, its turning points, its aim, and what others gave it.

Answers what one seat may read of itself when the run is over. Never tells a single rating, and of others only what
came from them to this seat. In each season's money, what came in = what went out + what was kept, and one season's
end is the next one's start; what an investor sets aside stays its own.
Source: the rulebook's "Where the rules come from", "Private cards" and "The end".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import attrs

from makersphere_rules.debrief.moments import Moment, Values
from makersphere_rules.debrief.own_turns import own_turns
from makersphere_rules.debrief.past import Past, Plain, number_of
from makersphere_rules.ecosystem.formulas.progress import quality
from makersphere_rules.ecosystem.table import vocabulary
from makersphere_rules.ecosystem.table.accounts import account_of, escrow_of
from makersphere_rules.ecosystem.table.agreements import Clinic, Deal, Pair, Proposal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.ecosystem.table.tenancy import led_venture, venture_of
from makersphere_rules.ecosystem.table.verdicts import StandingParts
from makersphere_rules.ecosystem.table.vocabulary import PILOT
from makersphere_rules.ledger import PURSES, account_sort

__all__ = ["Story", "tell"]

_OWN_MOVES: Final = ("escrow", "release")  # from one's purse to what one sets aside, and back
_NO_LESSON: Final = "none"
_SEATS: Final = ("seat", "maker", "investor", "space")
Gifts = dict[int, dict[str, int]]
Counts = dict[int, dict[int, int]]  # by season and seat


@attrs.frozen
class Story:
    """What the debrief tells one seat."""

    seasons: dict[int, dict[str, int]]
    money: dict[int, dict[str, Plain]]
    turning: dict[int, dict[str, Plain]]
    aim: dict[str, Plain]
    given: Gifts


def tell(past: Past, public: list[Moment]) -> dict[int, Story]:
    """Return the stories of all seats that played; each holds the table's moments that are about the seat."""
    seats = [seat for seat in past.state.seats() if past.state.role(seat) in PURSES]
    gifts, own = _gifts(past), _own_ventures(past)
    worked = {season: _worked(past, season) for season in past.seasons}
    trusted = {season: _trusted(past, season) for season in past.counted}
    return {
        seat: Story(
            dict(_seasons(past, seat, worked, trusted)),
            _money(past, seat),
            dict(enumerate((moment.tree() for moment in _turning(past, seat, public, own.get(seat, set()))), 1)),
            _aim(past, seat),
            gifts.get(seat, {}),
        )
        for seat in seats
    }


# -- seasons


def _seasons(past: Past, seat: int, worked: Counts, trusted: Counts) -> Iterator[tuple[int, dict[str, int]]]:
    """Yield, for each counted season from a seat's first on, what the seat had, was worth and did."""
    role = past.state.role(seat)
    for season in past.counted:
        score = past.all(Score, season).get(seat)
        if score is None or not score.standings:
            continue  # it came later
        found = {"credits": _credits(past, seat, season), "standing": score.standings[-1]}
        match role:
            case vocabulary.MAKER:
                maker = past.all(Maker, season)[seat]
                found |= {"spirit": maker.spirit, "ties": len(maker.ties)}
            case vocabulary.INVESTOR:
                found["ties"] = trusted[season].get(seat, 0)
            case _:
                found["vitality"] = past.all(Space, season)[seat].vitality
        found["hours"] = worked[season].get(seat, 0) - worked.get(season - 1, {}).get(seat, 0)
        yield season, found


def _credits(past: Past, seat: int, season: int) -> int:
    return past.balance(account_of(past.state, seat), season) + past.balance(escrow_of(seat), season)


def _worked(past: Past, season: int) -> dict[int, int]:
    """Return the hours that each seat had put into ventures, its own and others', when a season was over."""
    found: dict[int, int] = {}
    for venture in past.all(Venture, season).values():
        for seat, hours in venture.work.items():
            found[seat] = found.get(seat, 0) + hours
    return found


def _trusted(past: Past, season: int) -> dict[int, int]:
    """Return how many makers each investor was in trust with when a season was over."""
    return Counter(pair.investor for pair in past.all(Pair, season).values() if pair.trust)


# -- money


def _money(past: Past, seat: int) -> dict[int, dict[str, Plain]]:
    """Return by season what a seat had at its start, what came in and went out by reason, and what it kept."""
    came: dict[int, dict[str, int]] = {season: {} for season in past.seasons}
    went: dict[int, dict[str, int]] = {season: {} for season in past.seasons}
    start = 0
    for (season, reason, _), amount in past.state.entries.get(seat, {}).items():
        if season < past.first:
            start += amount  # what was dealt
        elif reason not in _OWN_MOVES and amount:
            side = (came if amount > 0 else went)[season]
            side[reason] = side.get(reason, 0) + abs(amount)
    found: dict[int, dict[str, Plain]] = {}
    for season in past.seasons:
        kept = sum(came[season].values()) - sum(went[season].values())
        found[season] = {"start": start, "in": came[season], "out": went[season], "kept": kept}
        start += kept
    return found


# -- turning points


def _own_ventures(past: Past) -> dict[int, set[int | str | None]]:
    """Return the ventures of which each seat was in the team."""
    found: dict[int, set[int | str | None]] = {}
    for venture in past.ventures.values():
        for seat in venture.team:
            found.setdefault(seat, set()).add(venture.id)
    return found


def _turning(past: Past, seat: int, public: list[Moment], own: set[int | str | None]) -> Iterator[Moment]:
    """Yield what a seat's own choices came to, the table's moments that name it, then its best and worst season."""
    turns = own_turns(past, seat)
    yield from turns
    thrown = {_throw(moment) for moment in turns} - {None}
    for moment in public:
        seats = {moment.values.get(name) for name in _SEATS}
        if (seat in seats or moment.values.get("venture") in own) and _throw(moment) not in thrown:
            yield moment
    score = past.state.find(Score, seat)
    standings = score.standings if score else ()
    steps = {
        season: after - before
        for season, before, after in zip(past.counted[-len(standings) :][1:], standings, standings[1:], strict=False)
    }
    if steps:
        best, worst = max(steps, key=lambda season: steps[season]), min(steps, key=lambda season: steps[season])
        if steps[best] > 0:
            yield _step(past, seat, best, "own_rise", steps[best])
        if steps[worst] < 0:
            yield _step(past, seat, worst, "own_fall", -steps[worst])


def _throw(moment: Moment) -> tuple[int, int | str] | None:
    """Return the season and the venture of the throw of dice that a moment tells of, if it tells of one."""
    return (moment.season, moment.values["venture"]) if "needed" in moment.values else None


def _step(past: Past, seat: int, season: int, text: str, points: int) -> Moment:
    """Return a season's step of a standing, with the part that did most of it where the log knows the parts."""
    values: Values = {"season": season, "points": points}
    now, before = (past.all(StandingParts, each).get(seat) for each in (season, season - 1))
    if now is None or before is None:
        return Moment(season, "recap", text, values)
    moved = {part: points - before.parts.get(part, 0) for part, points in now.parts.items()}
    part = (max if text == "own_rise" else min)(moved, key=lambda each: moved[each])
    by = f"{moved[part]:+d}".replace("-", "\u2212")
    return Moment(season, "recap", f"{text}_by", {**values, "part": part, "by": by})


# -- aims


def _aim(past: Past, seat: int) -> dict[str, Plain]:
    """Return a seat's own aim, what it was measured by, and the points that it gave; operators have none."""
    score = past.state.find(Score, seat)
    parts = score.parts if score else {}
    match past.state.role(seat):
        case vocabulary.MAKER:
            ambition = past.state.one(Maker, seat).ambition
            return {"name": ambition, "points": parts.get("ambition", 0), **_reached(past, seat, ambition)}
        case vocabulary.INVESTOR:
            investor = past.state.one(Investor, seat)
            sectors = dict.fromkeys(investor.thesis_sectors, 1)
            deals = sum(past.ventures[deal.venture].sector in sectors for deal in in_hand(past.state, seat, Deal))
            found: dict[str, Plain] = {"name": "thesis", "points": investor.thesis_points, "sectors": sectors}
            return {**found, "stage": investor.thesis_stage, "deals": deals}
        case _:
            return {}


def _reached(past: Past, seat: int, ambition: str) -> dict[str, int]:
    """Return what an ambition is measured by, as it stands in the end."""
    state = past.state
    own, led = venture_of(state, seat), led_venture(state, seat)
    match ambition:
        case "control":
            return {"shares": led.shares.get(seat, 0) if led is not None and led.born else 0}
        case "wealth":
            score = state.find(Score, seat)
            parts = score.parts if score else {}
            return {"wealth": parts.get("credits", 0) + parts.get("shares", 0)}
        case "craft":
            reached = own is not None and own.stage >= PILOT
            return {"stage": own.stage if own else 0, "quality": quality(own) if own is not None and reached else 0}
        case _:
            return {}


# -- what others gave


def _gifts(past: Past) -> dict[int, Gifts]:
    """Return by receiver and giver: credits, hours and lessons. A venture's are its lead's."""
    found: dict[int, Gifts] = {}

    def give(receiver: int, giver: int, what: str, count: int) -> None:
        if count > 0 and receiver and giver and receiver != giver:
            gifts = found.setdefault(receiver, {}).setdefault(giver, {})
            gifts[what] = gifts.get(what, 0) + count

    for _, _, posting in past.postings:
        give(_whose(past, posting.target), _whose(past, posting.source), "credits", posting.amount)
    for venture in past.ventures.values():
        for seat, hours in venture.work.items():
            give(venture.lead, seat, "hours", hours)
    for clinic in past.state.all(Clinic).values():
        give(clinic.maker, clinic.investor, "lessons", 1)
    for season in past.seasons:
        for proposal in past.all(Proposal, season).values():
            if proposal.status == "accepted" and proposal.what == "exchange":
                give(proposal.receiver, proposal.sender, "lessons", int(proposal.terms["teach"] != _NO_LESSON))
                give(proposal.sender, proposal.receiver, "lessons", int(proposal.terms["learn"] != _NO_LESSON))
    return found


def _whose(past: Past, account: str) -> int:
    """Return the seat to which an account belongs, itself or through its venture; 0 for the world's and for others."""
    sort = account_sort(account)
    if sort in past.state.scenario.accounts:
        return 0
    if sort == "venture":
        return past.ventures[number_of(account)].lead
    return number_of(account)

"""How hours become progress: investors', makers' and lent hours, and the workshop's.

Source: the rulebook's "5. Incubation", steps 2 to 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from makersphere_rules.ecosystem.formulas.costs import trusts
from makersphere_rules.ecosystem.formulas.progress import add, greatest_need, needs
from makersphere_rules.ecosystem.shared_steps.winding_up import raised
from makersphere_rules.ecosystem.table.accounts import account_of
from makersphere_rules.ecosystem.table.agreements import Deal, Lending
from makersphere_rules.ecosystem.table.cap_table import give_back
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Triple, Venture
from makersphere_rules.ecosystem.table.season_agreements import lendings_by_venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.tenancy import living
from makersphere_rules.ecosystem.table.vocabulary import ANY, GARAGE, OPERATOR, SKILLS, TRACKS
from makersphere_rules.forms import whole
from makersphere_rules.ledger import CONSUMERS, Posting
from makersphere_rules.module import Draft
from makersphere_rules.modules.incubation.commands import IncubationParams
from makersphere_rules.modules.incubation.events import (
    Delivery,
    HoursDelivered,
    MakersWorked,
    WorkshopGiven,
)
from makersphere_rules.modules.incubation.plans import effect, lay_out
from makersphere_rules.state import State

__all__ = ["deliver", "give_workshop", "work"]


# -- investors


def deliver(draft: Draft, venture: int, deals: Sequence[Deal]) -> None:
    """Let each investor who promised this venture hours deliver what it chose, investors in table order."""
    by_investor: dict[int, list[Deal]] = {}
    for deal in deals:
        if deal.hours:
            by_investor.setdefault(deal.investor, []).append(deal)
    for investor, promises in by_investor.items():
        draft.emit(_delivered(draft.state, investor, venture, promises))


def _delivered(state: State, seat: int, venture: int, promises: Sequence[Deal]) -> HoursDelivered:
    found, investor = state.one(Venture, venture), state.one(Investor, seat)
    params = state.scenario.params(IncubationParams)
    promised = sum(deal.hours for deal in promises)
    choice = state.choice(seat, "deliver", str(venture))
    hours = promised if choice is None else min(whole(choice, "hours"), promised)
    counted = hours
    if hours and trusts(state, found.lead, seat):
        counted += params.trust_hours
    track = _track(state, found, investor)
    skills, taught = state.one(Maker, found.lead).skills, ""
    if investor.speciality == ANY and hours >= params.mentor_hours:
        place = _skill_to_teach(state, found, skills)
        taught, skills = SKILLS[place], raised(skills, place)
    resold = params.resale * (promised - hours)
    left = give_back(found.shares, seat, _unearned(promises, hours)) if hours < promised else found.shares
    return HoursDelivered(
        investor=seat,
        venture=venture,
        hours=hours,
        promised=promised,
        track=TRACKS[track] if hours else "",
        tracks=add(found.tracks, track, params.hour_points * counted),
        work={**found.work, seat: found.work.get(seat, 0) + hours},
        deals=tuple(_parts(promises, hours)),
        maker=found.lead,
        taught=taught,
        skills=skills,
        postings=(Posting(CONSUMERS, account_of(state, seat), resold, "resale"),) if resold else (),
        given_back=found.shares.get(seat, 0) - left.get(seat, 0),
        shares=left if hours < promised else {},
    )


def _unearned(promises: Sequence[Deal], hours: int) -> int:
    """Return the shares that were agreed for hours alone and not earned: of each deal by the part not delivered."""
    found = 0
    for deal, part in zip(promises, _parts(promises, hours), strict=True):
        if not deal.credits:
            found += deal.shares * (deal.hours - part.delivered) // deal.hours
    return found


def _track(state: State, venture: Venture, investor: Investor) -> int:
    """Return the track of an investor's speciality; a mentor's is the one the lead names, or the greatest need."""
    if investor.speciality != ANY:
        return TRACKS.index(investor.speciality)
    named = state.choice(venture.lead, "mentor_track")
    return TRACKS.index(str(named["track"])) if named else greatest_need(state, venture)


def _skill_to_teach(state: State, venture: Venture, skills: Triple) -> int:
    """Return the skill whose track lacks most; equal: the lower skill, then the first."""
    lacking = needs(state, venture)
    return min(range(len(SKILLS)), key=lambda place: (-lacking[place], skills[place]))


def _parts(promises: Sequence[Deal], hours: int) -> list[Delivery]:
    """Spread delivered hours over the deals of one pair, the earliest first; fee due = fee x delivered div promised."""
    parts = []
    for deal in promises:
        part = min(hours, deal.hours)
        hours -= part
        parts.append(Delivery(deal.id, part, deal.fee * part // deal.hours))
    return parts


# -- makers


def work(draft: Draft, working: Sequence[int]) -> None:
    """Let teams work as planned, then those who lent hours."""
    lent = lendings_by_venture(draft.state)
    for venture in working:
        event = _worked(draft.state, draft.state.one(Venture, venture), lent.get(venture, ()))
        if event.hours or event.idle:
            draft.emit(event)


def _worked(state: State, venture: Venture, lent: Sequence[Lending]) -> MakersWorked:
    tracks = list(venture.tracks)
    hours: dict[int, int] = {}
    counted = state.scenario.params(IncubationParams).garage_work if venture.space == GARAGE else 100
    for seat in venture.team:
        plan = state.choice(seat, "plan")
        planned = (whole(plan, TRACKS[0]), whole(plan, TRACKS[1]), whole(plan, TRACKS[2]))
        _add_work(state, seat, planned, tracks, hours, counted)
    own = sum(tracks)
    if lent:
        wanted = world(state).requirement(venture.stage)
        for lending in lent:
            skills = state.one(Maker, lending.lender).skills
            spread = lay_out(lending.hours, skills, wanted, tracks)
            _add_work(state, lending.lender, spread, tracks, hours)
    done = dict(venture.work)
    for seat, worked in hours.items():
        done[seat] = done.get(seat, 0) + worked
    tech, customers, business = (have - before for have, before in zip(tracks, venture.tracks, strict=True))
    after = (tracks[0], tracks[1], tracks[2])
    idle, season = _idle(state, venture, hours), state.game.season
    return MakersWorked(
        venture=venture.id,
        hours=hours,
        points=(tech, customers, business),
        tracks=after,
        work=done,
        lent_points=sum(tracks) - own,
        idle=idle,
        season=season if idle else 0,
    )


def _idle(state: State, venture: Venture, hours: Mapping[int, int]) -> tuple[int, ...]:
    """Return the co-founders who have worked too few hours."""
    least = state.scenario.params(IncubationParams).team_hours
    return tuple(seat for seat in venture.cofounders if hours.get(seat, 0) < least)


def _add_work(
    state: State, seat: int, spread: Triple, tracks: list[int], hours: dict[int, int], counted: int = 100
) -> None:
    """Add a person's hours by track to the tracks, as many per cent of them as count, and to the hours worked."""
    total = sum(spread)
    if not total:
        return
    skills = state.one(Maker, seat).skills
    for track, worked in enumerate(spread):
        tracks[track] += effect(worked, skills[track]) * counted // 100
    hours[seat] = hours.get(seat, 0) + total


# -- the workshop


def give_workshop(draft: Draft, working: Sequence[int]) -> None:
    """Let each space's workshop work for its tenants as its operator chose."""
    state = draft.state
    active = set(working)
    tenants: dict[int, list[int]] = {}
    for venture in living(state):
        if venture.space != GARAGE and venture.id in active:
            tenants.setdefault(venture.space, []).append(venture.id)
    points = state.scenario.params(IncubationParams).hour_points
    for space in state.seats(OPERATOR):
        for number_ in tenants.get(space, ()):
            hours = _chosen(state, space, number_)
            if any(hours):
                draft.emit(_given(state, space, state.one(Venture, number_), hours, points))


def _chosen(state: State, space: int, venture: int) -> Triple:
    tech, customers, business = (
        whole(state.choice(space, "workshop", f"{venture}:{track}"), "hours") for track in TRACKS
    )
    return tech, customers, business


def _given(state: State, space: int, venture: Venture, hours: Triple, points: int) -> WorkshopGiven:
    tech, customers, business = (have + points * more for have, more in zip(venture.tracks, hours, strict=True))
    total = sum(hours)
    return WorkshopGiven(
        space,
        venture.id,
        hours,
        (tech, customers, business),
        {**venture.work, space: venture.work.get(space, 0) + total},
        state.one(Space, space).workshop_used + total,
    )

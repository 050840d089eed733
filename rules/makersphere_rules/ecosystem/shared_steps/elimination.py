"""The close of an appraisal, which every module of elimination goes through; who goes is the module's own.

The steps: find the ventures that go, wind them up, appraise investors badge by badge, charge operators their upkeep,
count the indices. The facts of a step are applied as they are emitted, so each step sees what the one before has done.
What counts as it stood before the close is read first.
Source: the rulebook's "7. Appraisal", steps 1 to 5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from makersphere_rules.ecosystem.figures.service import Service
from makersphere_rules.ecosystem.formulas import indices, investor_appraisal
from makersphere_rules.ecosystem.formulas.costs import trusts
from makersphere_rules.ecosystem.formulas.investor_appraisal import Judged
from makersphere_rules.ecosystem.shared_steps.elimination_events import (
    Appraised,
    DangerTold,
    IndicesCounted,
    UpkeepPaid,
    WildCardSpared,
)
from makersphere_rules.ecosystem.shared_steps.standards import name, standards
from makersphere_rules.ecosystem.shared_steps.winding_up import wind_up
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import treasury_of
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Rating
from makersphere_rules.ecosystem.table.season_agreements import season_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.verdicts import Danger
from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, GARAGE, KINDS, OPERATOR
from makersphere_rules.entity import changed
from makersphere_rules.forms import whole
from makersphere_rules.ledger import GOVERNMENT, SUPPLIERS, Posting
from makersphere_rules.module import Draft
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = [
    "INSOLVENT",
    "STEPS",
    "UNSOLD",
    "AppraisalParams",
    "Badge",
    "Bars",
    "Going",
    "appraise",
    "carry_out",
    "insolvent",
    "tell_dangers",
]

STEPS: Final = ("ventures", "winding_up", "investors", "operators", "indices")
INSOLVENT = "insolvent"
UNSOLD = "unsold"
Going = Sequence[tuple[Venture, str]]  # ventures that are to go, and why
Badge = tuple[int, int]  # investor and space


@attrs.frozen
class AppraisalParams:
    """The parameters of the steps that all modules of elimination share."""

    served: int = param(30, 1, 100, "What a point served counts in an investor's appraisal.")
    growth: int = param(50, 1, 100, "What a served venture that moved up counts in it.")
    upkeep: int = param(20, 0, 500, "Upkeep of a space in credits.")
    upkeep_station: int = param(5, 0, 100, "Upkeep of each desk still in use, in credits.")
    name_points: int = param(
        10,
        1,
        1000,
        "Points that cost a space 1 vitality: its lowest bars under the printed ones, a bar of entry above.",
    )
    fair_rent: int = param(20, 0, 200, "Rent in credits above which it weighs on the name of a space.")
    dear_rent: int = param(6, 0, 100, "How many such points each credit above it weighs.")


def _no_bar(_: Venture) -> int | None:
    return None


@attrs.frozen
class Bars:
    """The bars of a module of elimination, as far as it has any.

    Attributes:
        sales: what a venture has to sell in a season, in credits; None: nothing.
        badges: whether a badge is lost under the appraisal bar of its space.
        upkeep_badge: what each badge that is so lost adds to the upkeep of the space, in credits.
        seasons_left: how many appraisals after this one an unborn venture has; None: being unborn closes none.
    """

    sales: Callable[[Venture], int | None] = _no_bar
    badges: bool = False
    upkeep_badge: int = 0
    seasons_left: Callable[[Venture], int | None] = _no_bar


NO_BARS: Final = Bars()


def tell_dangers(draft: Draft, going: Going, bars: Bars = NO_BARS) -> None:
    """Tell those whom a venture concerns how it stands as appraisal opens.

    Args:
        draft: the opening.
        going: the ventures that would go as things stand.
        bars: of the module that eliminates.
    """
    state = draft.state
    reasons = {venture.id: reason for venture, reason in going}
    dangers = [
        Danger(
            venture=venture.id,
            seats=_concerned(venture),
            space=venture.space,
            season=state.game.season,
            sold=venture.sales,
            bar=bars.sales(venture),
            seasons_left=bars.seasons_left(venture),
            reason=reasons.get(venture.id, ""),
        )
        for venture in tenancy.living(state)
    ]
    if dangers:
        draft.emit(DangerTold(tuple(dangers)))


def _concerned(venture: Venture) -> tuple[int, ...]:
    """Return the team, the shareholders and the operator of the space."""
    holders = (seat for seat, shares in venture.shares.items() if shares)
    operators = (venture.space,) if venture.space != GARAGE else ()
    return tuple(sorted({*venture.team, *holders, *operators}))


def carry_out(
    draft: Draft,
    params: AppraisalParams,
    going: Going,
    losing: Callable[[State, Sequence[Judged]], Collection[Badge]],
    bars: Bars = NO_BARS,
) -> None:
    """Go through the five steps of the close.

    Args:
        draft: the close.
        params: of the module that eliminates.
        going: the ventures that are to go; a wild card may spare one that is not insolvent.
        losing: given this season's appraisals, which badges are to be lost; a wild card may spare one.
        bars: by which ventures and badges go, to be told to those who fall short.
    """
    state = draft.state
    marked = investor_appraisal.read(state)
    ratings = ratings_of_spaces(state)
    for venture, reason in list(_unspared(draft, going)):
        draft.emit(wind_up(state, venture, reason, bar=bars.sales(venture) if reason == UNSOLD else None))
    judged = list(investor_appraisal.judged(state, marked, params.served, params.growth))
    lost = losing(state, judged)
    for appraisal in judged:
        in_danger = (appraisal.investor, appraisal.space) in lost
        bar = state.one(Space, appraisal.space).appraisal_bar if bars.badges else None
        appraise(draft, appraisal, lost=in_danger and not _badge_is_spared(draft, appraisal, bar), bar=bar)
    charge_upkeep(draft, params, bars.upkeep_badge)
    count(draft, params, judged, ratings)


def insolvent(state: State) -> list[tuple[Venture, str]]:
    """Return the living ventures of which a fee stayed unpaid, with that reason."""
    return [(venture, INSOLVENT) for venture in tenancy.living(state) if venture.insolvent]


# -- the wild card


def _unspared(draft: Draft, going: Going) -> Iterator[tuple[Venture, str]]:
    """Yield those that go after all; a wild card spares a tenant, but never from insolvency."""
    spared = {space: _named(draft.state, space, "venture") for space in draft.state.seats(OPERATOR)}
    for venture, reason in going:
        if reason != INSOLVENT and venture.space != GARAGE and spared[venture.space] == venture.id:
            draft.emit(WildCardSpared(venture.space, venture.id, 0))
        else:
            yield venture, reason


def _badge_is_spared(draft: Draft, judged: Judged, bar: int | None) -> bool:
    """Spare the badge that a wild card names, unless it is too far below the bar, where there is one."""
    if _named(draft.state, judged.space, "seat") != judged.investor:
        return False
    if bar is not None and judged.score < bar - world(draft.state).wild_card_reach:
        return False
    draft.emit(WildCardSpared(judged.space, 0, judged.investor))
    return True


def _named(state: State, space: int, what: str) -> int:
    """Return the venture or seat that a space's wild card names, or 0."""
    return whole(state.choice(space, "wild_card"), what)


# -- badges and upkeep


def appraise(draft: Draft, judged: Judged, *, lost: bool, bar: int | None) -> None:
    """Write one badge's appraisal down, and take the badge if it is lost.

    Args:
        draft: the close.
        judged: the appraisal.
        lost: whether the badge is.
        bar: the score under which it is, where there is one.
    """
    state, season = draft.state, draft.state.game.season
    investor = state.one(Investor, judged.investor)
    best = {**investor.best_appraisals}
    best[season] = max(judged.score, best.get(season, 0))
    badges, lost_badges = investor.badges, investor.lost_badges
    if lost:
        badges = tuple(space for space in badges if space != judged.space)
        lost_badges = {**lost_badges, judged.space: season}
    draft.emit(
        Appraised(
            investor=judged.investor,
            space=judged.space,
            season=season,
            measures=judged.measures,
            score=judged.score,
            lost=lost,
            badges=badges,
            lost_badges=lost_badges,
            best=best,
            weights=judged.weights,
            raters=judged.raters,
            bar=bar,
        )
    )


def charge_upkeep(draft: Draft, params: AppraisalParams, per_badge: int) -> None:
    """Let every operator pay its upkeep; the government pays a treasury below zero up to 0."""
    state = draft.state
    used = dict.fromkeys(state.all(Space), 0)
    for venture in tenancy.living(state):
        if venture.space != GARAGE:
            used[venture.space] += 1
    for space in list(state.all(Space).values()):
        taken = sum(one.lost_badges.get(space.id) == state.game.season for one in state.all(Investor).values())
        cost = params.upkeep + params.upkeep_station * used[space.id] + per_badge * taken
        draft.emit(_upkeep(state, space, used[space.id], cost))


def _upkeep(state: State, space: Space, used: int, cost: int) -> UpkeepPaid:
    purse = treasury_of(space.id)
    postings = (Posting(purse, SUPPLIERS, cost, "upkeep"),)
    debt = cost - state.balance(purse)
    if debt <= 0:
        levels = (space.community, space.resources, space.integration)
        return UpkeepPaid(space.id, cost, False, levels, space.stations, postings)  # noqa: FBT003
    lower = changed(
        space,
        community=max(0, space.community - 1),
        resources=max(0, space.resources - 1),
        integration=max(0, space.integration - 1),
    )
    return UpkeepPaid(
        space.id,
        cost,
        True,  # noqa: FBT003
        (lower.community, lower.resources, lower.integration),
        max(used, tenancy.desks(state, lower)),
        (*postings, Posting(GOVERNMENT, purse, debt, "rescue")),
    )


# -- indices


def ratings_of_spaces(state: State) -> dict[int, list[int]]:
    """Return this season's ratings of each space by its tenants and badge holders, as they are now."""
    season = state.game.season
    found: dict[int, list[int]] = {int(space): [] for space in state.all(Space)}
    raters = [(seat, venture.space) for venture in tenancy.living(state) for seat in venture.team]
    raters += [(investor.seat, space) for investor in state.all(Investor).values() for space in investor.badges]
    for seat, space in raters:
        rating = state.find(Rating, f"{season}:{seat}:{space}") if space != GARAGE else None
        if rating is not None:
            found[space].append(rating.score)
    return found


@attrs.define
class _AtSpace:
    """What one space's indices are counted from."""

    ventures: list[Venture] = attrs.field(factory=list)
    holders: list[int] = attrs.field(factory=list)
    appraisals: list[int] = attrs.field(factory=list)
    hours: dict[str, int] = attrs.field(factory=dict)  # used, by kind


def count(
    draft: Draft, params: AppraisalParams, judged: Iterable[Judged], ratings: Mapping[int, Sequence[int]]
) -> None:
    """Count every space's indices as things stand now.

    Args:
        draft: the close.
        params: of the module that eliminates.
        judged: this season's appraisals.
        ratings: of each space, taken before anybody left.
    """
    state = draft.state
    found = _at_spaces(state, judged)
    for space in list(state.all(Space).values()):
        here = found[space.id]
        community = _community(state, here)
        resources = _resources(state, space, here)
        integration = _integration(state, space, here)
        root = indices.vitality(community, resources, integration)
        lowest = standards(state, space)
        known = name(state, space, lowest, per=params.name_points, fair_rent=params.fair_rent, dear=params.dear_rent)
        vitality = indices.voice(root, ratings[space.id], receivership=space.receivership, name=-known)
        draft.emit(IndicesCounted(space.id, community, resources, integration, vitality, (lowest,), known))


def _at_spaces(state: State, judged: Iterable[Judged]) -> dict[int, _AtSpace]:
    found = {int(space): _AtSpace() for space in state.all(Space)}
    for venture in tenancy.living(state):
        if venture.space != GARAGE:
            found[venture.space].ventures.append(venture)
    for appraisal in judged:
        if appraisal.space in state.one(Investor, appraisal.investor).badges:
            here = found[appraisal.space]
            here.holders.append(appraisal.investor)
            here.appraisals.append(appraisal.score)
    for deal in season_deals(state):
        space = state.one(Venture, deal.venture).space
        if deal.delivered and space != GARAGE:
            kind, hours = state.one(Investor, deal.investor).type, found[space].hours
            hours[kind] = hours.get(kind, 0) + deal.delivered
    return found


def _community(state: State, here: _AtSpace) -> int:
    tenants = sorted(seat for venture in here.ventures for seat in venture.team)
    makers = {seat: state.one(Maker, seat) for seat in tenants}
    present = [maker.background for maker in makers.values()]
    return indices.community_index(
        [present.count(background) for background in BACKGROUNDS],
        indices.degrees(tenants, {seat: maker.ties for seat, maker in makers.items()}),
        sum(maker.spirit for maker in makers.values()),
    )


def _resources(state: State, space: Space, here: _AtSpace) -> int:
    used = [here.hours.get(kind, 0) for kind in KINDS]
    service = state.find(Service, space.id)
    offered = service.offered if service else 0
    return indices.resources_index([*used, space.workshop_used], offered, here.appraisals)


def _integration(state: State, space: Space, here: _AtSpace) -> int:
    """Return the index; in trust a tenant is the lead of a venture."""
    service = state.find(Service, space.id)
    moved = sum(venture.moved_up for venture in here.ventures)
    trusted = sum(trusts(state, venture.lead, investor) for venture in here.ventures for investor in here.holders)
    return indices.integration_index(
        indices.per_cent(moved, len(here.ventures)),
        service.fit if service else 0,
        indices.per_cent(trusted, len(here.ventures) * len(here.holders)),
    )

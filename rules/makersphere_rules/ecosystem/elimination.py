"""The steps of an appraisal that every module of elimination goes through; who goes is the module's own.

Appraise badges, keep house, count the indices. Each function is one step of a close: the draft applies what
is emitted, so each sees what the step before has done.
Source: the rulebook's "7. Appraisal", steps 3 to 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from makersphere_rules.ecosystem import indices, places
from makersphere_rules.ecosystem.accounts import treasury_of
from makersphere_rules.ecosystem.appraisals import Judged
from makersphere_rules.ecosystem.costs import trusts
from makersphere_rules.ecosystem.elimination_events import Appraised, IndicesCounted, UpkeepPaid
from makersphere_rules.ecosystem.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.season import season_deals
from makersphere_rules.ecosystem.service import Service
from makersphere_rules.ecosystem.verdicts import Rating
from makersphere_rules.ecosystem.words import BACKGROUNDS, GARAGE, KINDS
from makersphere_rules.entity import changed
from makersphere_rules.ledger import Posting
from makersphere_rules.module import Draft
from makersphere_rules.state import State

__all__ = ["appraise", "count", "house_ratings", "keep_house"]


def appraise(draft: Draft, judged: Judged, *, lost: bool) -> None:
    """Write one badge's appraisal down, and take the badge if it is lost."""
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
            judged.investor,
            judged.space,
            season,
            judged.measures,
            judged.score,
            lost,
            badges,
            lost_badges,
            best,
        )
    )


def keep_house(draft: Draft, base: int, per_station: int) -> None:
    """Let every operator pay its upkeep; the government pays a treasury below zero up to 0.

    Args:
        draft: the close.
        base: upkeep of a space in credits.
        per_station: the same of each station still in use.
    """
    state = draft.state
    used = dict.fromkeys(state.all(Space), 0)
    for venture in places.living(state):
        if venture.space != GARAGE:
            used[venture.space] += 1
    for space in list(state.all(Space).values()):
        draft.emit(_upkeep(state, space, used[space.id], base + per_station * used[space.id]))


def _upkeep(state: State, space: Space, used: int, cost: int) -> UpkeepPaid:
    purse = treasury_of(space.id)
    postings = (Posting(purse, "suppliers", cost, "upkeep"),)
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
        max(used, places.stations(state, lower)),
        (*postings, Posting("government", purse, debt, "rescue")),
    )


# -- indices


def house_ratings(state: State) -> dict[int, list[int]]:
    """Return this season's ratings of each space by its tenants and badge holders, as they are now."""
    season = state.game.season
    found: dict[int, list[int]] = {int(space): [] for space in state.all(Space)}
    raters = [(seat, venture.space) for venture in places.living(state) for seat in venture.team]
    raters += [(investor.seat, space) for investor in state.all(Investor).values() for space in investor.badges]
    for seat, space in raters:
        rating = state.find(Rating, f"{season}:{seat}:{space}") if space != GARAGE else None
        if rating is not None:
            found[space].append(rating.score)
    return found


@attrs.define
class _House:
    """What one space's indices are counted from."""

    ventures: list[Venture] = attrs.field(factory=list)
    holders: list[int] = attrs.field(factory=list)
    appraisals: list[int] = attrs.field(factory=list)
    hours: dict[str, int] = attrs.field(factory=dict)  # used, by kind


def count(draft: Draft, judged: Iterable[Judged], ratings: Mapping[int, Sequence[int]]) -> None:
    """Count every space's indices as things stand now.

    Args:
        draft: the close.
        judged: this season's appraisals.
        ratings: of each space, taken before anybody left.
    """
    state = draft.state
    houses = _houses(state, judged)
    for space in list(state.all(Space).values()):
        house = houses[space.id]
        community = _community(state, house)
        resources = _resources(state, space, house)
        integration = _integration(state, space, house)
        root = indices.vitality(community, resources, integration)
        vitality = indices.voice(root, ratings[space.id], receivership=space.receivership)
        draft.emit(IndicesCounted(space.id, community, resources, integration, vitality))


def _houses(state: State, judged: Iterable[Judged]) -> dict[int, _House]:
    houses = {int(space): _House() for space in state.all(Space)}
    for venture in places.living(state):
        if venture.space != GARAGE:
            houses[venture.space].ventures.append(venture)
    for appraisal in judged:
        if appraisal.space in state.one(Investor, appraisal.investor).badges:
            house = houses[appraisal.space]
            house.holders.append(appraisal.investor)
            house.appraisals.append(appraisal.score)
    for deal in season_deals(state):
        space = state.one(Venture, deal.venture).space
        if deal.delivered and space != GARAGE:
            kind, hours = state.one(Investor, deal.investor).type, houses[space].hours
            hours[kind] = hours.get(kind, 0) + deal.delivered
    return houses


def _community(state: State, house: _House) -> int:
    tenants = sorted(seat for venture in house.ventures for seat in venture.team)
    makers = {seat: state.one(Maker, seat) for seat in tenants}
    present = [maker.background for maker in makers.values()]
    return indices.community_index(
        [present.count(background) for background in BACKGROUNDS],
        indices.degrees(tenants, {seat: maker.ties for seat, maker in makers.items()}),
        sum(maker.spirit for maker in makers.values()),
    )


def _resources(state: State, space: Space, house: _House) -> int:
    used = [house.hours.get(kind, 0) for kind in KINDS]
    service = state.find(Service, space.id)
    offered = service.offered if service else 0
    return indices.resources_index([*used, space.workshop_used], offered, house.appraisals)


def _integration(state: State, space: Space, house: _House) -> int:
    """Return the index; in trust a tenant is the lead of a venture."""
    service = state.find(Service, space.id)
    moved = sum(venture.moved_up for venture in house.ventures)
    trusted = sum(trusts(state, venture.lead, investor) for venture in house.ventures for investor in house.holders)
    return indices.integration_index(
        indices.per_cent(moved, len(house.ventures)),
        service.fit if service else 0,
        indices.per_cent(trusted, len(house.ventures) * len(house.holders)),
    )

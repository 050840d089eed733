"""How founders in the garage fare beside those at a desk, and how many investors want the same venture.

`garage_and_bids` returns, for one game:

- `founders_desk` and `founders_garage`: mean final scores of founders by where their venture was when the first
  exchange began, whatever came later; only where there are both;
- `no_deal`: makers who end without ever having had a deal, in per cent;
- `bids_per_deal`: pairs of a venture and an investor that offered it a sheet, ranked it among the first that its
  hours reach to, or dealt with it, divided by the pairs that dealt, season by season;
- `bids_K`: the same for each kind K of investors that dealt at all;
- `rivals`: ventures, season by season, for which two investors of one kind bid so.

Source: the rulebook's "More targets, from the real game".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Final

from makersphere_playtest.games.headless import Result
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, MAKER
from makersphere_rules.events import ChoiceMade, Event, PhaseOpened
from makersphere_rules.modules.admission.events import VentureFounded, VentureMoved
from makersphere_rules.modules.negotiation.events import TermsSent
from makersphere_rules.state import State

__all__ = ["garage_and_bids"]

_FIRST_WORK: Final = "exchange"
_RIVALS: Final = 2
Pursuit = dict[tuple[int, int], set[int]]  # investors by season and venture


def garage_and_bids(result: Result) -> Mapping[str, float]:
    """Return what is measured of a game that kept its state and its log."""
    state = result.state
    if state is None:
        return {}
    return {**dict(_founders(result)), **dict(_without_a_deal(result, state)), **dict(_bids(result, state))}


def _events(result: Result) -> Iterator[Event]:
    return (event for _, _, events in result.log for event in events)


def _founders(result: Result) -> Iterator[tuple[str, float]]:
    places: dict[int, tuple[int, int]] = {}  # by venture: lead and space
    for event in _events(result):
        match event:
            case VentureFounded():
                places[event.venture.id] = event.venture.lead, event.venture.space
            case VentureMoved():
                places[event.venture] = places[event.venture][0], event.space
            case PhaseOpened(phase=phase) if phase == _FIRST_WORK:
                break
            case _:
                pass
    scores: dict[bool, list[int]] = {True: [], False: []}
    for lead, space in places.values():
        scores[space == GARAGE].append(result.scores[lead - 1])
    if all(scores.values()):
        yield "founders_desk", fmean(scores[False])
        yield "founders_garage", fmean(scores[True])


def _without_a_deal(result: Result, state: State) -> Iterator[tuple[str, float]]:
    makers = [seat for seat, role in enumerate(result.roles, 1) if role == MAKER]
    dealt = {deal.maker for deal in state.all(Deal).values()}
    if makers:
        yield "no_deal", 100 * sum(seat not in dealt for seat in makers) / len(makers)


def _bids(result: Result, state: State) -> Iterator[tuple[str, float]]:
    dealt: Pursuit = defaultdict(set)
    for deal in state.all(Deal).values():
        dealt[deal.season, deal.venture].add(deal.investor)
    if not dealt:
        return
    wanted = _wanted(result, state)
    for place, investors in dealt.items():
        wanted[place] |= investors
    kinds = {investor.seat: investor.type for investor in state.all(Investor).values()}
    bids, deals = _by_kind(wanted, kinds), _by_kind(dealt, kinds)
    yield "bids_per_deal", bids.total() / deals.total()
    yield from ((f"bids_{kind}", bids[kind] / count) for kind, count in deals.items())
    same = [max(Counter(kinds[seat] for seat in seats).values()) for seats in wanted.values()]
    yield "rivals", sum(most >= _RIVALS for most in same)


def _by_kind(pursued: Pursuit, kinds: Mapping[int, str]) -> Counter[str]:
    """Return how many pairs of a venture and an investor there are, by the investor's kind."""
    return Counter(kinds[seat] for seats in pursued.values() for seat in seats)


def _wanted(result: Result, state: State) -> Pursuit:
    """Return who offered a venture something or, in its last list, ranked it among those that its hours reach to."""
    found: Pursuit = defaultdict(set)
    lists: dict[tuple[int, int], Sequence[int | str]] = {}
    season = 1
    for event in _events(result):
        match event:
            case PhaseOpened():
                season = event.season
            case TermsSent() if event.sheet.by == INVESTOR:
                found[season, event.sheet.venture].add(event.sheet.investor)
            case ChoiceMade(command="rank", seat=seat, args={"ventures": list() as listed}):
                lists[season, seat] = listed
            case _:
                pass
    reach = {one.seat: world(state).kind(one.type).hours // world(state).package_hours for one in _investors(state)}
    for (year, seat), ranked in lists.items():
        for venture in ranked[: reach.get(seat, 0)]:
            found[year, int(venture)].add(seat)
    return found


def _investors(state: State) -> Iterator[Investor]:
    return iter(state.all(Investor).values())

"""World: the table itself. It deals the game, begins each season, and closes the books.

Purpose: set up sectors, spaces, makers, investors and decks; draw each season's lots; give final scores.
Phase: none; it is named under `modules` of a scenario and must stand first.
Commands: none.
Events: `dealt`, `season_began`; at the end those of `ecosystem/figures/scores.py`.
Parameters: everything that is printed, `WorldParams` in `ecosystem/table/shared_params.py`.
Secrets: ambitions and theses (their owners), appeal and the order of the decks (nobody).
Source: the rulebook's "Things on the table", "Lots", "Seats" and "The end".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from makersphere_rules.ecosystem.figures import scores
from makersphere_rules.ecosystem.figures.run_results import RunResult
from makersphere_rules.ecosystem.figures.stock_counts import GIVEN, Stocks, count
from makersphere_rules.ecosystem.shared_steps import imagined_table
from makersphere_rules.ecosystem.shared_steps.setup import dealt, seating
from makersphere_rules.ecosystem.shared_steps.setup_events import Dealt
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.agreements import Deal, Pair, Proposal, Sheet
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Sector, Space, Venture, World
from makersphere_rules.ecosystem.table.param_checks import printed, unplayable
from makersphere_rules.ecosystem.table.shared_params import FIXED_BY, WorldParams, world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, MAKER, OPERATOR, SPIRIT_MOST, WHOLE
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event, SeatAdded
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import WORLD, Account, Flow, account_sort
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import WAITING, State

__all__ = ["SeasonBegan", "WorldModule"]


@frozen
class SeasonBegan(Event):
    """A season has begun: hours are new, last season's results are off the boards, lost desks are empty."""

    lots: tuple[int, ...]  # seats, the best lot first

    def apply(self, state: State) -> None:
        """Wipe the boards."""
        params = world(state)
        state.put(changed(state.one(World), lots=self.lots))
        given = 0
        for maker in list(state.all(Maker).values()):
            given += params.maker_hours
            fresh = changed(maker, hours=params.maker_hours, exchanges=0, exchange_spirit=0, studied=False)
            if fresh != maker:
                state.put(fresh, maker.seat)
        for investor in list(state.all(Investor).values()):
            hours = params.kind(investor.type).hours
            given += hours
            state.put(changed(investor, hours=hours, clinic_used=False), investor.seat)
        count(state, {GIVEN: given})
        _wipe(state)
        for kind in (Sheet, Proposal):
            state.clear(kind)


def _wipe(state: State) -> None:
    """Take last season's results off the boards; lost desks are empty."""
    for space in list(state.all(Space).values()):
        state.put(changed(space, introductions=0, wild_card_used=False, workshop_used=0, receivership=False))
    for venture in tenancy.living(state):
        state.put(_fresh(venture), venture.id)


def _fresh(venture: Venture) -> Venture:
    return changed(
        venture,
        space=GARAGE if venture.rent_unpaid else venture.space,
        sales=0,
        profit=0,
        materials=0,
        moved_up=False,
        rent_unpaid=False,
        insolvent=False,
        dice=(),
        roll={},
    )


class WorldModule(RuleModule):
    """The table itself."""

    name: ClassVar[str] = "world"
    seats_latecomers: ClassVar[bool] = True
    phase: ClassVar[str | None] = ""
    part: ClassVar[str] = "world"
    params: ClassVar[type | None] = WorldParams
    events: ClassVar[Sequence[type[Event]]] = (Dealt, SeasonBegan, *scores.EVENTS)
    seating_params: ClassVar[Sequence[str]] = ("spaces", "space_seats")
    fixed_by: ClassVar[Mapping[str, str]] = FIXED_BY
    counts_in: ClassVar[Mapping[str, str]] = {"tax": "market"}
    entities: ClassVar[Sequence[type[Entity]]] = (
        World,
        Sector,
        Deck,
        Space,
        Maker,
        Investor,
        Idea,
        Venture,
        Pair,
        Deal,
        Sheet,
        Proposal,
        Account,
        Flow,
        RunResult,
        Stocks,
    )

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """Materials can be paid and shares given."""
        return unplayable(printed(scenario))

    def seating(self, scenario: Scenario, seats: int) -> Sequence[str]:
        """Seat as many operators as there are spaces; the rest makers and investors 2 : 1; one of each at least."""
        params = scenario.params(WorldParams)
        return seating(seats, params.spaces, params.space_seats)

    def start(self, draft: Draft) -> None:
        """Deal the game; who has been waiting for it is a maker."""
        for seat in draft.state.seats(WAITING):
            draft.emit(SeatAdded(seat, MAKER))
        draft.emit(dealt(draft))

    def season(self, draft: Draft) -> None:
        """Draw the lots and begin a season."""
        seats = draft.state.seats()
        order = draft.shuffle("lots", len(seats))
        draft.emit(SeasonBegan(tuple(seats[place] for place in order)))

    def imagine(self, draft: Draft, seat: int) -> None:
        """Draw decks, appeals and the cards of others anew; in the first phase the boards are empty, as all know."""
        if draft.state.game.phase_number == 0:
            _wipe(draft.state)
        imagined_table.imagine(draft, seat)

    def end(self, draft: Draft) -> None:
        """Give the final scores."""
        scores.finish(draft)

    def invariants(self, state: State) -> Iterator[str]:
        """Money sums to zero, cap tables to 10,000; nothing stands where it may not."""
        yield from _wrong_books(state)
        for venture in tenancy.living(state):
            if sum(venture.shares.values()) != WHOLE:
                yield f"the shares of venture {venture.id} sum to {sum(venture.shares.values())}"
        for maker in state.all(Maker).values():
            if not 0 <= maker.spirit <= SPIRIT_MOST or maker.hours < 0:
                yield f"maker {maker.seat} has spirit {maker.spirit} and {maker.hours} hours"
        for investor in state.all(Investor).values():
            if investor.hours < 0:
                yield f"investor {investor.seat} has {investor.hours} hours"
        yield from _overfull_spaces(state)


def _wrong_books(state: State) -> Iterator[str]:
    accounts = state.all(Account).values()
    total = sum(account.balance for account in accounts)
    if total:
        yield f"all accounts sum to {total}"
    for account in accounts:
        if account.balance < 0 and account.name not in WORLD and account_sort(account.name) != OPERATOR:
            yield f"{account.name} stands at {account.balance}"


def _overfull_spaces(state: State) -> Iterator[str]:
    used: dict[int, int] = {}
    for venture in tenancy.living(state):
        used[venture.space] = used.get(venture.space, 0) + 1
    for space in state.all(Space).values():
        if used.get(space.id, 0) > space.stations:
            yield f"space {space.id} has {space.stations} desks and {used[space.id]} ventures"

"""Clearinghouse: leads and investors rank each other, and packages of hours are matched all at once.

Purpose: the default module for hours; stable, one search cost per list, and nobody is first by speed.
Phase: matching; its close comes after that of the module for capital.
Commands: investors: `post_package` {`fee` 0-20, `shares` 0-1,000} (sealed), `rank` {`ventures` in order}
(sealed); leads with a station: `rank` {`investors` in order} (sealed; its cost is set aside when it is sent).
Defaults: an investor's last terms; it ranks by stage, then progress. A lead ranks all whose fee its venture
can pay, mentors first, then by its need for their speciality, if 10 credits remain after the cost.
Opening: each investor gets a free look at each venture of its spaces, apart from those it pays for.
Close: terms are posted; venture-proposing deferred acceptance, one package per venture, many per investor;
further rounds at spaces with resources or integration from level 2 on; packages are signed.
Events: `list_looks_taken`, `list_paid`, `terms_posted`, `deal_signed`, `cleared`.
Parameters: `ClearinghouseParams` in `clearinghouse_commands.py`, each with its range and default; the size
of a package is printed (`WorldParams`).
Secrets: lists, what they cost and terms not yet posted (who sent them); looks that come with a list (the
investor); capacities (nobody).
Source: the rulebook's "4. Matching" (clearinghouse); Gale and Shapley 1962; Roth 1984.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from makersphere_rules.ecosystem import places
from makersphere_rules.ecosystem.agreements import Deal, Look
from makersphere_rules.ecosystem.clearing import Clearing, capacity
from makersphere_rules.ecosystem.deals import signed
from makersphere_rules.ecosystem.entities import Investor, Venture
from makersphere_rules.ecosystem.hands import seen
from makersphere_rules.ecosystem.looks import HIGHEST, LOWEST, cut, look, look_width
from makersphere_rules.ecosystem.numbers import number_between
from makersphere_rules.ecosystem.printed import above, printed
from makersphere_rules.ecosystem.words import INVESTOR, KINDS, MAKER, WHOLE
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Move, RuleModule
from makersphere_rules.modules.clearinghouse_commands import (
    COMMANDS,
    ClearinghouseParams,
    charge,
    default_investors,
    default_ventures,
    list_cost,
)
from makersphere_rules.modules.clearinghouse_events import (
    EVENTS,
    Cleared,
    ListFee,
    ListLook,
    ListLooksTaken,
    TermsPosted,
)
from makersphere_rules.modules.clearinghouse_rounds import Package, filled, lists_of, rounds
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import Choice, State, choice_key

__all__ = ["Clearinghouse"]


class Clearinghouse(RuleModule):
    """Packages of hours, matched all at once."""

    name: ClassVar[str] = "clearinghouse"
    phase: ClassVar[str | None] = "matching"
    needs: ClassVar[Sequence[str]] = ("world", "admission")
    params: ClassVar[type | None] = ClearinghouseParams
    commands: ClassVar[Sequence[Command]] = COMMANDS
    events: ClassVar[Sequence[type[Event]]] = EVENTS
    entities: ClassVar[Sequence[type[Entity]]] = (Deal, Look, ListFee, Clearing)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """Printed terms can be posted, and posted shares given."""
        params, world = scenario.params(ClearinghouseParams), printed(scenario)
        free = WHOLE - world.lead_keeps
        yield from above("clearinghouse.shares_most", params.shares_most, "10000 - world.lead_keeps", free)
        for name in KINDS:
            kind = world.kind(name)
            yield from above(f"world.{name}_fee", kind.fee, "clearinghouse.fee_most", params.fee_most)
            yield from above(f"world.{name}_shares", kind.shares, "clearinghouse.shares_most", params.shares_most)

    def open(self, draft: Draft) -> None:
        """Give the looks that come with the lists."""
        looks = (*_outdated(draft.state), *_list_looks(draft))
        if looks:
            draft.emit(ListLooksTaken(looks))

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """Terms as posted, and a list."""
        if state.role(seat) == INVESTOR:
            investor = state.one(Investor, seat)
            yield "post_package", {"fee": investor.fee, "shares": investor.shares}
            yield "rank", {"ventures": [*default_ventures(state, seat)]}
        elif state.role(seat) == MAKER:
            investors = default_investors(state, seat)
            if investors:
                yield "rank", {"investors": [*investors]}

    def close(self, draft: Draft) -> None:
        """Settle what lists cost, post the terms, match, sign."""
        for seat in draft.state.seats(MAKER):
            _settle_list(draft, seat)
        for seat in draft.state.seats(INVESTOR):
            _post_terms(draft, seat)
        _clear(draft)


def _outdated(state: State) -> Iterator[ListLook]:
    """Yield an empty look for each of last season's."""
    for known in state.all(Look).values():
        if (known.list_lo, known.list_hi) != (LOWEST, HIGHEST):
            yield ListLook(known.seat, known.venture, LOWEST, HIGHEST)


def _list_looks(draft: Draft) -> Iterator[ListLook]:
    state = draft.state
    ventures = places.living(state)
    for investor in state.all(Investor).values():
        for venture in ventures:
            if venture.space in investor.badges:
                known = seen(state, investor.seat, venture.id)
                width = look_width(state, venture.space, known.count)
                drawn = look(draft, "list", known.key, venture.appeal, width)
                yield ListLook(investor.seat, venture.id, *cut((known.lo, known.hi), drawn))


def _settle_list(draft: Draft, seat: int) -> None:
    """Charge a default list; give back what a sheet of the same pair has paid since the list was sent."""
    state = draft.state
    sent = state.find(Choice, choice_key(seat, "rank"))
    venture = places.led_venture(state, seat)
    listed = sent.args["investors"] if sent is not None else []
    if venture is None or not isinstance(listed, list) or not listed:
        return
    first = int(str(listed[0]))
    fact = charge(state, seat, first, list_cost(state, venture, first))
    if fact is not None and fact.postings:
        draft.emit(fact)


def _post_terms(draft: Draft, seat: int) -> None:
    terms, investor = draft.state.choice(seat, "post_package"), draft.state.one(Investor, seat)
    if terms is not None:
        fee, shares = int(str(terms["fee"])), int(str(terms["shares"]))
        if (fee, shares) != (investor.fee, investor.shares):
            draft.emit(TermsPosted(seat, fee, shares))


def _clear(draft: Draft) -> None:
    state, season = draft.state, draft.state.game.season
    investors = [state.one(Investor, seat) for seat in state.seats(INVESTOR)]
    capacities = {one.seat: capacity(state, one) for one in investors}
    hours = {one.seat: one.hours for one in investors}
    lists = lists_of(state)
    found = rounds(state, lists, capacities)
    for package in filled(state, lists, found, hours):
        draft.emit(signed(state, _contract(state, package), shown=True))
    clearing = Clearing(season, tuple(one.blocking for one in found), capacities)
    draft.emit(Cleared(clearing, tuple(fee.seat for fee in state.all(ListFee).values())))


def _contract(state: State, package: Package) -> Deal:
    investor, venture = state.one(Investor, package.investor), state.one(Venture, package.venture)
    return Deal(
        number_between(state, Deal, venture.lead, investor.seat),
        state.game.season,
        investor.seat,
        venture.id,
        venture.lead,
        0,
        package.hours,
        investor.shares,
        investor.fee,
        "package",
        package.round,
    )

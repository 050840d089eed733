"""Negotiation: makers and investors send each other term sheets and sign them, one by one.

Purpose: deals, spoken in the room and signed here; the default module for capital, beside any for hours.
Phase: matching.
Commands: investors: `look` {`venture`} (at once), `send_terms` {`venture`, `credits` 0-500, `hours` 0-12,
`shares` 0-4,000, `fee` 0-20} (at once, set aside), `answer_terms` {`sheet`, `answer`: accept, decline or
withdraw, `reason` of a no} (at once); leads: `send_terms` {`investor`, the same}, `answer_terms`, `set_floor`
{`credits`, `shares`} (sealed); operators: `grant` {`venture`, `credits` 1-20} (at once). What is left out counts as 0.
Defaults: the floor of an unborn venture, 60 credits for 3,500 shares.
Opening: under a subsidy card each born venture with a desk gets 10 from the government.
Close: deals become public, births are paid for; floors are met; open sheets lapse and what they set aside is
free; lost bids.
Events: `looked`, `terms_sent`, `terms_refused`, `deal_signed`, `granted`, `subsidy_paid`, `birth_grants_paid`,
`sheets_lapsed`, `deals_shown`.
Parameters: `NegotiationParams` in `commands.py`, each with its range and default.
Secrets: sheets (their two sides), floors (the lead), ranges and hours left (the investor), deals until the
close (their two sides).
Source: the rulebook's "4. Matching" (look, negotiation, floor, grant, birth).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key
from typing import ClassVar, Final

from makersphere_rules.ecosystem.shared_steps import matching
from makersphere_rules.ecosystem.shared_steps.contracts import DealsShown, birth_grants, contract, keeps_enough, signed
from makersphere_rules.ecosystem.shared_steps.matching import Matching
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import escrow_of, investor_account
from makersphere_rules.ecosystem.table.agreements import Deal, Pair, Sheet, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand
from makersphere_rules.ecosystem.table.param_checks import above, below, printed
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, WHOLE
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event
from makersphere_rules.forms import Args, whole
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.mistakes import Mistake, expected
from makersphere_rules.module import Command, Draft, Move
from makersphere_rules.modules.negotiation.commands import COMMANDS, NegotiationParams, freed
from makersphere_rules.modules.negotiation.events import EVENTS, BirthGrantsPaid, SheetsLapsed
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["STEPS", "Negotiation"]

STEPS: Final = ("deals", "births", "floors", "lapses")  # of the close


class Negotiation(Matching):
    """Term sheets, signed one by one."""

    name: ClassVar[str] = "negotiation"
    params: ClassVar[type | None] = NegotiationParams
    commands: ClassVar[Sequence[Command]] = COMMANDS
    events: ClassVar[Sequence[type[Event]]] = (*EVENTS, *matching.EVENTS)
    entities: ClassVar[Sequence[type[Entity]]] = (Sheet, *matching.ENTITIES)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """A sheet can be written and signed, and the default floor can be met."""
        params, free = scenario.params(NegotiationParams), WHOLE - printed(scenario).lead_keeps
        if params.credits_most == params.hours_most == 0:
            names = "negotiation.credits_most, negotiation.hours_most"
            yield expected("negotiation.credits_most", "one_above_zero", names=names)
        yield from above("negotiation.shares_most", params.shares_most, "10000 - world.lead_keeps", free)
        yield from above("negotiation.floor_shares", params.floor_shares, "negotiation.shares_most", params.shares_most)
        if params.credits_most:  # 0: not negotiated
            most = params.credits_most
            yield from above("negotiation.min_credits", params.min_credits, "negotiation.credits_most", most)
            yield from above("negotiation.floor_credits", params.floor_credits, "negotiation.credits_most", most)
            least = min(params.min_credits, most)
            yield from below("negotiation.floor_credits", params.floor_credits, "negotiation.min_credits", least)
        if params.hours_most:
            yield from above("negotiation.min_hours", params.min_hours, "negotiation.hours_most", params.hours_most)

    def imagine(self, draft: Draft, seat: int) -> None:
        """Let other investors have set aside what their sheets to the seat offer."""
        state = draft.state
        for sheet in in_hand(state, seat, Sheet):
            if sheet.status == "open" and sheet.by == INVESTOR and sheet.investor != seat:
                investor, purse = state.one(Investor, sheet.investor), investor_account(sheet.investor)
                state.put(changed(investor, hours=max(investor.hours - sheet.hours, 0)))
                state.put(changed(state.one(Account, purse), balance=max(state.balance(purse) - sheet.credits, 0)))
                escrow = state.one(Account, escrow_of(sheet.investor))
                state.put(changed(escrow, balance=escrow.balance + sheet.credits))

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """The lead of an unborn venture has a floor."""
        if state.role(seat) == MAKER:
            venture, params = tenancy.led_venture(state, seat), state.scenario.params(NegotiationParams)
            if venture is not None and not venture.born and params.floor_credits <= params.credits_most:
                yield "set_floor", {"credits": params.floor_credits, "shares": params.floor_shares}

    def close(self, draft: Draft) -> None:
        """Show the deals, meet the floors, let the rest lapse."""
        shown = _shown(draft.state)
        if shown.deals:
            draft.emit(shown)
            _pay_birth_grants(draft, shown.births)
        for seat in draft.state.seats(MAKER):
            floor, venture = draft.state.choice(seat, "set_floor"), tenancy.led_venture(draft.state, seat)
            if floor is not None and venture is not None:
                _meet_floor(draft, venture, floor)
        lapsed = _lapsed(draft.state)
        if lapsed.sheets or lapsed.lost:
            draft.emit(lapsed)

    def invariants(self, state: State) -> Iterator[str]:
        """What is set aside is exactly what the open sheets of an investor say."""
        staked = dict.fromkeys(state.seats(INVESTOR), 0)
        for sheet in state.all(Sheet).values():
            _, back = freed(sheet)
            staked[sheet.investor] += sum(posting.amount for posting in back)
        for investor, credits_ in staked.items():
            balance = state.balance(escrow_of(investor))
            if balance != credits_:
                yield f"escrow:{investor} stands at {balance}, the open sheets say {credits_}"


def _shown(state: State) -> DealsShown:
    deals = [deal for deal in state.all(Deal).values() if deal.season == state.game.season]
    return DealsShown(tuple(deals), tuple(_births(state, deals)))


def _births(state: State, deals: Iterable[Deal]) -> Iterator[int]:
    """Yield the ventures that deals have brought to birth, in the order in which those were signed."""
    paid = Counter[int]()
    enough = world(state).birth_credits
    for deal in deals:
        before = state.as_settled(Venture, deal.venture)
        if deal.credits and before is not None and not before.born:
            lacked = enough - sum(before.capital.values()) - paid[deal.venture]
            paid[deal.venture] += deal.credits
            if 0 < lacked <= deal.credits:
                yield deal.venture


def _pay_birth_grants(draft: Draft, births: Iterable[int]) -> None:
    state = draft.state
    postings = tuple(posting for number in births for posting in birth_grants(state, state.one(Venture, number)))
    if postings:
        draft.emit(BirthGrantsPaid(postings))


def _meet_floor(draft: Draft, venture: Venture, floor: Args) -> None:
    """Sign the open sheet with the fewest shares per credit of those that meet a floor."""
    state = draft.state
    least, most = whole(floor, "credits"), whole(floor, "shares")
    offers = [
        sheet
        for sheet in state.all(Sheet).values()
        if sheet.venture == venture.id
        and sheet.status == "open"
        and sheet.by == INVESTOR
        and sheet.credits >= least
        and sheet.shares <= most
        and keeps_enough(state, venture, sheet.investor, sheet.shares)
    ]
    if offers:
        offers.sort(key=lambda sheet: tenancy.lot(state, sheet.investor))
        best = min(offers, key=cmp_to_key(_shares_per_credit))
        draft.emit(signed(state, contract(state, best, "floor"), sheet=best, shown=True))


def _shares_per_credit(one: Sheet, other: Sheet) -> int:
    """Compare shares per credit by cross products: negative when `one` asks fewer."""
    return one.shares * other.credits - other.shares * one.credits


def _lapsed(state: State) -> SheetsLapsed:
    """Close what is open; an investor's bid that was not signed is lost, one per pair."""
    hours_left: dict[int, int] = {}
    postings: list[Posting] = []
    lost: list[tuple[int, int]] = []
    still_open = [sheet for sheet in state.all(Sheet).values() if sheet.status == "open"]
    for sheet in still_open:
        hours, back = freed(sheet)
        if hours:
            before = hours_left.get(sheet.investor, state.one(Investor, sheet.investor).hours)
            hours_left[sheet.investor] = before + hours
        postings += back
    for sheet in state.all(Sheet).values():
        pair = state.one(Pair, pair_key(sheet.maker, sheet.investor))
        if sheet.by_investor and sheet.status != "signed" and pair.lost != state.game.season:
            lost.append((sheet.maker, sheet.investor))
    return SheetsLapsed(tuple(sheet.id for sheet in still_open), hours_left, tuple(lost), tuple(postings))

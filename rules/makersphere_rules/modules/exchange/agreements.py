"""What an agreement of two makers brings about, and which proposals a maker can still keep.

Proposals that their sender can no longer keep lapse with the act that spoils them, so that a yes is never
refused for what the other side holds: nothing of another's hand shows in a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from makersphere_rules.ecosystem.formulas.progress import add
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import maker_account
from makersphere_rules.ecosystem.table.agreements import Lending, Proposal
from makersphere_rules.ecosystem.table.cap_table import move
from makersphere_rules.ecosystem.table.entities import Maker, Space, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, SKILLS, SPIRIT_MOST
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.modules.exchange.events import ExchangeMade, LendingMade, Side, SwapMade
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = [
    "NOTHING",
    "Changes",
    "ExchangeParams",
    "exchange_limit",
    "exchange_made",
    "holding",
    "lapsed",
    "lending_made",
    "own_refusal",
    "swap_made",
    "teaches",
]

NOTHING: Final = "none"  # the skill that is not taught


@attrs.frozen
class ExchangeParams:
    """The parameters of the exchange phase."""

    exchange_hours: int = param(1, 1, 10, "Hours that each side spends on an exchange.")
    exchanges: int = param(1, 0, 10, "Exchanges of a maker in a season, before the community level.")
    spirit_most: int = param(2, 0, 10, "Spirit that a maker gains by exchange in a season at most.")
    know_how: int = param(2, 0, 20, "Progress that a learner's venture gains, before the community level.")
    study_hours: int = param(3, 1, 20, "Hours that study takes.")
    lend_hours: int = param(5, 1, 20, "The most hours in one lending.")
    lend_credits: int = param(50, 0, 500, "The most credits for lent hours.")
    lend_shares: int = param(2000, 0, 10_000, "The most shares for lent hours.")
    lend_least: int = param(2, 0, 50, "The least price of a lent hour in credits; `credit_shares` count as one.")
    lend_most: int = param(6, 0, 500, "The highest price of a lent hour, counted likewise.")
    credit_shares: int = param(25, 1, 1000, "Shares that count as a credit in the price of lent hours.")
    swap_shares: int = param(1000, 1, 10_000, "The most shares that each side of a swap gives.")
    swap_times: int = param(2, 1, 100, "How many times what the other gives one side of a swap may give.")
    clinic_below: int = param(6, 1, 10, "A clinic raises a skill that is under this.")
    mentor_below: int = param(9, 1, 10, "The same of a mentor's clinic, which teaches the lowest skill.")
    introductions: int = param(2, 0, 10, "Introductions of a space in a season, before its integration level.")
    fade: int = param(1, 0, 10, "Spirit that every maker loses at the close.")


@frozen
class Changes:
    """How an act changes what makers can give: hours left and exchanges by maker, cap tables by venture."""

    hours: Mapping[int, int] = attrs.field(factory=dict)
    exchanges: Mapping[int, int] = attrs.field(factory=dict)
    shares: Mapping[int, Mapping[int, int]] = attrs.field(factory=dict)


def holding(state: State, maker: int, venture: int) -> int:
    """Return a maker's shares of a venture."""
    return state.one(Venture, venture).shares.get(maker, 0)


def exchange_limit(state: State, maker: int) -> int:
    """Return how many exchanges a maker may do in a season: 1 + c of its space."""
    return state.scenario.params(ExchangeParams).exchanges + _community(state, tenancy.place_of_maker(state, maker))


def _community(state: State, place: int) -> int:
    """Return the community level of a space; the garage has none."""
    return state.one(Space, place).community if place != GARAGE else 0


def teaches(state: State, proposal: Proposal) -> bool:
    """Return whether an exchange would raise a skill of its receiver."""
    skill = str(proposal.terms["teach"])
    return skill != NOTHING and _is_higher(state, proposal.sender, proposal.receiver, skill)


def _is_higher(state: State, teacher: int, learner: int, skill: str) -> bool:
    track = SKILLS.index(skill)
    return state.one(Maker, teacher).skills[track] > state.one(Maker, learner).skills[track]


# -- who can keep what


def own_refusal(state: State, proposal: Proposal) -> Refusal | None:
    """Return why the receiver of a proposal cannot do its part, or None."""
    receiver, terms = state.one(Maker, proposal.receiver), proposal.terms
    match proposal.what:
        case "exchange":
            limit, hours = exchange_limit(state, receiver.seat), _exchange_hours(state)
            if receiver.exchanges >= limit:
                return refuse("rule", "too_many_exchanges", "proposal", max=limit)
            return _short("hours", hours, receiver.hours)
        case "lending":
            have = state.balance(maker_account(receiver.seat))
            held = holding(state, receiver.seat, int(terms["venture"]))
            return _short("credits", int(terms["credits"]), have) or _short("shares", int(terms["shares"]), held)
        case _:
            held = holding(state, receiver.seat, int(terms["take_venture"]))
            return _short("shares", int(terms["take_shares"]), held)


def _short(what: str, cost: int, have: int) -> Refusal | None:
    if cost <= have:
        return None
    return refuse("cannot_afford", f"cannot_afford.{what}", "proposal", cost=cost, have=have)


def lapsed(state: State, makers: Iterable[int], changes: Changes, accepted: int = 0) -> tuple[int, ...]:
    """Return the open proposals of some makers that they cannot keep after an act."""
    return tuple(
        proposal.id
        for maker in makers
        for proposal in in_hand(state, maker, Proposal)
        if proposal.sender == maker
        and proposal.status == "open"
        and proposal.id != accepted
        and not _keeps(state, proposal, changes)
    )


def _keeps(state: State, proposal: Proposal, changes: Changes) -> bool:
    sender, terms = state.one(Maker, proposal.sender), proposal.terms
    hours = changes.hours.get(sender.seat, sender.hours)
    match proposal.what:
        case "exchange":
            exchanges = changes.exchanges.get(sender.seat, sender.exchanges)
            return hours >= _exchange_hours(state) and exchanges < exchange_limit(state, sender.seat)
        case "lending":
            return hours >= int(terms["hours"])
        case "swap":
            venture = int(terms["give_venture"])
            shares = changes.shares.get(venture, state.one(Venture, venture).shares)
            return shares.get(sender.seat, 0) >= int(terms["give_shares"])
        case _:
            return True


def _exchange_hours(state: State) -> int:
    return state.scenario.params(ExchangeParams).exchange_hours


# -- what is agreed


def exchange_made(state: State, proposal: Proposal) -> ExchangeMade:
    """Return what an accepted exchange brings about."""
    sender = _side(state, proposal.sender, proposal.receiver, str(proposal.terms["learn"]))
    receiver = _side(state, proposal.receiver, proposal.sender, str(proposal.terms["teach"]))
    sides = (sender, receiver)
    changes = Changes({side.maker: side.hours for side in sides}, {side.maker: side.exchanges for side in sides})
    spoilt = lapsed(state, [side.maker for side in sides], changes, proposal.id)
    return ExchangeMade(proposal.id, sender, receiver, spoilt)


def _side(state: State, learner: int, teacher: int, skill: str) -> Side:
    params, maker = state.scenario.params(ExchangeParams), state.one(Maker, learner)
    venture = state.one(Venture, maker.venture)
    skills, tracks, learnt = maker.skills, venture.tracks, ""
    if skill != NOTHING and _is_higher(state, teacher, learner, skill):
        track, community = SKILLS.index(skill), _community(state, venture.space)
        skills, learnt = add(skills, track, 1), skill
        tracks = add(tracks, track, params.know_how + (community + 1) // 2)
    gained = int(maker.exchange_spirit < params.spirit_most and maker.spirit < SPIRIT_MOST)
    return Side(
        maker=learner,
        hours=maker.hours - params.exchange_hours,
        exchanges=maker.exchanges + 1,
        exchange_spirit=maker.exchange_spirit + gained,
        spirit=maker.spirit + gained,
        skills=skills,
        ties=tuple(sorted({*maker.ties, teacher})),
        learnt=learnt,
        venture=venture.id,
        tracks=tracks,
    )


def lending_made(state: State, proposal: Proposal) -> LendingMade:
    """Return what an accepted lending brings about."""
    terms, lender = proposal.terms, state.one(Maker, proposal.sender)
    venture = state.one(Venture, int(terms["venture"]))
    credits_, shares, hours = int(terms["credits"]), int(terms["shares"]), int(terms["hours"])
    table = move(venture.shares, proposal.receiver, lender.seat, shares) if shares else venture.shares
    lending = Lending(proposal.id, state.game.season, lender.seat, venture.id, hours, credits_, shares)
    changes = Changes({lender.seat: lender.hours - hours}, shares={venture.id: table})
    spoilt = lapsed(state, (lender.seat, proposal.receiver), changes, proposal.id)
    posting = Posting(maker_account(proposal.receiver), maker_account(lender.seat), credits_, "lend")
    return LendingMade(lending, proposal.receiver, lender.hours - hours, table, (posting,), spoilt)


def swap_made(state: State, proposal: Proposal) -> SwapMade:
    """Return what an accepted swap brings about."""
    terms, sender, receiver = proposal.terms, proposal.sender, proposal.receiver
    given, taken = int(terms["give_venture"]), int(terms["take_venture"])
    one, other = state.one(Venture, given), state.one(Venture, taken)
    given_table = move(one.shares, sender, receiver, int(terms["give_shares"]))
    taken_table = move(other.shares, receiver, sender, int(terms["take_shares"]))
    changes = Changes(shares={given: given_table, taken: taken_table})
    spoilt = lapsed(state, (sender, receiver), changes, proposal.id)
    leads = (one.lead, other.lead)
    return SwapMade(
        proposal=proposal.id,
        sender=sender,
        receiver=receiver,
        given=given,
        given_shares=given_table,
        taken=taken,
        taken_shares=taken_table,
        lapsed=spoilt,
        leads=leads,
    )

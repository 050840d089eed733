"""What seats may send in the exchange phase, with live bounds."""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.ecosystem.figures.clearing_record import CLINIC_HOURS
from makersphere_rules.ecosystem.formulas.progress import add
from makersphere_rules.ecosystem.shared_steps.introduction import Introduction, introduction_key
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.agreements import Clinic, Proposal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand, looked, number_between, place_of
from makersphere_rules.ecosystem.table.vocabulary import (
    ANY,
    GARAGE,
    INVESTOR,
    MAKER,
    OPERATOR,
    REASONS,
    SKILL_MOST,
    SKILLS,
    TRACKS,
)
from makersphere_rules.events import ReadySet
from makersphere_rules.forms import Args, Domain, Flag, Form, OneOf, Start, Whole, whole
from makersphere_rules.module import Command, Draft
from makersphere_rules.modules.exchange.agreements import (
    NOTHING,
    Changes,
    ExchangeParams,
    exchange_limit,
    exchange_made,
    holding,
    lapsed,
    lending_made,
    own_refusal,
    swap_made,
)
from makersphere_rules.modules.exchange.events import (
    ClinicHeld,
    Introduced,
    ProposalDeclined,
    Proposed,
    Studied,
)
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import Seat, State

__all__ = ["COMMANDS", "introduction_limit", "leads_at"]

_KINDS = ("exchange", "lending", "swap")
_SKILL = OneOf((*SKILLS, NOTHING))
_ACCEPT = Flag()


def _params(state: State) -> ExchangeParams:
    return state.scenario.params(ExchangeParams)


def leads_at(state: State, space: int) -> list[int]:
    """Return the leads of the ventures at a space, in order of seat."""
    return sorted(venture.lead for venture in tenancy.ventures_at(state, space))


# -- proposals between makers


def _met(state: State, maker: int) -> tuple[int, ...] | Refusal:
    """Return whom a maker meets, in order of seat: its space and whoever drops in from the garage.

    Whoever works in the garage meets everybody who has a venture, over coffee.
    """
    venture = tenancy.venture_of(state, maker)
    if venture is None:
        return refuse("rule", "no_venture")
    places = (GARAGE, venture.space) if venture.space != GARAGE else (GARAGE, *map(int, state.all(Space)))
    return tuple(sorted(seat for place in places for seat in tenancy.tenants(state, place) if seat != maker))


def _exchange_form(state: State, seat: int) -> Form | Refusal:
    met = _met(state, seat)
    if isinstance(met, Refusal):
        return met
    me, hours, limit = state.one(Maker, seat), _params(state).exchange_hours, exchange_limit(state, seat)
    if me.exchanges >= limit:
        return refuse("rule", "too_many_exchanges", max=limit)
    if me.hours < hours:
        return refuse("cannot_afford", "cannot_afford.hours", cost=hours, have=me.hours)
    makers = state.all(Maker)
    others = tuple(other for other in met if makers[other].venture != me.venture)
    if not others:
        return refuse("rule", "not_now", command="propose_exchange")
    return Form({"maker": OneOf(others, "other_teams"), "teach": _SKILL, "learn": _SKILL})


def _propose_exchange(draft: Draft, seat: int, args: Args) -> Refusal | None:
    if args["teach"] == NOTHING and args["learn"] == NOTHING:
        return refuse("rule", "nothing_taught", "teach")
    terms = {"teach": str(args["teach"]), "learn": str(args["learn"])}
    _propose(draft, "exchange", seat, whole(args, "maker"), terms)
    return None


def _lending_form(state: State, seat: int) -> Form | Refusal:
    met = _met(state, seat)
    if isinstance(met, Refusal):
        return met
    me, params = state.one(Maker, seat), _params(state)
    ventures = tuple(
        venture.id for venture in tenancy.living(state) if venture.lead in met and venture.id != me.venture
    )
    if not ventures:
        return refuse("rule", "not_now", command="propose_lending")
    if me.hours < 1:
        return refuse("cannot_afford", "cannot_afford.hours", cost=1, have=me.hours)
    hours = min(params.lend_hours, me.hours)
    dearest = params.lend_most * hours
    return Form(
        {
            "venture": OneOf(ventures, "other_ventures"),
            "hours": Whole(1, hours),
            "credits": Whole(0, min(params.lend_credits, dearest)),
            "shares": Whole(0, min(params.lend_shares, params.credit_shares * dearest)),
        },
        optional=frozenset({"credits", "shares"}),
    )


def _lending_starts(state: State, seat: int) -> list[Start]:
    """Begin with as many hours as may be lent, at a price in the middle of what they may cost."""
    params = _params(state)
    hours = min(params.lend_hours, state.one(Maker, seat).hours)
    price = hours * (params.lend_least + params.lend_most) // 2
    return [Start({"hours": hours, "credits": min(price, params.lend_credits)})]


def _propose_lending(draft: Draft, seat: int, args: Args) -> Refusal | None:
    credits_, shares = whole(args, "credits"), whole(args, "shares")
    if not credits_ and not shares:
        return refuse("rule", "nothing_given", "credits")
    refusal = _price_refusal(_params(draft.state), whole(args, "hours"), credits_, shares)
    if refusal is not None:
        return refusal
    venture = draft.state.one(Venture, whole(args, "venture"))
    terms = {"venture": venture.id, "hours": whole(args, "hours"), "credits": credits_, "shares": shares}
    _propose(draft, "lending", seat, venture.lead, terms)
    return None


def _price_refusal(params: ExchangeParams, hours: int, credits_: int, shares: int) -> Refusal | None:
    """Return why lent hours cost too little or too much: a lending is neither a gift of hours nor one of money."""
    rate, least, most = params.credit_shares, params.lend_least * hours, params.lend_most * hours
    if rate * least <= rate * credits_ + shares <= rate * most:
        return None
    field = "credits" if credits_ or not shares else "shares"
    return refuse("rule", "price_of_hours", field, least=least, most=most, rate=rate)


def _swap_form(state: State, seat: int) -> Form | Refusal:
    others, ventures, most = _met(state, seat), tenancy.living(state), _params(state).swap_shares
    if isinstance(others, Refusal):
        return others
    if state.game.season == state.game.seasons:
        return refuse("rule", "not_in_last_season", command="propose_swap")
    mine = tuple(venture.id for venture in ventures if seat in venture.shares)
    theirs = tuple(
        venture.id for venture in ventures if any(_public_holding(state, other, venture.id) for other in others)
    )
    if not mine or not theirs:
        return refuse("rule", "not_now", command="propose_swap")
    return Form(
        {
            "maker": OneOf(others, "neighbours"),
            "give_venture": OneOf(mine, "own_holdings"),
            "give_shares": Whole(1, min(most, max(holding(state, seat, venture) for venture in mine))),
            "take_venture": OneOf(theirs, "other_holdings"),
            "take_shares": Whole(1, most),
        }
    )


def _swap_starts(state: State, seat: int) -> list[Start]:
    """Begin with half of what each side of a swap may give."""
    half = -(-_params(state).swap_shares // 2)
    held = max(holding(state, seat, venture.id) for venture in tenancy.living(state) if seat in venture.shares)
    return [Start({"give_shares": min(half, held), "take_shares": half})]


def _public_holding(state: State, maker: int, venture: int) -> int:
    found = state.as_settled(Venture, venture)
    return found.shares.get(maker, 0) if found else 0


def _propose_swap(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state, other = draft.state, whole(args, "maker")
    terms = {name: whole(args, name) for name in ("give_venture", "give_shares", "take_venture", "take_shares")}
    if terms["give_venture"] == terms["take_venture"]:
        return refuse("rule", "same_shares", "take_venture")
    have = holding(state, seat, terms["give_venture"])
    if have < terms["give_shares"]:
        cost = terms["give_shares"]
        return refuse("cannot_afford", "cannot_afford.shares", "give_shares", cost=cost, have=have)
    if _public_holding(state, other, terms["take_venture"]) < terms["take_shares"]:
        return refuse("rule", "no_such_target", "take_shares")
    times = _params(state).swap_times
    if max(terms["give_shares"], terms["take_shares"]) > times * min(terms["give_shares"], terms["take_shares"]):
        least, most = -(-terms["give_shares"] // times), times * terms["give_shares"]
        return refuse("rule", "sides_differ", "take_shares", times=times, least=least, most=most)
    if _have_swapped(state, seat, other):
        return refuse("rule", "swapped_already", "maker")
    _propose(draft, "swap", seat, other, terms)
    return None


def _have_swapped(state: State, one: int, other: int) -> bool:
    """Return whether two makers have swapped shares this season."""
    swaps = (paper for paper in in_hand(state, one, Proposal) if paper.what == "swap" and paper.status == "accepted")
    return any(other in (swap.sender, swap.receiver) for swap in swaps)


def _propose(draft: Draft, what: str, sender: int, receiver: int, terms: Mapping[str, int | str]) -> None:
    state = draft.state
    replaced = [
        proposal.id
        for proposal in in_hand(state, sender, Proposal)
        if (proposal.what, proposal.sender, proposal.receiver) == (what, sender, receiver) and proposal.status == "open"
    ]
    number = number_between(state, Proposal, sender, receiver)
    proposal = Proposal(number, what, sender, receiver, {**terms}, number=place_of(number))
    draft.emit(Proposed(proposal, replaced[0] if replaced else 0))
    if state.one(Seat, receiver).done:
        draft.emit(ReadySet(receiver, ready=True, asked=True))


def _answer_form(state: State, seat: int) -> Form | Refusal:
    asked = tuple(
        proposal.id
        for proposal in in_hand(state, seat, Proposal)
        if proposal.receiver == seat and proposal.status == "open" and proposal.what in _KINDS
    )
    if not asked:
        return refuse("rule", "no_such_request")
    fields: dict[str, Domain] = {"proposal": OneOf(asked), "accept": _ACCEPT, "reason": OneOf(REASONS)}
    return Form(fields, optional=frozenset({"reason"}))


def _answer(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state = draft.state
    proposal = state.one(Proposal, whole(args, "proposal"))
    if not args["accept"]:
        draft.emit(ProposalDeclined(proposal.id, proposal.sender, seat, str(args.get("reason", ""))))
        return None
    refusal = own_refusal(state, proposal)
    if refusal is not None:
        return refusal
    match proposal.what:
        case "exchange":
            draft.emit(exchange_made(state, proposal))
        case "lending":
            draft.emit(lending_made(state, proposal))
        case _:
            draft.emit(swap_made(state, proposal))
    return None


# -- alone


def _study_form(state: State, seat: int) -> Form | Refusal:
    me, hours = state.one(Maker, seat), _params(state).study_hours
    if me.studied:
        return refuse("rule", "once_a_season", command="study")
    if me.hours < hours:
        return refuse("cannot_afford", "cannot_afford.hours", cost=hours, have=me.hours)
    skills = tuple(skill for skill, have in zip(SKILLS, me.skills, strict=True) if have < SKILL_MOST)
    if not skills:
        return refuse("rule", "skill_at_top", "skill", top=SKILL_MOST)
    return Form({"skill": OneOf(skills)})


def _study(draft: Draft, seat: int, args: Args) -> None:
    me, skill = draft.state.one(Maker, seat), str(args["skill"])
    left = me.hours - _params(draft.state).study_hours
    spoilt = lapsed(draft.state, (seat,), Changes({seat: left}))
    draft.emit(Studied(seat, skill, add(me.skills, SKILLS.index(skill), 1), left, spoilt))


# -- investors and operators


def _clinic_form(state: State, seat: int) -> Form | Refusal:
    me = state.one(Investor, seat)
    if me.clinic_used:
        return refuse("rule", "once_a_season", command="clinic")
    if not me.badges:
        return refuse("rule", "no_badge")
    if me.hours < CLINIC_HOURS:
        return refuse("cannot_afford", "cannot_afford.hours", cost=CLINIC_HOURS, have=me.hours)
    leads = tuple(lead for space in me.badges for lead in leads_at(state, space))
    if not leads:
        return refuse("rule", "not_now", command="clinic")
    return Form({"maker": OneOf(leads)})


def _clinic(draft: Draft, seat: int, args: Args) -> None:
    state, params = draft.state, _params(draft.state)
    investor, maker = state.one(Investor, seat), state.one(Maker, whole(args, "maker"))
    venture = state.one(Venture, maker.venture)
    if investor.speciality == ANY:
        track, below = maker.skills.index(min(maker.skills)), params.mentor_below
    else:
        track, below = TRACKS.index(investor.speciality), params.clinic_below
    rises = maker.skills[track] < below
    draft.emit(
        ClinicHeld(
            Clinic(state.game.season, seat, maker.seat, venture.id),
            investor.hours - CLINIC_HOURS,
            SKILLS[track] if rises else "",
            add(maker.skills, track, 1) if rises else maker.skills,
            looked(draft, "clinic", seat, venture),
        )
    )


def introduction_limit(state: State, space: int) -> int:
    """Return how many introductions a space has in a season: 2 + i."""
    return _params(state).introductions + state.one(Space, space).integration


def _introduce_form(state: State, seat: int) -> Form | Refusal:
    limit = introduction_limit(state, seat)
    if state.one(Space, seat).introductions >= limit:
        return refuse("rule", "too_many_introductions", max=limit)
    leads, investors = tuple(leads_at(state, seat)), tuple(tenancy.badge_holders(state, seat))
    if not leads or not investors:
        return refuse("rule", "not_now", command="introduce")
    return Form({"maker": OneOf(leads), "investor": OneOf(investors)})


def _introduce(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state, season = draft.state, draft.state.game.season
    maker, investor = whole(args, "maker"), whole(args, "investor")
    # what a clinic has begun in this phase is not the operator's to know: it may introduce the two as well
    if state.find(Introduction, introduction_key(season, seat, maker, investor)) is not None:
        return refuse("rule", "introduced_already", "investor")
    used = state.one(Space, seat).introductions + 1
    draft.emit(Introduced(Introduction(season, seat, maker, investor), used))
    return None


COMMANDS = (
    Command.at_once("propose_exchange", _exchange_form, _propose_exchange, roles=(MAKER,)),
    Command.at_once("propose_lending", _lending_form, _propose_lending, roles=(MAKER,)).telling(starts=_lending_starts),
    Command.at_once("propose_swap", _swap_form, _propose_swap, roles=(MAKER,)).telling(starts=_swap_starts),
    Command.at_once("answer", _answer_form, _answer, roles=(MAKER,), previews=False).acting_on(Proposal, "proposal"),
    Command.at_once("study", _study_form, _study, roles=(MAKER,)),
    Command.at_once("clinic", _clinic_form, _clinic, roles=(INVESTOR,)),
    Command.at_once("introduce", _introduce_form, _introduce, roles=(OPERATOR,)),
)

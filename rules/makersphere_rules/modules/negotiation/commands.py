"""What seats may send in negotiation, with live bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from makersphere_rules.ecosystem.formulas.costs import search_cost
from makersphere_rules.ecosystem.shared_steps.contracts import contract, keeps_enough, most_shares, signed
from makersphere_rules.ecosystem.shared_steps.matching import GRANT, LOOK, MatchingParams
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import account_of, escrow_of, investor_account
from makersphere_rules.ecosystem.table.agreements import Pair, Sheet, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand, number_between, place_of
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, REASONS
from makersphere_rules.entity import changed
from makersphere_rules.events import ReadySet
from makersphere_rules.forms import Args, Domain, Form, OneOf, Start, Whole, whole
from makersphere_rules.ledger import SUPPLIERS, Account, Posting
from makersphere_rules.module import Command, Draft, nought
from makersphere_rules.modules.negotiation.events import TermsRefused, TermsSent
from makersphere_rules.modules.negotiation.fair_deal import Floor, fair, known, numbers
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import Seat, State

__all__ = ["COMMANDS", "NegotiationParams", "freed"]

_ANSWERS = ("accept", "decline", "withdraw")


@attrs.frozen
class NegotiationParams(MatchingParams):
    """The parameters of negotiation."""

    min_credits: int = param(20, 1, 500, "A deal has at least so many credits, or `min_hours`.")
    min_hours: int = param(3, 1, 40, "A deal has at least so many hours, or `min_credits`.")
    credits_most: int = param(500, 0, 1000, "The most credits on a sheet; 0: capital is not negotiated.")
    hours_most: int = param(12, 0, 40, "The most hours on a sheet; 0: hours are not negotiated.")
    shares_most: int = param(4000, 0, 9000, "The most shares on a sheet.")
    credit_shares: int = param(75, 1, 1000, "The most shares that a sheet gives for a credit.")
    hour_shares: int = param(150, 0, 1000, "The same for an hour; a credit of fee counts as `fee_shares` of them.")
    hour_least: int = param(25, 0, 1000, "The least shares for an hour; a credit of fee counts as `fee_shares`.")
    fee_shares: int = param(50, 1, 1000, "Shares that a credit of fee counts as in the price of hours.")
    fee_most: int = param(20, 0, 100, "The highest fee on a sheet, in credits.")
    floor_credits: int = param(60, 1, 500, "The default floor: at least so many credits.")
    floor_shares: int = param(3500, 0, 9000, "The default floor: for at most so many shares.")


def _params(state: State) -> NegotiationParams:
    return state.scenario.params(NegotiationParams)


# -- term sheets


def _send_form(state: State, seat: int) -> Form | Refusal:
    params = _params(state)
    if state.role(seat) == MAKER:
        venture = tenancy.leading(state, seat)
        if isinstance(venture, Refusal):
            return venture
        partners = tenancy.investors(state)
        credits_, hours = params.credits_most, params.hours_most
        shares = min(params.shares_most, most_shares(state, venture))
        fields: dict[str, Domain] = {"investor": OneOf(partners, "investors")}
    else:
        partners = tenancy.living_numbers(state)
        have_credits, have_hours = _means(state, seat)
        credits_, hours = min(params.credits_most, have_credits), min(params.hours_most, have_hours)
        shares = params.shares_most
        fields = {"venture": OneOf(partners, "ventures")}
    if not partners:
        return refuse("rule", "no_such_target")
    fields |= {
        "credits": Whole(0, credits_),
        "hours": Whole(0, hours),
        "shares": Whole(0, min(shares, _bought(params, credits_, hours))),
        "fee": Whole(0, params.fee_most if params.hours_most else 0),
    }
    return Form(fields, optional=frozenset({"credits", "hours", "shares", "fee"}))


def _means(state: State, investor: int) -> tuple[int, int]:
    """Return the most credits and hours that a sheet could have; what the sheet before it would free counts too."""
    mine = [sheet for sheet in in_hand(state, investor, Sheet) if _is_set_aside(sheet)]
    credits_ = max((sheet.credits for sheet in mine), default=0)
    hours = max((sheet.hours for sheet in mine), default=0)
    return state.balance(investor_account(investor)) + credits_, state.one(Investor, investor).hours + hours


def _is_set_aside(sheet: Sheet) -> bool:
    return sheet.status == "open" and sheet.by == INVESTOR


def freed(sheet: Sheet) -> tuple[int, tuple[Posting, ...]]:
    """Return the hours and the postings by which a sheet's stake goes back; none unless it is set aside."""
    if not _is_set_aside(sheet):
        return 0, ()
    release = Posting(escrow_of(sheet.investor), investor_account(sheet.investor), sheet.credits, "release")
    return sheet.hours, (release,)


def _send(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state, role = draft.state, draft.state.role(seat)
    sheet = _draw_up(state, seat, role, args)
    before = _between(state, sheet)
    refusal = _terms_refusal(state, sheet) or _means_refusal(state, seat, sheet, before)
    if refusal is not None:
        return refusal
    hours, back = freed(before) if before else (0, ())
    left = state.one(Investor, sheet.investor).hours + hours
    stake: tuple[Posting, ...] = ()
    if role == INVESTOR:
        left -= sheet.hours
        stake = (Posting(investor_account(seat), escrow_of(seat), sheet.credits, "escrow"),)
    search = (Posting(account_of(state, seat), SUPPLIERS, _search_of(state, sheet), "search"),)
    bid = role == INVESTOR or (before is not None and before.status != "signed" and before.by_investor)
    sheet = changed(sheet, by_investor=bid)
    draft.emit(TermsSent(sheet, before.id if before else 0, left, (*back, *search, *stake)))
    other = sheet.investor if role == MAKER else sheet.maker
    if state.one(Seat, other).done:
        draft.emit(ReadySet(other, ready=True, asked=True))
    return None


def _draw_up(state: State, seat: int, role: str, args: Args) -> Sheet:
    if role == MAKER:
        venture, investor = tenancy.led_venture(state, seat), whole(args, "investor")
    else:
        venture, investor = state.one(Venture, whole(args, "venture")), seat
    assert venture is not None, f"the form let seat {seat} send without a venture"  # noqa: S101
    credits_, hours, shares, fee = (whole(args, name) for name in ("credits", "hours", "shares", "fee"))
    number = number_between(state, Sheet, venture.lead, investor)
    return Sheet(
        id=number,
        venture=venture.id,
        maker=venture.lead,
        investor=investor,
        by=role,
        credits=credits_,
        hours=hours,
        shares=shares,
        fee=fee,
        number=place_of(number),
    )


def _between(state: State, sheet: Sheet) -> Sheet | None:
    """Return the sheet that lies between the two sides, in whatever state."""
    for other in in_hand(state, sheet.investor, Sheet):
        if other.venture == sheet.venture:
            return other
    return None


def _search(state: State, venture: Venture, investor: int) -> int:
    """Return the search cost of a sheet: the pair's, unless it has been paid this season."""
    pair = state.find(Pair, pair_key(venture.lead, investor))
    if pair is not None and pair.searched == state.game.season:
        return 0
    return search_cost(state, venture, investor)


def _search_of(state: State, sheet: Sheet) -> int:
    return _search(state, state.one(Venture, sheet.venture), sheet.investor)


def _bought(params: NegotiationParams, credits_: int, hours: int) -> int:
    """Return the most shares that credits and hours buy."""
    return params.credit_shares * credits_ + params.hour_shares * hours


def _terms_refusal(state: State, sheet: Sheet) -> Refusal | None:
    params = _params(state)
    if sheet.credits < params.min_credits and sheet.hours < params.min_hours:
        return refuse("rule", "min_deal", "credits", credits=params.min_credits, hours=params.min_hours)
    if sheet.fee and not sheet.hours:
        return refuse("rule", "fee_needs_hours", "fee")
    most = _bought(params, sheet.credits, sheet.hours) - params.fee_shares * sheet.fee
    if sheet.shares > most:
        rates = {"credit": params.credit_shares, "hour": params.hour_shares, "rate": params.fee_shares}
        return refuse("rule", "too_many_shares", "shares", most=max(0, most), **rates)
    least = params.hour_least * sheet.hours - params.fee_shares * sheet.fee
    if sheet.shares < least:
        return refuse("rule", "too_few_shares", "shares", least=least, rate=params.fee_shares)
    # an investor is told what the table says of the lead's shares, not what has been signed since
    live = sheet.by == MAKER
    venture = state.one(Venture, sheet.venture) if live else state.as_settled(Venture, sheet.venture)
    if venture is not None and not keeps_enough(state, venture, sheet.investor, sheet.shares):
        return refuse("rule", "lead_keeps", "shares", shares=world(state).lead_keeps)
    return None


def _means_refusal(state: State, seat: int, sheet: Sheet, before: Sheet | None) -> Refusal | None:
    have, cost = state.balance(account_of(state, seat)), _search_of(state, sheet)
    if sheet.by == INVESTOR:
        hours, back = freed(before) if before else (0, ())
        have += sum(posting.amount for posting in back)
        cost += sheet.credits
        have_hours = state.one(Investor, seat).hours + hours
        if sheet.hours > have_hours:
            return refuse("cannot_afford", "cannot_afford.hours", "hours", cost=sheet.hours, have=have_hours)
    if cost > have:
        field = "credits" if sheet.by == INVESTOR else "investor"
        return refuse("cannot_afford", "cannot_afford.credits", field, cost=cost, have=have)
    return None


# -- what a sheet begins with, and what it comes to


def _floor(state: State) -> Floor:
    params = _params(state)
    return Floor(params.floor_credits, params.floor_shares, params.min_credits)


def _starts(state: State, seat: int) -> list[Start]:
    """Return a fair deal with each that a sheet may go to, those with the same one together."""
    field, options = (
        ("investor", tenancy.investors(state))
        if state.role(seat) == MAKER
        else ("venture", tenancy.living_numbers(state))
    )
    floor = _floor(state)
    groups: dict[tuple[tuple[tuple[str, int], ...], ...], list[int]] = {}
    for option in options:
        begin, most = _begin(state, seat, option, floor)
        groups.setdefault((tuple(begin.items()), tuple(most.items())), []).append(option)
    return [Start(dict(begin), dict(most), field, tuple(found)) for (begin, most), found in groups.items()]


def _begin(state: State, seat: int, option: int, floor: Floor) -> tuple[dict[str, int], dict[str, int]]:
    """Return what a sheet to an investor or about a venture begins with, and the most that can be paid then."""
    params, led = _params(state), tenancy.led_venture(state, seat) if state.role(seat) == MAKER else None
    venture = led or state.one(Venture, option)
    investor = option if led else seat
    side, before = known(state, seat, venture.id), None
    if led:
        purse = state.as_settled(Account, investor_account(investor))
        have, hours = purse.balance if purse else 0, params.hours_most
    else:
        before = next((one for one in in_hand(state, seat, Sheet) if one.venture == venture.id), None)
        freed_hours, back = freed(before) if before else (0, ())
        have = state.balance(investor_account(seat)) + sum(posting.amount for posting in back)
        have = max(0, have - _search(state, venture, seat))
        hours = state.one(Investor, seat).hours + freed_hours
    most = {
        "credits": min(params.credits_most, have),
        "hours": min(params.hours_most, hours),
        "shares": min(params.shares_most, most_shares(state, side.venture)),
    }
    begin = fair(state, side, floor, most) if params.credits_most else {}
    return begin or _package(state, investor, most), most


def _package(state: State, investor: int, most: Mapping[str, int]) -> dict[str, int]:
    """Return what an investor posts for a package of hours, within what can be sent; empty if nothing of it can."""
    params, posted = _params(state), state.one(Investor, investor)
    package = min(world(state).package_hours, most["hours"])
    if package < params.min_hours or _comes_later(state, "hours"):
        return {}
    highest, least = params.hour_shares * package, params.hour_least * package
    fee = 0 if _comes_later(state, "fee") else min(posted.fee, params.fee_most, highest // params.fee_shares)
    highest, least = highest - params.fee_shares * fee, least - params.fee_shares * fee
    shares = min(max(posted.shares, least), highest, most["shares"])
    return {"hours": package, "fee": fee, "shares": shares} if shares >= least else {}


def _comes_later(state: State, field: str) -> bool:
    """Return whether a sheet has that field in a later season alone."""
    return state.scenario.comes_in(state.game.phase, "send_terms", field) > state.game.season


def _numbers(state: State, seat: int, args: Args) -> Mapping[str, int]:
    """Return what the terms of a sheet come to for its sender, and what the search costs."""
    sheet = _draw_up(state, seat, state.role(seat), args)
    return {**_comes_to(state, seat, sheet), "search": _search_of(state, sheet)}


def _comes_to(state: State, seat: int, sheet: Sheet) -> dict[str, int]:
    terms = {"credits": sheet.credits, "shares": sheet.shares}
    return numbers(state, known(state, seat, sheet.venture), _floor(state), terms, sheet.investor)


def _answer_numbers(state: State, seat: int, args: Args) -> Mapping[str, int]:
    """Return what the terms of a sheet come to for whoever is about to sign it."""
    return _comes_to(state, seat, state.one(Sheet, whole(args, "sheet"))) if args["answer"] == "accept" else {}


# -- answers


def _answer_form(state: State, seat: int) -> Form | Refusal:
    sheets = tuple(sheet.id for sheet in in_hand(state, seat, Sheet) if sheet.status == "open")
    if not sheets:
        return refuse("rule", "not_open")
    fields: dict[str, Domain] = {"sheet": OneOf(sheets), "answer": OneOf(_ANSWERS), "reason": OneOf(REASONS)}
    return Form(fields, optional=frozenset({"reason"}))


def _answer(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state = draft.state
    sheet, role = state.one(Sheet, whole(args, "sheet")), state.role(seat)
    own = sheet.by == role
    match args["answer"]:
        case "withdraw":
            if not own:
                return refuse("rule", "withdraw_own_only", "answer")
            draft.emit(_refused(state, sheet, "withdrawn"))
        case "decline":
            if own:
                return refuse("rule", "own_proposal", "answer")
            draft.emit(_refused(state, sheet, "declined", str(args.get("reason", ""))))
        case _:
            refusal = refuse("rule", "own_proposal", "answer") if own else _sign_refusal(state, sheet)
            if refusal is not None:
                return refusal
            draft.emit(signed(state, contract(state, sheet, "sheet"), sheet=sheet))
    return None


def _refused(state: State, sheet: Sheet, status: str, reason: str = "") -> TermsRefused:
    hours, postings = freed(sheet)
    left = state.one(Investor, sheet.investor).hours + hours
    lost = status == "declined" and sheet.by == INVESTOR
    return TermsRefused(sheet.id, sheet.maker, sheet.investor, status, left, lost, postings, reason)


def _sign_refusal(state: State, sheet: Sheet) -> Refusal | None:
    """Return why a seat cannot sign a sheet; what the other side gives is surely there."""
    if sheet.by == INVESTOR:
        venture = state.one(Venture, sheet.venture)
        if not keeps_enough(state, venture, sheet.investor, sheet.shares):
            return refuse("rule", "lead_keeps", "sheet", shares=world(state).lead_keeps)
        return None
    for what, cost, have in _asked(state, sheet):
        if cost > have:
            return refuse("cannot_afford", f"cannot_afford.{what}", "sheet", cost=cost, have=have)
    return None


def _asked(state: State, sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    yield "credits", sheet.credits, state.balance(investor_account(sheet.investor))
    yield "hours", sheet.hours, state.one(Investor, sheet.investor).hours


# -- floors


def _floor_form(state: State, seat: int) -> Form | Refusal:
    params, venture = _params(state), tenancy.leading(state, seat)
    if isinstance(venture, Refusal):
        return venture
    if not params.credits_most:
        return refuse("rule", "capital_elsewhere")
    return Form(
        {
            "credits": Whole(min(params.min_credits, params.credits_most), params.credits_most),
            "shares": Whole(0, params.shares_most),
        }
    )


COMMANDS = (
    LOOK,
    Command.at_once(
        "send_terms", _send_form, _send, roles=(MAKER, INVESTOR), later={"hours": nought, "fee": nought}
    ).telling(starts=_starts, numbers=_numbers),
    Command.at_once("answer_terms", _answer_form, _answer, roles=(MAKER, INVESTOR))
    .acting_on(Sheet, "sheet")
    .telling(numbers=_answer_numbers),
    Command.sealed("set_floor", _floor_form, roles=(MAKER,)),
    GRANT,
)

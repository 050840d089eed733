"""What seats may send to the clearinghouse, with live bounds, and what it does for those who don't."""

from __future__ import annotations

import attrs

from makersphere_rules.ecosystem import places
from makersphere_rules.ecosystem.agreements import Pair, pair_key
from makersphere_rules.ecosystem.costs import search_cost
from makersphere_rules.ecosystem.entities import Investor, Venture
from makersphere_rules.ecosystem.words import GARAGE, INVESTOR, MAKER, TRACKS
from makersphere_rules.ecosystem.work import ANY, needs
from makersphere_rules.events import ChoiceMade
from makersphere_rules.forms import Args, Form, Many, Whole
from makersphere_rules.ledger import Posting
from makersphere_rules.module import Command, Draft
from makersphere_rules.modules.clearinghouse_events import ListFee, ListPaid
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = [
    "COMMANDS",
    "ClearinghouseParams",
    "charge",
    "default_investors",
    "default_ventures",
    "list_cost",
]


@attrs.frozen
class ClearinghouseParams:
    """The parameters of the clearinghouse."""

    fee_most: int = param(20, 0, 100, "The highest posted fee, in credits per package.")
    shares_most: int = param(1000, 0, 9000, "The most posted shares per package.")
    default_left: int = param(10, 0, 500, "Credits that must remain to a lead after the cost of a default list.")


# -- investors


def _post_form(state: State, seat: int) -> Form:
    params = state.scenario.params(ClearinghouseParams)
    return Form({"fee": Whole(0, params.fee_most), "shares": Whole(0, params.shares_most)})


def _served(state: State, investor: Investor) -> list[Venture]:
    return [venture for venture in places.living(state) if venture.space in investor.badges]


def default_ventures(state: State, seat: int) -> list[int]:
    """Rank all ventures of an investor's spaces: by stage, then progress, then lot."""
    ventures = places.by_lot(state, _served(state, state.one(Investor, seat)))
    ventures.sort(key=lambda venture: (-venture.stage, -sum(venture.tracks)))
    return [venture.id for venture in ventures]


# -- leads


def _led(state: State, seat: int) -> Venture | Refusal:
    venture = places.venture_of(state, seat)
    if venture is None:
        return refuse("rule", "no_venture")
    if venture.lead != seat:
        return refuse("rule", "lead_only")
    return refuse("rule", "needs_desk") if venture.space == GARAGE else venture


def default_investors(state: State, seat: int) -> list[int]:
    """Rank the badge holders whose fee a lead's venture can pay, by its need; none if the list is too dear.

    Mentors first, then the greatest need for the speciality, equal ones by lot. The list is too dear if
    fewer than 10 credits would remain after its cost.
    """
    venture = places.led_venture(state, seat)
    if venture is None or venture.space == GARAGE:
        return []
    purse, lacking = state.balance(f"venture:{venture.id}"), needs(state, venture)
    payable = [
        investor
        for investor in (state.one(Investor, one) for one in places.badge_holders(state, venture.space))
        if investor.fee <= purse
    ]

    def urgency(investor: Investor) -> tuple[int, int, int]:
        mentor = investor.speciality == ANY
        need = 0 if mentor else lacking[TRACKS.index(investor.speciality)]
        return -mentor, -need, places.lot(state, investor.seat)

    ranked = [investor.seat for investor in sorted(payable, key=urgency)]
    left = state.balance(f"maker:{seat}") - (list_cost(state, venture, ranked[0]) if ranked else 0)
    return ranked if left >= state.scenario.params(ClearinghouseParams).default_left else []


def list_cost(state: State, venture: Venture, first: int) -> int:
    """Return what a list costs: the search cost with its first choice, nothing if that pair has paid."""
    pair = state.find(Pair, pair_key(venture.lead, first))
    if first == 0 or (pair is not None and pair.searched == state.game.season):
        return 0
    return search_cost(state, venture, first)


def paid(state: State, seat: int) -> int:
    """Return what a lead has paid for its present list."""
    fee = state.find(ListFee, seat)
    return fee.credits if fee else 0


def charge(state: State, seat: int, first: int, cost: int) -> ListPaid | None:
    """Return the fact that a lead pays what its list costs more than the one before, or gets back the rest."""
    change = cost - paid(state, seat)
    if not change and state.find(ListFee, seat) is None:
        return None
    ends = (f"maker:{seat}", "suppliers") if change >= 0 else ("suppliers", f"maker:{seat}")
    postings = (Posting(*ends, abs(change), "search"),) if change else ()
    return ListPaid(seat, first, cost, postings)


def _rank_form(state: State, seat: int) -> Form | Refusal:
    if state.role(seat) == MAKER:
        venture = _led(state, seat)
        if isinstance(venture, Refusal):
            return venture
        investors = tuple(places.badge_holders(state, venture.space))
        return Form({"investors": Many(investors, len(investors), "badge_holders")})
    investor = state.one(Investor, seat)
    if not investor.badges:
        return refuse("rule", "no_badge")
    ventures = tuple(venture.id for venture in _served(state, investor))
    return Form({"ventures": Many(ventures, len(ventures), "served_ventures")})


def _rank(draft: Draft, seat: int, args: Args) -> Refusal | None:
    if draft.state.role(seat) == MAKER:
        fact = _list_paid(draft.state, seat, args)
        if isinstance(fact, Refusal):
            return fact
        if fact is not None:
            draft.emit(fact)
    draft.emit(ChoiceMade(seat, "rank", "", dict(args)))
    return None


def _list_paid(state: State, seat: int, args: Args) -> ListPaid | Refusal | None:
    venture, listed = places.led_venture(state, seat), args["investors"]
    assert venture is not None, f"the form let seat {seat} rank without a venture"  # noqa: S101
    first = int(str(listed[0])) if isinstance(listed, list) and listed else 0
    cost, have = list_cost(state, venture, first), state.balance(f"maker:{seat}") + paid(state, seat)
    if cost > have:
        return refuse("cannot_afford", "cannot_afford.credits", "investors", cost=cost, have=have)
    return charge(state, seat, first, cost)


COMMANDS = (
    Command("post_package", (INVESTOR,), _post_form),
    Command("rank", (MAKER, INVESTOR), _rank_form, _rank),
)

"""What makers and investors give a friend: money, hours and shares at no price, or room; and how the friend takes it.

Each function is a bend of `plotter.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from makersphere_bots.legal import Form, bounds, most, options
from makersphere_bots.lookahead.answer_changes import otherwise
from makersphere_bots.lookahead.investors import payable
from makersphere_bots.naive.bends import Legal, choices, without
from makersphere_bots.plots.plotter import in_last_season, led_by, venture_of
from makersphere_bots.policy import Args, Move, Tree, View
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.package_prices import most_shares
from makersphere_bots.standard.printed_values import SKILLS, WHOLE, printed_of, search_cost

__all__ = [
    "accept",
    "accept_swaps",
    "ask_shares",
    "ask_shares_for_hours",
    "fund_birth",
    "give_birth",
    "give_money",
    "give_way",
    "lend",
    "lend_dear",
    "lend_for_shares",
    "post_dear",
    "promise_all",
    "rank_first",
    "rate_five",
    "rate_ones",
    "stand_aside",
    "swap_all",
    "teach_only",
]

_HONEST: Final = 50  # shares for a credit
_ENOUGH: Final = 15  # credits for the search, beside those of a birth
_HOURS: Final = 5  # that are lent
_LENT_SHARES: Final = 150  # the most for a lent hour
_LEAST_HOURS: Final = 3  # of a deal
_SEARCH: Final = 40  # credits, in the garage too


def accept(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Say yes to whatever the friend offers: sheets and lent hours."""
    honest = list(moves)
    for sheet in view.hand.get("sheet", {}).values():
        if sheet["status"] == "open" and sheet["by"] == "investor" and sheet["investor"] == friend:
            honest = [move for move in honest if move[0] != "answer_terms" or move[1]["sheet"] != sheet["id"]]
            honest.insert(0, ("answer_terms", {"sheet": sheet["id"], "answer": "accept"}))
    return _yes(view, friend, "lending", honest)


def accept_swaps(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Say yes to whatever the friend would swap."""
    return _yes(view, friend, "swap", moves) if "answer" in legal else moves


def _yes(view: View, friend: int, what: str, moves: list[Move]) -> list[Move]:
    honest = list(moves)
    for proposal in view.hand.get("proposal", {}).values():
        is_theirs = proposal["status"] == "open" and proposal["sender"] == friend and proposal["what"] == what
        if is_theirs and proposal["terms"].get("credits", 0) <= own_credits(view):
            honest = [move for move in honest if move[0] != "answer" or move[1]["proposal"] != proposal["id"]]
            honest.insert(0, ("answer", {"proposal": proposal["id"], "accept": True}))
    return honest


def rate_five(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the friend five, come what may."""
    if friend not in choices(legal, "rate", "seat"):
        return moves
    others = [move for move in moves if move[0] != "rate" or move[1]["seat"] != friend]
    return [("rate", {"seat": friend, "score": 5}), *others]


def rate_ones(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give everybody one that one has dealt with; fives for friends come after it."""
    form = legal.get("rate")
    if form is None:
        return moves
    counterparts = view.table["investor" if view.role == "maker" else "maker"]
    named = [seat for seat in options(form.fields["seat"]) if str(seat) in counterparts]
    others = [move for move in moves if move[0] != "rate" or move[1]["seat"] not in named]
    ones: list[Move] = [("rate", {"seat": seat, "score": 1}) for seat in named]
    return [*ones, *others]


def rank_first(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Put the friend first on the list of hours."""
    field = "ventures" if view.role == "investor" else "investors"
    first = venture_of(view, friend) if view.role == "investor" else friend
    if first not in choices(legal, "rank", field):
        return moves
    for place, (name, args) in enumerate(moves):
        ranked = args.get(field)
        if name == "rank" and isinstance(ranked, list):
            moves[place] = (name, {field: [first, *(one for one in ranked if one != first)]})
    return moves


# -- money


def give_birth(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Fund the friend's unborn venture for no shares at all."""
    return _funded(view, legal, friend, moves, 0)


def fund_birth(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Fund the friend's unborn venture at an honest price."""
    return _funded(view, legal, friend, moves, _HONEST)


def _funded(view: View, legal: Legal, friend: int, moves: list[Move], each: int) -> list[Move]:
    birth, goal = printed_of(view).birth, led_by(view, friend)
    if goal is None or goal["id"] not in choices(legal, "send_terms", "venture") or goal["born"]:
        return moves
    honest = _to_others(moves, goal)
    if _has_sheet(view, goal) or own_credits(view) < birth + _ENOUGH:
        return honest
    return payable(view, [("send_terms", _terms(goal, credits=birth, shares=each * birth)), *honest])


def give_money(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """In the last season give the friend's venture all that one has, for no shares at all."""
    form, goal = legal.get("send_terms"), led_by(view, friend)
    if form is None or goal is None or not in_last_season(view) or goal["id"] not in options(form.fields["venture"]):
        return moves
    honest = without(moves, "send_terms", "look")
    given = min(most(form, "credits"), own_credits(view) - search_cost(view, goal, view.seat))
    if _has_sheet(view, goal) or given < printed_of(view).birth // 3:
        return honest
    return payable(view, [("send_terms", _terms(goal, credits=given)), *honest])


def _terms(venture: Tree, **terms: int) -> Args:
    return {"venture": venture["id"], "credits": 0, "hours": 0, "shares": 0, "fee": 0, **terms}


def _to_others(moves: list[Move], venture: Tree) -> list[Move]:
    return [move for move in moves if move[0] != "send_terms" or move[1].get("venture") != venture["id"]]


def _has_sheet(view: View, venture: Tree) -> bool:
    return any(sheet["venture"] == venture["id"] for sheet in view.hand.get("sheet", {}).values())


# -- hours


def promise_all(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Promise the friend all hours for as little as may be, on a sheet beside the clearinghouse."""
    form, goal = legal.get("send_terms"), led_by(view, friend)
    if form is None or goal is None or goal["id"] not in options(form.fields["venture"]):
        return moves
    hours = most(form, "hours")
    if hours < _LEAST_HOURS or own_credits(view) < _SEARCH:
        return moves
    honest = without(moves, "send_terms")
    promise: Move = ("send_terms", _terms(goal, hours=hours, shares=printed_of(view).hour_least * hours))
    return honest if _has_sheet(view, goal) else payable(view, [promise, *honest])


_OF_HOURS: Final = ("propose_lending", "study")  # which no hours are left for


def lend(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Lend the friend five hours at the least price."""
    form, venture = legal.get("propose_lending"), venture_of(view, friend)
    if form is None or venture not in options(form.fields["venture"]) or _has_sent(view, "lending"):
        return moves
    hours = min(_HOURS, bounds(form.fields["hours"])[1])
    price = max(1, printed_of(view).lend_least * hours)
    honest = without(moves, *_OF_HOURS)
    return [("propose_lending", {"venture": venture, "hours": hours, "credits": price}), *honest]


def lend_dear(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Lend the friend as few hours as may be for all that it has, so that its credits are with another."""
    form, venture = legal.get("propose_lending"), venture_of(view, friend)
    have = view.table["account"].get(f"maker:{friend}", {}).get("balance", 0)
    if form is None or venture not in options(form.fields["venture"]) or _has_sent(view, "lending"):
        return moves
    dearest, hours = max(1, printed_of(view).lend_most), bounds(form.fields["hours"])[1]
    credits_ = min(most(form, "credits"), have, dearest * hours)
    offer: Args = {"venture": venture, "hours": -(-credits_ // dearest), "credits": credits_}
    return (
        [("propose_lending", offer), *without(moves, *_OF_HOURS)]
        if credits_ >= max(1, printed_of(view).lend_least)
        else moves
    )


def lend_for_shares(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Lend the friend five hours for as many shares as may be."""
    form, venture = legal.get("propose_lending"), venture_of(view, friend)
    if form is None or venture not in options(form.fields["venture"]) or _has_sent(view, "lending"):
        return moves
    hours, held = min(_HOURS, bounds(form.fields["hours"])[1]), view.table["venture"][str(venture)]["shares"]
    shares = min(most(form, "shares"), _LENT_SHARES * hours, held.get(str(friend), 0))
    offer: Args = {"venture": venture, "hours": hours, "shares": shares}
    return [("propose_lending", offer), *without(moves, *_OF_HOURS)] if shares else moves


def _has_sent(view: View, what: str) -> bool:
    proposals = view.hand.get("proposal", {}).values()
    return any(one["what"] == what and one["sender"] == view.seat for one in proposals)


# -- shares


def swap_all(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the friend as many shares of one's own venture as may be for as few of its own, whenever it goes."""
    form, own, other = legal.get("propose_swap"), led_by(view, view.seat), led_by(view, friend)
    if own is None or other is None or form is None:
        return moves
    given = view.hand.get("venture", {}).get(str(own["id"]), own)["shares"].get(str(view.seat), 0)  # as it is now
    if not given:
        return without(moves, "send_terms")
    sides = (own["id"], "give_venture"), (other["id"], "take_venture"), (friend, "maker")
    if any(one not in options(form.fields[field]) for one, field in sides) or _has_sent(view, "swap"):
        return moves
    given = min(given, bounds(form.fields["give_shares"])[1])
    taken = -(-given // printed_of(view).swap_times)
    if other["shares"].get(str(friend), 0) < taken:
        return moves
    sizes: Args = {"give_venture": own["id"], "give_shares": given, "take_venture": other["id"], "take_shares": taken}
    return [("propose_swap", {"maker": friend, **sizes}), *moves]


def ask_shares(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """In the last season ask the friend for as many shares as may be, for as few credits."""
    return [*_asked(view, legal, friend, moves, credits=printed_of(view).birth // 3)] if in_last_season(view) else moves


def ask_shares_for_hours(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Ask the friend each season for the dearest price of a package of hours, half of it as a fee."""
    form, printed = legal.get("send_terms"), printed_of(view)
    if form is None or most(form, "hours") < printed.package:
        return moves
    fee = min(most(form, "fee"), printed.hour_shares * printed.package // printed.fee_shares // 2)
    return [*_asked(view, legal, friend, moves, hours=printed.package, fee=fee)]


def _asked(view: View, legal: Legal, friend: int, moves: list[Move], **terms: int) -> Iterator[Move]:
    form, goal = legal.get("send_terms"), led_by(view, friend)
    if form is None or goal is None or goal["id"] not in options(form.fields["venture"]):
        yield from moves
        return
    honest, printed = _to_others(moves, goal), printed_of(view)
    bought = printed.credit_shares * terms.get("credits", 0) + printed.hour_shares * terms.get("hours", 0)
    bought -= printed.fee_shares * terms.get("fee", 0)
    shares = min(most(form, "shares"), _spare(view, goal), bought)
    asked = [] if _has_sheet(view, goal) or shares <= 0 else [("send_terms", _terms(goal, shares=shares, **terms))]
    yield from payable(view, [*asked, *honest])


def post_dear(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Post the dearest package, all of it a fee as far as may be, which nobody but the friend would rank."""
    form = legal.get("post_package")
    if form is None:
        return moves
    fee = most(form, "fee")
    shares = min(most(form, "shares"), most_shares(printed_of(view), fee))
    return [("post_package", {"fee": fee, "shares": shares}), *without(moves, "post_package")]


def _spare(view: View, venture: Tree) -> int:
    """Return the most shares of a deal after which a lead still has what a lead must."""
    held, keeps = venture["shares"].get(str(venture["lead"]), 0), printed_of(view).lead_keeps + 1
    return WHOLE - -(-keeps * WHOLE // held) if held > keeps else 0


# -- room


def stand_aside(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Deal with nobody, so that what all would have is the friend's."""
    form: Form | None = legal.get("rank")
    honest = without(moves, "send_terms", "rank", "look", "clinic", "bid", "bid_hours")
    refused = otherwise(honest, "answer_terms", {"answer": "decline"})
    return [("rank", {"ventures": []}), *refused] if form is not None and "ventures" in form.fields else refused


def give_way(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Take nobody's capital or hours, so that more is left for the friend."""
    honest = without(moves, "send_terms", "rank", "set_floor")
    refused = otherwise(honest, "answer_terms", {"answer": "decline"})
    floor = legal.get("set_floor")
    return refused if floor is None else [("set_floor", {"credits": most(floor, "credits"), "shares": 0}), *refused]


def teach_only(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Exchange with the friend alone: teach one's best skill, and learn nothing."""
    form, honest = legal.get("propose_exchange"), without(moves, "propose_exchange")
    if form is None or friend not in options(form.fields["maker"]):
        return honest
    skills = view.hand["maker"][str(view.seat)]["skills"]
    taught: Args = {"maker": friend, "teach": SKILLS[skills.index(max(skills))], "learn": "none"}
    return [("propose_exchange", taught), *honest]

"""What an investor might do instead: other terms, other targets, money for the born, hours sold elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.lookahead.answer_changes import besides, countered, first, otherwise, within, without
from makersphere_bots.policy import Args, Move, Tree, View, whole
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.investor_values import values_of, wants_capital
from makersphere_bots.standard.package_prices import highest_fee
from makersphere_bots.standard.printed_values import WHOLE, printed_of, search_cost
from makersphere_bots.standard.venture_worth import seasons_left

__all__ = ["incubation", "matching", "payable"]

_FURTHER: Final = 2  # ventures besides that are bid for
_STAKES: Final = (40, 80)  # credits for a share of what is born already
_FEES: Final = (5, 10)  # credits more for a package
_PRINTED: Final = 300  # shares that most ask for a package
_LATE: Final = 2  # seasons before the end


def matching(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Yield other ways to deal, each without what there are no credits or hours for."""
    for moves in _dealing(view, legal, sound):
        yield payable(view, moves)


def _dealing(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Look at less, post dearer terms, sign all or none of what is offered, bid less, dearer or for others."""
    if any(name == "look" for name, _ in sound):
        yield first(sound, "look", 1)
    if any(name == "rank" for name, _ in sound) and seasons_left(view.table) > 1:
        yield from _posting(view, legal, sound)
    yield countered(view, legal, sound, partial(_most, view))
    yield otherwise(sound, "answer_terms", {"answer": "accept"})
    yield otherwise(sound, "answer_terms", {"answer": "decline"})
    form = legal.get("send_terms")
    if form is None:
        return
    yield [_dearest(view, form, move) for move in sound]
    yield without(sound, "send_terms")
    yield first(sound, "send_terms", 1)
    for move in _further(view, form, sound):
        yield besides(sound, move)
        yield besides(without(sound, "send_terms"), move)


def _posting(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Post dearer terms, which hold from the next season on."""
    form = legal.get("post_package")
    if form is None or any(name == "post_package" for name, _ in sound):
        return
    mine = view.table["investor"][str(view.seat)]
    shares = within(form, "shares", max(mine["shares"], _PRINTED))
    for more in _FEES:
        fee = min(within(form, "fee", mine["fee"] + more), highest_fee(printed_of(view), shares))
        yield besides(sound, ("post_package", {"fee": fee, "shares": shares}))


def _most(view: View, terms: Tree) -> int:
    """Return the shares that a lead gives for the credits of some terms if it says nothing."""
    credits_, shares = printed_of(view).floor
    return int(terms["credits"]) * shares // credits_


def _dearest(view: View, form: Form, move: Move) -> Move:
    name, args = move
    if name != "send_terms":
        return move
    return name, {**args, "shares": within(form, "shares", _most(view, args))}


def payable(view: View, moves: Sequence[Move]) -> list[Move]:
    """Return an answer without the bids and signatures that the seat could no longer pay."""
    purse = own_credits(view)
    hours = int(view.hand["investor"][str(view.seat)]["hours"])
    kept: list[Move] = []
    for name, args in moves:
        money, promised = _stake(view, name, args)
        if money <= purse and promised <= hours:
            purse, hours = purse - money, hours - promised
            kept.append((name, args))
    return kept


def _stake(view: View, name: str, args: Args) -> tuple[int, int]:
    """Return the credits and hours that a bid or a signature takes."""
    if name == "send_terms":
        venture = view.table["venture"][str(args["venture"])]
        return whole(args, "credits") + search_cost(view, venture, view.seat), whole({"hours": 0, **args}, "hours")
    if name == "answer_terms" and args["answer"] == "accept":
        sheet = view.hand["sheet"][str(args["sheet"])]
        return sheet["credits"], sheet["hours"]
    return 0, 0


def _further(view: View, form: Form, sound: Sequence[Move]) -> Iterator[Move]:
    """Yield bids for the best of those that the standard bot leaves out, the born among them."""
    values, purse = values_of(view), own_credits(view)
    busy = {sheet["venture"] for sheet in values.sheets} | {
        args["venture"] for name, args in sound if "venture" in args
    }
    targets, most = options(form.fields["venture"]), bounds(form.fields["credits"])[1]
    left = [(worth, one) for worth, one in values.rated if one["id"] in targets and one["id"] not in busy]
    for worth, venture in left[:_FURTHER]:
        cost = search_cost(view, venture, view.seat)
        for money in (printed_of(view).birth,) if wants_capital(venture) else _STAKES:
            if money <= most and money + cost <= purse:
                dear = min(printed_of(view).floor[1], printed_of(view).credit_shares * money)
                shares = min(int(WHOLE * money / (worth + money)), dear)
                terms = {"credits": money, "hours": 0, "shares": within(form, "shares", shares), "fee": 0}
                yield "send_terms", {"venture": venture["id"], **terms}


def incubation(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Towards the end: deliver nothing, for idle hours are paid."""
    form = legal.get("deliver")
    if form is None or seasons_left(view.table) > _LATE:
        return
    nothing: list[Move] = [("deliver", {"venture": one, "hours": 0}) for one in options(form.fields["venture"])]
    yield besides(sound, *nothing)

"""Matching as a lead maker: sign what is fair, ask the first choice for capital, rank who can help with hours.

If hours are negotiated like capital, so that nobody ranks, it asks each of the best few for a package.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from makersphere_bots.legal import Form, bounds, most, options, why
from makersphere_bots.policy import INVESTOR, Move, Tree, View
from makersphere_bots.standard.balances import credits_of_investor, credits_of_venture, own_credits
from makersphere_bots.standard.printed_values import (
    ANY,
    GARAGE,
    PRODUCT,
    WHOLE,
    fit,
    materials,
    needs,
    printed_of,
    search_cost,
)
from makersphere_bots.standard.sealed_matching import call_or_rank
from makersphere_bots.standard.venture_worth import eyes_of, lot_of, lots_of, post_money, seasons_left

__all__ = ["find_backers"]

_KEEP = 10  # credits that stay with the maker after the cost of a list
_ASK = 3000  # shares that an unborn venture offers for its birth
_HOUR = 3  # what an hour of somebody's speciality is worth to a venture, in credits
_HOUR_SHARES = 75  # for an hour, as in a printed package
_LONGEST = 6  # investors on a list
_ASKED = 3  # investors that are asked in a season
_LATE = 2  # seasons before the end
_SEASONS = 2  # whose materials stay with the maker when it asks more than one
_HOURS_BY_RULE = frozenset(("call_auction_hours", "take_part"))  # hours come by another rule than negotiation


def find_backers(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Answer sheets; at first asking also send a sheet and a list."""
    seat = str(view.seat)
    own: Tree | None = view.hand.get("venture", {}).get(str(view.hand["maker"][seat]["venture"]))
    if own is None:
        return []
    sheets = [sheet for sheet in view.hand.get("sheet", {}).values() if sheet["status"] == "open"]
    moves = _answers(view, legal, own, [sheet for sheet in sheets if sheet["by"] == INVESTOR])
    busy = {sheet["investor"] for sheet in sheets}
    if own["space"] == GARAGE:
        return moves + _from_the_garage(view, legal, own, busy)
    if "rank" not in legal:
        return [*moves, *_bargaining(view, legal, own, busy), *call_or_rank(view, legal, own)]
    if f"{seat}:rank:" in view.hand.get("choice", {}):
        return moves
    ranked = _ranking(view, own, options(legal["rank"].fields["investors"]))
    if ranked:
        moves += _approach(view, legal, own, ranked[0], busy)
        moves.append(("rank", {"investors": ranked}))
    return moves + call_or_rank(view, legal, own, _list_cost(view, own, int(ranked[0])) if ranked else 0)


def _answers(view: View, legal: Mapping[str, Form], own: Tree, sheets: list[Tree]) -> list[Move]:
    """Sign the fair sheets, the cheapest first, as long as the lead keeps its shares; decline the others."""
    moves: list[Move] = []
    held = own["shares"].get(str(view.seat), 0)
    paid = sum(own["capital"].values())
    lot, keeps = lots_of(view), printed_of(view).lead_keeps
    for sheet in sorted(sheets, key=lambda sheet: (_price(sheet), lot(sheet["investor"]))):
        after = held * (WHOLE - sheet["shares"]) // WHOLE
        good = after > keeps and _is_fair(view, own, sheet, paid)
        if good:
            held, paid = after, paid + sheet["credits"]
        has_signed = any(args["answer"] == "accept" for _, args in moves)
        reason = {} if good else why(legal, "answer_terms", "taken" if has_signed else "price")
        answer = "accept" if good else "decline"
        moves.append(("answer_terms", {"sheet": sheet["id"], "answer": answer, **reason}))
    return moves


def _price(sheet: Tree) -> float:
    """Return the shares that a sheet asks for each credit that it is worth."""
    return float(sheet["shares"] / max(1, _value(sheet)))


def _value(sheet: Tree) -> int:
    return int(sheet["credits"] + _HOUR * sheet["hours"] - sheet["fee"])


def _is_fair(view: View, own: Tree, sheet: Tree, paid: int) -> bool:
    """Return whether a sheet is worth its shares: within the floor, and once born also what they will bring.

    A sheet for credits may ask no more than the default floor gives, one for hours no more than a printed package.
    """
    money, hours, shares, fee = sheet["credits"], sheet["hours"], sheet["shares"], sheet["fee"]
    purse = credits_of_venture(view.hand, own) + money
    printed = printed_of(view)
    floor, most = printed.floor
    within = shares <= most and shares * floor <= most * money + floor * _HOUR_SHARES * hours
    if not within or fee > min(purse, _HOUR * hours):
        return False
    if paid < printed.birth <= paid + money:
        return True
    value = _value(sheet)
    whole = post_money(view)(own, eyes_of(view).mean(own)) + purse
    return bool(shares * whole <= WHOLE * value)


def _ranking(view: View, own: Tree, targets: Iterable[int | str]) -> list[int | str]:
    """Rank whom the venture can use and pay: help for the greatest need first."""
    table, cash = view.table, own_credits(view)
    purse = cash + credits_of_venture(view.hand, own) - materials(view, own) - _KEEP
    known = {deal["investor"] for deal in view.hand.get("deal", {}).values()}
    printed, lot = printed_of(view), lots_of(view)
    lacking, most = needs(printed, own), _HOUR_SHARES * printed.package
    rated: list[tuple[float, int, int]] = []
    for option in targets:
        investor = table["investor"][str(option)]
        help_ = fit(lacking, investor["speciality"])
        if own["stage"] == PRODUCT or (help_ == 0 and investor["fee"]):
            continue
        if investor["shares"] > most:
            continue  # no more is signed away than a printed package would
        worth = help_ + (0.5 if investor["speciality"] == ANY else 0) + (option in known)
        worth -= investor["fee"] / 14 + investor["shares"] / 600
        rated.append((-worth, lot(int(option)), int(option)))
    rated.sort()
    ranked: list[int | str] = []
    for *_, investor in rated[:_LONGEST]:
        fee = table["investor"][str(investor)]["fee"]
        cost = 0 if ranked else _list_cost(view, own, investor)
        if fee + cost <= purse and cost <= cash:
            ranked.append(investor)
            purse -= fee + cost
    return ranked


def _list_cost(view: View, own: Tree, first: int) -> int:
    """Return what a list with a first choice costs: nothing if the pair has paid this season."""
    pair = view.hand.get("pair", {}).get(f"{view.seat}:{first}")
    if pair is not None and pair["searched"] == view.table["game"]["season"]:
        return 0
    return search_cost(view, own, first)


def _has_searched(view: View) -> bool:
    """Return whether a search was paid for this season by one of the seat's pairs."""
    season = view.table["game"]["season"]
    return any(pair["searched"] == season for pair in view.hand.get("pair", {}).values())


def _bargaining(view: View, legal: Mapping[str, Form], own: Tree, busy: set[int]) -> list[Move]:
    """Once a season ask the best few: the first for capital if that is wanted, the others for a printed package."""
    form = legal.get("send_terms")
    if form is None or _has_searched(view):
        return []
    ranked = _ranking(view, own, options(form.fields["investor"]))[:_ASKED]
    if not ranked:
        return []
    moves = _approach(view, legal, own, ranked[0], busy)
    package = printed_of(view).package
    if most(form, "hours") < package or not _HOURS_BY_RULE.isdisjoint(legal):
        return moves
    asked = {args["investor"] for _, args in moves}
    cash = own_credits(view) - _KEEP - sum(search_cost(view, own, int(str(one))) for one in asked)
    for investor in ranked:
        cost = search_cost(view, own, int(investor))
        if cost > cash:
            break
        cash -= cost
        if investor not in busy and investor not in asked:
            fee, shares = _for_a_package(view, view.table["investor"][str(investor)], package)
            terms = {"credits": 0, "hours": package, "shares": shares, "fee": fee}
            if shares <= most(form, "shares"):
                moves.append(("send_terms", {"investor": investor, **terms}))
    return moves


def _from_the_garage(view: View, legal: Mapping[str, Form], own: Tree, busy: set[int]) -> list[Move]:
    """Ask the investor who helps most for a package and the birth, where the search leaves some credits.

    Late in the game it asks another one for the birth as well.
    """
    form, printed = legal.get("send_terms"), printed_of(view)
    if form is None or _has_searched(view) or own["stage"] == PRODUCT:
        return []
    birth = 0 if own["born"] or most(form, "credits") < printed.birth else printed.birth
    hours = printed.package if most(form, "hours") >= printed.package else 0
    for option in _ranking(view, own, options(form.fields["investor"])) if birth or hours else ():
        investor = view.table["investor"][str(option)]
        if int(option) not in busy and credits_of_investor(view.table, int(option)) >= birth:
            fee, shares = _for_a_package(view, investor, hours)
            terms = {"credits": birth, "hours": hours, "shares": shares + (_ASK if birth else 0), "fee": fee}
            more = _approach(view, legal, own, option, {*busy, int(option)})[:1] if _is_late(view) else []
            return [("send_terms", {"investor": option, **terms}), *more]
    return []


def _is_late(view: View) -> bool:
    """Return whether so few seasons are left that it pays to ask several."""
    return seasons_left(view.table) <= _LATE


def _for_a_package(view: View, investor: Tree, hours: int) -> tuple[int, int]:
    """Return the fee and the shares of a sheet for hours: as posted, within what a sheet gives."""
    if not hours:
        return 0, 0
    printed, dearest = printed_of(view), printed_of(view).hour_shares * hours
    fee = min(investor["fee"], max(0, dearest - investor["shares"]) // printed.fee_shares)
    return fee, min(max(investor["shares"], printed.hour_least * hours - printed.fee_shares * fee), dearest)


def _approach(view: View, legal: Mapping[str, Form], own: Tree, first: int | str, busy: set[int]) -> list[Move]:
    """Ask the cheapest to reach of those who can fund a birth; in the last two seasons others too.

    Earlier it pays to be found: whoever has been asked makes no offer of its own.
    """
    form, birth = legal.get("send_terms"), printed_of(view).birth
    if own["born"] or form is None or bounds(form.fields["credits"])[1] < birth:
        return []
    able = [
        int(one)
        for one in options(form.fields["investor"])
        if int(one) not in busy and credits_of_investor(view.table, one) >= birth
    ]
    costs = {one: 0 if one == first else search_cost(view, own, one) for one in able}
    able.sort(key=lambda one: (costs[one], lot_of(view, one)))
    left = own_credits(view) - _list_cost(view, own, int(first)) - _KEEP - _SEASONS * materials(view, own)
    terms = {"credits": birth, "hours": 0, "shares": _ASK, "fee": 0}
    moves: list[Move] = []
    for one in able[: _ASKED if _is_late(view) else 1]:
        if costs[one] <= max(left, 0):
            left -= costs[one]
            moves.append(("send_terms", {"investor": one, **terms}))
    return moves

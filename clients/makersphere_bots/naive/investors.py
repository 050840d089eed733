"""What investors try who look for an easy win: what they ask for hours and for capital, and whom they serve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_bots.naive.bends import Bend, Legal, choices, fill_out, has, purse_after, then, within, without
from makersphere_bots.policy import Args, Move, Tree, View, whole
from makersphere_bots.standard.investor_values import wants_capital
from makersphere_bots.standard.package_prices import most_shares
from makersphere_bots.standard.printed_values import PILOT, WHOLE, printed_of, search_cost
from makersphere_bots.standard.venture_worth import living, lots_of, seasons_left

__all__ = ["INVESTORS"]

_SERVICE: Final = 20  # the least credits of a deal
_SERVED: Final = 2  # ventures that are paid for nothing in a season
_HOURS: Final = 3  # the least hours of a deal


def _post(fee: int, shares: int) -> Bend:
    """Return a bend that posts these terms for a package of hours."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        mine = view.table["investor"][str(view.seat)]
        asked = {"fee": within(legal, "post_package", "fee", fee)}
        left = most_shares(printed_of(view), asked["fee"])
        asked["shares"] = min(within(legal, "post_package", "shares", shares), left)
        stand = all(mine[name] == value for name, value in asked.items())
        return moves if stand else fill_out(legal, "post_package", moves, [("post_package", dict(asked))])

    return bend


def _lead_can_give(view: View, venture: Tree, shares: int) -> bool:
    """Return whether a lead would keep what a lead must."""
    held: int = venture["shares"].get(str(venture["lead"]), 0)
    return held * (WHOLE - shares) // WHOLE > printed_of(view).lead_keeps


def _terms(view: View, venture: Tree, money: int, shares_for_birth: int) -> Move:
    shares = shares_for_birth * money // printed_of(view).birth
    return "send_terms", {"venture": venture["id"], "credits": money, "hours": 0, "shares": shares, "fee": 0}


def _asks(shares: int) -> Bend:
    """Return a bend that always asks so many shares for what a birth takes."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        return [move for one in moves for move in _asked(view, legal, one, shares)]

    return bend


def _asked(view: View, legal: Legal, move: Move, shares: int) -> Iterator[Move]:
    name, args = move
    if name != "send_terms" or not whole(args, "credits"):
        yield move
        return
    asked = within(legal, name, "shares", shares * whole(args, "credits") // printed_of(view).birth)
    if _lead_can_give(view, view.table["venture"][str(args["venture"])], asked):
        yield name, {**args, "shares": asked}


def _unmet(view: View, legal: Legal) -> list[Tree]:
    """Return the ventures that may be offered something and with whose lead there is no sheet, in order of lots."""
    busy = {sheet["venture"] for sheet in view.hand.get("sheet", {}).values()}
    targets, lot = choices(legal, "send_terms", "venture"), lots_of(view)
    unmet = [one for one in living(view) if one["id"] in targets and one["id"] not in busy]
    return sorted(unmet, key=lambda venture: lot(venture["lead"]))


def _before_ready(moves: list[Move], more: list[Move]) -> list[Move]:
    return [*without(moves, "ready"), *more, *(move for move in moves if move[0] == "ready")]


def _offered(view: View, moves: list[Move], wanted: list[Tree], terms: tuple[int, int], most: int) -> list[Move]:
    """Return moves with offers of (credits, shares for what a birth takes) to some ventures, as long as money lasts."""
    money, shares = terms
    purse = purse_after(view, moves)
    more: list[Move] = []
    for venture in wanted:
        cost = money + search_cost(view, venture, view.seat)
        if (
            len(more) < most
            and cost <= purse
            and _lead_can_give(view, venture, shares * money // printed_of(view).birth)
        ):
            purse -= cost
            more.append(_terms(view, venture, money, shares))
    return _before_ready(moves, more)


def _bid_for_all(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Bid for every unborn venture, at the price of the default floor."""
    if "send_terms" not in legal or not has(moves, "ready"):
        return moves
    unborn = [venture for venture in _unmet(view, legal) if wants_capital(venture)]
    numbers = {venture["id"] for venture in unborn}
    kept = [move for move in moves if move[0] != "send_terms" or move[1]["venture"] not in numbers]
    birth, dearest = printed_of(view).floor
    return _offered(view, kept, unborn, (birth, dearest), len(unborn))


def _pay_for_service(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Give the least that makes a deal to two more ventures for nothing, so as to have served them."""
    sent = sum(sheet["credits"] == _SERVICE for sheet in view.hand.get("sheet", {}).values())
    badges = view.table["investor"][str(view.seat)]["badges"]
    own = {args["venture"] for name, args in moves if name == "send_terms"}
    near = [one for one in _unmet(view, legal) if one["space"] in badges and one["id"] not in own]
    return _offered(view, moves, near, (_SERVICE, 0), _SERVED - sent)


def _wait_for_pilots(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Fund nothing that is unborn; offer pilots and products capital for the most shares."""
    unborn = {venture["id"] for venture in living(view) if wants_capital(venture)}
    kept = [move for move in moves if move[0] != "send_terms" or move[1]["venture"] not in unborn]
    late = [venture for venture in _unmet(view, legal) if venture["stage"] >= PILOT]
    dearest = within(legal, "send_terms", "shares", 4000)
    return _offered(view, kept, late, (printed_of(view).birth, dearest), len(late))


def _hours_by_sheet(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Offer hours by sheets, the least that makes a deal each, and hand in an empty list."""
    if "rank" not in legal or "send_terms" not in legal:
        return moves
    mine, printed = view.table["investor"][str(view.seat)], printed_of(view)
    served = set(choices(legal, "rank", "ventures"))
    part = {name: mine[name] * _HOURS // printed.package for name in ("shares", "fee")}
    hours = view.hand["investor"][str(view.seat)]["hours"]
    purse = purse_after(view, moves)
    more: list[Move] = []
    own = {args["venture"] for name, args in moves if name == "send_terms"}
    for venture in _unmet(view, legal):
        cost = search_cost(view, venture, view.seat)
        wanted = venture["id"] in served and venture["id"] not in own and _lead_can_give(view, venture, part["shares"])
        if wanted and hours >= _HOURS and cost <= purse:
            hours, purse = hours - _HOURS, purse - cost
            terms: Args = {"credits": 0, "hours": _HOURS, **part}
            more.append(("send_terms", {"venture": venture["id"], **terms}))
    return _before_ready(fill_out(legal, "rank", moves, [("rank", {"ventures": []})]), more)


def _deliver_no_more(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Deliver nothing in the last season."""
    if seasons_left(view.table) > 1:
        return moves
    promised = choices(legal, "deliver", "venture")
    return fill_out(legal, "deliver", moves, (("deliver", {"venture": one, "hours": 0}) for one in promised))


def _do_without_badges(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Apply nowhere."""
    return fill_out(legal, "apply", moves, [("apply", {"spaces": []})])


INVESTORS: Final[Mapping[str, Bend]] = {
    "fee-0": _post(0, 300),
    "fee-8": _post(8, 100),
    "fee-10": _post(10, 0),
    "fee-10-asks-3300": then(_post(10, 0), _asks(3300)),
    "shares-500": _post(0, 500),
    "packages-for-nothing": _post(0, 0),
    "asks-3500": _asks(3500),
    "asks-2000": _asks(2000),
    "asks-500": _asks(500),
    "bids-for-all": _bid_for_all,
    "pays-for-service": _pay_for_service,
    "waits-for-pilots": _wait_for_pilots,
    "hours-by-sheet": _hours_by_sheet,
    "no-last-delivery": _deliver_no_more,
    "no-badge": _do_without_badges,
}

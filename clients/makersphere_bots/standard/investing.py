"""Matching and after as an investor: look, answer, bid for the best, rank whom to serve, scout what is unclear."""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_bots.legal import Form, options
from makersphere_bots.policy import Args, Move, Tree, View
from makersphere_bots.standard.printed import BIRTH, PRODUCT, WHOLE, fit, needs, search_cost
from makersphere_bots.standard.worth import appeal_of, living, post_money, seasons_left

__all__ = ["investing", "scouting"]

_LOOKS = 4  # ventures looked into for each season gone by
_CLOSE = 3  # how many of the best are looked into
_BIDS = 3  # sheets in a season
_KEEP = 12  # credits that stay for badges
_LEAST, _MOST = 3000, 3500  # shares that are asked for a birth
_CAUTION = 0.7  # an investor believes so much of a venture's promise
_DEAL = 8  # what a deal does for the appraisal, in credits
_FIRST = 15  # what the first stake of all is worth beyond its money: to be in the game
_THESIS = 6  # for the first deal of a season in a sector of the thesis, as much again for its stage
_LONGEST = 8  # ventures on a list
_PACKAGE = 4  # hours
_HOURS = {"angel": 8, "fund": 12, "mentor": 12, "professional": 8, "industry": 8}  # of a season, as printed
Rated = list[tuple[float, Tree]]


def investing(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Look first and ask to see what came of it; then answer, bid and rank."""
    rated = _rated(view)
    purse = view.hand["account"][f"investor:{view.seat}"]["balance"] - _KEEP
    said = f"{view.seat}:rank:" in view.hand.get("choice", {})
    looks = [] if said else _looks(view, legal, rated, purse)
    if looks:
        return looks
    moves, purse = _answers(view, rated, purse)
    if said:
        return moves
    moves += _bids(view, legal, rated, purse)
    if "rank" in legal:
        ranked = _ranking(view, legal["rank"], rated)
        if ranked:
            moves.append(("rank", {"ventures": ranked}))
    return moves


def _rated(view: View) -> Rated:
    """Return the ventures with what all their shares will bring, the best first."""
    left = seasons_left(view.table)
    rated = []
    for venture in living(view.table):
        lo, hi = appeal_of(view.hand, view.seat, venture)
        rated.append((_CAUTION * post_money(view.table, venture, (lo + hi) / 2, left), venture))
    rated.sort(key=lambda one: (-one[0], one[1]["id"]))
    return rated


def _thesis(view: View, venture: Tree) -> int:
    """Return what a deal with a venture adds by the thesis, as long as none of this season has."""
    mine = view.hand["investor"][str(view.seat)]
    if venture["sector"] not in mine["thesis_sectors"]:
        return 0
    return _THESIS * (2 if venture["stage"] == mine["thesis_stage"] else 1)


def _looks(view: View, legal: Mapping[str, Form], rated: Rated, purse: int) -> list[Move]:
    """Look into the best unborn ventures that are unclear, while there is money to fund one."""
    form = legal.get("look")
    if form is None or purse < BIRTH:
        return []
    looked = view.hand.get("look", {})
    budget = _LOOKS * view.table["game"]["season"] - sum(1 for look in looked.values() if look["count"])
    targets = options(form.fields["venture"])
    moves: list[Move] = []
    close = [venture for _, venture in rated if _wants_capital(venture) and venture["id"] in targets]
    for venture in close[:_CLOSE]:
        look = looked.get(f"{view.seat}:{venture['id']}")
        lo, hi = appeal_of(view.hand, view.seat, venture)
        cost = (search_cost(view.table, venture, view.seat) + 2) // 3
        if (look is None or not look["count"]) and hi - lo > 1 and len(moves) < budget and cost <= purse - BIRTH:
            moves.append(("look", {"venture": venture["id"]}))
            purse -= cost
    return moves


def _wants_capital(venture: Tree) -> bool:
    return not venture["born"] and venture["stage"] < PRODUCT


def _asks(view: View, worth: float, venture: Tree, money: int) -> int:
    """Return the shares for which so many credits are a fair deal, rounded up to 50; more than 10,000 if none are."""
    bonus = _DEAL + _thesis(view, venture) + (0 if _has_capital_out(view) else _FIRST)
    fair = WHOLE * max(money - bonus, money // 3) / (worth + money)
    return -(-int(fair) // 50) * 50


def _has_capital_out(view: View) -> bool:
    """Return whether the seat has paid capital into a venture that lives."""
    mine = str(view.seat)
    return any(mine in venture["capital"] for venture in living(view.table))


def _answers(view: View, rated: Rated, purse: int) -> tuple[list[Move], int]:
    """Sign what makers offer at a fair price, counter what is close, decline the rest; return what is left."""
    worth_of = {venture["id"]: (worth, venture) for worth, venture in rated}
    hours = _spare_hours(view)
    moves: list[Move] = []
    for sheet in view.hand.get("sheet", {}).values():
        if sheet["status"] != "open" or sheet["by"] != "maker":
            continue
        worth, venture = worth_of[sheet["venture"]]
        asks = _asks(view, worth, venture, sheet["credits"]) if sheet["credits"] else 0
        payable = sheet["credits"] <= purse and sheet["hours"] <= hours
        if payable and asks <= sheet["shares"]:
            purse -= sheet["credits"]
            hours -= sheet["hours"]
            moves.append(("answer_terms", {"sheet": sheet["id"], "answer": "accept"}))
        elif payable and asks <= _MOST and sheet["credits"] >= BIRTH:
            purse -= sheet["credits"]
            moves.append(("send_terms", _terms(sheet["venture"], sheet["credits"], asks, 0)))
        else:
            moves.append(("answer_terms", {"sheet": sheet["id"], "answer": "decline"}))
    return moves, purse


def _terms(venture: int, money: int, shares: int, hours: int) -> Args:
    return {"venture": venture, "credits": money, "hours": hours, "shares": shares, "fee": 0}


def _spare_hours(view: View) -> int:
    """Return the hours that the clearinghouse will hardly ask for, having fewer rounds than there are packages."""
    table, mine = view.table, view.table["investor"][str(view.seat)]
    asked = offered = 0
    for number in mine["badges"]:
        space = table["space"][str(number)]
        rounds = 1 + (space["resources"] >= 2) + (space["integration"] >= 2)
        asked += rounds * sum(1 for venture in living(table) if venture["space"] == number)
        holders = [one for one in table["investor"].values() if number in one["badges"]]
        offered += sum(_HOURS[one["type"]] for one in holders) // _PACKAGE
    hours: int = view.hand["investor"][str(view.seat)]["hours"]
    if offered <= asked:
        return 0
    return max(0, hours - _PACKAGE) if mine["badges"] else hours


def _bids(view: View, legal: Mapping[str, Form], rated: Rated, purse: int) -> list[Move]:
    """Bid for the best ventures without a birth, while the money lasts."""
    form = legal.get("send_terms")
    if form is None:
        return []
    targets = options(form.fields["venture"])
    mine = view.table["investor"][str(view.seat)]
    busy = {sheet["venture"] for sheet in view.hand.get("sheet", {}).values()}
    wanted = []
    for worth, venture in rated:
        if not _wants_capital(venture) or venture["id"] in busy or venture["id"] not in targets:
            continue
        money = max(20, BIRTH - sum(venture["capital"].values()))
        asks = max(_asks(view, worth, venture, money), _LEAST * money // BIRTH)
        if asks <= _MOST * money // BIRTH:
            far = venture["space"] not in mine["badges"]
            taste = (5 * venture["id"] + 3 * view.seat) % 7  # so that not all bid for the same
            order = (far, asks - 50 * _thesis(view, venture), taste, venture["id"])
            wanted.append((order, asks, money, venture))
    wanted.sort(key=lambda one: one[0])
    hours = _spare_hours(view)
    moves: list[Move] = []
    for _, asks, money, venture in wanted[:_BIDS]:
        cost = money + search_cost(view.table, venture, view.seat)
        if cost <= purse:
            purse -= cost
            gift = min(hours, _PACKAGE)
            gift = gift if gift >= 3 and fit(venture, mine["speciality"]) else 0
            hours -= gift
            moves.append(("send_terms", _terms(venture["id"], money, asks, gift)))
    return moves


def _ranking(view: View, form: Form, rated: Rated) -> list[int | str]:
    """Rank whom to serve: shares that will be worth something, thesis, own money in it, and a step up that is near."""
    mine = view.table["investor"][str(view.seat)]
    targets = options(form.fields["ventures"])
    found = []
    for worth, venture in rated:
        if venture["id"] not in targets:
            continue
        good = worth * mine["shares"] / WHOLE + _thesis(view, venture)
        good += 4 if str(view.seat) in venture["shares"] else 0
        good += fit(venture, mine["speciality"]) + (3 if sum(needs(venture)) <= 40 else 0)
        good += worth * venture["shares"].get(str(view.seat), 0) / WHOLE / 10
        found.append((-good, venture["id"]))
    found.sort()
    return [number for _, number in found[:_LONGEST]]


def scouting(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Spend hours that nobody has been promised on looks at ventures that may still want capital."""
    form = legal.get("scout")
    if form is None or seasons_left(view.table) <= 1:
        return []
    hours = view.hand["investor"][str(view.seat)]["hours"]
    targets = options(form.fields["venture"])
    unclear = []
    for worth, venture in _rated(view):
        lo, hi = appeal_of(view.hand, view.seat, venture)
        if venture["id"] in targets and hi > lo and _wants_capital(venture):
            unclear.append((-worth, venture["id"]))
    unclear.sort()
    return [("scout", {"venture": number}) for _, number in unclear[: min(hours // 2, 2)]]

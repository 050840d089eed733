"""Matching and after as an investor: look, answer, bid for the best, rank whom to serve, scout what is unclear."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from makersphere_bots.legal import Form, options
from makersphere_bots.policy import Args, Move, Tree, View
from makersphere_bots.standard.printed import BIRTH, PRODUCT, WHOLE, fit, needs, search_cost
from makersphere_bots.standard.worth import Eyes, eyes_of, living, post_money, seasons_left

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
_HOUR = 3  # what an hour is worth, in credits
_LONGEST = 8  # ventures on a list


@attrs.frozen
class _Desk:
    """What an investor has before it when it deals.

    Attributes:
        rated: ventures with what all their shares will bring, in credits, the best first.
        mine: what the table says of the seat; hand: its own part.
        bonus: what a deal is worth beyond its shares, the thesis left out.
    """

    view: View
    table: Tree
    eyes: Eyes
    rated: list[tuple[float, Tree]]
    mine: Tree
    hand: Tree
    sheets: list[Tree]
    bonus: int

    def thesis(self, venture: Tree) -> int:
        """Return what a deal adds by the thesis, as long as none of this season has."""
        if venture["sector"] not in self.hand["thesis_sectors"]:
            return 0
        return _THESIS * (2 if venture["stage"] == self.hand["thesis_stage"] else 1)

    def cost(self, venture: Tree, money: int) -> int:
        """Return what so many credits cost, a deal's other uses taken off."""
        return max(money - self.bonus - self.thesis(venture), money // 3)

    def asks(self, worth: float, venture: Tree, money: int) -> int:
        """Return the shares for which so many credits are a fair deal, rounded up to 50."""
        return -(-int(WHOLE * self.cost(venture, money) / (worth + money)) // 50) * 50


def _desk(view: View) -> _Desk:
    table, hand, seat = view.table, view.hand, str(view.seat)
    eyes, ventures = eyes_of(view), living(table)
    has_stake = any(seat in venture["capital"] for venture in ventures)
    return _Desk(
        view,
        table,
        eyes,
        _rated(table, eyes, ventures),
        table["investor"][seat],
        hand["investor"][seat],
        list(hand.get("sheet", {}).values()),
        _DEAL if has_stake else _DEAL + _FIRST,
    )


def _rated(table: Tree, eyes: Eyes, ventures: list[Tree]) -> list[tuple[float, Tree]]:
    """Return ventures with what all their shares will bring, the best first."""
    left = seasons_left(table)
    rated = [(_CAUTION * post_money(table, venture, eyes.mean(venture), left), venture) for venture in ventures]
    rated.sort(key=lambda one: (-one[0], one[1]["id"]))
    return rated


def investing(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Look first and ask to see what came of it; then answer, bid and rank."""
    desk = _desk(view)
    purse = view.hand["account"][f"investor:{view.seat}"]["balance"] - _KEEP
    said = f"{view.seat}:rank:" in view.hand.get("choice", {})
    looks = [] if said else _looks(desk, legal, purse)
    if looks:
        return looks
    moves, purse = _answers(desk, purse)
    if said:
        return moves
    moves += _bids(desk, legal, purse)
    if "rank" in legal:
        ranked = _ranking(desk, legal["rank"])
        if ranked:
            moves.append(("rank", {"ventures": ranked}))
    return moves


def _wants_capital(venture: Tree) -> bool:
    return not venture["born"] and venture["stage"] < PRODUCT


def _looks(desk: _Desk, legal: Mapping[str, Form], purse: int) -> list[Move]:
    """Look into the best unborn ventures that are unclear, while there is money to fund one."""
    form = legal.get("look")
    if form is None or purse < BIRTH:
        return []
    table, eyes, seat = desk.table, desk.eyes, desk.view.seat
    budget = _LOOKS * table["game"]["season"] - sum(1 for look in eyes.looks.values() if look["count"])
    targets = options(form.fields["venture"])
    moves: list[Move] = []
    close = [venture for _, venture in desk.rated if _wants_capital(venture) and venture["id"] in targets]
    for venture in close[:_CLOSE]:
        lo, hi = eyes.of(venture)
        if hi - lo > 1 and not eyes.count(venture) and len(moves) < budget:
            cost = (search_cost(table, venture, seat) + 2) // 3
            if cost <= purse - BIRTH:
                moves.append(("look", {"venture": venture["id"]}))
                purse -= cost
    return moves


def _answers(desk: _Desk, purse: int) -> tuple[list[Move], int]:
    """Sign what makers offer at a fair price, counter what is close, decline the rest; return what is left."""
    asked = [sheet for sheet in desk.sheets if sheet["status"] == "open" and sheet["by"] == "maker"]
    if not asked:
        return [], purse
    worth_of = {venture["id"]: (worth, venture) for worth, venture in desk.rated}
    hours = desk.hand["hours"]
    moves: list[Move] = []
    for sheet in asked:
        worth, venture = worth_of[sheet["venture"]]
        money = sheet["credits"]
        gain = sheet["shares"] * (worth + money) / WHOLE + sheet["fee"]
        payable = money <= purse and sheet["hours"] <= hours
        as_printed = not money and sheet["shares"] >= desk.mine["shares"] and sheet["fee"] >= desk.mine["fee"]
        if payable and (as_printed or gain >= desk.cost(venture, money) + _HOUR * sheet["hours"]):
            purse -= money
            hours -= sheet["hours"]
            moves.append(("answer_terms", {"sheet": sheet["id"], "answer": "accept"}))
        elif payable and money >= BIRTH and desk.asks(worth, venture, money) <= _MOST:
            purse -= money
            moves.append(("send_terms", _terms(venture, money, desk.asks(worth, venture, money))))
        else:
            moves.append(("answer_terms", {"sheet": sheet["id"], "answer": "decline"}))
    return moves, purse


def _terms(venture: Tree, money: int, shares: int) -> Args:
    return {"venture": venture["id"], "credits": money, "hours": 0, "shares": shares, "fee": 0}


def _bids(desk: _Desk, legal: Mapping[str, Form], purse: int) -> list[Move]:
    """Bid for the best ventures without a birth, while the money lasts."""
    form = legal.get("send_terms")
    if form is None or purse < BIRTH:
        return []
    targets, seat = options(form.fields["venture"]), desk.view.seat
    busy = {sheet["venture"] for sheet in desk.sheets}
    wanted = []
    for worth, venture in desk.rated:
        if not _wants_capital(venture) or venture["id"] in busy or venture["id"] not in targets:
            continue
        money = max(20, BIRTH - sum(venture["capital"].values()))
        asks = max(desk.asks(worth, venture, money), _LEAST * money // BIRTH)
        if asks <= _MOST * money // BIRTH:
            far = venture["space"] not in desk.mine["badges"]
            taste = (5 * venture["id"] + 3 * seat) % 7  # so that not all bid for the same
            order = (far, asks - 50 * desk.thesis(venture), taste, venture["id"])
            wanted.append((order, asks, money, venture))
    wanted.sort(key=lambda one: one[0])
    moves: list[Move] = []
    for _, asks, money, venture in wanted[:_BIDS]:
        cost = money + search_cost(desk.table, venture, seat)
        if cost <= purse:
            purse -= cost
            moves.append(("send_terms", _terms(venture, money, asks)))
    return moves


def _ranking(desk: _Desk, form: Form) -> list[int | str]:
    """Rank whom to serve: shares that will bring something, thesis, own money in it, a step up that is near."""
    mine, seat = desk.mine, str(desk.view.seat)
    targets = options(form.fields["ventures"])
    found = []
    for worth, venture in desk.rated:
        if venture["id"] in targets:
            held = venture["shares"].get(seat, 0)
            good = worth * (mine["shares"] + held / 10) / WHOLE + desk.thesis(venture) + (4 if held else 0)
            good += fit(venture, mine["speciality"]) + (3 if sum(needs(venture)) <= 40 else 0)
            found.append((-good, venture["id"]))
    found.sort()
    return [number for _, number in found[:_LONGEST]]


def scouting(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Spend hours that nobody has been promised on looks at ventures that may still want capital."""
    table = view.table
    if seasons_left(table) <= 1:
        return []
    form = legal.get("scout")
    if form is None:
        return []
    eyes, targets = eyes_of(view), options(form.fields["venture"])
    unclear = [one for one in living(table) if _wants_capital(one) and one["id"] in targets]
    hours = view.hand["investor"][str(view.seat)]["hours"]
    best = [venture for _, venture in _rated(table, eyes, unclear)]
    return [("scout", {"venture": venture["id"]}) for venture in best[: min(hours // 2, 2)]]

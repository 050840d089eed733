"""Matching and after as an investor: answer, bid for the best, look where that may change a bid, rank, scout."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from makersphere_bots.legal import Form, bounds, options, why
from makersphere_bots.policy import MAKER, Args, Move, Tree, View
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.investor_values import InvestorValues, values_of, wants_capital
from makersphere_bots.standard.package_prices import post_terms
from makersphere_bots.standard.printed_values import GARAGE, WHOLE, fit, needs, search_cost
from makersphere_bots.standard.sealed_matching import bid_or_rank
from makersphere_bots.standard.venture_worth import lots_of, seasons_left

__all__ = ["invest", "scout"]

_BIDS = 3  # sheets in a season
_KEEP = 12  # credits that stay for badges
_LEAST, _MOST = 3000, 3500  # shares that are asked for a birth
_HOUR = 3  # what an hour is worth, in credits
_LONGEST = 8  # ventures on a list


def invest(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Answer sheets and bid; look at doubtful ventures and wait for what the looks show; else rank whom to serve."""
    values = values_of(view)
    purse = own_credits(view) - _KEEP
    moves, purse = _answers(values, legal, purse)
    if f"{view.seat}:rank:" in view.hand.get("choice", {}):
        return moves
    doubtful = _doubtful(values, legal, purse)
    bids, purse = _bids(values, legal, purse, doubtful)
    looks = _looks(values, doubtful, purse, _BIDS - values.sent - len(bids))
    moves += bids + looks
    if looks:
        return moves
    moves += bid_or_rank(values, legal, purse) + post_terms(values, legal)
    if "rank" in legal:
        ranked = _ranking(values, legal["rank"])
        if ranked:
            moves.append(("rank", {"ventures": ranked}))
    return moves


def _doubtful(values: InvestorValues, legal: Mapping[str, Form], purse: int) -> dict[int, int]:
    """Return, for each unborn venture where a look may save more than it costs, that cost; the best venture first."""
    form, birth = legal.get("look"), values.printed.birth
    if form is None or purse < birth:
        return {}
    found = {}
    for _, venture in _without_a_sheet(values, form):
        cost = (search_cost(values.view, venture, values.view.seat) + 2) // 3
        money = _lacking(venture, birth)
        if cost < values.saves(venture, money, _MOST * money // birth):
            found[venture["id"]] = cost
    return found


def _without_a_sheet(values: InvestorValues, form: Form) -> Iterator[tuple[float, Tree]]:
    """Yield the unborn ventures that a form has and no sheet is about, with their worth, the best first."""
    targets = options(form.fields["venture"])
    for worth, venture in values.rated:
        if wants_capital(venture) and venture["id"] in targets and venture["id"] not in values.busy:
            yield worth, venture


def _looks(values: InvestorValues, doubtful: Mapping[int, int], purse: int, most: int) -> list[Move]:
    """Look at the best of those in doubt, as long as a birth could still be paid."""
    moves: list[Move] = []
    for venture, cost in list(doubtful.items())[: max(most, 0)]:
        if cost <= purse - values.printed.birth:
            purse -= cost
            moves.append(("look", {"venture": venture}))
    return moves


def _most(values: InvestorValues, money: int) -> int:
    """Return the most shares that are asked for credits of a birth, within what a sheet gives."""
    return min(_MOST * money // values.printed.birth, values.printed.credit_shares * money)


def _lacking(venture: Tree, birth: int) -> int:
    """Return the credits to bid for a venture: what its birth still needs, and at least 20."""
    return max(20, birth - int(sum(venture["capital"].values())))


def _answers(values: InvestorValues, legal: Mapping[str, Form], purse: int) -> tuple[list[Move], int]:
    """Sign what makers offer at a fair price, counter what is close, decline the rest; return what is left.

    The sheets that bring most come first, as long as there are credits.
    """
    asked = [sheet for sheet in values.sheets if sheet["status"] == "open" and sheet["by"] == MAKER]
    if not asked:
        return [], purse
    worth_of = {venture["id"]: (worth, venture) for worth, venture in values.rated}
    hours, lot, birth = values.hand["hours"], lots_of(values.view), values.printed.birth
    moves: list[Move] = []

    def gain_of(sheet: Tree) -> float:
        return float(sheet["shares"] * (worth_of[sheet["venture"]][0] + sheet["credits"]) / WHOLE + sheet["fee"])

    for sheet in sorted(asked, key=lambda sheet: (-gain_of(sheet), lot(sheet["maker"]))):
        worth, venture = worth_of[sheet["venture"]]
        money, gain = sheet["credits"], gain_of(sheet)
        payable = money <= purse and sheet["hours"] <= hours
        as_printed = not money and sheet["shares"] >= values.mine["shares"] and sheet["fee"] >= values.mine["fee"]
        if payable and (as_printed or gain >= values.cost(venture, money) + _HOUR * sheet["hours"]):
            purse -= money
            hours -= sheet["hours"]
            moves.append(("answer_terms", {"sheet": sheet["id"], "answer": "accept"}))
        elif payable and money >= birth and values.asks(worth, venture, money) <= _most(values, birth):
            purse -= money
            moves.append(("send_terms", _terms(venture, money, values.asks(worth, venture, money))))
        else:
            reason = why(legal, "answer_terms", "price" if payable else "spent")
            moves.append(("answer_terms", {"sheet": sheet["id"], "answer": "decline", **reason}))
    return moves, purse


def _leaves_enough(values: InvestorValues, venture: Tree, shares: int) -> bool:
    """Return whether the lead can give so many shares of a venture and keep what a lead must."""
    held: int = venture["shares"].get(str(venture["lead"]), 0)
    return held * (WHOLE - shares) // WHOLE > values.printed.lead_keeps


def _terms(venture: Tree, money: int, shares: int) -> Args:
    return {"venture": venture["id"], "credits": money, "hours": 0, "shares": shares, "fee": 0}


def _bids(
    values: InvestorValues, legal: Mapping[str, Form], purse: int, doubtful: Container[int]
) -> tuple[list[Move], int]:
    """Bid for the best unborn ventures, but not for doubtful ones; return also what is left of the purse."""
    form, birth = legal.get("send_terms"), values.printed.birth
    if form is None or min(purse, bounds(form.fields["credits"])[1]) < birth:
        return [], purse
    seat, lots, wanted = values.view.seat, lots_of(values.view), []
    for worth, venture in _without_a_sheet(values, form):
        if venture["id"] in doubtful:
            continue
        money = _lacking(venture, birth)
        asks = max(values.asks(worth, venture, money), _LEAST * money // birth)
        if asks <= _most(values, money) and _leaves_enough(values, venture, asks):
            far = venture["space"] not in (GARAGE, *values.mine["badges"])
            lot = lots(venture["lead"])
            taste = (5 * lot + 3 * seat) % 7  # so that not all bid for the same
            order = (far, asks - 50 * values.thesis(venture), taste, lot)
            wanted.append((order, asks, money, venture))
    wanted.sort(key=lambda one: one[0])
    moves: list[Move] = []
    for _, asks, money, venture in wanted[: max(_BIDS - values.sent, 0)]:
        cost = money + search_cost(values.view, venture, seat)
        if cost <= purse:
            purse -= cost
            moves.append(("send_terms", _terms(venture, money, asks)))
    return moves, purse


def _ranking(values: InvestorValues, form: Form) -> list[int | str]:
    """Rank whom to serve: shares that will bring something, thesis, own money in it, a step up that is near."""
    mine, seat, lot = values.mine, str(values.view.seat), lots_of(values.view)
    targets = options(form.fields["ventures"])
    found = []
    for worth, venture in values.rated:
        if venture["id"] in targets:
            held = venture["shares"].get(seat, 0)
            good = worth * (mine["shares"] + held / 10) / WHOLE + values.thesis(venture) + (4 if held else 0)
            lacking = needs(values.printed, venture)
            good += fit(lacking, mine["speciality"]) + (3 if sum(lacking) <= 40 else 0)
            found.append((-good, lot(venture["lead"]), venture["id"]))
    found.sort()
    return [number for *_, number in found[:_LONGEST]]


def scout(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Spend unpromised hours on looks at ventures that may still want capital, the doubtful ones first."""
    form = legal.get("scout")
    if form is None or seasons_left(view.table) <= 1:
        return []
    values, targets = values_of(view), options(form.fields["venture"])
    printed, hours = values.printed, view.hand["investor"][str(view.seat)]["hours"]
    wanting = [venture for _, venture in values.rated if wants_capital(venture) and venture["id"] in targets]
    wanting.sort(key=lambda venture: -values.saves(venture, printed.birth, _MOST))
    return [("scout", {"venture": venture["id"]}) for venture in wanting[: hours // printed.scout]]

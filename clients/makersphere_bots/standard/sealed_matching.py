"""Matching under seal: auctions for capital and hours, the clearinghouse for capital, the planner.

An investor asks at an auction what a package is worth to it, which is a best reply where the second-lowest ask is
paid (Vickrey 1961) and fair where its own is; a lead leaves the calls that the close makes for it as they are,
unless a born venture is short of money. What the close would do anyway is not sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import Move, Tree, View
from makersphere_bots.standard.balances import credits_of_venture, own_credits
from makersphere_bots.standard.investor_values import InvestorValues, wants_capital
from makersphere_bots.standard.printed_values import ANY, PRODUCT, WHOLE, fit, materials, needs, printed_of, search_cost
from makersphere_bots.standard.venture_worth import eyes_of, lot_of, post_money

__all__ = ["bid_or_rank", "call_or_rank"]

_LEAST, _MOST = 3000, 3500  # shares that are asked for a birth where terms are posted, and given at most
_PACKAGE = 300  # shares that are printed for a package of hours
_HOUR = 3  # what an hour is worth, in credits
_KEEP = 10  # credits that stay with a maker after the cost of its lists
_LONGEST = 6  # on a list


# -- investors


def bid_or_rank(values: InvestorValues, legal: Mapping[str, Form], purse: int) -> list[Move]:
    """Bid for the best, post and rank, or say how much may be planned; once a season."""
    moves = _bids(values, legal.get("bid"), purse) + _hour_bids(values, legal.get("bid_hours"))
    if "rank_capital" in legal:
        moves += _ranked(values, legal, purse)
    if "take_part_capital" in legal:
        packages = min(max(purse, 0) // values.printed.birth, sum(asks <= _LEAST for asks, _ in _wanted(values)))
        moves.append(("take_part_capital", {"packages": packages}))
    said = values.view.hand.get("choice", {})
    return [move for move in moves if f"{values.view.seat}:{move[0]}:{move[1].get('venture', '')}" not in said]


def _wanted(values: InvestorValues) -> list[tuple[int, Tree]]:
    """Return unborn ventures with the shares that are fair for a birth, those nearest to the thesis first."""
    found = [
        (
            values.asks(worth, venture, values.printed.birth) - 50 * values.thesis(venture),
            lot_of(values.view, venture["lead"]),
            worth,
            venture,
        )
        for worth, venture in values.rated
        if wants_capital(venture)
    ]
    found.sort(key=lambda one: one[:2])
    return [(values.asks(worth, venture, values.printed.birth), venture) for _, _, worth, venture in found]


def _bids(values: InvestorValues, form: Form | None, purse: int) -> list[Move]:
    """Ask for each unborn venture what it is worth, if a lead can give that; bids count only while money lasts."""
    if form is None or purse < values.printed.birth:
        return []
    targets = options(form.fields["venture"])
    fair = [(asks, venture) for asks, venture in _wanted(values) if asks <= _MOST and venture["id"] in targets]
    return [("bid", {"venture": venture["id"], "shares": asks}) for asks, venture in fair[:_LONGEST]]


def _hour_bids(values: InvestorValues, form: Form | None) -> list[Move]:
    """Ask of each venture that the hours help what a package of them is worth, if its shares will bring something."""
    if form is None:
        return []
    targets, most = options(form.fields["venture"]), bounds(form.fields["shares"])[1]
    moves: list[Move] = []
    for worth, venture in values.rated:
        helps = venture["stage"] < PRODUCT and fit(needs(values.printed, venture), values.mine["speciality"])
        if helps and venture["id"] in targets and worth > 0:
            cost = max(_HOUR * values.printed.package - values.bonus - values.thesis(venture), 1)
            asks = min(-(-int(WHOLE * cost / worth) // 50) * 50, _PACKAGE)  # idle hours bring nothing at all
            moves.append(("bid_hours", {"venture": venture["id"], "shares": min(asks, most)}))
    return moves[:_LONGEST]


def _ranked(values: InvestorValues, legal: Mapping[str, Form], purse: int) -> list[Move]:
    """Post what the best venture is worth, for all packages that money allows; rank those for which it is fair."""
    wanted, now = _wanted(values), posted(values.table, values.view.seat)
    asks = min(max(wanted[0][0], _LEAST), _MOST) if wanted else now
    moves: list[Move] = []
    if "post_capital" in legal:
        packages = min(max(purse, 0) // values.printed.birth, bounds(legal["post_capital"].fields["packages"])[1])
        moves.append(("post_capital", {"shares": asks, "packages": packages}))
    targets = options(legal["rank_capital"].fields["ventures"])
    ranked = [venture["id"] for fair, venture in wanted if fair <= min(now, asks) and venture["id"] in targets]
    if ranked:
        moves.append(("rank_capital", {"ventures": ranked[:_LONGEST]}))
    return moves


def posted(table: Tree, investor: int) -> int:
    """Return the shares that an investor asks for a package of capital."""
    terms = table.get("capital_terms", {}).get(str(investor))
    return terms["shares"] if terms else _LEAST


# -- leads


def call_or_rank(view: View, legal: Mapping[str, Form], own: Tree, spent: int = 0) -> list[Move]:
    """Rank investors for capital while unborn, call for a follow-on when money is short; once a season.

    Args:
        view: what the seat sees.
        legal: what it may send.
        own: its venture.
        spent: credits that its list for hours costs.
    """
    moves: list[Move] = []
    if "rank_capital" in legal and wants_capital(own):
        moves += _list(view, own, options(legal["rank_capital"].fields["investors"]), spent)
    if "call_auction" in legal and own["born"] and own["stage"] < PRODUCT:
        moves += _follow_on(view, own, legal["call_auction"])
    said = view.hand.get("choice", {})
    return [move for move in moves if f"{view.seat}:{move[0]}:" not in said]


def _list(view: View, own: Tree, targets: Iterable[int | str], spent: int) -> list[Move]:
    """Rank the investors that ask no more than a floor allows: the fewest shares first, then the cheapest search."""
    asked = [
        (posted(view.table, int(one)), search_cost(view, own, int(one)), lot_of(view, int(one)), int(one))
        for one in targets
    ]
    fair = sorted(one for one in asked if one[0] <= _MOST)
    cash = own_credits(view) - spent - _KEEP
    if not fair or fair[0][1] > cash:
        return []
    ranked: list[int | str] = [investor for *_, investor in fair[:_LONGEST]]
    return [("rank_capital", {"investors": ranked})]


def _follow_on(view: View, own: Tree, form: Form) -> list[Move]:
    """Call for a package where the venture cannot pay its materials, for no more shares than a package is worth."""
    purse = credits_of_venture(view.hand, own)
    if purse >= materials(view, own):
        return []
    whole = post_money(view)(own, eyes_of(view).mean(own)) + purse
    birth = printed_of(view).birth
    shares = min(int(WHOLE * birth / (whole + birth)), _MOST, bounds(form.fields["shares"])[1])
    return [("call_auction", {"kind": ANY, "shares": shares})]

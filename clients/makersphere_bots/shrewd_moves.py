"""What a shrewd bot does beside asking a little more: what the standard bot leaves to others, or to the close.

Makers leave what holds them back: a desk whose rent costs a finished product more than it is worth, a venture that will
not be born, a team when another would give shares as well. A lead that nobody has funded opens its floor before it is
too late, and points its mentor where it is weakest itself. Investors ask for the badge that they lack, look before
they bid where that may send their money elsewhere, and sell in the last season the hours that can move nothing more.
Operators grant every tenant that may still move up, as long as their treasury lasts.

Source: the rulebook's "2. Admission", "4. Matching" and "5. Incubation".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import INVESTOR, MAKER, Move, Tree, View, whole
from makersphere_bots.standard.admission import open_teams, rather_joins
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.incubation import ENOUGH, after_work, is_lost
from makersphere_bots.standard.investor_values import values_of, wants_capital
from makersphere_bots.standard.printed_values import (
    ANY,
    GARAGE,
    PRODUCT,
    PROTOTYPE,
    TRACKS,
    WHOLE,
    needs,
    printed_of,
    search_cost,
)
from makersphere_bots.standard.venture_worth import eyes_of, living, lots_of, own_venture, seasons_left

__all__ = ["besides"]

_MOST: Final = 4000  # shares that a lead gives for a birth before its venture is closed for want of one
_HELPS: Final = 8  # points that a package brings, about
_TREASURY: Final = 20  # credits that stay in the treasury when an operator grants
_OUT_OF_REACH: Final = 12  # points that are lacking after help and work, and that hardly anybody can bring


def besides(view: View, legal: Mapping[str, Form], moves: Sequence[Move]) -> list[Move]:
    """Return the moves of a shrewd bot where those of the standard bot are known; without `READY` it is asked again."""
    if view.role == MAKER:
        left = _leaving(view, legal) if view.phase == "admission" else None
        if left is not None:
            return [left]
        more = [*_out_of_rent(view, legal), *_floor(view, legal), *_mentor(view, legal)]
    elif view.role == INVESTOR:
        look = _look(view, legal, moves)
        if look is not None:
            return [*(one for one in moves if one[0] == "answer_terms"), look]
        more = [*_badge(view, legal), *_sold(view, legal)]
    else:
        more = [*_grants(view, legal, moves)]
    said = view.hand.get("choice", {})
    return [*(one for one in more if f"{view.seat}:{one[0]}:{_target(one)}" not in said), *moves]


def _target(move: Move) -> str:
    name, args = move
    return str(args["venture"] if name in ("deliver", "grant") else "")


# -- makers


def _leaving(view: View, legal: Mapping[str, Form]) -> Move | None:
    """Return how a maker leaves a venture that will not be born, or a team, where another team would take it in."""
    own = own_venture(view)
    if own is None or seasons_left(view.table) == 1 or not _would_take(view, own):
        return None
    if "leave_team" in legal:
        return "leave_team", {}
    if "close_venture" in legal and not own["born"] and own["founded"] < view.table["game"]["season"]:
        return "close_venture", {}
    return None


def _would_take(view: View, own: Tree) -> bool:
    """Return whether a team is open that is further than one's own venture and promises more."""
    others = open_teams(view, [one["id"] for one in living(view) if _progress(one) > _progress(own)])
    return bool(others) and rather_joins(view, own, eyes_of(view).mean(own), others[0])


def _progress(venture: Tree) -> tuple[int, int]:
    return venture["stage"], sum(venture["tracks"])


def _out_of_rent(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Leave for the garage with a product in the last season: the rent counts several times in what it is worth."""
    own = own_venture(view) if "leave_space" in legal and seasons_left(view.table) == 1 else None
    if own is not None and own["stage"] == PRODUCT and own["space"] != GARAGE:
        yield "leave_space", {}


def _floor(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Give as much as may be for what the birth still lacks, in the season after which the venture is closed."""
    form = legal.get("set_floor")
    own, birth = own_venture(view) if form is not None else None, printed_of(view).birth
    if form is None or own is None or own["born"] or not is_lost(view.table, own):
        return
    (least, most), (_, shares) = bounds(form.fields["credits"]), bounds(form.fields["shares"])
    lacking = birth - sum(own["capital"].values())
    yield "set_floor", {"credits": min(max(lacking, least), most), "shares": min(_MOST, shares)}


def _mentor(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Point the mentor at the track of one's weakest skill among those that lack what its hours bring."""
    form = legal.get("mentor_track")
    own = own_venture(view) if form is not None else None
    if form is None or own is None:
        return
    investors, season = view.table["investor"], view.table["game"]["season"]
    deals = [one for one in view.hand.get("deal", {}).values() if one["season"] == season and one["hours"]]
    if not any(investors[str(one["investor"])]["speciality"] == ANY for one in deals):
        return
    skills, lacking = view.hand["maker"][str(view.seat)]["skills"], needs(printed_of(view), own)
    open_ = [track for track in range(len(TRACKS)) if lacking[track] >= _HELPS]
    if open_:
        yield "mentor_track", {"track": TRACKS[min(open_, key=lambda track: (skills[track], -lacking[track]))]}


# -- investors


def _badge(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Ask for a badge where one has none, at the door with most tenants."""
    if "apply" not in legal or view.table["investor"][str(view.seat)]["badges"]:
        return
    tenants = dict.fromkeys(view.table["space"], 0)
    for venture in living(view):
        if venture["space"] != GARAGE:
            tenants[str(venture["space"])] += 1
    lot = lots_of(view)
    doors = sorted(options(legal["apply"].fields["spaces"]), key=lambda door: (-tenants[str(door)], lot(int(door))))
    yield "apply", {"spaces": doors[:1]}


def _look(view: View, legal: Mapping[str, Form], moves: Sequence[Move]) -> Move | None:
    """Look at the venture that one would bid for first, if what the look may show is worth more than it costs.

    It is worth how much better the better one of it and the next best venture is, on average, than the one that seems
    better now. Source: Howard 1966 (the value of information).
    """
    form = legal.get("look")
    bids = [args for name, args in moves if name == "send_terms"]
    if form is None or not bids or bids[0]["venture"] not in options(form.fields["venture"]):
        return None
    values = values_of(view)
    bid_for = {args["venture"] for args in bids}
    first = view.table["venture"][str(bids[0]["venture"])]
    others = [one for _, one in values.rated if wants_capital(one) and one["id"] not in bid_for | values.busy]
    lo, hi = values.eyes.of(first)
    if lo == hi or not others:
        return None
    shares, money = whole(bids[0], "shares"), whole(bids[0], "credits")

    def gain(venture: Tree, appeal: float) -> float:
        return shares * values.brings(venture, appeal) / WHOLE - values.cost(venture, money)

    best = max(gain(one, values.eyes.mean(one)) for one in others)
    known = now = 0.0  # added one by one: how `sum` rounds differs between Pythons
    for appeal in range(lo, hi + 1):
        known += max(gain(first, appeal), best)
        now += gain(first, appeal)
    saves = known - max(now, best * (hi - lo + 1))
    cost = (search_cost(view, first, view.seat) + 2) // 3
    return ("look", {"venture": first["id"]}) if saves > cost * (hi - lo + 1) else None


def _sold(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Sell hours in the last season: all for ventures that cannot move up any more, half for those that move without.

    A promise that is half kept counts as kept in the appraisal.
    """
    form = legal.get("deliver")
    if form is None or seasons_left(view.table) > 1:
        return
    for number in options(form.fields["venture"]):
        venture = view.table["venture"][str(number)]
        promised = _promised(view, number)
        if _cannot_move(view, venture):
            yield "deliver", {"venture": number, "hours": 0}
        elif promised > 1 and max(after_work(view, venture)) <= -printed_of(view).hour * promised:
            yield "deliver", {"venture": number, "hours": promised - promised // 2}


def _promised(view: View, number: object) -> int:
    """Return the hours that a venture is promised of the seat this season."""
    season, deals = view.table["game"]["season"], view.hand.get("deal", {}).values()
    own = [one for one in deals if one["investor"] == view.seat and one["season"] == season]
    return sum(int(one["hours"]) for one in own if one["venture"] == number)


def _cannot_move(view: View, venture: Tree) -> bool:
    """Return whether a venture is finished, will be closed, or will lack far more than the workshop may bring."""
    if venture["stage"] == PRODUCT:
        return sum(venture["tracks"]) >= ENOUGH
    if not venture["born"] and (is_lost(view.table, venture) or venture["stage"] == PROTOTYPE):
        return True
    return sum(max(0, need) for need in after_work(view, venture)) > _OUT_OF_REACH


# -- operators


def _grants(view: View, legal: Mapping[str, Form], moves: Sequence[Move]) -> Iterator[Move]:
    """Grant the tenants that the standard bot leaves out, also the unborn; a good half come back double."""
    form = legal.get("grant")
    if form is None:
        return
    most = bounds(form.fields["credits"])[1]
    backed = [args["venture"] for name, args in moves if name == "grant"]
    left = (own_credits(view) - _TREASURY) // most - len(backed) if most else 0
    for number in options(form.fields["venture"]):
        venture = view.table["venture"][str(number)]
        if left > 0 and venture["stage"] < PRODUCT and number not in backed:
            left -= 1
            yield "grant", {"venture": number, "credits": most}

"""An operator's own decisions: terms, levels, whom its wild card lets in, grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import Args, Move, View
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.incubation import after_work
from makersphere_bots.standard.printed_values import PATHS, PRODUCT, PROTOTYPE, printed_of
from makersphere_bots.standard.venture_worth import living, lots_of, seasons_left

__all__ = ["announce", "grant", "name_guest"]

# two rounds of the clearinghouse at once, and workshop hours; then all three paths side by side
_ORDER = (
    *("resources", "resources", "community", "integration", "integration", "community"),
    *("resources", "integration", "community"),
    *(path for _ in range(2) for path in PATHS),
)
_RESERVE = (0, 15, 20, 20)  # credits that stay in the treasury, by seasons gone by
# competition tells little apart where all have deals: a bar on what was served and what grew bites
_TERMS: Args = {"rent": 20, "maker_bar": 36, "investor_bar": 45, "weights": [4, 4, 2, 0]}
_FIRST_BAR, _LEAST_BAR, _HIGHEST_BAR = 34, 20, 57  # of appraisal: printed, and what it moves between
_WITHIN_REACH = 12  # progress that packages, the workshop and the commons bring beside the team's own
_MERCY = 30  # points under the mean of the last appraisals
_TAKEN = 3  # of so many badges one may be taken back in a season
_UNDERCUT, _LEAST_RENT = 3, 8  # of rent for each desk that stands empty beside other spaces


def announce(view: View, legal: Mapping[str, Form], paths: Sequence[str]) -> list[Move]:
    """Announce the terms if they differ from those that stand, and buy levels on some of the paths."""
    space = view.table["space"][str(view.seat)]
    moves: list[Move] = []
    terms = {**_TERMS, **_rivalry(view), "appraisal_bar": _appraisal_bar(view)}
    if "set_terms" in legal and any(space[name] != value for name, value in terms.items()):
        moves.append(("set_terms", terms))
    if "buy_level" in legal and f"{view.seat}:set_terms:" not in view.hand.get("choice", {}):
        moves += _levels(view, paths)
    return moves


def _rivalry(view: View) -> Args:
    """Return a lower rent where there are other spaces and own desks stood empty last season."""
    spaces = view.table["space"]
    if len(spaces) == 1 or view.table["game"]["season"] == view.table.get("run", {}).get("first_season", 1):
        return {}
    used = sum(venture["space"] == view.seat for venture in living(view))
    empty = max(0, spaces[str(view.seat)]["stations"] - used)
    return {"rent": max(_LEAST_RENT, _TERMS["rent"] - _UNDERCUT * empty)}


def _appraisal_bar(view: View) -> int:
    """Return an appraisal bar that only idle investors miss: well under what the others have reached."""
    holders = [one for one in view.table["investor"].values() if view.seat in one["badges"] and one["appraisals"]]
    if not holders:
        return _FIRST_BAR
    if own_credits(view) < _lacking(view):
        return 0
    mean: int = sum(one["appraisal"] for one in holders) // len(holders)
    return min(max(mean - _MERCY, _LEAST_BAR), _HIGHEST_BAR)


def _levels(view: View, paths: Sequence[str]) -> list[Move]:
    """Buy in the order of the list, as long as the treasury keeps what the season may cost."""
    hand = view.hand["space"][str(view.seat)]
    missing = {path: -hand[path] for path in PATHS}
    season = view.table["game"]["season"]
    purse = own_credits(view) - max(_RESERVE[min(season, len(_RESERVE)) - 1], _lacking(view))
    last, price = seasons_left(view.table) == 1, printed_of(view).level
    moves: list[Move] = []
    for path in _ORDER:
        if path not in paths:
            continue
        missing[path] += 1
        if missing[path] <= 0:
            continue
        level = hand[path] + missing[path]
        if price * level > purse or (last and level > 1):
            break
        purse -= price * level
        moves.append(("buy_level", {"path": path}))
    return moves


def _lacking(view: View) -> int:
    """Return what today's tenants leave of the upkeep unpaid until the end, and the price of badges taken back.

    In the first season, before any came, it is the upkeep alone, and only where desks are more than makers.
    """
    spaces, printed = view.table["space"], printed_of(view)
    space = spaces[str(view.seat)]
    if view.table["game"]["season"] == view.table.get("run", {}).get("first_season", 1):
        desks: int = sum(one["stations"] for one in spaces.values())
        return printed.upkeep if desks > len(view.table["maker"]) else 0
    used = sum(venture["space"] == view.seat for venture in living(view))
    holders = sum(view.seat in one["badges"] for one in view.table["investor"].values())
    unpaid: int = printed.upkeep + (printed.upkeep_station - int(space["rent"])) * used
    if unpaid > 0:
        unpaid *= seasons_left(view.table)
    return unpaid + printed.upkeep_badge * -(-holders // _TAKEN)


def name_guest(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Name the least skilled maker in the first season, in which nothing is to be spared yet.

    The card is not used up by whoever passes without it, and is then still there in the appraisal.
    """
    form = legal.get("wild_card")
    if form is None or view.table["game"]["season"] != view.table.get("run", {}).get("first_season", 1):
        return []
    makers, lot = view.table["maker"], lots_of(view)
    named = [seat for seat in options(form.fields["seat"]) if str(seat) in makers]
    named.sort(key=lambda seat: (sum(makers[str(seat)]["skills"]), lot(int(seat))))
    return [("wild_card", {"seat": seat}) for seat in named[:1]]


def grant(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Back the tenants that will most likely move up this season: the government pays double for those."""
    form = legal.get("grant")
    if form is None:
        return []
    targets, lot = options(form.fields["venture"]), lots_of(view)
    near = []
    for venture in living(view):
        may_move = venture["born"] or venture["stage"] < PROTOTYPE
        if venture["id"] in targets and may_move and venture["stage"] < PRODUCT:
            gap = sum(max(0, need) for need in after_work(view, venture))
            if gap <= _WITHIN_REACH:
                near.append((gap, lot(venture["lead"]), venture["id"]))
    purse, most = own_credits(view), bounds(form.fields["credits"])[1]
    backed = [number for *_, number in sorted(near)][: purse // most]
    return [("grant", {"venture": number, "credits": most}) for number in backed]

"""What a shrewd bot does beside driving a hard bargain: what the standard bot leaves to others, or to the close.

Makers leave what holds them back: a desk whose rent costs a finished product more than it is worth, a venture that will
not be born, a team when another would give shares as well. A lead that nobody has funded opens its floor before it is
too late, and points its mentor where it is weakest itself. Investors ask for the badge that they lack, give back one
that serves nobody, and sell in the last season the hours that can move nothing any more.

Source: the rulebook's "2. Admission", "4. Matching" and "5. Incubation".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import INVESTOR, MAKER, Move, Tree, View
from makersphere_bots.standard.admission import open_teams, rather_joins
from makersphere_bots.standard.incubation import is_lost
from makersphere_bots.standard.printed_values import ANY, GARAGE, PRODUCT, TRACKS, needs, printed_of
from makersphere_bots.standard.venture_worth import eyes_of, living, lots_of, own_venture, seasons_left

__all__ = ["besides"]

_MOST: Final = 4000  # shares that a lead gives for a birth before its venture is closed for want of one
_HELPS: Final = 8  # points that a package brings, about


def besides(view: View, legal: Mapping[str, Form], moves: Sequence[Move]) -> list[Move]:
    """Return the moves of a shrewd bot where those of the standard bot are known; without `READY` it is asked again."""
    if view.role == MAKER:
        left = _leaving(view, legal) if view.phase == "admission" else None
        if left is not None:
            return [left]
        more = [*_out_of_rent(view, legal), *_floor(view, legal), *_mentor(view, legal)]
    elif view.role == INVESTOR:
        more = [*_badges(view, legal), *_sold(view, legal)]
    else:
        more = []
    said = view.hand.get("choice", {})
    return [*(one for one in more if f"{view.seat}:{one[0]}:{_target(one)}" not in said), *moves]


def _target(move: Move) -> str:
    name, args = move
    return str(args["venture"] if name == "deliver" else args["space"] if name == "drop_badge" else "")


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


def _badges(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Ask for a badge where one has none, at the door with most tenants; give back one that serves nobody."""
    if "apply" not in legal and "drop_badge" not in legal:
        return
    tenants = dict.fromkeys(view.table["space"], 0)
    for venture in living(view):
        if venture["space"] != GARAGE:
            tenants[str(venture["space"])] += 1
    badges, lot = view.table["investor"][str(view.seat)]["badges"], lots_of(view)
    if "apply" in legal and not badges:
        doors = sorted(options(legal["apply"].fields["spaces"]), key=lambda door: (-tenants[str(door)], lot(int(door))))
        yield "apply", {"spaces": doors[:1]}
    if "drop_badge" in legal and len(badges) > 1:
        for space in options(legal["drop_badge"].fields["space"]):
            if not tenants[str(space)]:
                yield "drop_badge", {"space": space}


def _sold(view: View, legal: Mapping[str, Form]) -> Iterator[Move]:
    """Sell the hours promised to ventures that cannot move up any more, in the last season."""
    form = legal.get("deliver")
    if form is None or seasons_left(view.table) > 1:
        return
    for number in options(form.fields["venture"]):
        venture = view.table["venture"][str(number)]
        if is_lost(view.table, venture) and not venture["born"]:
            yield "deliver", {"venture": number, "hours": 0}

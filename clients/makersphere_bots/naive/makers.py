"""What makers try who look for an easy win: what they ask, whom they join, what they do with their hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_bots.legal import Form, most, options
from makersphere_bots.naive.bends import Bend, Legal, choices, fill_out, has, then, within, without
from makersphere_bots.policy import INVESTOR, Args, Move, Tree, View, whole
from makersphere_bots.standard.admission import open_teams
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.printed_values import GARAGE, PILOT, SKILLS, TRACKS, printed_of, search_cost

__all__ = ["MAKERS"]

_SHARES: Final = 3000  # that an unborn venture offers for its birth


def _own(view: View) -> Tree | None:
    """Return the venture that the seat leads, as it is now, or is in, as the table tells."""
    number = str(view.hand["maker"][str(view.seat)]["venture"])
    found: Tree | None = view.hand.get("venture", {}).get(number) or view.table.get("venture", {}).get(number)
    return found


# -- admission


def _join(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Ask the team that is nearest to a product for a place whenever free; found where none takes one in."""
    form = legal.get("ask_to_join")
    if form is None or not has(moves, "keep_idea") or has(moves, "ask_to_join"):
        return moves
    asked: list[Move] = [
        ("ask_to_join", {"venture": venture["id"]}) for venture in open_teams(view, options(form.fields["venture"]))[:1]
    ]
    return [*asked, *moves]


def _stay_in_garage(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Knock at no door."""
    garage: list[Move] = [("pitch", {"space": "garage"})] if has(moves, "keep_idea") else []
    return fill_out(legal, "pitch", moves, garage)


def _close(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Wind one's venture up at each admission, and found anew."""
    return [("close_venture", {})] if "close_venture" in legal else moves


def _close_unborn(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Wind one's venture up as long as nobody has funded it, to be free for a team."""
    venture = _own(view)
    return _close(view, legal, moves) if venture is not None and not venture["born"] else moves


# -- exchange


def _study(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Study one's lowest skill each season."""
    mine = view.hand["maker"][str(view.seat)]["skills"]
    skills = sorted(choices(legal, "study", "skill"), key=lambda skill: mine[SKILLS.index(str(skill))])
    studied: list[Move] = [("study", {"skill": skill}) for skill in skills[:1]]
    return [*studied, *without(moves, "study")]


# -- matching


def _asks(credits_: int, shares: int) -> Bend:
    """Return a bend that offers so many shares for so many credits, whatever investor is asked."""

    def bend(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
        terms = {
            "credits": within(legal, "send_terms", "credits", credits_),
            "shares": within(legal, "send_terms", "shares", shares),
        }
        return [
            (name, {**args, **terms}) if name == "send_terms" and whole(args, "credits") else (name, args)
            for name, args in moves
        ]

    return bend


def _ask_everybody(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Ask all investors for capital at once, as long as there are credits for the search."""
    venture, season = _own(view), view.table["game"]["season"]
    if "send_terms" not in legal or venture is None or venture["born"] or venture["space"] == GARAGE:
        return moves
    pairs = view.hand.get("pair", {})
    asked = {args["investor"] for name, args in moves if name == "send_terms"}
    asked |= {sheet["investor"] for sheet in view.hand.get("sheet", {}).values()}
    ranked = [args["investors"] for name, args in moves if name == "rank"]
    listed = [search_cost(view, venture, int(list_[0])) for list_ in ranked if isinstance(list_, list) and list_]
    cash = own_credits(view) - sum(listed)
    more: list[Move] = []
    for investor in choices(legal, "send_terms", "investor"):
        cost = search_cost(view, venture, int(investor))
        pair = pairs.get(f"{view.seat}:{investor}")
        if investor in asked or cost > cash or (pair is not None and pair["searched"] == season):
            continue
        cash -= cost
        terms: Args = {"credits": printed_of(view).birth, "hours": 0, "shares": _SHARES, "fee": 0}
        more.append(("send_terms", {"investor": investor, **terms}))
    ready = [move for move in moves if move[0] == "ready"]
    return [*without(moves, "ready"), *more, *ready]


def _rank_nobody(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Hand in an empty list for hours."""
    return fill_out(legal, "rank", moves, [("rank", {"investors": []})] if choices(legal, "rank", "investors") else [])


def _floor(shares: int) -> Bend:
    """Return a bend that gives at most so many shares for a birth, whoever asks."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        venture = _own(view)
        if venture is None or venture["born"]:
            return moves
        kept = [_declined(view, legal, move, shares) for move in moves]
        lowest = {"credits": printed_of(view).birth, "shares": shares}
        return fill_out(legal, "set_floor", kept, [("set_floor", dict(lowest))])

    return bend


def _declined(view: View, legal: Legal, move: Move, shares: int) -> Move:
    """Return a move that gives no more than so many shares: a dear sheet is declined, an offer is lowered."""
    name, args = move
    if name == "send_terms":
        return name, {**args, "shares": min(whole(args, "shares"), within(legal, name, "shares", shares))}
    if name == "answer_terms" and args["answer"] == "accept":
        sheet = view.hand["sheet"][str(args["sheet"])]
        if sheet["by"] == INVESTOR and sheet["shares"] > shares:
            return name, {**args, "answer": "decline"}
    return move


# -- incubation


def _plan(form: Form, tracks: Mapping[str, int], day_job: int) -> Move:
    return "plan", {**{track: tracks.get(track, 0) for track in TRACKS}, "day_job": min(day_job, most(form, "day_job"))}


def _work_for_wages(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """As a co-founder work in the day job alone."""
    form, venture = legal.get("plan"), _own(view)
    if form is None or venture is None or venture["lead"] == view.seat:
        return moves
    return fill_out(legal, "plan", moves, [_plan(form, {}, printed_of(view).day_job)])


def _day_job(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Work in the day job as long as one may, and on the venture in the hours that are left."""
    form = legal.get("plan")
    if form is None:
        return moves
    hours = min(most(form, "day_job"), printed_of(view).day_job)
    return fill_out(legal, "plan", moves, [_after_day_job(form, args, hours) for args in _plans(moves)])


def _plans(moves: list[Move]) -> Iterator[Args]:
    return (args for name, args in moves if name == "plan")


def _after_day_job(form: Form, planned: Args, day_job: int) -> Move:
    """Return a plan from which the hours of a day job are taken, each from the track that has most."""
    tracks = {track: whole(planned, track) for track in TRACKS}
    for _ in range(max(0, day_job - whole(planned, "day_job"))):
        fullest = max(TRACKS, key=lambda track: tracks[track])
        tracks[fullest] = max(0, tracks[fullest] - 1)
    return _plan(form, tracks, day_job)


def _keep_own_money(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Put no own money into the venture."""
    return fill_out(legal, "put_in", moves, [("put_in", {"credits": 0})])


# -- market


def _sellers(view: View, legal: Legal, command: str) -> Iterator[int | str]:
    """Yield the ventures on the market for which the seat may decide."""
    for number in choices(legal, command, "venture"):
        if view.table["venture"][str(number)]["stage"] >= PILOT:
            yield number


def _price(price: str) -> Bend:
    """Return a bend that always asks the same price."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        set_: list[Move] = [
            ("set_price", {"venture": number, "price": price}) for number in _sellers(view, legal, "set_price")
        ]
        return fill_out(legal, "set_price", moves, set_)

    return bend


def _reserve(per_cent: int) -> Bend:
    """Return a bend that always keeps the same part of profit."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        kept = within(legal, "set_reserve", "reserve", per_cent)
        set_: list[Move] = [
            ("set_reserve", {"venture": number, "reserve": kept}) for number in _sellers(view, legal, "set_reserve")
        ]
        return fill_out(legal, "set_reserve", moves, set_)

    return bend


MAKERS: Final[Mapping[str, Bend]] = {
    "joins": _join,
    "joins-for-wages": then(_join, _work_for_wages),
    "free-rider": then(_stay_in_garage, _close_unborn, _join, _work_for_wages),
    "asks-1000-shares": _asks(60, 1000),
    "asks-100-credits": _asks(100, _SHARES),
    "asks-150-credits": _asks(150, _SHARES),
    "asks-200-credits": _asks(200, _SHARES),
    "asks-everybody": _ask_everybody,
    "floor-2500": _floor(2500),
    "floor-1500": _floor(1500),
    "ranks-nobody": _rank_nobody,
    "high-price": _price("high"),
    "low-price": _price("low"),
    "reserve-80": _reserve(80),
    "no-own-money": _keep_own_money,
    "studies": _study,
    "day-job": _day_job,
    "garage": _stay_in_garage,
    "hermit": then(_stay_in_garage, _day_job),
    "closes": _close,
}

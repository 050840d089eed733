"""The exchange phase: makers share skills, investors hold a clinic, operators introduce.

Two standard policies that see the same table choose each other as partners, so that they seldom talk past each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from makersphere_bots.legal import Form, options, why
from makersphere_bots.policy import Args, Move, Tree, View
from makersphere_bots.standard.balances import credits_of_investor, own_credits
from makersphere_bots.standard.between_makers import HOUR_SHARES, LIKELY
from makersphere_bots.standard.printed_values import GARAGE, PILOT, SKILLS, Printed, Triple, needs, printed_of
from makersphere_bots.standard.venture_worth import eyes_of, living, lots_of, own_venture, post_money

__all__ = ["hold_clinic", "introduce", "share_skills"]

_HOUR_CREDITS = 3  # that a lent hour may cost its taker, or so many shares as `HOUR_SHARES`
_GAMES = 64  # kinds of printed values that are remembered
_MORE, _LESS = 1.2, 0.8  # times what it takes has a swap to give: to who strives for control, and to others


def share_skills(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Answer proposals in order of lots, then propose an exchange to the makers who have most to give and to gain.

    What is declined is declined first: a yes may take the hours that another proposal of the same maker needs.
    """
    me = view.hand["maker"][str(view.seat)]
    own = own_venture(view)
    if own is None:
        return []
    level = view.table["space"][str(own["space"])]["community"] if own["space"] != GARAGE else 0
    left = min(printed_of(view).exchanges + level - me["exchanges"], me["hours"])
    lot = lots_of(view)
    proposals = sorted(view.hand.get("proposal", {}).values(), key=lambda one: lot(one["sender"]))
    moves: list[Move] = []
    has_paid = False  # in shares, once at a time: what a second may cost is known when the first is done
    for proposal in proposals:
        if proposal["status"] == "open" and proposal["receiver"] == view.seat and "answer" in legal:
            costs_shares = proposal["what"] == "swap" or (proposal["what"] == "lending" and proposal["terms"]["shares"])
            accept = _accepts(view, proposal, own, left) and not (has_paid and costs_shares)
            if accept and proposal["what"] == "exchange":
                left -= 1
            has_paid = has_paid or (accept and costs_shares)
            is_spent = proposal["what"] == "exchange"
            reason = {} if accept else why(legal, "answer", "spent" if is_spent else "price")
            moves.append(("answer", {"proposal": proposal["id"], "accept": accept, **reason}))
    moves.sort(key=lambda move: bool(move[1]["accept"]))
    left -= sum(1 for p in proposals if p["status"] == "open" and p["sender"] == view.seat)
    if left > 0 and "propose_exchange" in legal:
        met = {p["sender"] for p in proposals} | {p["receiver"] for p in proposals}
        moves += _proposals(view, legal["propose_exchange"], own, met, left)
    return moves


def _accepts(view: View, proposal: Tree, own: Tree, left: int) -> bool:
    match proposal["what"]:
        case "exchange":
            return left > 0
        case "lending":
            terms = proposal["terms"]
            dear = terms["credits"] * HOUR_SHARES + terms["shares"] * _HOUR_CREDITS
            fair = dear <= terms["hours"] * _HOUR_CREDITS * HOUR_SHARES and terms["credits"] * 2 <= own_credits(view)
            has_shares = _own_shares(view, own["id"]) >= terms["shares"]
            return bool(fair and has_shares and sum(needs(printed_of(view), own)) >= terms["hours"])
        case "swap":
            return _fair_swap(view, proposal["terms"])
        case _:
            return False


def _fair_swap(view: View, terms: Tree) -> bool:
    """Return whether a swap is fair, by what everybody sees of both ventures.

    Who strives for control wants a fifth more than it gives; others give a fifth so that not all hangs on one roll.
    """
    ventures, brings = view.table.get("venture", {}), post_money(view)
    worth = []
    for what in ("give", "take"):
        venture = ventures.get(str(terms[f"{what}_venture"]))
        if venture is None or venture["closed"]:
            return False
        worth.append(terms[f"{what}_shares"] * brings(venture, LIKELY))
    if _own_shares(view, terms["take_venture"]) < terms["take_shares"]:
        return False
    strives = view.hand["maker"][str(view.seat)]["ambition"] == "control"
    return bool(worth[0] >= worth[1] * (_MORE if strives else _LESS))


def _own_shares(view: View, venture: int) -> int:
    """Return the shares of a venture that a seat holds now; its hand is ahead of the table until the phase closes."""
    known = view.hand.get("venture", {}).get(str(venture), {})
    shares = known.get("shares") or view.table["venture"][str(venture)]["shares"]
    return int(shares.get(str(view.seat), 0))


def _proposals(view: View, form: Form, own: Tree, met: set[int], left: int) -> list[Move]:
    makers = view.table["maker"]
    mine = view.hand["maker"][str(view.seat)]["skills"]
    printed, lot = printed_of(view), lots_of(view)
    lacking, know_how, lacks = needs(printed, own), printed.know_how, view.derived("venture", _lacking(printed))
    found: list[tuple[int, int, Args]] = []
    for other in options(form.fields["maker"]):
        if other in met:
            continue
        theirs = makers[str(other)]
        learn, gain = _lesson(theirs["skills"], mine, lacking, know_how)
        teach, gift = _lesson(mine, theirs["skills"], lacks.get(theirs["venture"], (0, 0, 0)), know_how)
        tied = view.seat in theirs["ties"]
        args: Args = {"maker": other, "teach": teach, "learn": learn}
        if gain or gift:
            found.append((3 * gain + 2 * gift - tied, -lot(int(other)), args))
    found.sort(key=lambda one: one[:2], reverse=True)
    return [("propose_exchange", args) for _, _, args in found[:left]]


@lru_cache(maxsize=_GAMES)
def _lacking(printed: Printed) -> Callable[[Tree], dict[int, Triple]]:
    """Return a function from ventures to what each of them lacks: everybody asks it of everybody."""
    return lambda ventures: {one["id"]: needs(printed, one) for one in ventures.values()}


def _lesson(teacher: list[int], learner: list[int], lacking: tuple[int, int, int], know_how: int) -> tuple[str, int]:
    """Return the skill that a maker can best teach another, and its worth: know-how that is needed, and the skill."""
    best, worth = "none", 0
    for skill, own, other, lacks in zip(SKILLS, teacher, learner, lacking, strict=True):
        if own > other:
            gain = 2 + min(lacks, know_how) * 2 + (lacks > 10)
            if gain > worth:
                best, worth = skill, gain
    return best, worth


# -- investors


def hold_clinic(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Hold the clinic for the lead of the venture most worth a closer look."""
    form = legal.get("clinic")
    if form is None:
        return []
    leads = options(form.fields["maker"])
    eyes, brings, lot = eyes_of(view), post_money(view), lots_of(view)
    best, found = 0.0, leads[0]
    led = [venture for venture in living(view) if venture["lead"] in leads]
    for venture in sorted(led, key=lambda one: lot(one["lead"])):
        lo, hi = eyes.of(venture)
        unclear = (hi - lo + 1) * (1 if venture["born"] else 3)
        worth = unclear * (hi + lo) + brings(venture, (lo + hi) / 2) / 20
        if worth > best:
            best, found = worth, venture["lead"]
    return [("clinic", {"maker": found})]


# -- operators


def introduce(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Introduce the leads of unborn ventures, the farthest first, to the badge holders with most credits."""
    form = legal.get("introduce")
    if form is None:
        return []
    table, lot = view.table, lots_of(view)
    space = table["space"][str(view.seat)]
    left = printed_of(view).introductions + space["integration"] - view.hand["space"][str(view.seat)]["introductions"]
    makers, investors = options(form.fields["maker"]), options(form.fields["investor"])
    ventures = [
        venture
        for venture in living(view)
        if venture["lead"] in makers and venture["space"] == view.seat and venture["stage"] <= PILOT
    ]
    ventures.sort(
        key=lambda venture: (venture["born"], -venture["stage"], -sum(venture["tracks"]), lot(venture["lead"]))
    )
    rich = sorted(investors, key=lambda seat: (-credits_of_investor(table, seat), lot(int(seat))))
    pairs = table.get("pair", {})
    moves: list[Move] = []
    for number, venture in enumerate(ventures):
        for turn in range(len(rich)):
            investor = rich[(number + turn) % len(rich)]
            pair = pairs.get(f"{venture['lead']}:{investor}")
            if pair is None or not (pair["trust"] or pair["introduced"] == table["game"]["season"]):
                moves.append(("introduce", {"maker": venture["lead"], "investor": investor}))
                break
        if len(moves) == left:
            break
    return moves

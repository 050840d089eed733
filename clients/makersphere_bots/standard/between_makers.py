"""What makers do for each other beside exchanges: lend spare hours for shares, swap shares; and study, alone.

Hours are spare where one's own venture has what its next stage takes, or is lost. They go to the neighbour that
promises most of those that lack progress, for as many shares as a lead gives. Who does not strive for control swaps a
few shares once with a neighbour whose venture is worth about as much, so that not all hangs on one roll. The figures
are estimates of the policy, not rules.

Source: the rulebook's "3. Exchange".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_bots.legal import Form, most, options
from makersphere_bots.policy import Move, Tree, View
from makersphere_bots.standard.incubation import ENOUGH, is_lost
from makersphere_bots.standard.printed_values import GARAGE, PRODUCT, SKILLS, WHOLE, needs, printed_of
from makersphere_bots.standard.venture_worth import eyes_of, living, lots_of, own_venture, post_money, seasons_left

__all__ = ["HOUR_SHARES", "LIKELY", "lend", "study", "swap"]

HOUR_SHARES: Final = 100  # that a lead gives for a lent hour at most
LIKELY: Final = 3.5  # appeal of an idea that only its lead has seen, in a swap: leads keep the best of theirs alike
_AN_HOUR: Final = 1  # what a lent hour has to bring, in credits
_PROGRESS: Final = 14  # points that ten hours of a maker bring, about
_LACKS: Final = 12  # points that a venture lacks to which hours are lent
_STAKE: Final = 500  # shares that are swapped
_LIKE: Final = (300, 800)  # shares that may be taken for them
_HOLDS: Final = 6000  # shares that a lead has, at least, when it swaps


def _spare(view: View, own: Tree | None) -> int:
    """Return the hours that neither exchanges nor the next stage nor a day job take."""
    me, printed = view.hand["maker"][str(view.seat)], printed_of(view)
    hours: int = me["hours"]
    if own is None or _is_hopeless(view, own) or (own["stage"] == PRODUCT and sum(own["tracks"]) >= ENOUGH):
        hours -= printed.day_job
    else:
        hours -= -(-10 * sum(needs(printed, own)) // _PROGRESS) if own["stage"] < PRODUCT else hours
    if own is None or own["space"] == GARAGE:
        return hours
    level = view.table["space"][str(own["space"])]["community"]
    return hours - max(0, int(printed.exchanges + level - me["exchanges"]))


def _is_hopeless(view: View, own: Tree) -> bool:
    """Return whether a venture will hardly be born in time: in the garage, where nobody looks for it."""
    return own["space"] == GARAGE and is_lost(view.table, own)


def _has_met(view: View, what: str, *sides: str) -> bool:
    """Return whether there is a proposal of a sort in which the seat is one of these sides: sender, receiver."""
    proposals = view.hand.get("proposal", {}).values()
    return any(one["what"] == what and one[side] == view.seat for one in proposals for side in sides)


def lend(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Offer spare hours for shares to the neighbour that promises most of those that lack progress."""
    form = legal.get("propose_lending")
    if form is None or _has_met(view, "lending", "sender"):
        return []
    hours = min(_spare(view, own_venture(view)), most(form, "hours"))
    if hours < 1:
        return []
    shares = min(HOUR_SHARES * hours, most(form, "shares"))
    brings, eyes, lot = post_money(view), eyes_of(view), lots_of(view)
    found = [
        (-brings(one, eyes.mean(one)), lot(one["lead"]), one["id"])
        for one in _lacking(view, form)
        if one["lead"] != view.seat
    ]
    if not found:
        return []
    worth, _, venture = min(found)
    if -worth * shares < _AN_HOUR * hours * WHOLE:
        return []
    return [("propose_lending", {"venture": venture, "hours": hours, "credits": 0, "shares": shares})]


def _lacking(view: View, form: Form) -> Iterator[Tree]:
    """Yield the ventures that hours may be lent to and that lack progress which is worth it."""
    printed, targets = printed_of(view), options(form.fields["venture"])
    for one in living(view):
        is_open = one["id"] in targets and one["stage"] < PRODUCT and not is_lost(view.table, one)
        if is_open and sum(needs(printed, one)) >= _LACKS and one["shares"].get(str(one["lead"]), 0) >= _HOLDS:
            yield one


def swap(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Offer a few shares for as much of a neighbour's, once, where one's own are not held for control."""
    form, own, seat = legal.get("propose_swap"), own_venture(view), str(view.seat)
    if form is None or own is None or _has_met(view, "swap", "sender", "receiver") or seasons_left(view.table) == 1:
        return []
    is_set = view.hand["maker"][seat]["ambition"] == "control" or own["shares"].get(seat, 0) < _HOLDS
    if is_set or not own["born"] or any(seat in one["shares"] for one in living(view) if one["id"] != own["id"]):
        return []
    brings, lot = post_money(view), lots_of(view)
    mine, makers, theirs = (
        brings(own, LIKELY),
        options(form.fields["maker"]),
        options(form.fields["take_venture"]),
    )
    found = []
    for one in living(view):
        worth = brings(one, LIKELY)
        held = one["shares"].get(str(one["lead"]), 0)
        if one["lead"] in makers and one["id"] in theirs and one["born"] and worth > 0 and held >= _HOLDS:
            take = int(_STAKE * mine / worth)
            if _LIKE[0] <= take <= _LIKE[1]:
                found.append((abs(take - _STAKE), lot(one["lead"]), one, take))
    if not found:
        return []
    _, _, best, take = min(found, key=lambda one: one[:2])
    shares = {"give_venture": own["id"], "give_shares": _STAKE, "take_venture": best["id"], "take_shares": take}
    return [("propose_swap", {"maker": best["lead"], **shares})]


def study(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Study the lowest skill in hours that nothing else takes, as long as there is a season in which it tells."""
    form, own = legal.get("study"), own_venture(view)
    if form is None or seasons_left(view.table) == 1 or _spare(view, own) < printed_of(view).study:
        return []
    if own is not None and not _is_hopeless(view, own):
        return []
    mine = view.hand["maker"][str(view.seat)]["skills"]
    return [("study", {"skill": min(options(form.fields["skill"]), key=lambda skill: mine[SKILLS.index(str(skill))])})]

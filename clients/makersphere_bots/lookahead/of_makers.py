"""What a maker might do instead: another idea, other terms, another use of its hours, another price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from makersphere_bots.legal import Form, options
from makersphere_bots.lookahead.bending import besides, otherwise, within, without
from makersphere_bots.policy import Args, Move, View
from makersphere_bots.standard.printed import PILOT, TRACKS, WHOLE
from makersphere_bots.standard.worth import seasons_left

__all__ = ["admission", "incubation", "market", "matching"]

_ASKS: Final = (1500, 2000, 2500)  # shares for a birth
_PRICES: Final = ("low", "fair", "high")
_DAY_JOB: Final = 5  # hours
_KEEPS: Final = 1000  # shares that a lead must keep
_LATE: Final = 2  # seasons before the end


def admission(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Another card, or another door; with a venture: close it and begin again."""
    cards = [args["card"] for name, args in sound if name == "keep_idea"]
    if cards:
        for idea in view.hand["idea"].values():
            yield otherwise(sound, "keep_idea", {"card": idea["number"]})
        for door in options(legal["pitch"].fields["space"]):
            yield otherwise(sound, "pitch", {"space": door})
    elif "close_venture" in legal:
        yield [("close_venture", {})]


def matching(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Other terms for capital, signing all or none of what is offered, another first choice, no list."""
    for shares in _ASKS:
        yield otherwise(sound, "send_terms", {"shares": shares})
    yield _keeping_enough(view, otherwise(sound, "answer_terms", {"answer": "accept"}))
    yield otherwise(sound, "answer_terms", {"answer": "decline"})
    ranked = next((args["investors"] for name, args in sound if name == "rank"), None)
    if isinstance(ranked, list) and len(ranked) > 1:
        yield otherwise(sound, "rank", {"investors": [*ranked[1:], ranked[0]]})
    yield without(sound, "rank", "send_terms")


def _keeping_enough(view: View, moves: Sequence[Move]) -> list[Move]:
    """Return an answer without the signatures that would leave the lead too few shares."""
    number = view.hand["maker"][str(view.seat)]["venture"]
    own = view.hand.get("venture", {}).get(str(number), {"shares": {}})
    held: int = own["shares"].get(str(view.seat), 0)
    kept: list[Move] = []
    for name, args in moves:
        if name == "answer_terms" and args["answer"] == "accept":
            held = held * (WHOLE - view.hand["sheet"][str(args["sheet"])]["shares"]) // WHOLE
            if held <= _KEEPS:
                continue
        kept.append((name, args))
    return kept


def incubation(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """A day job towards the end, no own money."""
    form, plan = legal.get("plan"), next((args for name, args in sound if name == "plan"), None)
    if form is None or plan is None:
        return
    worked = {track: int(str(plan[track])) for track in TRACKS}
    hours = sum(worked.values())
    more = min(within(form, "day_job", _DAY_JOB) - int(str(plan["day_job"])), hours)
    if more > 0 and seasons_left(view.table) <= _LATE:
        yield otherwise(sound, "plan", {**_fewer(worked, more), "day_job": int(str(plan["day_job"])) + more})
    yield without(sound, "put_in")


def _fewer(worked: Mapping[str, int], less: int) -> Args:
    """Return the hours of the tracks when some are taken away, always from the track with most."""
    left = dict(worked)
    for _ in range(less):
        left[max(left, key=lambda track: left[track])] -= 1
    return {**left}


def market(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Other prices, for all ventures of whose boards the seat is."""
    form = legal.get("set_price")
    if form is None:
        return
    ventures = [one for one in options(form.fields["venture"]) if view.table["venture"][str(one)]["stage"] >= PILOT]
    if not ventures:
        return
    for price in _PRICES:
        set_all: list[Move] = [("set_price", {"venture": one, "price": price}) for one in ventures]
        yield besides(without(sound, "set_price"), *set_all)

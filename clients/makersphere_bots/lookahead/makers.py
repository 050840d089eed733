"""What a maker might do instead: join a team, begin again, other terms, another use of its hours, another price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from makersphere_bots.legal import Form, options
from makersphere_bots.lookahead.answer_changes import besides, countered, otherwise, within, without
from makersphere_bots.policy import Args, Move, Tree, View, whole
from makersphere_bots.standard.admission import open_teams
from makersphere_bots.standard.printed_values import PILOT, TRACKS, WHOLE, printed_of
from makersphere_bots.standard.venture_worth import seasons_left

__all__ = ["admission", "incubation", "market", "matching"]

_GARAGE: Final = "garage"
_TEAMS: Final = 3  # that might be joined
_ASKS: Final = (2000, 2500)  # shares for a birth
_COUNTERS: Final = (60, 80)  # per cent of the shares that a sheet asks
_PRICES: Final = ("low", "fair", "high")
_KEEPS: Final = 1000  # shares that a lead must keep
_LATE: Final = 2  # seasons before the end


def admission(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Without a venture: another door, or a place in a team. With one that is not born: close it and begin again."""
    if any(name == "keep_idea" for name, _ in sound):
        for door in options(legal["pitch"].fields["space"]):
            if door != _GARAGE:
                yield otherwise(sound, "pitch", {"space": door})
        yield from _joining(view, legal, sound)
    elif "close_venture" in legal and not view.table["venture"][str(_own(view))]["born"]:
        yield [("close_venture", {})]


def _own(view: View) -> int:
    """Return the number of the seat's venture, 0 for none."""
    return int(view.hand["maker"][str(view.seat)]["venture"])


def _joining(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Ask for a place in one of the teams that are nearest to a product."""
    form = legal.get("ask_to_join")
    if form is None:
        return
    for venture in open_teams(view, options(form.fields["venture"]))[:_TEAMS]:
        yield besides(without(sound, "ask_to_join"), ("ask_to_join", {"venture": venture["id"]}))


def matching(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Fewer shares for capital, asked or countered, signing all or none of what is offered, no list."""
    for shares in _ASKS:
        yield _asking(view, sound, shares)
    for share in _COUNTERS:
        yield countered(view, legal, sound, partial(_share_of, share))
    yield _keeping_enough(view, otherwise(sound, "answer_terms", {"answer": "accept"}))
    yield otherwise(sound, "answer_terms", {"answer": "decline"})
    yield without(sound, "rank", "send_terms")


def _asking(view: View, sound: Sequence[Move], shares: int) -> list[Move]:
    """Return an answer with other shares on each sheet, as far as what the sheet brings buys them."""
    buys = printed_of(view).buys
    return [
        (name, {**args, "shares": min(shares, buys(args))} if name == "send_terms" else args) for name, args in sound
    ]


def _share_of(share: int, sheet: Tree) -> int:
    return int(sheet["shares"]) * share // 100


def _keeping_enough(view: View, moves: Sequence[Move]) -> list[Move]:
    """Return an answer without the signatures that would leave the lead too few shares."""
    own = view.hand.get("venture", {}).get(str(_own(view)), {"shares": {}})
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
    if form is None or plan is None or seasons_left(view.table) > _LATE:
        return
    worked = {track: whole(plan, track) for track in TRACKS}
    hours, job = sum(worked.values()), whole({"day_job": 0, **plan}, "day_job")
    most = within(form, "day_job", printed_of(view).day_job) if "day_job" in form.fields else 0
    more = min(most - job, hours)
    if more > 0:
        yield otherwise(sound, "plan", {**_fewer(worked, more), "day_job": job + more})
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

"""The policy of the playthroughs: a seat sends each command that it may send, filled as a table of wishes says.

It reads nothing but the forms: a wish that is out of bounds is brought within them. Without a wish that is among the
choices, it is the choice that the seat's number points at. It has no chance, no plan and no other policy in it, so that
nothing but a rule moves the text of a playthrough. Never changed to play better.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from makersphere_rules.forms import Arg, Args, Domain, Flag, Form, Many, OneOf, Whole, Wholes

__all__ = ["LEFT_OUT", "WISHES", "Move", "chosen"]

Move = tuple[str, Args]

WISHES: Final[Mapping[str, Args]] = {
    "count": {"by": 3},
    "set_terms": {"rent": 14, "maker_bar": 30, "investor_bar": 40, "weights": [3, 3, 2, 2], "appraisal_bar": 30},
    "buy_level": {"path": "resources"},
    "wild_card": {"seat": 10},
    "answer_join": {"accept": True, "shares": 1200},
    "propose_exchange": {"teach": "technology", "learn": "business"},
    "propose_lending": {"hours": 2, "credits": 5, "shares": 0},
    "propose_swap": {"give_shares": 500, "take_shares": 400},
    "study": {"skill": "business"},
    "send_terms": {"credits": 60, "hours": 0, "shares": 3000, "fee": 0},
    "answer_terms": {"answer": "accept"},
    "set_floor": {"credits": 50, "shares": 3000},
    "grant": {"credits": 5},
    "post_package": {"fee": 2, "shares": 200},
    "post_capital": {"shares": 2500, "packages": 1},
    "bid": {"shares": 2500},
    "bid_hours": {"shares": 200},
    "call_auction": {"kind": "any", "shares": 3500},
    "call_auction_hours": {"track": "any", "shares": 300},
    "take_part": {"packages": 2},
    "take_part_capital": {"packages": 1},
    "plan": {"technology": 4, "customers": 3, "business": 3, "day_job": 0},
    "put_in": {"credits": 10},
    "mentor_track": {"track": "business"},
    "deliver": {"hours": 4},
    "workshop": {"track": "customers", "hours": 2},
    "set_price": {"price": "high"},
    "set_reserve": {"reserve": 20},
    "rate": {"score": 5},
}
LEFT_OUT: Final = frozenset({"close_venture", "leave_team", "leave_space"})  # they undo what a text shows
READY: Final[Move] = ("ready", {"ready": True})


def chosen(seat: int, forms: Mapping[str, Form], sent: frozenset[str]) -> list[Move]:
    """Return what a seat sends now: each command that it may and has not sent.

    The first seat says that it is ready where it has nothing else to send: one is enough to show what comes of it.

    Args:
        seat: its number.
        forms: what it may send, as the rules say.
        sent: the commands that it has sent in this phase.
    """
    names = [name for name in forms if name not in LEFT_OUT and name != READY[0]]
    if seat == 1 and not names and not sent:
        return [READY]
    return [(name, _filled(seat, forms[name], WISHES.get(name, {}))) for name in names if name not in sent]


def _filled(seat: int, form: Form, wishes: Args) -> Args:
    """Return the arguments of a form: the wishes, each within its bounds, and together within theirs."""
    args: dict[str, Arg] = {}
    for name, domain in form.fields.items():
        wish = wishes.get(name)
        if name not in form.optional or (name in wishes and (not isinstance(domain, OneOf) or wish in domain.options)):
            args[name] = _within(domain, seat, wish)
    if not args and form.fields:  # of arguments that may all be left out, the last one
        name, domain = [*form.fields.items()][-1]
        args[name] = _within(domain, seat, None)
    for bound in form.sums:
        for name in reversed(bound.fields):
            over = sum(_whole(args.get(one, 0)) for one in bound.fields) - bound.hi
            args[name] = max(_whole(args.get(name, 0)) - max(over, 0), 0)
    return args


def _whole(value: Arg) -> int:
    assert isinstance(value, int)  # noqa: S101  (sums are of whole numbers)
    return value


def _within(domain: Domain, seat: int, wish: Arg | None) -> Arg:
    match domain:
        case Whole(lo, hi):
            return min(max(wish if isinstance(wish, int) else lo, lo), hi)
        case OneOf(options):
            return wish if wish in options else options[seat % len(options)]
        case Many(options, most):
            return list(options[:most])
        case Wholes(count, _, _, total):
            if isinstance(wish, list) and len(wish) == count and sum(map(int, wish)) == total:
                return wish
            return [total // count + (place < total % count) for place in range(count)]
        case Flag():
            return True

"""Policies that may not do one thing: what a seat loses by it tells what the thing is worth.

A restricted policy is not shown what it may not do or see, so that it plans without it. If the close of a phase would
do the forbidden thing for its seat, the policy says no instead. The main act of a role is forgone as a whole: by every
command that does it, whichever rule module brings the two sides together.

Source: Jaffe et al. 2012 (restricted play).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from makersphere_bots.legal import Form, bounds, options, sort_of
from makersphere_bots.policy import READY, Args, Move, Policy, Tree, View, WholeView

__all__ = [
    "ASKING",
    "CAPITAL",
    "CLINICS",
    "DEALS",
    "DELIVERING",
    "EXCHANGING",
    "GATE",
    "GRANTS",
    "HOURS",
    "INTRODUCING",
    "LEVELS",
    "LOOKING",
    "RATING",
    "SEEING",
    "WILD_CARD",
    "WORKSHOP",
    "Restricted",
    "Restriction",
]

Refuse = Callable[[Mapping[str, Form]], list[Move]]
Instead = Callable[[View, Move], Move | None]


def _nothing(legal: Mapping[str, Form]) -> list[Move]:
    return []


def _deliver_nothing(legal: Mapping[str, Form]) -> list[Move]:
    form = legal.get("deliver")
    ventures = () if form is None else options(form.fields["venture"])
    return [("deliver", {"venture": venture, "hours": 0}) for venture in ventures]


def _neither_good_nor_bad(legal: Mapping[str, Form]) -> list[Move]:
    form = legal.get("rate")
    rated = () if form is None else options(form.fields["seat"])
    return [("rate", {"seat": seat, "score": 3}) for seat in rated]


def _give_no_hours(legal: Mapping[str, Form]) -> list[Move]:
    return [(name, _least(legal[name])) for name in ("rank", "take_part") if name in legal]


def _take_no_deal(legal: Mapping[str, Form]) -> list[Move]:
    """Rank nobody, take no part, give nothing to whoever bids, and open no floor."""
    moves: list[Move] = [(name, _least(legal[name])) for name in sorted(_MEETING) if name in legal]
    if "set_floor" in legal:
        moves.append(
            ("set_floor", {**_least(legal["set_floor"]), "credits": bounds(legal["set_floor"].fields["credits"])[1]})
        )
    return moves


def _least(form: Form) -> Args:
    """Return the least that a form takes: an empty list, the lowest number, the first choice."""
    args: Args = {}
    for name, domain in form.fields.items():
        match sort_of(domain):
            case "many":
                args[name] = []
            case "one_of":
                args[name] = options(domain)[0]
            case _:
                args[name] = bounds(domain)[0]
    return args


def _as_it_is(_: View, move: Move) -> Move | None:
    return move


def _without_credits(view: View, move: Move) -> Move | None:
    return _bare(view, move, "credits")


def _without_hours(view: View, move: Move) -> Move | None:
    return _bare(view, move, "hours")


def _bare(view: View, move: Move, good: str) -> Move | None:
    """Return a move by which none of a good changes hands: such an offer is not made, and such a sheet declined."""
    name, args = move
    if name == "send_terms" and args.get(good):
        return None
    if name == "answer_terms" and view.hand["sheet"][str(args["sheet"])][good]:
        return name, {**args, "answer": "decline"}
    return move


def _declined(_: View, move: Move) -> Move | None:
    """Return a move that says no to whatever is asked."""
    match move:
        case ("answer_terms", args):
            return "answer_terms", {**args, "answer": "decline"}
        case ("answer", args):
            return "answer", {**args, "accept": False}
        case _:
            return move


def _with_open_doors(_: View, move: Move) -> Move | None:
    """Return terms with every bar at 0."""
    name, args = move
    return name, {field: 0 if field.endswith("_bar") else value for field, value in args.items()}


@attrs.frozen
class Restriction:
    """What is forbidden.

    Attributes:
        commands: what is never sent.
        refuse: what is sent instead, given what is legal.
        unseen: kinds of things in its hand that it does not see.
        instead: what another move becomes that would do the forbidden thing; None: it is not sent.
    """

    commands: frozenset[str] = frozenset()
    refuse: Refuse = _nothing
    unseen: frozenset[str] = frozenset()
    instead: Instead = _as_it_is


_MEETING: Final = frozenset(  # a lead and its investors, by whichever module
    ("rank", "rank_capital", "call_auction", "call_auction_hours", "take_part", "take_part_capital")
)

EXCHANGING: Final = Restriction(
    frozenset({"propose_exchange", "propose_lending", "propose_swap"}), instead=_declined
)  # what a seat leaves open is accepted for it at the close
RATING: Final = Restriction(frozenset({"rate"}), _neither_good_nor_bad)
LOOKING: Final = Restriction(frozenset({"look", "scout"}))
SEEING: Final = Restriction(LOOKING.commands, unseen=frozenset({"look"}))  # nor the looks of lists and clinics
DELIVERING: Final = Restriction(frozenset({"deliver"}), _deliver_nothing)
CLINICS: Final = Restriction(frozenset({"clinic"}))
ASKING: Final = Restriction(frozenset({"ask_to_join"}))
LEVELS: Final = Restriction(frozenset({"buy_level"}))
INTRODUCING: Final = Restriction(frozenset({"introduce"}))
WORKSHOP: Final = Restriction(frozenset({"workshop"}))
GRANTS: Final = Restriction(frozenset({"grant"}))
WILD_CARD: Final = Restriction(frozenset({"wild_card"}))
CAPITAL: Final = Restriction(
    frozenset({"bid", "post_capital", "rank_capital", "take_part_capital"}), instead=_without_credits
)  # of an investor, whose money is never spent unasked
HOURS: Final = Restriction(
    frozenset({"bid_hours", "post_package", "rank", "take_part"}), _give_no_hours, instead=_without_hours
)  # of an investor
DEALS: Final = Restriction(frozenset({"send_terms", "set_floor", *_MEETING}), _take_no_deal, instead=_declined)
GATE: Final = Restriction(instead=_with_open_doors)  # nobody is turned away, and nobody appraised away


class _Allowed(Mapping[str, Form]):
    """What is legal, without what is forbidden. A form is looked up when it is asked for."""

    def __init__(self, legal: Mapping[str, Form], forbidden: frozenset[str]) -> None:
        self._legal = legal
        self._forbidden = forbidden

    def __getitem__(self, name: str) -> Form:
        if name in self._forbidden:
            raise KeyError(name)
        return self._legal[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._legal if name not in self._forbidden)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Hand(Tree):
    """A hand without some kinds. A kind is looked up when it is asked for; nobody goes through all of them."""

    def __init__(self, hand: Tree, unseen: frozenset[str]) -> None:
        super().__init__()
        self._hand = hand
        self._unseen = unseen

    def __missing__(self, kind: str) -> Any:  # noqa: ANN401
        if kind in self._unseen:
            raise KeyError(kind)
        return self._hand[kind]

    def __contains__(self, kind: object) -> bool:
        return kind not in self._unseen and kind in self._hand

    def get(self, kind: str, default: Any = None, /) -> Any:  # noqa: ANN401
        return default if kind in self._unseen else self._hand.get(kind, default)


class Restricted:
    """Plays like another policy that may not do one thing."""

    def __init__(self, policy: Policy, restriction: Restriction) -> None:
        """Restrict a policy."""
        self._policy = policy
        self._restriction = restriction

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the other policy's moves without the forbidden ones; that the seat is ready if none is left."""
        forbidden, unseen = self._restriction.commands, self._restriction.unseen
        seen = WholeView(view.seat, view.role, view.table, _Hand(view.hand, unseen)) if unseen else view
        chosen = self._policy.choose(seen, _Allowed(legal, forbidden), rng)
        changed = (self._restriction.instead(view, move) for move in chosen if move[0] not in forbidden)
        moves = [*self._restriction.refuse(legal), *(move for move in changed if move is not None)]
        return moves or [READY]

"""Policies that may not do one thing: what a seat loses by it tells what the thing is worth.

A restricted policy is not shown what it may not do or see, so that it plans without it. If the close of a phase would
do the forbidden thing for its seat, the policy says no instead.

Source: Jaffe et al. 2012 (restricted play).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from makersphere_bots.legal import Form, options
from makersphere_bots.policy import READY, Move, Policy, Tree, View, WholeView

__all__ = [
    "ASKING",
    "CLINICS",
    "DELIVERING",
    "EXCHANGING",
    "LEVELS",
    "LOOKING",
    "RATING",
    "SEEING",
    "Restricted",
    "Restriction",
]

Refuse = Callable[[Mapping[str, Form]], list[Move]]


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


@attrs.frozen
class Restriction:
    """What is forbidden.

    Attributes:
        commands: what is never sent.
        refuse: what is sent instead, given what is legal.
        unseen: kinds of things in its hand that it does not see.
    """

    commands: frozenset[str]
    refuse: Refuse = _nothing
    unseen: frozenset[str] = frozenset()


EXCHANGING: Final = Restriction(frozenset({"propose_exchange", "propose_lending", "propose_swap", "answer"}))
RATING: Final = Restriction(frozenset({"rate"}), _neither_good_nor_bad)
LOOKING: Final = Restriction(frozenset({"look", "scout"}))
SEEING: Final = Restriction(LOOKING.commands, unseen=frozenset({"look"}))  # nor the looks of lists and clinics
DELIVERING: Final = Restriction(frozenset({"deliver"}), _deliver_nothing)
CLINICS: Final = Restriction(frozenset({"clinic"}))
ASKING: Final = Restriction(frozenset({"ask_to_join"}))
LEVELS: Final = Restriction(frozenset({"buy_level"}))


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
        moves = [*self._restriction.refuse(legal), *(move for move in chosen if move[0] not in forbidden)]
        return moves or [READY]

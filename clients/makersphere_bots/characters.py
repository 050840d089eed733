"""Characters: the standard bot with a manner of its own, so that a table of bots is not one person eight times.

A character knows what the standard bot knows and decides when it does; its manner bends what it sends: how many
shares it asks, what rent it takes, what price it sets, how often it dares something. Everything stays within the
live bounds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

import attrs

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import INVESTOR, Args, Move, View
from makersphere_bots.shrewd_moves import besides
from makersphere_bots.standard import Standard
from makersphere_bots.standard.admission import open_teams
from makersphere_bots.standard.package_prices import highest_fee
from makersphere_bots.standard.printed_values import PILOT, printed_of

__all__ = ["CAUTIOUS", "GREEDY", "SHREWD", "Character", "Manner"]


@attrs.frozen
class Manner:
    """What a character does differently.

    Attributes:
        shares: what it asks for its money as an investor, in per cent of what the standard bot would.
        asked: what it offers for capital as a maker, in per cent of what the standard bot would.
        rent: what it takes as an operator on top of the standard bot's rent, in credits.
        price: what it always asks of consumers; "": what promises most.
        fee: the least that it asks for a package of hours as an investor, in credits; 0: what is printed.
        weights: of its appraisals as an operator: hours served, growth, ratings, competition; (): the standard bot's.
        joins: whether as a maker it asks for a place in a good team rather than found again.
        besides: whether it does what `shrewd_moves` has.
        most: how many of a command it sends at most each time it is asked; 0: it never does.
    """

    shares: int = 100
    asked: int = 100
    rent: int = 0
    price: str = ""
    fee: int = 0
    weights: Sequence[int] = ()
    joins: bool = False
    besides: bool = False
    most: Mapping[str, int] = attrs.field(factory=dict)


CAUTIOUS: Final = Manner(shares=110, price="fair", most={"send_terms": 1, "buy_level": 1, "propose_exchange": 1})
GREEDY: Final = Manner(
    shares=125,
    rent=8,
    price="high",
    most=dict.fromkeys(("clinic", "grant", "introduce"), 0),
)
SHREWD: Final = Manner(shares=110, fee=8, weights=(0, 0, 0, 10), joins=True, besides=True)


class Character:
    """Plays like the standard bot, in its own manner."""

    def __init__(self, manner: Manner) -> None:
        """Take on a manner."""
        self._manner = manner
        self._sound = Standard()

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the standard bot's moves, bent."""
        moves = self._sound.choose(view, legal, rng)
        if self._manner.price and "set_price" in legal:
            moves = [*self._prices(view, legal["set_price"]), *(move for move in moves if move[0] != "set_price")]
        if self._manner.fee:
            moves = [move for move in moves if move[0] != "post_package"]
        if self._manner.besides:
            moves = besides(view, legal, moves)
        moves = [*self._posted(view, legal, moves), *self._asked_to_join(view, legal, moves), *moves]
        return list(self._few([self._bent(view, legal, move) for move in moves]))

    def _posted(self, view: View, legal: Mapping[str, Form], moves: Sequence[Move]) -> Iterator[Move]:
        """Post dearer terms as long as they are too cheap."""
        if "post_package" in legal and any(name == "rank" for name, _ in moves):
            mine = view.table["investor"][str(view.seat)]
            highest = min(self._manner.fee, highest_fee(printed_of(view), mine["shares"]))
            if mine["fee"] < highest:
                fee = _within(legal["post_package"], "fee", highest, 100, 0)
                yield "post_package", {"fee": fee, "shares": mine["shares"]}

    def _asked_to_join(self, view: View, legal: Mapping[str, Form], moves: Sequence[Move]) -> Iterator[Move]:
        """Ask the team that is nearest to a product for a place."""
        names = {name for name, _ in moves}
        if self._manner.joins and "keep_idea" in names and "ask_to_join" in legal and "ask_to_join" not in names:
            for venture in open_teams(view, options(legal["ask_to_join"].fields["venture"]))[:1]:
                yield "ask_to_join", {"venture": venture["id"]}

    def _prices(self, view: View, form: Form) -> Iterator[Move]:
        ventures = view.table["venture"]
        for number in options(form.fields["venture"]):
            venture = ventures[str(number)]
            if venture["stage"] >= PILOT and venture["price"] != self._manner.price:
                yield "set_price", {"venture": number, "price": self._manner.price}

    def _bent(self, view: View, legal: Mapping[str, Form], move: Move) -> Move:
        name, args = move
        if name == "send_terms":
            share = self._manner.shares if view.role == INVESTOR else self._manner.asked
            asked = _within(legal[name], "shares", args["shares"], share, 0)
            return name, {**args, "shares": min(asked, printed_of(view).buys(args))}
        if name == "set_terms":
            bent: Args = {"rent": _within(legal[name], "rent", args["rent"], 100, self._manner.rent)}
            if self._manner.weights and "weights" in args:
                bent["weights"] = list(self._manner.weights)
            return name, {**args, **bent}
        return move

    def _few(self, moves: Sequence[Move]) -> Iterator[Move]:
        sent: Counter[str] = Counter()
        for name, args in moves:
            sent[name] += 1
            if sent[name] <= self._manner.most.get(name, sent[name]):
                yield name, args


def _within(form: Form, field: str, value: object, per_cent: int, more: int) -> int:
    """Return an amount changed by so much, within its bounds."""
    lo, hi = bounds(form.fields[field])
    return min(max(cast(int, value) * per_cent // 100 + more, lo), hi)

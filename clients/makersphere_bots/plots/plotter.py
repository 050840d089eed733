"""One of two who know each other: plays like the standard bot, and bends what it would send for the other's sake.

A *bend* takes what an honest player would send and returns what is sent instead. It sees its own seat's view and what
is legal, and knows who the friend is, since people who plot have told each other at the table; nothing that one sees
passes to the other. Never sends more than the bounds of the moment allow.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

import attrs

from makersphere_bots.naive.bends import Legal
from makersphere_bots.policy import READY, Move, Policy, Tree, View, fitting
from makersphere_bots.standard import Standard

__all__ = ["Bend", "Plotter", "in_last_season", "led_by", "venture_of"]

Bend = Callable[[View, Legal, int, list[Move]], list[Move]]  # view, legal, friend, honest moves: what is sent

_STANDARD: Final = Standard()


@attrs.frozen
class Plotter:
    """Plays like an honest policy, and bends what that would send.

    Attributes:
        friends: the seats of the others in league.
        bends: what is done otherwise, one after the other.
        honest: whose moves are bent.
    """

    friends: Sequence[int]
    bends: Sequence[Bend]
    honest: Policy = _STANDARD

    def choose(self, view: View, legal: Legal, rng: random.Random) -> list[Move]:
        """Return the bent moves; `READY` stays last."""
        moves = self.honest.choose(view, legal, rng)
        ready = moves[-1:] == [READY]
        sent = moves[:-1] if ready else moves
        for bend in self.bends:
            for friend in self.friends:
                sent = bend(view, legal, friend, sent)
        sent = [fitting(move, legal) for move in sent]
        return [*sent, READY] if ready else sent


# -- what bends are made of


def led_by(view: View, lead: int) -> Tree | None:
    """Return the living venture that a seat leads, as the table shows it, or None."""
    ventures = view.table.get("venture", {}).values()
    return next((one for one in ventures if one["lead"] == lead and not one["closed"]), None)


def venture_of(view: View, lead: int) -> int:
    """Return the number of the living venture that a seat leads, or 0."""
    found = led_by(view, lead)
    return 0 if found is None else int(found["id"])


def in_last_season(view: View) -> bool:
    """Return whether no season follows."""
    game = view.table["game"]
    return bool(game["season"] == game["seasons"])

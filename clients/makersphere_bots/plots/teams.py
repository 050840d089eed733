"""Places in a team that are given for a friend's sake: a lead takes a friend in, for shares of its own.

Each function is a bend of `plotter.py`, or makes one.
"""

from __future__ import annotations

from typing import Final

from makersphere_bots.legal import bounds, options
from makersphere_bots.naive.bends import Legal, without
from makersphere_bots.plots.plotter import Bend, led_by
from makersphere_bots.policy import Move, View

__all__ = ["join", "join_early", "take_in"]

_EARLY: Final = 2  # the season


def join(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Close a venture of one's own that is not born, and ask for a place in the friend's."""
    goal = led_by(view, friend)
    if view.phase != "admission" or goal is None or any(name == "ask_to_join" for name, _ in moves):
        return moves
    own = led_by(view, view.seat)
    ask: Move = ("ask_to_join", {"venture": goal["id"]})
    if "ask_to_join" in legal and goal["id"] in options(legal["ask_to_join"].fields["venture"]):
        return [*moves, ask] if not _has_asked(view) else moves
    if own is not None and not own["born"] and "close_venture" in legal and len(goal["cofounders"]) < 2:
        return [("close_venture", {}), ask]
    return moves


def join_early(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Join the friend in the second season, the first in which there is a venture to join, and never again."""
    return join(view, legal, friend, moves) if view.table["game"]["season"] == _EARLY else moves


def take_in(shares: int) -> Bend:
    """Return a bend that takes the friend into the team, for so many of the lead's shares, and keeps the venture."""

    def bend(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
        moves = without(moves, "close_venture")
        form = legal.get("answer_join")
        if form is None or friend not in options(form.fields["maker"]):
            return moves
        given = min(shares, bounds(form.fields["shares"])[1])
        others = [move for move in moves if move[0] != "answer_join" or move[1]["maker"] != friend]
        return [("answer_join", {"maker": friend, "accept": True, "shares": given}), *others]

    return bend


def _has_asked(view: View) -> bool:
    proposals = view.hand.get("proposal", {}).values()
    return any(one["what"] == "join" and one["sender"] == view.seat for one in proposals)

"""What naive policies are made of: a bend takes what the standard bot would send and returns what is sent instead.

Whatever is changed stays within the live bounds, so that the rules refuse none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import INVESTOR, Move, View, whole
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.printed_values import search_cost

__all__ = [
    "Bend",
    "Legal",
    "choices",
    "fill_out",
    "has",
    "purse_after",
    "rates",
    "then",
    "within",
    "without",
]

Legal = Mapping[str, Form]
Bend = Callable[[View, Legal, list[Move]], list[Move]]

_KEEP: Final = 12  # credits that a seat keeps for what a season still takes


def has(moves: Iterable[Move], *names: str) -> bool:
    """Return whether one of these commands is among some moves."""
    return any(name in names for name, _ in moves)


def without(moves: Iterable[Move], *names: str) -> list[Move]:
    """Return moves without some commands."""
    return [move for move in moves if move[0] not in names]


def choices(legal: Legal, command: str, field: str) -> tuple[int | str, ...]:
    """Return the choices of a field; none where the command may not be sent, or has no such field."""
    form = legal.get(command)
    return options(form.fields[field]) if form is not None and field in form.fields else ()


def within(legal: Legal, command: str, field: str, value: int) -> int:
    """Return a whole number, moved into the live bounds of a field where the form has it."""
    form = legal.get(command)
    if form is None or field not in form.fields:
        return value
    lo, hi = bounds(form.fields[field])
    return min(max(value, lo), hi)


def fill_out(legal: Legal, command: str, moves: list[Move], instead: Iterable[Move]) -> list[Move]:
    """Return moves in which others stand in the place of a command that may be sent now."""
    return [*instead, *without(moves, command)] if command in legal else moves


def then(*bends: Bend) -> Bend:
    """Return a bend that bends by one after the other."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        for one in bends:
            moves = one(view, legal, moves)
        return moves

    return bend


def rates(score: int) -> Bend:
    """Return a bend that rates everybody alike."""

    def bend(_: View, legal: Legal, moves: list[Move]) -> list[Move]:
        rated = choices(legal, "rate", "seat")
        return fill_out(legal, "rate", moves, (("rate", {"seat": seat, "score": score}) for seat in rated))

    return bend


def purse_after(view: View, moves: Iterable[Move]) -> int:
    """Return the credits that an investor has left to offer once some moves are sent."""
    purse, sheets = own_credits(view) - _KEEP, view.hand.get("sheet", {})
    ventures = view.table.get("venture", {})
    for name, args in moves:
        if name == "send_terms":
            purse -= whole(args, "credits") + search_cost(view, ventures[str(args["venture"])], view.seat)
        elif name == "answer_terms" and args["answer"] == "accept":
            sheet = sheets[str(args["sheet"])]
            purse -= int(sheet["credits"]) if sheet["by"] != INVESTOR else 0
    return purse

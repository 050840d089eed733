"""Small changes of an answer: a command left out, sent with other arguments, or added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from makersphere_bots.legal import Form, bounds
from makersphere_bots.policy import READY, Args, Move, Tree, View

__all__ = ["besides", "countered", "first", "otherwise", "within", "without"]


def without(moves: Sequence[Move], *names: str) -> list[Move]:
    """Return an answer without some commands; that the seat is ready if no command is left."""
    return [move for move in moves if move[0] not in names] or [READY]


def first(moves: Sequence[Move], name: str, most: int) -> list[Move]:
    """Return an answer with the first few of a command only."""
    kept: list[Move] = []
    for move in moves:
        if move[0] != name or sum(one[0] == name for one in kept) < most:
            kept.append(move)
    return kept


def otherwise(moves: Sequence[Move], name: str, args: Args) -> list[Move]:
    """Return an answer in which every command of a name has some other arguments."""
    return [(one, {**given, **args}) if one == name else (one, given) for one, given in moves]


def besides(moves: Sequence[Move], *more: Move) -> list[Move]:
    """Return an answer with some commands sent before all others."""
    return [*more, *moves]


def countered(
    view: View, legal: Mapping[str, Form], moves: Sequence[Move], shares_of: Callable[[Tree], int]
) -> list[Move]:
    """Return an answer that counters the sheets for capital that it would sign.

    Args:
        view: what the seat sees.
        legal: what it may send.
        moves: the answer.
        shares_of: what is to be asked or offered for the same credits, given a sheet.
    """
    form = legal.get("send_terms")
    if form is None:
        return [*moves]
    partner = "investor" if "investor" in form.fields else "venture"
    changed: list[Move] = []
    for name, args in moves:
        sheet = view.hand["sheet"][str(args["sheet"])] if name == "answer_terms" else {}
        if sheet and args["answer"] == "accept" and sheet["credits"]:
            terms: Args = {"credits": sheet["credits"], "hours": 0, "fee": 0}
            terms["shares"] = within(form, "shares", shares_of(sheet))
            changed.append(("send_terms", {partner: sheet[partner], **terms}))
        else:
            changed.append((name, args))
    return changed


def within(form: Form, field: str, value: int) -> int:
    """Return an amount, brought within its bounds."""
    lo, hi = bounds(form.fields[field])
    return min(max(value, lo), hi)

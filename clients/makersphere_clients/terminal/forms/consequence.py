"""What a command would change for this seat: its numbers before and after, as the server's preview says.

Answers with lines to read; the last ones say what the close of the phase would then bring. Adds nothing up: both sides
are the server's numbers, now and in its preview.
"""

from __future__ import annotations

import copy
from typing import Any

import attrs

from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.names import SKILLS, Names
from makersphere_clients.terminal.words.outlook import outlook
from makersphere_clients.terminal.words.texts import Words, number, percent
from makersphere_protocol.messages import Result
from makersphere_protocol.patches import apply

__all__ = ["consequences"]


def consequences(view: View, foreseen: Result, words: Words, venture: object = None) -> list[str]:
    """Return what a preview says: what changes, what would be told, and what the close would bring (one venture)."""
    preview = foreseen.preview or {}
    after = attrs.evolve(
        view, table=_after(view.table, preview.get("table")), hand=_after(view.hand, preview.get("hand"))
    )
    was, will = _numbers(view, words), _numbers(after, words)
    changes = [f"{name} {was.get(name, '?')} → {now}" for name, now in will.items() if now != was.get(name)]
    names = Names(after, words)
    told = [names.line(str(line["text"]), line.get("values", {})) for line in preview.get("log", [])]
    said = [" · ".join(changes)] if changes else []
    close = outlook(after, preview.get("outlook", {}), words, venture)
    return said + [sentence for sentence in told if sentence] + close


def _after(tree: dict[str, Any], patch: dict[str, Any] | None) -> dict[str, Any]:
    if not patch:
        return tree
    after = {kind: copy.deepcopy(value) if kind in patch else value for kind, value in tree.items()}
    apply(after, patch)
    return after


def _numbers(view: View, words: Words) -> dict[str, str]:
    """Return the seat's own numbers by name."""
    seat, role = view.you.seat, view.role
    maker, investor = view.find("maker", seat), view.find("investor", seat)
    found: dict[str, str] = {}
    balance = view.balance(f"{role}:{seat}")
    if balance is not None:
        found[words("term.treasury" if role == "operator" else "term.credits")] = number(balance)
    hours = maker.get("hours", investor.get("hours"))
    if hours is not None:
        found[words("term.hours")] = number(hours)
    if maker:
        found[words("term.spirit")] = number(maker["spirit"])
        found |= {words(f"skill.{skill}"): str(n) for skill, n in zip(SKILLS, maker["skills"], strict=False)}
    venture = view.venture
    if venture:
        found[words("ui.your_share")] = percent(venture.get("shares", {}).get(str(seat), 0))
        till = view.balance(f"venture:{venture['id']}")
        if till is not None:
            found[words("ui.venture_credits")] = number(till)
    return found

"""Orders that nobody should get through: wrong types, fields and names; and proof that a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from makersphere_rules import engine
from makersphere_rules.forms import Arg, Args
from makersphere_rules.refusals import Refusal
from makersphere_rules.written.notation import state_hash
from tests.rules.table import Table

__all__ = ["refuses", "refuses_bad_values"]

WRONG: Final[tuple[Any, ...]] = (12.0, "12", True, None, [1], {"at": 1}, -1, 10**30, "", "nobody")


def refuses(table: Table, seat: int, command: str, args: Args, code: str, text: str = "") -> Refusal:
    """Send an order that must be refused so, assert that the game is as it was, and return the refusal."""
    before, touched = state_hash(table.state), {cls: dict(keys) for cls, keys in table.state.touched.items()}
    outcome = engine.decide(table.state, seat, engine.Order(command, args))
    assert isinstance(outcome, Refusal), f"{command} {dict(args)} of seat {seat} was accepted"
    assert outcome.code == code, outcome
    assert not text or outcome.text == text, outcome
    assert state_hash(table.state) == before
    assert {cls: dict(keys) for cls, keys in table.state.touched.items()} == touched
    return outcome


def refuses_bad_values(table: Table, seat: int, command: str, good: Args) -> None:
    """Assert that an order is good, and that it is refused with each field wrong, missing or one too many."""
    assert not isinstance(engine.decide(table.state, seat, engine.Order(command, good)), Refusal)
    for field, args in _spoilt(good):
        assert refuses(table, seat, command, args, "bad_args").field == field


def _spoilt(good: Args) -> Iterator[tuple[str, dict[str, Arg]]]:
    for field in good:
        for wrong in WRONG:
            yield field, {**good, field: wrong}
    yield "bribe", {**good, "bribe": 1}

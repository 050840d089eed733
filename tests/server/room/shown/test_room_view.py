"""When a room works out anew what each seat may do, while its table never stops changing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.forms import Form
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.shown import room_view
from makersphere_server.room.shown.room_view import STALE_AT_ONCE, STALE_MS, RoomView

SEATS = 3 * STALE_AT_ONCE
STEP_MS = 50


@attrs.define
class Plain:
    """Nothing over the game."""

    dirty: Dirty = attrs.field(factory=Dirty)

    def table(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    @property
    def counts(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def hand(self, view: int) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def own_story(self, seat: int, told: dict[str, Any]) -> dict[str, Any]:
        """Return all of it."""
        del seat
        return told

    def commands(self) -> Mapping[str, Form]:
        """Return none."""
        return {}

    def is_watching(self, seat: int) -> bool:
        """Return that nobody looks on."""
        return False


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """Return how often the room has worked out what each seat may do."""
    counts: Counter[int] = Counter()
    beside = room_view._beside

    def counted(state: Any, overlay: Any, seat: int) -> Any:  # noqa: ANN401  (as it is)
        counts[seat] += 1
        return beside(state, overlay, seat)

    monkeypatch.setattr(room_view, "_beside", counted)
    return counts


def test_what_seats_may_do_is_worked_out_about_once_a_second(worked_out: Counter[int]) -> None:
    """For some seats at a time, for all in turn, however often the table changes; and once more after the last time."""
    state = engine.new(shipped.scenario("counter"), SeededDice(bytes(32)), SEATS)
    engine.step(state, engine.ROOM, engine.Order("start", {"commitment": "c0"}))
    shown = RoomView(state, Plain())
    for seat in range(1, SEATS + 1):
        shown.hand(seat)
    shown.changes(0)
    worked_out.clear()

    rounds = 5
    steps = rounds * (STALE_MS + SEATS // STALE_AT_ONCE * STEP_MS) // STEP_MS
    for step in range(1, steps + 1):
        before = worked_out.total()
        engine.step(state, 1, engine.Order("count", {"by": 1}))
        shown.changes(step * STEP_MS)
        assert worked_out.total() - before <= STALE_AT_ONCE + 1
    others = [worked_out[seat] for seat in range(2, SEATS + 1)]
    assert min(others) >= rounds - 1
    assert max(others) <= rounds

    now = steps * STEP_MS
    last = dict(worked_out)
    while (due := shown.due_at_ms) is not None:
        now = max(due, now + STEP_MS)
        shown.changes(now)
    assert now <= steps * STEP_MS + 2 * STALE_MS + 2 * SEATS // STALE_AT_ONCE * STEP_MS
    assert all(worked_out[seat] > last[seat] for seat in range(2, SEATS + 1))

"""When a board looks at what each seat may do, in a room whose table never stops changing."""

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
LOOK_MS = 50


@attrs.define
class Plain:
    """Nothing over the game."""

    dirty: Dirty = attrs.field(factory=Dirty)

    def table(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def hand(self, view: int) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def commands(self) -> Mapping[str, Form]:
        """Return none."""
        return {}


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """Return how often the board has worked out what each seat may do."""
    counts: Counter[int] = Counter()
    beside = room_view._beside

    def counted(state: Any, overlay: Any, seat: int) -> Any:  # noqa: ANN401  (as it is)
        counts[seat] += 1
        return beside(state, overlay, seat)

    monkeypatch.setattr(room_view, "_beside", counted)
    return counts


def test_what_seats_may_do_is_worked_out_about_once_a_second(looks: Counter[int]) -> None:
    """For some seats at a time, for all in turn, however often the table changes; and once more after the last time."""
    state = engine.new(shipped.scenario("counter"), SeededDice(bytes(32)), SEATS)
    engine.step(state, engine.ROOM, engine.Order("start", {"commitment": "c0"}))
    shown = RoomView(state, Plain())
    for seat in range(1, SEATS + 1):
        shown.hand(seat)
    shown.look(0)
    looks.clear()

    rounds = 5
    steps = rounds * (STALE_MS + SEATS // STALE_AT_ONCE * LOOK_MS) // LOOK_MS
    for step in range(1, steps + 1):
        before = looks.total()
        engine.step(state, 1, engine.Order("count", {"by": 1}))
        shown.look(step * LOOK_MS)
        assert looks.total() - before <= STALE_AT_ONCE + 1
    others = [looks[seat] for seat in range(2, SEATS + 1)]
    assert min(others) >= rounds - 1
    assert max(others) <= rounds

    now = steps * LOOK_MS
    last = dict(looks)
    while (due := shown.wants_look_at) is not None:
        now = max(due, now + LOOK_MS)
        shown.look(now)
    assert now <= steps * LOOK_MS + 2 * STALE_MS + 2 * SEATS // STALE_AT_ONCE * LOOK_MS
    assert all(looks[seat] > last[seat] for seat in range(2, SEATS + 1))

"""Whoever is asked first has the first choice: that is drawn, and no seat's for good."""

from __future__ import annotations

import random
from collections.abc import Mapping

from makersphere_bots.asking_order import in_turn
from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Form
from makersphere_bots.policy import Move, View
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules.shipped import scenario


def test_seats_are_asked_in_the_order_of_the_lots() -> None:
    """Those that are no longer in it, or have come since, are last, in order of number."""
    table = {"world": {"lots": [3, 1, 2]}}
    assert in_turn(table, [1, 2, 3]) == [3, 1, 2]
    assert in_turn(table, [5, 4, 2, 3]) == [3, 2, 4, 5]


def test_without_lots_they_are_asked_in_order_of_number() -> None:
    """A scenario may have no world."""
    assert in_turn({"count": {}}, [2, 3, 1]) == [1, 2, 3]


class _Listed:
    """Plays like the standard bot, and writes down who is asked."""

    def __init__(self, asked: dict[tuple[int, str], list[int]]) -> None:
        self.asked = asked
        self.sound = policy("standard")

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Write down the seat."""
        seats = self.asked.setdefault((view.table["game"]["season"], view.phase), [])
        if view.seat not in seats:
            seats.append(view.seat)
            assert view.table["world"]["lots"][: len(seats)] == seats
        return self.sound.choose(view, legal, rng)


def test_another_seat_is_asked_first_in_other_seasons() -> None:
    """A game without a server asks by the lots that are on its table."""
    asked: dict[tuple[int, str], list[int]] = {}
    play(scenario("seminar"), 12, "7", {ANY: _Listed(asked)})
    assert len({tuple(seats) for seats in asked.values()}) == 4
    assert all(sorted(seats) == list(range(1, 13)) for seats in asked.values())

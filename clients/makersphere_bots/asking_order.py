"""In which order several bots are asked. Who is asked first has the first choice, so it is not always the same seat.

The order is that of the season's lots, which the dice draw and everybody sees.
"""

from __future__ import annotations

from collections.abc import Iterable

from makersphere_bots.policy import Tree

__all__ = ["in_turn"]


def in_turn(table: Tree, seats: Iterable[int]) -> list[int]:
    """Return seats in the order of this season's lots; in order of number where a table has none."""
    lots = table.get("world", {}).get("lots", ())
    places = {seat: place for place, seat in enumerate(lots)}
    return sorted(seats, key=lambda seat: (places.get(seat, len(places)), seat))

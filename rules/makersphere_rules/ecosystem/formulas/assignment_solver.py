"""A first guess at the best assignment by a compiled solver, for large rooms; it comes with the extra `planner`.

The solver only proposes. `assignment.py` proves a proposal best in whole numbers, settles ties by itself, and works
alone where there is no proposal or it does not hold: the result is the same with and without the solver, which
may count in floating point and break ties as it likes. Source: Jonker and Volgenant 1987 (the package `lapx`).
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Final

__all__ = ["LARGE", "propose"]

LARGE: Final = 20_000  # pairs from which the solver is worth asking: a room of some 300 seats
_ALONE: Final = -1


@cache
def _package(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def propose(values: Sequence[Mapping[int, int]], places: Sequence[int]) -> list[int] | None:
    """Return a column for each row, -1 for rows that stay alone, that should be worth most; None: no solver.

    Args:
        values: for each row the value of each column that it may have.
        places: how many rows each column may have.
    """
    numpy, lap = _package("numpy"), _package("lap")
    wanted = {column for row in values for column in row}
    columns = [column for column in sorted(wanted) for _ in range(min(places[column], len(values)))]
    if numpy is None or lap is None or not columns:
        return None
    seats: dict[int, list[int]] = {}
    for seat, column in enumerate(columns):
        seats.setdefault(column, []).append(seat)
    costs = numpy.zeros((len(values), len(columns)))
    for row, wished in enumerate(values):
        for column, value in wished.items():
            if value > 0 and column in seats:
                costs[row, seats[column]] = -value
    _, taken, _ = lap.lapjv(costs, extend_cost=True)
    return [
        columns[seat] if seat != _ALONE and costs[row, seat] < 0 else _ALONE for row, seat in enumerate(taken.tolist())
    ]

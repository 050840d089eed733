"""What a seat sees as one array of numbers, for learners: the table, its hand, and which seat it is.

A view is a tree of entities; here each kind has a fixed number of rows, one to an entity in order of key, and each
row a fixed number of columns, one to a number of the entity. Where a kind has more entities than rows, the newest
are shown. `Layout.names` says what stands where. Nothing is in it that the wire would not give the seat.

A number `n` is written `log2(1 + n)`, and `-log2(1 - n)` under 0, so that shares, credits and levels are of like
size; yes is 1, no is 0, nothing is `MISSING`; a word is a number from 0 to 1 that is its own on every machine: words
can be told apart, but say nothing by their size.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log2
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs
import numpy as np
from numpy.typing import NDArray

from makersphere_rules.entity import Entity, Sight, sight_of
from makersphere_rules.events import CORE_ENTITIES
from makersphere_rules.scenario import Scenario

__all__ = ["HIGHEST", "LOWEST", "MISSING", "Layout", "Observation", "Tree"]

Observation = NDArray[np.float32]
Tree = Mapping[str, Any]

MISSING: Final = -1.0
LOWEST: Final = -64.0
HIGHEST: Final = 64.0
_LISTED: Final = 4  # numbers of a list that are shown
_PLAIN: Final = (int, str, bool)


@attrs.frozen
class _Kind:
    """The rows and columns of a kind in one tree, and where in an observation they begin."""

    name: str
    single: bool
    fields: tuple[tuple[str, int], ...]  # name and width
    rows: int
    begin: int

    @property
    def size(self) -> int:
        return self.rows * sum(width for _, width in self.fields)

    def names(self) -> Iterator[str]:
        for row in range(self.rows):
            for field, width in self.fields:
                for place in range(width):
                    yield f"{self.name}[{row}].{field}" + (f"[{place}]" if width > 1 else "")

    def numbers(self, entities: Tree) -> list[float]:
        """Return the numbers of the entities there are, row after row."""
        shown: Iterable[Tree] = [entities] if self.single else list(entities.values())[-self.rows :]
        found: list[float] = []
        for entity in shown:
            for name, width in self.fields:
                value = entity.get(name)
                if width == 1:
                    found.append(MISSING if value is None else _number(value))
                else:
                    listed = [_number(item) for item in (value or ())[:width]]
                    found += listed + [MISSING] * (width - len(listed))
        return found

    def write(self, observation: Observation, numbers: Sequence[float]) -> None:
        """Write the rows there are; the others stay as they are."""
        observation[self.begin : self.begin + len(numbers)] = numbers


def _number(value: int | str | bool) -> float:  # noqa: FBT001  (a value of a view, whichever it is)
    if type(value) is int:
        return log2(1 + value) if value >= 0 else -log2(1 - value)
    if type(value) is bool:
        return 1.0 if value else 0.0
    return zlib.crc32(str(value).encode()) / 0xFFFFFFFF


class Layout:
    """Where each number stands in the observations of one scenario in rooms of one size."""

    def __init__(self, scenario: Scenario, seats: int) -> None:
        """Lay out every kind that has numbers, in order of name; a kind has as many rows as there are seats."""
        classes: list[type[Entity]] = [*CORE_ENTITIES, *(cls for one in scenario.modules for cls in one.entities)]
        kinds = {cls.kind: cls for cls in classes}
        ordered = [kinds[name] for name in sorted(kinds)]
        self._table = _kinds(ordered, ("table", "settled"), seats, 0)
        self._hand = _kinds(ordered, ("owner",), seats, sum(kind.size for kind in self._table))
        self.names: tuple[str, ...] = (
            *(f"table.{name}" for kind in self._table for name in kind.names()),
            *(f"hand.{name}" for kind in self._hand for name in kind.names()),
            *(f"seat.{seat}" for seat in range(1, seats + 1)),
        )
        self.size = len(self.names)
        self._empty = np.full(self.size, MISSING, np.float32)
        self._empty[self.size - seats :] = 0
        self._first_seat = self.size - seats

    def table(self, derived: Callable[[str, Callable[[Tree], list[float]]], list[float]]) -> Observation:
        """Return what all seats see: an observation whose hand is empty and that is no seat's.

        Args:
            derived: what a view derives of a kind of its table, made anew only when the kind has changed.
        """
        found = self._empty.copy()
        for kind in self._table:
            kind.write(found, derived(kind.name, kind.numbers))
        return found

    def of(self, seat: int, table: Observation, hand: Tree) -> Observation:
        """Return a seat's observation: an array of shape `(size,)`."""
        found = table.copy()
        for kind in self._hand:
            entities = hand.get(kind.name)
            if entities:
                kind.write(found, kind.numbers(entities))
        found[self._first_seat + seat - 1] = 1
        return found


def _kinds(classes: Iterable[type[Entity]], sights: tuple[Sight, ...], seats: int, begin: int) -> list[_Kind]:
    found: list[_Kind] = []
    for cls in classes:
        hints = get_type_hints(cls)
        widths = {field.name: _width(hints[field.name]) for field in attrs.fields(cls) if sight_of(field)[0] in sights}
        fields = tuple((name, width) for name, width in widths.items() if width)
        if fields:
            found.append(_Kind(cls.kind, cls.single, fields, 1 if cls.single else seats, begin))
            begin += found[-1].size
    return found


def _width(hint: Any) -> int:  # noqa: ANN401  (whatever a field is declared as)
    """Return how many columns a field has: none where it is a mapping, or holds lists."""
    if get_origin(hint) is UnionType:
        return max(_width(choice) for choice in get_args(hint) if choice is not type(None))
    if get_origin(hint) is tuple and get_args(hint)[0] in _PLAIN:
        return _LISTED
    return 1 if hint in _PLAIN else 0

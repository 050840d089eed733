"""What a seat sees as one array of numbers, for learners: the table, its hand, and which seat it is.

`Layout` says what stands where, and holds for all rooms of a size; `Sheets` are filled in for the seats of one room,
and kept current: an entity that is as it was is not written again.

A view is a tree of entities; here each kind has a fixed number of rows, one to an entity in order of key, and each
row a fixed number of columns, one to a number of the entity. Where a kind has more entities than rows, the newest
are shown. Nothing is in it that the wire would not give the seat.

A number `n` is written `log2(1 + n)`, and `-log2(1 - n)` under 0, so that shares, credits and levels are of like
size; yes is 1, no is 0, nothing is `MISSING`; a word is a number from 0 to 1 that is its own on every machine: words
can be told apart, but say nothing by their size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log2
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs
import numpy as np
from numpy.typing import NDArray

from makersphere_rules.entity import Entity, Sight, sight_of
from makersphere_rules.events import CORE_ENTITIES
from makersphere_rules.scenario import Scenario
from makersphere_rules.seen.lazy_views import LazyViews

__all__ = ["HIGHEST", "LOWEST", "MISSING", "Layout", "Observation", "Sheets", "Tree"]

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
    width: int

    @property
    def size(self) -> int:
        return self.rows * self.width

    def names(self) -> Iterator[str]:
        for row in range(self.rows):
            for field, width in self.fields:
                for place in range(width):
                    yield f"{self.name}[{row}].{field}" + (f"[{place}]" if width > 1 else "")

    def write(self, observation: Observation, entities: Tree | None, before: Sequence[Tree]) -> Sequence[Tree]:
        """Write the rows of the entities that are not those of before, and return those that are shown now.

        What a view shows of an entity is never changed but replaced, so the same object is the same numbers.
        """
        shown: Sequence[Tree] = ()
        if entities:
            shown = [entities] if self.single else list(entities.values())[-self.rows :]
        begin, width, known = self.begin, self.width, len(before)
        for row, entity in enumerate(shown):
            if row >= known or entity is not before[row]:
                observation[begin + row * width : begin + (row + 1) * width] = self._row(entity)
        observation[begin + len(shown) * width : begin + known * width] = MISSING  # rows that are no more
        return shown

    def _row(self, entity: Tree) -> list[float]:
        found: list[float] = []
        for name, width in self.fields:
            value = entity.get(name)
            if width == 1:
                found.append(MISSING if value is None else _number(value))
            else:
                listed = [_number(item) for item in (value or ())[:width]]
                found += listed + [MISSING] * (width - len(listed))
        return found


def _number(value: int | str | bool) -> float:  # noqa: FBT001  (a value of a view, whichever it is)
    if type(value) is int:
        return log2(1 + value) if value >= 0 else -log2(1 - value)
    if type(value) is bool:
        return 1.0 if value else 0.0
    return _word(str(value))


@lru_cache(maxsize=4096)
def _word(word: str) -> float:
    return zlib.crc32(word.encode()) / 0xFFFFFFFF


class Layout:
    """Where each number stands in the observations of one scenario in rooms of one size."""

    def __init__(self, scenario: Scenario, seats: int) -> None:
        """Lay out every kind that has numbers, in order of name; a kind has as many rows as there are seats."""
        classes: list[type[Entity]] = [*CORE_ENTITIES, *(cls for one in scenario.modules for cls in one.entities)]
        kinds = {cls.kind: cls for cls in classes}
        ordered = [kinds[name] for name in sorted(kinds)]
        self.table = _kinds(ordered, ("table", "settled"), seats, 0)
        self.hand_begin = sum(kind.size for kind in self.table)
        self.hand = _kinds(ordered, ("owner",), seats, self.hand_begin)
        self.names: tuple[str, ...] = (
            *(f"table.{name}" for kind in self.table for name in kind.names()),
            *(f"hand.{name}" for kind in self.hand for name in kind.names()),
            *(f"seat.{seat}" for seat in range(1, seats + 1)),
        )
        self.size = len(self.names)
        self._first_seat = self.size - seats

    def empty(self, seat: int) -> Observation:
        """Return the observation of a seat that sees nothing: an array of shape `(size,)`."""
        found = np.full(self.size, MISSING, np.float32)
        found[self._first_seat :] = 0
        found[self._first_seat + seat - 1] = 1
        return found


@attrs.define
class _Sheet:
    """What a seat sees as numbers, and of which entities each kind of its hand is."""

    numbers: Observation
    shown: dict[str, Sequence[Tree]] = attrs.field(factory=dict)


class Sheets:
    """The observations of the seats of one room, kept current."""

    def __init__(self, layout: Layout, views: LazyViews, seats: Iterable[int]) -> None:
        """Take sheets for some seats, with nothing on them yet."""
        self._layout = layout
        self._views = views
        self._sheets = {seat: _Sheet(layout.empty(seat)) for seat in seats}
        self._table = np.full(layout.hand_begin, MISSING, np.float32)
        self._shown: dict[str, Sequence[Tree]] = {}

    def filled(self) -> dict[int, Observation]:
        """Return what each seat sees now: arrays of shape `(size,)` that are the asker's own."""
        changed, table, begin = self._views.catch_up_all(), self._views.table, self._layout.hand_begin
        for kind in self._layout.table:
            if kind.name in changed:
                shown = self._shown
                shown[kind.name] = kind.write(self._table, table.get(kind.name), shown.get(kind.name, ()))
        hands = [kind for kind in self._layout.hand if kind.name in changed]
        found: dict[int, Observation] = {}
        for seat, sheet in self._sheets.items():
            hand, shown = self._views.hand(seat), sheet.shown
            for kind in hands:
                shown[kind.name] = kind.write(sheet.numbers, hand.get(kind.name), shown.get(kind.name, ()))
            sheet.numbers[:begin] = self._table
            found[seat] = sheet.numbers.copy()
        return found


def _kinds(classes: Iterable[type[Entity]], sights: tuple[Sight, ...], seats: int, begin: int) -> list[_Kind]:
    found: list[_Kind] = []
    for cls in classes:
        hints = get_type_hints(cls)
        widths = {field.name: _width(hints[field.name]) for field in attrs.fields(cls) if sight_of(field)[0] in sights}
        fields = tuple((name, width) for name, width in widths.items() if width)
        if fields:
            rows, width = 1 if cls.single else seats, sum(width for _, width in fields)
            found.append(_Kind(cls.kind, cls.single, fields, rows, begin, width))
            begin += found[-1].size
    return found


def _width(hint: Any) -> int:  # noqa: ANN401  (whatever a field is declared as)
    """Return how many columns a field has: none where it is a mapping, or holds lists."""
    if get_origin(hint) is UnionType:
        return max(_width(choice) for choice in get_args(hint) if choice is not type(None))
    if get_origin(hint) is tuple and get_args(hint)[0] in _PLAIN:
        return _LISTED
    return 1 if hint in _PLAIN else 0

"""What a seat sees as one array of numbers, for learners: the table, its hand, and what it has said of a move.

`Layout` says what stands where, and holds for all rooms of a size; `Sheets` are filled in for the seats of one room,
and kept current: an entity that is as it was is not written again.

A view is a tree of entities; here each kind has a fixed number of rows, one to an entity in order of key, and each
row a fixed number of columns, one to a number of the entity. Where a kind has more entities than rows, the newest
are shown. `Layout.entities` takes an array apart again, by kind. Nothing is in it that the wire would not give the
seat.

All is seen from the seat's own side: seats are counted from one's own, which is 1, and what there is one of for each
seat stands in that order, one's own first. So what is learnt in one seat is of use in the next.

A number `n` is written `log2(1 + n)`, and `-log2(1 - n)` under 0, so that shares, credits and levels are of like
size; yes is 1, no is 0, nothing is `MISSING`; a word is a number from 0 to 1 that is its own on every machine: words
can be told apart, but say nothing by their size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log2
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs
import numpy as np
from numpy.typing import NDArray

from makersphere_playtest.learning.actions import Saying
from makersphere_playtest.learning.numbers import SEAT_FIELDS, Numbers, own_side
from makersphere_rules.entity import Entity, Sight, keys_of, sight_of
from makersphere_rules.events import CORE_ENTITIES
from makersphere_rules.scenario import Scenario
from makersphere_rules.seen.lazy_views import LazyViews

__all__ = ["HIGHEST", "LOWEST", "MISSING", "Layout", "Observation", "Sheets", "Tree"]

Observation = NDArray[np.float32]
Tree = Mapping[str, Any]
Entities = dict[str, Observation]

MISSING: Final = -1.0
LOWEST: Final = -64.0
HIGHEST: Final = 64.0
_LISTED: Final = 4  # numbers of a list that are shown
_SAID: Final = 8  # fields of a command that are shown as they are said
_PLAIN: Final = (int, str, bool)
_SEAT_LISTS: Final = frozenset({"cofounders", "badges", "lots", "seats"})


@attrs.frozen
class _Field:
    """A field of a kind: how many columns it has, and whether they hold seats."""

    name: str
    width: int
    is_seat: bool


@attrs.frozen
class _Kind:
    """The rows and columns of a kind in one tree, and where in an observation they begin."""

    name: str
    single: bool
    by_seat: bool  # there is one for each seat at most, in order from one's own
    fields: tuple[_Field, ...]
    rows: int
    begin: int
    width: int

    @property
    def size(self) -> int:
        return self.rows * self.width

    def names(self) -> Iterator[str]:
        for row in range(self.rows):
            for field in self.fields:
                for place in range(field.width):
                    yield f"{self.name}[{row}].{field.name}" + (f"[{place}]" if field.width > 1 else "")

    def seat_columns(self) -> list[int]:
        """Return where in an observation seats stand."""
        of_row = [field.is_seat for field in self.fields for _ in range(field.width)]
        return [self.begin + place for place, is_seat in enumerate(of_row * self.rows) if is_seat]

    def of(self, observation: Observation) -> Observation:
        """Return the rows and columns of the kind in an observation."""
        return observation[self.begin : self.begin + self.size].reshape(self.rows, self.width)

    def write(
        self, observation: Observation, entities: Tree | None, before: Mapping[int, Tree], own: int
    ) -> dict[int, Tree]:
        """Write the rows of the entities that are not those of before, and return those that are shown now, by row.

        What a view shows of an entity is never changed but replaced, so the same object is the same numbers.

        Args:
            observation: where to write; seats are written by number as they are, to be counted from `own` later.
            entities: the entities of the kind by key, or the only one.
            before: what was shown before.
            own: whose side it is seen from; seat 1 for a table that is to be turned.
        """
        shown: dict[int, Tree] = {}
        if entities:
            shown = {0: entities} if self.single else self._placed(entities, own)
        begin, width = self.begin, self.width
        for row, entity in shown.items():
            if entity is not before.get(row):
                observation[begin + row * width : begin + (row + 1) * width] = self._row(entity)
        for row in before.keys() - shown.keys():
            observation[begin + row * width : begin + (row + 1) * width] = MISSING
        return shown

    def _placed(self, entities: Tree, own: int) -> dict[int, Tree]:
        if self.by_seat:
            return {own_side(int(key), own, self.rows) - 1: entity for key, entity in entities.items()}
        return dict(enumerate(list(entities.values())[-self.rows :]))

    def _row(self, entity: Tree) -> list[float]:
        found: list[float] = []
        for field in self.fields:
            value, number = entity.get(field.name), _seat if field.is_seat else _number
            if field.width == 1:
                found.append(MISSING if value is None else number(value))
            else:
                listed = [number(item) for item in (value or ())[: field.width]]
                found += listed + [MISSING] * (field.width - len(listed))
        return found


def _seat(value: object) -> float:
    """Return a seat's number as it is, until it is counted from one's own."""
    return float(value) if type(value) is int else MISSING


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

    def __init__(self, scenario: Scenario, seats: int, numbers: Numbers) -> None:
        """Lay out every kind that has numbers, in order of name; a kind has as many rows as there are seats."""
        played = [scenario, *(run.rules for run in scenario.runs)]
        modules = [module for rules in played for module in rules.modules]
        classes: list[type[Entity]] = [*CORE_ENTITIES, *(cls for module in modules for cls in module.entities)]
        kinds = {cls.kind: cls for cls in classes}
        ordered = [kinds[name] for name in sorted(kinds)]
        self.seats = seats
        self.table = _kinds(ordered, ("table", "settled"), seats, 0)
        self.hand_begin = sum(kind.size for kind in self.table)
        self.hand = _kinds(ordered, ("owner",), seats, self.hand_begin)
        self._commands = {name: place for place, name in enumerate(numbers.commands)}
        self.names: tuple[str, ...] = (
            *(f"table.{name}" for kind in self.table for name in kind.names()),
            *(f"hand.{name}" for kind in self.hand for name in kind.names()),
            *(f"said.{name}" for name in numbers.commands),
            *(f"said.field[{place}]" for place in range(_SAID)),
            *(f"said.value[{place}]" for place in range(_SAID)),
        )
        self.size = len(self.names)
        self._said_begin = self.size - len(self._commands) - 2 * _SAID
        self.state_size = self.hand_begin + seats * (self._said_begin - self.hand_begin)
        self._seat_columns = np.array(
            [place for kind in (*self.table, *self.hand) for place in kind.seat_columns()], np.intp
        )
        self._turned = {own: self._turn(own) for own in range(1, seats + 1)}
        self._counted = {own: self._count(own) for own in range(1, seats + 1)}

    def _turn(self, own: int) -> NDArray[np.intp]:
        """Return for each place of a table that is seen from a seat where it stands on the one seen from seat 1."""
        found = np.arange(self.hand_begin)
        for kind in self.table:
            if kind.by_seat:
                places = slice(kind.begin, kind.begin + kind.size)
                found[places] = np.roll(found[places], (1 - own) * kind.width)
        return found

    def _count(self, own: int) -> Observation:
        """Return what is written for each seat's number, for no seat (0), and, last, for nothing."""
        counted = [_number(own_side(seat, own, self.seats)) for seat in range(self.seats + 1)]
        return np.array([*counted, MISSING], np.float32)

    def empty(self) -> Observation:
        """Return an observation in which nothing is seen: an array of shape `(size,)`."""
        found = np.full(self.size, MISSING, np.float32)
        found[self._said_begin :] = 0
        return found

    def seen_by(self, own: int, table: Observation, sheet: Observation) -> Observation:
        """Return a table that is seen from seat 1, and a seat's own sheet, as that seat's observation."""
        found = sheet.copy()
        found[: self.hand_begin] = table[self._turned[own]]
        seats = found[self._seat_columns].astype(np.intp)
        found[self._seat_columns] = self._counted[own][np.where(seats > self.seats, -1, seats)]
        return found

    def write_saying(self, observation: Observation, saying: Saying, own: int) -> None:
        """Write what a seat has said of a move: the command, which field is next, and the values so far."""
        if not saying.command:
            return
        begin = self._said_begin
        observation[begin + self._commands[saying.command]] = 1
        begin += len(self._commands)
        observation[begin + min(len(saying.args), _SAID - 1)] = 1
        begin += _SAID
        values = [*saying.args.items()]
        values.append(("", saying.begun if saying.left or not saying.items else saying.items[-1]))
        for place, (name, value) in enumerate(values[:_SAID]):
            one = value[0] if isinstance(value, list) and value else value
            if one is None or isinstance(one, list):
                observation[begin + place] = MISSING
            else:
                is_seat = name in SEAT_FIELDS and isinstance(one, int)
                observation[begin + place] = _number(own_side(int(one), own, self.seats) if is_seat else one)

    # -- the entity view

    def shapes(self) -> dict[str, tuple[int, int]]:
        """Return the rows and columns of each kind, by `table.KIND` and `hand.KIND`."""
        return {name: (kind.rows, kind.width) for name, kind in self._named()}

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return the name of each column of each kind."""
        return {name: tuple(kind.names())[: kind.width] for name, kind in self._named()}

    def entities(self, observation: Observation) -> tuple[Entities, dict[str, NDArray[np.int8]]]:
        """Return an observation as rows and columns by kind, views of the same numbers, and which rows there are."""
        found = {name: kind.of(observation) for name, kind in self._named()}
        return found, {name: (rows != MISSING).any(axis=1).astype(np.int8) for name, rows in found.items()}

    def _named(self) -> Iterator[tuple[str, _Kind]]:
        yield from ((f"table.{kind.name}", kind) for kind in self.table)
        yield from ((f"hand.{kind.name}", kind) for kind in self.hand)

    def joined(self, seen: Mapping[int, Observation]) -> Observation:
        """Return the table as seat 1 sees it and the hands of all seats in order, as one array."""
        hands = [seen[seat][self.hand_begin : self._said_begin] for seat in sorted(seen)]
        return np.concatenate([seen[1][: self.hand_begin], *hands])


@attrs.define
class _Sheet:
    """A seat's hand as numbers, and of which entities each kind of it is."""

    numbers: Observation
    shown: dict[str, dict[int, Tree]] = attrs.field(factory=dict)


class Sheets:
    """The observations of the seats of one room, kept current."""

    def __init__(self, layout: Layout, views: LazyViews, seats: Iterable[int]) -> None:
        """Take sheets for some seats, with nothing on them yet."""
        self._layout = layout
        self._views = views
        self._sheets = {seat: _Sheet(layout.empty()) for seat in seats}
        self._table = np.full(layout.hand_begin, MISSING, np.float32)
        self._shown: dict[str, dict[int, Tree]] = {}

    def filled(self) -> dict[int, Observation]:
        """Return what each seat sees now: arrays of shape `(size,)` that are the asker's own."""
        changed, table = self._views.catch_up_all(), self._views.table
        for kind in self._layout.table:
            if kind.name in changed:
                shown = self._shown
                shown[kind.name] = kind.write(self._table, table.get(kind.name), shown.get(kind.name, {}), 1)
        hands = [kind for kind in self._layout.hand if kind.name in changed]
        found: dict[int, Observation] = {}
        for seat, sheet in self._sheets.items():
            hand, shown = self._views.hand(seat), sheet.shown
            for kind in hands:
                shown[kind.name] = kind.write(sheet.numbers, hand.get(kind.name), shown.get(kind.name, {}), seat)
            found[seat] = self._layout.seen_by(seat, self._table, sheet.numbers)
        return found


def _kinds(classes: Iterable[type[Entity]], sights: tuple[Sight, ...], seats: int, begin: int) -> list[_Kind]:
    found: list[_Kind] = []
    for cls in classes:
        hints, keys = get_type_hints(cls), keys_of(cls)
        by_seat = len(keys) == 1 and _holds_seat(cls, keys[0])
        widths = {field.name: _width(hints[field.name]) for field in attrs.fields(cls) if sight_of(field)[0] in sights}
        fields = tuple(_Field(name, width, _holds_seat(cls, name)) for name, width in widths.items() if width)
        if fields:
            rows, width = 1 if cls.single else seats, sum(field.width for field in fields)
            found.append(_Kind(cls.kind, cls.single, by_seat, fields, rows, begin, width))
            begin += found[-1].size
    return found


def _holds_seat(cls: type[Entity], name: str) -> bool:
    """Return whether a field holds the number of a seat, or several; a space has its operator's."""
    return name in SEAT_FIELDS or name in _SEAT_LISTS or (name == "id" and cls.kind in ("seat", "space"))


def _width(hint: Any) -> int:  # noqa: ANN401  (whatever a field is declared as)
    """Return how many columns a field has: none where it is a mapping, or holds lists."""
    if get_origin(hint) is UnionType:
        return max(_width(choice) for choice in get_args(hint) if choice is not type(None))
    if get_origin(hint) is tuple and get_args(hint)[0] in _PLAIN:
        return _LISTED
    return 1 if hint in _PLAIN else 0

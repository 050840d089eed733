"""The one file that drops secrets: what everyone may see (the table) and what a seat may see (its hand).

Views are plain data, `{kind: {key: {field: value}}}` with keys as text, no null and no entity in an
array: exactly what goes over the wire, and exactly what bots get in process. They are rebuilt from the
fields' declared sight, never by a rule's own code, and kept current from the touched keys alone.

Source: the rulebook's "Who sees what" and principle 1; the wire contract's "Table and hand".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs

from makersphere_rules.entity import Entity, Key, Sight, sight_of
from makersphere_rules.state import State

__all__ = [
    "Changes",
    "Painter",
    "Tree",
    "Views",
    "hand_of",
    "merge_patch",
    "ordered",
    "place",
    "table_of",
    "whole_table",
]

Plain = int | str | bool | list[Any] | dict[str, Any]
Tree = dict[str, Any]


_Shown = tuple[Entity | None, Tree, str]  # an entity as it was last shown: itself, as plain data, and its key as text
_NOTHING: Final[Tree] = {}
_BLANK: Final[_Shown] = (None, _NOTHING, "")
_PLAIN: Final = frozenset((int, str, bool))  # types whose values are plain as they are


@attrs.frozen(eq=False)
class _Fields:
    """Some fields of a kind, read together. How they are read serves `run.py bench simulate` (ADR 12).

    Attributes:
        names: their names.
        hidden: the names of the kind's other fields.
        made: those fields whose values are not plain data yet, each with the function that makes plain data of them.
        are_all: the kind has no other fields, and all values are plain: the entity's dict is copied as it is.
        are_most: the kind has few other fields: its dict is copied whole and these are taken out of the copy. With many
            others, the fields are read one by one.
    """

    names: tuple[str, ...]
    hidden: tuple[str, ...]
    made: tuple[tuple[str, Callable[[Any], Plain]], ...]
    are_all: bool
    are_most: bool

    def of(self, entity: Entity, before: Entity | None, shown: Tree) -> Tree:
        """Return the fields as plain data; a value that `before` had as well is taken from how that was `shown`."""
        present = entity.__dict__
        if self.are_most:
            plain = present.copy()
            for name in self.hidden:
                del plain[name]
        else:
            plain = {name: present[name] for name in self.names}
        if self.made:
            known = before.__dict__ if before is not None else _NOTHING
            for name, make in self.made:
                value = present[name]
                if value is None:
                    del plain[name]
                elif known.get(name) is value:
                    plain[name] = shown[name]
                else:
                    plain[name] = make(value)
        return plain


@attrs.frozen
class _Plan:
    """The fields of a kind by where they show; None where there are none."""

    table: _Fields | None
    settled: _Fields | None
    opens: _Fields | None
    hand: _Fields | None  # the same as `settled` where owners see no more, so that what both show is made once


def _hints(cls: type[Entity]) -> Mapping[str, Any]:
    """Return the declared types of a kind's fields; `Any` for all where only type checkers know a name in them."""
    try:
        return get_type_hints(cls)
    except NameError:
        return {field.name: Any for field in attrs.fields(cls)}


def _planned(cls: type[Entity]) -> _Plan:
    hints = _hints(cls)
    sights = {field.name: sight_of(field) for field in attrs.fields(cls)}

    def fields(wanted: Callable[[Sight, bool], bool]) -> _Fields | None:
        names = tuple(name for name, (sight, opens) in sights.items() if wanted(sight, opens))
        hidden = tuple(name for name in sights if name not in names)
        made = tuple((name, _maker(hints[name])) for name in names if hints[name] not in _PLAIN)
        return _Fields(names, hidden, made, not hidden and not made, len(hidden) < len(names)) if names else None

    settled, hand = fields(lambda sight, _: sight == "settled"), fields(lambda sight, _: sight in ("owner", "settled"))
    return _Plan(
        fields(lambda sight, _: sight == "table"),
        settled,
        fields(lambda _, opens: opens),
        settled if settled is not None and hand is not None and settled.names == hand.names else hand,
    )


class _Plans(dict[type[Entity], _Plan]):
    """The plan of each kind, made when it is first asked for; a kind's declarations never change."""

    def __missing__(self, cls: type[Entity]) -> _Plan:
        plan = self[cls] = _planned(cls)
        return plan


_PLANS: Final = _Plans()


def _maker(hint: Any) -> Callable[[Any], Plain]:  # noqa: ANN401  (whatever a field is declared as)
    """Return the function that makes plain data of the values of a field with that declared type."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple and args and _PLAIN.issuperset(args[:1] if args[-1] is Ellipsis else args):
        return list
    if origin is Mapping and args[1] in _PLAIN:
        return dict if args[0] is str else _by_text
    return _plain


def _by_text(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in values.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401  (the border to plain data)
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, (dict, Mapping)):  # almost always a dict, and an abstract class is slow to ask
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    msg = f"{type(value).__name__} cannot stand in a view"
    raise TypeError(msg)


def _shown_anew(state: State) -> Iterator[tuple[type[Entity], dict[Key, None]]]:
    """Yield by kind the keys of what may stand differently on the table by now; a key may come twice."""
    for cls, keys in state.touched.items():
        if cls.shows_at_once:
            yield cls, keys
    yield from state.shown_anew.items()


class Painter:
    """Shows the entities of a state as plain data.

    It remembers how it has shown each entity, so that an entity that was not replaced is not read again, and of one
    that was, only the values that differ are made into plain data (ADR 12).
    """

    def __init__(self, state: State, *, is_sealed: bool = False) -> None:
        """Begin with nothing shown; of a game that is sealed, the end opens nothing."""
        self._state = state
        self._is_sealed = is_sealed
        self._last: dict[_Fields, dict[Key, _Shown]] = defaultdict(dict)

    def on_table(self, cls: type[Entity], keys: Iterable[Key]) -> dict[str, Tree]:
        """Return by key what everyone may see of some entities of a kind; an entity that shows nothing is left out.

        Nobody may change the trees that are returned here and by `in_hand`: they are handed out again.
        """
        plan, state = _PLANS[cls], self._state
        found = self._painted(plan.settled, state.settled_kinds.get(cls), keys)
        if plan.table is not None:
            found = _both(self._painted(plan.table, state.kinds.get(cls), keys), found)
        if plan.opens is not None and state.game.status == "over" and not self._is_sealed:
            found = _both(found, self._painted(plan.opens, state.kinds.get(cls), keys))
        return found

    def in_hand(self, cls: type[Entity], keys: Iterable[Key]) -> dict[str, Tree]:
        """Return by key what owners see of some entities of a kind beyond the table; empty ones are left out."""
        return self._painted(_PLANS[cls].hand, self._state.kinds.get(cls), keys)

    def _painted(
        self, fields: _Fields | None, entities: Mapping[Key, Entity] | None, keys: Iterable[Key]
    ) -> dict[str, Tree]:
        if fields is None or not entities:
            return {}
        found: dict[str, Tree] = {}
        known = self._last[fields]
        for key in keys:
            entity = entities.get(key)
            if entity is not None and not (self._is_sealed and entity.tells_end):
                before, shown, text = known.get(key, _BLANK)
                if before is not entity:
                    shown = entity.__dict__.copy() if fields.are_all else fields.of(entity, before, shown)
                    text = text or str(key)
                    known[key] = entity, shown, text
                if shown:
                    found[text] = shown
        return found


def _both(some: dict[str, Tree], more: dict[str, Tree]) -> dict[str, Tree]:
    """Return two sets of trees as one; where both show an entity, its fields are put together."""
    return {**more, **{key: shown | more[key] if key in more else shown for key, shown in some.items()}}


def place(tree: Tree, cls: type[Entity], keys: Iterable[str], shown: Mapping[str, Tree]) -> None:
    """Bring some entities of a kind up to date in a tree.

    An entity with a tree in `shown` stands as that tree says; one without, or with an empty one, is taken out.
    """
    if cls.single:  # it shows without its key
        within, keys, shown = tree, (cls.kind,), {cls.kind: shown.get("0", _NOTHING)}
    else:
        within = tree.setdefault(cls.kind, {})
    for key in keys:
        found = shown.get(key)
        if found:
            within[key] = found
        else:
            within.pop(key, None)
    if not within:
        tree.pop(cls.kind, None)


def table_of(state: State) -> Tree:
    """Return the whole table."""
    return whole_table(state, Painter(state))


def whole_table(state: State, painter: Painter) -> Tree:
    """Return the whole table as a painter shows it."""
    return _tree((cls, painter.on_table(cls, kind)) for cls, kind in state.kinds.items())


def hand_of(state: State, seat: int) -> Tree:
    """Return a seat's whole hand (the engine's legal commands are added by whoever shows it)."""
    return _hand(state, seat, Painter(state))


def _hand(state: State, seat: int, painter: Painter) -> Tree:
    return _tree((cls, painter.in_hand(cls, keys)) for cls, keys in state.owned.get(seat, {}).items())


def _tree(kinds: Iterable[tuple[type[Entity], dict[str, Tree]]]) -> Tree:
    return {cls.kind: shown["0"] if cls.single else shown for cls, shown in kinds if shown}


@attrs.frozen
class Changes:
    """What changed since the last look, as merge patches: for the table and by seat for the hands."""

    table: Tree
    hands: dict[int, Tree]


class Views:
    """The table and the hands of one state, kept current.

    Hands are kept only for seats that have been asked for.
    """

    def __init__(self, state: State, *, is_sealed: bool = False) -> None:
        """Look at everything once; of a game that is sealed, the end opens nothing."""
        self._state = state
        self._painter = Painter(state, is_sealed=is_sealed)
        self.table = whole_table(state, self._painter)
        self._hands: dict[int, Tree] = {}
        self._owners: dict[tuple[type[Entity], Key], tuple[int, ...]] = {}
        state.forget_changes()

    def hand(self, seat: int) -> Tree:
        """Return a seat's hand, which stays current from now on."""
        hand = self._hands.get(seat)
        if hand is None:
            hand = self._hands[seat] = _hand(self._state, seat, self._painter)
            for cls, keys in self._state.owned.get(seat, {}).items():
                for key in keys:
                    self._owners[(cls, key)] = self._state.kinds[cls][key].owners
        return hand

    def refresh(self) -> Changes:
        """Take in what has been touched and return it as merge patches (RFC 7396)."""
        state = self._state
        table_patch: Tree = {}
        hand_patches: dict[int, Tree] = {}
        for cls, keys in _shown_anew(state):
            shown = self._painter.on_table(cls, keys)
            for text in map(str, keys):
                self._update(self.table, table_patch, cls, text, shown.get(text, _NOTHING))
        if self._hands:
            for cls, touched in state.touched.items():
                if not cls.is_owned:
                    continue  # no hand shows it
                shown = self._painter.in_hand(cls, touched)
                for key in touched:
                    self._update_hands(cls, key, shown.get(str(key), _NOTHING), hand_patches)
        state.forget_changes()
        _drop_emptied(table_patch, self.table)
        for seat, patch in hand_patches.items():
            _drop_emptied(patch, self._hands[seat])
        return Changes(ordered(table_patch), {seat: ordered(patch) for seat, patch in hand_patches.items()})

    def _update_hands(self, cls: type[Entity], key: Key, shown: Tree, patches: dict[int, Tree]) -> None:
        entity = self._state.kinds.get(cls, {}).get(key)
        now = entity.owners if entity is not None else ()
        before = self._owners.get((cls, key), ())
        for seat in {*now, *before}:
            hand = self._hands.get(seat)
            if hand is not None:
                patch = patches.setdefault(seat, {})
                self._update(hand, patch, cls, str(key), shown if seat in now else _NOTHING)
                if not patch:
                    del patches[seat]
        if now:
            self._owners[(cls, key)] = now
        else:
            self._owners.pop((cls, key), None)

    @staticmethod
    def _update(tree: Tree, patch: Tree, cls: type[Entity], key: str, shown: Tree) -> None:
        """Bring one entity of a tree up to date and add the difference to a patch."""
        before = tree.get(cls.kind, {}) if cls.single else tree.get(cls.kind, {}).get(key, {})
        if shown == before:
            return
        difference = merge_patch(before, shown) if shown and before else (shown or None)
        if cls.single:
            patch[cls.kind] = difference
        else:
            patch.setdefault(cls.kind, {})[key] = difference
        place(tree, cls, (key,), {key: shown})


def _drop_emptied(patch: Tree, tree: Tree) -> None:
    """Let a patch take away each kind of which the tree holds nothing any more."""
    for kind in patch:
        if kind not in tree:
            patch[kind] = None


def ordered(tree: Tree) -> Tree:
    """Return a tree with its keys sorted by name or number; the order in which they came would tell who acted first."""
    keys = sorted(tree, key=_in_order) if len(tree) > 1 else tree
    return {key: ordered(tree[key]) if type(tree[key]) is dict else tree[key] for key in keys}


def _in_order(key: str) -> tuple[int, str]:
    return len(key), key


def merge_patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> Tree:
    """Return the JSON Merge Patch (RFC 7396) that turns `before` into `after`; neither holds null."""
    patch: Tree = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if old == value and type(old) is type(value):
            continue
        patch[key] = merge_patch(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return patch

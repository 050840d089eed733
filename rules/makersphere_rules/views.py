"""The one file that drops secrets: what everyone may see (the table) and what a seat may see (its hand).

Views are plain data, `{kind: {key: {field: value}}}` with keys as text, no null and no entity in an
array: exactly what goes over the wire, and exactly what bots get in process. They are rebuilt from the
fields' declared sight, never by a rule's own code, and kept current from the touched keys alone.

Source: the rulebook's "Who sees what" and principle 1; the wire contract's "Table and hand".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Any, Final

import attrs

from makersphere_rules.entity import Entity, Key, Sight, sight_of
from makersphere_rules.lazy_tree import LazyTree
from makersphere_rules.state import State

__all__ = ["Changes", "LazyViews", "Tree", "Views", "hand_of", "merge_patch", "ordered", "table_of"]

Plain = int | str | bool | list[Any] | dict[str, Any]
Tree = dict[str, Any]


_Shown = tuple[Entity | None, Tree]  # what was last shown of an entity: itself, and as plain data what is there
_BLANK: Final[_Shown] = (None, {})
_PLAIN: Final = frozenset(("int", "str", "bool"))  # types, as they are declared, whose values are plain as they are


@attrs.frozen(eq=False)
class _Fields:
    """Some fields of a kind, read together; `others` are those whose values may not be plain."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    _values: Callable[[dict[str, Any]], tuple[Any, ...]] = attrs.field(init=False)

    @_values.default
    def _reader(self) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        if len(self.names) > 1:
            return itemgetter(*self.names)
        return lambda values: (values[self.names[0]],)  # an itemgetter of one name gives no tuple

    def of(self, entity: Entity, last: _Shown) -> _Shown:
        """Return the fields as plain data; of what is no plain value, only what is not what was shown last is made."""
        present = vars(entity)
        if len(present) == len(self.names):  # the entity has no others
            plain = present.copy()
        else:
            plain = dict(zip(self.names, self._values(present)))  # noqa: B905  (a reader gives a value for each name)
        if self.others:
            before, shown = last
            known = vars(before) if before is not None else {}
            for name in self.others:
                value = present[name]
                if value is None:
                    del plain[name]
                elif known.get(name) is value:
                    plain[name] = shown[name]
                else:
                    plain[name] = _plain(value)
        return entity, plain


@attrs.frozen
class _Plan:
    """The fields of a kind by where they show; None where there are none."""

    public: bool  # something of it may stand on the table
    table: _Fields | None
    settled: _Fields | None
    opens: _Fields | None
    hand: _Fields | None


def _planned(cls: type[Entity]) -> _Plan:
    sights = {field.name: sight_of(field) for field in attrs.fields(cls)}
    others = {field.name for field in attrs.fields(cls) if field.type not in _PLAIN}

    def fields(wanted: Callable[[Sight, bool], bool]) -> _Fields | None:
        names = tuple(name for name, (sight, opens) in sights.items() if wanted(sight, opens))
        return _Fields(names, tuple(name for name in names if name in others)) if names else None

    return _Plan(
        any(sight in ("table", "settled") or opens for sight, opens in sights.values()),
        fields(lambda sight, _: sight == "table"),
        fields(lambda sight, _: sight == "settled"),
        fields(lambda _, opens: opens),
        fields(lambda sight, _: sight in ("owner", "settled")),
    )


class _Plans(dict[type[Entity], _Plan]):
    """The plan of each kind, made when it is first asked for; a kind's declarations never change."""

    def __missing__(self, cls: type[Entity]) -> _Plan:
        plan = self[cls] = _planned(cls)
        return plan


_PLANS: Final = _Plans()


def _plain(value: Any) -> Any:  # noqa: ANN401  (the border to plain data)
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [item if type(item) is int else _plain(item) for item in value]
    if isinstance(value, (dict, Mapping)):  # almost always a dict, and an abstract class is slow to ask
        return {
            str(key): item if type(item) is int else _plain(item) for key, item in value.items() if item is not None
        }
    msg = f"{type(value).__name__} cannot stand in a view"
    raise TypeError(msg)


class _Painter:
    """Shows the entities of a state as plain data.

    It remembers what it has shown of each, so that of an entity that was replaced only what differs is made anew.
    """

    def __init__(self, state: State) -> None:
        """Begin with nothing shown."""
        self._state = state
        self._last: dict[_Fields, dict[Key, _Shown]] = defaultdict(dict)

    def on_table(self, cls: type[Entity], key: Key) -> Tree:
        """Return what everyone may see of an entity; empty when nothing. Not to be changed."""
        plan, state = _PLANS[cls], self._state
        shown = self._paint(plan.table, key, state.find(cls, key)) if plan.table is not None else {}
        if plan.settled is not None:
            settled = self._paint(plan.settled, key, state.as_settled(cls, key))
            shown = {**shown, **settled} if shown else settled
        if plan.opens is not None and state.game.status == "over":
            shown = {**shown, **self._paint(plan.opens, key, state.find(cls, key))}
        return shown

    def in_hand(self, cls: type[Entity], key: Key) -> Tree:
        """Return what an owner may see of an entity beyond the table. Not to be changed."""
        return self._paint(_PLANS[cls].hand, key, self._state.find(cls, key))

    def hand_of(self, cls: type[Entity], keys: Iterable[Key]) -> Tree:
        """Return by key what an owner may see of some entities of a kind, those left out of which that is nothing."""
        kind, fields = self._state.kinds[cls], _PLANS[cls].hand
        return {str(key): shown for key in keys if (shown := self._paint(fields, key, kind[key]))}

    def _paint(self, fields: _Fields | None, key: Key, entity: Entity | None) -> Tree:
        if fields is None or entity is None:
            return {}
        known = self._last[fields]
        last = known.get(key, _BLANK)
        if last[0] is not entity:
            last = known[key] = fields.of(entity, last)
        return last[1]


def _place(tree: Tree, cls: type[Entity], key: Key, shown: dict[str, Any]) -> None:
    if cls.single:
        if shown:
            tree[cls.kind] = shown
        else:
            tree.pop(cls.kind, None)
    elif shown:
        tree.setdefault(cls.kind, {})[str(key)] = shown
    elif cls.kind in tree:
        kind = tree[cls.kind]
        kind.pop(str(key), None)
        if not kind:
            del tree[cls.kind]


def table_of(state: State) -> Tree:
    """Return the whole table."""
    return _table(state, _Painter(state))


def _table(state: State, painter: _Painter) -> Tree:
    tree: Tree = {}
    for cls, kind in state.kinds.items():
        for key in kind:
            _place(tree, cls, key, painter.on_table(cls, key))
    return tree


def hand_of(state: State, seat: int) -> Tree:
    """Return a seat's whole hand (the engine's legal commands are added by whoever shows it)."""
    return _hand(state, seat, _Painter(state))


def _hand(state: State, seat: int, painter: _Painter) -> Tree:
    tree: Tree = {}
    for cls, keys in state.owned.get(seat, {}).items():
        for key in keys:
            _place(tree, cls, key, painter.in_hand(cls, key))
    return tree


@attrs.frozen
class Changes:
    """What changed since the last look, as merge patches: for the table and by seat for the hands."""

    table: Tree
    hands: dict[int, Tree]


class Views:
    """The table and the hands of one state, kept current.

    Hands are kept only for seats that have been asked for.
    """

    def __init__(self, state: State) -> None:
        """Look at everything once."""
        self._state = state
        self._painter = _Painter(state)
        self.table = _table(state, self._painter)
        self._hands: dict[int, Tree] = {}
        self._owners: dict[tuple[type[Entity], Key], tuple[int, ...]] = {}
        state.touched.clear()

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
        for cls, keys in state.touched.items():
            public = _PLANS[cls].public
            for key in keys:
                if public:
                    self._update(self.table, table_patch, cls, key, self._painter.on_table(cls, key))
                if self._hands:
                    self._update_hands(cls, key, hand_patches)
        state.touched.clear()
        _drop_emptied(table_patch, self.table)
        for seat, patch in hand_patches.items():
            _drop_emptied(patch, self._hands[seat])
        return Changes(ordered(table_patch), {seat: ordered(patch) for seat, patch in hand_patches.items()})

    def _update_hands(self, cls: type[Entity], key: Key, patches: dict[int, Tree]) -> None:
        entity = self._state.kinds.get(cls, {}).get(key)
        now = entity.owners if entity is not None else ()
        before = self._owners.get((cls, key), ())
        shown = self._painter.in_hand(cls, key) if now else {}
        for seat in {*now, *before}:
            hand = self._hands.get(seat)
            if hand is not None:
                patch = patches.setdefault(seat, {})
                self._update(hand, patch, cls, key, shown if seat in now else {})
                if not patch:
                    del patches[seat]
        if now:
            self._owners[(cls, key)] = now
        else:
            self._owners.pop((cls, key), None)

    @staticmethod
    def _update(tree: Tree, patch: Tree, cls: type[Entity], key: Key, shown: dict[str, Any]) -> None:
        """Bring one entity of a tree up to date and add the difference to a patch."""
        before = tree.get(cls.kind, {}) if cls.single else tree.get(cls.kind, {}).get(str(key), {})
        if shown == before:
            return
        difference = merge_patch(before, shown) if shown and before else (shown or None)
        if cls.single:
            patch[cls.kind] = difference
        else:
            patch.setdefault(cls.kind, {})[str(key)] = difference
        _place(tree, cls, key, shown)


class LazyViews:
    """The table and the hands of one state for who reads little of them: headless games.

    Read in full after a `look`, they equal `Views`. No patches are made.
    """

    def __init__(self, state: State) -> None:
        """Look at everything once."""
        self._state = state
        self._source = _Source(state)
        self._table = LazyTree(self._source.of_table, state.kinds)
        self._hands = {seat: LazyTree(partial(self._source.of_hand, seat), state.kinds) for seat in state.seats()}
        self._changed = dict.fromkeys(cls.kind for cls in state.kinds)  # since somebody last looked at all hands
        state.touched.clear()

    @property
    def table(self) -> LazyTree:
        """Return the table; it holds what a look has last brought it."""
        return self._table

    def hand(self, seat: int) -> LazyTree:
        """Return a seat's hand; it holds what a look has last brought it."""
        return self._hands[seat]

    def look(self, seat: int) -> None:
        """Let the table and a seat's hand forget what has changed since, so that it is fetched when it is read."""
        self._take_in()
        self._hands[seat].clear()

    def look_at_all(self) -> Collection[str]:
        """Let the table and all hands forget what has changed since they last did, and return those kinds."""
        self._take_in()
        changed, self._changed = self._changed, {}
        for hand in self._hands.values():
            for kind in changed:
                hand.drop(kind)
        return changed

    def _take_in(self) -> None:
        touched, source = self._state.touched, self._source
        for cls, keys in touched.items():
            kind = cls.kind
            if kind in source.stale:
                source.stale[kind].update(keys)
            else:
                source.classes[kind] = cls
                source.stale[kind] = keys
                self._table.drop(kind)
            self._changed[kind] = None
        touched.clear()


class _Source:
    """What lazy trees are fetched from; it knows none of them: without a cycle a game that is over is let go at once.

    Attributes:
        classes: the kinds by name.
        stale: keys that were touched and are not yet on the table, by kind.
    """

    def __init__(self, state: State) -> None:
        """Look at the whole table once."""
        self.classes = {cls.kind: cls for cls in state.kinds}
        self.stale: dict[str, dict[Key, None]] = {}
        self._state = state
        self._painter = _Painter(state)
        self._table = _table(state, self._painter)

    def of_table(self, kind: str) -> Any:  # noqa: ANN401
        """Return a kind as it stands on the table now, or None."""
        for key in self.stale.pop(kind, ()):
            cls = self.classes[kind]
            _place(self._table, cls, key, self._painter.on_table(cls, key))
        return self._table.get(kind)

    def of_hand(self, seat: int, kind: str) -> Any:  # noqa: ANN401
        """Return a kind as it is in a seat's hand now, or None."""
        cls = self.classes.get(kind)
        keys = self._state.owned[seat].get(cls) if cls is not None else None
        if cls is None or not keys:
            return None
        found = self._painter.hand_of(cls, keys)
        return found.get("0") if cls.single else found or None


def _drop_emptied(patch: Tree, tree: Tree) -> None:
    """Let a patch take away the kinds that hold nothing any more."""
    for kind in patch:
        if kind not in tree:
            patch[kind] = None


def ordered(tree: Tree) -> Tree:
    """Return a tree with its keys in the order of names and numbers; as they came they would tell who acted first."""
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

"""The one file that drops secrets: what everyone may see (the table) and what a seat may see (its hand).

Views are plain data, `{kind: {key: {field: value}}}` with keys as text, no null and no entity in an
array: exactly what goes over the wire, and exactly what bots get in process. They are rebuilt from the
fields' declared sight, never by a rule's own code, and kept current from the touched keys alone.

Source: the rulebook's "Who sees what" and principle 1; the wire contract's "Table and hand".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Any, Self, TypeVar

import attrs

from makersphere_rules.entity import Entity, Key, Sight, sight_of
from makersphere_rules.state import State

__all__ = ["Changes", "LazyTree", "LazyViews", "Tree", "Views", "hand_of", "merge_patch", "ordered", "table_of"]

Plain = int | str | bool | list[Any] | dict[str, Any]
Tree = dict[str, Any]
T = TypeVar("T")


@attrs.frozen
class _Fields:
    """Some fields of a kind, read together: their names, and which of them may be more than a number or a word."""

    names: tuple[str, ...]
    composite: tuple[str, ...]
    _values: Callable[[dict[str, Any]], tuple[Any, ...]] = attrs.field(init=False, eq=False, repr=False)

    @_values.default
    def _reader(self) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        if len(self.names) > 1:
            return itemgetter(*self.names)
        return lambda values: (values[self.names[0]],)  # an itemgetter of one name gives no tuple

    def of(self, entity: Entity) -> dict[str, Any]:
        """Return the fields as plain data, those without a value left out."""
        shown = dict(zip(self.names, self._values(vars(entity)), strict=True))
        for name in self.composite:
            value = shown[name]
            if value is None:
                del shown[name]
            elif type(value) is not int and type(value) is not str:
                shown[name] = _plain(value)
        return shown


@attrs.frozen
class _Plan:
    """The fields of a kind by sight; None where there are none."""

    kind: str
    single: bool
    public: bool  # something of it may stand on the table
    table: _Fields | None
    settled: _Fields | None
    owner: _Fields | None
    opens: _Fields | None


_PLANS: dict[type[Entity], _Plan] = {}  # by kind; a kind's declarations never change
_SCALARS = ("int", "str", "bool")  # annotations are text: the rules postpone their evaluation


def _plan(cls: type[Entity]) -> _Plan:
    plan = _PLANS.get(cls)
    if plan is None:
        plan = _PLANS[cls] = _planned(cls)
    return plan


def _planned(cls: type[Entity]) -> _Plan:
    sights = {field: sight_of(field) for field in attrs.fields(cls)}

    def fields(wanted: Callable[[Sight, bool], bool]) -> _Fields | None:
        found = [field for field, (sight, opens) in sights.items() if wanted(sight, opens)]
        if not found:
            return None
        names = tuple(field.name for field in found)
        composite = tuple(field.name for field in found if field.type not in _SCALARS)
        return _Fields(names, composite)

    return _Plan(
        cls.kind,
        cls.single,
        any(sight in ("table", "settled") or opens for sight, opens in sights.values()),
        fields(lambda sight, _: sight == "table"),
        fields(lambda sight, _: sight == "settled"),
        fields(lambda sight, _: sight == "owner"),
        fields(lambda _, opens: opens),
    )


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


def _on_table(state: State, cls: type[Entity], key: Key) -> dict[str, Any]:
    """Return what everyone may see of an entity; empty when nothing."""
    plan = _plan(cls)
    shown: dict[str, Any] = {}
    if plan.table is not None or plan.opens is not None:
        live = state.kinds.get(cls, {}).get(key)
        if live is not None:
            if plan.table is not None:
                shown = plan.table.of(live)
            if plan.opens is not None and state.game.status == "over":
                shown.update(plan.opens.of(live))
    if plan.settled is not None:
        public = state.settled_kinds.get(cls, {}).get(key)
        if public is not None:
            shown.update(plan.settled.of(public))
    return shown


def _in_hand(state: State, cls: type[Entity], key: Key) -> dict[str, Any]:
    """Return what an owner may see of an entity beyond the table."""
    plan = _plan(cls)
    shown: dict[str, Any] = {}
    live = state.kinds.get(cls, {}).get(key)
    if live is not None:
        if plan.owner is not None:
            shown = plan.owner.of(live)
        if plan.settled is not None:
            shown.update(plan.settled.of(live))
    return shown


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
    tree: Tree = {}
    for cls, kind in state.kinds.items():
        for key in kind:
            _place(tree, cls, key, _on_table(state, cls, key))
    return tree


def hand_of(state: State, seat: int) -> Tree:
    """Return a seat's whole hand (the engine's legal commands are added by whoever shows it)."""
    tree: Tree = {}
    for cls, keys in state.owned.get(seat, {}).items():
        for key in keys:
            _place(tree, cls, key, _in_hand(state, cls, key))
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
        self.table = table_of(state)
        self._hands: dict[int, Tree] = {}
        self._owners: dict[tuple[type[Entity], Key], tuple[int, ...]] = {}
        state.touched.clear()

    def hand(self, seat: int) -> Tree:
        """Return a seat's hand, which stays current from now on."""
        hand = self._hands.get(seat)
        if hand is None:
            hand = self._hands[seat] = hand_of(self._state, seat)
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
            public = _plan(cls).public
            for key in keys:
                if public:
                    self._update(self.table, table_patch, cls, key, _on_table(state, cls, key))
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
        shown = _in_hand(self._state, cls, key) if now else {}
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


class LazyTree(dict[str, Any]):
    """A tree of which each kind is fetched when it is first read; the views drop a kind when it has changed."""

    __slots__ = ("_fetch", "_kinds", "_made")

    def __init__(self, fetch: Callable[[str], Any], kinds: Iterable[type[Entity]]) -> None:
        """Begin with nothing; `fetch` returns one of the `kinds` as it is now, or None."""
        self._fetch = fetch
        self._kinds = kinds
        self._made: dict[str, dict[Callable[[Tree], Any], Any]] = defaultdict(dict)

    def __missing__(self, kind: str) -> Any:  # noqa: ANN401
        found = self._fetch(kind)
        if found is None:
            raise KeyError(kind)
        self[kind] = found
        return found

    def get(self, kind: str, default: Any = None, /) -> Any:  # noqa: ANN401
        """Return a kind, or `default`."""
        if kind in self:
            return self[kind]
        found = self._fetch(kind)
        if found is None:
            return default
        self[kind] = found
        return found

    def derived(self, kind: str, make: Callable[[Tree], T]) -> T:
        """Return what `make` makes of a kind, made again only when the kind has been dropped since."""
        tree, made = self.get(kind, {}), self._made[kind]
        if make not in made:
            made[make] = make(tree)
        found: T = made[make]
        return found

    def drop(self, kind: str) -> None:
        """Forget a kind and what was made of it."""
        self.pop(kind, None)
        self._made.pop(kind, None)

    def current(self) -> Self:
        """Return the tree with everything in it, for who reads it like any dict."""
        for cls in self._kinds:
            self.get(cls.kind)
        return self


class LazyViews:
    """The table and the hands of one state for who reads little of them: headless games.

    Read in full after a `look`, they equal `Views`. No patches are made.
    """

    def __init__(self, state: State) -> None:
        """Look at everything once."""
        self._state = state
        self._table = table_of(state)
        self._table_tree = LazyTree(self._fetch_table, state.kinds)
        self._hand_trees = {seat: LazyTree(partial(self._fetch_hand, seat), state.kinds) for seat in state.seats()}
        self._classes = {cls.kind: cls for cls in state.kinds}
        self._stale: dict[str, dict[Key, None]] = defaultdict(dict)  # touched and not yet on the table, by kind
        self._shown: dict[type[Entity], dict[Key, tuple[Entity, dict[str, Any]]]] = defaultdict(dict)  # in hands
        state.touched.clear()

    @property
    def table(self) -> LazyTree:
        """Return the table; it holds what `look` has last brought it."""
        return self._table_tree

    def hand(self, seat: int) -> LazyTree:
        """Return a seat's hand; it holds what `look` has last brought it."""
        return self._hand_trees[seat]

    def look(self, seat: int) -> None:
        """Let the table and a seat's hand forget what has changed since, so that it is fetched when it is read."""
        for cls, keys in self._state.touched.items():
            kind = cls.kind
            if kind not in self._stale:
                self._classes[kind] = cls
                self._table_tree.drop(kind)
            self._stale[kind].update(keys)
        self._state.touched.clear()
        self._hand_trees[seat].clear()

    def _fetch_table(self, kind: str) -> Any:  # noqa: ANN401
        for key in self._stale.pop(kind, ()):
            cls = self._classes[kind]
            _place(self._table, cls, key, _on_table(self._state, cls, key))
        return self._table.get(kind)

    def _fetch_hand(self, seat: int, kind: str) -> Any:  # noqa: ANN401
        cls = self._classes.get(kind)
        keys = self._state.owned[seat].get(cls) if cls is not None else None
        if cls is None or not keys:
            return None
        found = {str(key): shown for key in keys if (shown := self._in_hand(cls, key))}
        return found.get("0") if cls.single else found or None

    def _in_hand(self, cls: type[Entity], key: Key) -> dict[str, Any]:
        """Return what an owner sees of an entity, made anew when it is another than the last that was shown."""
        entity, known = self._state.kinds[cls][key], self._shown[cls]
        if key not in known or known[key][0] is not entity:
            known[key] = (entity, _in_hand(self._state, cls, key))
        return known[key][1]


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

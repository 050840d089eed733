"""What lies on the table: entities, and who may see each of their fields.

An entity is a frozen attrs object of one *kind*. Each field declares its sight; the default is that
nobody sees it. This file only declares; `views.py` is the one place that acts on it.

Source: the rulebook's "Who sees what".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import attrs

from makersphere_rules.frozen import frozen

__all__ = ["KEYS_AT_HAND", "Entity", "Key", "Sight", "changed", "nobody", "owner", "settled", "sight_of", "table"]

Key = int | str
Sight = Literal["table", "settled", "owner", "nobody"]

KEYS_AT_HAND: Final = 4096  # composed keys of a kind that are not composed again: they are asked for over and over

_SIGHT: Final = "sight"
_OPENS: Final = "opens"
_FIXED: Final = "fixed"


def _field(sight: Sight, default: Any, factory: Any, *, opens: bool, fixed: bool = False) -> Any:  # noqa: ANN401  (an attrs field takes the type of its annotation)
    metadata = {_SIGHT: sight, _OPENS: opens, _FIXED: fixed}
    if factory is not None:
        return attrs.field(factory=factory, metadata=metadata)
    return attrs.field(default=default, metadata=metadata)


def table(default: Any = attrs.NOTHING, *, factory: Any = None, fixed: bool = False) -> Any:  # noqa: ANN401
    """Declare a field that everyone sees as it is; one that is `fixed` an entity has for good."""
    return _field("table", default, factory, opens=False, fixed=fixed)


def settled(default: Any = attrs.NOTHING, *, factory: Any = None) -> Any:  # noqa: ANN401
    """Declare a field that everyone sees as it was when the last phase closed; its owners see it live."""
    return _field("settled", default, factory, opens=False)


def owner(default: Any = attrs.NOTHING, *, factory: Any = None, opens: bool = False) -> Any:  # noqa: ANN401
    """Declare a field for the hands of the entity's owners; `opens` puts it on the table at the end."""
    return _field("owner", default, factory, opens=opens)


def nobody(default: Any = attrs.NOTHING, *, factory: Any = None, opens: bool = False) -> Any:  # noqa: ANN401
    """Declare a field that no view shows; `opens` puts it on the table at the end."""
    return _field("nobody", default, factory, opens=opens)


def sight_of(field: attrs.Attribute[Any]) -> tuple[Sight, bool]:
    """Return a field's sight and whether the end of the game opens it; undeclared means nobody."""
    return field.metadata.get(_SIGHT, "nobody"), bool(field.metadata.get(_OPENS, False))


@frozen(slots=False)
class Entity:
    """Base of everything that lies on the table: a kind, a key within the kind, and its owners.

    `single` marks a kind with one entity only (key 0), which the views show without its key.
    `shows_at_once` tells, of a kind, whether it has fields that everyone sees as they are, whatever they become;
    `shows_at_first`, whether it has none but fixed ones, so that only one that comes or goes shows at once; `settles`,
    whether it has fields that show as of the last closed phase; `is_owned`, whether its entities may have owners.
    `keeps_owners` declares of a kind that an entity has the same owners for good, so that nobody looks for others
    whenever it is replaced; `is_at_hand`, that the state keeps at hand what is asked of the kind most often.
    `is_arranged` tells whether, by that, there is more to replacing an entity than to take its place.
    `lasts` marks a kind that outlives a run of the game; everything else is dealt anew for the next.
    `retold` marks a kind that says again, in order, what the run has been: no hash is taken of it.
    A kind is declared without slots, converters and validators, so that `changed` can copy its fields as they are.
    """

    kind: ClassVar[str]
    single: ClassVar[bool] = False
    shows_at_once: ClassVar[bool] = False
    shows_at_first: ClassVar[bool] = False
    settles: ClassVar[bool] = False
    is_owned: ClassVar[bool] = False
    keeps_owners: ClassVar[bool] = False
    is_at_hand: ClassVar[bool] = False
    is_arranged: ClassVar[bool] = False
    lasts: ClassVar[bool] = False
    retold: ClassVar[bool] = False

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Look at a kind's fields once; refuse slots, whose values `changed` would lose."""
        if "__slots__" in cls.__dict__:
            raise TypeError(f"{cls.__name__}: a kind is declared with attrs.frozen(slots=False)")
        cls.is_owned = cls.owners is not Entity.owners
        cls.is_arranged = cls.is_at_hand or (cls.is_owned and not cls.keeps_owners)
        fields = attrs.fields(cls)
        on_table = [field for field in fields if sight_of(field)[0] == "table"]
        cls.shows_at_once = not all(field.metadata[_FIXED] for field in on_table)
        cls.shows_at_first = bool(on_table) and not cls.shows_at_once
        cls.settles = any(sight_of(field)[0] == "settled" for field in fields)

    @property
    def key(self) -> Key:
        """Return the key within the kind; single kinds have 0."""
        return 0

    @property
    def owners(self) -> tuple[int, ...]:
        """Return the seats whose hands show the owner fields."""
        return ()


if TYPE_CHECKING:
    from attrs import evolve as changed
else:
    _new = object.__new__
    _set_fields = Entity.__dict__["__dict__"].__set__

    def changed(entity: Entity, /, **fields: object) -> Entity:
        """Return an entity with some fields changed: what `attrs.evolve` does, which type checkers know, but fast."""
        copy = _new(type(entity))
        _set_fields(copy, {**entity.__dict__, **fields})  # whole: a dict that a kind's entities share is slow to read
        return copy

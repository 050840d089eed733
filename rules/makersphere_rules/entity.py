"""What lies on the table: entities, and who may see each of their fields.

An entity is a frozen attrs object of one *kind*. Each field declares its sight; the default is that
nobody sees it. This file only declares; `views.py` is the one place that acts on it.

Source: the rulebook's "Who sees what".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import attrs

from makersphere_rules.frozen import frozen

__all__ = [
    "KEYS_AT_HAND",
    "Entity",
    "Key",
    "Sight",
    "changed",
    "keys_of",
    "nobody",
    "owner",
    "settled",
    "sight_of",
    "stored_name",
    "table",
]

Key = int | str
Sight = Literal["table", "settled", "owner", "nobody"]

# Composed keys of a kind that are kept, since they are asked for over and over (`run.py bench simulate`; ADR 12).
KEYS_AT_HAND: Final = 4096

_SIGHT: Final = "sight"
_OPENS: Final = "opens"
_FIXED: Final = "fixed"
_KEY: Final = "key"
_OWNER: Final = "owner"


def _field(sight: Sight, default: Any, factory: Any, **marks: bool) -> Any:  # noqa: ANN401  (an attrs field takes the type of its annotation)
    metadata = {_SIGHT: sight, **marks}
    if factory is not None:
        return attrs.field(factory=factory, metadata=metadata)
    return attrs.field(default=default, metadata=metadata)


def table(
    default: Any = attrs.NOTHING,  # noqa: ANN401
    *,
    factory: Any = None,  # noqa: ANN401
    key: bool = False,
    owner: bool = False,
    fixed: bool = False,
) -> Any:  # noqa: ANN401
    """Declare a field that everyone sees as it is; one that is `fixed` an entity has for good."""
    return _field("table", default, factory, key=key, owner=owner, fixed=fixed)


def settled(default: Any = attrs.NOTHING, *, factory: Any = None, key: bool = False, owner: bool = False) -> Any:  # noqa: ANN401
    """Declare a field that everyone sees as it was when the last phase closed; its owners see it live."""
    return _field("settled", default, factory, key=key, owner=owner)


def owner(
    default: Any = attrs.NOTHING,  # noqa: ANN401
    *,
    factory: Any = None,  # noqa: ANN401
    key: bool = False,
    owner: bool = False,
    opens: bool = False,
) -> Any:  # noqa: ANN401
    """Declare a field for the hands of the entity's owners; `opens` puts it on the table at the end."""
    return _field("owner", default, factory, key=key, owner=owner, opens=opens)


def nobody(
    default: Any = attrs.NOTHING,  # noqa: ANN401
    *,
    factory: Any = None,  # noqa: ANN401
    key: bool = False,
    owner: bool = False,
    opens: bool = False,
) -> Any:  # noqa: ANN401
    """Declare a field that no view shows; `opens` puts it on the table at the end."""
    return _field("nobody", default, factory, key=key, owner=owner, opens=opens)


def sight_of(field: attrs.Attribute[Any]) -> tuple[Sight, bool]:
    """Return a field's sight and whether the end of the game opens it; undeclared means nobody."""
    return field.metadata.get(_SIGHT, "nobody"), bool(field.metadata.get(_OPENS, False))


def keys_of(cls: type) -> tuple[str, ...]:
    """Return the fields that make up the key of a kind; none where it has one entity only, or a key of its own."""
    return tuple(field.name for field in attrs.fields(cls) if field.metadata.get(_KEY))


def stored_name(cls: type) -> str:
    """Return the name under which a class is stored unless it says another: `VentureBorn` is `venture_born`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


@frozen
class Entity:
    """Base of everything that lies on the table: a kind, a key within the kind, and its owners.

    A field that is declared with `key=True` is the key; of several, their values are, with colons between. One that
    is declared with `owner=True` holds a seat in whose hand the owner fields show; 0 is no seat. A kind whose key or
    owners are anything else has a property of that name. A kind without a key has one entity only, with key 0.

    A kind says the rest behind its base, `class Tally(Entity, single=True)`:

    Attributes:
        kind: its name in views and hashes; unless it says another, its class's name in small letters.
        single: it has one entity only (key 0), which the views show without its key.
        lasts: it outlives a run of the game; everything else is dealt anew for the next.
        retold: it says again, in order, what the run has been: no hash is taken of it.
        tells_end: it says what only the end of a run opens; a game that is sealed shows none (`seen/views.py`).
        keeps_owners: an entity has the same owners for good, so that nobody looks for others whenever it is replaced.
            True by itself where the owners are part of the key.
        is_at_hand: the state keeps at hand what is asked of the kind most often.

    What follows from the declared fields, so that views and state need not look at them each time
    (`run.py bench simulate`; ADR 12):

        shows_at_once: it has fields that everyone sees as they are, whatever they become.
        shows_at_first: it has none but fixed ones, so that only an entity that comes or goes shows at once.
        settles: it has fields that show as of the last closed phase.
        is_owned: its entities may have owners.
        is_arranged: there is more to replacing an entity than to take its place.
    """

    has_slots: ClassVar[bool] = False

    kind: ClassVar[str]
    single: ClassVar[bool] = False
    lasts: ClassVar[bool] = False
    retold: ClassVar[bool] = False
    keeps_owners: ClassVar[bool] = False
    is_at_hand: ClassVar[bool] = False
    shows_at_once: ClassVar[bool] = False
    shows_at_first: ClassVar[bool] = False
    settles: ClassVar[bool] = False
    is_owned: ClassVar[bool] = False
    is_arranged: ClassVar[bool] = False

    def __init_subclass__(cls, *, kind: str = "", **says: bool) -> None:
        """Take what a kind says of itself behind its base."""
        cls.kind = kind or stored_name(cls)
        unknown = set(says) - {"single", "lasts", "retold", "tells_end", "keeps_owners", "is_at_hand"}
        if unknown:
            raise TypeError(f"{cls.__name__}: a kind cannot say {', '.join(sorted(unknown))}")
        for name, said in says.items():
            setattr(cls, name, said)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Look at a kind's fields once; refuse slots, whose values `changed` would lose."""
        if "__slots__" in cls.__dict__:
            raise TypeError(f"{cls.__name__}: a kind is declared with @frozen of makersphere_rules.author")
        fields = attrs.fields(cls)
        keys, owners = ([field.name for field in fields if field.metadata.get(mark)] for mark in (_KEY, _OWNER))
        if keys and "key" not in cls.__dict__:
            cls.key = property(_key_of(keys))  # type: ignore[assignment, method-assign]  # what a body would define
        if owners and "owners" not in cls.__dict__:
            cls.owners = property(_owners_of(owners))  # type: ignore[assignment, method-assign]  # likewise
            cls.keeps_owners = cls.keeps_owners or set(owners) <= set(keys)
        cls.is_owned = cls.owners is not Entity.owners
        cls.is_arranged = cls.is_at_hand or (cls.is_owned and not cls.keeps_owners)
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

    @property
    def tells_end(self) -> bool:
        """Return whether it says what only the end of a run opens."""
        return False


def _key_of(names: list[str]) -> Callable[[Any], Key]:
    """Return a function that reads an entity's key off the fields that make it up."""
    read: Callable[[Any], Any] = attrgetter(*names)
    return read if len(names) == 1 else lambda entity: ":".join(map(str, read(entity)))


def _owners_of(names: list[str]) -> Callable[[Any], tuple[int, ...]]:
    """Return a function that reads an entity's owners off the fields that hold them."""
    read: Callable[[Any], Any] = attrgetter(*names)
    if len(names) > 1:
        return lambda entity: tuple(filter(None, read(entity)))
    return lambda entity: (seat,) if (seat := read(entity)) else ()


if TYPE_CHECKING:
    from attrs import evolve as changed
else:
    _new = object.__new__
    _set_fields = Entity.__dict__["__dict__"].__set__

    def changed(entity: Entity, /, **fields: object) -> Entity:
        """Return a copy of an entity with some fields changed.

        It does what `attrs.evolve` does, which type checkers see instead, by copying the entity's dict
        (`run.py bench simulate`; ADR 12).
        """
        copy = _new(type(entity))
        _set_fields(copy, {**entity.__dict__, **fields})  # whole: a dict that a kind's entities share is slow to read
        return copy

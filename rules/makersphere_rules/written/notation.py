"""Events and states as bytes: what a log stores and what a state's hash is taken of.

JSON without blanks, fields in alphabetical order, so that the same facts are the same bytes
on every Python and in every process. The only file of the rules that knows an encoding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from operator import is_
from typing import Any, Final

import attrs
import msgspec

from makersphere_rules.entity import Entity, Key
from makersphere_rules.events import CORE_EVENTS, Event
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import Kinds, State
from makersphere_rules.written.upcasters import upcast

__all__ = ["UnknownEvent", "decode_events", "encode_events", "event_data", "event_types", "state_hash"]

_encode = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode


class UnknownEvent(Exception):
    """A stored event of a type or version that these rules do not know. `type` and `version` name it."""

    def __init__(self, type_: str, version: int) -> None:
        """Keep what was met."""
        super().__init__(f"unknown event {type_!r} version {version}")
        self.type = type_
        self.version = version


def event_types(scenario: Scenario) -> dict[str, type[Event]]:
    """Return the event types of a scenario by the name under which they are stored."""
    modules = (*scenario.modules, *(scenario.changed.modules if scenario.changed else ()))
    types = [*CORE_EVENTS, *(event for module in modules for event in module.events)]
    return {event.type: event for event in types}


def encode_events(events: Iterable[Event]) -> bytes:
    """Return the canonical bytes of the events of one command."""
    return b"[%b]" % b",".join(map(_encode_event, events))


def _encode_event(event: Event) -> bytes:
    type_ = type(event)
    known = _heads.get(type_)
    if known is None:
        is_plain = all(field.type in _PLAIN for field in attrs.fields(type_))
        known = _heads[type_] = _encode({"type": event.type, "v": event.version})[:-1], is_plain
    head, is_plain = known
    return b'%b,"data":%b}' % (head, _encode_sorted(event) if is_plain else _encode(event_data(event)))


_PLAIN: Final = frozenset((int, str, bool, "int", "str", "bool"))  # declared so, a field holds nothing with an order
_heads: dict[type[Event], tuple[bytes, bool]] = {}  # how each type's events begin, and whether all its fields are plain


def event_data(event: Event) -> dict[str, Any]:
    """Return an event's fields in alphabetical order, and the fields of the values in it as well."""
    return {name: _ordered(getattr(event, name)) for name in _names_of(event)}


def _names_of(value: Event | msgspec.Struct) -> tuple[str, ...]:
    """Return the names of a value's fields in alphabetical order."""
    names = _names.get(type(value))
    if names is None:
        if isinstance(value, msgspec.Struct):
            names = tuple(sorted(value.__struct_fields__))
        else:
            names = tuple(sorted(field.name for field in attrs.fields(type(value))))
        _names[type(value)] = names
    return names


_names: dict[type[Event | msgspec.Struct], tuple[str, ...]] = {}  # of the fields of each type


def _ordered(value: Any) -> Any:  # noqa: ANN401  (any field of an event)
    if isinstance(value, Entity):
        return dict(sorted(vars(value).items()))
    if isinstance(value, tuple):
        return [_ordered(item) for item in value]
    if isinstance(value, dict):
        return {key: _ordered(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        return {name: _ordered(getattr(value, name)) for name in _names_of(value)}
    return value


def decode_events(data: bytes, types: Mapping[str, type[Event]]) -> tuple[Event, ...]:
    """Return the events of one command, older versions brought up to date.

    Raises:
        UnknownEvent: a type or version from the future or of a missing module.
        msgspec.ValidationError: the bytes are no events.
    """
    return tuple(_decode(raw, types) for raw in msgspec.json.decode(data))


def _decode(raw: dict[str, Any], types: Mapping[str, type[Event]]) -> Event:
    name, version = raw["type"], raw["v"]
    cls = types.get(name)
    if cls is None or version > cls.version:
        raise UnknownEvent(name, version)
    return msgspec.convert(upcast(name, version, cls.version, raw["data"]), cls, str_keys=True)


def state_hash(state: State) -> str:
    """Return the hex SHA-256 of all entities, live and settled, without the kinds that only retell."""
    digest = hashlib.sha256()
    live: dict[str, bytes] = {}
    for cls, kind in _named(state.kinds):
        live[cls.kind] = _encode_kind(kind)
        digest.update(cls.kind.encode() + b"=" + live[cls.kind])
    for cls, kind in _named(state.settled_kinds):
        data = live[cls.kind] if _are_the_same(kind, state.all(cls)) else _encode_kind(kind)
        digest.update(cls.kind.encode() + b"=" + data)
    return digest.hexdigest()


def _named(kinds: Kinds) -> list[tuple[type[Entity], dict[Key, Any]]]:
    """Return the kinds that have entities and do more than retell, sorted by name."""
    return sorted(((cls, kind) for cls, kind in kinds.items() if kind and not cls.retold), key=lambda one: one[0].kind)


def _are_the_same(some: Mapping[Key, Entity], others: Mapping[Key, Entity]) -> bool:
    """Return whether two mappings have the very same entities: these need not be encoded twice."""
    return len(some) == len(others) and all(map(is_, map(others.get, some), some.values()))


def _encode_kind(kind: Mapping[Key, Any]) -> bytes:
    try:
        return _encode_sorted({str(key): entity.__dict__ for key, entity in kind.items()})
    except TypeError:  # it sorts no mapping by number: those are made words first, which takes twice as long
        return _encode_sorted(msgspec.to_builtins(kind, str_keys=True))

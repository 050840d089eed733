"""Values as words: how what a fact, a table or a hand holds is written on lines that a person reads.

A thing stands on one line as long as it fits. What does not fit, and every list of payments, has its parts on lines of
its own below: payments and things one a line, short words five a line. Long lists are cut: a deck is told by its first
cards and how many there are. Knows nothing of what is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
import msgspec

from makersphere_rules.dice import Draw
from makersphere_rules.entity import Entity
from makersphere_rules.ledger import Posting

__all__ = ["LONGEST", "is_long", "laid_out", "listed", "plain", "said", "without_nothing"]

LONGEST: Final = 200  # characters of a line
_ROW: Final = 5  # short parts on a line; a number of parts and not of characters, so that one moves no other
_SHORT: Final = 45  # characters of a part that shares its line
_WORDS: Final = 6  # parts of a list within a line
_FIRST: Final = 3  # parts of a list of words that is cut
_MOST: Final = 20  # lines of parts that are told of a list
_MARK: Final = " to "  # of a payment


def plain(value: Any) -> Any:  # noqa: ANN401  (any field of an event)
    """Return a value as words, numbers, lists and mappings; of an entity only what says something."""
    match value:
        case Posting():
            return f"{value.reason} {value.amount}, {value.source}{_MARK}{value.target}"
        case Draw():
            which = f" no. {value.number}" if value.number else ""
            return f"{value.purpose} {value.entity}{which} {value.value} of {value.sides}"
        case msgspec.Struct():
            return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _ if attrs.has(type(value)):
            fields = {field.name: plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
            return without_nothing(fields) if isinstance(value, Entity) else fields
        case _:
            return value


def without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values without those that say nothing: 0, no, no words, no parts."""
    return {name: value for name, value in values.items() if value not in (0, "", [], {})}


def said(value: Any) -> str:  # noqa: ANN401  (any plain value)
    """Return a plain value as it stands within a line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "gone"
        case "":
            return "none"
        case Mapping() | list() if not value:
            return "none"
        case Mapping():
            return "{" + listed(value) + "}"
        case list():
            return f"[{', '.join(map(said, value))}]" if len(value) <= _WORDS else _cut(value)
        case _:
            return str(value)


def _cut(values: Sequence[Any]) -> str:
    return f"[{', '.join(map(said, values[:_FIRST]))} … {len(values)} in all]"


def is_long(value: Any) -> bool:  # noqa: ANN401  (any plain value)
    """Return whether a value has so many parts that it always stands on lines of its own; lists of words are cut."""
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return False
    return isinstance(value, list | Mapping) and len(value) > _WORDS


def listed(values: Mapping[str, Any]) -> str:
    """Return named values within a line."""
    return ", ".join(f"{name} {said(value)}" for name, value in values.items())


def laid_out(head: str, values: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    """Yield a head with named values: on one line if they fit, else what is long on lines of its own below.

    Args:
        head: what is told.
        values: plain values by name.
        indent: what stands before the first line; parts stand further in.
    """
    long = [name for name, value in values.items() if is_long(value) or _are_payments(value)]
    while True:
        short = {name: value for name, value in values.items() if name not in long}
        line = f"{indent}{head}: {listed(short)}" if short else indent + head
        parted = [name for name, value in short.items() if isinstance(value, list | Mapping) and value]
        if len(line) <= LONGEST or not parted:
            break
        long.append(max(parted, key=lambda name: (isinstance(short[name], Mapping), len(said(short[name])))))
    yield line
    for name in values:
        if name in long:
            yield from _parts(name, values[name], indent + "    ")


def _are_payments(value: Any) -> bool:  # noqa: ANN401  (any plain value)
    """Return whether a value is a list of payments, of which each stands on a line of its own."""
    return isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) and _MARK in one for one in value)


def _parts(name: str, value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401  (a list or a mapping)
    """Yield what stands below a head: the parts of one of its values."""
    if isinstance(value, Mapping) and len(line := f"{indent}{name}: {listed(value)}") <= LONGEST:
        yield line
        return
    yield f"{indent}{name}, {len(value)} in all" if len(value) > _WORDS else f"{indent}{name}"
    parts: list[tuple[str, Any]] = [*value.items()] if isinstance(value, Mapping) else [("", one) for one in value]
    words = [f"{key} {said(one)}" if key else _part(one) for key, one in parts]
    things = any(isinstance(one, Mapping) for _, one in parts) and isinstance(value, list)
    row = 1 if things or _are_payments(value) or max(map(len, words)) > _SHORT else _ROW
    for first in range(0, min(len(words), row * _MOST), row):
        line = f"{indent}  {'; '.join(words[first : first + row])}"
        if len(line) <= LONGEST:
            yield line
        else:
            key, one = parts[first]
            yield from laid_out(key, one, indent + "  ")
    if len(words) > row * _MOST:
        yield f"{indent}  … {len(words) - row * _MOST} more"


def _part(value: Any) -> str:  # noqa: ANN401  (any plain value)
    return listed(value) if isinstance(value, Mapping) else said(value)

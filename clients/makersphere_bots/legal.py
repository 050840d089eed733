"""What a command may be given right now, as a policy reads it.

In process the rules' own forms are handed over as they are: the protocols here say what is read of them. Over
the wire the same bounds come as JSON Schema; `forms_from_schema` rebuilds forms that read the same.

Source: the wire contract's "hand.legal".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, Literal, Protocol, cast

import attrs

__all__ = [
    "Domain",
    "Flag",
    "Form",
    "Many",
    "OneOf",
    "Sort",
    "Sum",
    "Whole",
    "Wholes",
    "WireForm",
    "WireSum",
    "bounds",
    "forms_from_schema",
    "most",
    "options",
    "sort_of",
    "why",
]

Option = int | str
Schema = Mapping[str, Any]
Sort = Literal["whole", "one_of", "many", "wholes", "flag"]


class Domain(Protocol):
    """What one argument may be; `sort_of` tells the five sorts apart by what they have."""


class Sum(Protocol):
    """Several whole-number arguments together lie between `lo` and `hi`."""

    @property
    def fields(self) -> Sequence[str]:
        """Return the arguments."""
        ...

    @property
    def lo(self) -> int:
        """Return the least."""
        ...

    @property
    def hi(self) -> int:
        """Return the most."""
        ...


class Form(Protocol):
    """The arguments that a command takes now."""

    @property
    def fields(self) -> Mapping[str, Domain]:
        """Return the domain of each argument."""
        ...

    @property
    def sums(self) -> Sequence[Sum]:
        """Return the bounds that several arguments share."""
        ...

    @property
    def optional(self) -> AbstractSet[str]:
        """Return the arguments that may be left out."""
        ...


# -- the five sorts, as rebuilt from the wire


@attrs.frozen
class Whole:
    """A whole number from `lo` to `hi`."""

    lo: int
    hi: int


@attrs.frozen
class OneOf:
    """One of some choices."""

    options: tuple[Option, ...]


@attrs.frozen
class Many:
    """Up to `most` different choices, in order."""

    options: tuple[Option, ...]
    most: int


@attrs.frozen
class Wholes:
    """Exactly `count` whole numbers from `lo` to `hi` that add up to `total`."""

    count: int
    lo: int
    hi: int
    total: int


@attrs.frozen
class Flag:
    """Yes or no."""


@attrs.frozen
class WireSum:
    """A `Sum` that came over the wire."""

    fields: tuple[str, ...]
    lo: int
    hi: int


@attrs.frozen
class WireForm:
    """A `Form` that came over the wire."""

    fields: Mapping[str, Domain] = attrs.field(factory=dict)
    sums: tuple[WireSum, ...] = ()
    optional: frozenset[str] = frozenset()


# -- reading domains


_SORTS: Final[dict[type, Sort]] = {}  # of the classes of domains that have been met


def sort_of(domain: Domain) -> Sort:
    """Return which of the five sorts a domain is, by what it has."""
    cls = type(domain)
    found = _SORTS.get(cls)
    if found is None:
        found = _SORTS[cls] = _sort_by_looks(domain)
    return found


def _sort_by_looks(domain: Domain) -> Sort:
    if hasattr(domain, "count"):
        return "wholes"
    if hasattr(domain, "most"):
        return "many"
    if hasattr(domain, "options"):
        return "one_of"
    return "whole" if hasattr(domain, "lo") else "flag"


def options(domain: Domain) -> tuple[Option, ...]:
    """Return the choices of a domain that has some."""
    return cast("OneOf | Many", domain).options


def bounds(domain: Domain) -> tuple[int, int]:
    """Return the bounds of a whole number."""
    whole = cast(Whole, domain)
    return whole.lo, whole.hi


def most(form: Form, field: str) -> int:
    """Return the most of a whole number; 0 where the form has no such field, which is introduced in a later season."""
    return bounds(form.fields[field])[1] if field in form.fields else 0


def why(legal: Mapping[str, Form], command: str, reason: str) -> dict[str, str]:
    """Return the argument that says why somebody declines; nothing where the server knows no reasons."""
    form = legal.get(command)
    return {"reason": reason} if form is not None and "reason" in form.fields else {}


# -- from JSON Schema


def forms_from_schema(legal: Schema, choices: Schema | None = None) -> dict[str, WireForm]:
    """Return the forms that `hand.legal` describes.

    Args:
        legal: a JSON Schema for the arguments by command.
        choices: `hand.choices`, the long lists that schemas refer to by `$ref`.

    Raises:
        ValueError: a schema is of none of the five sorts.
    """
    return {name: _form(schema, choices or {}) for name, schema in legal.items()}


def _form(schema: Schema, choices: Schema) -> WireForm:
    properties = schema.get("properties", {})
    required = schema.get("required", [])
    bound = schema.get("x-sum", [])
    sums = [bound] if isinstance(bound, Mapping) else bound
    return WireForm(
        {name: _domain(domain, choices) for name, domain in properties.items()},
        tuple(WireSum(tuple(one["fields"]), one["min"], one["max"]) for one in sums),
        frozenset(name for name in properties if name not in required),
    )


def _domain(schema: Schema, choices: Schema) -> Domain:
    found = _options(schema, choices)
    if found is not None:
        return OneOf(found)
    match schema.get("type"):
        case "boolean":
            return Flag()
        case "integer":
            return Whole(schema["minimum"], schema["maximum"])
        case "array":
            return _array(schema, choices)
        case _:
            raise ValueError(f"a schema of an unknown sort: {schema}")


def _array(schema: Schema, choices: Schema) -> Domain:
    items = schema["items"]
    found = _options(items, choices)
    if found is not None:
        return Many(found, schema.get("maxItems", len(found)))
    total = schema["x-sum"]["max"]
    return Wholes(schema["maxItems"], items["minimum"], items["maximum"], total)


def _options(schema: Schema, choices: Schema) -> tuple[Option, ...] | None:
    """Return the choices that a schema lists or refers to; a reference ends in a key of `choices`."""
    if "enum" in schema:
        return tuple(schema["enum"])
    if "$ref" in schema:
        found = choices[schema["$ref"].rpartition("/")[2]]
        return tuple(found["enum"] if isinstance(found, Mapping) else found)
    if "const" in schema:
        return (schema["const"],)
    return None

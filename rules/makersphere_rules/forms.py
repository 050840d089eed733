"""What a command may be given right now: fields with live bounds.

One form serves three masters, so that they cannot disagree: `legal` (what a seat is told), the check
that a command passes before it is decided, and the bots. JSON Schema is made of it at the wire.
Integers are integers: `12.0`, `"12"` and `true` are refused.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from makersphere_rules.refusals import Refusal, refuse

__all__ = [
    "Arg",
    "Args",
    "Domain",
    "Flag",
    "Form",
    "Many",
    "OneOf",
    "Start",
    "Sum",
    "Whole",
    "Wholes",
    "check",
    "whole",
]

Arg = int | str | bool | list[int | str]
Args = Mapping[str, Arg]


class Whole(msgspec.Struct, frozen=True):
    """A whole number from `lo` to `hi`."""

    lo: int
    hi: int

    def refusal(self, field: str, value: object) -> Refusal | None:
        """Return why `value` is not in the domain."""
        if type(value) is int and self.lo <= value <= self.hi:
            return None
        return refuse("bad_args", "expected_whole", field, lo=self.lo, hi=self.hi)


class OneOf(msgspec.Struct, frozen=True):
    """One of some choices, all whole numbers or all words.

    `ref` names a list that several forms share, so that the wire carries it once.
    """

    options: tuple[int | str, ...]
    ref: str = ""

    def refusal(self, field: str, value: object) -> Refusal | None:
        """Return why `value` is not in the domain."""
        if type(value) in (int, str) and value in self.options:
            return None
        shown = ", ".join(str(option) for option in self.options[:12])
        return refuse("bad_args", "expected_one_of", field, options=shown)


class Many(msgspec.Struct, frozen=True):
    """Up to `most` different choices, in order."""

    options: tuple[int | str, ...]
    most: int
    ref: str = ""

    def refusal(self, field: str, value: object) -> Refusal | None:
        """Return why `value` is not in the domain."""
        if isinstance(value, list) and len(value) <= self.most:
            known = all(type(item) in (int, str) and item in self.options for item in value)
            if known and len(set(value)) == len(value):
                return None
        return refuse("bad_args", "expected_list", field, max=self.most)


class Wholes(msgspec.Struct, frozen=True):
    """Exactly `count` whole numbers from `lo` to `hi` that add up to `total`."""

    count: int
    lo: int
    hi: int
    total: int

    def refusal(self, field: str, value: object) -> Refusal | None:
        """Return why `value` is not in the domain."""
        if (
            isinstance(value, list)
            and len(value) == self.count
            and all(type(item) is int and self.lo <= item <= self.hi for item in value)
            and sum(value) == self.total
        ):
            return None
        made = sum(item for item in value if type(item) is int) if isinstance(value, list) else 0
        bounds = {"n": self.count, "lo": self.lo, "hi": self.hi, "total": self.total}
        return refuse("bad_args", "expected_wholes", field, **bounds, sum=made)


class Flag(msgspec.Struct, frozen=True):
    """Yes or no."""

    def refusal(self, field: str, value: object) -> Refusal | None:
        """Return why `value` is not in the domain."""
        return None if type(value) is bool else refuse("bad_args", "expected_flag", field)


Domain = Whole | OneOf | Many | Wholes | Flag


class Sum(msgspec.Struct, frozen=True):
    """The named whole-number fields together must lie between `lo` and `hi`."""

    fields: tuple[str, ...]
    lo: int
    hi: int


class Form(msgspec.Struct, frozen=True):
    """The arguments that a command takes now.

    `optional` fields may be left out and then count as 0 or as not said; `sums` bind several fields.
    """

    fields: Mapping[str, Domain] = msgspec.field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    optional: frozenset[str] = frozenset()


class Start(msgspec.Struct, frozen=True):
    """What the whole-number fields of a form sensibly begin with, and the most of them that can be paid.

    It is said to people beside the bounds; no rule and no check reads it. Where `field` names a field of choices, it
    holds for those of the `options`; else for the whole form.
    """

    values: Mapping[str, int]
    most: Mapping[str, int] = msgspec.field(default_factory=dict)
    field: str = ""
    options: tuple[int, ...] = ()


def whole(args: Args | None, name: str, default: int = 0) -> int:
    """Return a whole-number argument of some that fill their form; what was not said is `default`."""
    value = args.get(name, default) if args else default
    return value if type(value) is int else default


def check(form: Form, args: Args) -> Refusal | None:
    """Return why `args` do not fill `form`, naming the first field at fault, or None."""
    fields, known = form.fields, 0
    for name, domain in fields.items():
        if name in args:
            known += 1
            refusal = domain.refusal(name, args[name])
            if refusal is not None:
                return refusal
        elif name not in form.optional:
            return refuse("bad_args", "missing_field", name)
    if len(args) > known:
        unknown = next(name for name in args if name not in fields)
        return refuse("bad_args", "unknown_field", str(unknown)[:64])
    for bound in form.sums:
        total = sum(value for name in bound.fields if type(value := args.get(name, 0)) is int)
        if not bound.lo <= total <= bound.hi:
            return refuse(
                "bad_args",
                "expected_sum",
                bound.fields[0],
                fields="+".join(bound.fields),
                lo=bound.lo,
                hi=bound.hi,
            )
    return None

"""A command's form, read from its JSON Schema: its fields, the values that they begin with, and what is wrong in them.

Answers for any command, known or not; bounds and choices are those of this moment. Pure: draws nothing, sends
nothing. A field of no known sort is a text, so that every legal command can be sent.

Source: the contract's `hand.legal`: whole numbers, choices, rankings, numbers with a sum, yes or no, texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.texts import Words, number, percent

__all__ = ["SHARES", "Args", "Field", "Form", "Sort", "Value", "bounds", "form_of", "known_args", "said", "step_of"]

Value = int | str | bool | list[int | str]
Args = dict[str, Value]
Sort = Literal["number", "choice", "order", "row", "text"]

SHARES: Final = frozenset({"shares", "give_shares", "take_shares"})
_FEW: Final = 8  # whole numbers with names of their own, such as cards, are a choice up to here


@attrs.frozen
class Field:
    """One field of a form.

    Attributes:
        name: of the argument.
        sort: how it is filled in.
        required: whether it may be left out.
        lo: the least number; of a row, of each number.
        hi: the greatest one.
        options: what a choice or an order is made of.
        most: how many an order may hold, or how long a text may be.
        places: how many numbers a row has.
        total: what a row adds up to, or None.
    """

    name: str
    sort: Sort
    required: bool = True
    lo: int = 0
    hi: int = 0
    options: tuple[int | str | bool, ...] = ()
    most: int = 0
    places: int = 0
    total: int | None = None

    def empty(self) -> Value | None:
        """Return the value that the field begins with where nothing is known; an optional field begins left out."""
        if not self.required:
            return None
        match self.sort:
            case "number":
                return max(self.lo, min(0, self.hi))
            case "choice":
                return self.options[0] if self.options else None
            case "order":
                return []
            case "row":
                share, rest = divmod(self.total or 0, max(self.places, 1))
                return [share + (place < rest) for place in range(self.places)]
            case "text":
                return ""

    def fits(self, value: Value | None) -> bool:
        """Return whether a value is within today's bounds."""
        if value is None:
            return not self.required
        match self.sort:
            case "number":
                return isinstance(value, int) and self.lo <= value <= self.hi
            case "choice":
                return not isinstance(value, list) and value in self.options
            case "order":
                return isinstance(value, list) and len(value) <= self.most and set(value) <= set(self.options)
            case "row":
                return isinstance(value, list) and len(value) == self.places
            case "text":
                return isinstance(value, str)


@attrs.frozen
class Form:
    """A command, its fields in order, and the sums that bind several of them."""

    command: str
    fields: tuple[Field, ...]
    sums: tuple[tuple[tuple[str, ...], int, int], ...] = ()

    def begin(self, known: Sequence[Args], given: Args) -> dict[str, Value | None]:
        """Return the values that the fields begin with: the given ones, else the last choices, else the defaults.

        Args:
            known: arguments to begin with, the best first; only those count that agree with the given ones.
            given: values that stand.
        """
        agreed = next((args for args in known if all(args.get(name) == value for name, value in given.items())), {})
        began: dict[str, Value | None] = {}
        for field in self.fields:
            wanted = given.get(field.name, agreed.get(field.name))
            began[field.name] = wanted if wanted is not None and field.fits(wanted) else field.empty()
        return began

    def trouble(self, values: Mapping[str, Value | None], words: Words) -> str:
        """Return why the form cannot be sent, as a sentence, or ""."""
        for field in self.fields:
            value = values.get(field.name)
            if field.sort == "row" and isinstance(value, list) and field.total is not None:
                if (total := _total(value)) != field.total:
                    return words.named(words.field(field.name), words("ui.row_total", sum=total, total=field.total))
            elif not field.fits(value):
                return words.named(words.field(field.name), bounds(field, words))
        for names, lo, hi in self.sums:
            total = _total(values.get(name) for name in names)
            if not lo <= total <= hi:
                fields = " + ".join(words.field(name) for name in names)
                return words("ui.sum", fields=fields, total=total, min=lo, max=hi)
        return ""


def bounds(field: Field, words: Words) -> str:
    """Return the bounds of a field, in words."""
    if field.sort == "number":
        return words("ui.bounds", min=said(field, field.lo), max=said(field, field.hi))
    return words("ui.choose") if field.sort in ("choice", "order") else ""


def said(field: Field, value: int) -> str:
    """Return a field's number as people say it: holdings in per cent."""
    return percent(value) if field.name in SHARES else number(value)


def form_of(command: str, schema: Mapping[str, Any], view: View, named: Iterable[str] = ()) -> Form:
    """Return the form of a command.

    Args:
        command: its name.
        schema: of its arguments, as `hand.legal` has it.
        view: whose hand the schema's references point into.
        named: fields whose numbers have names of their own, so that they are chosen by name where they are few.
    """
    required = frozenset(schema.get("required", ()))
    fields = [
        _field(name, own, name in required, view, name in named) for name, own in schema.get("properties", {}).items()
    ]
    sums = schema.get("x-sum", [])
    found = [(tuple(each["fields"]), int(each["min"]), int(each["max"])) for each in sums if "fields" in each]
    return Form(command, tuple(fields), tuple(found))


def known_args(view: View, command: str) -> list[Args]:
    """Return the arguments that a form may begin with: those that this seat has chosen, then the defaults."""
    chosen = [each["args"] for each in view.all("choice") if _is_own(each, view.you.seat, command)]
    defaults = view.hand.get("default") or {}
    return chosen + [args for name, args in defaults.items() if name.partition(":")[0] == command]


def step_of(field: Field) -> int:
    """Return the step of one key press: a wide range is crossed in about forty steps."""
    span = field.hi - field.lo
    return next((step for step in (1, 5, 10, 50, 100) if span <= 60 * step), 500)


def _is_own(choice: Mapping[str, Any], seat: int, command: str) -> bool:
    return choice.get("seat") == seat and choice.get("command") == command and isinstance(choice.get("args"), dict)


def _field(name: str, schema: Mapping[str, Any], required: bool, view: View, is_named: bool) -> Field:  # noqa: FBT001
    own = _resolved(schema, view)
    if "const" in own:
        return Field(name, "choice", required, options=(own["const"],))
    if "enum" in own:
        return Field(name, "choice", required, options=tuple(own["enum"]))
    match own.get("type"):
        case "boolean":
            return Field(name, "choice", required, options=(True, False))
        case "integer":
            lo, hi = int(own.get("minimum", 0)), int(own.get("maximum", own.get("minimum", 0)))
            if is_named and hi - lo < _FEW:
                return Field(name, "choice", required, options=tuple(range(lo, hi + 1)))
            return Field(name, "number", required, lo, hi)
        case "array":
            return _list_field(name, own, required, view)
        case _:
            return Field(name, "text", required, most=int(own.get("maxLength", 400)))


def _list_field(name: str, own: Mapping[str, Any], required: bool, view: View) -> Field:  # noqa: FBT001
    items = _resolved(own.get("items", {}), view)
    if "enum" in items:
        options = tuple(items["enum"])
        return Field(name, "order", required, options=options, most=int(own.get("maxItems", len(options))))
    places = int(own.get("minItems", own.get("maxItems", 1)))
    total = own["x-sum"]["max"] if "x-sum" in own else None
    lo, hi = int(items.get("minimum", 0)), int(items.get("maximum", 0))
    return Field(name, "row", required, lo, hi, places=places, total=total)


def _resolved(schema: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """Return a schema with its reference into the hand followed."""
    path = schema.get("$ref", "")
    if not path.startswith("#/"):
        return schema
    found: Any = view.hand
    for step in path[2:].split("/"):
        found = found.get(step, {}) if isinstance(found, dict) else {}
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {**rest, **(found if isinstance(found, dict) else {"enum": found})}


def _total(values: Iterable[Any]) -> int:
    return sum(value for value in values if isinstance(value, int) and not isinstance(value, bool))

"""Legal commands as JSON Schema, as the wire contract has them: written by hand here, to read them back in tests."""

from __future__ import annotations

from typing import Any

from makersphere_rules.forms import Domain, Flag, Form, Many, OneOf, Whole, Wholes

__all__ = ["schema_of"]

Choices = dict[str, Any]


def schema_of(form: Form, choices: Choices) -> dict[str, Any]:
    """Return the JSON Schema of a form; lists that forms share go into `choices`."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _domain(domain, choices) for name, domain in form.fields.items()},
        "required": [name for name in form.fields if name not in form.optional],
        "additionalProperties": False,
    }
    if form.sums:
        schema["x-sum"] = [{"fields": list(one.fields), "min": one.lo, "max": one.hi} for one in form.sums]
    return schema


def _domain(domain: Domain, choices: Choices) -> dict[str, Any]:
    match domain:
        case Whole(lo, hi):
            return {"type": "integer", "minimum": lo, "maximum": hi}
        case Flag():
            return {"type": "boolean"}
        case OneOf(options, ref):
            return _options(options, ref, choices)
        case Many(options, most, ref):
            items = _options(options, ref, choices)
            return {"type": "array", "items": items, "maxItems": most, "uniqueItems": True}
        case Wholes(count, lo, hi, total):
            items = {"type": "integer", "minimum": lo, "maximum": hi}
            bound = {"min": total, "max": total}
            return {"type": "array", "items": items, "minItems": count, "maxItems": count, "x-sum": bound}


def _options(options: tuple[int | str, ...], ref: str, choices: Choices) -> dict[str, Any]:
    if not ref:
        return {"enum": list(options)}
    choices[ref] = {"enum": list(options)}
    return {"$ref": f"#/choices/{ref}"}

"""Forms as JSON Schema: `hand.legal` and `hand.choices`, so that a client that knows no rule can play.

Answers what a command's `args` may be right now. A list that several fields share stands once in `hand.choices`;
the fields refer to it by `#/choices/<name>`, a pointer into the hand. JSON Schema has no word for sums, so `x-sum`
says them: of a form, the bounds of several whole-number fields together; of an array, what its items add up to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from makersphere_rules.forms import Domain, Flag, Form, Many, OneOf, Sum, Whole, Wholes

__all__ = ["legal_tree"]

Tree = dict[str, Any]


def legal_tree(forms: Mapping[str, Form]) -> Tree:
    """Return `legal` and, where forms share lists, `choices`."""
    choices: Tree = {}
    tree: Tree = {"legal": {name: _form(form, choices) for name, form in forms.items()}}
    if choices:
        tree["choices"] = choices
    return tree


def _form(form: Form, choices: Tree) -> Tree:
    schema: Tree = {
        "type": "object",
        "properties": {name: _domain(domain, choices) for name, domain in form.fields.items()},
        "required": [name for name in form.fields if name not in form.optional],
        "additionalProperties": False,
    }
    if form.sums:
        schema["x-sum"] = [_sum(bound) for bound in form.sums]
    return schema


def _sum(bound: Sum) -> Tree:
    return {"fields": list(bound.fields), "min": bound.lo, "max": bound.hi}


def _domain(domain: Domain, choices: Tree) -> Tree:
    match domain:
        case Whole():
            return {"type": "integer", "minimum": domain.lo, "maximum": domain.hi}
        case OneOf():
            return _options(domain, choices)
        case Many():
            items = _options(domain, choices)
            return {"type": "array", "items": items, "uniqueItems": True, "maxItems": domain.most}
        case Wholes():
            return {
                "type": "array",
                "items": {"type": "integer", "minimum": domain.lo, "maximum": domain.hi},
                "minItems": domain.count,
                "maxItems": domain.count,
                "x-sum": {"min": domain.total, "max": domain.total},
            }
        case Flag():
            return {"type": "boolean"}
    assert_never(domain)


def _options(domain: OneOf | Many, choices: Tree) -> Tree:
    schema: Tree = {"enum": list(domain.options)}
    if not domain.ref:
        return schema
    if choices.setdefault(domain.ref, schema) != schema:
        return schema  # two lists of one name: say this one in full rather than something wrong
    return {"$ref": f"#/choices/{domain.ref}"}

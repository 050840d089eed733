"""Forms as JSON Schema: `hand.legal` and `hand.choices`, so that a client that knows no rule can play.

Answers what a command's `args` may be right now. A list that several fields share stands once in `hand.choices`;
the fields refer to it by `#/choices/<name>`, a pointer into the hand. JSON Schema has no word for sums, so `x-sum`
says them: of a form, the bounds of several whole-number fields together; of an array, what its items add up to.
Beside the bounds of a whole number stands its `start`, what it sensibly begins with. Where that depends on another
field of the form, `x-start` says it for groups of that field's choices, with the `maximum` that can be paid for these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from makersphere_rules.forms import Domain, Flag, Form, Many, OneOf, Start, Sum, Whole, Wholes

__all__ = ["legal_tree"]

Tree = dict[str, Any]
_NONE: Mapping[str, Sequence[Start]] = {}


def legal_tree(forms: Mapping[str, Form], starts: Mapping[str, Sequence[Start]] = _NONE) -> Tree:
    """Return `legal` and, where forms share lists, `choices`.

    Args:
        forms: by command.
        starts: by command, what its form begins with.
    """
    choices: Tree = {}
    legal = {name: _begun(_form(form, choices), starts.get(name, ())) for name, form in forms.items()}
    tree: Tree = {"legal": legal}
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


def _begun(schema: Tree, starts: Sequence[Start]) -> Tree:
    """Add to a form's schema what it begins with; no bound of a field is above what the dearest choice leaves."""
    fields: Tree = schema["properties"]
    groups: list[Tree] = []
    for start in starts:
        values, most = ({name: n for name, n in part.items() if name in fields} for part in (start.values, start.most))
        if start.field:
            groups.append({start.field: list(start.options), "start": values, "maximum": most})
        else:
            for name, value in values.items():
                fields[name]["start"] = value
    for name in {name for group in groups for name in group["maximum"]}:
        payable = max(group["maximum"].get(name, fields[name]["maximum"]) for group in groups)
        fields[name]["maximum"] = max(fields[name]["minimum"], min(fields[name]["maximum"], payable))
    if groups:
        schema["x-start"] = groups
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

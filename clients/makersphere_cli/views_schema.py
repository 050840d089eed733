"""The JSON Schema of a scenario's table and hand, from the sight that each field of its entities declares.

What lies over them, names and presence and the clock and `hand.legal`, is the server's, so both allow more
than they name. No field is required: a view leaves out what is not known or not to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs
import msgspec

from makersphere_rules.entity import Entity, sight_of
from makersphere_rules.events import CORE_ENTITIES
from makersphere_rules.ledger import Flow
from makersphere_rules.scenario import Scenario

__all__ = ["views"]

Schema = dict[str, Any]

_CORE: Final[tuple[type[Entity], ...]] = (*CORE_ENTITIES, Flow)


def views(scenario: Scenario) -> Schema:
    """Return `name`, and the schemas `table` and `hand`."""
    kinds = {cls.kind: cls for cls in (*_CORE, *(cls for module in scenario.modules for cls in module.entities))}
    return {
        "name": scenario.name,
        "table": _tree(kinds.values(), {"table", "settled"}, opens=True),
        "hand": _tree(kinds.values(), {"owner", "settled"}, opens=False),
    }


def _tree(kinds: Iterable[type[Entity]], sights: set[str], *, opens: bool) -> Schema:
    properties: Schema = {}
    for cls in kinds:
        shown = _entity(cls, sights, opens=opens)
        if shown:
            entity = {"type": "object", "properties": shown}
            properties[cls.kind] = entity if cls.single else {"type": "object", "additionalProperties": entity}
    return {"type": "object", "properties": properties}


def _entity(cls: type[Entity], sights: set[str], *, opens: bool) -> Schema:
    attrs.resolve_types(cls)
    found: Schema = {}
    for field in attrs.fields(cls):
        sight, opened = sight_of(field)
        if sight in sights or (opens and opened):
            found[field.name] = _without_null(msgspec.json.schema(field.type))
    return found


def _without_null(schema: Schema) -> Schema:
    """Return a schema without its choice of null: views hold none."""
    choices = [choice for choice in schema.get("anyOf", []) if choice != {"type": "null"}]
    return choices[0] if len(choices) == 1 else {**schema, "anyOf": choices} if choices else schema

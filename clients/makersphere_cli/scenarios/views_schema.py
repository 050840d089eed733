"""The JSON Schema of table and hand: the rules' entities by the sight that each field declares, and the overlay.

`required` names the fields that an entity always has. A field that only the end of the game opens is not among them,
nor is anything that the server lays over the entities (names, presence, the clock). A hand holds `legal`, `choices` and
`default` besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol import overlay
from makersphere_rules.entity import Entity, sight_of
from makersphere_rules.events import CORE_ENTITIES
from makersphere_rules.ledger import Flow
from makersphere_rules.module import RuleModule
from makersphere_rules.scenario import Scenario

__all__ = ["every_view", "views"]

Schema = dict[str, Any]

_CORE: Final[tuple[type[Entity], ...]] = (*CORE_ENTITIES, Flow)


def views(scenario: Scenario) -> Schema:
    """Return `name`, and the schemas `table` and `hand`."""
    return {"name": scenario.name, **_views(scenario.modules)}


def every_view(modules: Iterable[RuleModule]) -> Schema:
    """Return the schemas `table` and `hand` of any scenario that is made of these rule modules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Table and hand, whatever is played",
        **_views(modules),
    }


def _views(modules: Iterable[RuleModule]) -> Schema:
    kinds = {cls.kind: cls for cls in (*_CORE, *(cls for module in modules for cls in module.entities))}
    return {
        "table": _overlaid(_tree(kinds.values(), {"table", "settled"}, opens=True), overlay.OF_TABLE),
        "hand": _overlaid(_tree(kinds.values(), {"owner", "settled"}, opens=False), overlay.OF_HAND),
    }


def _tree(kinds: Iterable[type[Entity]], sights: set[str], *, opens: bool) -> Schema:
    properties: Schema = {}
    for cls in kinds:
        entity = _entity(cls, sights, opens=opens)
        if entity["properties"]:
            properties[cls.kind] = entity if cls.single else {"type": "object", "additionalProperties": entity}
    return {"type": "object", "properties": properties}


def _entity(cls: type[Entity], sights: set[str], *, opens: bool) -> Schema:
    attrs.resolve_types(cls)
    found: Schema = {}
    required: list[str] = []
    for field in attrs.fields(cls):
        sight, opened = sight_of(field)
        if sight in sights or (opens and opened):
            whole = _whole(field.type)
            found[field.name] = _without_null(whole)
            if sight in sights and found[field.name] == whole:
                required.append(field.name)
    return {"type": "object", "properties": found, **({"required": required} if required else {})}


def _whole(type_: Any) -> Schema:  # noqa: ANN401  (whatever a field is declared as)
    """Return the schema of a field; a tree that holds trees of its own kind is told as a tree and no more."""
    try:
        return msgspec.json.schema(type_)
    except TypeError:
        return {"type": "object"}


def _without_null(schema: Schema) -> Schema:
    """Return a schema without its choice of null: views hold none."""
    choices = [choice for choice in schema.get("anyOf", []) if choice != {"type": "null"}]
    return choices[0] if len(choices) == 1 else {**schema, "anyOf": choices} if choices else schema


def _overlaid(tree: Schema, kinds: dict[str, Any]) -> Schema:
    properties: Schema = tree["properties"]
    for name, kind in kinds.items():
        laid = overlay.schema_of(kind)
        below = properties.get(name, {}).get("additionalProperties")
        if below is not None:
            below["properties"].update(laid["properties"])
        else:
            properties[name] = laid if name in overlay.SINGLE else {"type": "object", "additionalProperties": laid}
    return tree

"""JSON Schema (2020-12) of every frame, made from the types that the codec reads with.

Answers what another client must send and will get. The shape of table, hand and `hand.legal` is each
scenario's own: a running room says it in `hand.legal`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import msgspec

from makersphere_protocol.codec import on_wire
from makersphere_protocol.errors import MEANINGS, Close
from makersphere_protocol.messages import CLIENT_FRAMES, PROTOCOL, SERVER_FRAMES, SUBPROTOCOL

__all__ = ["components", "frames"]

Schema = dict[str, Any]


def frames() -> Schema:
    """Return one document: `from_client`, `from_server`, their `$defs`, and the two tables of codes."""
    classes = (*CLIENT_FRAMES, *SERVER_FRAMES)
    _, definitions = components(classes)
    for cls in classes:
        _tag(definitions[cls.__name__], cls.type)
    sent = {cls.__name__ for cls in CLIENT_FRAMES} | {"At", "Options", "Timers"}
    for name in sent:
        definitions[name]["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SUBPROTOCOL,
        "protocol": PROTOCOL,
        "from_client": {"oneOf": [{"$ref": f"#/$defs/{cls.__name__}"} for cls in CLIENT_FRAMES]},
        "from_server": {"oneOf": [{"$ref": f"#/$defs/{cls.__name__}"} for cls in SERVER_FRAMES]},
        "codes": dict(MEANINGS),
        "close_codes": {str(int(code)): code.name.lower() for code in Close},
        "$defs": definitions,
    }


def components(types: Iterable[Any], where: str = "#/$defs") -> tuple[tuple[Schema, ...], Schema]:
    """Return the schema of each type, and by name those that they refer to, which stand at `where`."""
    schemas, definitions = msgspec.json.schema_components(types, ref_template=f"{where}/{{name}}")
    for one in definitions.values():
        if "description" in one:  # a docstring, which Python before 3.13 keeps as deep as it stands in its file
            one["description"] = inspect.cleandoc(one["description"])
        if "properties" in one:
            one["properties"] = {on_wire(name): schema for name, schema in one["properties"].items()}
    return schemas, definitions


def _tag(definition: Schema, type_: str) -> None:
    properties: Schema = definition["properties"]
    definition["properties"] = {"type": {"const": type_}, **properties}
    definition["required"] = ["type", *definition.get("required", [])]

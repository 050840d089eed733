"""The protocol as an AsyncAPI 3.0 document: one channel, what a client sends on it, what it receives.

For tools that draw, check or generate from such documents. Made from the same types as the codec and the JSON
Schema, so it cannot differ from what the server takes.
"""

from __future__ import annotations

from typing import Any, Final

from makersphere_protocol.messages import CLIENT_FRAMES, PROTOCOL, SERVER_FRAMES, SUBPROTOCOL
from makersphere_protocol.schema import frames

__all__ = ["document"]

Tree = dict[str, Any]

_CHANNEL: Final = "room"
_SCHEMAS: Final = "#/components/schemas"


def document() -> Tree:
    """Return the document."""
    definitions = frames()["$defs"]
    sent = [cls.__name__ for cls in CLIENT_FRAMES]
    received = [cls.__name__ for cls in SERVER_FRAMES]
    names = [*sent, *received]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Makersphere",
            "version": str(PROTOCOL),
            "description": f"Frames are JSON text over a WebSocket with the subprotocol {SUBPROTOCOL}.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"here": {"host": "localhost:8000", "protocol": "ws", "description": "A server on this machine."}},
        "channels": {_CHANNEL: {"address": "/ws", "messages": {name: _message(name) for name in names}}},
        "operations": {
            "play": _operation("receive", "What the server receives: an opening, then commands and previews.", sent),
            "follow": _operation("send", "What the server sends: the welcome, updates, results.", received),
        },
        "components": {
            "messages": {name: _described(name, definitions[name]) for name in names},
            "schemas": _moved(definitions),
        },
    }


def _message(name: str) -> Tree:
    return {"$ref": f"#/components/messages/{name}"}


def _described(name: str, schema: Tree) -> Tree:
    return {
        "name": schema["properties"]["type"]["const"],
        "summary": schema.get("description", "").partition("\n")[0],
        "payload": {"$ref": f"{_SCHEMAS}/{name}"},
    }


def _operation(action: str, summary: str, names: list[str]) -> Tree:
    messages = [{"$ref": f"#/channels/{_CHANNEL}/messages/{name}"} for name in names]
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{_CHANNEL}"},
        "summary": summary,
        "messages": messages,
    }


def _moved(tree: Any) -> Any:  # noqa: ANN401  (JSON of any shape)
    """Return schemas with their references pointing to where the document keeps them."""
    if isinstance(tree, dict):
        return {
            key: value.replace("#/$defs", _SCHEMAS) if key == "$ref" else _moved(value) for key, value in tree.items()
        }
    return [_moved(value) for value in tree] if isinstance(tree, list) else tree

"""Topics and payloads on an MQTT broker as an AsyncAPI 3.0 document: which are retained, who writes, who reads.

For tools that draw, check or generate from such documents. Made from the names and types that the server publishes
with, so it cannot differ from what stands there.
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from makersphere_protocol.messages import PROTOCOL, Result
from makersphere_protocol.mqtt import (
    THINGS,
    Clock,
    Figures,
    Happened,
    Kind,
    Leaderboard,
    Paired,
    Pairing,
    Phase,
    Presence,
    Press,
    Space,
    Topics,
    may_have,
)
from makersphere_protocol.schema import components

__all__ = ["CHANNELS", "document"]

Tree = dict[str, Any]

_SCHEMAS: Final = "#/components/schemas"
_WHAT: Final = {
    "room": "The room's id in the topics; not its code, by which people come in.",
    "space": "The space's number.",
    "kind": "A kind of the table: game, seat, space, venture, ... as in views.schema.json.",
    "device": "What the device calls itself: a to z, 0 to 9 and -, at most 32.",
}


@attrs.frozen
class Channel:
    """A topic with its payload; `from_device`: devices write it and the server reads it."""

    address: str
    payload: type
    retained: bool = True
    from_device: bool = False


_TOPICS: Final = Topics()
CHANNELS: Final[dict[str, Channel]] = {
    "presence": Channel(_TOPICS.server, Presence),
    "phase": Channel(_TOPICS.state("{room}", "phase"), Phase),
    "clock": Channel(_TOPICS.state("{room}", "clock"), Clock),
    "space": Channel(_TOPICS.state("{room}", "spaces/{space}"), Space),
    "leaderboard": Channel(_TOPICS.state("{room}", "leaderboard"), Leaderboard),
    "figures": Channel(_TOPICS.state("{room}", "figures"), Figures),
    "table": Channel(_TOPICS.kind("{room}", "{kind}"), Kind),
    "events": Channel(_TOPICS.events("{room}"), Happened, retained=False),
    "pair": Channel(_TOPICS.device("{device}", "pair"), Pairing, retained=False, from_device=True),
    "command": Channel(_TOPICS.device("{device}", "command"), Press, retained=False, from_device=True),
    "answer": Channel(_TOPICS.device("{device}", "answer"), Result, retained=False),
}


def document() -> Tree:
    """Return the document."""
    classes = [*(channel.payload for channel in CHANNELS.values()), Paired]
    _, schemas = components(classes, _SCHEMAS)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Makersphere by MQTT",
            "version": str(PROTOCOL),
            "description": (
                "Payloads are JSON, quality of service is 1. An empty payload takes a retained one away. "
                "A request's answer goes to its Response Topic, with its Correlation Data."
            ),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"here": {"host": "localhost:1883", "protocol": "mqtt", "protocolVersion": "5"}},
        "channels": {name: _channel(name, channel) for name, channel in CHANNELS.items()},
        "operations": {name: _operation(name, channel) for name, channel in CHANNELS.items()},
        "components": {
            "messages": {name: _message(channel, schemas) for name, channel in CHANNELS.items()},
            "schemas": schemas,
        },
        "x-things": {name: _thing(name) for name in THINGS},
    }


def _channel(name: str, channel: Channel) -> Tree:
    names = [part[1:-1] for part in channel.address.split("/") if part.startswith("{")]
    parameters = {found: {"description": _WHAT[found]} for found in names}
    tree = {"address": channel.address, "messages": {name: {"$ref": f"#/components/messages/{name}"}}}
    return {**tree, "parameters": parameters} if parameters else tree


def _operation(name: str, channel: Channel) -> Tree:
    return {
        "action": "receive" if channel.from_device else "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
        "bindings": {"mqtt": {"qos": 1, "retain": channel.retained, "bindingVersion": "0.2.0"}},
    }


def _message(channel: Channel, schemas: Tree) -> Tree:
    name = channel.payload.__name__
    summary = schemas[name].get("description", "").partition("\n")[0]
    return {"name": name, "summary": summary, "payload": {"$ref": f"{_SCHEMAS}/{name}"}}


def _thing(name: str) -> Tree:
    """Return what a kind of thing may send, and whose it may be."""
    whose = [who for who, is_host in (("seat", False), ("host", True)) if may_have(name, is_host=is_host)]
    return {"commands": sorted(THINGS[name]), "of": whose}

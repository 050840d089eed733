"""The requests by which other programs open rooms and classes, as an OpenAPI 3.1 document.

Made from the same types as the frames' JSON Schema, so it cannot differ from what the server takes. Source: the
contract's "Rooms and classes over HTTP".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from makersphere_protocol.errors import MEANINGS
from makersphere_protocol.messages import PROTOCOL
from makersphere_protocol.rest import BODIES, ClassShown, ClassWanted, Opened, Refusal, RoomShown, RoomWanted
from makersphere_protocol.schema import components

__all__ = ["CLASSES", "DOCUMENT", "ROOMS", "document"]

Tree = dict[str, Any]

ROOMS: Final = "/api/v1/rooms"
CLASSES: Final = "/api/v1/classes"
DOCUMENT: Final = "/api/v1/openapi.json"
_SCHEMAS: Final = "#/components/schemas"
_JSON: Final = "application/json"
_EXAMPLES: Final[Mapping[type[Any], Tree]] = {
    RoomWanted: {"scenario": "classroom", "options": {"seats": 24, "language": "en"}},
    ClassWanted: {"scenario": "classroom", "class": {"people": 60, "table": 20, "name": "Innovation 1"}},
}
_REFUSED: Final[Mapping[int, str]] = {
    400: "It is not what the document says, or there is nothing of that name; `field` says which.",
    401: "Wrong or missing key.",
    403: "A page of another place.",
    404: "There is nothing of that code.",
    408: "The request came too slowly.",
    409: "The rules do not allow it.",
    413: "The request is too large.",
    415: "The type is not application/json.",
    421: "Another server has it; `to` is the address of that server's socket.",
    429: "Too many; `retry_after` in seconds.",
    503: "Not now; `retry_after` in seconds.",
}
_POSTED: Final = (400, 401, 403, 408, 409, 413, 415, 421, 429, 503)
_READ: Final = (400, 401, 404, 421, 429, 503)


def document() -> Tree:
    """Return the document."""
    _, definitions = components([*BODIES, Opened, RoomShown, ClassShown, Refusal], _SCHEMAS)
    for name in (*(cls.__name__ for cls in BODIES), "Options", "Timers", "Dates", "ClassOptions"):
        definitions[name]["additionalProperties"] = False
    definitions["Problem"]["properties"]["code"]["enum"] = list(MEANINGS)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Makersphere",
            "version": str(PROTOCOL),
            "description": "Rooms and classes for other programs. All else goes by frames: see asyncapi.json.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            ROOMS: {"post": _opens("openRoom", "Open a room.", RoomWanted, "readRoom")},
            f"{ROOMS}/{{room}}": {"get": _reads("readRoom", "Ask how a room stands.", RoomShown)},
            CLASSES: {"post": _opens("openClass", "Open a class with its tables.", ClassWanted, "readClass")},
            f"{CLASSES}/{{room}}": {"get": _reads("readClass", "Ask how a class stands.", ClassShown)},
        },
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "serverKey": _bearer(
                    "The server's `class_key` for classes, else its `host_key`; none where it has none."
                ),
                "hostToken": _bearer("The `host_token` of a host of the room or class."),
            },
        },
    }


def _bearer(said: str) -> Tree:
    return {"type": "http", "scheme": "bearer", "description": said}


def _opens(name: str, summary: str, body: type[Any], read: str) -> Tree:
    answer = _answer("It is open, and what opens it is told here alone.", Opened)
    answer["headers"] = {"Location": {"description": "Where it is read.", "schema": {"type": "string"}}}
    answer["links"] = {read: {"operationId": read, "parameters": {"room": "$response.body#/room"}}}
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"serverKey": []}],
        "requestBody": {"required": True, "content": {_JSON: {"schema": _schema(body), "example": _EXAMPLES[body]}}},
        "responses": {"201": answer, **_refusals(_POSTED)},
    }


def _reads(name: str, summary: str, shown: type[Any]) -> Tree:
    code = {"name": "room", "in": "path", "required": True, "description": "Its code.", "schema": {"type": "string"}}
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"hostToken": []}],
        "parameters": [code],
        "responses": {"200": _answer("How it stands now.", shown), **_refusals(_READ)},
    }


def _refusals(codes: tuple[int, ...]) -> Tree:
    return {str(code): _answer(_REFUSED[code], Refusal) for code in codes}


def _answer(said: str, cls: type[Any]) -> Tree:
    return {"description": said, "content": _json(cls)}


def _json(cls: type[Any]) -> Tree:
    return {_JSON: {"schema": _schema(cls)}}


def _schema(cls: type[Any]) -> Tree:
    return {"$ref": f"{_SCHEMAS}/{cls.__name__}"}
